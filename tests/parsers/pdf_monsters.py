"""Monsters of paper: PDF files far beyond any report, each costly in another way; as names and makers of bytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

from pdf_paper import FONT, Sheet, bound

LINE = "我局认真做好政府信息公开工作及时回应群众关切并向社会公布。"
BOMB = zlib.compress(b"q Q " * 25_000_000)  # 100 MB of nothing


def opening() -> Sheet:
    sheet = Sheet()
    sheet.lines(90, 100, ["凌州市教育局2023年政府信息公开工作年度报告", "一、总体情况", LINE, LINE])
    return sheet


def full() -> Sheet:
    sheet = Sheet()
    sheet.lines(90, 60, [LINE] * 48, 15)
    return sheet


def crowded(characters: int) -> Sheet:
    sheet = Sheet()
    sheet.lines(10, 10, [LINE * 40] * (characters // 40 // len(LINE)), 1)
    return sheet


def ruled(lines: int) -> Sheet:
    sheet = Sheet()
    for rank in range(lines // 2):
        sheet.line(10, 10 + rank % 800, 500, 10 + rank % 800)
        sheet.line(10 + rank % 500, 10, 10 + rank % 500, 800)
    return sheet


def paper(content: bytes, filters: str = "/FlateDecode", box: str = "0 0 595 842", others: bytes = b"") -> bytes:
    """A file of one readable page and one whose content stream is the bytes, packed as `filters` says."""
    plain = zlib.compress("\n".join(opening().commands).encode())
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 2 /Kids [4 0 R 6 0 R] >>",
        FONT,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 3 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(plain), plain),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 7 0 R /Resources << /Font << /F1 3 0 R >>"
        b" /XObject << /X1 8 0 R >> >> >>" % box.encode(),
        b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(content), filters.encode(), content),
        others or b"null",
    ]
    file, offsets = b"%PDF-1.5\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
    return file + b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start)


def form(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X1 8 0 R >>"
        b" /Font << /F1 3 0 R >> >> /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    )


MONSTERS: Mapping[str, Callable[[], bytes]] = {
    "100,000 ruled lines on a page": lambda: bound([opening(), ruled(100_000)]),
    "120,000 characters on a page": lambda: bound([opening(), crowded(120_000)]),
    "a stream of 100 MB": lambda: paper(BOMB),
    "a stream of 100 MB in a stream": lambda: paper(zlib.compress(BOMB), "/FlateDecode /FlateDecode"),
    "a stream said to be packed forty times": lambda: paper(BOMB, "/FlateDecode " * 40),
    "2 MB of LZW": lambda: paper(bytes(range(1, 128)) * 16_000, "/LZWDecode"),
    "30 MB of equal bytes, run length": lambda: paper(b"\x81 " * 240_000, "/RunLengthDecode"),
    "a picture as large as a town": lambda: paper(
        zlib.compress(b"q 500 0 0 700 10 10 cm /X1 Do Q"),
        others=b"<< /Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(BOMB), BOMB),
    ),
    "a page as large as a town": lambda: paper(zlib.compress(b"0 0 m 9e9 9e9 l S"), box="-9e12 -9e12 9e12 9e12"),
    "a page of no size": lambda: paper(zlib.compress(b"0 0 m 9 9 l S"), box="0 0 0 0"),
    "a form that shows itself": lambda: paper(zlib.compress(b"/X1 Do"), others=form(b"/X1 Do /X1 Do")),
    "a form shown 20,000 times": lambda: paper(
        zlib.compress(b"/X1 Do " * 20_000), others=form(b"0 0 m 9 9 l S BT /F1 9 Tf <4e004e00> Tj ET " * 10)
    ),
    "a path of a million points": lambda: paper(zlib.compress(b"0 0 m " + b"9 9 l 5 5 l " * 500_000 + b"S")),
    "a million states kept": lambda: paper(zlib.compress(b"q " * 1_000_000)),
    "200,000 things in an array": lambda: paper(zlib.compress(b"[" * 200_000)),
    "garbage objects": lambda: b"%PDF-1.5\n" + b"".join(b"%d 0 obj\n<< /A [ << ( >>\n" % n for n in range(100_000)),
    "references that go round": lambda: paper(b"", others=b"8 0 R").replace(b"/Length 0", b"/Length 8 0 R"),
    "boxes that nest": lambda: b"%PDF-1.5\n1 0 obj\n" + b"<< /A " * 100_000,
}

LONG: Mapping[str, Callable[[], bytes]] = {
    "300 full pages": lambda: bound([opening(), *(full() for _ in range(300))]),
    "10,000 ruled lines on each of 30 pages": lambda: bound([opening(), *(ruled(10_000) for _ in range(30))]),
    "30,000 characters on each of 30 pages": lambda: bound([opening(), *(crowded(30_000) for _ in range(30))]),
    "5,000 pages": lambda: bound([opening()] * 5000),
}
