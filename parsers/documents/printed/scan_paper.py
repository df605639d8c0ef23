"""Pages as pixels: pictures and PDF pages as even grey on white, set straight, with the lines that rule them."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from parsers.documents.printed.rulings import Edge, edge
from parsers.model import UnreadableError

Grey = npt.NDArray[np.uint8]

MOST_PIXELS = 60_000_000  # of a picture: A4 at 600 dpi has 35 million
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF")
PAGE_WIDTH = 595.0  # points: a picture counts as a page of that width
WIDTHS = (1300, 2600)  # pixels: narrower pages are enlarged, wider ones made smaller
WIDTH = 1700  # pixels that a page is given then: 200 to the inch on A4
SMALLEST = 20  # pixels: nothing can be read in a picture that is lower or narrower
LONGEST = 12_000  # pixels: a picture many pages long is made smaller all the same
STEEPEST = 0.07  # slope (4 degrees) by which a page may lie askew
LEVEL, UPRIGHT = 80, 24  # pixels: what is shorter rules nothing
STROKE = 40  # pixels: a longer one is no stroke of a character
CROSSING = 15  # pixels where a line is not seen, because another one crosses it
LONG = 150  # pixels: no stroke of a character, though a side of the table be missing at its end
SLANTING = 25  # the same for pages that are not straight yet, in half size
TABLE = (200, 60)  # pixels: lines that hang together in less than that width and height are strokes of characters
THICKEST = 14  # pixels across a line, with what it bends
MEETING = 9  # pixels that may lack between two long lines that meet
TOUCHING = 5  # pixels that may lack between a short line and those at its ends
CONTRAST = 25  # grey levels by which a line is darker than what lies beside it


_Line = tuple[float, float, float]  # where it stands, from where to where it reaches


@dataclass(frozen=True, slots=True)
class Paper:
    """A page, dark on white: `scale` is how many points a pixel is wide."""

    number: int
    grey: Grey
    scale: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """The lines of a page in points, and where they run in its pixels."""

    edges: list[Edge]
    drawn: Grey


def pages(data: bytes) -> Iterator[tuple[int, Grey, float]]:
    """The pages of a PDF or a picture: number, grey levels, width in points. Raises `UnreadableError` (damaged)."""
    yield from _rendered(data) if b"%PDF-" in data[:1024] else _pictured(data)


def _rendered(data: bytes) -> Iterator[tuple[int, Grey, float]]:
    try:
        document = pypdfium2.PdfDocument(data)
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            scale = min(WIDTH / width, LONGEST / height, math.sqrt(MOST_PIXELS / (width * height)))
            yield number + 1, page.render(scale=scale, grayscale=True).to_numpy().squeeze(), width
            page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("damaged", f"The PDF is damaged ({error}).") from error


def _pictured(data: bytes) -> Iterator[tuple[int, Grey, float]]:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # above twice of it nothing is decoded
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            for number in range(frames):
                picture.seek(number)
                if picture.width * picture.height > MOST_PIXELS:
                    raise Image.DecompressionBombError
                yield number + 1, _flat(picture), PAGE_WIDTH
    except Image.DecompressionBombError as error:
        message = f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels and was not read."
        raise UnreadableError("picture_too_large", message) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise UnreadableError("damaged", f"The picture is damaged ({type(error).__name__}: {error}).") from error


def _flat(picture: Image.Image) -> Grey:
    """A picture as grey levels, upright, what is transparent in it white."""
    upright = ImageOps.exif_transpose(picture)
    if "A" in upright.getbands() or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        white = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(white, upright)
    if upright.mode.startswith(("I", "F")):
        levels = np.asarray(upright, dtype=np.float32)
        return np.asarray(np.clip(levels / max(float(levels.max()), 1.0) * 255, 0, 255), dtype=np.uint8)
    return np.asarray(upright.convert("L"), dtype=np.uint8)


def prepared(number: int, grey: Grey, width: float) -> Paper:
    """A page in a size that can be read, its paper white and its lines level."""
    height, across = grey.shape
    if min(height, across) < SMALLEST:
        return Paper(number, np.full((SMALLEST, SMALLEST), 255, np.uint8), width / SMALLEST)
    factor = 1.0
    if not WIDTHS[0] <= across <= WIDTHS[1]:
        factor = WIDTH / across
    factor = min(factor, LONGEST / height, 4.0)
    if factor != 1.0:
        method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
        grey = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=method)
    grey = _straight(_even(grey))
    return Paper(number, grey, width / grey.shape[1])


def _even(grey: Grey) -> Grey:
    """The page with its paper white everywhere, whatever shadow or shade lies on it."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 4)
    paper = cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, cv2.max(paper, 64), scale=255), dtype=np.uint8)


def _straight(grey: Grey) -> Grey:
    """The page turned so that its long lines are level."""
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    numbers, parts = _lines(small, SLANTING)
    slopes: list[tuple[float, float]] = []
    for number, (_, begin, end) in parts.items():
        if end - begin < small.shape[1] / 8:
            continue
        window = numbers[:, int(begin) : int(end) + 1] == number
        y, x = np.nonzero(window)
        slopes.append((float(np.polyfit(x, y, 1)[0]), end - begin))
    if not slopes:
        return grey
    slopes.sort()
    half = sum(length for _, length in slopes) / 2
    slope = next(slope for index, (slope, _) in enumerate(slopes) if sum(n for _, n in slopes[: index + 1]) >= half)
    if not 0.0005 < abs(slope) < STEEPEST:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(math.atan(slope)), 1.0)
    turned = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(turned, dtype=np.uint8)


def rulings(paper: Paper) -> Ruled:
    """The level and upright lines of a page: those that meet, for a line by itself rules nothing."""
    soft = cv2.GaussianBlur(paper.grey, (3, 3), 0)
    level, level_parts = _lines(soft, LEVEL)
    upright, upright_parts = _lines(np.ascontiguousarray(soft.T), UPRIGHT)
    upright = upright.T
    both = cv2.dilate(((level > 0) | (upright > 0)).astype(np.uint8), np.ones((3, 3), np.uint8))
    _, groups, stats, _ = cv2.connectedComponentsWithStats(both)
    tables = (stats[:, cv2.CC_STAT_WIDTH] >= TABLE[0]) & (stats[:, cv2.CC_STAT_HEIGHT] >= TABLE[1])
    inside = tables[groups] & (groups > 0)
    level, upright = level * inside, upright * inside
    left_level, left_upright = set(np.unique(level).tolist()), set(np.unique(upright).tolist())
    levels = {number: line for number, line in level_parts.items() if number in left_level}
    uprights = {number: line for number, line in upright_parts.items() if number in left_upright}
    for _ in range(3):
        uprights = {number: line for number, line in uprights.items() if _rules(line, levels)}
        levels = {number: line for number, line in levels.items() if _rules(line, uprights)}
    drawn = np.isin(level, list(levels)) | np.isin(upright, list(uprights))
    found = [edge(*(paper.scale * value for value in (x0, y, x1, y))) for y, x0, x1 in levels.values()]
    found += [edge(*(paper.scale * value for value in (x, y0, x, y1))) for x, y0, y1 in uprights.values()]
    return Ruled([each for each in found if each is not None], drawn.astype(np.uint8) * 255)


def _rules(line: _Line, across: dict[int, _Line]) -> bool:
    """Whether lines of the other direction stand where it ends: at one end of a long line, at both of a short one."""
    at, begin, end = line
    met = [other for other, low, high in across.values() if low - MEETING <= at <= high + MEETING]
    if end - begin > LONG:
        return any(begin - MEETING <= other <= end + MEETING for other in met)
    return all(any(abs(other - point) <= TOUCHING for other in met) for point in (begin, end))


def _lines(soft: Grey, shortest: int) -> tuple[npt.NDArray[np.int32], dict[int, _Line]]:
    """The level lines of a picture: a map of their numbers, and each with its height, beginning and end."""
    shade = cv2.morphologyEx(soft, cv2.MORPH_BLACKHAT, np.ones((THICKEST + 1, 1), np.uint8))
    dark = (shade > CONTRAST).astype(np.uint8)
    dark = cv2.dilate(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8)), np.ones((3, 1), np.uint8))
    long = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, min(shortest, STROKE)), np.uint8))
    long = cv2.morphologyEx(long, cv2.MORPH_CLOSE, np.ones((1, CROSSING), np.uint8))
    count, numbers, stats, centres = cv2.connectedComponentsWithStats(long, connectivity=8)
    parts: dict[int, _Line] = {}
    for number in range(1, count):
        left, _, width, height, _ = (int(value) for value in stats[number])
        if width >= shortest and height <= THICKEST + width * STEEPEST:
            parts[number] = (float(centres[number][1]), float(left), float(left + width - 1))
    return numbers, parts
