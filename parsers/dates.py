"""Reads the dates that pages, addresses and reports state."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_FIRST_YEAR, _LAST_YEAR = 2007, 2099
_DATE = re.compile(r"(?<!\d)(20\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_CHINESE = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "O": "0"}
_CHINESE_DATE = re.compile(
    r"([二][〇○零O][〇○零O一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_IN_ADDRESS = (
    re.compile(r"/t(20\d{2})(\d{2})(\d{2})_\d+"),
    re.compile(r"/(?:art|info)?/?(20\d{2})[-/](\d{1,2})[-/](\d{1,2})/"),
    re.compile(r"/(20\d{2})(\d{2})(\d{2})/"),
    re.compile(r"/(20\d{2})(\d{2})/(\d{2})/"),
    re.compile(r"/P0?(20\d{2})(\d{2})(\d{2})\d{9,}\."),
)


def iso_date(text: str) -> str | None:
    """Return the first date in a text (2024-1-17, 2024年1月17日, 二〇二四年一月十七日) in ISO form, or None."""
    text = unicodedata.normalize("NFKC", text)
    for found in _DATE.finditer(text):
        day = _checked(*found.groups())
        if day:
            return day
    found_chinese = _CHINESE_DATE.search(text)
    if found_chinese:
        year, month, day_of_month = found_chinese.groups()
        return _checked(
            "".join(_CHINESE[digit] for digit in year), _chinese_number(month), _chinese_number(day_of_month)
        )
    return None


def date_in_address(url: str) -> str | None:
    """Return the day that a CMS wrote into a page's address, None without one."""
    for pattern in _IN_ADDRESS:
        found = pattern.search(url)
        if found and (day := _checked(*found.groups())):
            return day
    return None


def _checked(year: str, month: str, day: str) -> str | None:
    try:
        checked = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return checked.isoformat() if _FIRST_YEAR <= checked.year <= _LAST_YEAR else None


def _chinese_number(text: str) -> str:
    tens, ten, units = text.rpartition("十")
    value = int(_CHINESE.get(units, "0")) + (10 * int(_CHINESE.get(tens, "1")) if ten else 0)
    return str(value)
