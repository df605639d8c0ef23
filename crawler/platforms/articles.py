"""Article pages of every family: title, publication date and the documents they offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from crawler.platforms import asked
from crawler.platforms.days import iso_date
from crawler.platforms.page import Article, Attachment, Fetch, Page
from crawler.platforms.values import PAGE_FIELD
from crawler.titles import Verdict, names_year, verdict

_DOCUMENT = re.compile(r"\.(pdf|docx?|wps|xlsx?|et|ofd|rtf)$", re.IGNORECASE)
_ENDPOINT = re.compile(
    r"/module/download/downfile\.jsp|/system/_content/download\.jsp|/downloadZtbAttach\.jspx|/attach/-?\d|/download/\w{8,}"
    r"|/attachment/\d",
    re.IGNORECASE,
)
_NOT_A_DOCUMENT = re.compile(r"\.(zip|rar|7z|mp4|mp3|apk|exe|jpe?g|png|gif|bmp)$", re.IGNORECASE)
# Documents that government pages offer beside an annual report and that are none.
_OTHER_DOCUMENT = re.compile(r"指南|申请表|流程图|客户端|浏览器|阅读器|使用手册|操作手册|下载APP|模板|制度|条例")
# What the sections of a report are called: a page with some of these words holds its report itself.
_SECTIONS = re.compile(r"总体情况|主动公开政府信息|行政复议|存在的?(?:主要)?(?:问题|不足)")
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script", re.DOTALL | re.IGNORECASE)
_IN_SCRIPT = re.compile(r"['\"]([^'\"\s<>+]+\.(?:pdf|docx?|wps|xlsx?|ofd)(?:\?[^'\"]*)?)['\"]", re.IGNORECASE)
_TITLE_METAS = ("ArticleTitle", "articletitle", "Articletitle")
_DATE_METAS = ("PubDate", "pubdate", "Pubdate", "publishdate")
_SPACE = re.compile(r"\s+")
# What viewers call the file that they show, in their query.
_SHOWING = re.compile(r".*(?:file|src|url|path)", re.IGNORECASE)
# 点击此处查看全文, where the page holds nothing else.
_WHOLE_TEXT = re.compile(
    r"(?:请?点击|请)?(?:此处|这里)?(?:查看|阅读|浏览)(?:全文|原文|正文|详情)|(?:全文|原文|正文)(?:链接|地址|阅读|查看)?"
)
_LEAST_SECTIONS = 2
_MOST_PARTS = 9  # of an article that is cut in pages
# 2023_2.html, t20240115_77_1.shtml, ?id=5&page=2: the article's own address with a number.
_PART = re.compile(r"[_-](?P<number>\d{1,2})(?=\.\w+(?:\?|$))|[?&](?P<name>[\w.]+)=(?P<asked>\d{1,2})(?=&|$)")
_LONGEST_NAME = 300
# What may lead to a document by a script of its own.
_CLICKED = ("button", "input", "span", "div", "p", "li")
_NEIGHBOUR = re.compile(r"[上下前后][一1]?[篇条页个]")
_PICTURE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
# Bytes: no page of a scan is lighter, and few lines, badges and buttons are heavier.
_LIGHTEST_SCAN = 20_000
# The parts of a page in which pictures are its ornaments, by element and by class or id.
_ORNAMENTAL = ("a", "header", "footer", "nav", "aside")
_ORNAMENT = re.compile(r"head|foot|nav|menu|logo|banner|side|share|qr|code|wechat|weixin|icon", re.IGNORECASE)


def is_document(url: str) -> bool:
    """Whether `url` leads to a document rather than to a page, as far as an address can tell."""
    parts = urlsplit(url)
    names = [parts.path, *(value for _, value in parse_qsl(parts.query))]
    return any(_DOCUMENT.search(unquote(name).strip()) for name in names) or bool(_ENDPOINT.search(url))


def read(page: Page) -> Article:
    """The title, the date and the documents of an article page, in the ways that all families share."""
    elsewhere = len(set(_SECTIONS.findall(page.text))) < _LEAST_SECTIONS
    title = _title(page)
    further = _further(page) if title and names_report(title) else ()
    attachments = [*_attachments(page), *(_scripted(page) if elsewhere else ()), *further]
    body = (_framed(page) or _onward(page, title) or asked.body(page)) if elsewhere and not attachments else None
    if elsewhere and not attachments and not body and title and names_report(title):
        attachments.extend(_pictures(page))
    return Article(title, _published(page), tuple(dict.fromkeys(attachments)), body)


def names_report(title: str) -> bool:
    """Whether a page calls itself an annual report, and of which year."""
    return verdict(title) is Verdict.REPORT and names_year(title)


def is_of_report(page: Page) -> bool:
    """Whether a page calls itself the annual report of a year."""
    return names_report(_title(page) or "")


def is_ornament(data: bytes) -> bool:
    """Whether the bytes are a picture too small to be a page of a report."""
    return data.startswith(_PICTURE) and len(data) < _LIGHTEST_SCAN


def _meta(page: Page, names: tuple[str, ...]) -> str | None:
    told: dict[str, str] = {}
    for element in page.tree.root.iter("meta"):
        told.setdefault(element.get("name") or "", element.get("content") or "")
    return next((_SPACE.sub(" ", told[name]).strip() for name in names if told.get(name, "").strip()), None)


def _title(page: Page) -> str | None:
    told = _meta(page, _TITLE_METAS)
    if told:
        return told
    for tag in ("ucaptitle", "h1", "title"):
        for element in page.tree.root.iter(tag):
            text = _SPACE.sub(" ", element.text_content()).strip()
            if text:
                return text
    return None


def _published(page: Page) -> str | None:
    told = _meta(page, _DATE_METAS) or next((each.text_content() for each in page.tree.root.iter("publishtime")), None)
    return iso_date(told) if told else None


def _attachments(page: Page) -> Iterator[Attachment]:
    seen = {page.url}
    for element in page.tree.root.iter("a", "iframe", "embed", "object", *_CLICKED):
        if element.tag in _CLICKED and not element.get("onclick"):
            continue
        for url in _targets(page, element):
            if url in seen:
                continue
            name = _name(element)
            if not _offers_document(element, url, name) or _OTHER_DOCUMENT.search(name):
                continue
            seen.add(url)
            yield Attachment(url, name)


def _further(page: Page) -> Iterator[Attachment]:
    """The further pages of an article that a site has cut in several."""
    own = {page.url, *(_without(page.url, part) for part in _PART.finditer(page.url) if _is_page(part["name"]))}
    found: dict[int, tuple[str, str]] = {}
    for anchor in page.tree.root.iter("a"):
        href = anchor.get("href") or ""
        url = (page.absolute(href) or "") if _PART.search(href) else ""
        for part in _PART.finditer(url):
            if (part["name"] is None or _is_page(part["name"])) and _without(url, part) in own - {url}:
                place = "asked" if part["name"] else "number"
                found[int(part[place])] = (url[: part.start(place)], url[part.end(place) :])
    if not found or max(found) > _MOST_PARTS:
        return
    before, after = next(iter(found.values()))
    first = 1 if 1 in found and not before.endswith("=") else 2
    yield from (Attachment(f"{before}{each}{after}", f"第{each}页") for each in range(first, max(found) + 1))


def _is_page(name: str | None) -> bool:
    return name is not None and PAGE_FIELD.fullmatch(name) is not None


def _without(url: str, part: re.Match[str]) -> str:
    """An address without the number of its page."""
    rest = url[: part.start()] + url[part.end() :]
    return rest if "?" in rest else rest.replace("&", "?", 1)


def _scripted(page: Page) -> Iterator[Attachment]:
    """The documents that a page's scripts name: they show them in a viewer, or write the links to them."""
    for script in _SCRIPT.findall(page.text):
        for link in _IN_SCRIPT.findall(script.replace("\\/", "/")):
            url = page.absolute(link)
            if url and not _OTHER_DOCUMENT.search(unquote(url)):
                yield Attachment(url, "")


def _framed(page: Page) -> Fetch | None:
    """The page of the same host in whose place a frame stands, where the article keeps its text there."""
    host = urlsplit(page.url).netloc
    # Of the frames that a page consists of the last is its text: those before hold its head and its menu.
    sources = page.tree.xpath("//iframe/@src").getall() or page.tree.xpath("//frame/@src").getall()[::-1]
    for source in sources:
        url = page.absolute(source)
        if url and urlsplit(url).netloc == host and url != page.url and not is_document(url):
            return Fetch(url)
    return None


def _pictures(page: Page) -> Iterator[Attachment]:
    """The pictures in the place of a report's text: the pages of a scan, if they are large enough."""
    for element in page.tree.root.iter("img"):
        around = [element, *element.iterancestors()]
        said = " ".join(f"{each.get('class', '')} {each.get('id', '')}" for each in around)
        url = page.absolute(element.get("src") or "")
        if url and not _ORNAMENT.search(said) and not any(each.tag in _ORNAMENTAL for each in around):
            yield Attachment(url, "")


def _onward(page: Page, title: str | None) -> Fetch | None:
    """The page of the same host to which a stub of a report leads by the report's own title, or as to its whole text,
    where it leads to one."""
    if not title or not names_report(title):
        return None
    found = set()
    for element in page.tree.root.iter("a"):
        around = element.getparent()
        beside = around.text_content() if around is not None else ""
        url = page.absolute(page.target(element) or "")
        said = _SPACE.sub("", element.text_content()[:_LONGEST_NAME])
        if url and (said == _SPACE.sub("", title) or _WHOLE_TEXT.fullmatch(said)) and not _NEIGHBOUR.search(beside):
            found.add(url)
    found.discard(page.url)
    url = found.pop() if len(found) == 1 else None
    return Fetch(url) if url and urlsplit(url).netloc == urlsplit(page.url).netloc else None


def _targets(page: Page, element: HtmlElement) -> Iterator[str]:
    """Where an element leads; for a viewer page (viewer.html?file=…) the file it shows."""
    embedded = [page.absolute(link) for name in ("src", "data") if (link := element.get(name))]
    for url in (*embedded, page.target(element)):
        if url is None:
            continue
        for name, value in parse_qsl(urlsplit(url).query):
            shown = (
                page.absolute(value) if _SHOWING.fullmatch(name) and _DOCUMENT.search(value.partition("?")[0]) else None
            )
            if shown:
                yield shown
        yield url


def _name(element: HtmlElement) -> str:
    text = _SPACE.sub(" ", element.text_content()).strip() if element.tag == "a" else ""
    return text or element.get("title") or element.get("download") or ""


def _offers_document(element: HtmlElement, url: str, name: str) -> bool:
    if _NOT_A_DOCUMENT.search(name) or _NOT_A_DOCUMENT.search(urlsplit(url).path):
        return False
    return is_document(url) or bool(element.get("appendix")) or (element.tag == "a" and bool(_DOCUMENT.search(name)))
