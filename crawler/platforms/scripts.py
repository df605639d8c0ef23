"""What a page's scripts say, as far as it can be told without running them: values of names, addresses that functions
open, and the requests that they send."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

# Characters of a function, an object or a call that are looked at; longer ones are left alone.
_LONGEST = 2000
_MOST_CALLS = 40
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
_ESCAPED = re.compile(r"\\(.)")
_ASSIGNED = re.compile(
    r"(?<![\w$])([A-Za-z_$][\w$]*)\s*[=:]\s*(?:(?:parseInt|Number)\(\s*)?"
    r"(?:\"([^\"\n]{0,200})\"|'([^'\n]{0,200})'|(\d{1,12}))\s*(?:(?:,\s*10\s*)?\)\s*)?(?=[;,}\n]|$)"
)
_ASSIGNMENT = re.compile(r"(?<![\w.$])([A-Za-z_$][\w$]*)\s*(\+?)=(?!=)")
_BRANCH = re.compile(r"\bif\s*\(\s*(\w+)\s*([=!])={1,2}\s*['\"]?(\w*)['\"]?\s*\)|\belse\b")
_DEFINED = re.compile(r"\bfunction\s+([A-Za-z_$][\w$]{0,60})\s*\(([\w$,\s]{1,100})\)")
_FIELD = re.compile(r"<input\b[^>]{0,400}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(id|value)\s*=\s*['\"]([^'\"]*)['\"]", re.IGNORECASE)
_OPENS = re.compile(r"(?:window\.open|location\.(?:assign|replace))\(|(?:location(?:\.href)?)\s*=(?!=)")
_ADDRESS = re.compile(r"(?:https?:/)?\.{0,2}/\S*|[\w./-]+\.\w{2,5}(?:\?\S*)?|\?\S+|[\w.-]+/[\w./-]+(?:\?\S*)?")
_OWN_PATH = re.compile(r"(?:(?:window|document|self)\.)?location\.pathname")
# var id = getQueryString('id')
_OF_QUERY = re.compile(r"(?<![\w.$])([A-Za-z_$][\w$]*)\s*=\s*[\w$.() ]{1,60}\(\s*['\"](\w{1,40})['\"]\s*\)")
_CALLED = re.compile(
    r"\s*(?:javascript:)?\s*(?:void\s+)?(?:return\s+)?([A-Za-z_$][\w$]*)\(([^()]{0,200})\)", re.IGNORECASE
)
_KEY = re.compile(r"\s*(?:(['\"]?)([\w$.-]+(?:\[\])?)\1\s*:|([A-Za-z_$][\w$]*)\s*(?=[,}]))\s*")
_OWN_NAME = re.compile(r"\s*([A-Za-z_$][\w$]*)\s*(?=[,}])")
_STRINGIFIED = re.compile(r"(JSON\.stringify|new\s+URLSearchParams|[qQ]s\.stringify|(?:\$|jQuery)\.param)\(\s*")
_REQUEST = re.compile(
    r"(?P<by>(?:\$|jQuery)\.(?:getJSON|get|post)|(?<![\w.])fetch|(?<![\w$.])[A-Za-z_]\w*(?:\.\$?\w+){0,2}\.(?:get|post))\(\s*(?=['\"`\w])"
    r"|(?P<whole>(?:\$|jQuery)\.ajax|(?<![\w.])(?:axios|request)|\b(?:table\.render|datagrid|bootstrapTable|DataTable))\(\s*(?=\{)"
    r"|\.open\(\s*['\"](?P<open>get|post)['\"]\s*,|(?P<load>\.load)\(\s*(?=['\"])",
    re.IGNORECASE,
)
_BASE = re.compile(r"\bbaseURL\s*[:=]\s*['\"]([^'\"\s]{1,100})['\"]")
PAGE_FIELD = re.compile(
    r"(?:cur(?:rent)?_?|this|go|to)?page(?:_?(?:no|num|number|index|current|now))?|cpage|currpage|current|pn?",
    re.IGNORECASE,
)
_PAGE_ASKED = re.compile(r"[?&]([\w.]+)=$")


@dataclass(frozen=True, slots=True)
class Request:
    """A request that a script sends: `sent` are its parameters (of the address for GET, of the body for POST, which is
    JSON where `as_json`), `own` says that something in it comes from the page's own address."""

    address: str
    method: str = "GET"
    sent: Mapping[str, Any] = field(default_factory=dict)
    as_json: bool = False
    own: bool = False


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
        return _assigned(self._text).get(last) or _handed(self._text).get(last)

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
    for function in islice(_DEFINED.finditer(text), _MOST_CALLS):
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
    return names.of(found["wrapped"] or found["name"])


def literal(text: str, place: int, names: Names, depth: int = 0) -> dict[str, Any] | None:
    """The object literal at `place`: strings, further objects, and None for what is not known; None where none is."""
    if text[place : place + 1] != "{" or depth > _DEEPEST:
        return None
    end, place = place + _LONGEST, place + 1
    told: dict[str, Any] = {}
    while place < end and (key := _KEY.match(text, place)):
        name, place = key[2] or key[3], key.end()
        stringified = _STRINGIFIED.match(text, place)
        place = stringified.end() if stringified else place
        if key[3]:
            told[name] = names.of(name) or _object(text, name, names, depth)
        elif text[place : place + 1] == "{":
            told[name] = literal(text, place, names, depth + 1)
        else:
            value, _ = evaluate(text, place, names)
            if value is None and (own := _OWN_NAME.match(text, place)):
                told[name] = _object(text, own[1], names, depth)
            if told.get(name) is None:
                told[name] = "1" if value is None and PAGE_FIELD.fullmatch(name) else value
        if stringified:
            told[_kind(stringified)] = "1"
        place = _after(text, place, end)
        if text[place : place + 1] != ",":
            break
        place += 1
    return told


def _object(text: str, name: str, names: Names, depth: int) -> dict[str, Any] | None:
    """The object literal that `text` gives to a name."""
    given = re.search(rf"(?<![\w$.]){re.escape(name)}\s*=\s*(?=\{{)", text) if depth < _DEEPEST else None
    return literal(text, given.end(), names, depth + 1) if given else None


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


def opened(text: str, call: str) -> str | None:
    """The address that a function of `text` opens when it is called like `call` (`showInfo('123')`); None where none
    is, or it cannot be told."""
    called = _CALLED.match(call)
    if called is None:
        return None
    function = _function(text, called[1])
    if function is None:
        return None
    parameters, body = function
    given = [each.strip().strip("'\"") for each in called[2].split(",")]
    names = Names(text, dict(zip(parameters, given, strict=False)))
    for found in _ASSIGNMENT.finditer(body):
        before = names.of(found[1]) if found[2] else ""
        if before is not None and (value := evaluate(body, found.end(), names)[0]) is not None:
            names.put(found[1], before + value)
    for found in _OPENS.finditer(body):
        if _is_skipped(body[: found.start()], names):
            continue
        address, _ = evaluate(body, found.end(), names)
        if address and names.used and _ADDRESS.fullmatch(address):
            return address
    return None


def requested(text: str, call: str) -> Request | None:
    """The request that a function of `text` sends when it is called like `call` (`loadYear('2022')`), where what it is
    given is sent with it; None where none is."""
    called = _CALLED.match(call)
    function = _function(text, called[1]) if called else None
    if called is None or function is None:
        return None
    parameters, body = function
    given = [each.strip().strip("'\"") for each in called[2].split(",")]
    for found in _REQUEST.finditer(body):
        names = Names(text, dict(zip(parameters, given, strict=False)))
        request = _whole(body, found.end(), names) if found["whole"] else _sent(body, found, names)
        if request is not None and names.used and _ADDRESS.fullmatch(request.address):
            return request
    return None


def _is_skipped(before: str, names: Names) -> bool:
    """Whether what stands behind `before` is done only on a condition that is known not to hold."""
    branches = list(_BRANCH.finditer(before))
    if not branches or not branches[-1][1] or (value := names.of(branches[-1][1])) is None:
        return False
    return (value == branches[-1][3]) is (branches[-1][2] == "!")


@lru_cache(maxsize=16)
def _function(text: str, name: str) -> tuple[list[str], str] | None:
    """The parameters and the body of a function that `text` defines."""
    found = re.search(
        rf"(?:\bfunction\s+{re.escape(name)}\s*|\b{re.escape(name)}\s*[=:]\s*(?:function\s*)?)\(([\w$,\s]{{0,100}})\)\s*(?:=>\s*)?\{{",
        text,
    )
    if found is None:
        return None
    body = text[found.end() : found.end() + _LONGEST]
    depth = 1
    for place, each in enumerate(body):
        depth += (each == "{") - (each == "}")
        if depth == 0:
            body = body[:place]
            break
    return [each.strip() for each in found[1].split(",")], body


def requests(text: str, query: Mapping[str, str] | None = None) -> Iterator[Request]:
    """The requests that scripts of `text` send, as far as all of them is known; `query` are the parameters of the
    page's own address."""
    base = _BASE.search(text)
    told = query or {}
    own = {name: told[parameter] for name, parameter in _OF_QUERY.findall(text) if parameter in told} if told else {}
    for number, found in enumerate(_REQUEST.finditer(text)):
        if number >= _MOST_CALLS:
            return
        names = Names(text, own, told)
        request = _whole(text, found.end(), names) if found["whole"] else _sent(text, found, names)
        if request is None or not _ADDRESS.fullmatch(request.address):
            continue
        address = request.address
        own_client = not (found["by"] or found["whole"] or "$").startswith(("$", "jQuery", "fetch"))
        if base and own_client and address.startswith("/") and not address.startswith(base[1]):
            address = base[1].rstrip("/") + address
        yield Request(address, request.method, request.sent, request.as_json, bool(names.used))


def _sent(text: str, found: re.Match[str], names: Names) -> Request | None:
    """get('/list', {…}), post('/list', {…}), fetch('/list', {method: …}), open('GET', '/list')."""
    address, place = evaluate(text, found.end(), names)
    if address is None:
        return None
    if found["open"]:
        return Request(address, found["open"].upper()) if found["open"].upper() == "GET" else None
    if found["load"]:
        return Request(address.partition(" ")[0])
    by = found["by"]
    told = _told(text, place + 1, names) if text[place : place + 1] == "," else None
    method = "POST" if by.endswith(".post") else "GET"
    if by == "fetch":
        return _as(address, told or {}, ("body",))
    plain = by.startswith(("$", "jQuery"))
    if told is not None and method == "GET" and not plain:
        told = told.get("params") if isinstance(told.get("params"), dict) else {}
    return _known(address, method, told or {}, as_json="JSON" in (told or {}) or not (plain or "FORM" in (told or {})))


def _told(text: str, place: int, names: Names) -> dict[str, Any] | None:
    """The object that a call is given: written there, turned into JSON there, or under a name."""
    place += len(text[place : place + 100]) - len(text[place : place + 100].lstrip())
    if stringified := _STRINGIFIED.match(text, place):
        inside = literal(text, stringified.end(), names)
        return None if inside is None else inside | {_kind(stringified): "1"}
    if text[place : place + 1] == "{":
        return literal(text, place, names)
    name = re.compile(r"([A-Za-z_$][\w$]*)\s*[,)]").match(text, place)
    given = re.search(rf"\b{re.escape(name[1])}\s*=\s*(?=\{{)", text) if name else None
    return literal(text, given.end(), names) if given else None


def _kind(stringified: re.Match[str]) -> str:
    """The mark of an object that a script turns into JSON, or into a form."""
    return "JSON" if stringified[1].startswith("JSON") else "FORM"


def _whole(text: str, place: int, names: Names) -> Request | None:
    """$.ajax({url: …, type: …, data: …}), axios({url: …, method: …, params: …}), table.render({url: …, where: …})."""
    told = literal(text, place, names)
    if told is not None and isinstance(told.get("ajax"), str | dict):  # DataTable({ajax: …})
        told |= told["ajax"] if isinstance(told["ajax"], dict) else {"url": told["ajax"]}
    if told is None or not isinstance(told.get("url"), str):
        return None
    if told.get("data") is None and (name := re.compile(r"\bdata\s*:\s*").search(text, place, place + _LONGEST)):
        told["data"] = _told(text, name.end(), names)
    return _as(told["url"], told, ("params", "data", "where", "queryParams"))


def _as(address: str, told: Mapping[str, Any], held: tuple[str, ...]) -> Request | None:
    method = str(told.get("type") or told.get("method") or "GET").upper()
    sent: dict[str, Any] = next((told[name] for name in held if isinstance(told.get(name), dict)), {})
    if any(isinstance(told.get(name), str) for name in held):
        query = next(str(told[name]) for name in held if isinstance(told.get(name), str))
        sent = dict(each.partition("=")[::2] for each in query.split("&") if "=" in each)
    as_json = "JSON" in told or "JSON" in sent or "json" in str(told.get("contentType") or "")
    return _known(address, method, sent, as_json=as_json) if method in ("GET", "POST") else None


def _known(address: str, method: str, sent: Mapping[str, Any], *, as_json: bool) -> Request | None:
    """The request, where all that it sends is known; what is empty is sent so."""
    sent = {name: value for name, value in sent.items() if name not in ("JSON", "FORM")}
    if any(value is None for value in sent.values()):
        return None
    return Request(address, method, sent, as_json)
