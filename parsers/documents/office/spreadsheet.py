"""Workbooks (.xlsx, .xls, WPS .et): the tables of their visible sheets, and the lines of text around them."""

from __future__ import annotations

import datetime
import io
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from parsers import sections
from parsers.documents.office import sheet_limits
from parsers.documents.package import Package
from parsers.documents.titles import opening_titles
from parsers.model import Cell, Document, Paragraph, Table, UnreadableError
from parsers.tables import labels

ZIP = b"PK\x03\x04"
SHEETS = 200
LONG_TEXT = 30  # characters: more than most labels of a table's row
LONGEST_LABEL = 80
WIDE = 2 / 3  # of a table's columns: what is merged over so many stands over the table

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, all inclusive


def read(data: bytes) -> Document:
    """A workbook as paragraphs and tables; raises `UnreadableError` (damaged, encrypted, bomb)."""
    is_zip = data.startswith(ZIP)
    if is_zip:
        package = Package(data)
        sheet_limits.check(package)
        data = package.repacked()
    else:
        sheet_limits.check_old(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = list(_sheets(workbook))
    except PasswordError as error:
        message = "The workbook is encrypted; ask the agency for one without a password."
        raise UnreadableError("encrypted", message) from error
    except (KeyboardInterrupt, SystemExit, MemoryError, UnreadableError):
        raise
    except BaseException as error:  # a panic of the Rust library derives from BaseException
        raise UnreadableError("damaged", f"The workbook is damaged ({type(error).__name__}: {error}).") from error
    blocks: list[Paragraph | Table] = []
    tables = 0
    for sheet in sheets:
        for block in sheet.blocks(tables + 1):
            blocks.append(block)
            tables += isinstance(block, Table)
    titles = opening_titles(block.text for block in blocks if isinstance(block, Paragraph))
    return Document("xlsx" if is_zip else "xls", tuple(blocks), titles)


def _sheets(workbook: CalamineWorkbook) -> Iterator[_Sheet]:
    size = 0
    for metadata in workbook.sheets_metadata[:SHEETS]:
        if metadata.visible == SheetVisibleEnum.Visible:
            sheet = workbook.get_sheet_by_name(metadata.name)
            if sheet.start is not None:
                size += sheet.height * sheet.width
                sheet_limits.check_size(metadata.name, size)
                yield _Sheet.of(sheet)


def printed(value: object) -> str:
    """A cell's value as the sheet shows it, as far as that can be known: 4.0 is 4, midnight is a day."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


@dataclass(slots=True)
class _Sheet:
    """The used rectangle of a sheet: its texts and its merged areas, counted from the rectangle's corner."""

    name: str
    corner: tuple[int, int]
    width: int
    texts: list[list[str]]
    merged: dict[tuple[int, int], Area]
    covered: dict[tuple[int, int], Area]

    @classmethod
    def of(cls, sheet: CalamineSheet) -> _Sheet:
        top, left = sheet.start or (0, 0)
        texts = [[printed(value) for value in row] for row in sheet.to_python()]
        width = max((len(row) for row in texts), default=0)
        merged: dict[tuple[int, int], Area] = {}
        covered: dict[tuple[int, int], Area] = {}
        size = 0
        for (row, column), (last_row, last_column) in sheet.merged_cell_ranges or []:
            first = max(row - top, 0), max(column - left, 0)
            area = (*first, min(last_row - top, len(texts) - 1), min(last_column - left, width - 1))
            size += (area[2] - area[0] + 1) * (area[3] - area[1] + 1)
            sheet_limits.check_size(sheet.name, size)  # areas that overlap are no sheet of a spreadsheet program
            places = [(y, x) for y in range(area[0], area[2] + 1) for x in range(area[1], area[3] + 1)]
            if len(places) > 1 and not any(place in covered for place in places):
                merged[first] = area
                covered.update(dict.fromkeys(places, area))
        return cls(sheet.name, (top, left), width, texts, merged, covered)

    def blocks(self, number: int) -> Iterator[Paragraph | Table]:
        """The sheet from top to bottom: tables parted by lines of running text; empty rows are left out."""
        rows: list[int] = []
        for row in range(len(self.texts)):
            if self._is_text(row, leading=not rows):
                table = self._table(rows, number)
                yield from table
                number += any(isinstance(block, Table) for block in table)
                rows = []
                yield self._paragraph(row)
            elif self._written(row) or self._is_reached(row):
                rows.append(row)
        yield from self._table(rows, number)

    def _text(self, area: Area) -> str:
        row = self.texts[area[0]]
        return row[area[1]] if area[1] < len(row) else ""

    def _written(self, row: int) -> list[int]:
        return [column for column, text in enumerate(self.texts[row]) if text.strip()]

    def _is_reached(self, row: int) -> bool:
        return any(
            (area := self.covered.get((row, column))) is not None and area[0] < row for column in range(self.width)
        )

    def _is_text(self, row: int, *, leading: bool) -> bool:
        """Whether a row is a line of running text: one thing is written in it, and that is no label of a form's row."""
        written = self._written(row)
        if len(written) != 1 or self._is_reached(row):
            return False
        text = self.texts[row][written[0]]
        area = self.merged.get((row, written[0]))
        if area is not None and area[2] > row:
            return False
        is_wide = area is not None and area[3] - area[1] + 1 >= WIDE * self.width
        is_heading = sections.heading(text) is not None
        may_be_label = not is_heading and len(text) <= LONGEST_LABEL
        if leading:
            is_line = is_wide or area is None
        else:
            is_line = (is_wide or written[0] == 0) and (is_heading or len(text) > LONG_TEXT)
        return is_line and not (may_be_label and (labels.article(text) or labels.rows().match(text)))

    def _paragraph(self, row: int) -> Paragraph:
        column = self._written(row)[0]
        return Paragraph(self.texts[row][column].strip(), self._place(row, column))

    def _table(self, rows: list[int], number: int) -> list[Paragraph | Table]:
        """These rows as a table, or as paragraphs where they have one column only."""
        used = sorted({column for row in rows for column in self._written(row)})
        if not used:
            return []
        first, last = used[0], used[-1]
        if first == last:
            return [self._paragraph(row) for row in rows if self._written(row)]
        cells = []
        for rank, row in enumerate(rows):
            for column in range(first, last + 1):
                area = self.covered.get((row, column), (row, column, row, column))
                if (max(area[0], rows[0]), max(area[1], first)) != (row, column):
                    continue
                below = bisect_right(rows, area[2]) - rank - 1
                width = min(area[3], last) - column + 1
                cells.append(Cell(self._text(area), rank, column - first, 1 + below, width, self._place(row, column)))
        return [Table(number, tuple(cells), self._place(rows[0], first))]

    def _place(self, row: int, column: int) -> str:
        return f"sheet {self.name} row {row + self.corner[0] + 1} column {column + self.corner[1] + 1}"
