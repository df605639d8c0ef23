"""What a page's scripts do, as far as it can be told without running them: the addresses that functions open, and the
requests that they send."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from crawler.platforms.values import STRINGIFIED, Names, evaluate, kind, literal, named_object

# Characters of a function, an object or a call that are looked at; longer ones are left alone.
_LONGEST = 2000
_MOST_CALLS = 40
_ASSIGNMENT = re.compile(r"(?<![\w.$])([A-Za-z_$][\w$]*)\s*(\+?)=(?!=)")
_BRANCH = re.compile(r"\bif\s*\(\s*(\w+)\s*([=!])={1,2}\s*['\"]?(\w*)['\"]?\s*\)|\belse\b")
_OPENS = re.compile(r"(?:window\.open|location\.(?:assign|replace))\(|(?:location(?:\.href)?)\s*=(?!=)")
_ADDRESS = re.compile(r"(?:https?:/)?\.{0,2}/\S*|[\w./-]+\.\w{2,5}(?:\?\S*)?|\?\S+|[\w.-]+/[\w./-]+(?:\?\S*)?")
# var id = getQueryString('id')
_OF_QUERY = re.compile(r"(?<![\w.$])([A-Za-z_$][\w$]*)\s*=\s*[\w$.() ]{1,60}\(\s*['\"](\w{1,40})['\"]\s*\)")
_CALLED = re.compile(
    r"\s*(?:javascript:)?\s*(?:void\s+)?(?:return\s+)?([A-Za-z_$][\w$]*)\(([^()]{0,200})\)", re.IGNORECASE
)
_FUNCTION = re.compile(
    r"(?:\bfunction\s+([A-Za-z_$][\w$]{0,60})\s*|(?<![\w$])([A-Za-z_$][\w$]{0,60})\s*[=:]\s*(?:function\s*)?)\(([\w$,\s]{0,100})\)\s*(?:=>\s*)?\{"
)
_REQUEST = re.compile(
    r"(?P<by>(?:\$|jQuery)\.(?:getJSON|get|post)|(?<![\w.])fetch|(?<![\w$.])[A-Za-z_]\w*(?:\.\$?\w+){0,2}\.(?:get|post))\(\s*(?=['\"`\w])"
    r"|(?P<whole>(?:\$|jQuery)\.ajax|(?<![\w.])(?:axios|request)|\b(?:table\.render|datagrid|bootstrapTable|DataTable))\(\s*(?=\{)"
    r"|\.open\(\s*['\"](?P<open>get|post)['\"]\s*,|(?P<load>\.load)\(\s*(?=['\"])",
    re.IGNORECASE,
)
_BASE = re.compile(r"\bbaseURL\s*[:=]\s*['\"]([^'\"\s]{1,100})['\"]")


@dataclass(frozen=True, slots=True)
class Request:
    """A request that a script sends: `sent` are its parameters (of the address for GET, of the body for POST, which is
    JSON where `as_json`), `own` says that something in it comes from the page's own address."""

    address: str
    method: str = "GET"
    sent: Mapping[str, Any] = field(default_factory=dict)
    as_json: bool = False
    own: bool = False


def opened(text: str, call: str) -> str | None:
    """The address that a function of `text` opens when it is called like `call` (`showInfo('123')`); None where none
    is, or it cannot be told."""
    called = _called(text, call)
    if called is None:
        return None
    given, body = called
    names = Names(text, given)
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
    called = _called(text, call)
    if called is None:
        return None
    given, body = called
    for found in _REQUEST.finditer(body):
        names = Names(text, given)
        request = _whole(body, found.end(), names) if found["whole"] else _sent(body, found, names)
        if request is not None and names.used and _ADDRESS.fullmatch(request.address):
            return request
    return None


def _called(text: str, call: str) -> tuple[dict[str, str], str] | None:
    """What a call gives the parameters of a function of `text`, and the function's body; None where it calls none."""
    called = _CALLED.match(call)
    function = _function(text, called[1]) if called else None
    if called is None or function is None:
        return None
    parameters, body = function
    given = (each.strip().strip("'\"") for each in called[2].split(","))
    return dict(zip(parameters, given, strict=False)), body


def _is_skipped(before: str, names: Names) -> bool:
    """Whether what stands behind `before` is done only on a condition that is known not to hold."""
    branches = list(_BRANCH.finditer(before))
    if not branches or not branches[-1][1] or (value := names.of(branches[-1][1])) is None:
        return False
    return (value == branches[-1][3]) is (branches[-1][2] == "!")


@lru_cache(maxsize=4)
def _functions(text: str) -> dict[str, tuple[str, int]]:
    """The functions that `text` defines: of each the parameters, and where its body begins."""
    found: dict[str, tuple[str, int]] = {}
    for each in _FUNCTION.finditer(text):
        found.setdefault(each[1] or each[2], (each[3], each.end()))
    return found


@lru_cache(maxsize=16)
def _function(text: str, name: str) -> tuple[list[str], str] | None:
    """The parameters and the body of a function that `text` defines."""
    found = _functions(text).get(name)
    if found is None:
        return None
    body = text[found[1] : found[1] + _LONGEST]
    depth = 1
    for place, each in enumerate(body):
        depth += (each == "{") - (each == "}")
        if depth == 0:
            body = body[:place]
            break
    return [each.strip() for each in found[0].split(",")], body


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
    if stringified := STRINGIFIED.match(text, place):
        inside = literal(text, stringified.end(), names)
        return None if inside is None else inside | {kind(stringified): "1"}
    if text[place : place + 1] == "{":
        return literal(text, place, names)
    name = re.compile(r"([A-Za-z_$][\w$]*)\s*[,)]").match(text, place)
    return named_object(text, name[1], names, 0) if name else None


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
