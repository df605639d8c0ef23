"""The administrative divisions (GB/T 2260): finds the one that a name or a text means."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_SUFFIXES = "省市区县旗盟州"
_SHORTEST, _LONGEST, _LONGEST_SHORT = 2, 16, 6


@dataclass(frozen=True, slots=True)
class Region:
    """A division: six-digit `code`, official and short name, `level` (province, city, county), `parent` code or ""."""

    code: str
    name: str
    short_name: str
    level: str
    parent: str


@cache
def regions() -> Mapping[str, Region]:
    """Return every division by its code (see regions.md for the source)."""
    with (files("parsers.identity") / "regions.csv").open(encoding="utf-8") as file:
        return {row["code"]: Region(**row) for row in csv.DictReader(file)}


@cache
def _renamed() -> tuple[tuple[Region, Region], ...]:
    """Return the divisions as they were called since 2008, each with what it is today (itself where it was merged)."""
    with (files("parsers.identity") / "regions_former.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    former = [(Region(*(row[name] for name in Region.__slots__)), row["now"]) for row in rows]
    return tuple((region, regions().get(now, region)) for region, now in former)


@cache
def _outer() -> Mapping[str, Region]:
    """Return every division by its code, today's for a former one."""
    return {**{called.code: region for called, region in _renamed()}, **regions()}


@cache
def _named() -> Mapping[str, tuple[Region, ...]]:
    """Return the divisions by the names they go by, now or formerly, and what autonomous ones are called in short."""
    names: dict[str, tuple[Region, ...]] = {}
    today = [(region, region) for region in regions().values()]
    for called, region in (*today, *_renamed()):
        for name in _names(called):
            if region not in names.get(name, ()):
                names[name] = (*names.get(name, ()), region)
    return names


@cache
def _lengths() -> Mapping[str, Sequence[int]]:
    """Return how long the names are that begin with two characters, the longest first."""
    lengths: dict[str, set[int]] = {}
    for name in _named():
        if _SHORTEST <= len(name) <= _LONGEST:
            lengths.setdefault(name[:_SHORTEST], set()).add(len(name))
    return {beginning: sorted(found, reverse=True) for beginning, found in lengths.items()}


def _names(region: Region) -> Iterator[str]:
    yield region.name
    for ending, usual in (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗")):
        if region.name.endswith(ending) and len(region.short_name) > 1:
            yield region.short_name + usual
    if region.name.endswith(("自治区", "特别行政区")):
        yield region.short_name


def ancestors(region: Region) -> Iterator[Region]:
    """Yield the divisions that a division lies in, the nearest first."""
    while region.parent:
        region = _outer()[region.parent]
        yield region


def lies_in(inner: Region, outer: Region) -> bool:
    """Return whether a division is another one or lies in it."""
    return inner == outer or outer in ancestors(inner)


@cache
def _parents() -> frozenset[str]:
    return frozenset(region.parent for region in regions().values())


def is_parted(region: Region) -> bool:
    """Return whether a division is made of smaller ones, in which its townships lie."""
    return region.code in _parents()


@dataclass(frozen=True, slots=True)
class Place:
    """The divisions that the beginning of a name can mean (several where it is ambiguous), and the rest of the name."""

    candidates: tuple[Region, ...]
    rest: str


@lru_cache(maxsize=4096)  # an agency's name is asked about a dozen times a report
def leading(name: str) -> Place:
    """Take the divisions off the beginning of an agency's name (江苏省淮安市清江浦区教育局), the innermost counts."""
    found: tuple[Region, ...] = ()
    while True:
        for length in _lengths().get(name[:_SHORTEST], ()):
            named = _named().get(name[:length], ())
            inside = tuple(r for r in named if not found or any(lies_in(r, outer) and r != outer for outer in found))
            if inside:
                found, name = inside, name[length:]
                break
        else:
            return Place(found, name)


def mentions(text: str) -> Iterator[tuple[Region, int]]:
    """Yield each division that a text names in full, with the place where its name ends (all that a name can mean)."""
    names = _named()
    for end, character in enumerate(text, 1):
        if character not in _SUFFIXES:
            continue
        for start in range(max(0, end - _LONGEST), end - _SHORTEST + 1):
            named = names.get(text[start:end])
            if named:
                for region in named:
                    yield region, end
                break


@cache
def _in_short() -> Mapping[str, tuple[Region, ...]]:
    names: dict[str, tuple[Region, ...]] = {}
    for region in regions().values():
        if len(region.short_name) >= _SHORTEST:
            names[region.short_name] = (*names.get(region.short_name, ()), region)
    return names


def leading_short(name: str) -> Place:
    """Take a division called in short (抚顺) off the beginning of an agency's name."""
    for length in range(min(_LONGEST_SHORT, len(name) - 2), _SHORTEST - 1, -1):
        named = _in_short().get(name[:length])
        if named:
            return Place(named, name[length:])
    return Place((), name)


def short_mentions(text: str, following: str) -> Iterator[Region]:
    """Yield the divisions that a text names in short (抚顺) just before some words (教育网)."""
    end = text.find(following)
    while end >= 0:
        for length in range(min(_LONGEST_SHORT, end), _SHORTEST - 1, -1):
            named = _in_short().get(text[end - length : end])
            if named:
                yield from named
                break
        end = text.find(following, end + 1)


def is_mentioned(region: Region, text: str) -> bool:
    """Return whether a text names a division in full or in short."""
    return region.name in text or (len(region.short_name) > 1 and region.short_name in text)
