"""Reads an HTML page into the paragraphs and tables of the report it shows, without the site around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from lxml import etree

from parsers.characters import LOWERED, RAISED
from parsers.documents import bounds
from parsers.documents.decoding import decode
from parsers.documents.html.body import Item, report_body
from parsers.documents.html.embedded import opened, shows_report, with_concealed
from parsers.documents.html.facts import PageFacts, is_fact_table
from parsers.documents.html.layout import is_layout, parts
from parsers.documents.html.tables import flow, read_cells, whole_text
from parsers.documents.text import read as read_text
from parsers.documents.text.line_tables import FORM_WORDS, form_words, numbered, with_line_tables
from parsers.model import PAGE_CUT, Document, Problem, Table, UnreadableError

_SKIPPED = {
    *("head", "script", "style", "noscript", "template", "select", "option", "button", "input", "textarea", "iframe"),
    *("object", "svg", "audio", "video", "map"),
}
_TEXTLESS = ("script", "style", "noscript", "template", "select", "textarea")
_STRUCK = ("s", "strike", "del")  # what the author took back
_SMALL = ("sup", "sub")
_THROUGH = re.compile(r"text-decoration[^;\"']*line-through")
_NEW_LINE = "\u2028"
_FIGURE = re.compile(r"\s*[+-]?\d[\d,]*(?:\.\d+)?\s*")
# What lxml reads but does not write: a page that holds them is read without.
_UNWRITABLE: dict[int, int | str | None] = dict.fromkeys((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF))
_INLINE = {
    *(
        "a",
        "abbr",
        "acronym",
        "b",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
    ),
    *("mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr"),
    *("ruby", "rb", "rt", "publishtime"),
}
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
# A search without regard to case takes a tenth of the reading.
_STYLES = ("isplay", "ISPLAY", "isibility")
_ATTRIBUTES = (" hidden>", " hidden ", " hidden=")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype|html|head|body|div)\b", re.IGNORECASE)
_HEAD = 4000
_OPENING = re.compile(r"<html\b", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
_FOOT = 1000
_ENDS = "。；;>"
_CUT = Problem(PAGE_CUT, "The page ends in the middle: its end was never sent, or never written.")
_BLOCKS = re.compile(r"<(?:p|div|br|li|h[1-6]|body|html|section|center|pre)\b", re.IGNORECASE)
_TABLES = re.compile(r"(<table\b.*?</table>)", re.IGNORECASE | re.DOTALL)
_CLOSED_TABLES = re.compile(r".*</table>", re.IGNORECASE | re.DOTALL)
_LARGEST_DAMAGED = 4_000_000
"""Characters of a page that BeautifulSoup is still asked to read: it takes a second for each million."""


def read(data: bytes | str, content_type: str | None = None) -> Document:
    """Read a page: its report's paragraphs and tables in order, its candidates for a title, what it says of itself.

    Raises UnreadableError where there is no page in the bytes, or one nested too deep to be read.
    """
    text, root, shown, is_cut = _opened(data, content_type)
    marked = list(root.iter(*_STRUCK, *_SMALL))
    if "line-through" in text and _THROUGH.search(text):
        marked += [element for element in root.iter("*") if _THROUGH.search(element.get("style") or "")]
    if marked:
        for element in marked:
            if element.tag in _SMALL:
                _write_small(element)
            else:
                _empty(element)
        shown = whole_text(root)
    bounds.check_text(len(shown))
    preformatted = list(root.iter("pre"))
    plain = whole_text(preformatted[0]) if preformatted else ""
    if len(plain) * 2 > len(shown):
        facts = PageFacts()
        facts.read_head(root)
        said = read_text(plain)
        titles = tuple(dict.fromkeys((*said.titles, *facts.titles())))
        return replace(said, media="html", titles=titles, meta={**facts.meta(), **said.meta})
    for element in preformatted:
        _keep_lines(element)
    page = _Page(root)
    page.walk(hides=_may_hide(text))
    blocks, before, after = report_body(page.items)
    blocks = with_line_tables(blocks)
    facts = page.facts
    facts.read_head(root)
    facts.read_titles(item.text for item in before if not item.linked)
    facts.read_lines(item.text for item in (*before, *after))
    problems = (_CUT,) if is_cut else ()
    return Document("html", numbered(blocks), titles=facts.titles(), meta=facts.meta(), problems=problems)


def _ends_in_the_middle(text: str) -> bool:
    if _CLOSING.search(text, len(text) - _FOOT) or _OPENING.search(text, 0, _HEAD) is None:
        return False
    return _CLOSING.search(text) is None


def tree(data: bytes, content_type: str | None = None) -> etree._Element:
    """Return the page's tree as it is read: the paths in `Cell.place` find their cells in it.

    Raises UnreadableError as `read` does.
    """
    return _opened(data, content_type)[1]


def _opened(data: bytes | str, content_type: str | None) -> tuple[str, etree._Element, str, bool]:
    """Return the page, its tree, the text in that, and whether the page ends in the middle.

    Where the page shows no report, a script or a field may hold one: then it is the page with that report.
    """
    text = data if isinstance(data, str) else decode(data, content_type, html=True)
    text = opened(_XML_DECLARATION.sub("", text))
    is_cut = _ends_in_the_middle(text)
    if is_cut:
        text = _without_half(text)
    if not text.strip():
        raise UnreadableError("empty", "The page holds nothing.")
    root = _tree(text)
    shown = whole_text(root)
    if not shows_report(shown):
        revealed = with_concealed(text)
        if revealed != text:
            root = _tree(revealed)
            return revealed, root, whole_text(root), is_cut
    return text, root, shown, is_cut


def _without_half(text: str) -> str:
    """Return a page that ends in the middle without its last table, tag or sentence, which may be but half of one.

    What the columns of a table mean is told by its other rows as well. A table that holds others is the page's layout,
    one that closes none of its cells is written so.
    """
    lower, last = text.lower(), text.rfind("<")
    if (table := lower.rfind("<table")) > lower.rfind("</table"):
        return text[:table] if "</t" in lower[table:] else text
    return text[:last] if last > text.rfind(">") else text[: max(map(text.rfind, _ENDS)) + 1]


def _with_paragraphs(text: str) -> str:
    """Return Markdown whose tables are HTML as a page: its lines outside the tables become paragraphs."""
    if _PAGE.search(text, 0, _HEAD):
        return text
    closed = _CLOSED_TABLES.match(text)
    if closed is None:
        return text
    pieces = _TABLES.split(closed[0])
    pieces[-1] += text[closed.end() :]
    if any(_BLOCKS.search(piece) for piece in pieces[::2]):
        return text
    pieces[::2] = ("".join(f"<p>{line.lstrip('# ')}</p>" for line in piece.split("\n")) for piece in pieces[::2])
    return "".join(pieces)


def _tree(text: str) -> etree._Element:
    """Return the page's tree without the text that no page shows: lxml's, or BeautifulSoup's where lxml fails."""
    bounds.check_markup(text)
    root = _whole_tree(_with_paragraphs(text))
    for element in root.iter(*_TEXTLESS, "input"):
        element.text = _filled_in(element) if element.tag == "input" else None
    return root


def _filled_in(element: etree._Element) -> str | None:
    """Return the figure that a field in a cell of a table shows."""
    value = element.get("value") or ""
    shows = element.get("type", "text").lower() in ("text", "number") and _FIGURE.fullmatch(value)
    return value if shows and next(element.iterancestors("td", "th"), None) is not None else None


def _whole_tree(text: str) -> etree._Element:
    """Return lxml's tree, or BeautifulSoup's where lxml stopped before the page's end (nesting, size)."""
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise UnreadableError("unreadable_html", "The page holds no text that a browser would show.")
    if not any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        return root
    if len(text) > _LARGEST_DAMAGED:
        raise UnreadableError("too_large", "The page is damaged, or too large to be read whole.")
    from lxml.html import soupparser  # no other page needs BeautifulSoup, which is half of what the parsers import

    try:
        tree: etree._Element = soupparser.fromstring(text)
    except RecursionError as error:
        raise UnreadableError("nested_too_deep", "The page's elements are nested too deep to be read.") from error
    except ValueError as error:  # what BeautifulSoup takes for an element or a text may be none for lxml
        raise UnreadableError("unreadable_html", "The page is damaged: its elements cannot be told apart.") from error
    return tree


def _write_small(element: etree._Element) -> None:
    """Write the digits of a note's mark (5<sup>1</sup>) small, so that they are none of the number before them."""
    around = next(element.iterancestors("td", "th", "p", "div", "body"), None)
    if around is None or whole_text(around).strip() == whole_text(element).strip():
        return
    _rewrite(element, RAISED if element.tag == "sup" else LOWERED)


def _keep_lines(element: etree._Element) -> None:
    """Mark the line breaks of preformatted text, which is shown as it was written."""
    _rewrite(element, {ord("\n"): _NEW_LINE})


def _rewrite(element: etree._Element, characters: dict[int, int] | dict[int, str]) -> None:
    """Exchange characters in the text of an element and of all in it."""
    exchanged = {**_UNWRITABLE, **characters}
    for node in element.iter():
        node.text = node.text and node.text.translate(exchanged)
        if node is not element:
            node.tail = node.tail and node.tail.translate(exchanged)


def _empty(element: etree._Element) -> None:
    """Take the text of an element and of all in it away; what stands behind it stays."""
    for node in element.iter():
        node.text = None
        if node is not element:
            node.tail = None


@dataclass
class _Page:
    """Walks a page once and collects its lines and tables in document order."""

    root: etree._Element
    items: list[Item] = field(default_factory=list)
    facts: PageFacts = field(default_factory=PageFacts)

    def walk(self, *, hides: bool) -> None:
        """Fill `items` and take the facts that stand in tables; `hides` says whether anything may be hidden."""
        hidden = self._hide() if hides else set()
        tables = {table: number for number, table in enumerate(self.root.iter("table"), 1)}
        outer = {ancestor for table in tables for ancestor in table.iterancestors("table") if _is_grid(table)}
        self._collect(hidden, tables, outer)

    def _hide(self) -> set[etree._Element]:
        """Empty what the page does not show; a form that it shows nowhere else is read all the same."""
        hidden = set(filter(_is_hidden, self.root.iter("*")))
        if not hidden:
            return hidden
        tops = [element for element in hidden if not any(above in hidden for above in element.iterancestors())]
        texts = {element: whole_text(element) for element in tops}
        whole = whole_text(self.root)
        unseen = [word for word in FORM_WORDS if whole.count(word) == sum(text.count(word) for text in texts.values())]
        for element, text in texts.items():
            if sum(word in text for word in unseen) > 1:
                hidden.difference_update(element.iter())
        for element in hidden.intersection(tops):
            _empty(element)
        return hidden

    def _collect(
        self, hidden: set[etree._Element], tables: dict[etree._Element, int], outer: set[etree._Element]
    ) -> None:
        line = _Line()
        walker = etree.iterwalk(self.root, events=("start", "end"))
        for event, node in walker:
            tag = node.tag
            if event == "end":
                if _breaks(tag):
                    self._flush(line)
                elif tag == "a" and node.get("href"):
                    line.links -= 1
                if node.tail and node is not self.root:
                    line.add(node.tail, node)
                continue
            if tag in _SKIPPED:
                walker.skip_subtree()
                continue
            if _breaks(tag):
                self._flush(line)
            if tag == "table" and self._take_table(node, f"(//table)[{tables[node]}]", node in outer, hidden):
                walker.skip_subtree()
                continue
            if tag == "a" and node.get("href"):
                line.links += 1
            if node.text:
                line.add(node.text, node)
        self._flush(line)

    def _flush(self, line: _Line) -> None:
        if line.start is None:
            return
        for text in filter(None, map(str.strip, flow("".join(line.parts)).split(_NEW_LINE))):
            self.items.append(Item(text, line.start, linked=line.linked * 2 > len(text)))
        line.clear()

    def _take_table(self, table: etree._Element, place: str, outer: bool, hidden: set[etree._Element]) -> bool:
        """Take a table of data or of facts about the page; False for one that only lays the page out."""
        if outer and not _holds_its_own_form(table):
            return False
        cells = read_cells(table, place, hidden)
        filled = [cell for cell in cells if cell.text.strip()]
        if not filled:
            return True
        if is_fact_table(cells):
            self.facts.read_table(cells)
            return True
        if is_layout(filled):
            return False
        captions = [text for caption in table.iter("caption") if (text := flow(whole_text(caption)).strip())]
        self.items += [Item(text, table) for text in captions]
        for part in parts(cells, filled):
            if isinstance(part, str):
                self.items.append(Item(part, table))
            else:
                words = form_words("\n".join(cell.text for cell in part))
                self.items.append(Item("", table, table=Table(0, part, place), statutory=words > 1))
        return True


@dataclass
class _Line:
    """The line of running text being put together, and how much of it is the text of links."""

    parts: list[str] = field(default_factory=list)
    start: etree._Element | None = None
    links: int = 0
    linked: int = 0

    def add(self, text: str, node: etree._Element) -> None:
        """Go on with a piece of text that stands in or behind `node`."""
        if self.start is None:
            if not text.strip():
                return
            self.start = node
        self.parts.append(text)
        if self.links:
            self.linked += len(text)

    def clear(self) -> None:
        """Begin the next line."""
        self.parts.clear()
        self.start = None
        self.linked = 0


def _may_hide(text: str) -> bool:
    """Return whether a page's markup holds a word without which none of its elements is hidden."""
    if any(word in text for word in _STYLES):
        return True
    return " hidden" in text and any(word in text for word in _ATTRIBUTES)


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    styled = style and ("none" in style or "NONE" in style or "isibility" in style) and _HIDDEN_STYLE.search(style)
    return bool(styled) or element.get("hidden") is not None


@lru_cache(maxsize=1024)
def _breaks(tag: str) -> bool:
    """Return whether an element starts a new line; elements of Word (o:p, st1:…) do not."""
    return tag not in _INLINE and ":" not in tag


def _is_grid(table: etree._Element) -> bool:
    """Return whether a table has more than the one cell of a frame, such as some editors put around each figure."""
    return next(islice(table.iter("td", "th"), 1, None), None) is not None


def _holds_its_own_form(table: etree._Element) -> bool:
    """Return whether a table with tables in it is itself the form rather than the frame around it."""
    if form_words(whole_text(table)) < 3:
        return False
    inner = (node for node in table.iter("table") if next(node.iterancestors("table"), None) is table)
    return form_words("\n".join(map(whole_text, inner))) == 0
