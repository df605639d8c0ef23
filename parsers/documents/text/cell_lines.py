"""Marks the rows of tables printed a cell a line: a lone tab between cells, a bar behind or before them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from parsers.sections import heading
from parsers.tables import labels, numbers

Numbered = tuple[int, str]
"""A line: its number, counted from 1, and what stands on it."""

_FEWEST = 8
_BAR_BEFORE = re.compile(r"\s*\|[^|]*$")
_ROW_BEGINS = re.compile(r"^[^|\n]*[^|\s][^|\n]*\n\|[ \t]*[^|\s]", re.MULTILINE)
_MOST_LINES = 3  # of the cell that begins a row


def with_rows_marked(lines: Sequence[str], text: str) -> list[Numbered]:
    """Return the lines numbered, those of such tables with a tab before each cell and an empty line before each row.

    A browser copies cells of paragraphs with a tab on a line between them, and no mark between rows. Some converters
    put a bar behind each cell, and as many as the row is short of the widest on a line behind its last; others a bar
    before each cell but a row's first, and a lone one behind the row. `text` is what the lines are of.
    """
    if "\t" in text and not any("\t" in line and line.strip() for line in lines):
        if sum("\t" in line for line in lines) >= _FEWEST:
            return [*_between_tabs(lines)]
    elif "\n| " in text and sum(1 for _ in islice(_ROW_BEGINS.finditer(text), _FEWEST)) == _FEWEST:
        return [*_behind_bars(lines)]
    elif text.count("\n||") > 1:
        return [*_before_bars(lines)]
    return [*enumerate(lines, 1)]


def _between_tabs(lines: Sequence[str]) -> Iterator[Numbered]:
    """Yield lines of which lone tabs part the cells; two cells with none between stand in two rows.

    So do the lines of one cell, which are told by the form's words; a row's label behind figures begins the next row.
    """
    filled = [(number, line) for number, line in enumerate(lines, 1) if line.strip() or "\t" in line]
    above, tabs, has_figures = "", 0, False
    for rank, (number, line) in enumerate(filled):
        text = line.strip()
        if not text:
            if tabs:
                yield number, "\t"
            tabs += 1
            continue
        ends = rank + 1 == len(filled) or bool(filled[rank + 1][1].strip())
        goes_on = tabs == 0 and labels.is_label(above + text) and not labels.is_label(text)
        if tabs and has_figures and labels.is_row(text):
            yield number, "\t"  # the blank cell that ends the row above
            tabs = 0
        if tabs == 0 and not goes_on:
            yield number, ""
            has_figures = False
        yield number, text if goes_on or (tabs == 0 and ends) else f"\t{text}"
        has_figures |= tabs > 0 and numbers.read(text).value is not None
        above, tabs = (above + text if goes_on else text), 0


def _behind_bars(lines: Sequence[str]) -> Iterator[Numbered]:
    """Yield lines of which bars open the cells but the first of each row; a lone bar closes the row, or opens a blank.

    The lines of one cell that follow its first have no mark.
    """
    lone: list[int] = []  # lone bars behind the cell read last: all but the one that closes the row are blank cells
    in_row = False
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if in_row and _BAR_BEFORE.match(line):
            if text == "|":
                lone.append(number)
                continue
            yield from ((bar, "\t") for bar in lone)
            lone = []
            yield number, f"\t{text[1:].strip()}"
        elif in_row and text and not lone:
            yield number, text
        else:
            yield from ((bar, "\t") for bar in lone[:-1])
            lone = []
            in_row = bool(text) and _begins_row(text, lines[number : number + _MOST_LINES])
            yield from ((number, ""), (number, f"\t{text}")) if in_row else ((number, line),)
    yield from ((bar, "\t") for bar in lone[:-1])


def _begins_row(text: str, following: Sequence[str]) -> bool:
    """Return whether lines behind a text go on with a row's first cell, if that is no heading, and then with a bar."""
    bar = next((rank for rank, line in enumerate(following) if _BAR_BEFORE.match(line)), None)
    return bar == 0 or (bar is not None and not heading(text) and all(line.strip() for line in following[:bar]))


def _before_bars(lines: Sequence[str]) -> Iterator[Numbered]:
    """Yield lines of which bars close the cells, where every row is as wide as the first."""
    numbered = list(enumerate(lines, 1))
    for barred, group in groupby(numbered, key=lambda line: not line[1].strip() or _closes(line[1])):
        stretch = list(group)
        rows = _rows([line for line in stretch if line[1].strip()]) if barred else None
        if rows is None:
            yield from stretch
            continue
        for row in rows:
            yield row[0][0], ""
            yield from ((number, f"\t{text}") for number, text in row)


def _closes(line: str) -> bool:
    text, bars = _closed(line)
    return bars > 0 and "|" not in text


def _closed(line: str) -> tuple[str, int]:
    """Return a line without the bars at its end, and how many they are."""
    whole = line.rstrip()
    text = whole.rstrip("|")
    return text.rstrip(), len(whole) - len(text)


def _rows(lines: Sequence[Numbered]) -> list[list[Numbered]] | None:
    """Return the rows of cells that bars close, without what only fills them up; None where they are of no one width.

    A lone bar is a blank cell, or opens each row where it opens the first.
    """
    cells = [(number, *_closed(line)) for number, line in lines]
    opens = bool(cells) and cells[0][1:] == ("", 1)
    first = next((rank for rank, (_, text, bars) in enumerate(cells) if bars > 1 and not text), 0)
    if len(cells) < _FEWEST or not first:
        return None
    width = first - opens + cells[first][2]
    rows: list[list[Numbered]] = []
    values: Counter[int] = Counter()
    at = width
    for number, text, bars in cells:
        if at == width:
            rows.append([])
            at = 0
            if opens:
                if (text, bars) != ("", 1):
                    return None
                continue
        at += bars
        if at > width or (bars > 1 and (text or at < width)):
            return None
        if bars == 1:
            rows[-1].append((number, text))
        elif rows[-1] and labels.is_row(rows[-1][0][1]):
            values[len(rows[-1]) - 1] += 1
    if at < width:
        return None
    usual = next((count for count, _ in values.most_common(1)), 0)
    return [_unfilled(row, width, usual) for row in rows if row]


def _unfilled(row: list[Numbered], width: int, values: int) -> list[Numbered]:
    """Return a row without the one blank cell that fills it up behind labels and as many cells as other rows have."""
    named = next((rank for rank, (_, text) in enumerate(row) if not text or numbers.read(text).kind != "text"), 0)
    fills = len(row) == width == named + values + 1 and named and not row[-1][1]
    return row[:-1] if fills else row
