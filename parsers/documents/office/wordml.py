"""Word's XML by local names: Word writes two namespaces, the transitional and the strict one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree


def local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that local name."""
    return (child for child in element if local(child) == name)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def integer(element: etree._Element | None, default: int, most: int) -> int:
    """The element's `val` as a whole number from 0 to `most`, or the default."""
    text = value(element) or ""
    return min(int(text), most) if re.fullmatch(r"[0-9]{1,9}", text) else default
