"""OFD documents (GB/T 33190-2016), the national format of printed pages: put together like those of PDF.

A page is a part of XML in a zip, measured in millimetres from its upper left corner. Objects lie in boundaries, with
a matrix each from their own coordinates to those of the boundary: text with the place of its first character and the
steps to the others, and paths as lists of letters and numbers. Seals, notes and attachments are not read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from lxml import etree

from parsers.documents.package import Package
from parsers.documents.printed.bounds import Amount, BeyondError, count
from parsers.documents.printed.pages import (
    FEWEST_CHARACTERS,
    UNMAPPED,
    Pages,
    blocks,
    first,
    leave_out,
    take,
    unread_pictures,
)
from parsers.documents.printed.rulings import Bounds, Char, Drawn, rulings
from parsers.documents.titles import opening_titles
from parsers.model import Document, Paragraph, Problem, UnreadableError

ROOT = "OFD.xml"
POINTS = 72 / 25.4  # in a millimetre
A4 = (0.0, 0.0, 210.0, 297.0)
_ASCENT = 0.88  # of the type size, above the line on which characters stand
_FARTHEST = 1_000_000.0
_BLACK, _WHITE = (0,), (1,)
_COMMAND = re.compile(r"([A-Za-z])|(-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
# How many numbers follow each letter of a path; the last two are where it leads.
_NUMBERS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0, "Z": 0}
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd]")
_LATIN = re.compile("[\x00-\u024f]")

_Point = tuple[float, float]


def read(data: bytes) -> Document:
    """An OFD as paragraphs and tables.

    Raises `UnreadableError` (damaged, encrypted, bomb) where the file, or a page of it, cannot be opened.
    """
    package = Package(data)
    body = package.xml(ROOT).find("{*}DocBody")
    start = body.findtext("{*}DocRoot") if body is not None else None
    if body is None or not start:
        raise UnreadableError("damaged", f"Its part {ROOT} names no document.")
    place = _beside(ROOT, start)
    document = package.xml(place)
    templates = {
        template.get("ID", ""): _beside(place, template.get("BaseLoc", ""))
        for template in document.iterfind("{*}CommonData/{*}TemplatePage")
    }
    size = _box(document.findtext("{*}CommonData/{*}PageArea/{*}PhysicalBox")) or A4
    listed = document.findall("{*}Pages/{*}Page")
    pages = Pages()
    drawn = Amount()
    for number, page in enumerate(first(pages, listed), 1):
        content = package.xml(_beside(place, page.get("BaseLoc", "")))
        own = _box(content.findtext("{*}Area/{*}PhysicalBox")) or size
        below = (templates.get(each.get("TemplateID", "")) for each in content.iterfind("{*}Template"))
        layers = [*(package.xml(part) for part in below if part), content]
        try:
            _count(layers, drawn)
        except BeyondError as beyond:
            if leave_out(pages, beyond, number, len(listed)):
                break
        else:
            _take(pages, number, own, layers)
    stated = (body.findtext("{*}DocInfo/{*}Title") or "").strip()
    title = (stated,) if stated else ()
    if pages.characters - pages.unmapped < FEWEST_CHARACTERS and not pages.problems:
        message = (
            "The pages are pictures, or do not tell their characters; print the file as PDF to have it recognised."
        )
        return Document("ofd", (), title, problems=(Problem("needs_ocr", message),))
    read_blocks = tuple(blocks(pages))
    titles = opening_titles(block.text for block in read_blocks if isinstance(block, Paragraph))
    problems = (*pages.problems, *unread_pictures(pages))
    return Document("ofd", read_blocks, tuple(dict.fromkeys((*titles, *title))), problems=problems)


def _beside(part: str, place: str) -> str:
    """The part that another one names: seen from that one's folder, or with a slash from the root."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), place.strip())).lstrip("/")


def _count(layers: Sequence[etree._Element], drawn: Amount) -> None:
    """Add what the layers of a page draw to what the document does; raises BeyondError where that is too much."""
    codes = [code.text or "" for layer in layers for code in layer.iter("{*}TextCode")]
    paths = [path.text or "" for layer in layers for path in layer.iter("{*}AbbreviatedData")]
    page = Amount()
    amounts = {"characters": sum(map(len, codes)), "paths": len(paths), "commands": sum(map(len, paths))}
    for what, more in amounts.items():
        count(page, drawn, what, more)


# --- a page ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Space:
    """The coordinates of an object: `to_page` gives a point of it in points from the page's upper left corner."""

    matrix: tuple[float, float, float, float, float, float]
    x: float
    y: float

    @classmethod
    def of(cls, thing: etree._Element, page: Bounds) -> _Space:
        """Those of an object on a page of that box."""
        matrix = _numbers(thing.get("CTM"))
        whole = tuple(matrix) if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        boundary = _box(thing.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
        return cls(whole, boundary[0] - page[0], boundary[1] - page[1])  # type: ignore[arg-type]

    def to_page(self, x: float, y: float) -> _Point:
        """A point of the object as one of the page."""
        a, b, c, d, e, f = self.matrix
        return (a * x + c * y + e + self.x) * POINTS, (b * x + d * y + f + self.y) * POINTS

    @property
    def across(self) -> float:
        """How many points a unit along a line of text is."""
        return hypot(*self.matrix[:2]) * POINTS

    @property
    def down(self) -> float:
        """How many points a unit from line to line is."""
        return hypot(*self.matrix[2:4]) * POINTS


def _take(pages: Pages, number: int, page: Bounds, layers: Sequence[etree._Element]) -> None:
    chars: list[Char] = []
    drawn = Drawn()
    area = max((page[2] - page[0]) * (page[3] - page[1]), 1.0)
    share = 0.0
    for layer in layers:
        for thing in layer.iter("{*}TextObject", "{*}PathObject", "{*}ImageObject"):
            if thing.get("Visible", "").lower() == "false" or thing.get("Alpha") == "0":
                continue
            kind = etree.QName(thing).localname
            if kind == "TextObject":
                chars.extend(_chars(thing, page))
            elif kind == "PathObject":
                _draw(thing, page, drawn)
            elif box := _box(thing.get("Boundary")):
                share = max(share, (box[2] - box[0]) * (box[3] - box[1]) / area)
    pages.pictures[number] = min(share, 1.0)
    take(pages, number, (page[3] - page[1]) * POINTS, _once(chars), rulings(drawn))


def _chars(thing: etree._Element, page: Bounds) -> Iterator[Char]:
    """The characters of a piece of text, where and how wide they are printed."""
    space = _Space.of(thing, page)
    size = _number(thing.get("Size"), 0.0)
    stretch = _number(thing.get("HScale"), 1.0)
    boundary = _box(thing.get("Boundary"))
    codes = thing.findall("{*}TextCode")
    alone = boundary is not None and sum(len(code.text or "") for code in codes) == 1
    x = y = 0.0
    for code in codes:
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        text = code.text or ""
        right = _steps(code.get("DeltaX"), len(text) - 1)
        below = _steps(code.get("DeltaY"), len(text) - 1)
        for at, character in enumerate(text):
            em = size * stretch * (0.5 if _LATIN.match(character) else 1.0)
            step = right[at] if at < len(right) else 0.0 if below else em
            width = min(em, step) * space.across if step > 0 else em * space.across
            if alone and boundary is not None:
                # Where each character is an object, its boundary is as wide as it is printed.
                width = min((boundary[2] - boundary[0]) * POINTS, size * space.across) or width
            yield _char(character, space.to_page(x, y), width, size * space.down, space.matrix)
            x, y = x + step, y + (below[at] if at < len(below) else 0.0)


def _char(character: str, at: _Point, width: float, size: float, matrix: tuple[float, ...]) -> Char:
    x, line = at
    top, bottom = line - _ASCENT * size, line + (1 - _ASCENT) * size
    text = f"{UNMAPPED}{ord(character)})" if _PRIVATE.match(character) else character
    bounds = {"x0": x, "x1": x + width, "top": top, "bottom": bottom, "doctop": top}
    return {"text": text, "size": size, "upright": True, "matrix": matrix, "width": width, "height": size, **bounds}


def _once(chars: Sequence[Char]) -> list[Char]:
    """The characters without those printed twice at one place, which look bold."""
    seen = {(char["text"], round(char["x0"]), round(char["top"])): char for char in reversed(chars)}
    return [char for char in chars if seen[char["text"], round(char["x0"]), round(char["top"])] is char]


def _draw(thing: etree._Element, page: Bounds, drawn: Drawn) -> None:
    """Take in what a path draws, as lines, rectangles and other shapes."""
    space = _Space.of(thing, page)
    stroke = thing.get("Stroke", "true").lower() == "true" and thing.get("LineWidth") != "0"
    fill = thing.get("Fill", "false").lower() == "true"
    paint = {
        "stroke": stroke,
        "fill": fill,
        "stroking_color": _colour(thing.find("{*}StrokeColor")),
        "non_stroking_color": _colour(thing.find("{*}FillColor")),
    }
    for path in _paths(thing.findtext("{*}AbbreviatedData") or ""):
        points = [space.to_page(*point) for point in path]
        shape = {**_extent(points), **paint, "pts": points}
        if len(points) == 2 and stroke:
            drawn.lines.append(shape)
        elif len(points) > 2 and _is_rectangle(points):
            drawn.rects.append(shape)
        elif len(points) > 2:
            drawn.curves.append(shape)


def _paths(data: str) -> Iterator[list[_Point]]:
    """The points of each piece of a path that consists of straight lines; a curve ends one piece and begins another."""
    tokens = [((found[1] or "").upper(), found[2]) for found in _COMMAND.finditer(data)]
    path: list[_Point] = []
    at = 0
    while at < len(tokens):
        letter = tokens[at][0]
        wanted = _NUMBERS.get(letter, 0)
        given = [_bounded(number) for name, number in tokens[at + 1 : at + 1 + wanted] if not name]
        at += 1 + (wanted if len(given) == wanted else 0)
        if letter in ("C", "Z") and path:
            path.append(path[0])
        if letter != "L" and path:
            yield path
            path = path[-1:] if letter in ("C", "Z") else []
        if wanted and len(given) == wanted:
            path.append((given[-2], given[-1]))
    if path:
        yield path


def _is_rectangle(points: Sequence[_Point]) -> bool:
    corners = points[:-1] if points[0] == points[-1] else points
    xs, ys = {round(x, 1) for x, _ in corners}, {round(y, 1) for _, y in corners}
    return len(corners) == 4 and len(xs) <= 2 and len(ys) <= 2


def _extent(points: Sequence[_Point]) -> Mapping[str, Any]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    bounds = {"x0": min(xs), "x1": max(xs), "top": min(ys), "bottom": max(ys)}
    return {**bounds, "width": max(xs) - min(xs), "height": max(ys) - min(ys)}


# --- values ---------------------------------------------------------------------------------------------------------


def _colour(told: etree._Element | None) -> tuple[int, ...]:
    """White, which no line of a table is drawn in, or anything else."""
    if told is None:
        return _BLACK
    parts = _numbers(told.get("Value"))
    unseen = told.get("Alpha") == "0" or (len(parts) == 3 and min(parts) >= 255)
    return _WHITE if unseen else _BLACK


def _steps(told: str | None, most: int) -> list[float]:
    """The steps between characters: numbers, of which "g 3 5.2" is 5.2 three times; never more than `most`."""
    parts = (told or "").split()
    steps: list[float] = []
    at = 0
    while at < len(parts) and len(steps) < most:
        if parts[at].lower() == "g" and at + 2 < len(parts):
            times = int(_number(parts[at + 1], 0.0))
            steps += [_number(parts[at + 2], 0.0)] * min(max(times, 0), most - len(steps))
            at += 3
        else:
            steps.append(_number(parts[at], 0.0))
            at += 1
    return steps


def _box(told: str | None) -> Bounds | None:
    """A box that is told as its corner, its width and its height; None for anything else."""
    parts = _numbers(told)
    return (parts[0], parts[1], parts[0] + parts[2], parts[1] + parts[3]) if len(parts) == 4 else None


def _numbers(told: str | None) -> list[float]:
    return [_bounded(found[2]) for found in _COMMAND.finditer(told or "") if found[2]]


def _bounded(told: str) -> float:
    """A number of millimetres, or of what a matrix makes them of: no page is a kilometre wide."""
    return max(-_FARTHEST, min(_FARTHEST, float(told)))


def _number(told: str | None, otherwise: float) -> float:
    parts = _numbers(told)
    return parts[0] if len(parts) == 1 else otherwise
