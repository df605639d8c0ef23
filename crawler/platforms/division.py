"""How a listing is divided into columns: by year, by kind of agency, by agency, or into a frame of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.platforms import articles, asked, carried, links
from crawler.platforms.page import Fetch, Page
from crawler.titles import COLUMN_NAME, Verdict, names_year, verdict

# 2022年, 2022年度, 市政府部门, 乡镇街道: a column of the same listing, by its name.
_YEAR = re.compile(r"^20\d\d(年度?)?(政府信息公开)?(工作)?(年报|年度报告)?$")
_BARE_YEAR = re.compile(r"^20\d\d(年度?)?$")
_KIND = re.compile(
    r"^(全|市|县|区|州|旗|各|级|直|直属|所属|政府|人民政府|工作)*(部门|单位|直属机构|委办局|乡镇|镇街|街镇|街道|县区|区县|县市区|县市|市县|开发区)"
    r"(街道|街道办事处|政府|人民政府|单位|部门)*(年报|年度报告)?$"
)
# 更多>>, MORE+
_MORE = re.compile(r"\W*(?:查看)?(?:更多|全部|more)\W*$", re.IGNORECASE)
_BLANK = re.compile(r"[\s|·>]+")
_BETWEEN = re.compile(r"[()（）、，,/·]")
# 各部门2022年政府信息公开工作年度报告汇总: a page that leads to the reports of many.
_SUMMARY = re.compile(r"20\d\d.*(年报|年度报告).*(汇总|合集|汇编|一览|集中公开)")
# 凌州市历年政府信息公开工作年度报告汇总
_OF_ALL_YEARS = re.compile(r"^.{0,16}历年.{0,16}(年报|年度报告)(汇总|汇编|合集|一览|专栏|列表)?$")
_FOLDER = re.compile(r"(/|/(index|list|default)[\w-]*\.\w+)$")
_YEAR_IN_ADDRESS = re.compile(r"20\d\d")
_AGENCY = re.compile(
    r"^[\u4e00-\u9fff]{1,24}(局|委|办|厅|署|院|会|室|政府|镇|乡|街道|街道办事处|中心|妇联|科协|文联|残联|侨联|工商联|团委|支队|大队|社|部|台|校|联"
    r"|银行|公司|馆|所|站|处|分局)(（.{1,12}）)?$"
)
_LEAST_AGENCIES = 2
_DEEPEST = 2
_LONGEST_KIND = 20
_LONGEST_TITLE = 100
_MOST_PARTS = 20
_MOST_FRAMES = 4
_MOST_CLICKED = 30


def columns(page: Page) -> tuple[Fetch, ...]:
    """The first pages of the columns into which the page divides its listing.

    Folders below the page's own that are named after a year or a kind of agency are its columns. Others only look like
    columns: links that are named after a year, and lead below the folder or to the same address with another year in
    it; those that are named after a kind of agency and are no folders; those that a gateway names like the column of
    reports; and, where the context says that the listing is of "many", summaries of a year and, if the page lists no
    report, links named after agencies.
    """
    depth = int(page.context.get("depth", "0"))
    if depth >= _DEEPEST:
        return ()
    context = {"depth": str(depth + 1)} | ({"many": "1"} if "many" in page.context else {})
    found = {url: Fetch(url, context=context) for url in _folders(page)}
    context = context | {"tentative": "1"}
    for url in (*_years(page), *_kinds(page), *_by_name(page), *(_of_many(page) if "many" in page.context else ())):
        found.setdefault(url, Fetch(url, context=context))
    found.pop(page.url, None)
    clicked = {fetch.key: fetch for fetch in islice(_clicked(page), _MOST_CLICKED)}
    return (*found.values(), *clicked.values())


def frames(page: Page) -> tuple[Fetch, ...]:
    """The pages in frames of the same host, where some sites keep the list; of several each may be another thing."""
    host = page.url.split("/")[2]
    found: dict[str, None] = {}
    for source in page.tree.xpath("//iframe/@src | //frame/@src").getall():
        url = page.absolute(source)
        if url and url.split("/")[2] == host and url != page.url and not articles.is_document(url):
            found[url] = None
    context = {"tentative": "1"} if len(found) > 1 else {}
    return tuple(Fetch(url, context=context) for url in found)[:_MOST_FRAMES]


def _folders(page: Page) -> Iterator[str]:
    folder = links.folder_of(page.url)
    for name, url in links.named(page):
        fits = _YEAR.match(name) or _names_kind(name)
        if fits and url.startswith(folder) and url != folder and _FOLDER.search(url):
            yield url


def _years(page: Page) -> Iterator[str]:
    folder = links.folder_of(page.url)
    same = _YEAR_IN_ADDRESS.sub("0000", page.url)
    for name, url in links.named(page):
        if _BARE_YEAR.match(name) and url != folder and not articles.is_document(url):
            alike = _YEAR_IN_ADDRESS.search(url) and _YEAR_IN_ADDRESS.sub("0000", url) == same
            if alike or url.startswith(folder):
                yield url


def _clicked(page: Page) -> Iterator[Fetch]:
    """The years, or where no report is listed the column of reports, whose lists a script fetches when they are
    clicked."""
    listed = links.names_reports(links.main_list(page))
    for element in page.tree.root.iter("a", "li", "span", "button", "dd"):
        call = element.get("onclick") or element.get("href") or ""
        name = _beginning(element) if "(" in call else ""
        fits = _BARE_YEAR.match(name) or (not listed and COLUMN_NAME.match(name))
        if fits and page.target(element) is None:
            fetch = asked.called(page, call)
            if fetch:
                yield fetch


def _names_kind(name: str) -> bool:
    """Whether a link is named after a kind of agency: 市直部门, 县（市、区）, 乡镇（街道）."""
    return len(name) <= _LONGEST_KIND and bool(_KIND.match(_BETWEEN.sub("", name)))


def _kinds(page: Page) -> Iterator[str]:
    folder = links.folder_of(page.url)
    for name, url in links.named(page):
        if _names_kind(name) and url.startswith(folder) and url != folder and not articles.is_document(url):
            yield url


def _of_many(page: Page) -> Iterator[str]:
    """From a listing of many agencies: summaries of a year, and the links named after agencies."""
    yield from (
        url
        for name, url in links.named(page)
        if _SUMMARY.search(name[:_LONGEST_TITLE]) and not articles.is_document(url)
    )
    yield from _agencies(page)


def _beginning(element: HtmlElement) -> str:
    """As much of the text of an element as a name of a column and a link beside it can be, without blanks and marks."""
    found = ""
    for part in islice(element.itertext(), _MOST_PARTS):
        found += _BLANK.sub("", part[:_LONGEST_TITLE])
        if len(found) > 2 * _LONGEST_KIND:
            break
    return found


def _by_name(page: Page) -> Iterator[str]:
    """From a gateway that lists no report: the links that are named like the column of reports. From any page: what
    leads to more of a box that is, or that is named after a year."""
    for element in page.tree.root.iter("a"):
        if _MORE.match(_beginning(element)) and any(
            COLUMN_NAME.match(named := _beginning(each).replace(_beginning(element), "")) or _YEAR.match(named)
            for each in islice(element.iterancestors(), 2)
        ):
            url = page.target(element)
            if url:
                yield url
    if not any(names_year(entry.title) for entry in links.main_list(page) if verdict(entry.title) is not Verdict.OTHER):
        own = re.compile(rf"{re.escape(links.folder_of(page.url))}(?:(?:index|default|list)\.\w+)?")
        yield from (
            url
            for name, url in links.named(page)
            if not own.fullmatch(url)
            and (COLUMN_NAME.match(name) or _OF_ALL_YEARS.match(name[:_LONGEST_TITLE]))
            and not articles.is_document(url)
        )


def _agencies(page: Page) -> tuple[str, ...]:
    if links.names_reports(links.main_list(page)):
        return ()
    lists = [
        [entry.url for entry in entries if _AGENCY.match(entry.title) and entry.url.count("/") > 3]
        for entries in links.groups(page).values()
    ]
    further = [*links.chosen(page), list(carried.nodes(page))]
    lists += [[url for name, url in choices if _AGENCY.match(name)] for choices in further]
    longest = max(lists, key=len, default=[])
    return tuple(longest) if len(longest) >= _LEAST_AGENCIES else ()
