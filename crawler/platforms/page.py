"""What a platform module is given, and what it gives back: pages in; entries, further requests and articles out."""

from __future__ import annotations

import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import quote, unquote, urlencode, urljoin

from lxml.html import HtmlElement
from parsel import Selector

from crawler.platforms.scripts import opened

# The same page has another address for every visitor where a site writes its session into its links.
_SESSION = re.compile(r";jsessionid=[^/?#]*|(?<=[?&])(?:jsessionid|phpsessid|aspsessionid\w*)=[^&#]*&?", re.IGNORECASE)
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_LONGEST_LITERAL = 200_000
_LITERAL = re.compile(
    r"""(?P<double>"(?:[^"\\]|\\.)*")|'(?P<single>(?:[^'\\]|\\.)*)'|(?P<name>[A-Za-z_$][\w$]*)\s*:|,\s*(?P<comma>[\]}])|.""",
    re.DOTALL,
)
# Where front ends keep the address that a click leads to.
HELD = ("data-href", "data-url", "data-link")
# var data = {…}: an answer that is a script.
_ASSIGNED = re.compile(r"(?:var|let|const)\s+\w+\s*=\s*(?=[\[{])")
_NOWHERE = re.compile(r"\s*(javascript:|#|$)", re.IGNORECASE)
# An address in a script ends like a page or begins like a path; names of functions and ids do neither.
_IN_SCRIPT = re.compile(
    r"['\"]((?:https?://|\.{0,2}/)[^'\"]+|[\w./-]+\.(?:s?html?|jsp|aspx?|php|pdf|docx?)(?:\?[^'\"]*)?)['\"]"
)
# <div>JTNDdWwl…</div>: markup in base64, which a script of the page puts in its place.
_PACKED = re.compile(r">\s*((?:[A-Za-z0-9+/]{4}){10,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)\s*</")
_WHOLE_ADDRESS = re.compile(r"^\s*((?:https?://|\.{0,2}/)\S+)\s*$")


class Page:
    """A kept response decoded to text. `context` is what the request for it was told to remember (see `Fetch`), and
    `encoding` that of its bytes, in which a browser sends what its links and forms ask for."""

    def __init__(
        self, url: str, text: str, context: Mapping[str, str] | None = None, *, encoding: str = "utf-8"
    ) -> None:
        self.url = url
        text = text.replace("\x00", "")
        self.text = _PACKED.sub(_unpacked, text) if "atob(" in text else text
        self.context = context or {}
        self.encoding = encoding

    @cached_property
    def lowered(self) -> bytes:
        """The page in UTF-8 with its ASCII letters in lower case: names are found there many times as fast as by a
        pattern that ignores case."""
        return self.text.encode("utf-8", "replace").lower()

    @cached_property
    def tree(self) -> Selector:
        """The page as an HTML tree, whatever it is."""
        return Selector(text=self.text or "<html></html>", type="html")

    @cached_property
    def data(self) -> Any:
        """The page as JSON (None where it is none); what wraps it is taken off: a call, a string, an assignment."""
        text = self.text.strip()
        if text[:1] not in "{[" and text.endswith((")", ");")):
            text = text[text.find("(") + 1 : text.rfind(")")]
        if "made" in self.context and (assigned := _ASSIGNED.match(text)):
            text = text[assigned.end() :]
        if text[:1] not in ("{", "[") and text[:2] not in ('"{', '"['):
            return None
        try:
            data = json.loads(text)
            return json.loads(data) if isinstance(data, str) else data
        except RecursionError:
            return None
        except ValueError:  # {"count": '3', "docs": […],}: a script would read it
            return json_after(text, 0) if text[:1] != '"' else None

    @cached_property
    def base(self) -> str:
        """The address that the page's links are relative to."""
        bases = self.tree.root.iter("base") if self.text[:1] != "{" else ()
        declared = next((href for base in bases if (href := base.get("href")) is not None), None)
        return join(self.url, declared) or self.url if declared else self.url

    def target(self, element: HtmlElement) -> str | None:
        """Where a link leads, also one whose address stands in a script (`onclick="window.open('…')"`) or is made
        by a function that it calls."""
        href = element.get("href") or ""
        if not _NOWHERE.match(href):
            return self.absolute(href)
        scripts = (href, element.get("onclick") or "", *(element.get(name) or "" for name in HELD))
        # What a function makes of several things is none of them.
        several = (opened(self.text, script) for script in scripts[:2] if "(" in script and "," in script)
        if address := next(filter(None, several), None):
            return self.absolute(address)
        for script in scripts:
            found = _IN_SCRIPT.findall(script) or _WHOLE_ADDRESS.findall(script)
            if found:  # downloadFile('2023.docx', '/files/a1b2.docx'): the name and the address
                return self.absolute(next((each for each in found if "/" in each), found[0]))
        made = (address for script in scripts[:2] if "(" in script and (address := opened(self.text, script)))
        address = next(made, None)
        return self.absolute(address) if address else None

    def absolute(self, link: str) -> str | None:
        """`link` as an absolute http(s) address, None where it leads nowhere (javascript:, mailto:, #, nonsense)."""
        url = join(self.base, link)
        return spelt(url, self.encoding) if url and self.encoding != "utf-8" else url

    def sent(self, fields: Mapping[str, str]) -> str:
        """Fields of a form as a browser sends them."""
        return urlencode(fields, encoding=self.encoding, errors="replace")


@dataclass(frozen=True, slots=True)
class Fetch:
    """A further request that a platform asks for. `context` comes back with its page."""

    url: str
    method: str = "GET"
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two requests the same."""
        return self.method, self.url, self.body


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a listing: where it leads, its whole title, and the date printed beside it (ISO) if any."""

    url: str
    title: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one page of a listing says.

    `following` are the further pages that are known from it, in order; `otherwise` are other ways to page through the
    same list, each tried only if fewer items were read than stated once the ways before it are exhausted. `items` and
    `pages` are the site's own totals. `columns` are the first pages of other lists into which the listing is divided,
    each with its own totals; one whose context says "tentative" may turn out to be something else. What is not
    `understood` is of the family, and neither a list nor an empty one: an error in place of data, a page whose data may
    be elsewhere.
    """

    entries: tuple[Entry, ...] = ()
    following: tuple[Fetch, ...] = ()
    otherwise: tuple[tuple[Fetch, ...], ...] = ()
    columns: tuple[Fetch, ...] = ()
    items: int | None = None
    pages: int | None = None
    understood: bool = True


NOT_UNDERSTOOD = Listing(understood=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that an article offers, with the words of its link."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """What an article page says of itself; `body` is the request that holds its text where the page is a shell."""

    title: str | None = None
    published: str | None = None
    attachments: tuple[Attachment, ...] = ()
    body: Fetch | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the page itself is all that it offers of its article."""
        return not self.attachments and self.body is None


class Platform(Protocol):
    """A family of government sites. Each module of this package that is listed in `__init__` is one."""

    NAME: str

    def recognise(self, page: Page) -> int:
        """How surely `page` is of this family: 0 not at all, up to 100."""
        ...

    def listing(self, page: Page) -> Listing:
        """What `page` lists."""
        ...

    def article(self, page: Page) -> Article:
        """What the article on `page` says of itself."""
        ...


def json_after(text: str, place: int) -> Any:
    """The value that begins at `place` of a script, written as JSON or as a script writes objects ({title:'…'}); None
    where there is none that can be read."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, place)[0]
    except (ValueError, RecursionError):
        literal = text[place : place + _LONGEST_LITERAL].partition("</script")[0]
    try:
        return json.JSONDecoder(strict=False).raw_decode(_as_json(literal))[0]
    except (ValueError, RecursionError):
        return None


def _unpacked(found: re.Match[str]) -> str:
    """What stands between two tags in base64 (of its letters as they are, or as an address writes them), if it is
    markup; else as it is."""
    try:
        markup = unquote(binascii.a2b_base64(found[1]).decode())
    except ValueError:
        return found[0]
    return f">{markup}</" if markup.lstrip().startswith("<") else found[0]


def _as_json(literal: str) -> str:
    """An object literal of a script with its names and strings in double quotes, without commas before a bracket."""
    parts: list[str] = []
    for found in _LITERAL.finditer(literal):
        token = found[0]
        if found["single"] is not None:
            token = json.dumps(re.sub(r"\\(['/])", r"\1", found["single"]), ensure_ascii=False)
        elif found["name"] is not None:
            token = f'"{found["name"]}":'
        elif found["comma"] is not None:
            token = found["comma"]
        parts.append(token)
    return "".join(parts)


def join(base: str, link: str) -> str | None:
    """`link` seen from `base` as an absolute http(s) address without fragment; None where it leads nowhere."""
    link = link.strip().replace("\n", "").replace("\r", "").replace("\t", "")
    if not link or link.startswith("#"):
        return None
    # Browsers read a backslash before the query as a slash.
    path, mark, query = link.partition("?")
    link = path.replace("\\", "/") + mark + query
    try:
        url = urljoin(base, link)
    except ValueError:
        return None
    if not url.startswith(("http://", "https://")):
        return None
    return _SESSION.sub("", url.partition("#")[0])


def spelt(url: str, encoding: str) -> str:
    """`url` with what its query says in other letters than ASCII in the bytes of `encoding`, as the page is written
    (WHATWG URL, 4.1: a path is always UTF-8)."""
    path, mark, query = url.partition("?")
    return path + mark + _FOREIGN.sub(lambda found: quote(found[0], encoding=encoding, errors="replace"), query)
