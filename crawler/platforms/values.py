"""What expressions in a page's scripts are worth, as far as it can be told without running them: names, strings joined
by +, object literals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

# Characters of an object that are looked at, functions and depths of objects.
_LONGEST = 2000
_MOST_FUNCTIONS = 40
_DEEPEST = 3
_PIECE = re.compile(
    r"""\s*(?:"(?P<double>(?:[^"\\\n]|\\.)*)"|'(?P<single>(?:[^'\\\n]|\\.)*)'|`(?P<template>[^`]*)`|(?P<number>\d+)(?![\w.])
    |(?P<moment>(?:new\s+Date(?:\(\))?|Date)(?:\.\w+\(\))?|Math\.random\(\))(?![\w$])
    |(?:encodeURI(?:Component)?|escape|String|parseInt|\$\.trim)\(\s*(?P<wrapped>[\w$.]+)\s*\)
    |(?:\$|jQuery)\(\s*['"]\#(?P<field>[\w-]+)['"]\s*\)\.val\(\)
    |document\.getElementById\(\s*['"](?P<element>[\w-]+)['"]\s*\)\.value
    |[\w$.()]{0,60}\(\s*['"](?P<parameter>\w+)['"]\s*\)
    |(?P<name>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*))\s*""",
    re.VERBOSE,
)
_IN_TEMPLATE = re.compile(r"\$\{\s*([\w$.]+)\s*\}")
# As they are sent.
_CONSTANTS = {"true": "true", "false": "false", "null": "", "undefined": ""}
_ESCAPED = re.compile(r"\\(.)")
_ASSIGNED = re.compile(
    r"(?<![\w$])([A-Za-z_$][\w$]*)\s*[=:]\s*(?:(?:parseInt|Number)\(\s*)?"
    r"(?:\"([^\"\n]{0,200})\"|'([^'\n]{0,200})'|(\d{1,12}))\s*(?:(?:,\s*10\s*)?\)\s*)?(?=[;,}\n]|$)"
)
_DEFINED = re.compile(r"\bfunction\s+([A-Za-z_$][\w$]{0,60})\s*\(([\w$,\s]{1,100})\)")
_FIELD = re.compile(r"<input\b[^>]{0,400}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(id|value)\s*=\s*['\"]([^'\"]*)['\"]", re.IGNORECASE)
_OWN_PATH = re.compile(r"(?:(?:window|document|self)\.)?location\.pathname")
# name: …, 'filter[SITEID]': …, name (which stands for its value too)
_KEY = re.compile(r"\s*(?:(['\"])([^'\"\n]{1,60})\1\s*:|([\w$.-]+)\s*:|([A-Za-z_$][\w$]*)\s*(?=[,}]))\s*")
_NAMED_OBJECT = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]{0,60})\s*=\s*(?=\{)")
_OWN_NAME = re.compile(r"\s*([A-Za-z_$][\w$]*)\s*(?=[,}])")
STRINGIFIED = re.compile(r"(JSON\.stringify|new\s+URLSearchParams|[qQ]s\.stringify|(?:\$|jQuery)\.param)\(\s*")
PAGE_FIELD = re.compile(
    r"(?:cur(?:rent)?_?|this|go|to)?page(?:_?(?:no|num|number|index|current|now))?|cpage|currpage|current|pn?",
    re.IGNORECASE,
)
_PAGE_ASKED = re.compile(r"[?&]([\w.]+)=$")


class Names:
    """The values that names have in a script: those written in it, and those put over them; `query` are the parameters
    of the page's own address, for which scripts ask by a name."""

    def __init__(
        self, text: str, over: Mapping[str, str] | None = None, query: Mapping[str, str] | None = None
    ) -> None:
        self._text = text
        self._over = dict(over or {})
        self._query = query or {}
        self.used: set[str] = set()

    def put(self, name: str, value: str) -> None:
        """Notes the value of a name."""
        self._over[name] = value

    def of(self, name: str) -> str | None:
        """The value of a name, with or without what it is a part of (this.channelId); None where nothing tells it."""
        last = name.rpartition(".")[2]
        if _OWN_PATH.fullmatch(name):
            return ""  # what is made of it is seen from the page
        if last in self._over and name.startswith((last, "this.")):
            self.used.add(last)
            return self._over[last]
        value = _assigned(self._text).get(last)
        return _handed(self._text).get(last) if value is None else value

    def asked_for(self, parameter: str) -> str | None:
        """The value of a parameter of the page's own address."""
        if parameter in self._query:
            self.used.add("?")
        return self._query.get(parameter)

    def of_field(self, identifier: str) -> str | None:
        """The value of a field of the page."""
        return _fields(self._text).get(identifier)


def assigned(text: str) -> Mapping[str, str]:
    """The names to which `text` gives strings and numbers."""
    return _assigned(text)


@lru_cache(maxsize=4)
def _assigned(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, number in _ASSIGNED.findall(text):
        found.setdefault(name, double or single or number)
    return found


@lru_cache(maxsize=4)
def _handed(text: str) -> dict[str, str]:
    """The strings that functions are given, by the names under which they know them, where each is called once."""
    found: dict[str, str] = {}
    for function in islice(_DEFINED.finditer(text), _MOST_FUNCTIONS):
        calls = re.findall(rf"(?<!function )(?<![\w$.]){re.escape(function[1])}\(([^()]{{1,200}})\)", text)
        if len(calls) == 1:
            given = (each.strip() for each in calls[0].split(","))
            for parameter, value in zip(function[2].split(","), given, strict=False):
                if value[:1] in ("'", '"') and value[-1:] == value[:1]:
                    found.setdefault(parameter.strip(), value[1:-1])
    return found


@lru_cache(maxsize=4)
def _fields(text: str) -> dict[str, str]:
    told = ({name.lower(): value for name, value in _ATTRIBUTE.findall(tag)} for tag in _FIELD.findall(text))
    return {each["id"]: each.get("value", "") for each in told if "id" in each}


def evaluate(text: str, place: int, names: Names) -> tuple[str | None, int]:
    """The string that the expression at `place` makes of literals and names joined by +, and where it ends; None where
    something in it is not known. A page's number that is not known is that of the first."""
    made: str | None = ""
    while True:
        found = _PIECE.match(text, place)
        if found is None:
            return None, place
        value = _value(found, names)
        if value is None and made and (asked := _PAGE_ASKED.search(made)) and PAGE_FIELD.fullmatch(asked[1]):
            value = "1"
        made = None if made is None or value is None else made + value
        place = found.end()
        if text[place : place + 1] != "+":
            return (None if text[place : place + 1] in ("(", "?", "[", "-", "*") else made), place
        place += 1


def _value(found: re.Match[str], names: Names) -> str | None:
    written = found["double"] if found["double"] is not None else found["single"]
    if written is not None:
        return _ESCAPED.sub(r"\1", written)
    if found["template"] is not None:
        values = {name: names.of(name) for name in _IN_TEMPLATE.findall(found["template"])}
        if None in values.values():
            return None
        return _IN_TEMPLATE.sub(lambda each: values[each[1]] or "", found["template"])
    if found["number"] is not None:
        return found["number"]
    if found["moment"] is not None:
        return "1"  # so that no answer of the past is given
    if found["parameter"] is not None:
        return names.asked_for(found["parameter"])
    identifier = found["field"] or found["element"]
    if identifier is not None:
        return names.of_field(identifier)
    name = found["wrapped"] or found["name"]
    return _CONSTANTS[name] if name in _CONSTANTS else names.of(name)


def literal(text: str, place: int, names: Names, depth: int = 0) -> dict[str, Any] | None:
    """The object literal at `place`: strings, further objects, and None for what is not known; None where none is."""
    if text[place : place + 1] != "{" or depth > _DEEPEST:
        return None
    end, place = place + _LONGEST, place + 1
    told: dict[str, Any] = {}
    while place < end and (key := _KEY.match(text, place)):
        name, place = key[2] or key[3] or key[4], key.end()
        stringified = STRINGIFIED.match(text, place)
        place = stringified.end() if stringified else place
        if key[4]:
            value = names.of(name)
            told[name] = named_object(text, name, names, depth) if value is None else value
        elif text[place : place + 1] == "{":
            told[name] = literal(text, place, names, depth + 1)
        elif text[place : place + 1] == "[":
            told[name] = _several(text, place, names)
        else:
            value, _ = evaluate(text, place, names)
            if value is None and (own := _OWN_NAME.match(text, place)):
                told[name] = named_object(text, own[1], names, depth)
            if told.get(name) is None:
                told[name] = "1" if value is None and PAGE_FIELD.fullmatch(name) else value
        if stringified:
            told[kind(stringified)] = "1"
        place = _after(text, place, end)
        if text[place : place + 1] != ",":
            break
        place += 1
    return told


def _several(text: str, place: int, names: Names) -> list[str] | None:
    """The list of strings at `place`; None where something in it is not known."""
    found: list[str] = []
    while text[place : place + 1] in ("[", ","):
        value, place = evaluate(text, place + 1, names)
        if value is None:
            return [] if text[place : place + 1] == "]" and not found else None
        found.append(value)
    return found if text[place : place + 1] == "]" else None


def named_object(text: str, name: str, names: Names, depth: int) -> dict[str, Any] | None:
    """The object literal that `text` gives to a name."""
    place = _objects(text).get(name) if depth < _DEEPEST else None
    return literal(text, place, names, depth + 1) if place is not None else None


@lru_cache(maxsize=4)
def _objects(text: str) -> dict[str, int]:
    """Where the object literals begin to which `text` gives names."""
    found: dict[str, int] = {}
    for each in _NAMED_OBJECT.finditer(text):
        found.setdefault(each[1], each.end())
    return found


def _after(text: str, place: int, end: int) -> int:
    """Where the value at `place` is over: at the comma or the bracket behind it."""
    depth, quote = 0, ""
    last = min(end, len(text)) - 1
    for at in range(place, last):
        each = text[at]
        if quote:
            quote = "" if each == quote and text[at - 1] != "\\" else quote
        elif each in "'\"`":
            quote = each
        elif each in "([{":
            depth += 1
        elif each in ")]}":
            if depth == 0 and each != ")":
                return at
            depth = max(0, depth - 1)
        elif each == "," and depth == 0:
            return at
    return max(place, last)


def kind(stringified: re.Match[str]) -> str:
    """The mark of an object that a script turns into JSON, or into a form."""
    return "JSON" if stringified[1].startswith("JSON") else "FORM"
