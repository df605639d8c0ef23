"""What a printed page carries besides the report: page numbers, and the line that every page repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

PAGE_NUMBER = re.compile(r"[-—–]\s*\d{1,3}\s*[-—–]|第\s*\d+\s*页.{0,10}|\d{1,3}\s*/\s*\d{1,3}")
_BARE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_REPEATED = 3
_LONGEST = 60


def furniture(lines: Sequence[str], ends: Sequence[int]) -> set[int]:
    """Return which lines belong to the paper alone; `ends` are the lines that end a page (a form feed follows).

    A bare number is a page's number where the first, or the last, lines of all pages count on by one. A line that
    opens or closes three pages, or names the report three times, is their running title; its first stays.
    """
    starts = [0, *(end + 1 for end in ends)]
    pages = [range(start, end + 1) for start, end in zip(starts, [*ends, len(lines) - 1], strict=True)]
    edges: list[list[int]] = [[], []]
    for page in pages:
        filled = [index for index in page if lines[index].strip()]
        edges[0] += filled[:1]
        edges[1] += filled[-1:]
    found: set[int] = set()
    for edge in edges if ends else ():
        counted = [index for index in edge if _BARE_NUMBER.fullmatch(lines[index])]
        numbers = [int(lines[index]) for index in counted]
        if len(counted) > 1 and len(counted) >= len(edge) - 1 and all(b - a == 1 for a, b in pairwise(numbers)):
            found.update(counted)
    said = Counter(lines[index].strip() for index in (*edges[0], *edges[1])) if ends else Counter()
    named = Counter(line.strip() for line in lines if line.strip().endswith("年度报告") and len(line) <= _LONGEST)
    running = {text for counts in (said, named) for text, times in counts.items() if times >= _REPEATED and text}
    seen: set[str] = set()
    for index, line in enumerate(lines):
        text = line.strip()
        if text in running and not _BARE_NUMBER.fullmatch(text):
            if text in seen:
                found.add(index)
            seen.add(text)
    return found
