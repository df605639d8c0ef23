"""What a workbook's cells amount to, counted before a library lays them out in memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree

from parsers.documents import bounds
from parsers.documents.package import Package
from parsers.model import UnreadableError

SHARED = "sharedstrings.xml"
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


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
