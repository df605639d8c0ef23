"""Reads the quantities of running text: 4707条, １，２００件, 十一场, 两千余次, 7.58万人, 近14万条, 百分之九十八."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from parsers.model import Number

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
ZEROS = frozenset("零〇")
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}
MOST_DIGITS = 15

# A unit is not read where it begins another word: 3个月, 一次性, 三人大代表, 12条例.
UNIT = (
    r"人次|件次|条次|场次|篇次|批次|万元|元(?![旦素])|条(?![例件款])|件|篇(?!章)|则|"
    r"个(?!百分点|工作日|自然日|月|小时|星期|季度|学期|年)|次(?![性日年要])|期(?![间限])|场(?![所馆地])|"
    r"人(?![民大才员事口均社])|名(?![单录称义])|位(?![于置])|项(?!目)|份(?!额)|起(?![草步])|宗|例(?![如会外行子])|处(?![理罚置室级长])|"
    r"家(?![庭长属级])|轮|[%％]|个?百分点"
)
_CHINESE = "〇零一二两三四五六七八九十百千万亿"
_QUANTITY = re.compile(
    # The first character comes first, so that the search skips all text without numbers. Then what the number must
    # not be: part of a longer one, a range (3-5件, 3至5件), a code (A12), an ordinal (第12条), vague (数百), a word.
    rf"[\d{_CHINESE}](?<![\dA-Za-z.~～—–/第-].)(?<!\d[,，至到].)(?:"
    r"(?<=\d)(?P<digits>(?:\d{0,2}(?:[,，]\d{3}(?!\d))+|\d{0,14})(?:[.．]\d{1,6})?)(?P<some>[余多])?"
    rf"(?P<large>[百千]?[万亿]|[百千])?(?P<more>[余多+＋])?(?:(?P<unit>{UNIT})|(?<=[万亿])|(?<=[万亿][余多+＋]))"
    rf"|(?<=百)分之(?P<percent>[{_CHINESE}点]{{1,12}}|\d{{1,3}}(?:[.．]\d{{1,4}})?)"
    rf"|(?<=[{_CHINESE}])(?<![几数第上统同唯进分{_CHINESE}].)(?P<chinese>[{_CHINESE}]{{0,14}}+)(?P<few>[余多])?(?P<counted>{UNIT})"
    r")(?P<after>以上|左右|以内|余)?"
)
_BEFORE = re.compile(
    r"(将近|接近|大约|大概|约|近|超过|超|逾|突破|多达|达到|达|至少|不少于|不低于|不足|不到|不超过|最多)(?:了)?$"
)
_AT_LEAST = frozenset(
    {"余", "多", "+", "＋", "超过", "超", "逾", "突破", "多达", "达到", "达", "以上", "至少", "不少于", "不低于"}
)
_AT_MOST = frozenset({"将近", "接近", "近", "不足", "不到", "不超过", "最多", "以内"})
_BELOW = re.compile(
    "(?:[零〇](?=.))?(?P<thousands>[一二两三四五六七八九]?千)?(?:[零〇](?=.))?(?P<hundreds>[一二两三四五六七八九]?百)?"
    "(?:[零〇](?=.))?(?P<tens>[一二三四五六七八九]?十)?(?:[零〇](?=.))?(?P<ones>[一二两三四五六七八九])?"
)
_EXACT_FOR_PERCENT = frozenset({"达到", "达", "多达"})


class Quantity(NamedTuple):
    """A number with its unit as it stands in a text.

    `low` and `high` bound the number: both are the value where it is exact, None where the text leaves that side open.
    `qualifier` is the printed word that makes it approximate. `span` is the number's place without its unit, `end` the
    place after the unit and the words that belong to it. A percentage has the unit `%`, its value in percent.
    """

    value: Number
    low: Number | None
    high: Number | None
    qualifier: str | None
    unit: str
    span: tuple[int, int]
    end: int


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Yields the quantities of a text in order. A number without a unit is none, unless it ends in 万, 亿, 余 or +."""
    for found in _QUANTITY.finditer(text, start, len(text) if end is None else end):
        quantity = _quantity(text, found)
        if quantity is not None:
            yield quantity


def _quantity(text: str, found: re.Match[str]) -> Quantity | None:
    first = found.start()
    if found["digits"] is not None:
        value = _scaled(text[first : found.end("digits")], found["large"])
        unit, some = found["unit"] or "", found["some"] or found["more"]
        close = max(found.end("digits"), found.end("some"), found.end("large"), found.end("more"))
    elif found["chinese"] is not None:
        value, unit, some = chinese_number(text[first : found.end("chinese")]), found["counted"], found["few"]
        close = found.start("counted")
    else:
        value, unit, some = _percentage(found["percent"]), "%", None
        close = found.end("percent")
    if value is None:
        return None
    if unit == "万元":
        value, unit = _whole(Decimal(value) * LARGE["万"]), "元"
    unit = "%" if unit == "％" else unit
    before = _BEFORE.search(text, max(0, first - 4), first)
    qualifier = some or found["after"] or (before[1] if before else None)
    if unit == "%" and qualifier in _EXACT_FOR_PERCENT:
        qualifier = None
    low, high = bounds(value, qualifier)
    return Quantity(value, low, high, qualifier, unit, (first, close), found.end())


def bounds(value: Number, qualifier: str | None) -> tuple[Number | None, Number | None]:
    """The least and the most that a number may mean with a qualifier: 60多 is 60 or more, 近100 at most 100."""
    if qualifier is None:
        return value, value
    return (value if qualifier in _AT_LEAST else None), (value if qualifier in _AT_MOST else None)


def _scaled(printed: str, multiplier: str | None) -> Number | None:
    if printed.isdecimal() and multiplier is None:
        return int(printed) if len(printed) <= MOST_DIGITS else None
    value = plain_number(printed)
    if value is None:
        return None
    for character in multiplier or "":
        value *= SMALL.get(character) or LARGE[character]
    return _whole(Decimal(value))


def plain_number(printed: str) -> Number | None:
    """Reads a number in digits (1,234.5); None for more than fifteen of them."""
    plain = printed.replace(",", "").replace("，", "").replace("．", ".")
    return _whole(Decimal(plain)) if len(plain) <= MOST_DIGITS else None


def _whole(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value.normalize()


def _percentage(printed: str) -> Number | None:
    if printed[0] in "0123456789" or printed[0].isdecimal():
        return _scaled(printed, None)
    whole, dot, decimals = printed.partition("点")
    value = 100 if whole == "百" else chinese_number(whole)
    if value is None or not dot:
        return value
    if not decimals or any(character not in DIGITS for character in decimals):
        return None
    return _whole(Decimal(f"{value}." + "".join(str(DIGITS[character]) for character in decimals)))


@lru_cache(maxsize=4096)
def chinese_number(text: str) -> int | None:
    """Reads a whole number in Chinese numerals: 十一, 三十二, 一百零五, 两千三百, 一万二千, 千; None for what is none.

    Digits in a row (一二, 三五) are a year or a rough guess, and a last digit without its place (三万五) is speech:
    neither is a count.
    """
    if text in LARGE:
        return LARGE[text]
    total = 0
    for character, multiplier in (("亿", LARGE["亿"]), ("万", LARGE["万"]), ("", 1)):
        head, found, rest = text.partition(character) if character else (text, text, "")
        if not found:
            continue
        part = _below_ten_thousand(head, inner=total > 0)
        if part is None:
            return None
        total, text = total + part * multiplier, rest
        if not text:
            return total
    return None


def _below_ten_thousand(text: str, inner: bool) -> int | None:
    """Reads up to 九千九百九十九; as an inner part (behind 万 or 亿) a zero must stand for a missing thousand."""
    if not inner and len(text) > 1 and text[0] in ZEROS:
        return None
    if text in DIGITS and not inner:
        return DIGITS[text]
    found = _BELOW.fullmatch(text)
    if found is None or not text:
        return None
    thousands, hundreds, tens = (
        DIGITS.get(found[name][:-1], 1) if found[name] else 0 for name in ("thousands", "hundreds", "tens")
    )
    ones = DIGITS[found["ones"]] if found["ones"] else 0
    if ones and not tens and (thousands or hundreds or inner) and text[-2:-1] not in ZEROS:
        return None
    if inner and bool(thousands) == (text[:1] in ZEROS):
        return None
    return 1000 * thousands + 100 * hundreds + 10 * tens + ones
