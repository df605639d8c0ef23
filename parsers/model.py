"""What reading makes: a document as a reader sees it, and a report as the rest of the house uses it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple

Number = int | Decimal
FigureKind = Literal["number", "zero", "blank", "not_applicable", "text"]
Scope = Literal["own", "level", "whole"]
CheckResult = Literal["pass", "fail", "not_assessable", "explained"]
Severity = Literal["H", "M", "L"]


# --- what a reader makes of bytes -----------------------------------------------------------------------------------


class Cell(NamedTuple):
    """One cell of a table as its medium holds it: a named tuple, for a report has hundreds.

    `row` and `column` count from 0 and name the upper left place that the cell covers in the rectangle;
    `text` is the cell's text as printed, white space and all; `place` finds the cell again in the kept bytes
    (an element path for HTML, line numbers for text, page and box for PDF, table/row/column for Word and sheets).
    `score` is how sure a recogniser is of the text, from 0 to 1; None where the text was read, not recognised.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: str = ""
    score: float | None = None


@dataclass(frozen=True)
class Table:
    """A table in document order. `number` counts from 1 within the document.

    `ragged` says that the medium gives no columns (text): a cell's `column` is then only its rank in its row.
    """

    number: int
    cells: tuple[Cell, ...]
    place: str = ""
    ragged: bool = False

    @cached_property
    def height(self) -> int:
        """Number of rows."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """Number of columns of the rectangle (of the longest row, where the table is ragged)."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)


class Paragraph(NamedTuple):
    """A line of running text in document order, white space at its ends removed."""

    text: str
    place: str = ""


PAGE_CUT = "page_cut"
"""The code of the problem that a page ends in the middle: that it says less than before is then no change of it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A thing that was not understood. `at` says where in the document, as exactly as the reader knows."""

    code: str
    message: str
    at: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The problem as `ogi parse` prints it."""
        return {"code": self.code, "message": self.message, "at": self.at}


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of bytes: paragraphs and tables in order, and what the medium says about itself.

    `titles` are candidates for the report's title, best first (article heading, meta tag, file property).
    `meta` holds what pages state of themselves, keyed by our names: `agency` (发布机构), `site` (SiteName),
    `published` (ISO date), `published_source`, `index_number` (索引号), `column` (the page's column name).
    `method` is "ocr" where the text was recognised from pictures.
    """

    media: str
    blocks: tuple[Paragraph | Table, ...]
    titles: tuple[str, ...] = ()
    meta: Mapping[str, str] = dataclasses.field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    method: str | None = None

    @property
    def tables(self) -> Iterator[Table]:
        """The tables in document order."""
        return (block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs in document order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))


class UnreadableError(Exception):
    """Raised by a reader for bytes that it cannot read; `code` and the message become the report's problem."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


# --- what the house uses --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceHint:
    """What the registry knows about the source of a document. The document wins where it contradicts."""

    region_code: str | None = None
    agency: str | None = None
    title: str | None = None
    published: str | None = None


class Figure(NamedTuple):
    """One statutory figure: a named tuple, for a report has hundreds.

    `value` is null for blank, not_applicable and text; `raw` is the cell as printed.
    `at` is for people and for the evidence page ("table 6 row 6 column 4"), `place` for machines (see `Cell.place`).
    `source` is the rank, among the readings that were merged, of the document that both speak of.
    """

    value: Number | None
    kind: FigureKind
    raw: str
    at: str
    place: str = ""
    unit: str | None = None
    note: str | None = None
    method: str | None = None
    source: int = 0

    def to_json(self) -> dict[str, Any]:
        """The figure as `ogi parse` prints it: unit, note, method and place only where they say something."""
        shown: dict[str, Any] = {"value": json_number(self.value), "kind": self.kind, "raw": self.raw, "at": self.at}
        extra = {"place": self.place, "unit": self.unit, "note": self.note, "method": self.method}
        return shown | {name: text for name, text in extra.items() if text}


class Claim(NamedTuple):
    """A figure stated in running text: a named tuple, for a report has dozens.

    `low` and `high` bound an approximate value; `span` counts characters in the section's text.
    """

    code: str
    value: Number | None
    low: Number | None
    high: Number | None
    qualifier: str | None
    unit: str | None
    section: int | None
    sentence: str
    span: tuple[int, int]

    def to_json(self) -> dict[str, Any]:
        """The claim as `ogi parse` prints it."""
        return {
            "code": self.code,
            "value": json_number(self.value),
            "low": json_number(self.low),
            "high": json_number(self.high),
            "qualifier": self.qualifier,
            "unit": self.unit,
            "section": self.section,
            "sentence": self.sentence,
            "span": list(self.span),
        }


class Check(NamedTuple):
    """An accounting rule applied once: both sides, the result, and what it means in a sentence where it did not pass.

    A fail is a question to the agency, never a verdict. A named tuple, for a report has dozens.
    """

    rule: str
    scope: str
    left: Number | None
    right: Number | None
    result: CheckResult
    severity: Severity = "H"
    explanation: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The check as `ogi parse` prints it."""
        shown: dict[str, Any] = {
            "rule": self.rule,
            "scope": self.scope,
            "left": json_number(self.left),
            "right": json_number(self.right),
            "result": self.result,
            "severity": self.severity,
        }
        return shown | ({"explanation": self.explanation} if self.explanation else {})


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections (1–6) of a report, its heading without numeral, its text one line a paragraph."""

    number: int
    heading: str
    text: str

    def to_json(self) -> dict[str, Any]:
        """The section as `ogi parse` prints it."""
        return {"number": self.number, "heading": self.heading, "text": self.text}


@dataclass(frozen=True, slots=True)
class OtherTable:
    """A table that belongs to no official form, with the section it stands in."""

    section: int | None
    caption: str | None
    rows: tuple[tuple[str, ...], ...]
    at: str = ""

    def to_json(self) -> dict[str, Any]:
        """The table as `ogi parse` prints it."""
        return {"section": self.section, "caption": self.caption, "rows": [list(row) for row in self.rows]}


@dataclass(frozen=True, slots=True)
class Report:
    """What the door gives for any bytes: an annual report (`ok`), or the problems that say why it is none."""

    ok: bool
    title: str | None = None
    agency: str | None = None
    region_code: str | None = None
    region: str | None = None
    level: str | None = None
    kind: str | None = None
    field: str | None = None
    year: int | None = None
    form: str | None = None
    period: tuple[str, str] | None = None
    published: str | None = None
    published_source: str | None = None
    scope: Scope | None = None
    table_scopes: Mapping[str, Scope] = dataclasses.field(default_factory=dict)
    media: str | None = None
    figures: Mapping[str, Figure] = dataclasses.field(default_factory=dict)
    claims: Sequence[Claim] = ()
    sections: Sequence[Section] = ()
    tables: Sequence[OtherTable] = ()
    checks: Sequence[Check] = ()
    problems: Sequence[Problem] = ()

    @classmethod
    def unreadable(cls, code: str, message: str, **known: Any) -> Report:
        """A report that is none, with the one problem that says why."""
        return cls(ok=False, problems=(Problem(code, message),), **known)

    def to_json(self) -> dict[str, Any]:
        """The report as `ogi parse` prints it, without the file's name."""
        if not self.ok:
            return {"ok": False, "problems": [problem.to_json() for problem in self.problems]}
        return {
            "ok": True,
            "title": self.title,
            "agency": self.agency,
            "region_code": self.region_code,
            "region": self.region,
            "level": self.level,
            "kind": self.kind,
            "field": self.field,
            "year": self.year,
            "form": self.form,
            "period": list(self.period) if self.period else None,
            "published": self.published,
            "scope": self.scope,
            "media": self.media,
            "figures": {indicator: figure.to_json() for indicator, figure in self.figures.items()},
            "claims": [claim.to_json() for claim in self.claims],
            "sections": [section.to_json() for section in self.sections],
            "tables": [table.to_json() for table in self.tables],
            "checks": [check.to_json() for check in self.checks],
            "problems": [problem.to_json() for problem in self.problems],
        }


def json_number(value: Number | None) -> int | float | None:
    """A number as JSON and SQLite hold it: whole numbers as int, money as float, null as null."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(value)
