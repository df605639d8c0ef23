"""Finds tables whose cells lost their marks: labels and values a line each, or values at the end of a label's line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parsers.documents.text.bare_counts import drop_counts
from parsers.documents.text.bare_sums import BareRow, borne_out
from parsers.documents.text.label_pieces import (
    Placed,
    columns_run_together,
    form_header,
    in_part,
    is_known,
    is_piece,
    is_scrap,
    plain_header,
    row_label,
    whole_labels,
)
from parsers.documents.text.paper import PAGE_NUMBER
from parsers.sections import heading
from parsers.tables import labels

_UNIT = "(?:件|项|条|元|万元|万|人次|次|个|人|宗|篇|份|场)"
_VALUE = rf"(?:[+\-增减]?\d[\d,]*(?:\.\d+)?{_UNIT}?|[-—–/]{{1,2}}|无|不涉及)"
_VALUES_ALONE = re.compile(rf"{_VALUE}(?:\s+{_VALUE})*")
_VALUES_BEHIND = re.compile(rf"(?P<label>\S.*?)(?P<values>(?:\s+{_VALUE})+)")
_VALUES_GLUED = re.compile(rf"(?P<label>\S.*?[\u4e00-\u9fff)”\"])(?P<values>\d[\d,]*(?:\.\d+)?(?:\s+{_VALUE})*)")
_VALUE_OF_LIST = re.compile(rf"(?P<label>\S.*?\S)\s*[:\s]\s*(?P<values>\d[\d,]*(?:\.\d+)?\s*{_UNIT}?)[;。,]?")
_ENUMERATED = re.compile(r"(?:[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+[、.．])")
_NOTE = re.compile(r"\(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和\)")
_FEWEST_HEADING, _MOST_HALVES = 8, 3
_LONGEST_LABEL = 50
_LONGEST_ROW = 120


@dataclass
class _Run:
    """Pieces of labels, and the values that follow them; the last `own` pieces stand on the line of the values."""

    pieces: list[Placed] = field(default_factory=list)
    values: list[Placed] = field(default_factory=list)
    own: int = 0

    def parted(self) -> tuple[list[Placed], list[Placed]]:
        """Return the pieces that may belong to the label above, and those on the line of the values."""
        free = len(self.pieces) - self.own
        return self.pieces[:free], self.pieces[free:]


@dataclass
class _Part:
    """The rows below a header, `of_form` if that is a form's header of several rows.

    Where figures stand right behind it (`shifted`), they stand before their labels, all or some, and none is given to a
    row. So they may where the last label of a form's table has none (`is_open`), but on a line with a label.
    """

    of_form: bool = False
    shifted: bool = False
    is_open: bool = False
    rows: list[BareRow] = field(default_factory=list)

    def told(self) -> list[BareRow]:
        """Return the rows, figures that may be another row's apart from their labels."""
        if not self.shifted and not (self.of_form and self.is_open):
            return self.rows
        found: list[BareRow] = []
        for row in self.rows:
            if row.on_line and not self.shifted:
                found.append(row)
                continue
            figures = len(row.cells) - row.values
            found += [BareRow(row.cells[:figures], heads=row.heads), BareRow(row.cells[figures:])]
        return found


@dataclass
class _Region:
    """Lines that belong to one table; `first` and `last` count in the list of lines.

    `is_open` says that a row's label follows on the last line, which has no figures.
    """

    first: int
    last: int
    is_open: bool


def bare_tables(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str] | list[list[Placed]]]:
    """Yield running lines as they are, and in place of the lines of a table its rows of cells.

    A table is taken for one where its labels are those of an official form. Labels broken over lines are joined by
    the form's words, also where the values stand between the pieces.
    """
    plain = [" ".join(unicodedata.normalize("NFKC", text).split()) for _, text in lines]
    regions = [
        (region, _rows(_runs(lines[region.first : region.last + 1]), region.is_open)) for region in _regions(plain)
    ]
    borne_out([row for _, rows in regions for row in rows])
    begin = 0
    for region, rows in regions:
        cells = [row.cells for row in rows if row.cells]
        if not _is_of_a_form(cells):
            continue
        yield from lines[begin : region.first]
        yield cells
        begin = region.last + 1
    yield from lines[begin:]


def _regions(plain: Sequence[str]) -> Iterator[_Region]:
    """Yield the longest stretches of short lines without sentence or section heading that hold several values."""
    start = 0
    for index in range(len(plain) + 1):
        if index < len(plain) and _may_be_cell(plain[index]):
            continue
        holding = [place for place in range(start, index) if _holds_values(plain[place])]
        if holding:
            last = _last_line(plain, holding[-1], index)
            yield _Region(start, last, is_open=last + 1 < index and labels.is_row(plain[last + 1]))
        start = index + 1


def _may_be_cell(text: str) -> bool:
    if _holds_values(text):
        return True
    if len(text) > _LONGEST_LABEL:
        text = _NOTE.sub("", text)
    return len(text) <= _LONGEST_LABEL and not re.search("[。；!?]|[:;]$", text) and heading(text) is None


def _holds_values(text: str) -> bool:
    return len(text) <= _LONGEST_ROW and bool(_VALUES_ALONE.fullmatch(text) or _behind(text))


def _behind(text: str) -> re.Match[str] | None:
    """Return the label of a line and the values behind it; the first may be glued to the label of a form's row."""
    glued = _VALUES_GLUED.fullmatch(text)
    if (
        glued is not None
        and labels.rows().path(glued["label"])[-1:]
        and labels.is_row(labels.rows().path(glued["label"])[-1])
    ):
        return glued
    listed = _VALUE_OF_LIST.fullmatch(text)
    if listed is not None and labels.is_row(listed["label"]):
        return listed
    return _VALUES_BEHIND.fullmatch(text)


def _last_line(plain: Sequence[str], last: int, end: int) -> int:
    """Return the last line of a table: the last one with values, and what is left of a label behind it."""
    while last + 1 < end and plain[last + 1] and not _ENUMERATED.match(plain[last + 1]) and is_piece(plain[last + 1]):
        last += 1
    return last


def _runs(lines: Sequence[tuple[int, str]]) -> list[_Run]:
    """Return the labels and values of a table in their order; values that follow each other make one run."""
    runs = [_Run()]
    for number, text in lines:
        printed = text.strip()
        plain = unicodedata.normalize("NFKC", printed)
        if not plain or PAGE_NUMBER.fullmatch(plain):
            continue
        if len(printed) != len(plain):
            printed = plain
        behind = None if _VALUES_ALONE.fullmatch(plain) else _behind(plain)
        length = 0 if _VALUES_ALONE.fullmatch(plain) else behind.end("label") if behind else len(plain)
        said, values = printed[:length], printed[length:].split()
        if behind:
            values = printed[behind.start("values") : behind.end("values")].split()
        if said and not (runs[-1].values and labels.is_unit(said)):  # 01 / 件 / 106: a code, the unit, a figure
            if runs[-1].values or (runs[-1].pieces and labels.article(said)):
                runs.append(_Run())
            pieces = [(piece, number, number) for piece in _pieces(said)]
            runs[-1].pieces += pieces
            runs[-1].own = len(pieces) if values else 0
        runs[-1].values += [(value, number, number) for value in values]
    return runs


def _pieces(said: str) -> list[str]:
    """Return the labels on a line, or the pieces of labels that white space parts; columns set too close are parted."""
    if labels.article(said):
        return [said]
    return [part for piece in said.split() for part in columns_run_together(piece) or (piece,)]


def _rows(runs: Sequence[_Run], is_open: bool) -> list[BareRow]:
    """Return the rows of tables, figures that may stand before their labels on rows of their own.

    `is_open` says that the label of a row without figures follows.
    """
    drop_counts(runs)
    parts = [_Part()]
    for index, run in enumerate(runs):
        below = runs[index + 1] if index + 1 < len(runs) else _Run()
        following, theirs = below.parted()
        headed = plain_header(run.pieces) > 0
        begins = headed or any(labels.article(text) for text, _, _ in run.pieces)
        header = form_header(run.pieces)
        above: list[BareRow] = []
        beside: list[Placed] = []
        label: list[Placed] = []
        if header is None:
            label = _row_label_below_header(run, following) or _row_label(run, following, theirs)
            header = form_header(run.pieces)
        below.pieces = [*following, *theirs]
        if header is not None:
            above = [BareRow(row, heads=header[0]) for row in header[1]]
            begins, headed = True, len(header[0].rows) > 1 and not label
        else:
            beside, pieces = _groups_beside(run.pieces)
            if not in_part(pieces):
                above = [BareRow(row) for row in _header_rows(pieces)]
        if begins:
            parts.append(_Part(of_form=header is not None, shifted=headed and bool(run.values)))
        row = BareRow([*beside, *label, *run.values], values=len(run.values), on_line=run.own > 0)
        parts[-1].rows += [*above, row]
    parts[-1].is_open = is_open
    return [row for part in parts for row in part.told()]


def _row_label_below_header(run: _Run, following: list[Placed]) -> list[Placed]:
    """Take the label of values that stand between its halves, the upper one right below a whole header, off a run."""
    if not run.values or run.own or len(run.pieces) < _FEWEST_HEADING:
        return []
    for count in range(1, _MOST_HALVES + 1):
        upper = run.pieces[-count:]
        if form_header(run.pieces[:-count]) and (label := row_label(upper, following, 0)):
            del run.pieces[-count:]
            return [label]
    return []


def _row_label(run: _Run, following: list[Placed], theirs: Sequence[Placed]) -> list[Placed]:
    """Take the label of a run's values off its pieces: the words of a form's row, else the piece before the values.

    A piece that goes on in `theirs`, on the line of the next values, is the label of those.
    """
    if not run.values or _is_header_end(run.pieces):
        return []
    if _is_header_end(run.pieces[:-1]) and labels.wording(run.pieces[-1][0]) in labels.columns().children:
        return [run.pieces.pop()]  # a remedy, whose results were named above
    label = row_label(run.pieces, following, run.own)
    if label:
        return [label]
    goes_on = not run.own and row_label(run.pieces[-1:], list(theirs), 0) is not None
    return [run.pieces.pop()] if run.pieces and not goes_on else []


def _is_header_end(pieces: Sequence[Placed]) -> bool:
    """Return whether the last piece, though also a row's words (总计, 其他), ends a header of columns alone."""
    texts = [text for text, _, _ in pieces[-4:]]
    return len(texts) == 4 and all(
        labels.wording(text) in labels.columns().leaves and not _ENUMERATED.match(text) for text in texts
    )


def _groups_beside(pieces: list[Placed]) -> tuple[list[Placed], list[Placed]]:
    """Return the row groups (三、本年度办理结果) that end a list of pieces, and the pieces before them; no scraps."""
    whole = [piece for piece in whole_labels(pieces) if not is_scrap(piece[0])]
    start = len(whole)
    while start and labels.wording(whole[start - 1][0]) in labels.rows().children:
        start -= 1
    return whole[start:], whole[:start]


def _header_rows(pieces: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Yield header rows: a label that stands under a group of the row so far begins the next row."""
    row: list[Placed] = []
    inner: set[str] = set()
    for piece in pieces:
        said = labels.wording(piece[0])
        alone = labels.article(piece[0]) is not None
        if row and (alone or said in inner or said in labels.STUBS):
            yield row
            row, inner = [], set()
        if alone:
            yield [piece]
            continue
        row.append(piece)
        inner |= labels.columns().children.get(said, frozenset())
    if row:
        yield row


def _is_of_a_form(rows: Sequence[Sequence[Placed]]) -> bool:
    """Return whether two rows, or four columns, of a form are named."""
    if sum(any(labels.is_row(text) for text, _, _ in row) for row in rows) > 1:
        return True
    return sum(is_known(text) for row in rows for text, _, _ in row) > 3
