"""The year and the period of statistics that a report states in its text."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from parsers.identity.report_titles import tight

_TO = r"(?:零时|0时)?(?:起|开始|始)?[,，]?(?:至|到|—+|-+|~|－|–|止)+(?:当年|同年|本年)?"
_DAYS = re.compile(
    rf"(20\d\d)年度?(\d{{1,2}})月(\d{{1,2}})日{_TO}(?:(20\d\d)年)?(\d{{1,2}})月(\d{{1,2}})日"
    rf"|(20\d\d)[.\-/](\d{{1,2}})[.\-/](\d{{1,2}}){_TO}(20\d\d)[.\-/](\d{{1,2}})[.\-/](\d{{1,2}})"
)
_MONTHS = re.compile(rf"(20\d\d)年(\d{{1,2}})月{_TO}(?:(20\d\d)年)?(\d{{1,2}})月")
_SAYS_PERIOD = re.compile("统计|期限|时限|数据|报告期|起止|所列")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)年")


def stated_period(lines: Iterable[str]) -> tuple[str, str] | None:
    """Return the first and last day that the sentence on the period of statistics names, ISO dates; None without one.

    A whole calendar year counts as such a sentence wherever it stands.
    """
    for line in lines:
        if "20" not in line:
            continue
        plain = tight(line)
        speaks = _SAYS_PERIOD.search(plain)
        for found in _DAYS.finditer(plain):
            first_year, first_month, first_day, last_year, last_month, last_day = (
                found.groups()[:6] if found[1] else found.groups()[6:]
            )
            first = (int(first_year), int(first_month), int(first_day))
            last = (int(last_year or first_year), int(last_month), int(last_day))
            whole_year = first[1:] == (1, 1) and last[1:] == (12, 31)
            if (speaks or whole_year) and _sound(first, last):
                return _iso(first), _iso(last)
        found_months = _MONTHS.search(plain) if speaks else None
        if found_months:
            year, month, last_year, last_month = found_months.groups()
            end = int(last_year or year)
            if 1 <= int(last_month) <= 12:
                last = (end, int(last_month), calendar.monthrange(end, int(last_month))[1])
                if _sound((int(year), int(month), 1), last):
                    return _iso((int(year), int(month), 1)), _iso(last)
    return None


def is_one_year(period: tuple[str, str]) -> bool:
    """Return whether a period can be that of a year's report: no longer than a year (newly made agencies: shorter)."""
    first, last = map(date.fromisoformat, period)
    return (last - first).days <= 366


def is_whole_year(period: tuple[str, str]) -> bool:
    """Return whether a period is a calendar year."""
    first, last = period
    return first[4:] == "-01-01" and last == f"{first[:4]}-12-31"


def _sound(first: tuple[int, int, int], last: tuple[int, int, int]) -> bool:
    days = (0 < month <= 12 and 0 < day <= calendar.monthrange(year, month)[1] for year, month, day in (first, last))
    return all(days) and first < last and last[0] - first[0] <= 1


def _iso(day: tuple[int, int, int]) -> str:
    return "{:04d}-{:02d}-{:02d}".format(*day)


def year_of_text(lines: Iterable[str]) -> int | None:
    """Return the year that a text speaks of most, beside its period, where no other comes near it; None otherwise."""
    counts = Counter(int(year) for line in lines for year in _YEAR.findall(_DAYS.sub("", tight(line))))
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]
