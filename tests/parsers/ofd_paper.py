"""Writes small OFD files for tests: parts of XML in a zip, and the pages of a PDF as programs of offices write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

import pdfplumber

POINTS = 72 / 25.4
NAMESPACE = "http://www.ofdspec.org/2016"
Thing = dict[str, Any]


def part(inside: str, name: str = "Page") -> str:
    """A part of XML."""
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} xmlns:ofd="{NAMESPACE}">{inside}</ofd:{name}>'


def layer(inside: str, box: str = "0 0 210 297") -> str:
    """A page with one layer."""
    area = f"<ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>"
    return part(f"{area}<ofd:Content><ofd:Layer ID='2' Type='Body'>{inside}</ofd:Layer></ofd:Content>")


def bound(pages: Sequence[str], *, title: str = "", templates: Iterable[str] = (), root: str = "Doc_0/") -> bytes:
    """The pages as an OFD file; its document names them from the root where `root` begins with a slash."""
    folder = root.strip("/")
    named = root if root.startswith("/") else ""
    listed = "".join(f"<ofd:Page ID='{n}' BaseLoc='{named}Pages/Page_{n}/Content.xml'/>" for n in range(len(pages)))
    below = list(templates)
    templated = "".join(
        f"<ofd:TemplatePage ID='9{n}' BaseLoc='{named}Tpls/Tpl_{n}/Content.xml'/>" for n in range(len(below))
    )
    common = f"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{templated}"
    info = f"<ofd:DocInfo><ofd:Title>{escape(title)}</ofd:Title></ofd:DocInfo>"
    parts = {
        "OFD.xml": part(f"<ofd:DocBody>{info}<ofd:DocRoot>{root}Document.xml</ofd:DocRoot></ofd:DocBody>", "OFD"),
        f"{folder}/Document.xml": part(f"{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>", "Document"),
        **{f"{folder}/Pages/Page_{n}/Content.xml": page for n, page in enumerate(pages)},
        **{f"{folder}/Tpls/Tpl_{n}/Content.xml": page for n, page in enumerate(below)},
    }
    return zipped(parts)


def zipped(parts: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def line(text: str, x: float, y: float, size: float = 3.7, more: str = "") -> str:
    """A line of text that stands at a point, in millimetres, each character as wide as it is set."""
    steps = " ".join(f"{size if ord(character) > 0x7F else size / 2:.3f}" for character in text[:-1])
    boundary = f"{x:.3f} {y - size:.3f} {len(text) * size:.3f} {1.2 * size:.3f}"
    code = f"<ofd:TextCode X='0' Y='{size:.3f}' DeltaX='{steps}'>{escape(text)}</ofd:TextCode>"
    return f"<ofd:TextObject ID='7' Boundary='{boundary}' Font='3' Size='{size}' {more}>{code}</ofd:TextObject>"


def of_pdf(data: bytes, *, each: bool = False) -> bytes:
    """The pages of a PDF as an OFD: lines of text as objects with steps and the rules as lines; or as other programs
    do, `each` character as an object of its own under a matrix, and the rules as filled areas."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        pages = []
        for page in document.pages:
            box = f"0 0 {page.width / POINTS:.4f} {page.height / POINTS:.4f}"
            chars = page.dedupe_chars().chars
            text = map(_alone, chars) if each else map(_run, _runs(chars))
            rules = [_rule(thing, as_area=each) for thing in page.lines]
            areas = [_area(thing) for thing in page.rects]
            pages.append(layer("".join((*areas, *rules, *text)), box))
    return bound(pages)


def _runs(chars: Iterable[Thing]) -> Iterator[list[Thing]]:
    run: list[Thing] = []
    for char in chars:
        if run and (
            abs(char["bottom"] - run[-1]["bottom"]) > 0.1 or not 0 <= char["x0"] - run[-1]["x1"] < char["size"]
        ):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _run(chars: Sequence[Thing]) -> str:
    size = chars[0]["size"] / POINTS
    x, y = chars[0]["x0"] / POINTS, chars[0]["top"] / POINTS
    steps = [(b["x0"] - a["x0"]) / POINTS for a, b in pairwise(chars)]
    told = " ".join(f"{step:.4f}" for step in steps)
    if steps and max(steps) - min(steps) < 0.001:
        told = f"g {len(steps)} {steps[0]:.4f}"
    boundary = f"{x:.4f} {y:.4f} {(chars[-1]['x1'] - chars[0]['x0']) / POINTS:.4f} {size:.4f}"
    text = escape("".join(char["text"] for char in chars))
    return (
        f"<ofd:TextObject ID='7' Boundary='{boundary}' Font='3' Size='{size:.4f}'><ofd:FillColor Value='0 0 0'/>"
        f"<ofd:TextCode X='0' Y='{0.88 * size:.4f}' DeltaX='{told}'>{text}</ofd:TextCode></ofd:TextObject>"
    )


def _alone(char: Thing) -> str:
    size = char["size"] / POINTS
    boundary = f"{char['x0'] / POINTS:.4f} {char['top'] / POINTS:.4f} {char['width'] / POINTS:.4f} {size:.4f}"
    return (
        f"<ofd:PageBlock ID='5'><ofd:TextObject ID='7' Boundary='{boundary}' Size='{size * 20:.4f}'"
        f" CTM='0.05 0 0 0.05 0 0' Font='8'><ofd:TextCode X='0' Y='{0.88 * size * 20:.4f}'>{escape(char['text'])}"
        "</ofd:TextCode></ofd:TextObject></ofd:PageBlock>"
    )


def _rule(thing: Thing, *, as_area: bool) -> str:
    x, y, width, height = _box(thing)
    if not as_area:
        boundary = f"{x:.4f} {y:.4f} {width:.4f} {height:.4f}"
        data = f"<ofd:AbbreviatedData>M 0 0 L {width:.4f} {height:.4f}</ofd:AbbreviatedData>"
        return f"<ofd:PathObject ID='8' Boundary='{boundary}' LineWidth='0.18'>{data}</ofd:PathObject>"
    width, height = max(width, 0.18), max(height, 0.18)
    return _filled(x, y, width, height)


def _area(thing: Thing) -> str:
    return _filled(*_box(thing))


def _filled(x: float, y: float, width: float, height: float) -> str:
    data = f"M 0 0 L {width:.4f} 0 L {width:.4f} {height:.4f} L 0 {height:.4f} C"
    return (
        f"<ofd:PathObject ID='8' Boundary='{x:.4f} {y:.4f} {width:.4f} {height:.4f}' Stroke='false' Fill='true'>"
        f"<ofd:FillColor Value='0 0 0'/><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _box(thing: Thing) -> tuple[float, float, float, float]:
    x, y = thing["x0"] / POINTS, thing["top"] / POINTS
    return x, y, thing["x1"] / POINTS - x, thing["bottom"] / POINTS - y
