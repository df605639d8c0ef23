"""The lines a document without a title element opens with, as candidates for its title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LINES = 6  # a title over several lines is seldom longer, letterhead included
LONGEST = 60
SECTION = re.compile(r"\s*(?:第?[一二三四五六七八九十]+\s*[、.章部]|目\s*录|[(]?1[)、.])")
SENTENCE_END = "。；：:;"


def opening_titles(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Candidates, best first: the opening lines as one title, then each of them."""
    lines: list[str] = []
    for paragraph in paragraphs:
        text = " ".join(paragraph.split())
        if not text:
            continue
        if (
            len(text) > LONGEST
            or text[-1] in SENTENCE_END
            or SECTION.match(unicodedata.normalize("NFKC", text))
            or len(lines) == LINES
        ):
            break
        lines.append(text)
    joined = "".join(lines)
    return tuple(dict.fromkeys(filter(None, (joined, *lines))))
