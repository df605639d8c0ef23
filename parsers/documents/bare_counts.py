"""Drops what only counts the columns or the rows of a table whose cells lost their marks: 1, 2, 3 … between figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Protocol

from parsers.documents.bare_sums import adds_up
from parsers.documents.label_pieces import Placed, form_header, plain_header


class Run(Protocol):
    """Pieces of labels, and the values that follow them."""

    pieces: list[Placed]
    values: list[Placed]


def drop_counts(runs: Sequence[Run]) -> None:
    """Take the numbers of columns away that stand behind a header, and those of rows that stand before the labels."""
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


def _drop_serials(head: Run, rows: Sequence[Run], columns: int) -> None:
    """Take the number of each next row off the end of its figures, if that makes every row fit to the last.

    A row that fits as it is and ends with the next row's number lost a blank cell: then nothing tells the figures of
    the table's rows from their numbers, and each row's become one cell that is no number.
    """
    numbered: list[Run] = []
    following = int(head.values[0][0]) + 1
    for run in rows:
        if len(run.values) != columns + 1 or run.values[-1][0] != str(following):
            break
        numbered.append(run)
        following += 1
    last = rows[len(numbered)] if len(numbered) < len(rows) else None
    if last is None or len(last.values) != columns or last.values[-1][0] == str(following):
        for run in takewhile(lambda run: not _is_header(run), rows):
            if run.values:
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
