"""What readers ask of one indicator: how its values are spread, their median, and the reports at both ends.

Made at publication from `figures_wide`, by year and scope: a whole city and its own organs must not be ranked
together. Amounts whose unit is not known are not ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappush, heappushpop
from itertools import accumulate
from math import inf

from sqlite_utils import Database

from archive.published.wide import column_name

PLACES = 10
CLASSES = (0, 1, 10, 100, 1000, 10000)  # the lowest value of each; below 0 are changes for the worse
_EXACT = 1000  # values below are counted one by one, for the median

_TABLES = """
DROP TABLE IF EXISTS indicator_ranks;
DROP TABLE IF EXISTS indicator_classes;
DROP TABLE IF EXISTS indicator_medians;
CREATE TABLE indicator_ranks (
    indicator TEXT NOT NULL,
    year INTEGER NOT NULL,
    scope TEXT NOT NULL,
    place INTEGER NOT NULL,
    report_key TEXT NOT NULL REFERENCES reports(report_key),
    value ANY NOT NULL,
    PRIMARY KEY (indicator, year, scope, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE indicator_classes (
    indicator TEXT NOT NULL,
    year INTEGER NOT NULL,
    scope TEXT NOT NULL,
    low INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    PRIMARY KEY (indicator, year, scope, low)
) STRICT, WITHOUT ROWID;
CREATE TABLE indicator_medians (
    indicator TEXT NOT NULL,
    year INTEGER NOT NULL,
    scope TEXT NOT NULL,
    median REAL NOT NULL,
    PRIMARY KEY (indicator, year, scope)
) STRICT, WITHOUT ROWID;
"""

Number = int | float
_Place = tuple[Number, int, str]


class _Spread:
    """The values of one indicator in one year and scope, as they come."""

    __slots__ = ("_heads", "_seen", "_tails", "ceiling", "counts", "floor")

    def __init__(self) -> None:
        self.counts: dict[int, int] = {}
        self.floor: Number = -inf
        self.ceiling: Number = inf
        self._heads: list[_Place] = []
        self._tails: list[_Place] = []
        self._seen = 0

    def add(self, value: Number, key: str) -> None:
        """Takes a value that is not 0."""
        whole = -1 if value < 0 else max(1, int(value))
        if whole >= _EXACT:
            whole = CLASSES[-1] if whole >= CLASSES[-1] else _EXACT
        self.counts[whole] = self.counts.get(whole, 0) + 1
        if value > self.floor:
            self.floor = self._keep(self._heads, value, key, -inf)
        if value < self.ceiling:
            self.ceiling = -self._keep(self._tails, -value, key, -inf)

    def _keep(self, ends: list[_Place], value: Number, key: str, otherwise: Number) -> Number:
        self._seen -= 1  # of two equal ones the earlier stays
        if len(ends) < PLACES:
            heappush(ends, (value, self._seen, key))
        else:
            heappushpop(ends, (value, self._seen, key))
        return ends[0][0] if len(ends) == PLACES else otherwise

    def places(self) -> list[tuple[int, str, Number]]:
        """Place, report and value: 1 is the largest, -1 the smallest that is not 0."""
        largest = [(at, key, value) for at, (value, _, key) in enumerate(sorted(self._heads, reverse=True), 1)]
        smallest = [(-at, key, -value) for at, (value, _, key) in enumerate(sorted(self._tails, reverse=True), 1)]
        return largest + smallest

    def classes(self, zeros: int) -> list[tuple[int, int]]:
        """The lowest value of each class that is not empty, and how many reports are in it."""
        found = {0: zeros}
        for value, number in self.counts.items():
            low = max((low for low in CLASSES if low <= value), default=-1)
            found[low] = found.get(low, 0) + number
        return [(low, number) for low, number in sorted(found.items()) if number]

    def median(self, zeros: int) -> float | None:
        """The median of whole numbers; None where it is among those that are not counted one by one."""
        values = sorted((self.counts | {0: zeros}).items())
        ends = list(accumulate(number for _, number in values))
        total = ends[-1]
        if not total:
            return None
        places = ((total - 1) // 2, total // 2)
        middle = [next(value for (value, _), end in zip(values, ends, strict=True) if end > at) for at in places]
        return sum(middle) / 2 if all(0 <= value < _EXACT for value in middle) else None


class _Group:
    """Every indicator of a form in one year and scope."""

    def __init__(self, width: int) -> None:
        self.reports = 0
        self.blanks = [0] * width
        self.nonzero = [0] * width
        self.spreads = [_Spread() for _ in range(width)]

    def add(self, key: str, cells: Sequence[Number | None]) -> None:
        """Takes a report. This loop runs for every cell of the archive."""
        self.reports += 1
        for at, value in enumerate(cells):
            if value:
                self.nonzero[at] += 1
                self.spreads[at].add(value, key)
            elif value is None:
                self.blanks[at] += 1


def make_ranks(db: Database) -> None:
    """Makes the tables `indicator_ranks`, `indicator_classes` and `indicator_medians`; needs `figures_wide`."""
    db.executescript(_TABLES)
    types = {
        indicator: (dtype, unit)
        for indicator, dtype, unit in db.execute("SELECT id, dtype, unit FROM indicators ORDER BY form")
    }
    groups: dict[tuple[int, str], _Group] = {}
    columns = ", ".join(f'"{column_name(indicator)}"' for indicator in types)
    for year, scope, key, *cells in db.execute(
        # In the order of keys, which decides between equal values.
        f"SELECT year, scope, report_key, {columns} FROM figures_wide"  # noqa: S608  # our columns
        " WHERE form IS NOT NULL ORDER BY report_key"
    ):
        group = groups.get((year, scope)) or groups.setdefault((year, scope), _Group(len(types)))
        group.add(key, cells)
    for (year, scope), group in groups.items():
        for at, (indicator, (dtype, unit)) in enumerate(types.items()):
            spread = group.spreads[at]
            zeros = group.reports - group.blanks[at] - group.nonzero[at]
            if group.blanks[at] == group.reports:
                continue
            of = (indicator, year, scope)
            if dtype != "decimal" or unit:
                db.conn.executemany(
                    "INSERT INTO indicator_ranks VALUES (?, ?, ?, ?, ?, ?)",
                    [(*of, *place) for place in spread.places()],
                )
                db.conn.executemany(
                    "INSERT INTO indicator_classes VALUES (?, ?, ?, ?, ?)",
                    [(*of, *row) for row in spread.classes(zeros)],
                )
            if dtype != "decimal" and (median := spread.median(zeros)) is not None:
                db.execute("INSERT INTO indicator_medians VALUES (?, ?, ?, ?)", [*of, median])
