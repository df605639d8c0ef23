"""Finds the row or column of an official form that a printed label means, by its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType

from parsers.characters import usual
from parsers.forms import FormTable, Line, forms

STUBS = frozenset({"信息内容", "申请人情况", "统计指标", "单位", "统计数", "项目", "指标"})

_WHITE = re.compile(r"[\s\u00a0\u200b-\u200f\u202a-\u202e\u2060\u00ad\ufeff]+")
_BEFORE = re.compile(
    r"^(?:[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)]?[)、.,:]+|[(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)]"
    r"|\d{1,2}(?=[^\d.])|其中:?)+"
)
_ARTICLE = re.compile(r"第?二十条第?[(]?([一二三四五六七八九十]{1,2})[)]?项")
_GLOSS = re.compile(r"[(\[〔【][^()\[\]〔〕【】]*[)\]〕】]?")
_NOTE_MARK = re.compile(r"(?<=\w)[\s*＊①-⑳⑴-⒇¹²³⁰⁴-⁹†]+\Z")
_MARKS = re.compile(r"[^\w]+|_")
_LOOKALIKES = str.maketrans("末己巳査", "未已已查")
_UNIT_ALONE = re.compile("[(]?(?:条|件次?|项|次|篇|个|人次?|份|场|万元|元)[)]?")
_UNIT = re.compile(r"的?(?:单位)?(?:件数?|项目?|万元|元|数量?|总数|个|次|情况)?")
# Words that a label must share with the wording it is taken for: a misprint does not turn one year into another.
_DECISIVE = re.compile("(?:上一?|去|前)年|同比|环比|累计|增减|增长|比例|率|新收|结转|[不未无非失]")
FUZZY = 0.8
MARGIN = 0.05
SHORTEST_FUZZY = 4
SHORTEST_MISPRINTED = 6
CHARACTERS_A_MISPRINT = 8
LONG_WORDING = 6
LONGEST_PATH = 200


@lru_cache(maxsize=65536)
def squash(text: str) -> str:
    """A label in one normal form: radicals, compatibility characters (full width) and white space resolved."""
    return _WHITE.sub("", unicodedata.normalize("NFKC", usual(text)))


@lru_cache(maxsize=65536)
def wording(text: str) -> str:
    """The words of a label that are compared: no numeral or 其中 before, no gloss in brackets, no mark of a footnote
    behind, no punctuation.

    A label that is nothing but a gloss keeps its words.
    """
    bare = _BEFORE.sub("", squash(_NOTE_MARK.sub("", text)).translate(_LOOKALIKES), count=1).replace("增(减)", "增减")
    without_gloss = _MARKS.sub("", _GLOSS.sub("", bare))
    return without_gloss or _MARKS.sub("", bare)


@lru_cache(maxsize=65536)
def article(text: str) -> str | None:
    """The code of the table that a cell such as 第二十条第（五）项 announces (`a20_5`); None for any other text."""
    plain = squash(text)
    found = _ARTICLE.match(plain) if len(plain) < 40 else None
    numerals = "一二三四五六七八九"
    if found is None or found[1] not in numerals:
        return None
    return f"a20_{numerals.index(found[1]) + 1}"


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit: 件, 万元, 人次."""
    return _UNIT_ALONE.fullmatch(squash(text)) is not None


@dataclass(frozen=True, slots=True, eq=False)
class Wordings:
    """The wordings of one direction (rows or columns) of all forms together.

    `leaves` maps the wording of an inner label to its places (table code, line code, wordings of its groups);
    `children` maps a group's wording to the wordings that may stand under it.
    """

    leaves: Mapping[str, tuple[tuple[str, str, tuple[str, ...]], ...]]
    children: Mapping[str, frozenset[str]]

    def match(self, text: str) -> str | None:
        """The wording of the leaf or group that a printed label means, or None: exact, by prefix, or damaged.

        A damaged label (a wrong or missing character) counts only when one wording is near and no other.
        """
        return _match_printed(self, text)

    def path(self, text: str) -> tuple[str, ...]:
        """The wordings that a printed label names, outer to inner: one, or several where groups are printed with it."""
        return _path(self, wording(text))


@lru_cache(maxsize=65536)
def _match_printed(wordings: Wordings, text: str) -> str | None:
    return _match(wordings, wording(text))


@lru_cache(maxsize=65536)
def _match(wordings: Wordings, said: str) -> str | None:
    if said in wordings.leaves or said in wordings.children:
        return said
    if len(said) < SHORTEST_FUZZY or said.isdigit():
        return None
    path = _path(wordings, said)
    if path:
        return path[-1]
    decisive = _decisive(said)
    every = [known for known in (*wordings.leaves, *wordings.children) if _decisive(known) == decisive]
    begun = [known for known in every if _begins(said, known)]
    if begun:
        return max(begun, key=len)
    near = sorted(((_likeness(said, known), known) for known in every), reverse=True)
    best, found = next(iter(near), (0.0, ""))
    meant = wordings.leaves.get(found)
    rival = next((likeness for likeness, known in near if wordings.leaves.get(known, known) != meant), 0.0)
    return found if best >= FUZZY and best - rival >= MARGIN else None


@lru_cache(maxsize=65536)
def _path(wordings: Wordings, said: str) -> tuple[str, ...]:
    if len(said) > LONGEST_PATH:
        return ()
    if said in wordings.leaves or said in wordings.children:
        return (said,)
    for group, inner in wordings.children.items():
        if said.startswith(group):
            rest = _path(wordings, said[len(group) :].lstrip("0123456789"))
            if rest and rest[0] in inner:
                return (group, *rest)
    return ()


def _begins(said: str, known: str) -> bool:
    """Whether a label is a known wording with a gloss or a unit behind it.

    A short wording takes a unit only: 行政处罚和行政强制 is not 行政处罚.
    """
    if not said.startswith(known) or len(known) < SHORTEST_FUZZY:
        return False
    return len(known) >= LONG_WORDING or _UNIT.fullmatch(said, len(known)) is not None


def _likeness(said: str, known: str) -> float:
    """How alike two wordings are, 0 to 1; a wording that only lost characters is as good as alike.

    Wrong characters are misprints in long wordings only: in a short one they make another word.
    """
    if len(known) < SHORTEST_FUZZY:
        return 0.0
    most = max(len(known) // CHARACTERS_A_MISPRINT, len(known) >= SHORTEST_MISPRINTED)
    missing = (len(known) - len(said)) / 2
    if -missing > most:
        return 0.0
    strange = len(frozenset(said) - _characters(known))
    if not strange and len(said) * 2 >= len(known) and _lost_characters(said, known):
        return FUZZY + 0.2 * len(said) / len(known)
    if missing + strange > most:  # fewer misprints there cannot be
        return 0.0
    likeness = SequenceMatcher(None, said, known, autojunk=False).ratio()
    misprints = round((1 - likeness) * (len(said) + len(known)) / 2, 6)
    return likeness if misprints <= most else 0.0


@cache
def _decisive(words: str) -> tuple[str, ...]:
    return tuple(sorted("上年" if found.endswith("年") else found for found in _DECISIVE.findall(words)))


@cache
def _characters(known: str) -> frozenset[str]:
    return frozenset(known)


def _lost_characters(said: str, known: str) -> bool:
    rest = iter(known)
    return all(character in rest for character in said)


def _wordings(lines: Iterable[tuple[FormTable, Line]]) -> Wordings:
    leaves: dict[str, dict[tuple[str, str, tuple[str, ...]], None]] = {}
    children: dict[str, set[str]] = {}
    for table, line in lines:
        groups = tuple(wording(label) for label in line.path[:-1])
        for label in line.wordings:
            leaves.setdefault(wording(label), {})[table.code, line.code, groups] = None
            for outer, inner in pairwise((*groups, wording(label))):
                children.setdefault(outer, set()).add(inner)
    return Wordings(
        leaves=MappingProxyType({label: tuple(places) for label, places in leaves.items()}),
        children=MappingProxyType({group: frozenset(inner) for group, inner in children.items()}),
    )


@cache
def rows() -> Wordings:
    """The row labels of all forms."""
    return _wordings((table, row) for form in forms().values() for table in form.tables for row in table.rows)


def is_row(text: str) -> bool:
    """Whether a form has a row of exactly these words."""
    return wording(text) in rows().leaves


def is_label(text: str) -> bool:
    """Whether a form has a row, a column or a group of exactly these words."""
    said = wording(text)
    return any(said in known.leaves or said in known.children for known in (rows(), columns()))


@cache
def columns() -> Wordings:
    """The column labels of all forms."""
    return _wordings((table, column) for form in forms().values() for table in form.tables for column in table.columns)
