"""Turns the bytes of pages and text files into text, whatever they say about their encoding."""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import html_to_unicode

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SAID_OF_ANYTHING = {"cp1252", "iso8859-1", "iso-8859-1", "latin-1", "ascii"}
"""Encodings that servers name without knowing; no Chinese page is written in them."""
_REPLACED = "\ufffd"


def decode(data: bytes, content_type: str | None = None, *, html: bool = False) -> str:
    """Return the text of `data`, without byte order mark and control characters; never raises.

    Bytes that are UTF-8 throughout are read as such even where the page says otherwise; then a page's own statement
    counts (`html`; gb2312 and gbk are read as gb18030), and of several readings the one with the fewest unreadable
    characters.
    """
    return _CONTROL.sub("", _decode(data, content_type, html))


def _decode(data: bytes, content_type: str | None, html: bool) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    wide = _wide_without_mark(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    readings = [data.decode("gb18030", "replace"), data.decode("utf-8", "replace")]
    if html:
        encoding, declared = html_to_unicode(content_type, data, auto_detect_fun=lambda _: "gb18030")
        if encoding not in _SAID_OF_ANYTHING:
            readings.insert(0, declared)
    return min(readings, key=lambda text: text.count(_REPLACED))


def _wide_without_mark(data: bytes) -> str | None:
    """Name UTF-16 without a mark: the zero bytes of its ASCII characters stand on one side, few on the other."""
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 2 or max(even, odd) < 3 * min(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
