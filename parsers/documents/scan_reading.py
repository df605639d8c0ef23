"""The process that recognises one document: bytes on standard input, its blocks as JSON on standard output."""

from __future__ import annotations

import resource
import signal
import sys
import time
from collections.abc import Iterator

from parsers.documents.pages import Pages, blocks
from parsers.documents.pdf_rulings import ruled
from parsers.documents.scan import MEGABYTES, answer
from parsers.documents.scan_cells import Ink, OutOfTimeError, Recogniser, fill, outermost, running_text
from parsers.documents.scan_paper import Grey, pages, prepared, rulings
from parsers.model import Problem, UnreadableError

SHARE = 0.85  # of the time: then what was read until then is handed in


def main() -> None:
    """Reads what comes in, within as many seconds as the one argument says."""
    seconds = float(sys.argv[1])
    signal.setitimer(signal.ITIMER_REAL, seconds)  # ends the process, even when the one that asked is gone
    deadline = time.monotonic() + SHARE * seconds
    data = sys.stdin.buffer.read()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = MEGABYTES << 20
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
    found = Pages()
    error = None
    try:
        _read(pages(data), found, deadline)
    except UnreadableError as refusal:
        error = refusal
    sys.stdout.buffer.write(answer(list(blocks(found)), found.problems, error))


def _read(pictures: Iterator[tuple[int, Grey, float]], found: Pages, deadline: float) -> None:
    recogniser: Recogniser | None = None
    for number, grey, width in pictures:
        paper = prepared(number, grey, width)
        recogniser = recogniser or Recogniser(deadline)
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
