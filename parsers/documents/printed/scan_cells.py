"""What stands in the cells and between the tables of a page of pixels: ink, lines of text, and what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from parsers.documents.printed.rulings import Bounds, Box, PageTable
from parsers.documents.printed.running_text import Line
from parsers.documents.printed.scan_paper import Grey, Paper, Ruled

Area = tuple[int, int, int, int]  # left, top, right, bottom in pixels, the ends exclusive

UNREAD = "\ufffd"  # stands for ink that is no text to the recogniser: the cell is not blank
INK = (110, 190)  # grey levels between which ink and paper part
TYPE = (12, 70)  # pixels: how tall characters are
SPECK = 0.3  # of the type size: smaller marks are dots or dirt
FAINT = 12  # grey levels (or the paper's own unevenness): where it is darker than that something may be written
ASIDE = 6  # pixels: how far from its place in the grid a ruling line may run
BESIDE_LINE = 2  # pixels: ink so near to a ruling line may have lost a part to it
NARROW = 96  # pixels: as wide is what the recogniser is given at least; its own 320 take three times as long
DETECTED = 1280  # pixels: the longer side of the page in which running text is looked for
DOUBTED = 0.0  # the score of a text that was read in two ways
FIGURE = re.compile(r"[\s\d.,，/\-—+%oOlI|]+")


@dataclass(frozen=True, slots=True)
class Said:
    """What a recogniser makes of a line of text."""

    text: str
    score: float


class OutOfTimeError(Exception):
    """Raised where recognition would go on after its deadline."""


class Recogniser:
    """Reads pictures of single lines, and finds the lines of running text on a page, until it is late."""

    def __init__(self, is_late: Callable[[], bool]) -> None:
        from rapidocr import RapidOCR  # takes two seconds, and a picture must have been opened first

        self._is_late = is_late
        cv2.setNumThreads(1)
        settings = {
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # each document has a worker of its own
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Rec.rec_batch_num": 1,
        }
        self._engine = RapidOCR(params=settings | {"Rec.rec_img_shape": [3, 48, NARROW]})

    def read(self, pictures: Sequence[Grey]) -> list[Said]:
        """The text of each line."""
        said: list[Said] = []
        for picture in pictures:
            if self._is_late():
                raise OutOfTimeError
            found = self._engine.recognize_txt([cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)])
            said.append(Said(found.txts[0].strip(), float(found.scores[0])))
        return said

    def find(self, grey: Grey) -> list[Area]:
        """Where lines of text stand on a page."""
        factor = min(1.0, DETECTED / max(grey.shape))
        small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        found = self._engine(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), use_rec=False, use_cls=False).boxes
        if found is None:
            return []
        corners = np.asarray(found) / factor
        boxes = np.concatenate([np.floor(corners.min(axis=1)), np.ceil(corners.max(axis=1))], axis=1).astype(int)
        boxes = np.clip(boxes, 0, [*grey.shape[::-1], *grey.shape[::-1]])
        return [
            (left, top, right, bottom) for left, top, right, bottom in boxes.tolist() if left < right and top < bottom
        ]


class Ink:
    """The dark marks of a page apart from its ruling lines."""

    def __init__(self, paper: Paper, ruled: Ruled, tables: Sequence[PageTable]) -> None:
        lines = cv2.dilate(ruled.drawn, np.ones((3, 3), np.uint8)) & _sides(tables, paper)
        self.grey: Grey = np.where(lines > 0, 255, paper.grey).astype(np.uint8)
        self.soft = cv2.GaussianBlur(self.grey, (0, 0), 1.5)
        bright = self.soft[self.soft > INK[1]]
        spread = float(np.std(bright)) if bright.size else 0.0
        self.shade = self.soft < 255 - max(FAINT, 3 * spread)
        level, _ = cv2.threshold(self.grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        dark = (self.grey < min(max(level, INK[0]), INK[1])).astype(np.uint8)
        _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
        stats = stats[1:]
        left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
        width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
        whole = (stats[:, cv2.CC_STAT_AREA] >= 4) & (width < 8 * TYPE[1]) & (height < 3 * TYPE[1])
        marks = np.stack([left, top, left + width, top + height], axis=1)[whole]
        tall = (marks[:, 3] - marks[:, 1])[(height[whole] >= TYPE[0]) & (height[whole] <= TYPE[1])]
        self.size = float(np.percentile(tall, 80)) if len(tall) else 26.0  # a character with all its parts
        self.near_line = cv2.dilate(lines, np.ones((2 * BESIDE_LINE + 1,) * 2, np.uint8)) > 0
        self.marks: npt.NDArray[np.int32] = marks.astype(np.int32)

    def within(self, area: Area) -> npt.NDArray[np.int32]:
        """The marks whose middle is in an area."""
        x = (self.marks[:, 0] + self.marks[:, 2]) / 2
        y = (self.marks[:, 1] + self.marks[:, 3]) / 2
        return self.marks[(x >= area[0]) & (x < area[2]) & (y >= area[1]) & (y < area[3])]

    def lines(self, marks: npt.NDArray[np.int32]) -> list[Area]:
        """The lines of text that marks make, from top to bottom; specks belong to the line that they stand in."""
        large = [mark for mark in marks.tolist() if max(mark[2] - mark[0], mark[3] - mark[1]) >= SPECK * self.size]
        rows: list[list[int]] = []
        for mark in sorted(large, key=lambda mark: mark[1]):
            # What overlaps a line, or is no lower than its characters are tall, is a part of it.
            last = rows[-1] if rows else None
            if last and (mark[1] < last[3] - 0.2 * self.size or mark[3] - last[1] < 1.15 * self.size):
                rows[-1] = _around(last, mark)
            else:
                rows.append(mark)
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def is_blank(self, area: Area) -> bool:
        """Whether a cell holds nothing, not even a shadow of a character."""
        return not self.shade[area[1] : area[3], area[0] : area[2]].any()

    def whole(self, line: Area, cell: Area) -> Area:
        """A line of text with all that seems to be written in its cell beside it, however faint."""
        columns = np.nonzero(self.shade[line[1] : line[3], cell[0] : cell[2]].any(axis=0))[0]
        if not len(columns):
            return line
        return min(line[0], cell[0] + int(columns[0])), line[1], max(line[2], cell[0] + int(columns[-1]) + 1), line[3]

    def picture(self, line: Area, cell: Area) -> Grey:
        """A line of text with white around it, and with what is left over from its strokes above and below."""
        reach, pad = round(0.1 * self.size), max(2, round(0.08 * self.size))
        top, bottom = max(line[1] - reach, cell[1]), min(line[3] + reach, cell[3])
        cut = self.grey[min(top, line[1]) : max(bottom, line[3]), line[0] : line[2]]
        return np.asarray(cv2.copyMakeBorder(cut, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=255), dtype=np.uint8)

    def touches_line(self, area: Area) -> bool:
        """Whether ink of a line of text reaches to a ruling line, which may have hidden a part of it."""
        window = (slice(area[1], area[3]), slice(area[0], area[2]))
        return bool(np.any((self.grey[window] < INK[0]) & self.near_line[window]))


def _sides(tables: Sequence[PageTable], paper: Paper) -> Grey:
    """Where the grids of the tables have their lines: what is ruled elsewhere is a stroke of a character."""
    sides = np.zeros(paper.grey.shape, np.uint8)
    for table in tables:
        for box in table.boxes:
            x0, top, x1, bottom = _pixels(box.bounds, paper)
            cv2.rectangle(sides, (x0, top), (x1, bottom), 255, 2 * ASIDE + 1)
    return sides


def _around(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])]


def outermost(tables: Sequence[PageTable]) -> list[PageTable]:
    """The tables that stand in no other: what seems ruled inside a cell is the strokes of its text."""
    return [table for table in tables if not any(_stands_in(table, other) for other in tables if other is not table)]


def _stands_in(inner: PageTable, outer: PageTable) -> bool:
    x, y = (inner.bounds[0] + inner.bounds[2]) / 2, (inner.bounds[1] + inner.bounds[3]) / 2
    wider = outer.bounds[2] - outer.bounds[0] > inner.bounds[2] - inner.bounds[0]
    return wider and outer.bounds[0] <= x <= outer.bounds[2] and outer.bounds[1] <= y <= outer.bounds[3]


def fill(tables: Sequence[PageTable], paper: Paper, ink: Ink, recogniser: Recogniser) -> None:
    """Gives every cell what is written in it, and how sure that is.

    Figures are read twice, alone and three times side by side: alone a 7 may pass for a 1, in company it does not.
    """
    places: list[tuple[Box, Area]] = []
    for table in tables:
        for box in table.boxes:
            area = _pixels(box.bounds, paper)
            marks = ink.within(area)
            lines = ink.lines(marks)
            if lines:
                places += [(box, ink.whole(line, _inner(area))) for line in lines]
            elif len(marks) or not ink.is_blank(_inner(area)):
                box.text, box.score = UNREAD, DOUBTED
            else:
                box.score = 1.0
    pictures = [ink.picture(line, _inner(_pixels(box.bounds, paper))) for box, line in places]
    said = recogniser.read(pictures)
    again = [index for index, each in enumerate(said) if FIGURE.fullmatch(each.text)]
    threefold = recogniser.read([np.hstack([pictures[index]] * 3) for index in again])
    second = {index: _plain(each.text) for index, each in zip(again, threefold, strict=True)}
    for index, ((box, line), first) in enumerate(zip(places, said, strict=True)):
        agreed = index not in second or second[index] == 3 * _plain(first.text)
        score = first.score if first.text and agreed and not ink.touches_line(line) else DOUBTED
        text = first.text or UNREAD
        box.text = f"{box.text}\n{text}" if box.text else text
        box.score = score if box.score is None else min(box.score, score)


def _plain(text: str) -> str:
    """A figure without spaces; a nought among letters looks like one of them."""
    return re.sub(r"\s", "", text).replace("O", "0").replace("o", "0")


def running_text(tables: Sequence[PageTable], paper: Paper, ink: Ink, recogniser: Recogniser) -> list[Line]:
    """The lines of text outside of the tables, from top to bottom."""
    grey = ink.grey.copy()
    for table in tables:
        left, top, right, bottom = _pixels(table.bounds, paper)
        grey[max(top - 3, 0) : bottom + 3, max(left - 3, 0) : right + 3] = 255
    if int(grey.min()) > INK[0]:
        return []
    rows: list[list[Area]] = []
    for area in sorted(recogniser.find(grey), key=lambda area: area[1] + area[3]):
        middle = (area[1] + area[3]) / 2
        if rows and any(other[1] <= middle <= other[3] and area[1] <= (other[1] + other[3]) / 2 for other in rows[-1]):
            rows[-1].append(area)
        else:
            rows.append([area])
    parts = [sorted(row) for row in rows]
    said = iter(recogniser.read([grey[top:bottom, left:right] for row in parts for left, top, right, bottom in row]))
    lines = []
    for row in parts:
        text = " ".join(filter(None, (next(said).text for _ in row)))
        if text:
            x0, upper = row[0][0] * paper.scale, min(area[1] for area in row) * paper.scale
            x1, lower = row[-1][2] * paper.scale, max(area[3] for area in row) * paper.scale
            lines.append(Line(paper.number, text, (x0, upper, x1, lower), 0.75 * (lower - upper)))
    return lines


def _pixels(bounds: Bounds, paper: Paper) -> Area:
    left, top, right, bottom = (round(value / paper.scale) for value in bounds)
    return left, top, right, bottom


def _inner(area: Area) -> Area:
    return area[0] + 5, area[1] + 5, area[2] - 5, area[3] - 5
