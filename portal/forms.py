"""Lays a report's figures out as the official form prints them: nested labels, spans, and the sums that fail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

# A slash separates a group from its label (法人或其他组织/其他); the one label that holds a slash is 本年增/减.
_SEPARATOR = re.compile(r"(?<!增)/")

# Where a rule that fails belongs: along a row of the table, or down its columns.
_ROW_RULES = {"A1": "requests", "A6": "a20_1"}
_COLUMN_RULES = {"A2": "requests", "A3": "requests", "A4": "remedies"}


@dataclass(frozen=True, slots=True)
class Label:
    """A label cell: its text and how many rows and columns of the table it covers."""

    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class FailedRule:
    """A rule that does not hold in this report. `row` or `column` is the line of the table it belongs to."""

    rule: str
    scope: str
    left: int | float | None
    right: int | float | None
    severity: str = "H"
    explanation: str | None = None


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A cell of the form as the report fills it.

    `kind` is number, zero, blank, not_applicable or text as the parser read it; `absent` where the document holds no
    such cell; `none` where the form itself has none. `raw` is the cell as printed, where that is more than its number.
    """

    indicator: str
    kind: str
    value: int | float | None = None
    raw: str | None = None
    unit: str | None = None
    note: str | None = None
    corrected: bool = False
    read_value: int | float | None = None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the form: the label cells that begin in it, its figures, and the rules that fail along it.

    `english` is what the row means in English.
    """

    code: str
    english: str
    labels: tuple[Label, ...]
    figures: tuple[ShownFigure, ...]
    failed: tuple[FailedRule, ...]


@dataclass(frozen=True, slots=True)
class FootCell:
    """What a rule says of the columns that the cell spans; None where it holds."""

    failed: FailedRule | None
    column_span: int


@dataclass(frozen=True, slots=True)
class FootRow:
    """A rule that fails down some columns, one row under the table."""

    rule: str
    cells: tuple[FootCell, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table of the form, filled. `label_depth` is how many columns its row labels take."""

    code: str
    title: str
    label_depth: int
    units: tuple[str, ...]
    head: tuple[tuple[Label, ...], ...]
    rows: tuple[ShownRow, ...]
    foot: tuple[FootRow, ...]

    @property
    def columns(self) -> int:
        """How many figures a row has."""
        return len(self.rows[0].figures)

    @property
    def present(self) -> bool:
        """Whether the document holds any cell of this table."""
        return any(figure.kind not in {"absent", "none"} for row in self.rows for figure in row.figures)


def tables(
    dictionary: Sequence[Mapping[str, Any]], figures: Mapping[str, ShownFigure], failed: Iterable[FailedRule]
) -> tuple[ShownTable, ...]:
    """The tables of one form, filled.

    `dictionary` holds the form's rows of `indicators` in their order, `figures` what the report states by indicator
    id, `failed` the rules that do not hold. Rows that only a regional variant of the form prints are left out where
    the report does not fill them.
    """
    rules = tuple(failed)
    grouped = groupby(dictionary, key=lambda entry: str(entry["table"]))
    return tuple(_table(code, list(entries), figures, rules) for code, entries in grouped)


def _table(
    code: str,
    entries: list[Mapping[str, Any]],
    figures: Mapping[str, ShownFigure],
    rules: tuple[FailedRule, ...],
) -> ShownTable:
    columns: dict[str, tuple[str, ...]] = {}
    rows: dict[str, tuple[str, ...]] = {}
    english: dict[str, str] = {}
    units: dict[str, None] = {}
    filled: set[str] = set()
    regional: set[str] = set()
    for entry in entries:
        row, column = entry["row"], entry["column"]
        columns.setdefault(column, _path(entry["col_zh"]))
        rows.setdefault(row, _path(entry["row_zh"]))
        english.setdefault(row, entry["label_en"].split(" / ")[0])
        units.setdefault(entry["unit"] or "")
        if entry["id"] in figures:
            filled.add(row)
        if entry["comparability"] == "regional_variant":
            regional.add(row)
    printed = {row: path for row, path in rows.items() if row in filled or row not in regional}
    known = {entry["id"] for entry in entries}
    depth = max(map(len, printed.values()))
    labels = _row_labels(list(printed.values()), depth)
    shown = tuple(
        ShownRow(
            code=row,
            english=english[row],
            labels=tuple(labels[number]),
            figures=tuple(_figure(f"{code}.{row}.{column}", known, figures) for column in columns),
            failed=tuple(rule for rule in rules if _along_row(rule, code, row)),
        )
        for number, row in enumerate(printed)
    )
    return ShownTable(
        code=code,
        title=str(entries[0]["table_zh"]),
        label_depth=depth,
        units=tuple(units),
        head=_head(list(columns.values())),
        rows=shown,
        foot=_foot(code, list(columns), rules),
    )


def _figure(indicator: str, known: set[str], figures: Mapping[str, ShownFigure]) -> ShownFigure:
    if indicator not in known:
        return ShownFigure(indicator, "none")
    return figures.get(indicator) or ShownFigure(indicator, "absent")


def _path(label: str) -> tuple[str, ...]:
    return tuple(_SEPARATOR.split(label))


def _head(columns: list[tuple[str, ...]]) -> tuple[tuple[Label, ...], ...]:
    """The header's rows: equal groups side by side become one cell, a short path reaches down to the last row."""
    depth = max(map(len, columns))
    levels: list[tuple[Label, ...]] = []
    for level in range(depth):
        cells = []
        for prefix, group in groupby(columns, key=lambda path: path[: level + 1]):
            width = len(list(group))
            if len(prefix) == level + 1:
                last = all(len(path) == level + 1 for path in columns if path[: level + 1] == prefix)
                cells.append(Label(prefix[level], row_span=depth - level if last else 1, column_span=width))
        levels.append(tuple(cells))
    return tuple(levels)


def _row_labels(paths: list[tuple[str, ...]], depth: int) -> list[list[Label]]:
    """For each row the label cells that begin in it: groups reach down their rows, inner labels fill the width."""
    begun: list[list[Label]] = [[] for _ in paths]
    for number, path in enumerate(paths):
        for level, text in enumerate(path):
            prefix = path[: level + 1]
            if number and paths[number - 1][: level + 1] == prefix:
                continue
            height = 1
            while number + height < len(paths) and paths[number + height][: level + 1] == prefix:
                height += 1
            width = depth - level if level == len(path) - 1 else 1
            begun[number].append(Label(text, row_span=height, column_span=width))
    return begun


def _along_row(rule: FailedRule, table: str, row: str) -> bool:
    """A1 and A6 name the row whose cells do not fit, A5 the one cell that is no count."""
    if rule.rule == "A5":
        return rule.scope.startswith(f"{table}.{row}.")
    return _ROW_RULES.get(rule.rule) == table and rule.scope == row


def _foot(table: str, columns: list[str], rules: tuple[FailedRule, ...]) -> tuple[FootRow, ...]:
    """A2 and A3 fail down a column of section three, A4 across the columns of one remedy."""
    foot = []
    for name in (name for name, of in _COLUMN_RULES.items() if of == table):
        failing = [rule for rule in rules if rule.rule == name]
        if failing:
            over = [next((rule for rule in failing if _covers(rule, column)), None) for column in columns]
            foot.append(FootRow(name, tuple(FootCell(rule, len(list(group))) for rule, group in groupby(over))))
    return tuple(foot)


def _covers(rule: FailedRule, column: str) -> bool:
    return column == rule.scope or column.startswith(f"{rule.scope}_")
