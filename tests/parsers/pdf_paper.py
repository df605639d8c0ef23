"""Writes small PDF files for tests: Chinese text, lines, boxes and tables on pages, in points from the upper left."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
SIZE = 10.0
FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font"
    b" /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] /CIDSystemInfo << /Registry (Adobe)"
    b" /Ordering (GB1) /Supplement 4 >> /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6"
    b" /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"
)
CellText = tuple[int, int, int, int, str]  # row, column, row span, column span, text


def width_of(text: str, size: float = SIZE) -> float:
    """How wide a text is set."""
    return sum(size if ord(character) > 0x7F else size / 2 for character in text)


@dataclass
class Sheet:
    """One page being drawn."""

    commands: list[str] = field(default_factory=list)
    picture: bool = False
    turned: int = 0  # degrees clockwise that a reader turns the page, drawn as it lies

    def text(self, x: float, top: float, text: str, size: float = SIZE, turn: tuple[float, float] = (1, 0)) -> None:
        """A line of text with its upper left corner at the point."""
        code = text.encode("utf-16-be").hex()
        along, askew = turn
        matrix = f"{along} {askew} {-askew} {along} {x:.2f} {HEIGHT - top - 0.88 * size:.2f}"
        self.commands.append(f"BT /F1 {size} Tf {matrix} Tm <{code}> Tj ET")

    def lines(self, x: float, top: float, lines: Iterable[str], pitch: float = 2 * SIZE) -> float:
        """Lines of running text one under the other; gives the top of the line after them."""
        for line in lines:
            self.text(x, top, line)
            top += pitch
        return top

    def line(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """A ruled line."""
        self.commands.append(f"0.5 w {x0:.2f} {HEIGHT - top:.2f} m {x1:.2f} {HEIGHT - bottom:.2f} l S")

    def box(self, x0: float, top: float, x1: float, bottom: float, fill: str) -> None:
        """A filled rectangle without an outline."""
        self.commands.append(f"q {fill} rg {x0:.2f} {HEIGHT - bottom:.2f} {x1 - x0:.2f} {bottom - top:.2f} re f Q")

    def side(self, x: float, top: float, bottom: float, across: float) -> None:
        """The side of a box as browsers draw it: an area from `x` inwards, its ends cut askew where others begin."""
        inner, upper, lower = x + across, HEIGHT - top - abs(across), HEIGHT - bottom + abs(across)
        corners = f"{x:.2f} {HEIGHT - bottom:.2f} l {inner:.2f} {lower:.2f} l {inner:.2f} {upper:.2f} l"
        self.commands.append(f"q 0.3 0.3 0.3 rg {x:.2f} {HEIGHT - top:.2f} m {corners} f Q")

    def show_picture(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """A grey picture."""
        self.picture = True
        self.commands.append(f"q {x1 - x0:.2f} 0 0 {bottom - top:.2f} {x0:.2f} {HEIGHT - bottom:.2f} cm /P1 Do Q")

    def table(
        self,
        x: float,
        top: float,
        widths: Sequence[float],
        heights: Sequence[float],
        cells: Iterable[CellText],
        *,
        without: str = "",
    ) -> float:
        """A ruled table; `without` names sides (top, bottom, left, right) that get no line. Gives its bottom."""
        columns = [x + sum(widths[:index]) for index in range(len(widths) + 1)]
        rows = [top + sum(heights[:index]) for index in range(len(heights) + 1)]
        for row, column, row_span, column_span, text in cells:
            left, right = columns[column], columns[column + column_span]
            upper, lower = rows[row], rows[row + row_span]
            sides = {
                "top": (left, upper, right, upper, row == 0),
                "bottom": (left, lower, right, lower, row + row_span == len(heights)),
                "left": (left, upper, left, lower, column == 0),
                "right": (right, upper, right, lower, column + column_span == len(widths)),
            }
            for name, (x0, y0, x1, y1, outer) in sides.items():
                if not (outer and name in without.split()):
                    self.line(x0, y0, x1, y1)
            for number, line in enumerate(text.split("\n")):
                self.text(left + 3, upper + 2 + number * 1.2 * SIZE, line)
        return rows[-1]


def row_of(row: int, *texts: str) -> list[CellText]:
    """A table row without merged cells."""
    return [(row, column, 1, 1, text) for column, text in enumerate(texts)]


def bound(sheets: Iterable[Sheet], title: str | None = None, extra: bytes = b"") -> bytes:
    """The pages as a PDF file; `extra` goes into its trailer."""
    sheets = list(sheets)
    objects: dict[int, bytes] = {3: FONT}
    kids = []
    objects[4] = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        b"\nstream\n\x80\nendstream"
    )
    for number, sheet in enumerate(sheets):
        # Of a turned page the upper left corner is another one of the paper.
        matrix = {
            0: "1 0 0 1 0 0",
            90: f"0 1 -1 0 {HEIGHT} 0",
            180: f"-1 0 0 -1 {WIDTH} {HEIGHT}",
            270: f"0 -1 1 0 0 {WIDTH}",
        }
        box = f"{HEIGHT} {WIDTH}" if sheet.turned % 180 else f"{WIDTH} {HEIGHT}"
        content = zlib.compress("\n".join([f"{matrix[sheet.turned]} cm", *sheet.commands]).encode())
        page, stream = 10 + 2 * number, 11 + 2 * number
        kids.append(f"{page} 0 R")
        pictures = "/XObject << /P1 4 0 R >>" if sheet.picture else ""
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box}] /Contents {stream} 0 R"
            f" /Rotate {sheet.turned} /Resources << /Font << /F1 3 0 R >> {pictures} >> >>"
        ).encode()
        objects[stream] = (
            f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n".encode() + content + b"\nendstream"
        )
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = f"<< /Type /Pages /Count {len(sheets)} /Kids [{' '.join(kids)}] >>".encode()
    stated = b"\xfe\xff" + title.encode("utf-16-be") if title else b""
    objects[5] = b"<< /Title <" + stated.hex().encode() + b"> >>"
    file = b"%PDF-1.5\n"
    offsets = {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(file)
        file += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(file)
    file += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        file += f"{number} 1\n{offset:010d} 00000 n \n".encode()
    return file + b"trailer\n<< /Root 1 0 R /Info 5 0 R /Size 999 " + extra + f" >>\nstartxref\n{start}\n%%EOF".encode()
