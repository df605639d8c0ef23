"""What a workbook's cells amount to, counted before a library lays them out in memory."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

from lxml import etree

from parsers.documents import bounds
from parsers.documents.office import compound
from parsers.documents.package import Package
from parsers.model import UnreadableError

SHARED = "sharedstrings.xml"
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# The records of the old format, [MS-XLS] section 2.3.
SHEET, ENCRYPTED, END = 0x0085, 0x002F, 0x000A
DIMENSIONS = 0x0200
ROW_OF_NUMBERS = 0x00BD
CELLS = frozenset((0x0006, ROW_OF_NUMBERS, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))
WORD = 1 << 32  # numbers below zero come round to in its reader
RESERVED = 4_000_000  # cells that an old sheet may announce: formatted, most of them


def check(package: Package) -> None:
    """Raises `UnreadableError` where a sheet is far larger than any report: `bomb`, or `damaged`."""
    shared = [
        sum(len(text) for text in each.itertext("{*}t"))
        for name in package.xml_names()
        if name.lower().endswith(SHARED)
        for each in _elements(package, name, "si")
    ]
    characters = 0
    for name in package.xml_names():  # of any name: the workbook's relationships may call any part a sheet
        characters = _check_sheet(package, name, shared, characters)


def check_old(data: bytes) -> None:
    """Raises `UnreadableError` as `check` does, for the old format, a compound file; an encrypted one is not looked at.

    Its reader makes room for what a sheet announces, and for the whole rectangle between its outermost cells.
    """
    workbook = compound.stream(data, "Workbook", "Book")
    sheets = []
    for kind, record in _records(workbook, 0):
        if kind == ENCRYPTED:
            return
        if kind == SHEET and len(record) >= 4:
            sheets.append(int.from_bytes(record[:4], "little"))
    for number, begin in enumerate(sheets, 1):
        _check_old_sheet(str(number), workbook, begin)


def check_size(name: str, cells: int) -> None:
    """Raises `UnreadableError` (bomb) for a sheet whose written part is of more cells than any report has."""
    if cells > bounds.PLACES:
        raise UnreadableError("bomb", f"The sheet {name} spreads over {cells} cells, more than any report has.")


def _check_sheet(package: Package, name: str, shared: list[int], characters: int) -> int:
    """Adds the text of a sheet's cells, shared texts each time, to that of the sheets before it."""
    row = column = 0
    first: tuple[int, int] | None = None
    last = (0, 0)
    for cell in _elements(package, name, "c"):
        address = ADDRESS.fullmatch(cell.get("r", ""))
        row, column = (int(address[2]), _number(address[1])) if address else (row, column + 1)
        text = "".join(str(part) for part in cell.itertext())
        if not text:
            continue
        if cell.get("t") == "s" and text.isdigit() and int(text) < len(shared):
            characters += shared[int(text)]
        else:
            characters += len(text)
        first = (min(first[0], row), min(first[1], column)) if first else (row, column)
        last = (max(last[0], row), max(last[1], column))
        check_size(name, (last[0] - first[0] + 1) * (last[1] - first[1] + 1))
        if characters > bounds.CHARACTERS:
            raise UnreadableError("bomb", f"Its part {name} holds more text than any report has.")
    return characters


def _check_old_sheet(name: str, workbook: bytes, begin: int) -> None:
    first, last = (0xFFFF, 0xFFFF), (0, 0)
    for kind, record in _records(workbook, begin):
        if kind == DIMENSIONS and len(record) >= 10:
            top, bottom, left, right = struct.unpack_from("<IIHH" if len(record) >= 14 else "<HHHH", record)
            if bottom and right and (bottom - top) % WORD * ((right - left) % WORD) > RESERVED:
                raise UnreadableError("bomb", f"The sheet {name} announces more cells than any report has.")
        elif kind in CELLS and len(record) >= 6:
            row, column = struct.unpack_from("<HH", record)
            end = int.from_bytes(record[-2:], "little") if kind == ROW_OF_NUMBERS else column
            first = min(first[0], row), min(first[1], column)
            last = max(last[0], row), max(last[1], end)
            check_size(name, (last[0] - first[0] + 1) * (last[1] - first[1] + 1))


def _records(workbook: bytes, begin: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part of an old workbook, kind and content, to its end."""
    while begin + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, begin)
        if kind == END:
            return
        yield kind, workbook[begin + 4 : begin + 4 + length]
        begin += 4 + length


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _elements(package: Package, name: str, tag: str) -> Iterator[etree._Element]:
    """The elements of a name in a part, one at a time."""
    source = io.BytesIO(package.read(name))
    try:
        for _, element in etree.iterparse(source, tag=f"{{*}}{tag}", resolve_entities=False, no_network=True):
            yield element
            element.clear()
            while element.getprevious() is not None:
                element.getparent().remove(element.getprevious())
    except etree.XMLSyntaxError as error:
        raise UnreadableError("damaged", f"Its part {name} is not well-formed XML ({error}).") from error
