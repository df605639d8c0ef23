"""Turns the bytes of pages and text files into text, whatever they say about their encoding."""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import html_to_unicode

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = bytes({*range(32), 127} - set(b"\t\n\x0c\r"))
_SAID_OF_ANYTHING = {"cp1252", "iso8859-1", "iso-8859-1", "latin-1", "ascii"}
"""Encodings that servers name without knowing; no Chinese page is written in them."""
_USUAL = re.compile("[\t\n\r -~\u3000-\u301f\u4e00-\u9fff\uff00-\uffef\u2010-\u203f]")
_FROM_INDIA_ON = re.compile("[\u0800-\U0010ffff]")
_REPLACED = "\ufffd"
_CHINESE = re.compile("[\u4e00-\u9fff]{2,8}")


def decode(data: bytes, content_type: str | None = None, *, html: bool = False) -> str:
    """Return the text of `data`, without byte order mark and control characters; never raises.

    Bytes that are UTF-8 throughout are read as such even where the page says otherwise; then a page's own statement
    counts (`html`; gb2312 and gbk are read as gb18030), and of several readings the one with the fewest unreadable
    characters.
    """
    encoding = wide_encoding(data)
    if encoding:
        return _printable(data.decode(encoding, "replace"))
    # No character but a control character has such a byte, in UTF-8 as in gb18030.
    return _narrow(data.removeprefix(codecs.BOM_UTF8).translate(None, CONTROL), content_type, html)


def encoding_of(data: bytes, text: str) -> str:
    """Whether a page is in utf-8 or gb18030, by the bytes of the first Chinese in its text; utf-8 for any other."""
    chinese = _CHINESE.search(text)
    if chinese is None or chinese[0].encode("utf-8") in data:
        return "utf-8"
    return "gb18030" if chinese[0].encode("gb18030") in data else "utf-8"


def _printable(text: str) -> str:
    return text.translate(dict.fromkeys(CONTROL))


def _narrow(data: bytes, content_type: str | None, html: bool) -> str:
    try:
        text = data.decode("utf-8")
        # A few Chinese characters in gb18030 can look like UTF-8, but never like Chinese in UTF-8.
        if text.isascii() or _FROM_INDIA_ON.search(text):
            return text
    except UnicodeDecodeError:
        pass
    readings = [data.decode("gb18030", "replace"), data.decode("utf-8", "replace")]
    if html:
        encoding, declared = html_to_unicode(content_type, data, auto_detect_fun=lambda _: "gb18030")
        if encoding not in _SAID_OF_ANYTHING:
            readings.insert(0, declared)
    return min(readings, key=lambda text: text.count(_REPLACED))


def wide_encoding(data: bytes) -> str | None:
    """Name UTF-16 or UTF-32 by their mark, UTF-16 also without: bytes with zeros that are Chinese when read so."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    sample = data[:4000]
    if b"\x00" not in sample:
        return None
    shares = {name: _usual_share(sample.decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")}
    likelier = max(shares, key=lambda name: shares[name])
    return likelier if shares[likelier] > 0.8 else None


def _usual_share(text: str) -> float:
    return len(_USUAL.findall(text)) / len(text)
