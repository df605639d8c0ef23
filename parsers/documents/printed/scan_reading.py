"""The process that recognises one document: bytes on standard input, its blocks as JSON on standard output."""

from __future__ import annotations

import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator

from parsers.documents.printed.pages import Pages, blocks
from parsers.documents.printed.rulings import ruled
from parsers.documents.printed.scan import MEGABYTES, answer
from parsers.documents.printed.scan_cells import Ink, OutOfTimeError, Recogniser, fill, outermost, running_text
from parsers.documents.printed.scan_paper import Grey, pages, prepared, rulings
from parsers.model import Problem, UnreadableError

SHARE = 0.85  # of the time: then what was read until then is handed in


def main() -> None:
    """Reads what comes in, within as many seconds of processor time, and by the clock, as the two arguments say."""
    work, clock = float(sys.argv[1]), float(sys.argv[2])
    signal.setitimer(signal.ITIMER_PROF, work)  # both end the process, even when the one that asked is gone
    signal.setitimer(signal.ITIMER_REAL, clock)
    ends = time.monotonic() + SHARE * clock

    def is_late() -> bool:
        return time.process_time() > SHARE * work or time.monotonic() > ends

    data = sys.stdin.buffer.read()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = MEGABYTES << 20
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
    found = Pages()
    error = None
    try:
        _read(pages(data), found, is_late)
    except UnreadableError as refusal:
        error = refusal
    sys.stdout.buffer.write(answer(list(blocks(found)), found.problems, error))


def _read(pictures: Iterator[tuple[int, Grey, float]], found: Pages, is_late: Callable[[], bool]) -> None:
    recogniser: Recogniser | None = None
    for number, grey, width in pictures:
        paper = prepared(number, grey, width)
        recogniser = recogniser or Recogniser(is_late)
        lines = rulings(paper)
        tables = outermost(ruled(number, lines.edges))
        ink = Ink(paper, lines, tables)
        try:
            fill(tables, paper, ink, recogniser)
            text = running_text(tables, paper, ink, recogniser)
        except OutOfTimeError:
            message = f"There was no time to recognise page {number} and what follows it."
            found.problems.append(Problem("pages_left_out", message, f"page {number}"))
            return
        found.tables += tables
        found.lines += text
        found.heights[number] = paper.grey.shape[0] * paper.scale


if __name__ == "__main__":
    main()
