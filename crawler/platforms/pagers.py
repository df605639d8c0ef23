"""Pagers of static lists: how many pages a listing states, and where the further ones are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from crawler.platforms import values
from crawler.platforms.links import folder_of, named
from crawler.platforms.page import Fetch, Page

# No annual-report column needs more; a pager that states more is followed so far and the rest is named as not read.
MOST_PAGES = 200

_NEXT = re.compile(
    r"^\s*(下一?页|后一?页|下页|(点击)?加载更多|[更较]早的?\w{0,4}|next|>|›|»|>>|&gt;|→)\s*[>›»→]*\s*$", re.IGNORECASE
)
_LAST = re.compile(r"^[\s>›»]*(尾页|末页|最后一?页|last)[\s>›»|]*$", re.IGNORECASE)
_NEXT_CLASS = re.compile(r"(?<![\w-])(?:page-?)?next(?:-?page)?(?![\w-])", re.IGNORECASE)
_PAGE_NAME = re.compile(r"第?\s*(\d{1,3})\s*页?")
_PAGE_WORD = re.compile(r"第([一二三四五六七八九])页")
_DIGITS = re.compile(r"\d+")
# javascript:gotoPage(2): a form is sent for the page.
_CALL = re.compile(r"(?:javascript:|return\s+)?\s*(?!void\()[\w.$]+\(\s*['\"]?(\d{1,3})['\"]?\s*\)", re.IGNORECASE)
_PAGE_FIELD = re.compile(
    r"(?:cur(?:rent)?_?|this|go|to)?page(?:_?(?:no|num|number|index|current))?|cpage|currpage", re.IGNORECASE
)
_EMPTY = re.compile(
    r"(暂无|没有|未找到|无)(相关|任何)?(信息|内容|数据|文章|记录)|共\s*(?:<[^>]+>\s*)*0\s*(?:<[^>]+>\s*)*(条|篇|项|页)"
    r"|(栏目|内容|正在)建设中?[^<]{0,6}敬请期待|(栏目|内容)(正在)?建设中"
)
_STATED_PAGES = (
    re.compile(r"共\s*(?:<[^>]+>\s*)*(\d{1,5})\s*(?:<[^>]+>\s*)*页"),
    re.compile(r"页次?\s*[:：]?\s*(?:<[^>]+>\s*)*\d{1,5}\s*(?:<[^>]+>\s*)*/\s*(?:<[^>]+>\s*)*(\d{1,5})"),
    re.compile(r"(?<![\d/])\d{1,4}\s*/\s*(\d{1,4})\s*页"),
    re.compile(r">\s*\d{1,3}\s*/\s*(\d{1,3})\s*<"),
)
_STATED_ITEMS = (
    re.compile(r"共\s*(?:有)?\s*(?:<[^>]+>\s*)*(\d{1,6})\s*(?:<[^>]+>\s*)*(?:条|篇|项)"),
    re.compile(r"总(?:记录)?[条数]+\s*[:：]\s*(?:<[^>]+>\s*)*(\d{1,6})"),
    re.compile(r"\bvar\s+dataTotal\s*=\s*(?:parseInt\(\s*)?['\"]?(\d{1,6})"),
)

# totalPage = 3, pageCount: 3, cur = 1, total = 3; laypage.render({count: 57, limit: 20})
_SCRIPTED_PAGES = re.compile(
    r"\b(?:total_?pages?|page_?(?:total|count)|count_?page|all_?pages?)['\"]?\s*[:=]\s*['\"]?(\d{1,4})\b"
    r"|\bid\s*=\s*['\"](?:total_?pages?|page_?count)['\"][^<>]{0,60}\bvalue\s*=\s*['\"](\d{1,4})['\"]"
    r"|\bclass\s*=\s*['\"](?:total_?pages?|page_?count)['\"][^<>]{0,60}>\s*(\d{1,4})\s*<"
    r"|\bcur\w{0,10}\s*[:=]\s*\d{1,4}\s*[,;]\s*(?:var\s+)?total\w{0,10}\s*[:=]\s*(\d{1,4})\b",
    re.IGNORECASE,
)
_SCRIPTED_ITEMS = (
    re.compile(r"\bcount\s*:\s*(?P<items>\d{1,6})\s*,\s*limit\s*:\s*(?P<size>\d{1,4})\b"),
    re.compile(r"\blimit\s*:\s*(?P<size>\d{1,4})\s*,\s*count\s*:\s*(?P<items>\d{1,6})\b"),
    re.compile(
        r"\b(?:record_?count|total_?(?:count|records?|num|rows?))\s*[:=]\s*['\"]?(?P<items>\d{1,6})\b[^<>]{1,200}?"
        r"\b(?:page_?size|per_?size|pre_?page|per_?page)\s*[:=]\s*['\"]?(?P<size>\d{1,4})\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:page_?size|per_?size|pre_?page|per_?page)\s*[:=]\s*['\"]?(?P<size>\d{1,4})\b[^<>]{1,200}?"
        r"\b(?:record_?count|total_?(?:count|records?|num|rows?))\s*[:=]\s*['\"]?(?P<items>\d{1,6})\b",
        re.IGNORECASE,
    ),
)


def says_empty(page: Page) -> bool:
    """Whether the page says that it has nothing to list."""
    return bool(_EMPTY.search(page.text))


def stated_pages(page: Page) -> int | None:
    """The number of pages that the page prints (共3页, 1/3页); None where it prints none."""
    return _first_number(_STATED_PAGES, page.text)


def scripted_pages(page: Page, shown: int) -> int | None:
    """The number of pages that a script of the page tells the pager that it draws, or that links which only a script
    follows count up to; None where nothing tells it, or all items are among the `shown` ones."""
    if found := _SCRIPTED_PAGES.search(page.text):
        return int(next(filter(None, found.groups())))
    found = next((found for each in _SCRIPTED_ITEMS if (found := each.search(page.text))), None)
    if found and int(found["size"]):
        return -(-int(found["items"]) // int(found["size"])) if int(found["items"]) > shown else None
    return _bounded(page) or next((pages for pages, _, _ in _looped(page)), None) or _counted(page)


def _bounded(page: Page) -> int | None:
    """The highest number that a script takes which goes to the page of a number that its reader types."""
    for name in _TYPED.findall(page.text)[:_MOST_MADE]:
        if found := re.search(rf"\b{name}\s*>\s*['\"]?(\d{{1,3}})\b", page.text):
            return int(found[1])
    return None


def _looped(page: Page) -> Iterator[tuple[int, str, str]]:
    """The links that a script writes in a loop over the pages: how many there are, and what stands in an address before
    and behind the number."""
    for found in list(_LOOP.finditer(page.text))[:_MOST_MADE]:
        last = found["last"] if found["last"].isdigit() else values.assigned(page.text).get(found["last"], "")
        made = re.search(
            rf"href\s*=\s*\\?['\"]?([^'\"<>+]*)['\"]\s*\+\s*{found['each']}\s*\+\s*['\"]([^'\"\\<>]*)", found[0]
        )
        if last.isdigit() and int(last) > 1 and made:
            yield int(last), made[1], made[2]


def _counted(page: Page) -> int | None:
    """How far links and numbered things that lead nowhere by themselves count: 1 2 3."""
    count = 0
    for element in page.tree.root.iter("a", "li", "span", "button"):
        if element.tag != "a" and not element.get("data-page"):
            continue
        if (element.text_content() or "").strip() == str(count + 1) and page.target(element) in (None, page.url):
            count += 1
    return count if count > 1 else None


def stated_items(page: Page) -> int | None:
    """The number of items that the page prints (共57条); None where it prints none."""
    return _first_number(_STATED_ITEMS, page.text)


def _first_number(patterns: tuple[re.Pattern[str], ...], text: str) -> int | None:
    for pattern in patterns:
        found = pattern.search(text)
        if found:
            return int(found[1])
    return None


def next_link(page: Page) -> Fetch | None:
    """The page's own link to the next page (下一页), if it has one that leads somewhere else."""
    here = page.url.partition("#")[0]
    for name, url in named(page):
        if _NEXT.match(name) and url != here:
            return Fetch(url)
    for anchor in page.tree.root.iter("a", "link"):
        if anchor.get("rel") == "next" or _NEXT_CLASS.search(anchor.get("class") or ""):
            target = page.target(anchor)
            if target and target != here and target.startswith(page.url.partition("://")[0]):
                return Fetch(target)
    return None


def linked(page: Page) -> tuple[Fetch, ...]:
    """The further pages that a page leads to: the next one, else those that it numbers, else all up to the last one,
    else those that its form is sent for, or the next one where its form tells the server of what was clicked."""
    following = next_link(page)
    if following:
        return (following,)
    return _numbered_links(page) or _up_to_last(page) or tuple(_sent_for(page)) or _posted_back(page)


def _numbered_links(page: Page) -> tuple[Fetch, ...]:
    """The pages that the page offers by bare numbers (1 2 3 4, 第2页), in order, the page itself left out."""
    folder = folder_of(page.url)
    found: dict[int, str] = {}
    for name, url in named(page):
        number, word = _PAGE_NAME.fullmatch(name), _PAGE_WORD.fullmatch(name)
        if (number or word) and url.startswith(folder) and url != page.url:
            found.setdefault(int(number[1]) if number else "一二三四五六七八九".index(name[1]) + 1, url)
    return tuple(Fetch(found[number]) for number in sorted(found) if number > 1)


def _up_to_last(page: Page) -> tuple[Fetch, ...]:
    """The pages from this one to the last, where the address of the last differs from this one's in one number."""
    last = next((url for name, url in named(page) if _LAST.match(name) and url != page.url), None)
    if last is None:
        return ()
    here, there = list(_DIGITS.finditer(page.url)), list(_DIGITS.finditer(last))
    differing = [place for place, (one, other) in enumerate(zip(here, there, strict=False)) if one[0] != other[0]]
    if _DIGITS.sub("0", page.url) != _DIGITS.sub("0", last) or len(differing) != 1:
        return (Fetch(last),)
    number = there[differing[0]]
    first, final = int(here[differing[0]][0]) + 1, int(number[0])
    return tuple(
        Fetch(f"{last[: number.start()]}{each}{last[number.end() :]}")
        for each in range(first, min(final, first + MOST_PAGES - 1) + 1)
    )


def _sent_for(page: Page) -> Iterator[Fetch]:
    """The pages that a form of the page is sent for, its field for the page's number filled by a script."""
    calls = [found for element in page.tree.root.iter("a", "li", "span", "button") if (found := _called(element))]
    count = max([stated_pages(page) or 0, *calls])
    for form in page.tree.root.iter("form"):
        fields = {
            field.get("name"): field.get("value") or ""
            for field in form.iter("input")
            if field.get("name") and (field.get("type") or "").lower() in ("", "hidden", "text")
        }
        name = next((name for name in fields if _PAGE_FIELD.fullmatch(name.rpartition(".")[2])), None)
        action = page.absolute(form.get("action") or page.url)
        if name is None or action is None or "__VIEWSTATE" in fields or not calls:
            continue
        own = int(fields[name]) if fields[name].isdigit() else 1
        for number in range(own + 1, min(count, own + MOST_PAGES) + 1):
            sent = page.sent(fields | {name: str(number)})
            if (form.get("method") or "get").lower() == "post":
                yield Fetch(action, "POST", sent, (("Content-Type", "application/x-www-form-urlencoded"),))
            else:
                yield Fetch(f"{action.partition('?')[0]}?{sent}")
        return


# __doPostBack('AspNetPager1','2'): a form of ASP.NET tells what was clicked.
_POST_BACK = re.compile(r"__doPostBack\(\s*['\"]([^'\"]+)['\"]\s*,\s*['\"]([^'\"]*)['\"]\s*\)")


def _posted_back(page: Page) -> tuple[Fetch, ...]:
    """The next page, where the link to it or its number sends the page's form back with all that it holds."""
    number = int(page.context.get("posted", "1")) + 1
    clicked = {
        (element.text_content() or element.get("title") or "").strip(): found
        for element in page.tree.root.iter("a")
        if (found := _POST_BACK.search(element.get("href") or element.get("onclick") or ""))
    }
    found = next((found for name, found in clicked.items() if _NEXT.match(name) or name == str(number)), None)
    if found is None:
        return ()
    for form in page.tree.root.iter("form"):
        hidden = (field for field in form.iter("input") if (field.get("type") or "").lower() == "hidden")
        fields = {field.get("name"): field.get("value") or "" for field in hidden if field.get("name")}
        action = page.absolute(form.get("action") or page.url)
        if "__VIEWSTATE" in fields and action:
            sent = page.sent(fields | {"__EVENTTARGET": found[1], "__EVENTARGUMENT": found[2]})
            headers = (("Content-Type", "application/x-www-form-urlencoded"),)
            return (Fetch(action, "POST", sent, headers, {"posted": str(number)}),)
    return ()


def _called(element: HtmlElement) -> int | None:
    """The number with which a link calls a script for another page."""
    found = _CALL.match((element.get("href") or "").strip()) or _CALL.match((element.get("onclick") or "").strip())
    text = element.text_content().strip()
    return int(found[1]) if found and (_NEXT.match(text) or _LAST.match(text) or _PAGE_NAME.fullmatch(text)) else None


def numbered(page: Page, stem: str, extension: str, first: int, last: int) -> tuple[Fetch, ...]:
    """The pages `{stem}_{first}.{extension}` … `{stem}_{last}.{extension}` beside the listing, at most MOST_PAGES."""
    folder = folder_of(page.url)
    last = min(last, first + MOST_PAGES - 1)
    return tuple(Fetch(f"{folder}{stem}_{number}.{extension}") for number in range(first, last + 1))


# location.href = 'list_' + n + '.html', '?page=' + obj.curr, 'list_' + (cur + 1) + '.html': how a script makes the
# address of a page of its number; 'list_' + (n - 1) + '.html': of the number before; '/list_{page}.html': how it tells
# another to.
_MADE = re.compile(
    r"location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]\s*\+\s*"
    r"(?:\$\(this\)\.(?:data|attr)\([^()]{1,30}\)|\(?\s*[\w.$]+(?:\(\))?(?:\s*\+\s*1|(?P<before>\s*-\s*1))?\s*\)?)"
    r"(?:\s*\+\s*['\"](?P<after>[^'\"]*)['\"])?\s*[;}\n]?"
)
_PATTERN = re.compile(r"['\"`]([^'\"`\s{}$]*)\$?\{(?:[pP]age(?:No|Num|Index)?|p|n|0)\}([^'\"`\s{}]*)['\"`]")
_LIKE_AN_ADDRESS = re.compile(r"[/?]|\.\w{3,5}$")
_OF_A_SEARCH = re.compile(r"[?&](?:q|qt|kw|key\w*|words?|search\w*|title)=$", re.IGNORECASE)
_FIRST_OF_SEVERAL = re.compile(r"(?<!\d)1(?=\.\w+$)")
_MOST_MADE = 3
# location.href = 'index_' + num + '.html', where num is what the reader types
_TYPED = re.compile(r"location(?:\.href)?\s*=\s*['\"][^'\"]+['\"]\s*\+\s*\(?\s*([A-Za-z_]\w{0,30})\b(?!\.)")
_LOOP = re.compile(
    r"\bfor\s*\(\s*(?:var\s+|let\s+)?(?P<each>[A-Za-z_]\w{0,20})\s*=\s*[12]\s*;\s*(?P=each)\s*<=\s*(?P<last>\w{1,30})\s*;"
    r"[^{}]{0,80}\{[^{}]{0,400}\}"
)


def _made(page: Page, pages: int) -> Iterator[tuple[Fetch, ...]]:
    """The pages whose addresses scripts of the page make of their numbers."""
    parts: dict[tuple[str, str], int] = {}
    for found in _MADE.finditer(page.text):
        key = (found[1], found["after"] or "")
        parts[key] = min(parts.get(key, 1), 1 if found["before"] else 0)
    told = (each for each in _PATTERN.findall(page.text) if _LIKE_AN_ADDRESS.search("1".join(each)))
    parts |= dict.fromkeys(told, 0)
    parts |= dict.fromkeys(((before, after) for _, before, after in _looped(page)), 0)
    for (before, after), less in list(parts.items())[:_MOST_MADE]:
        urls = [page.absolute(f"{before}{number - less}{after}") for number in range(2, pages + 1)]
        if not _OF_A_SEARCH.search(before) and all(urls):
            yield tuple(Fetch(url) for url in urls if url)


def _in_query(page: Page, pages: int) -> tuple[Fetch, ...]:
    """The further pages of a page whose own address counts it: ?pageIndex=1."""
    address, _, _ = page.url.partition("?")
    # Each byte as a character: what an old site says there need not be UTF-8.
    told = parse_qsl(urlsplit(page.url).query, keep_blank_values=True, encoding="latin-1")
    name = next((name for name, value in told if values.PAGE_FIELD.fullmatch(name) and value in ("0", "1")), None)
    if name is None:
        return ()
    first = int(dict(told)[name]) + 1

    def numbered_in_query(number: int) -> Fetch:
        asked = [(each, str(number) if each == name else value) for each, value in told]
        return Fetch(f"{address}?{urlencode(asked, encoding='latin-1', errors='replace')}", context=page.context)

    return tuple(map(numbered_in_query, range(first, first + min(pages, MOST_PAGES) - 1)))


def guessed(page: Page, pages: int | None) -> tuple[tuple[Fetch, ...], ...]:
    """The ways in which static sites name their further pages, for a page that states how many there are and links to
    none: as its script does; list_2 after list_1; index_1, index_2; counted from 2; or numbers in the folder."""
    if pages is None or pages < 2:
        return ()
    if made := tuple(_made(page, min(pages, MOST_PAGES))):
        return made
    if counted := _in_query(page, pages):
        return (counted,)
    name = page.url.partition("?")[0].rpartition("/")[2]
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = "index", "html"
    first = _FIRST_OF_SEVERAL.search(page.url) if dot else None
    if first:
        before, after = page.url[: first.start()], page.url[first.end() :]
        return (tuple(Fetch(f"{before}{number}{after}") for number in range(2, min(pages, MOST_PAGES) + 1)),)
    return (
        numbered(page, stem, extension, 1, pages - 1),
        numbered(page, stem, extension, 2, pages),
        tuple(Fetch(f"{folder_of(page.url)}{number}.{extension}") for number in range(2, min(pages, MOST_PAGES) + 1)),
    )
