"""Tells by its bytes what a document is, and has the reader of that medium read it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from typing import Literal
from urllib.parse import urlsplit

from parsers.dates import date_in_address
from parsers.documents import bounds, html, text
from parsers.documents.decoding import CONTROL, decode, wide_encoding
from parsers.documents.halves import rejoined
from parsers.documents.stacked import unstacked
from parsers.model import Document, UnreadableError

Medium = Literal["html", "mhtml", "text", "pdf", "word", "spreadsheet", "ofd", "office", "scan"]

# The readers that are loaded only when they are asked for.
_READERS: dict[Medium, str] = {
    "mhtml": "html.mhtml",
    "pdf": "printed.pdf",
    "ofd": "printed.ofd",
    "scan": "printed.scan",
    "word": "office.word",
    "spreadsheet": "office.spreadsheet",
    "office": "office.older",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le")
_PICTURE = re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|BM.{4}\x00{4}.{4}[\x0c(l|]\x00{3}", re.DOTALL)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|ucapcontent)[\s/>]", re.IGNORECASE)
_TAG = re.compile(
    rb"</?(?:table|tbody|tr|td|div|p|span|article|section|h[1-6]|ul|li|font)(?:\s[^<>]*)?>", re.IGNORECASE
)
_ARCHIVED = re.compile(rb"\s*(?:[A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,20}?MIME-Version:", re.IGNORECASE)
_WORD_XML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?<\?xml.{0,500}(?:mso-application progid=.Word|<w:wordDocument|<pkg:package)", re.DOTALL
)
_ANSWER = re.compile(rb"[\s\xef\xbb\xbf]*[\[{]\s*[\"{\[]")
_ASCII = re.compile(rb"[\t\n\r -~]+")
_SAMPLE = 65536
_STRANGE = re.compile("[\ufffd\x80-\x9f\ue000-\uf8ff]")


def read_document(data: bytes, content_type: str | None = None, url: str | None = None) -> Document:
    """Read a document of any medium; the bytes say what it is, `content_type` and `url` only where they do not.

    The day that stands in `url` is kept in the document's `meta` as `address_date`. Raises UnreadableError (`empty`,
    `unknown_format`, `too_large`, or what the medium's reader found wrong).
    """
    medium = sniff(data, content_type, url)
    if medium == "html":
        document = html.read(data, content_type)
    elif medium == "text":
        document = text.read(data, content_type)
    else:
        document = _heavier(medium, data)
    bounds.check(document)
    document = rejoined(unstacked(document))
    day = date_in_address(url) if url else None
    return replace(document, meta={**document.meta, "address_date": day}) if day else document


def sniff(data: bytes, content_type: str | None = None, url: str | None = None) -> Medium:
    """Return the medium of some bytes; raises UnreadableError (`empty`, `unknown_format`)."""
    if not data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf\xfe\xff"):
        raise UnreadableError("empty", "The file is empty.")
    head = data[:_SAMPLE]
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(_OLE):
        return "spreadsheet" if any(name in data for name in _WORKBOOK) else "office"
    if data.lstrip().startswith(b"{\\rtf"):
        return "office"
    if _WORD_XML.match(head):
        return "office"
    if _ARCHIVED.match(head):
        return "mhtml"
    if _PICTURE.match(data):
        return "scan"
    narrow = head.replace(b"\x00", b"")
    if _PAGE.search(narrow) or len(_TAG.findall(narrow)) > 2 or _ANSWER.match(narrow):
        return "html"
    if len(head.translate(None, CONTROL)) * 50 < len(head) * 49 and not wide_encoding(data):
        raise UnreadableError("unknown_format", _unknown(content_type, url))
    sample = decode(_whole_characters(data if b"\x00" in head else data.lstrip()))
    if len(_STRANGE.findall(sample)) * 10 > len(sample):
        raise UnreadableError("unknown_format", _unknown(content_type, url))
    return "text"


def _whole_characters(data: bytes) -> bytes:
    """Return the beginning of some bytes, cut where no character can be cut in two (behind an ASCII one)."""
    ends = list(_ASCII.finditer(data, 0, 4096))
    return data[: ends[-1].end()] if ends and len(data) > 4096 else data


def _zipped(data: bytes) -> Medium:
    """Return which office format a zip archive is."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableError("damaged", "The file begins like an office document but is damaged.") from error
    if any(name.startswith("word/") for name in names):
        return "word"
    if any(name.startswith("xl/") for name in names):
        return "spreadsheet"
    if "content.xml" in names:
        return "office"
    if "OFD.xml" in names:
        return "ofd"
    raise UnreadableError("unknown_format", "The file is an archive; unpack it and read the files in it.")


def _heavier(medium: Medium, data: bytes) -> Document:
    """Have the reader of a medium read, loaded only now: pages are read without it."""
    try:
        reader = import_module(f"parsers.documents.{_READERS[medium]}")
    except ModuleNotFoundError as error:
        raise UnreadableError(
            "unsupported_medium", f"{medium} files cannot be read here: {error.name} is missing."
        ) from error
    document: Document = reader.read(data)
    return document


def _unknown(content_type: str | None, url: str | None) -> str:
    name = urlsplit(url).path.rpartition("/")[2] if url else ""
    said = ", ".join(filter(None, (name, content_type)))
    return f"The bytes are no page, text or office document{f' ({said})' if said else ''}."
