"""Opens pages whose report stands in a script or a field, and answers that are JSON: the report's markup comes out."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from html import escape, unescape
from urllib.parse import unquote

_JSON = re.compile(r"\s*[{\[]")
_FIELD = re.compile(r'"(?:content|contentHtml|infocontent|articleContent|body|html|text)"\s*:\s*(?=")', re.IGNORECASE)
_TITLE = re.compile(r'"(?:title|infotitle|articleTitle)"\s*:\s*(?=")', re.IGNORECASE)
_STATED = {
    "ContentSource": re.compile(
        r'"(?:source|docsource|contentSource|infoSource|publisher|publishOrg|publishDept|organName|orgName|deptName|fbjg)"'
        r'\s*:\s*(?=")',
        re.IGNORECASE,
    ),
    "PubDate": re.compile(
        r'"(?:publishTime|publishDate|publishedTime|pubDate|pubTime|releaseTime|releaseDate|docpubtime|docreltime|showDate'
        r'|fbsj)"\s*:\s*(?=["\d])',
        re.IGNORECASE,
    ),
}
_BEIJING = timezone(timedelta(hours=8))
_SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:table|p|div|span)\b", re.IGNORECASE)
_HOLDER = re.compile(r"<(?:(script|textarea|style)\b[^<>]*>|!--)", re.IGNORECASE)
_LITERAL = re.compile(
    r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|\'(?:[^\'\\]++|\\.)*+(?:\'|\\?\Z)|`(?:[^`\\]++|\\.)*+(?:`|\\?\Z)', re.DOTALL
)
_JOINED = re.compile(r"\s*\)?\s*;?\s*(?:(?:document\.write(?:ln)?\s*\(|[\w.]+\s*\+=|\+)\s*(?:(?:unescape|atob)\()?)\s*")
_LONGEST_JOINT = 80  # characters between two strings
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SIGN = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " ", "v": " ", "0": " ", "\n": ""}
_PERCENT_U = re.compile(r"%u([0-9a-fA-F]{4})")
_BASE64 = re.compile(r"[A-Za-z0-9+/]++={0,2}")
_REPORT_WORDS = re.compile(
    r"总体情况|主动公开政府信息情况|收到和处理政府信息公开申请|因政府信息公开工作|存在的(?:主要)?问题|需要报告的(?:其他)?事项"
    r"|第二十条第|行政规范性文件|行政事业性收费|商业企业|法律服务机构|结转下年度|结果维持|尚未审结|统计指标|收到申请数"
)
_TAG = re.compile(r"<[^>]*>|&[#\w]+;|\s+")
_SHORTEST = 200  # characters: less is a summary or a caption
_PROBE = 16


def opened(page: str) -> str:
    """The page with the markup of its report in the place of the script that holds it as JSON.

    A page that shows its report itself, and one without such a script, comes back as it is.

    An answer that is JSON altogether (`{"data": {"title": …, "content": "<p>…"}}`) becomes a page of its title,
    publisher, day and markup.
    """
    if _JSON.match(page):
        found = _longest(page, plain=True)
        if found is None:
            return page
        title = f"<title>{escape(_stated(page, _TITLE))}</title>"
        facts = [f'<meta name="{name}" content="{escape(_stated(page, key))}">' for name, key in _STATED.items()]
        return f"<html><head>{title}{''.join(facts)}</head><body><div>{found[0]}</div></body></html>"
    if '":' in page or '" :' in page:
        with_json = _with_json(page)
        if with_json is not None:
            return with_json
    return page


def shows_report(text: str) -> bool:
    """Whether the text that a page shows is a report's: then nothing is looked for in its scripts and fields."""
    words = _REPORT_WORDS.finditer(text)
    first = next(words, None)
    return first is not None and any(word[0] != first[0] for word in words)


def _with_json(page: str) -> str | None:
    """The page with what a script holds as JSON in its place; None where that is nothing, or shown already."""
    found = _longest(page)
    if found is None:
        return None
    markup, start, end = found
    begin = max((script.start() for script in _SCRIPT.finditer(page, 0, start)), default=-1)
    close = _closing(page, "</script", end)
    if begin < 0 or close < 0 or 0 <= _closing(page, "</script", begin) < start:
        return None
    shown = page[:begin] + page[close:]
    if _probe(markup) in _TAG.sub("", shown):
        return None
    return f"{page[:begin]}<div>{markup}</div>{page[page.find('>', close) + 1 :]}"


def with_concealed(page: str) -> str:
    """The page with the report that a field or a string of a script holds in its place, where the page shows none.

    A script writes the string into the page; a field is a `textarea` that an editor left behind.
    """
    holders = list(_holders(page))
    found = [
        (markup, begin, end)
        for kind, text, begin, end in holders
        for markup in _held(kind, text)
        if len(markup) >= _SHORTEST and _MARKUP.search(markup) and shows_report(markup)
    ]
    if not found:
        return page
    ends = [0, *(end for *_, end in holders)]
    begins = [*(begin for *_, begin, _ in holders), len(page)]
    if shows_report("".join(page[end:begin] for end, begin in zip(ends, begins, strict=True))):
        return page
    markup, begin, end = max(found, key=lambda one: len(one[0]))
    return f"{page[:begin]}<div>{markup}</div>{page[end:]}"


def _held(kind: str, text: str) -> Iterator[str]:
    """The markup that a holder of some kind may hold: as its text, which a script that is a template is altogether, or
    in strings."""
    if kind == "textarea" or (kind == "script" and _MARKUP.match(text.lstrip())):
        yield from _in_field(text)
    elif kind == "script":
        yield from _in_strings(text)


def _holders(page: str) -> Iterator[tuple[str, str, int, int]]:
    """What holds text that a page does not show: its kind, its text, and where it begins and ends in the page."""
    end, unclosed = 0, set[str]()
    for opening in _HOLDER.finditer(page):
        kind = (opening[1] or "").lower()
        if opening.start() < end or kind in unclosed:
            continue
        close = _closing(page, f"</{kind}" if kind else "-->", opening.end())
        if close < 0:
            unclosed.add(kind)
            continue
        end = (page.find(">", close) + 1) or len(page)
        yield kind, page[opening.end() : close], opening.start(), end


def _closing(page: str, tag: str, start: int) -> int:
    """Where the next end of something stands, -1 where there is none."""
    close = page.find(tag[:2], start)
    while close >= 0 and page[close : close + len(tag)].lower() != tag:
        close = page.find(tag[:2], close + 1)
    return close


def _in_field(text: str) -> Iterator[str]:
    """What a field holds, as a browser would show it there, or once more resolved."""
    shown = unescape(text)
    yield shown if _MARKUP.search(shown) else unescape(shown)


def _in_strings(script: str) -> Iterator[str]:
    """The markup that a script's strings hold, those that it joins or writes one behind the other as one."""
    joined, end = "", 0
    for literal in _LITERAL.finditer(script):
        gap = literal.start() - end
        if gap > _LONGEST_JOINT or not _JOINED.fullmatch(script, end, literal.start()):
            yield _plain(joined)
            joined = ""
        joined, end = joined + _in_javascript(literal[0][1:-1]), literal.end()
    yield _plain(joined)


def _in_javascript(text: str) -> str:
    """What a literal of a script says."""
    if "\\" not in text:
        return text
    said = _ESCAPED.sub(
        lambda one: chr(int(one[1] or one[2], 16)) if one[1] or one[2] else _SIGN.get(one[3], one[3]), text
    )
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _plain(text: str) -> str:
    """A string without what it was wrapped in for its way: percent signs, base64, entities; "" where it is short."""
    if len(text) < _SHORTEST or _MARKUP.search(text):
        return text if len(text) >= _SHORTEST else ""
    if "%3C" in text or "%3c" in text:
        said = _PERCENT_U.sub(lambda one: chr(int(one[1], 16)), text)
        return unquote(said.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    if _BASE64.fullmatch(text):
        try:
            return _plain(base64.b64decode(text).decode())
        except ValueError:
            return ""
    return unescape(text)


def _longest(page: str, *, plain: bool = False) -> tuple[str, int, int] | None:
    """The longest JSON string of a content field that holds markup, with where it begins and ends in the page.

    The markup may be escaped; where it may be `plain`, a report's text without any is shown line by line.
    """
    best: tuple[str, int, int] | None = None
    end = 0
    for found in _FIELD.finditer(page):
        if found.end() < end:
            continue
        try:
            value, end = json.JSONDecoder(strict=False).raw_decode(page, found.end())
        except ValueError:
            continue
        if not isinstance(value, str) or len(value) < _SHORTEST:
            continue
        if not _MARKUP.search(value) and "&lt;" in value:
            value = unescape(value)
        if not _MARKUP.search(value) and plain and shows_report(value):
            value = f"<pre>{escape(value)}</pre>"
        if _MARKUP.search(value) or value.startswith("<pre>"):
            best = max(best or (value, found.end(), end), (value, found.end(), end), key=lambda one: len(one[0]))
    return best


def _stated(page: str, name: re.Pattern[str]) -> str:
    """What an answer states under a name; a moment in milliseconds since 1970 as its day in China; else nothing."""
    found = name.search(page)
    if found is None:
        return ""
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(page, found.end())
        if isinstance(value, int):
            return datetime.fromtimestamp(value / 1000, _BEIJING).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
    return value if isinstance(value, str) else ""


def _probe(markup: str) -> str:
    """A few words from the middle of the report, as they would stand in a page that shows it."""
    words = _TAG.sub("", markup)
    middle = len(words) // 2
    return words[middle : middle + _PROBE] or "\0"
