"""The official forms as data: one TOML file a generation of the form; a new form is a new file and no code.

The files follow 国办发〔2014〕32号, 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a form's table.

    `path` holds its labels from the outer group to the inner label; `also` lists further wordings of the inner label.
    """

    code: str
    path: tuple[str, ...]
    label_en: str
    also: tuple[str, ...]
    data: Mapping[str, Any]

    @property
    def label(self) -> str:
        """The official wording, groups and label joined by a slash."""
        return "/".join(self.path)

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording of the inner label, the official one first."""
        return (self.path[-1], *self.also)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One cell of a form: what it is called, what it counts, and what it may be compared with.

    `comparable_to` names the cell of another form ("form_2019:requests.granted.total") and `comparability` how far
    (same, near, not_comparable, …); both come from the comparison of the forms' wording.
    """

    id: str
    form: str
    table: str
    row: str
    column: str
    row_zh: str
    col_zh: str
    label_en: str
    unit: str | None
    dtype: str
    since: int
    until: int | None
    comparable_to: str | None
    comparability: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of a form: its lines and the columns that each row has."""

    code: str
    title: str
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    data: Mapping[str, Any]

    def columns_of(self, row: Line) -> tuple[Line, ...]:
        """The columns for which the form has a cell in this row."""
        named = row.data.get("columns")
        return self.columns if named is None else tuple(column for column in self.columns if column.code in named)


@dataclass(frozen=True, slots=True)
class Form:
    """A generation of the official form. `words` are printed by this form only and tell it from the others."""

    id: str
    title: str
    instrument: str
    since: int
    until: int | None
    words: tuple[str, ...]
    tables: tuple[FormTable, ...]

    def table(self, code: str) -> FormTable:
        """The table of that code; KeyError when the form has none."""
        for table in self.tables:
            if table.code == code:
                return table
        raise KeyError(code)

    def indicators(self) -> tuple[Indicator, ...]:
        """Every cell of the form in the order in which it is printed."""
        return tuple(
            self._indicator(table, row, column)
            for table in self.tables
            for row in table.rows
            for column in table.columns_of(row)
        )

    def _indicator(self, table: FormTable, row: Line, column: Line) -> Indicator:
        stated = {**table.data, **column.data, **row.data}
        comparable_to = stated.get("comparable_to")
        if row.data.get("comparability") and "comparable_to" not in row.data:
            comparable_to = None
        return Indicator(
            id=f"{table.code}.{row.code}.{column.code}",
            form=self.id,
            table=table.code,
            row=row.code,
            column=column.code,
            row_zh=row.label,
            col_zh=column.label,
            label_en=f"{row.label_en} / {column.label_en}",
            unit=stated.get("unit"),
            dtype=stated["dtype"],
            since=stated.get("since", self.since),
            until=stated.get("until", self.until),
            comparable_to=comparable_to and comparable_to.format(row=row.code, column=column.code),
            comparability=stated.get("comparability"),
            note=stated.get("note"),
        )


def _line(data: dict[str, Any]) -> Line:
    named = {key: data.pop(key) for key in ("code", "label", "label_en")}
    return Line(
        code=named["code"],
        path=(named["label"],) if isinstance(named["label"], str) else tuple(named["label"]),
        label_en=named["label_en"],
        also=tuple(data.pop("also", ())),
        data=data,
    )


def _form(data: dict[str, Any]) -> Form:
    tables = tuple(
        FormTable(
            code=table.pop("code"),
            title=table.pop("title"),
            columns=tuple(_line(column) for column in table.pop("column")),
            rows=tuple(_line(row) for row in table.pop("row")),
            data=table,
        )
        for table in data.pop("table")
    )
    return Form(
        id=data["id"],
        title=data["title"],
        instrument=data["instrument"],
        since=data["since"],
        until=data.get("until"),
        words=tuple(data["words"]),
        tables=tables,
    )


@cache
def forms() -> Mapping[str, Form]:
    """All forms by id, the newest first.

    Read once from the TOML files beside this module.
    """
    files = sorted(
        (entry for entry in resources.files(__name__).iterdir() if entry.name.endswith(".toml")),
        key=lambda entry: entry.name,
    )
    read = [_form(tomllib.loads(entry.read_text(encoding="utf-8"))) for entry in files]
    return {form.id: form for form in sorted(read, key=lambda form: -form.since)}
