"""Reads the text of one cell: a number, a zero, a blank, a mark for "does not apply", or text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from parsers.model import FigureKind, Number

NOT_APPLICABLE = frozenset(
    {
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "―",
        "─",
        "–",
        "~",
        "*",
        "无",
        "不涉及",
        "不适用",
        "无此项",
        "无此项内容",
        "N/A",
        "n/a",
        "NA",
    }
)
COUNT_UNITS = "人次|件次|件|项|条|个|次|份|宗|起|人|篇|场|期|家|名|处"
MONEY_UNITS = {
    "元": Decimal("0.0001"),
    "万元": Decimal(1),
    "万": Decimal(1),
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
}
MULTIPLIERS = {"万": 10_000, "亿": 100_000_000}

# Full-width forms only. NFKC would also turn a footnote mark (5②, 5²) into a digit of the number.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0x2212: 0x2D,
    0x2010: 0x2D,
    0x2011: 0x2D,
    # Between thousands: two numbers that ran together are no thousands, and no number.
    0x2009: 0x2C,
    0x202F: 0x2C,
}
_INVISIBLE = re.compile(r"[\s\u00a0\u200b-\u200f\u202a-\u202e\u2060\u00ad\ufeff]+")
_NUMBER = re.compile(
    r"[¥￥]?(?P<sign>[+\-]|增加|增长|新增|增|减少|下降|减|↑|↓|上升)?"
    # No agency counts beyond fifteen digits, and no database column holds more than eighteen.
    r"(?P<number>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?)"
    rf"(?P<unit>亿元|万元|元|亿|万(?:{COUNT_UNITS})?|{COUNT_UNITS})?"
    # Digits behind a bracket that closed are another number: 98（2022年）120（2023年） is not 98.
    r"(?P<note>[(\[【〔](?:(?![)\]】〕][^()\[\]【】〔〕]*\d).)*[)\]】〕]|[*＊①-⑳⑴-⒇¹²³⁰⁴-⁹†]+)?"
    r"[。;.]?"
)
_SPLIT_DIGITS = re.compile(r"\d[\s\u00a0\u3000]+\d")
_FEWER = re.compile("减|下降|↓")
_NEGATIVE = frozenset({"-", "减少", "下降", "减", "↓"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell's text says. `unit` is the unit printed in the cell, `note` an annotation beside the number."""

    value: Number | None
    kind: FigureKind
    unit: str | None = None
    note: str | None = None


@lru_cache(maxsize=65536)
def read(raw: str) -> Reading:
    """Reads the text of a count cell: `１２`, `1,234`, `增2`, `4件`, `22（其中修订16件）`, `6。`, ``, `/`, `见附件`.

    A blank is never zero, and what is not surely one number is text with no value: digits with white space between
    them as well, for two cells may have run together.
    """
    text = raw.strip().translate(_FULL_WIDTH).strip()
    if _SPLIT_DIGITS.search(text):
        return Reading(None, "text")
    text = _INVISIBLE.sub("", text)
    if not text:
        return Reading(None, "blank")
    if text in NOT_APPLICABLE:
        return Reading(None, "not_applicable")
    if text in ("零", "〇"):
        return Reading(0, "zero")
    found = _NUMBER.fullmatch(text)
    if found is None:
        return Reading(None, "text")
    value = Decimal(found["number"].replace(",", ""))
    unit = found["unit"]
    if unit and unit not in MONEY_UNITS and unit[0] in MULTIPLIERS:
        value, unit = value * MULTIPLIERS[unit[0]], unit[1:]
    if found["sign"] in _NEGATIVE:
        value = -value
    number: Number = int(value) if value == value.to_integral_value() else value
    return Reading(number, "number" if number else "zero", unit, found["note"])


def are_several(raw: str) -> bool:
    """Whether a cell's text holds digits with white space between them, as where two cells ran together."""
    return _SPLIT_DIGITS.search(raw.translate(_FULL_WIDTH)) is not None


@lru_cache(maxsize=65536)
def read_count(raw: str, *, changes: bool = True) -> Reading:
    """Reads a cell that counts (件, 项): `3.5万` is 35000.

    `changes` says whether the cell may tell of a change; elsewhere `减少3件` is no count, but text. A bare `-3` is the
    source's own number everywhere.
    """
    reading = read(raw)
    if not changes and reading.value is not None and _FEWER.match(_INVISIBLE.sub("", raw)):
        return Reading(None, "text")
    if reading.value is not None and reading.unit in MULTIPLIERS:
        value = Decimal(reading.value) * MULTIPLIERS[reading.unit]
        return Reading(int(value) if value == value.to_integral_value() else value, reading.kind, None, reading.note)
    return reading


def read_money(raw: str, unit: str | None) -> Reading:
    """Reads money in 万元 where the cell, or `unit` (the unit that form or header states), says what it is in.

    Where neither does, the value stays as printed and the reading's unit is None.
    """
    reading = read(raw)
    if reading.value is None:
        return reading
    stated = reading.unit or unit
    if stated not in MONEY_UNITS:
        return Reading(reading.value, reading.kind, None, reading.note)
    value = Decimal(reading.value) * MONEY_UNITS[stated]
    number: Number = int(value) if value == value.to_integral_value() else value.normalize()
    return Reading(number, reading.kind, "万元", reading.note)
