"""List items in HTML: which links of a page stand in its list, with their whole titles and the dates beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from lxml.html import HtmlElement

from crawler.platforms.days import DATE, iso_date
from crawler.platforms.page import HELD, Entry, Page
from crawler.titles import COLUMN_NAME, Verdict, is_cut, names_year, verdict

_DATE_AT_END = re.compile(rf"^[\[(（【]?{DATE.pattern}日?[\])）】]?\s*|\s*[\[(（【]?{DATE.pattern}日?[\])）】]?$")
# 报告01-20, 报告[1月20日]: the day stands behind the title in the link.
_DAY_AT_END = re.compile(r"(?<=[\u4e00-\u9fff）)》])\s*[\[(（【]?\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?[\])）】]?$")
# 20 2024-01 凌州市…, 01-20 2024 凌州市…: the day stands before it, in parts.
_DAY_AT_START = re.compile(
    r"^(?:\d{1,2}\s*日?\s*20\d\d\s*[-./]\s*\d{1,2}(?!\d)|\d{1,2}\s*[-./]\s*\d{1,2}(?!\d)(?:\s*20\d\d(?!\d|\s*年))?)\s*(?=[\u4e00-\u9fff《〔\d])"
)
_ROWS = frozenset(("li", "tr", "dd", "dt"))
_LISTS = frozenset(("body", "html", "ul", "ol", "dl", "table", "tbody"))
_SPACE = re.compile(r"\s+")
# What can lead somewhere by a script of its own; rows and buttons do, on pages that do without anchors.
_CLICKED = ("li", "tr", "td", "dd", "dt", "p", "div", "span", "button", "input", "h2", "h3", "h4")
# In a link that is a card, with the beginning of a text or a date beside its title.
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Where a link's whole title stands; mc (名称) in lists of government information.
_TITLED = ("title", "alt", "mc")
# Words that say that there is something to open, and not what it is.
_WORDLESS = re.compile(
    r"\W*(?:(?:点击|查看|文字版|文本版|浏览|阅读|打开|下载|预览|详情|详细|全文|链接|附件|内容|报告|年报|此处|这里|word|pdf|html?|docx?|网页版?)\W*)*",
    re.IGNORECASE,
)
# K015/2024-00012: what a catalogue numbers its papers with.
_INDEX_NUMBER = re.compile(r"(?=.*\d{4})[\w/()\[\]〔〕·.-]{8,40}", re.ASCII)
# 2023年: what is left of the row of a table that has a year's report a row.
_BARE_YEAR = re.compile(r"(20\d\d)年?度?$")
_OF_REPORTS = re.compile(r"信息公开(?:工作)?(?:年报|年度(?:工作)?报告)")
# 上一篇：…, 下一条 …: what an article leads to beside itself is no list.
_NEIGHBOUR = re.compile(r"\W*[上下前后][一1]?[篇条个]")
_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd)$", re.IGNORECASE)
# Numbers and signs of a date, which some cards show as large as their title.
_UNWORDED = re.compile(r"[\d\s年月日./:-]*")
_BEFORE_VALUE = re.compile(
    r"location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]\s*\+\s*\w[\w.\[\]]*(?:\s*\+\s*['\"]([^'\"]*)['\"])?"
)
_YEAR = re.compile(r"20\d\d(?=年?度?$)")
_NAME = re.compile(r"[\u4e00-\u9fff（）、]{3,30}")
_LONGEST_MARK = 12
# Characters of a link that says what it is (公告, 正文) and not what it is about.
_LONGEST_WORD = 4
_LEAST_NAMESAKES = 2
# A row holds a title and a date or two; anything longer is a container.
_LONGEST_ROW = 300


@dataclass(slots=True)
class _Row:
    entries: list[Entry]
    group: str


def whole_title(anchor: HtmlElement) -> str:
    """The title of a link: its text (that of a heading in it), or its title attribute (that of its picture) where the
    text is cut or missing, or a word beside the title of a year's report."""
    heading = next(_headings(anchor), anchor) if len(anchor) else anchor
    text = _SPACE.sub(" ", heading.text_content() or anchor.get("value") or "").strip()
    pictured = (image.get("alt") or image.get("title") or "" for image in anchor.iter("img")) if not text else ()
    spoken = anchor.get("aria-label") if not text else None
    attribute = _SPACE.sub(
        " ", next(filter(None, map(anchor.get, _TITLED)), None) or next(filter(None, pictured), spoken or "")
    ).strip()
    without_date = _DAY_AT_START.sub("", _DAY_AT_END.sub("", _DATE_AT_END.sub("", text))).strip()
    if attribute and (not without_date or is_cut(without_date) or without_date in attribute):
        return attribute
    if len(without_date) <= _LONGEST_WORD and names_year(attribute) and verdict(attribute) is Verdict.REPORT:
        return attribute
    return without_date or text


def _headings(card: HtmlElement) -> Iterator[HtmlElement]:
    """The headings in a link, and what says of itself that it is the title; numbers are none."""
    for element in card.iter(*_HEADINGS, "div", "p", "span"):
        says = element.tag in _HEADINGS or "title" in (element.get("class") or "").split()
        if says and not _UNWORDED.fullmatch(element.text_content()):
            yield element


def groups(page: Page) -> dict[str, list[Entry]]:
    """The rows of the page by their alikeness: menus, lists and boxes each make a group."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in _rows(page, None):
        found[row.group] += row.entries
    return found


def rows(page: Page, fragment: str | None = None) -> tuple[Entry, ...]:
    """Every link of `fragment` (HTML; else of the whole page) as an entry, in order, each address once."""
    return _each_once(page, (entry for row in _rows(page, fragment) for entry in row.entries))


def named(page: Page) -> Iterator[tuple[str, str]]:
    """The name and the address of every link, clickable thing, area of a picture and choice of the page."""
    for element in _leading(page.tree.root):
        url = page.target(element)
        if url:
            yield _SPACE.sub("", whole_title(element)), url
    for choices in chosen(page):
        yield from choices


def chosen(page: Page) -> Iterator[list[tuple[str, str]]]:
    """The names and the addresses of the choices of each box of the page that leads somewhere by them."""
    for chooser in page.tree.root.iter("select"):
        found = []
        # location.href='…?year='+this.value: the choices are what is put behind it; a form may be sent for them.
        before = _BEFORE_VALUE.search(chooser.get("onchange") or "")
        sent = _sent_with(page, chooser)
        for option in chooser.iter("option"):
            value = (option.get("value") or "").strip()
            url = page.absolute(value) if "/" in value or "." in value else None
            if before and value:
                url = page.absolute(before[1] + value + (before[2] or ""))
            elif sent and value:
                url = page.absolute(sent + quote(value, encoding=page.encoding, errors="replace"))
            if url:
                found.append((_SPACE.sub("", option.text_content()), url))
        yield found


def _sent_with(page: Page, chooser: HtmlElement) -> str | None:
    """The address, up to the choice, that a form asks for when something is chosen in it; None where it does not."""
    form = next(chooser.iterancestors("form"), None)
    name = chooser.get("name")
    if form is None or not name or "submit" not in (chooser.get("onchange") or ""):
        return None
    if (form.get("method") or "get").lower() != "get":
        return None
    kept = {each.get("name"): each.get("value") or "" for each in form.iter("input") if each.get("name")}
    action = (form.get("action") or page.url).partition("?")[0]
    return f"{action}?{page.sent(kept | {name: ''})}"


@lru_cache(maxsize=4)  # a page is asked whether it has a list, and then for it
def main_list(page: Page) -> tuple[Entry, ...]:
    """The items of the page's main list, in order, each address once.

    A page holds menus and other columns' lists too. The main list is the group of alike rows that names the most
    annual reports or, where none does, the largest group whose rows are dated. Reports in other groups belong to the
    listing only if they lie below the listing's own folder: sites show other columns' items beside the list.
    """
    found = groups(page)
    if not found:
        return ()
    main = max(found, key=lambda group: _fitness(found[group]))
    if not names_reports(found[main]) and not any(entry.date for entry in found[main]):
        return ()
    folder = page.url.partition("?")[0].rpartition("/")[0] + "/"
    beside = (
        entry
        for group, entries in found.items()
        if group != main
        for entry in entries
        if entry.url.startswith(folder) and verdict(entry.title) is Verdict.REPORT and names_year(entry.title)
    )
    return _each_once(page, (*found[main], *beside))


def _fitness(entries: list[Entry]) -> tuple[int, int, int]:
    """How much a group of rows looks like the list: by the reports of a year that it names, then by what else may be
    reports (menus name their column so), then by its dates."""
    of_a_year = sum(names_year(entry.title) and verdict(entry.title) is not Verdict.OTHER for entry in entries)
    return of_a_year, names_reports(entries), sum(bool(entry.date) for entry in entries)


def folder_of(url: str) -> str:
    """The folder that `url` lies in, with a slash at its end; a path without a file name is a folder itself."""
    parts = urlsplit(url)
    path = parts.path or "/"
    name = path.rpartition("/")[2]
    if "." not in name and name:
        path += "/"
    return f"{parts.scheme}://{parts.netloc}{path.rpartition('/')[0]}/"


def names_reports(entries: Iterable[Entry]) -> int:
    """How many of the entries may be annual reports by their titles. One alone that is named as the column of reports
    is, and bears no date, is a menu's link to it."""
    likely = [entry for entry in entries if verdict(entry.title) is not Verdict.OTHER]
    columns = [each for each in likely if not each.date and COLUMN_NAME.match(_SPACE.sub("", each.title))]
    alone = len({each.url for each in columns}) < _LEAST_NAMESAKES
    return len(likely) - (len(columns) if alone else 0)


def _each_once(page: Page, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries without repeated addresses; of two links to one address the longer title is kept, and of http and
    https that of the page."""
    found: dict[str, Entry] = {}
    scheme = page.url.partition("://")[0]
    for entry in entries:
        key = entry.url.partition("://")[2]
        known = found.get(key)
        if known is None:
            found[key] = entry
        else:
            title = entry.title if len(entry.title) > len(known.title) and not is_cut(entry.title) else known.title
            url = entry.url if entry.url.startswith(f"{scheme}://") else known.url
            found[key] = Entry(url, title, known.date or entry.date)
    return tuple(found.values())


def _leading(tree: HtmlElement) -> Iterator[HtmlElement]:
    """What leads somewhere when it is clicked: links, and things with a script that hold no link."""
    for element in tree.iter("a", "area", *_CLICKED):
        scripted = element.get("onclick") or element.get("href") or any(element.get(name) for name in HELD)
        if element.tag in ("a", "area") or (scripted and next(element.iter("a"), None) is None):
            yield element


def _rows(page: Page, fragment: str | None) -> Iterator[_Row]:
    tree = page.tree if fragment is None else Page(page.url, f"<div>{fragment}</div>").tree
    found: dict[HtmlElement, list[tuple[HtmlElement, Entry]]] = {}
    for anchor in _leading(tree.root):
        url = page.target(anchor)
        title = whole_title(anchor)
        if url is None or url == page.url:
            continue
        row = anchor if anchor.tag in _ROWS else _row_of(anchor)
        if verdict(title) is not Verdict.OTHER and _is_neighbour(anchor, title):
            continue
        date = iso_date(_text(row).replace(title, " ") if title else _text(row))
        found.setdefault(row, []).append((anchor, Entry(url, title, date)))
    for option in tree.root.iter("option"):
        title, url = _text(option), page.absolute(option.get("value") or "")
        if url and names_year(title) and verdict(title) is Verdict.REPORT:
            yield _Row([Entry(url, title)], "option")
    for row, held in found.items():
        entries = [entry for _, entry in held if entry.title]
        reports = [entry for entry in entries if verdict(entry.title) is not Verdict.OTHER]
        reports = reports or [
            Entry(entry.url, beside, entry.date)
            for anchor, entry in held
            if (beside := _title_for(page, anchor, row, entry))
        ]
        # A row may hold links besides its title (the column's name, 下载): it is one item all the same.
        if reports or entries:
            yield _Row(reports or [max(entries, key=lambda entry: len(entry.title))], _group_of(row))


def _is_neighbour(anchor: HtmlElement, title: str) -> bool:
    """Whether a link is that of an article to the one before or behind it."""
    before = anchor.getprevious()
    said = before.tail if before is not None else anchor.getparent().text if anchor.getparent() is not None else ""
    beside = before.text_content()[-_LONGEST_MARK:] if before is not None and not (said or "").strip() else said
    return bool(_NEIGHBOUR.match(title) or _NEIGHBOUR.match((beside or "").strip()))


def _title_for(page: Page, anchor: HtmlElement, row: HtmlElement, entry: Entry) -> str | None:
    """The title of a link that bears none: it says that there is something to open, or numbers it, or names the year of
    a document of an agency whose name stands before it."""
    if _WORDLESS.fullmatch(entry.title) or _INDEX_NUMBER.fullmatch(entry.title):
        return _title_beside(page, anchor, row)
    year = _BARE_YEAR.fullmatch(entry.title)
    if year is None or not _FILE.search(urlsplit(entry.url).path) or not _OF_REPORTS.search(page.text):
        return None
    cells = (
        list(row.iter("td", "th")) if row.tag == "tr" else [each for each in (row.getprevious(),) if each is not None]
    )
    name = next((text for cell in cells if (text := _text(cell)) and _NAME.fullmatch(text)), "")
    return f"{name}{year[1]}年年度报告"


def _title_beside(page: Page, anchor: HtmlElement, row: HtmlElement) -> str | None:
    """What the row says of a link that says nothing itself (查看): a title in it, in a table of agencies by years the
    agency before it and the year above it, in a column of annual reports a year. None where none names a year's
    report."""
    cells = list(row.iter("td", "th")) if row.tag == "tr" else [row]
    texts = [_DATE_AT_END.sub("", _text(cell).replace(_text(anchor), " ").strip()).strip() for cell in cells]
    for text in texts:
        if names_year(text) and verdict(text) is not Verdict.OTHER:
            return text
    if (year := next(filter(None, map(_BARE_YEAR.fullmatch, texts)), None)) and _OF_REPORTS.search(page.text):
        return f"{year[1]}年年度报告"
    if (above := _title_above(row)) is not None:
        return above
    table = next(row.iterancestors("table"), None) if row.tag == "tr" else None
    place = next((number for number, cell in enumerate(cells) if anchor in cell.iter()), None)
    if table is None or not place:
        return None
    heads = list(next(table.iter("tr")).iter("td", "th"))
    head = _YEAR.match(_text(heads[place])) if place < len(heads) else None
    name = next((text for text in texts[:place] if text and not text.isdigit()), "")
    return f"{name}{head[0]}年年度报告" if head and name else None


def _title_above(row: HtmlElement) -> str | None:
    """The title of a report that stands by itself before the row with the link to it: a heading below that of the page,
    or a row without a link of its own."""
    before = row.getprevious()
    if (
        before is None
        or not isinstance(before.tag, str)
        or before.tag == "h1"
        or next(before.iter("a"), None) is not None
    ):
        return None
    text = _DATE_AT_END.sub("", _text(before)).strip()
    return text if names_year(text) and verdict(text) is Verdict.REPORT else None


def _row_of(anchor: HtmlElement) -> HtmlElement:
    """The element that holds one item: the enclosing row, else the largest box around this link and no other."""
    row, alone = anchor, True
    for ancestor in anchor.iterancestors():
        if ancestor.tag in _LISTS or len(_text(ancestor)) > _LONGEST_ROW:
            return row
        if ancestor.tag in _ROWS:
            return ancestor
        alone = alone and all(other is anchor for other in ancestor.iter("a"))
        row = ancestor if alone else row
    return row


def _text(element: HtmlElement) -> str:
    """The element's text with its white space squeezed, cut where no row can be that long any more."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part)
        if length > 8 * _LONGEST_ROW:
            break
    return _SPACE.sub(" ", "".join(parts)).strip()


def _group_of(row: HtmlElement) -> str:
    """A name that alike rows of alike lists share: the tags and classes of the row and of three boxes around it."""
    names = []
    for element in (row, *row.iterancestors()):
        # Zebra stripes, first and last, numbered ids: only the first class word tells lists apart.
        words = (element.get("class") or "").split()
        names.append(f"{element.tag}.{words[0] if words and element is not row else ''}")
        if len(names) == 4:
            break
    return ">".join(names)
