"""A section's running text as it is searched: without the white space inside sentences, its places kept."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property

from parsers.model import Section

LONGEST_SENTENCE = 200
LONGEST_PARAGRAPH = 600

_WHITE = re.compile(r"[ \t\r\f\v\n\u3000\xa0\u2002-\u200f\u2060\ufeff]+")
# A PDF breaks lines inside sentences: a long line with no mark at its end goes on in the next, unless that is headed.
_GOES_ON = re.compile(r"[^\n。！？!?：:；;]{24}[\u4e00-\u9fff，、（“]\Z")
_RUNNING = re.compile(r"(?![一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.．、])[\u4e00-\u9fff\d，、。）”]")
# Many pages print the marks between clauses as the half-width ones; a comma between digits parts thousands.
_HALF_WIDTH = re.compile(r"(?<!\d),|,(?!\d)|;")
_FULL_WIDTH = {",": "，", ";": "；"}
# PDFs print radicals that look like characters (⼈⼤ for 人大); each is one character in both forms.
_RADICAL = re.compile(r"[\u2f00-\u2fd5]")
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_YEAR = re.compile(r"(?<![\d〔\[(（])(20\d\d)年(?!度?(?:结转|转结))")
_EVER_SINCE = re.compile(r"\d{4}年[^，,。；\n]{0,12}以来")
_COMPARED = re.compile(r"(?:[较比与于同及从自由至到和]|相比|截至|结转)$")


class Prose:
    """One section's text: `text` is what is searched, `original` gives places in the section's own text."""

    def __init__(self, section: Section) -> None:
        self.number = section.number
        self.heading = section.heading
        self._printed = section.text
        pieces: list[str] = []
        self._cuts: list[int] = []
        self._removed: list[int] = []
        kept, removed = 0, 0
        text = section.text.translate(_RADICALS) if _RADICAL.search(section.text) else section.text
        text = _HALF_WIDTH.sub(lambda mark: _FULL_WIDTH[mark[0]], text)
        for found in _WHITE.finditer(text):
            start, end = found.span()
            if not _removable(text, start, end):
                continue
            pieces.append(text[kept:start])
            kept = end
            self._cuts.append(start - removed)
            removed += end - start
            self._removed.append(removed)
        pieces.append(text[kept:])
        self.text = "".join(pieces)
        self._ends = [found.end() for found in _SENTENCE_END.finditer(self.text)]

    def sentence_start(self, place: int) -> int:
        """Where the sentence around a place begins, at most 200 characters before it."""
        rank = bisect_right(self._ends, place)
        return max(self._ends[rank - 1] if rank else 0, place - LONGEST_SENTENCE)

    def sentence_end(self, place: int) -> int:
        """Where the sentence around a place ends, at most 200 characters behind it."""
        rank = bisect_right(self._ends, place)
        end = self._ends[rank] if rank < len(self._ends) else len(self.text)
        return min(end, place + LONGEST_SENTENCE)

    def paragraph_start(self, place: int) -> int:
        """Where the paragraph around a place begins, at most 600 characters before it."""
        return max(self.text.rfind("\n", max(0, place - LONGEST_PARAGRAPH), place) + 1, place - LONGEST_PARAGRAPH, 0)

    def sentence(self, start: int, end: int) -> str:
        """The sentence around a place, as printed."""
        first, last = self.original(self.sentence_start(start), self.sentence_end(end))
        return self._printed[first:last].strip()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """A span of `text` as a span of the section's own text."""
        return self._original(start), self._original(max(start, end - 1)) + (end > start)

    def _original(self, place: int) -> int:
        rank = bisect_right(self._cuts, place)
        return place + (self._removed[rank - 1] if rank else 0)

    def year_spoken_of(self, start: int, end: int) -> int | None:
        """The last year named between two places, but for one that is compared with or stands in a document's title."""
        places = self._year_places
        for rank in range(bisect_right(places, end) - 1, -1, -1):
            place = places[rank]
            if place < start:
                return None
            title_ends = self.text.find("》", place, end)
            in_title = title_ends >= 0 and self.text.find("《", place, title_ends) < 0
            if not in_title and (
                _EVER_SINCE.match(self.text, place, end) or not _COMPARED.search(self.text, max(0, place - 3), place)
            ):
                return int(self.text[place : place + 4])
        return None

    @cached_property
    def _year_places(self) -> list[int]:
        return [found.start() for found in _YEAR.finditer(self.text)]


def _removable(text: str, start: int, end: int) -> bool:
    """Whether white space means nothing: not between two digits, which it parts, nor where a line truly ends."""
    if "\n" in text[start:end]:
        return bool(_GOES_ON.search(text, max(0, start - 25), start) and _RUNNING.match(text, end))
    return not (start and text[start - 1].isdigit() and text[end : end + 1].isdigit())
