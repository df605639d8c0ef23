"""Word documents (.docx): paragraphs and tables in body order, merged cells as they are merged in the XML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from parsers.characters import RAISED
from parsers.documents.office.numbering import Numbering
from parsers.documents.office.wordml import child, integer, local, value
from parsers.documents.package import Package
from parsers.documents.text.line_tables import numbered, with_line_tables
from parsers.documents.titles import opening_titles
from parsers.model import Cell, Document, Paragraph, Table, UnreadableError

WIDEST = 256  # columns that a cell may span; Word itself stops at 63
WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}  # around blocks, rows and cells
UNPRINTED = {
    *("del", "moveFrom", "delText", "instrText", "delInstrText"),  # taken out by an editor; codes of fields
    *("pPr", "rPr", "sdtPr", "rt", "annotation", "Fallback"),  # properties; readings above characters; older twins
}
PRINTED = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_FIGURE = re.compile(r"\s*[-+－＋−]?\d[\d.,，]*+\s*\D{0,4}")  # perhaps with its unit
DEFAULT_BODY = "word/document.xml"


def read(data: bytes) -> Document:
    """A .docx file as paragraphs and tables; raises `UnreadableError` (damaged, encrypted, bomb)."""
    package = Package(data)
    name = _body_name(package)
    body = child(package.xml(name), "body")
    if body is None:
        raise UnreadableError("damaged", f"Its part {name} has no body: this is not a Word document.")
    folder = posixpath.dirname(name)
    numbering = Numbering(package.xml_if_sound(f"{folder}/numbering.xml"), package.xml_if_sound(f"{folder}/styles.xml"))
    blocks = numbered(with_line_tables([*_Reader(numbering).blocks(body)]))
    core = package.xml_if_sound("docProps/core.xml")
    stated = (child(core, "title")) if core is not None else None
    titles = opening_titles(block.text for block in blocks if isinstance(block, Paragraph))
    if stated is not None and stated.text and stated.text.strip():
        titles = (*titles, stated.text.strip())
    return Document("docx", blocks, tuple(dict.fromkeys(titles)))


def _body_name(package: Package) -> str:
    """The part that holds the text, by the package's own relationships."""
    relationships = package.xml_if_sound("_rels/.rels")
    for relationship in relationships if relationships is not None else ():
        if (value(relationship, "Type") or "").endswith("/officeDocument"):
            target = (value(relationship, "Target") or "").lstrip("/")
            if target in package:
                return target
    return DEFAULT_BODY


@dataclass(slots=True)
class _Draft:
    """A cell while later rows may still continue it."""

    text: str
    row: int
    column: int
    row_span: int
    column_span: int


SMALL = frozenset({"superscript", "subscript"})  # all are written as raised ones


class _Reader:
    """Walks a body once, in document order, since the automatic numbers count along."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, container: etree._Element) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables of a body, a cell or a text box."""
        for element in container:
            match local(element):
                case "p":
                    yield from self._paragraph(element)
                case "tbl" if _is_layout(element):
                    for row in _unwrapped(element, "tr"):
                        for cell in _unwrapped(row, "tc"):
                            yield from self.blocks(cell)
                case "tbl":
                    table = self._table(element)
                    if table.cells:
                        yield table
                case name if name in WRAPPERS:
                    yield from self.blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Paragraph | Table]:
        self._paragraphs += 1
        number = self._paragraphs
        boxes: list[etree._Element] = []
        text = self._numbered(element, boxes).strip()
        if text:
            yield Paragraph(text, f"paragraph {number}")
        for box in boxes:
            yield from self.blocks(box)

    def _numbered(self, paragraph: etree._Element, boxes: list[etree._Element]) -> str:
        """A paragraph's text behind its automatic number; its text boxes go to `boxes`."""
        label = self._numbering.label(child(paragraph, "pPr"))
        parts: list[str] = []
        _collect(paragraph, parts, boxes)
        text = "".join(parts)
        # A number that inherits a list's style from the paragraph it was pasted over counts nothing.
        return label + text if text.strip() and not _FIGURE.fullmatch(text) else text

    def _table(self, element: etree._Element) -> Table:
        self._tables += 1
        number = self._tables
        drafts: list[_Draft] = []
        above: dict[int, _Draft] = {}
        for row, found in enumerate(_unwrapped(element, "tr")):
            above = self._row(found, row, above, drafts)
        cells = tuple(
            Cell(
                draft.text,
                draft.row,
                draft.column,
                draft.row_span,
                draft.column_span,
                f"table {number} row {draft.row + 1} column {draft.column + 1}",
            )
            for draft in drafts
        )
        return Table(number, cells, f"table {number}")

    def _row(
        self, element: etree._Element, row: int, above: dict[int, _Draft], drafts: list[_Draft]
    ) -> dict[int, _Draft]:
        """Adds the row's cells to `drafts`; takes and gives the vertical merges that are open, by their column."""
        still_open: dict[int, _Draft] = {}
        previous: _Draft | None = None
        column = integer(child(element, "trPr", "gridBefore"), 0, WIDEST)
        for cell in _unwrapped(element, "tc"):
            properties = child(cell, "tcPr")
            span = max(1, integer(child(properties, "gridSpan"), 1, WIDEST))
            down = child(properties, "vMerge")
            across = child(properties, "hMerge")
            continued = above.get(column)
            text = self._cell_text(cell)
            if across is not None and value(across) != "restart" and previous is not None:
                previous.column_span += span
            elif down is not None and value(down) != "restart" and continued and continued.column_span == span:
                continued.row_span += 1
                still_open[column] = previous = continued
            else:
                previous = _Draft(text, row, column, 1, span)
                drafts.append(previous)
                if down is not None:
                    still_open[column] = previous
            column += span
        return still_open

    def _cell_text(self, container: etree._Element) -> str:
        lines: list[str] = []
        for element in container:
            name = local(element)
            if name == "p":
                boxes: list[etree._Element] = []
                lines.append(self._numbered(element, boxes))
                lines.extend(self._cell_text(box) for box in boxes)
            elif name == "tbl":
                lines.extend(
                    self._cell_text(cell) for row in _unwrapped(element, "tr") for cell in _unwrapped(row, "tc")
                )
            elif name in WRAPPERS:
                lines.append(self._cell_text(element))
        return "\n".join(lines)


def _unwrapped(container: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also inside content controls; not the rows an editor deleted."""
    for element in container:
        found = local(element)
        if found == name:
            if child(element, "trPr", "del") is None:
                yield element
        elif found in WRAPPERS:
            yield from _unwrapped(element, name)


def _collect(element: etree._Element, parts: list[str], boxes: list[etree._Element]) -> None:
    """What a reader sees of a paragraph's content, in order."""
    for part in element:
        name = local(part)
        if name == "t":
            parts.append(part.text or "")
        elif name in PRINTED:
            parts.append(PRINTED[name])
        elif name == "txbxContent":
            boxes.append(part)
        elif name in UNPRINTED or (name == "r" and _is_hidden(part)):
            continue
        elif name == "r" and value(child(part, "rPr", "vertAlign")) in SMALL and "".join(parts).strip():
            mark: list[str] = []
            _collect(part, mark, boxes)
            parts.extend(text.translate(RAISED) for text in mark)
        else:
            _collect(part, parts, boxes)


def _is_hidden(run: etree._Element) -> bool:
    """Whether a run is not to be read: hidden, or struck out (a figure that another beside it replaces)."""
    marks = (child(run, "rPr", name) for name in ("vanish", "strike", "dstrike"))
    return any(mark is not None and value(mark) not in ("0", "false", "off") for mark in marks)


def _is_layout(table: etree._Element) -> bool:
    """Whether the table only arranges other tables: they hold more of the written cells than it does itself."""
    own = inner = 0
    for cell in table.iter("{*}tc"):
        if next(cell.iterancestors("{*}tbl")) is not table:
            inner += _is_written(cell)
        elif next(cell.iter("{*}tbl"), None) is None:
            own += _is_written(cell)
    return inner > own


def _is_written(cell: etree._Element) -> bool:
    return any((text.text or "").strip() for text in cell.iter("{*}t"))
