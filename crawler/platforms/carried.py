"""Lists that a page carries and does not show: data or markup in scripts, text areas and attributes."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from crawler.platforms import days, links, values
from crawler.platforms.page import Entry, Page, json_after
from crawler.titles import Verdict, verdict

# var dataList = [{…}]; window.__INITIAL_STATE__={…}; rows.push({…}); {"list": […]} in a script that is data.
_VALUE = re.compile(
    r"(?:\b(?:var|let|const)\s+\w+|\bwindow(?:\.\w+|\[['\"]\w+['\"]\]))\s*=\s*(?=[\[{])|\.push\(\s*(?=\{)"
    r"|\b\w*(?:[lL]ist|[dD]ata|[rR]ows|[iI]tems)['\"]?\s*:\s*(?=\[\s*\{)"
    r"|<script\b[^>]{0,300}\bapplication/json\b[^>]{0,300}>\s*(?=[\[{])"
)
# Values that cannot be read, after which no more are tried: each may be long.
_MOST_UNREAD = 20
_TITLES = re.compile(r"(?:doc|info|article|news|real|show)?_?(?:title|name|subject)|t", re.IGNORECASE)
_ADDRESSES = re.compile(
    r"(?:doc|info|article|news|pub|post)?_?(?:pub)?(?:urls?|href|links?|path|linkurl)|u", re.IGNORECASE
)
# What other sites call them.
_OTHER_TITLES = re.compile(
    r"(?!sub|short|seo|site|channel|column|node)\w*(?:title|subject|headline)|topic|caption|bt|file_?name|(?:信息|文件|公文)?(?:标题|名称)",
    re.IGNORECASE,
)
_OTHER_ADDRESSES = re.compile(
    r"(?!\w*(?:img|image|pic|thumb|cover|logo|icon|video|avatar|site|channel|column|node|catalog|parent))\w+(?:url|href|link)|lj|(?:链接|网址)(?:地址)?",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"(?:doc|info|article|pub)?_?(?:urls?|links?)", re.IGNORECASE)
# When an item was published; else any other day of it but those of what was done to it later.
_PUBLISHED = re.compile(
    r".*(?:pub|release|doc_?rel|issue|show|display).*(?:date|time|day)\w*|(?:fb|gk)(?:rq|sj)"
    r"|.*(?:发布|公开)(?:日期|时间)",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"(?!.*(?:updat|modif|edit|delet|expir|warehouse|begin|start|end))(?:.*(?:date|time|day)\w*|d|\w*(?:rq|sj)|.*(?:日期|时间))",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]+>")
_PERCENT_U = re.compile(r"%u([0-9a-fA-F]{4})")
_ESCAPED_LINK = re.compile(r"(?:https?)?%(?:3A|2F)", re.IGNORECASE)
# '<a href="/content/' + item.id + '.html">', window.open('/show/' + row.col + '/' + row.id): an address begins.
_MADE = re.compile(
    r"(?:href['\"]?\s*[=,]\s*\\?['\"]{1,2}|open\(\s*\\?['\"]|location(?:\.href)?\s*=\s*\\?['\"])([^'\"\\<>+]{1,200})\\?['\"]\s*(?=\+)"
)
_MADE_OF = re.compile(r"\s*\+\s*(?:(?:\w+(?:\[\w{1,20}\])?\.)+(\w+)|\w+\[['\"](\w+)['\"]\]|(['\"])([^'\"\\<>]*))")
# '/'+websiteCode+'/col/': a name between two strings of one way of writing them.
_NAME_BETWEEN = re.compile(r"(['\"])\s*\+\s*([A-Za-z_$][\w$]*)\s*\+\s*\1")
# <a href="/content/${item.id}.html">
_MADE_IN_TEMPLATE = re.compile(r"href\s*=\s*\\?['\"]([^'\"\\<>$]{1,200}\$\{[^'\"\\<>]{1,200})")
_IN_TEMPLATE = re.compile(r"\$\{\s*(?:\w+\.)+(\w+)\s*\}")
_MOST_PARTS = 9
_GIVEN = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]*)\s*(?:\+\+|--|[+-]?=(?!=))")
_PLAIN = re.compile(r"[\w/.-]+")
_HOLDER = re.compile(r"<(script|textarea|template)\b[^>]{0,300}>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\([\"'/nrt])")
_ITEM = re.compile(r"<(item|record|row|article|doc|entry)\b[^>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_FIELD = re.compile(r"<(\w+)\b[^>]*>\s*(?:<!\[CDATA\[)?([^<]*?)(?:\]\]>)?\s*</\1\s*>", re.DOTALL | re.IGNORECASE)
# ['title','/nb/1.html','2024-01-20'], new Array("title","/nb/1.html"), add(3,'title','/nb/1.html'): values in a row.
_STRING = r"(?:\"[^\"\\\n]{0,300}\"|'[^'\\\n]{0,300}'|\d{1,12})"
_ROW = re.compile(rf"[\[(]\s*({_STRING}(?:\s*,\s*{_STRING}){{1,9}})\s*[\])]")
# titles[0]="…"; urls[0]="…"; rows[0][1]="…": values of one number; urls[i]="…"; titles[i]="…"; i++: of a counter.
_INDEXED = re.compile(
    r"(?<![\w$.])([\w$]+)\[(\d{1,4}|[A-Za-z]\w{0,9})\](?:\[\d{1,2}\]|\.\w+)?\s*=\s*(\"[^\"\n]{0,300}\"|'[^'\n]{0,300}')"
)
_PARTS_OF_DAY = ("year", "month", "day")
_WRITTEN = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_LEADS = re.compile(r"(?:https?:/)?\.{0,2}/[^\s<>]*|[\w./-]+\.(?:s?html?|jsp|aspx?|php|pdf|docx?)(?:\?\S*)?")
_PARSED = re.compile(r"\bJSON\.parse\(\s*(?:'([^'\\\n]*(?:\\.[^'\\\n]*)*)'|\"([^\"\\\n]*(?:\\.[^\"\\\n]*)*)\")\s*\)")
# :items="[{&quot;title&quot;: …}]", data-list='[{"title": …}]'
# ng-init="items=[{…}]" too.
_IN_ATTRIBUTE = re.compile(
    r"[\w:@-]=(?:\"(?:[\w$.]+\s*=\s*)?(\[?\{\s*&(?:quot|#34);[^\"]*)\""
    r"|'(?:[\w$.]+\s*=\s*)?(\[?\{\s*(?:\"|&(?:quot|#34);)[^']*)')"
)
_BACKSLASH = re.compile(r"\\(['\"\\/])")


def entries(page: Page) -> tuple[Entry, ...]:
    """The items of a list that the page carries, in order; none where nothing in it names an annual report.

    A page that is JSON is data altogether. Markup is what a browser would make of scripts and text areas.
    """
    found = max((reading(page) for reading in (_data, _fields, _in_rows, _markup)), key=links.names_reports)
    return tuple({entry.url: entry for entry in found}.values()) if links.names_reports(found) else ()


def items(page: Page) -> tuple[Entry, ...]:
    """The items of a page that is data, whatever they name."""
    return tuple({entry.url: entry for entry in _data(page)}.values())


def _data(page: Page) -> list[Entry]:
    if page.data is not None:
        return list(_items(page, page.data))
    found: list[Any] = []
    unread = 0
    for beginning in _VALUE.finditer(page.text):
        found.append(json_after(page.text, beginning.end()))
        unread += found[-1] is None
        if unread >= _MOST_UNREAD:
            break
    found += [read(_BACKSLASH.sub(r"\1", one or other)) for one, other in _PARSED.findall(page.text)]
    found += [read(html.unescape(one or other)) for one, other in _IN_ATTRIBUTE.findall(page.text)]
    return [entry for value in found if value is not None for entry in _items(page, value)]


def read(text: str) -> Any:
    """The value that a string holds as JSON; None where it holds none."""
    try:
        return json.loads(text, strict=False) if text[:1] in ("{", "[") else None
    except (ValueError, RecursionError):
        return None


def _items(page: Page, value: Any) -> Iterator[Entry]:
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        entry = _of_row(page, value)  # ["title", "/nb/1.html", "2024-01-20"]
        if entry:
            yield entry
        else:
            for each in value:
                yield from links.rows(page, each) if "<a" in each else ()
    elif isinstance(value, list):
        for each in value:
            yield from _items(page, each)
    elif isinstance(value, dict):
        told = _strings(value)
        entry = (
            _completed(page, told, value)
            or _entry(page, told, value)
            or _titled_inside(page, told, value)
            or _numbered(page, told, value)
        )
        if entry:
            yield entry
        else:
            for each in value.values():
                yield from _items(page, each)
    elif isinstance(value, str) and "<a" in value:
        yield from links.rows(page, value)
    elif isinstance(value, str) and (inside := read(value)) is not None:
        yield from _items(page, inside)


def _address_in(name: str, value: Any) -> Any:
    """`value`; of several addresses of an item under one name ({"pc": …, "wap": …}) the first."""
    if not _SEVERAL.fullmatch(name):
        return value
    inside = read(value) if isinstance(value, str) else value
    if not isinstance(inside, dict):
        return value
    return next((each for each in inside.values() if isinstance(each, str) and _LEADS.fullmatch(each)), None)


def _strings(value: dict[str, Any]) -> dict[str, str]:
    """The strings of an item by their names, of several addresses under one name the first."""
    told = {str(name): _address_in(str(name), each) for name, each in value.items()}
    return {name: each for name, each in told.items() if isinstance(each, str)}


def _is_address(name: str) -> bool:
    return bool(_ADDRESSES.fullmatch(name) or _OTHER_ADDRESSES.fullmatch(name))


def _completed(page: Page, told: dict[str, str], value: dict[str, Any]) -> Entry | None:
    """An item whose address a script completes with what it puts before and behind it ('/upload/' + item.path)."""
    for template in _made(page):
        name = template[1]
        link = told.get(name, "")
        if len(template) == 3 and link and _is_address(name) and not link.startswith(("/", ".", "http")):
            return _entry(page, told | {name: f"{template[0]}{link}{template[2]}"}, value)
    return None


def _titled_inside(page: Page, told: dict[str, str], value: dict[str, Any]) -> Entry | None:
    """An item that has its address beside an object of plain values that names it: {"url": …, "tip": {"title": …}}."""
    for each in value.values():
        if isinstance(each, dict) and not any(isinstance(inside, dict | list) for inside in each.values()):
            named = {name: inside for name, inside in _strings(each).items() if not _is_address(name)}
            if entry := _entry(page, told | named, each | value):
                return entry
    return None


def _numbered(page: Page, told: dict[str, str], value: dict[str, Any]) -> Entry | None:
    """An item that has numbers in the place of an address, of which the script that shows it makes one."""
    for template in _made(page):
        numbers = [value.get(name) for name in template[1::2]]
        if all(number and isinstance(number, str | int) for number in numbers):
            parts = (
                *(part for pair in zip(template[::2], map(str, numbers), strict=False) for part in pair),
                template[-1],
            )
            rest = {key: each for key, each in told.items() if key != "url"}
            return _entry(page, {"url": "".join(parts)} | rest, value)
    return None


def _made(page: Page) -> list[list[str]]:
    told = page.context.get("made")
    made: list[list[str]] = json.loads(told) if told is not None else made_of_fields(page)
    return made


@lru_cache(maxsize=4)
def made_of_fields(page: Page) -> list[list[str]]:
    """The addresses that scripts of the page make of fields of each item: what is written and the fields' names in
    turn, beginning and ending with what is written."""
    found: list[list[str]] = []
    text = _NAME_BETWEEN.sub(lambda between: _joined(page.text, between), page.text)
    for beginning in _MADE.finditer(text):
        parts, place = [beginning[1]], beginning.end()
        while len(parts) < _MOST_PARTS and (part := _MADE_OF.match(text, place)):
            name, place = part[1] or part[2], part.end()
            if name and len(parts) % 2:
                parts.append(name)
            elif name or len(parts) % 2:
                break
            else:
                parts.append(part[4])
                if text[place : place + 1] != part[3]:
                    break
                place += 1
        found.append(parts if len(parts) % 2 else [*parts, ""])
    found += [_IN_TEMPLATE.split(written) for written in _MADE_IN_TEMPLATE.findall(page.text)]
    return [
        each for each in found if len(each) > 1 and ("/" in each[0] or "?" in each[0]) and "${" not in "".join(each)
    ]


def _joined(text: str, between: re.Match[str]) -> str:
    """The end of a string and the beginning of another with the value of the name between them, where `text` gives the
    name one value and no other."""
    value = values.assigned(text).get(between[2])
    return value if value and _given(text)[between[2]] == 1 and _PLAIN.fullmatch(value) else between[0]


@lru_cache(maxsize=4)
def _given(text: str) -> Counter[str]:
    """How often each name is given a value."""
    return Counter(_GIVEN.findall(text))


def _entry(page: Page, told: dict[str, str], value: dict[str, Any]) -> Entry | None:
    """The item that named strings are, None where they name no title or no address; `value` is all that is told of it,
    its dates in numbers too."""
    title, link = (
        next((each for names in words for name, each in told.items() if each and names.fullmatch(name)), "")
        for words in ((_TITLES, _OTHER_TITLES), (_ADDRESSES, _OTHER_ADDRESSES))
    )
    url = page.absolute(unquote(link) if _ESCAPED_LINK.match(link) else link) if link else None
    title = _PERCENT_U.sub(lambda each: chr(int(each[1], 16)), title)
    title = _TAG.sub("", html.unescape(title)).strip()
    if not url or not title:
        return None
    dates = (days.told(each) for names in (_PUBLISHED, _DATES) for name, each in value.items() if names.fullmatch(name))
    return Entry(url, title, next(filter(None, dates), None))


def _fields(page: Page) -> list[Entry]:
    """Items of XML: <item><title>…</title><link>…</link></item>."""
    items = (dict(_FIELD.findall(inside)) for _, inside in _ITEM.findall(page.text))
    return [entry for item in items if (entry := _entry(page, item, item))]


def _markup(page: Page) -> list[Entry]:
    found: list[Entry] = []
    for _, inside in _HOLDER.findall(page.text):
        text = _ESCAPE.sub(lambda each: chr(int(each[1], 16)) if each[1] else {"n": "\n"}.get(each[2], each[2]), inside)
        if "&lt;a" in text.lower():
            text = html.unescape(text)
        if "<a" in text.lower():
            found += links.rows(page, text)
    return found


def _in_rows(page: Page) -> list[Entry]:
    """Items that are a row of values in a script, or the values of one number in its lists."""
    return [entry for row in _rows(page) if (entry := _of_row(page, row))]


def nodes(page: Page) -> Iterator[tuple[str, str]]:
    """The names and the addresses of what the page carries: of data, such as the nodes of a tree, and of rows of values
    with a name and an address among them."""
    for entry in _data(page):
        yield entry.title, entry.url
    for row in _rows(page):
        leads = [value for value in row if _LEADS.fullmatch(value)]
        names = [value for value in row if value and value not in leads]
        url = page.absolute(leads[0]) if len(leads) == 1 and names else None
        if url:
            yield names[0], url


def _rows(page: Page) -> list[list[str]]:
    """The rows of values in scripts of the page, and the values of one number in their lists."""
    rows: list[list[str]] = []
    for tag, inside in _HOLDER.findall(page.text):
        if tag.lower() == "script":
            rows += [[one or other for one, other in _WRITTEN.findall(row)] for row in _ROW.findall(inside)]
            rows += _indexed(inside)
    return rows


def _indexed(script: str) -> list[list[str]]:
    """The values that a script gives the places of one number in its lists, or one after the other those of a counter:
    each row of these begins with the list that the first begins with."""
    rows: dict[str, dict[str, str]] = {}
    counted = 0
    first = ""
    for found in _INDEXED.finditer(script):
        name, number, value = found[1], found[2], found[3][1:-1]
        if not number.isdigit():
            first = first or name
            counted += name == first
            number = f"{number}{counted}"
        key = found[0].partition("=")[0].rstrip()
        rows.setdefault(number, {}).setdefault(name if name in _PARTS_OF_DAY else key, value)
    told = []
    for row in rows.values():
        day = "-".join(row.pop(part) for part in _PARTS_OF_DAY if part in row)
        told.append([*row.values(), *([day] if day else [])])
    return told


def _of_row(page: Page, row: list[str]) -> Entry | None:
    """The item of which the values are, where one is an address and one the title of what may be a report."""
    leads = [value for value in row if _LEADS.fullmatch(value)]
    url = page.absolute(leads[0]) if len(leads) == 1 else None
    if url is None:
        return None
    named = (links.rows(page, value)[:1] if "<a" in value else () for value in row)
    said = (entries[0].title if entries else value for entries, value in zip(named, row, strict=True))
    titles = [title for title in said if verdict(title) is not Verdict.OTHER]
    return Entry(url, titles[0], days.iso_date(" ".join(row))) if len(titles) == 1 else None
