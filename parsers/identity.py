"""Tells whose report a document is, and for which year; whether it is an annual report at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.model import Document, Problem, Section, SourceHint

_YEAR = re.compile(r"(20\d{2})\s*年")


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a report as a whole; unknown fields are None. `why_not` says why it is no annual report."""

    title: str | None
    agency: str | None
    region_code: str | None
    region: str | None
    level: str | None
    kind: str | None
    field: str | None
    year: int | None
    period: tuple[str, str] | None
    published: str | None
    published_source: str | None
    problems: tuple[Problem, ...] = ()
    is_annual_report: bool = True
    why_not: str | None = None


def identify(document: Document, sections: Sequence[Section], hint: SourceHint | None = None) -> Identity:
    """Return the identity of a document, from its titles, its text, what its page says, and last from the hint."""
    title = document.titles[0] if document.titles else None
    found = _YEAR.search(title) if title else None
    year = int(found[1]) if found else None
    agency = document.meta.get("agency") or (title[: found.start()] if title and found else None)
    return Identity(title, agency, None, None, None, None, None, year, None, None, None)
