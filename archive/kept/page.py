"""A kept page made fit to be looked at: harmless whatever a site put into it, with one cell or sentence marked."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pdfplumber
from lxml import etree
from lxml.builder import E

from archive.errors import ArchiveError
from archive.kept.marking import LINE_NUMBER, MARK, Box, boxes_of, mark_sentence
from parsers.documents import read_document, sniff
from parsers.documents.html import tree
from parsers.documents.html.tables import whole_text
from parsers.documents.text import printed_lines
from parsers.model import Cell, Table, UnreadableError
from parsers.tables import grid

DOTS_AN_INCH = 110
MOST_PICTURES = 6  # pages of a PDF that are drawn at once
_LINES = re.compile(r"lines? (\d+)(?:-(\d+))?$")
_BOXES = re.compile(r"page (\d+) box ([\d.]+),([\d.]+),([\d.]+),([\d.]+)")
_PATH = re.compile(r"[(/]")
_STYLE = """
body { font: 16px/1.6 sans-serif; color: #1b232b; background: #fff; margin: 1rem; overflow-wrap: break-word; }
table { border-collapse: collapse; margin: .5rem 0; } td, th { border: 1px solid #8794a0; padding: .2rem .5rem; }
td, th { min-width: 2.2em; }
pre { white-space: pre-wrap; } img { max-width: 100%; border: 1px solid #8794a0; }
.line { color: #56636f; user-select: none; }
#cell { background: #fff1a8 !important; color: #1b232b !important; outline: 4px solid #c2410c !important; }
mark { background: #fff1a8 !important; color: #1b232b !important; }
#cell { scroll-margin: 35vh 35vw; }
"""

# What may stay of a page: everything else goes, or stays as plain text.
_GONE = {
    *("script", "style", "noscript", "template", "head", "title", "base", "link", "meta", "iframe", "frame"),
    *("frameset", "noframes", "object", "embed", "applet", "param", "input", "button", "select", "textarea"),
    *("option", "svg", "math", "audio", "video", "source", "track", "map", "area", "canvas", "dialog", "xml"),
}
_STAYS = {
    *("html", "body", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"),
    *("div", "p", "br", "hr", "span", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
    *("b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "big", "font", "center", "pre", "blockquote"),
    *("article", "section", "header", "footer", "main", "aside", "nav"),
}
_ATTRIBUTES = {"rowspan", "colspan", "align", "valign", "width", "bgcolor", "dir", "lang"}
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+$")


@dataclass(frozen=True, slots=True)
class LaidPage:
    """A page for the eye: `markup` is a whole HTML document in which nothing runs and which loads nothing.

    `marked` says whether the cell or the sentence was found: it bears the id `cell`, or a box in a picture. `medium` is
    what the bytes are.
    """

    markup: str
    marked: bool
    medium: str


def lay_out(
    data: bytes,
    content_type: str | None,
    url: str | None,
    place: str | None = None,
    at: str | None = None,
    sentence: str | None = None,
) -> LaidPage:
    """The kept page as a reader may look at it; the cell at `place` (and `at`), or a sentence, is marked where named.

    Pages keep their structure and lose what runs or loads; text keeps its lines; of a PDF the pages that hold what is
    marked are drawn, its first page where nothing is; other documents are laid out from what was read.
    Raises ArchiveError for bytes that no reader reads.
    """
    try:
        medium = sniff(data, content_type, url)
        if medium == "html":
            body, marked = _page(data, content_type, place)
        elif medium == "text":
            body, marked = _text(printed_lines(data, content_type), place)
        elif medium == "pdf" and (pictures := _pictures(data, place, sentence)) is not None:
            body, marked = pictures
        else:
            body, marked = _read_again(data, content_type, url, place, at)
    except UnreadableError as error:
        raise ArchiveError(str(error)) from error
    if sentence and not marked:
        marked = mark_sentence(body, sentence)
    return LaidPage(_document(body), marked, medium)


def _document(body: etree._Element) -> str:
    head = E.head(E.meta(charset="utf-8"), E.meta(name="robots", content="noindex"), E.style(_STYLE))
    whole: str = etree.tostring(E.html(head, body), method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return whole


# --- pages ----------------------------------------------------------------------------------------------------------


def _page(data: bytes, content_type: str | None, place: str | None) -> tuple[etree._Element, bool]:
    root = tree(data, content_type)
    plain = next((whole_text(element) for element in root.iter("pre")), "")
    if place and _LINES.match(place) and plain:
        return _text(printed_lines(plain), place)
    cell = _at(root, place) if place and _PATH.match(place) else None
    body = root if root.tag == "body" else next(root.iter("body"), root)
    harmless = E.body()
    _copy_into(harmless, body, cell)
    return harmless, cell is not None


def _at(root: etree._Element, path: str) -> etree._Element | None:
    try:
        found = root.xpath(path)
    except etree.XPathError:
        return None
    return found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else None


def _copy_into(target: etree._Element, source: etree._Element, cell: etree._Element | None) -> None:
    """Copies what may stay of `source`'s content; without recursion, for pages are nested as deep as they like."""
    above = {cell, *cell.iterancestors()} if cell is not None else set()
    copies = {source: target}
    walker = etree.iterwalk(source, events=("start", "end"))
    for event, node in walker:
        if node is source:
            if event == "start":
                _say(target, node.text)
            continue
        parent = copies[node.getparent()]
        if event == "end":
            _say(parent, node.tail)
            continue
        if not isinstance(node.tag, str) or node.tag.lower() in _GONE:
            walker.skip_subtree()
            continue
        copy = _copied(parent, node, shown=node in above)
        if node is cell:
            copy.set("id", MARK)
        copies[node] = copy
        _say(copy, node.text)


def _copied(parent: etree._Element, node: etree._Element, shown: bool) -> etree._Element:
    tag = node.tag.lower()
    if tag == "img":
        source = node.get("src") or ""
        alternative = _printable(node.get("alt") or "")
        if _PICTURE.match(source):
            return etree.SubElement(parent, "img", src=source, alt=alternative)
        copy = etree.SubElement(parent, "span")
        copy.text = f"[{alternative}]" if alternative else None
        return copy
    copy = etree.SubElement(parent, tag if tag in _STAYS else "span")
    for name, value in node.attrib.items():
        if name in _ATTRIBUTES:
            copy.set(name, value)
    if not shown and "none" in (node.get("style") or "").replace(" ", "").lower().partition("display:")[2][:4]:
        copy.set("hidden", "hidden")
    return copy


def _say(element: etree._Element, text: str | None) -> None:
    """Text at the end of what the element holds so far."""
    if not text:
        return
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "") + _printable(text)
    else:
        last.tail = (last.tail or "") + _printable(text)


def _printable(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


# --- text, PDF, and the rest ----------------------------------------------------------------------------------------


def _text(lines: Sequence[str], place: str | None) -> tuple[etree._Element, bool]:
    named = _LINES.match(place or "")
    first, last = (int(named[1]), int(named[2] or named[1])) if named else (0, -1)
    shown = E.pre()
    for number, line in enumerate(lines, 1):
        if number == first:
            marked = etree.SubElement(shown, "span", id=MARK)
        target = marked if first <= number <= last else shown
        counted = etree.SubElement(target, "span", {"class": LINE_NUMBER})
        counted.text = f"{number:>5}  "
        counted.tail = _printable(line) + "\n"
    return E.body(shown), 1 <= first <= len(lines)


def _pictures(data: bytes, place: str | None, sentence: str | None) -> tuple[etree._Element, bool] | None:
    """The pages that hold the cell or the sentence, its boxes drawn on them; None for a PDF that cannot be drawn."""
    boxes: dict[int, list[Box]] = {}
    for page, *bounds in _BOXES.findall(place or ""):
        left, top, right, bottom = map(float, bounds)
        boxes.setdefault(int(page), []).append((left, top, right, bottom))
    body: etree._Element = E.body()
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            boxes = boxes or (boxes_of(document, sentence) if sentence else {})
            for number in sorted(boxes)[:MOST_PICTURES] or [1]:
                picture = document.pages[number - 1].to_image(resolution=DOTS_AN_INCH)
                picture.draw_rects(
                    boxes.get(number, []), fill=(255, 224, 102, 90), stroke=(194, 65, 12), stroke_width=3
                )
                drawn = BytesIO()
                picture.annotated.convert("RGB").save(drawn, "PNG", optimize=True)
                coded = base64.b64encode(drawn.getvalue()).decode()
                body.append(E.p(E.img(src=f"data:image/png;base64,{coded}", alt=f"PDF page {number}")))
    except Exception:  # noqa: BLE001  # pdfminer raises whatever it stumbles over; the cell is then shown as it was read
        return None
    return body, bool(boxes)


def _read_again(
    data: bytes, content_type: str | None, url: str | None, place: str | None, at: str | None
) -> tuple[etree._Element, bool]:
    body = E.body()
    marked = False
    for block in read_document(data, content_type, url).blocks:
        if isinstance(block, Table):
            laid = E.table()
            for row, cells in enumerate(grid.rows(block)):
                line = etree.SubElement(laid, "tr")
                for cell in (cell for cell in cells if cell.row == row):
                    shown = _cell(line, cell)
                    here = grid.at(block.number, cell.row, cell.column)
                    if not marked and place == cell.place and at in {None, here}:
                        shown.set("id", MARK)
                        marked = True
            body.append(laid)
        else:
            body.append(E.p(_printable(block.text)))
    return body, marked


def _cell(line: etree._Element, cell: Cell) -> etree._Element:
    shown = etree.SubElement(line, "td")
    shown.text = _printable(cell.text)
    if cell.row_span > 1:
        shown.set("rowspan", str(cell.row_span))
    if cell.column_span > 1:
        shown.set("colspan", str(cell.column_span))
    return shown
