"""Running text of printed pages: lines, paragraphs out of wrapped lines again, headers and page numbers left out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from pdfplumber.utils.text import extract_words

from parsers.documents.printed.rulings import LINE_GAP, WORD_GAP, Bounds, Char
from parsers.sections import heading

MARGIN = 0.12  # of the page's height: where headers and page numbers stand
REPEATED_ON = 3  # pages
PAGE_NUMBER = re.compile(r"[\s\-—–―─·•.第]*\d{1,4}[\s\-—–―─·•.页]*(?:[/／,，]?\s*共?\s*\d{1,4}\s*页?)?")
LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line."""

    page: int
    text: str
    bounds: Bounds
    size: float

    def is_in_margin(self, height: float) -> bool:
        """Whether it stands where headers and footers do on a page of that height."""
        return self.bounds[3] < MARGIN * height or self.bounds[1] > (1 - MARGIN) * height


@dataclass(slots=True)
class Block:
    """A paragraph being put together; `lines` are its printed lines in order."""

    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as one; a space only between Latin words."""
        text = ""
        for line in self.lines:
            if text and LATIN.match(text[-1]) and LATIN.match(line.text):
                text += " "
            text += line.text
        return text


def lines_on(page: int, chars: list[Char]) -> list[Line]:
    """The characters of a page as lines from top to bottom."""
    words = extract_words(
        chars, x_tolerance_ratio=WORD_GAP, y_tolerance=LINE_GAP, extra_attrs=["size"], keep_blank_chars=True
    )
    rows: list[list[Char]] = []
    for word in sorted(words, key=lambda word: float(word["top"] + word["bottom"])):
        middle = (word["top"] + word["bottom"]) / 2
        if rows and any(other["top"] <= middle <= other["bottom"] for other in rows[-1]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(page, sorted(row, key=lambda word: float(word["x0"]))) for row in rows]


def _line(page: int, words: list[Char]) -> Line:
    text = words[0]["text"]
    for last, word in pairwise(words):
        # A change of type size begins a new word without any space being printed.
        is_apart = word["x0"] - last["x1"] > WORD_GAP * max(word["size"], last["size"])
        text += (" " if is_apart else "") + word["text"]
    bounds = (
        min(word["x0"] for word in words),
        min(word["top"] for word in words),
        max(word["x1"] for word in words),
        max(word["bottom"] for word in words),
    )
    return Line(page, text.strip(), bounds, max(word["size"] for word in words))


def without_furniture(lines: list[Line], heights: dict[int, float]) -> list[Line]:
    """The lines without page numbers and without what is printed in the margin of page after page."""
    in_margin = [line for line in lines if line.is_in_margin(heights[line.page])]
    pages = Counter(said for said, _ in {(_without_digits(line), line.page) for line in in_margin})
    repeated = {said for said, count in pages.items() if count >= max(REPEATED_ON, len(heights) / 2)}
    furniture = {line for line in in_margin if PAGE_NUMBER.fullmatch(line.text) or _without_digits(line) in repeated}
    return [line for line in lines if line not in furniture]


def _without_digits(line: Line) -> str:
    return re.sub(r"[\d\s]+", "", line.text)


@dataclass(frozen=True, slots=True)
class Measure:
    """The column that running text is set in: left and right margin, and from one line's top to the next's."""

    left: float
    right: float
    pitch: float

    @classmethod
    def of(cls, lines: list[Line]) -> Measure:
        """Measured from the long lines, which reach from margin to margin."""
        widest = max((line.bounds[2] - line.bounds[0] for line in lines), default=0)
        long = [line for line in lines if line.bounds[2] - line.bounds[0] > 0.8 * widest]
        pitches = [
            line.bounds[1] - last.bounds[1]
            for last, line in pairwise(long)
            if line.page == last.page and line.bounds[1] - last.bounds[1] < 4 * line.size
        ]
        return cls(
            left=min((line.bounds[0] for line in long), default=0),
            right=median(line.bounds[2] for line in long) if long else 0,
            pitch=median(pitches) if pitches else 0,
        )

    def goes_on(self, last: Line, line: Line) -> bool:
        """Whether a line belongs to the paragraph of the line before it; a section's heading belongs to none."""
        section = heading(line.text)
        if section is not None and section.weight > 2:
            return False
        if last.bounds[2] < self.right - 1.6 * last.size or line.bounds[0] > self.left + 1.2 * line.size:
            return False
        if abs(line.size - last.size) > 0.15 * last.size:
            return False
        if line.page != last.page:
            return True
        return not self.pitch or line.bounds[1] - last.bounds[1] < 1.5 * self.pitch
