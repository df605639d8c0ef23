"""Reads text files: reports whose Word tables were flattened, cells marked by tabs, bars, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from parsers.characters import is_traditional, simplified
from parsers.documents import bounds
from parsers.documents.decoding import decode
from parsers.documents.text.bare_tables import bare_tables
from parsers.documents.text.cell_lines import with_rows_marked
from parsers.documents.text.drawn import redrawn
from parsers.documents.text.label_pieces import Placed
from parsers.documents.text.paper import furniture
from parsers.documents.text.run_together import is_run_together, pieces
from parsers.documents.text.told_rows import with_told_rows
from parsers.documents.text.wrapped import unwrapped
from parsers.documents.titles import opening_titles
from parsers.model import Cell, Document, Paragraph, Table, UnreadableError
from parsers.sections import heading
from parsers.tables import labels

_BOOKMARK = re.compile(r"\[bookmark:[^\[\]\n]*\]")
_LINE_END = re.compile(r"\r\n|\r|\n|\x0c|\u2028|\u2029")
_BAR_ROW = re.compile(r"^\s*\|.*\|\s*$|^[^|。]*\|[^|]*\|[^。]*$")
_BAR_RULE = re.compile(r"^[\s|:+]*-[\s|:+-]*$")
_BAR = re.compile(r"(?<!\\)\|")
# A bar with at most one cell behind it: the row goes on in the lines below, a lone bar before each further cell.
_BROKEN_ROW = re.compile(r"^\s*\|[^|]*$")
_MARKDOWN = re.compile(r"^\s{0,3}#{1,6}\s+|\*\*|__")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_FIGURE = re.compile(r"[\s+＋－-]*\d[\d,.，]*\s*$")
_LONG = 60


@dataclass(frozen=True)
class Line:
    """A line of the file with its number, counted from 1."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing stands on the line; a lone tab is a cell."""
        return not self.text.strip() and "\t" not in self.text

    @cached_property
    def tabbed(self) -> bool:
        """Whether the line holds a cell: a tab before it or within it, but not behind a numeral or before a heading."""
        if "\t" not in self.text or _NUMBERED.match(self.text):
            return False
        head = heading(self.text)
        return head is None or head.weight < 3 or "\t" in self.text.strip()

    @cached_property
    def kind(self) -> str:
        """What the line is: "tabs" or "bars" between cells, "broken bars" of a row over several lines, or "running"."""
        if self.tabbed:
            return "tabs"
        if _BAR_ROW.match(self.text):
            return "bars"
        return "broken bars" if _BROKEN_ROW.match(self.text) else "running"


_NUMBERED = re.compile(r"^\s*[^\t]{0,6}[、.．)）]\t+[^\t]+$")


@dataclass
class _Sheet:
    """Collects rows of cells until running text ends the table.

    `lined` says that every row was marked as a line of cells (bars, tabs between them), so that rows of one length
    stand in columns.
    """

    rows: list[list[Placed]] = field(default_factory=list)
    lined: bool = True

    def add(self, other: _Sheet) -> None:
        """Take further rows."""
        self.rows += other.rows
        self.lined &= other.lined

    def blocks(self, number: int) -> Iterator[Paragraph | Table]:
        """Yield the rows as a table; words that only a tab indents, as the paragraphs that they are."""
        rows = [row for row in self.rows if row]
        columns = self.lined and len({len(row) for row in rows}) == 1 and not _are_pushed_left(rows)
        if self.lined and not columns:
            rows = [row for row in _unpadded(rows) if row]
        filled = [cell for row in rows for cell in row if cell[0].strip()]
        if len(rows) < 2 and not any(_FIGURE.match(text) for text, _, _ in filled):
            yield from (Paragraph(_running(text), _place(first, last)) for text, first, last in filled)
        elif filled:
            cells = tuple(
                Cell(text, rank, column, place=_place(first, last))
                for rank, row in enumerate(rows)
                for column, (text, first, last) in enumerate(row)
            )
            yield Table(number, cells, _place(rows[0][0][1], rows[-1][-1][2]), ragged=not columns)


def read(data: bytes | str, content_type: str | None = None) -> Document:
    """Read a text file; its tables are ragged but where bars or tabs set columns, blank cells kept where marked.

    Raises UnreadableError where the file holds no text, or far more than a report.
    """
    text = _text(data, content_type)
    printed = _lines(text)
    if is_traditional(text):
        printed = [simplified(line) for line in printed]
    separators = _LINE_END.finditer(text)
    paper = furniture(printed, [line for line, separator in enumerate(separators) if separator[0] == "\x0c"])
    marked = with_told_rows(with_rows_marked(printed, text), text)
    lines = [
        Line(number, piece)
        for (number, _), line in zip(marked, redrawn([line for _, line in marked]), strict=True)
        for piece in _parted("" if number - 1 in paper else _BOOKMARK.sub("", line))
    ]
    if all(line.blank for line in lines):
        raise UnreadableError("empty", "The file holds no text.")
    blocks = tuple(unwrapped(tuple(_blocks(lines))))
    titles = opening_titles(block.text for block in blocks if isinstance(block, Paragraph))
    return Document("text", blocks, titles=titles)


def printed_lines(data: bytes | str, content_type: str | None = None) -> list[str]:
    """Return the lines of a text as `Cell.place` counts them, the first of which is line 1."""
    return _lines(_text(data, content_type))


def _text(data: bytes | str, content_type: str | None) -> str:
    text = (data if isinstance(data, str) else decode(data, content_type)).removeprefix("\ufeff")
    bounds.check_text(len(text))
    return text


def _lines(text: str) -> list[str]:
    lines = _LINE_END.split(text)
    bounds.check_text(len(text), len(lines))
    return lines


def _parted(line: str) -> Iterable[str]:
    return pieces(line) if is_run_together(line) else (line,)


def _blocks(lines: Sequence[Line]) -> Iterator[Paragraph | Table]:
    """Yield paragraphs and tables in order; a table goes on until running text interrupts it."""
    sheet, number = _Sheet(), 1
    for part in _parts(lines):
        if isinstance(part, _Sheet):
            sheet.add(part)
            continue
        for block in sheet.blocks(number):
            yield block
            number += isinstance(block, Table)
        sheet = _Sheet()
        yield Paragraph(_running(part[1]), _place(part[0], part[0]))
    yield from sheet.blocks(number)


def _parts(lines: Sequence[Line]) -> Iterator[tuple[int, str] | _Sheet]:
    """Yield running lines, and rows of cells, however they are marked."""
    running: list[tuple[int, str]] = []
    for group in _groups(lines):
        texts, sheet = _take(group)
        running += [(line.number, line.text) for line in texts]
        if sheet.rows:
            yield from _unmarked(running)
            running = []
            yield sheet
    yield from _unmarked(running)


def _unmarked(running: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str] | _Sheet]:
    for part in bare_tables(running):
        yield _Sheet(part, lined=False) if isinstance(part, list) else part


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines without a blank line between, cut where running text and cells meet."""
    group: list[Line] = []
    for line in lines:
        if line.blank:
            if group:
                yield group
            group = []
            continue
        if group and (line.kind != group[0].kind and not _continues(line, group)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _continues(line: Line, group: Sequence[Line]) -> bool:
    """Return whether a line without a tab or a bar goes on with the cell above it."""
    above, kind = group[0].kind, line.kind
    goes_on = (above == "tabs" and kind != "tabs") or (above == "broken bars" and kind == "running")
    return goes_on and not heading(line.text) and len(line.text) <= _LONG


def _take(group: Sequence[Line]) -> tuple[Sequence[Line], _Sheet]:
    """Return the lines of a group that are running text, and its rows of cells: it has the one or the other."""
    kind = group[0].kind
    if kind == "bars":
        barred = [line for line in group if not _BAR_RULE.match(line.text)]
        is_open = _are_open(barred)
        return (), _Sheet([_bar_row(line, is_open) for line in barred])
    if kind == "running" or _is_indented_prose(group):
        return group, _Sheet()
    if kind == "broken bars":
        rows = _broken_rows(group)
        return ((), _Sheet(rows)) if any(len(row) > 1 for row in rows) else (group, _Sheet())
    if any("\t" in line.text.lstrip("\t") for line in group if line.tabbed):
        return (), _Sheet([[(text, line.number, line.number) for text in line.text.split("\t")] for line in group])
    return (), _Sheet([_cell_lines(group)], lined=False)


def _is_indented_prose(group: Sequence[Line]) -> bool:
    """Return whether tabs only indent running text: most of it stands in sentences."""
    whole = sum(len(line.text.strip()) for line in group)
    prose = sum(len(line.text.strip()) for line in group if _is_sentence(line.text) or heading(line.text.strip()))
    return whole > 0 and prose * 10 > whole * 7


def _is_sentence(text: str) -> bool:
    return "\t" not in text.strip() and len(text) > _LONG and "。" in text


def _are_open(rows: Sequence[Line]) -> bool:
    """Return whether bars stand between cells only: all rows have as many, and some begin, or end, without one."""
    texts = [line.text.strip() for line in rows]
    between = len({len(_BAR.findall(text)) for text in texts}) == 1
    return between and not all(text.startswith("|") for text in texts) and not all(text.endswith("|") for text in texts)


def _bar_row(line: Line, is_open: bool) -> list[Placed]:
    inner = line.text.strip()
    if not is_open:
        inner = inner.removeprefix("|")
        inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    texts = (_BREAK.sub("\n", _MARKDOWN.sub("", cell)).replace("\\|", "|").strip() for cell in _BAR.split(inner))
    return [(text, line.number, line.number) for text in texts]


def _broken_rows(group: Sequence[Line]) -> list[list[Placed]]:
    """Return the rows of a table whose bars stand on lines of their own, but for those that begin a row with a cell."""
    rows: list[list[Placed]] = []
    for line in group:
        text = line.text.strip()
        if text.startswith("|") and (text != "|" or not rows):
            rows.append([(text.removeprefix("|").strip(), line.number, line.number)])
        elif text == "|":
            rows[-1].append(("", line.number, line.number))
        else:
            above, first, _ = rows[-1][-1]
            rows[-1][-1] = (f"{above}\n{text}".strip(), first, line.number)
    return [row[:-1] if len(row) > 1 and not row[-1][0] else row for row in rows]  # the bar that closes it


def _are_pushed_left(rows: Sequence[Sequence[Placed]]) -> bool:
    """Return whether rows were only filled up to one length: names of columns stand where others have their labels."""
    labelled = {labels.wording(row[0][0]) for row in rows}
    heads = {labels.wording(row[0][0]) for row in rows if not any(_FIGURE.match(text) for text, _, _ in row)}
    return not labelled.isdisjoint(labels.rows().leaves) and not heads.isdisjoint(_columns_alone())


@cache
def _columns_alone() -> frozenset[str]:
    """Return the names of columns that name no row of any form."""
    return frozenset(labels.columns().leaves.keys() - labels.rows().leaves.keys() - labels.STUBS)


def _unpadded(rows: list[list[Placed]]) -> list[list[Placed]]:
    """Return rows without the blank cells that only fill them up to the longest row.

    A blank cell at a row's end is kept where the row above has as many cells behind its label.
    """
    above = 0
    for row in rows:
        filled = max((place for place, (text, _, _) in enumerate(row, 1) if text.strip()), default=0)
        label = max((place for place, (text, _, _) in enumerate(row, 1) if _WORDS.search(text)), default=0)
        values = max(filled - label, above) if label else filled
        del row[label + values :]
        above = values if filled > label else max(0, sum(bool(text.strip()) for text, _, _ in row) - 1)
    return rows


def _cell_lines(group: Iterable[Line]) -> list[Placed]:
    """Return the cells of a row that stand one below the other: a tab begins each, further lines go on with it."""
    cells: list[Placed] = []
    for line in group:
        if line.tabbed or not cells:
            cells.append((line.text.removeprefix("\t"), line.number, line.number))
        else:
            text, first, _ = cells[-1]
            cells[-1] = (f"{text}\n{line.text}", first, line.number)
    return cells


def _running(text: str) -> str:
    return _MARKDOWN.sub("", text.replace("\t", " ")).strip()


def _place(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}-{last}"
