"""Drops what only counts the columns or the rows of a table whose cells lost their marks: 1, 2, 3 … between figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Protocol

from parsers.documents.text.bare_sums import adds_up
from parsers.documents.text.label_pieces import Placed, form_header, plain_header

_FEWEST_NUMBERED = 8


class Run(Protocol):
    """Pieces of labels, and the values that follow them."""

    pieces: list[Placed]
    values: list[Placed]


def drop_counts(runs: Sequence[Run]) -> None:
    """Take the numbers of columns away that stand behind a header, and those of rows that stand before the labels, or
    as codes (01) behind them."""
    for side in (-1, 0):
        _drop_numbers_of_lines(runs, side)
    for place, run in enumerate(runs):
        header = form_header(run.pieces) if run.values else None
        columns = len(header[0].columns) if header else plain_header(run.pieces) if run.values else 0
        texts = [text for text, _, _ in run.values]
        if columns > 1 and texts[:columns] == _counting(columns) and len(texts) in (columns, 2 * columns):
            del run.values[:columns]
        elif header and texts[0] == "1" and len(texts) == columns + 1 and adds_up(header[0], run.values[1:]):
            del run.values[0]
        elif columns and len(texts) == 1 and texts[0].isdecimal():
            _drop_serials(run, runs[place + 1 :], columns)


def _drop_numbers_of_lines(runs: Sequence[Run], side: int) -> None:
    """Take the first number (`side` 0) or the last (-1) of each run away where they count the lines of a long list."""
    for counting in _countings(runs, side):
        if len(counting) >= _FEWEST_NUMBERED:
            for run in counting:
                del run.values[side]


def _countings(runs: Sequence[Run], side: int) -> Iterator[list[Run]]:
    """Yield the longest stretches of runs whose first or last numbers are one more each."""
    counting: list[Run] = []
    following = ""
    for run in runs:
        number = run.values[side][0] if run.values else ""
        if not number.isdecimal() or number.lstrip("0") != following:
            yield counting
            counting = []
        if number.isdecimal():
            counting.append(run)
            following = str(int(number) + 1)
    yield counting


def _drop_serials(head: Run, rows: Sequence[Run], columns: int) -> None:
    """Take the number of each next row off the end of its figures, if that makes every row fit to the last.

    A number that none of several rows goes on counting from is a figure. A row that fits as it is and ends with the
    next row's number lost a blank cell: then nothing tells the figures of the table's rows from their numbers, and each
    row's become one cell that is no number.
    """
    own = list(takewhile(lambda run: not _is_header(run), rows))
    numbered: list[Run] = []
    following = int(head.values[0][0]) + 1
    for run in rows:
        if len(run.values) != columns + 1 or run.values[-1][0] != str(following):
            break
        numbered.append(run)
        following += 1
    if not numbered and len(own) > 1:
        return
    last = rows[len(numbered)] if len(numbered) < len(rows) else None
    if last is None or len(last.values) != columns or last.values[-1][0] == str(following):
        for run in filter(lambda run: run.values, own):
            text = " ".join(text for text, _, _ in (*head.values, *run.values))
            run.values[:] = [(text, run.values[0][1], run.values[-1][2])]
        return
    head.values.clear()
    for run in numbered:
        run.values.pop()


def _is_header(run: Run) -> bool:
    return form_header(run.pieces) is not None or plain_header(run.pieces) > 0


def _counting(last: int) -> list[str]:
    return [str(number) for number in range(1, last + 1)]
