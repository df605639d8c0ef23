"""Opens pages whose report stands as JSON in a script, and answers that are JSON: the report's markup comes out."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone
from html import escape

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
_TAG = re.compile(r"<[^>]*>|&[#\w]+;|\s+")
_SHORTEST = 200  # characters: less is a summary or a caption
_PROBE = 16


def opened(page: str) -> str:
    """The page with the markup of its report in the place of the script that holds it as JSON.

    A page that shows its report itself, and one without such a script, comes back as it is. An answer that is JSON
    altogether (`{"data": {"title": …, "content": "<p>…"}}`) becomes a page of its title, publisher, day and markup.
    """
    if page.lstrip()[:1] in ("{", "["):
        found = _longest(page)
        if found is None:
            return page
        title = f"<title>{escape(_stated(page, _TITLE))}</title>"
        facts = [f'<meta name="{name}" content="{escape(_stated(page, key))}">' for name, key in _STATED.items()]
        return f"<html><head>{title}{''.join(facts)}</head><body><div>{found[0]}</div></body></html>"
    if '":' not in page and '" :' not in page:
        return page
    found = _longest(page)
    if found is None:
        return page
    markup, start, end = found
    begin = max((script.start() for script in _SCRIPT.finditer(page, 0, start)), default=-1)
    close = page.lower().find("</script", end)
    if begin < 0 or close < 0 or page.lower().find("</script", begin, start) >= 0:
        return page
    shown = page[:begin] + page[close:]
    if _probe(markup) in _TAG.sub("", shown):
        return page
    return f"{page[:begin]}<div>{markup}</div>{page[page.find('>', close) + 1 :]}"


def _longest(page: str) -> tuple[str, int, int] | None:
    """The longest JSON string of a content field that holds markup, with where it begins and ends in the page."""
    best: tuple[str, int, int] | None = None
    end = 0
    for found in _FIELD.finditer(page):
        if found.end() < end:
            continue
        try:
            value, end = json.JSONDecoder(strict=False).raw_decode(page, found.end())
        except ValueError:
            continue
        if isinstance(value, str) and len(value) >= _SHORTEST and _MARKUP.search(value):
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
