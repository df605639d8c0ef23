"""What reading the statutory tables of a document gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.model import Figure, Problem, Scope


@dataclass
class Statutory:
    """What the statutory tables of a document hold.

    `figures` by indicator id; `leftover` the tables, and the rows of tables, that belong to no form, each with the
    number of its table; `tables_read` the numbers of the tables that gave figures; `scopes` what the line above says.
    """

    figures: dict[str, Figure] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    leftover: list[tuple[int, tuple[tuple[str, ...], ...]]] = field(default_factory=list)
    tables_read: set[int] = field(default_factory=set)
    form: str | None = None
    scopes: Mapping[str, Scope] = field(default_factory=dict)
