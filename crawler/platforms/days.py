"""Days: as lists print them, and as data tells them, which may be moments on another clock than that of the sites."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

DATE = re.compile(r"(20\d\d|199\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
# 2024-01-18T16:00:00.000Z
_MOMENT = re.compile(r"\s*((?:20|19)\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|[+-]00:?00)\s*")
# Seconds, or thousandths of them, since 1970.
_COUNTED = re.compile(r"(\d{9,10})(\d{3})?")
_BEIJING = timezone(timedelta(hours=8))


def iso_date(text: str) -> str | None:
    """The first date in `text` as YYYY-MM-DD; None where there is none (or none that can be)."""
    for found in DATE.finditer(text):
        year, month, day = (int(part) for part in found.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"{year:04}-{month:02}-{day:02}"
    return None


def told(value: object) -> str | None:
    """The day that a value of data tells, in China: a date, a moment on the clock of Greenwich, a number of seconds
    since 1970; None where it tells none."""
    text = str(value)
    if found := _MOMENT.fullmatch(text):
        try:
            moment = datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
        except ValueError:
            return None
        return moment.astimezone(_BEIJING).date().isoformat()
    if counted := _COUNTED.fullmatch(text):
        day = datetime.fromtimestamp(int(counted[1]), _BEIJING).date().isoformat()
        return day if "2000" <= day < "2050" else None
    return iso_date(text)
