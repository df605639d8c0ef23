"""What no PDF exceeds that is a report: drawing stops, and files are refused, before they cost memory and time."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import Any

from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, resolve1
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent

from parsers.documents.printed.bounds import Amount, count
from parsers.model import UnreadableError

UNPACKED = 32_000_000  # bytes of a stream that is no picture
SLOW = 200_000  # bytes of a stream packed in a way that is unpacked slowly
_STREAM = re.compile(rb"\bstream\r?\n")
_FILTER = re.compile(rb"/(Flate|LZW|RunLength)Decode\b|/(Fl|LZW|RL)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_LONGEST_DESCRIPTION = 4_000  # bytes before a stream that say what it is
_PIECE = 65_536
_MOST_OBJECTS = 50_000
_OBJECT = re.compile(rb"\d obj\b")


def check_streams(data: bytes) -> None:
    """Raise `UnreadableError` (too_large) for a file whose streams unpack to more than any report's, or never end."""
    if len(_OBJECT.findall(data)) > _MOST_OBJECTS:
        raise UnreadableError("too_large", f"The PDF has more than {_MOST_OBJECTS} objects, more than any report has.")
    for stream in _STREAM.finditer(data):
        described = data[max(stream.start() - _LONGEST_DESCRIPTION, 0) : stream.start()]
        described = described[described.rfind(b" obj") + 1 :]
        if _PICTURE.search(described):
            continue
        filters = [found[1] or found[2] for found in _FILTER.finditer(described)]
        if len(filters) > 1:
            raise UnreadableError("too_large", "The PDF's streams are packed one in the other.")
        if filters and not filters[0].startswith(b"Fl"):
            end = data.find(b"endstream", stream.end())
            if (end if end >= 0 else len(data)) - stream.end() > SLOW:
                raise UnreadableError("too_large", "A stream of the PDF is longer than any report's.")
        elif filters:
            _check_unpacked(data, stream.end())


def _check_unpacked(data: bytes, start: int) -> None:
    unpacker, unpacked = zlib.decompressobj(), 0
    piece = data[start : start + _PIECE]
    try:
        while piece and not unpacker.eof:
            unpacked += len(unpacker.decompress(piece, _PIECE * 16))
            if unpacked > UNPACKED:
                raise UnreadableError("too_large", "A stream of the PDF unpacks to more than any report holds.")
            piece = unpacker.unconsumed_tail
            if not piece:
                start += _PIECE
                piece = data[start : start + _PIECE]
    except zlib.error:  # a damaged stream: the reader takes of it what it can
        return


def draw(page: Page, drawn: Amount) -> None:
    """Draw a page within the bounds, counting what it draws into `drawn`.

    Raises BeyondError where the page, or the document with it, is beyond them.
    """
    device = _Device(page, drawn)
    _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    layout: LTPage = device.get_result()
    page._layout = layout  # pdfplumber draws without bounds, unless it finds that a page is drawn already


class _Device(PDFPageAggregatorWithMarkedContent):
    """Takes what a page draws, until it is too much."""

    def __init__(self, page: Page, drawn: Amount) -> None:
        super().__init__(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
        self.on_page = Amount()
        self.drawn = drawn

    def count(self, what: str, more: int = 1) -> None:
        """Add to the amount of something; raises BeyondError."""
        count(self.on_page, self.drawn, what, more)

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        """Count a character and take it."""
        self.count("characters")
        return super().render_char(*args, **kwargs)

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        """Count a path and take it."""
        self.count("paths")
        super().paint_path(*args, **kwargs)


class _Interpreter(PDFPageInterpreter):
    """Follows drawing commands, those of forms shown many times as often as they are shown."""

    def execute(self, streams: Sequence[object]) -> None:
        """Count the bytes of commands and follow them."""
        if isinstance(self.device, _Device):
            for stream in map(resolve1, streams):
                if isinstance(stream, PDFStream):
                    self.device.count("commands", len(stream.get_data()))
        super().execute(streams)
