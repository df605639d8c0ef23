"""Rows of a form told in words, 予以公开：自然人3件，总计3件: written with the names of their columns above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parsers.tables import labels

Told = tuple[str, tuple[str, ...], tuple[str, ...]]
"""The label of a row, the columns that it names, and the figure in each."""

_HINTS = ("：自然人", "：结果维持", "：本年", ":自然人", ":结果维持", ":本年", "自然人、商业", "自然人，商业")
_CLAUSE = re.compile("[;；。]")
_PIECE = re.compile("[,，、]")
_NAMED = re.compile(r"(?P<column>[^\d:：]+?)\s*[:：为]?\s*(?P<figure>\d+(?:\.\d+)?\s*(?:件|项|万元|元)?)")
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*(?:件|项)?")
_GOES_ON = re.compile(r"\d*\s*[件项,，万元]")
_FEWEST, _FEWEST_COLUMNS = 3, 3
_LONGEST = 200


def with_told_rows(lines: Sequence[tuple[int, str]], text: str) -> Sequence[tuple[int, str]]:
    """Return numbered lines, those that tell rows as rows of cells between tabs, below a row of their columns' names.

    A line tells a row where its label is that of a form's row, or of one of its remedies, and every piece behind the
    colon is the name of a column and one figure; or a figure alone, below a line that names as many columns. `text` is
    what the lines are of.
    """
    if not any(hint in text for hint in _HINTS):
        return lines
    told: list[list[Told]] = []
    names: tuple[str, ...] = ()
    for (_, line), (_, below) in pairwise([*lines, (0, "")]):
        names = _names(line) or names
        told.append([] if _GOES_ON.match(below.lstrip()) else _rows(line, names))
    return [*_written(lines, told)] if sum(map(len, told)) >= _FEWEST else lines


def _written(lines: Sequence[tuple[int, str]], told: Sequence[Sequence[Told]]) -> Iterator[tuple[int, str]]:
    above: tuple[str, ...] = ()
    for (number, line), rows in zip(lines, told, strict=True):
        if not rows:
            yield number, line
            above = above if not line.strip() else ()
        for label, columns, figures in rows:
            if columns != above:
                yield number, ""
                yield number, "\t".join(("信息内容", *columns))
                above = columns
            yield number, "\t".join((label, *figures))


def _names(line: str) -> tuple[str, ...]:
    """Return the columns that a line names and nothing else."""
    pieces = tuple(piece.strip() for piece in _PIECE.split(line.strip()))
    return pieces if len(pieces) >= _FEWEST_COLUMNS and all(map(_is_column, pieces)) else ()


def _rows(line: str, names: tuple[str, ...]) -> list[Told]:
    """Return the rows that a line tells; none unless each of its clauses tells one."""
    if len(line) > _LONGEST or not (":" in line or "：" in line):
        return []
    found = [_row(clause.strip(), names) for clause in _CLAUSE.split(line) if clause.strip()]
    rows = [row for row in found if row is not None]
    return rows if len(rows) == len(found) else []


def _row(clause: str, names: tuple[str, ...]) -> Told | None:
    label, _, rest = clause.replace("：", ":").partition(":")
    while labels.wording(label) in labels.columns().children and ":" in rest and not any(map(str.isdigit, label)):
        inner, _, further = rest.partition(":")
        if labels.wording(inner) not in labels.columns().children:
            break
        label, rest = inner, further
    said = labels.wording(label)
    if said not in labels.rows().leaves and said not in labels.columns().children:
        return None
    pieces = [piece.strip() for piece in _PIECE.split(rest)]
    if names and len(names) == len(pieces) and all(map(_FIGURE.fullmatch, pieces)):
        return label.strip(), names, tuple(pieces)
    named = [found for piece in pieces if (found := _NAMED.fullmatch(piece)) and _is_column(found["column"])]
    if not named or len(named) < len(pieces):
        return None
    return label.strip(), tuple(found["column"] for found in named), tuple(found["figure"] for found in named)


def _is_column(text: str) -> bool:
    return labels.wording(text) in labels.columns().leaves
