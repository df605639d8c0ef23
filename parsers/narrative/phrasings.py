"""The ways in which reports state figures in running text, as data: reads claims.toml into regular expressions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, Literal

Many = Literal["joint", "each", "none"]

NAME_IN_QUOTES = r"[“\"][^”\"]{1,20}[”\"]"
_NAMED = re.compile(r"\{([a-z_]+)\}")
# What may stand between two nouns before one number: a joint, and the name of what the noun is (“…”抖音号).
_BETWEEN = rf"(?:以及|[、和及与或])(?:{NAME_IN_QUOTES}|[^，。；、和及与等“”\"\d]{{0,6}}?)"


@dataclass(frozen=True, slots=True)
class Around:
    """A phrasing: what must stand right before a quantity, and right behind it (None: the phrase must end there)."""

    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None


@dataclass(frozen=True)
class Phrased:
    """One way to state one figure, as `claims.toml` describes it; `code`, `nouns` or `after` gives the claim's code.

    `printed` are its phrasings as patterns, those before and behind the quantity parted by `#`.
    """

    code: str | None
    nouns: re.Pattern[str] | None
    after: Mapping[str, str]
    words: re.Pattern[str]
    printed: tuple[str, ...]
    needs: re.Pattern[str] | None
    needs_paragraph: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    unless_sentence: re.Pattern[str] | None
    less: re.Pattern[str] | None
    many: Many
    joined: str | None
    alone: bool
    part: bool
    also: bool
    adds: bool

    @cached_property
    def phrasings(self) -> tuple[Around, ...]:
        """The phrasings, compiled when one is tried: all together take longer than a page, and a page tries few."""
        return tuple(map(_around, self.printed))

    @property
    def of_another_year(self) -> bool:
        """Whether the figure may be one of last year or the next: a number carried over, or one that is compared."""
        return bool(self.after) or self.code == "req_carried_text"

    def codes(self, named: str) -> tuple[str, ...]:
        """The codes of the nouns in a text, in their order, each once."""
        assert self.nouns is not None
        return noun_codes(self.nouns, named)


@dataclass(frozen=True, slots=True)
class Negated:
    """One way to say that there was nothing: its value is 0."""

    code: str | None
    nouns: re.Pattern[str] | None
    unit: str
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Topic:
    """What a paragraph may be about, and the code that its figures then have."""

    about: re.Pattern[str]
    code: str
    units: frozenset[str]
    before: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All of `claims.toml`: the claims by printed unit in their order, one pattern for all negations, the topics."""

    by_unit: Mapping[str, tuple[Phrased, ...]]
    nothing: re.Pattern[str]
    negated: Mapping[str, Negated]
    topics: tuple[Topic, ...]


def noun_codes(nouns: re.Pattern[str], named: str) -> tuple[str, ...]:
    """The names of the groups that match in a text, in their order, each once."""
    return tuple(dict.fromkeys(found.lastgroup for found in nouns.finditer(named) if found.lastgroup))


@cache
def phrasebook() -> Phrasebook:
    """The phrasings that ship with the parsers. Raises KeyError for a word group that does not exist."""
    data = tomllib.loads(resources.files("parsers.narrative").joinpath("claims.toml").read_text("utf-8"))
    words: Mapping[str, str] = data["words"]
    by_unit: dict[str, list[Phrased]] = {}
    for entry in data["claim"]:
        phrased = _phrased(entry, words)
        for unit in entry["units"].split():
            by_unit.setdefault("" if unit == "-" else unit, []).append(phrased)
    negated = {f"n{number}": entry for number, entry in enumerate(data["negated"])}
    nothing = "|".join(f"(?P<{name}>{_expand(entry['pattern'], words)})" for name, entry in negated.items())
    return Phrasebook(
        by_unit={unit: tuple(claims) for unit, claims in by_unit.items()},
        nothing=re.compile(rf"(?=[未没尚从无不])(?:{nothing})"),
        negated={name: _negated(entry, words) for name, entry in negated.items()},
        topics=tuple(_topic(entry, words) for entry in data["topic"]),
    )


def _expand(pattern: str, words: Mapping[str, str]) -> str:
    """Replaces the names of word groups by the groups, those inside groups as well."""
    while True:
        expanded = _NAMED.sub(lambda found: words[found[1]], pattern)
        if expanded == pattern:
            return pattern
        pattern = expanded


def _phrased(entry: Mapping[str, Any], words: Mapping[str, str]) -> Phrased:
    nouns = _nouns(entry, words)
    if nouns:
        noun = "|".join(f"(?:{pattern})" for pattern in entry["nouns"].values())
        words = {**words, "list": rf"(?P<list>(?:{noun})(?:{_BETWEEN}(?:{noun}))*)"}
    return Phrased(
        code=entry.get("code"),
        nouns=nouns,
        after=entry.get("after", {}),
        words=re.compile("|".join(map(re.escape, entry["words"]))),
        printed=tuple(_expand(phrasing, words) for phrasing in entry["phrasings"]),
        needs=_optional(entry, "needs", words),
        needs_paragraph=_optional(entry, "needs_paragraph", words),
        unless=_optional(entry, "unless", words),
        unless_sentence=_optional(entry, "unless_sentence", words),
        less=_optional(entry, "less", words),
        many=entry.get("many", "joint"),
        joined=entry.get("joined"),
        alone=entry.get("alone", False),
        part=entry.get("part", True),
        also=entry.get("also", False),
        adds=entry.get("adds", False),
    )


def _around(phrasing: str) -> Around:
    before, behind = phrasing.split("#")
    return Around(re.compile(rf"(?:{before})\Z") if before else None, re.compile(behind) if behind else None)


def _nouns(entry: Mapping[str, Any], words: Mapping[str, str]) -> re.Pattern[str] | None:
    nouns: Mapping[str, str] = entry.get("nouns", {})
    groups: Sequence[str] = [f"(?P<{code}>{_expand(pattern, words)})" for code, pattern in nouns.items()]
    return re.compile("|".join(groups)) if groups else None


def _optional(entry: Mapping[str, Any], key: str, words: Mapping[str, str]) -> re.Pattern[str] | None:
    return re.compile(_expand(entry[key], words)) if key in entry else None


def _negated(entry: Mapping[str, Any], words: Mapping[str, str]) -> Negated:
    return Negated(
        code=entry.get("code"),
        nouns=_nouns(entry, words),
        unit=entry["unit"],
        needs=_optional(entry, "needs", words),
        unless=_optional(entry, "unless", words),
    )


def _topic(entry: Mapping[str, Any], words: Mapping[str, str]) -> Topic:
    before = _around(_expand(entry["pattern"], words)).before
    assert before is not None
    return Topic(re.compile(entry["words"]), entry["code"], frozenset(entry["units"].split()), before)
