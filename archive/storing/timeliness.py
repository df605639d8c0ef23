"""Whether a report was published in time: the legal deadline, and how far it was missed.

Regulations on Open Government Information: since the revision of 2019, article 49 has departments of governments from
the county upward publish by 31 January of the following year, and the authorities in charge publish the government's
own report by 31 March. Under the regulations of 2007, article 31, everyone had until 31 March.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from archive.states import Timeliness
from parsers.model import Report

FIRST_YEAR_OF_REVISION = 2019
MISSING_AFTER = timedelta(days=30)
# A page dated longer after the deadline than this was most likely dated anew, when its site moved to other software.
PLAUSIBLE_DELAY = timedelta(days=365)
UNCERTAIN = "date_uncertain"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A report's deadline, whether it was kept, and the days by which it was missed."""

    deadline: date
    timeliness: Timeliness
    days_late: int | None = None


def deadline(year: int, kind: str | None, level: str | None) -> date:
    """The day by which the report for `year` had to be out.

    Townships and streets have no sentence in article 49; local notices give them 31 January or earlier.
    """
    government = kind in {"government", "aggregate"} and level != "township"
    if year < FIRST_YEAR_OF_REVISION or government:
        return date(year + 1, 3, 31)
    return date(year + 1, 1, 31)


def judge(report: Report, year: int, first_seen: str) -> Verdict:
    """Whether the report was out in time: by the date it gives itself, or because it was seen by then.

    `first_seen` is an ISO time.
    """
    due = deadline(year, report.kind, report.level)
    if date.fromisoformat(first_seen[:10]) <= due:
        return Verdict(due, Timeliness.ON_TIME)
    published = _date(report.published)
    if published is None:
        return Verdict(due, Timeliness.UNKNOWN)
    doubted = any(problem.code == UNCERTAIN for problem in report.problems)
    if doubted or published <= date(year, 12, 1) or published > due + PLAUSIBLE_DELAY:
        return Verdict(due, Timeliness.DATE_UNCERTAIN)
    if published > due:
        return Verdict(due, Timeliness.LATE, (published - due).days)
    return Verdict(due, Timeliness.ON_TIME)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
