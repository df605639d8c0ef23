"""Finds a sentence in a page that is laid out for the eye, or in a PDF, and marks it.

A site breaks its sentences by lines, spaces and elements as it likes: only the characters themselves are compared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from lxml import etree

MARK = "cell"  # the id of the marked place, to which the address of the page points
LINE_NUMBER = "line"  # the class of what is not of the page itself
MOST_PAGES = 60  # of a PDF that are searched

Box = tuple[float, float, float, float]


def mark_sentence(body: etree._Element, sentence: str) -> bool:
    """Wraps the first place of a sentence in `mark` elements, the first of which bears the id; False if there is none.

    What is hidden is not searched.
    """
    slots = _slots(body)
    touched = _found(enumerate(text for _, _, text in slots), sentence)
    places = [(slot, [at for _, at in of]) for slot, of in groupby(touched, key=lambda each: each[0])]
    for slot, ats in reversed(places):
        element, tail, text = slots[slot]
        first, last = ats[0], ats[-1] + 1
        mark = etree.Element("mark", {"id": MARK} if slot == places[0][0] else {})
        mark.text, mark.tail = text[first:last], text[last:]
        if tail:
            above = element.getparent()
            element.tail = text[:first]
            above.insert(above.index(element) + 1, mark)
        else:
            element.text = text[:first]
            element.insert(0, mark)
    return bool(places)


def boxes_of(document: Any, sentence: str) -> dict[int, list[Box]]:
    """Where a sentence stands in an open PDF (pdfplumber): a box a line, in points, by the number of the page."""
    characters = [
        (number, character) for number, page in enumerate(document.pages[:MOST_PAGES], 1) for character in page.chars
    ]
    texts = enumerate(character["text"] for _, character in characters)
    touched = [characters[at] for at in dict.fromkeys(at for at, _ in _found(texts, sentence))]
    boxes: dict[int, list[Box]] = {}
    for (number, _), of in groupby(touched, key=lambda each: (each[0], round(each[1]["bottom"]))):
        line = [character for _, character in of]
        box = (
            min(each["x0"] for each in line),
            min(each["top"] for each in line),
            max(each["x1"] for each in line),
            max(each["bottom"] for each in line),
        )
        boxes.setdefault(number, []).append(box)
    return boxes


def _slots(body: etree._Element) -> list[tuple[etree._Element, bool, str]]:
    """The texts of a page in their order: the element, whether it is the text behind it, and the text."""
    slots = []
    walker = etree.iterwalk(body, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            if element is not body and element.tail:
                slots.append((element, True, element.tail))
        elif element.get("hidden") or element.get("class") == LINE_NUMBER:
            walker.skip_subtree()
        elif element.text:
            slots.append((element, False, element.text))
    return slots


def _found(texts: Iterable[tuple[int, str]], sentence: str) -> list[tuple[int, int]]:
    """The characters in which a sentence is found: the number of the text, and the place in it."""
    stream: list[str] = []
    places: list[tuple[int, int]] = []
    for number, text in texts:
        for at, character in enumerate(text):
            for plain in _plain(character):
                stream.append(plain)
                places.append((number, at))
    sought = "".join(plain for character in sentence for plain in _plain(character))
    start = "".join(stream).find(sought) if sought else -1
    return places[start : start + len(sought)] if start >= 0 else []


def _plain(character: str) -> str:
    """A character as it is compared: in its usual form, nothing for white space and what does not print."""
    if character.isascii():
        return character if character.isprintable() and character != " " else ""
    usual = unicodedata.normalize("NFKC", character)
    return "" if unicodedata.category(usual[0])[0] in "ZC" else usual
