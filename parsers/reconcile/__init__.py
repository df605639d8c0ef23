"""Applies the accounting rules of the forms (勾稽关系) to the figures of one report.

A1–A4 are the sums that the forms themselves print or imply; A5 is what a count is. A rule is assessed only where its
cells are there: a blank counts as nothing inside a sum, but a blank or missing result makes a rule not assessable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from parsers.forms import forms
from parsers.model import Check, CheckResult, Figure, Number, Severity
from parsers.tables.labels import wording
from parsers.tables.places import indicators

Figures = Mapping[str, Figure]

MOST_MONEY_DECIMALS = 4
REMEDIES = ("review", "suit_direct", "suit_after_review")
RESULTS = ("upheld", "corrected", "other", "pending")


def check(figures: Figures) -> tuple[Check, ...]:
    """Every rule that needs the figures alone, in the order of the rules; () where there are no figures."""
    rows = tuple(dict.fromkeys(filter(None, map(_row_of().get, figures))))  # in the order of the report
    in_rows = (check for rule in (_a1, _a2, _a3) for check in rule(figures, rows))
    return (*in_rows, *(check for rule in (_a4, _a5, _a6, _a8, _a10, _a11) for check in rule(figures)))


def _a1(figures: Figures, rows: Sequence[str]) -> Iterator[Check]:
    """A1: in each row of section three, natural persons and the five kinds of organisations make the total."""
    for row in rows:
        *parts, total = _cells(row)
        yield _balance("A1", row, figures, parts, [total])


def _a2(figures: Figures, rows: Sequence[str]) -> Iterator[Check]:
    """A2: in each column, the outcomes make the closed total."""
    if "closed_total" not in rows:
        return
    for column, parts, total in _closed_by_column(_outcomes(rows)):
        yield _balance("A2", column, figures, parts, [total])


def _a3(figures: Figures, rows: Sequence[str]) -> Iterator[Check]:
    """A3, printed in the form: new and carried in make closed and carried out, in each column."""
    for column in _columns() if rows else ():
        left, right = _both_sides(column)
        yield _balance("A3", column, figures, left, right)


def _a4(figures: Figures) -> Iterator[Check]:
    """A4: the four results of each remedy make its total."""
    for remedy in REMEDIES:
        parts = [f"remedies.cases.{remedy}_{result}" for result in RESULTS]
        total = f"remedies.cases.{remedy}_total"
        if total in figures:
            yield _balance("A4", remedy, figures, parts, [total])


def _a5(figures: Figures) -> Iterator[Check]:
    """A5: a count is whole and not negative (but for a change), money is not negative and has at most 4 decimals."""
    if not figures:
        return
    unusual = [
        (name, figure.value)
        for name, figure in figures.items()
        if figure.value is not None and (not isinstance(figure.value, int) or figure.value < 0)
    ]
    broken = [(name, value) for name, value in unusual if not _may_be(name, value)]
    for name, value in broken:
        explanation = "a count must be whole and not negative; money not negative, with at most four decimals"
        yield Check("A5", name, value, None, "fail", "H", explanation)
    if not broken:
        yield Check("A5", "all", None, None, "pass")


def _a6(figures: Figures) -> Iterator[Check]:
    """A6: what was issued this year is in force at its end or was repealed."""
    for row in ("regulations", "normative_documents"):
        issued, repealed, in_force = (
            _value(figures, f"a20_1.{row}.{column}") for column in ("issued", "repealed", "in_force")
        )
        if issued is None or in_force is None:
            continue
        right = in_force + (repealed or 0)
        explanation = "more texts were issued than are in force or were repealed; a text may have been both"
        yield _judged("A6", row, issued, right, issued <= right, "M", explanation)


def _a8(figures: Figures) -> Iterator[Check]:
    """A8: more than half of at least 20 new requests carried out is worth a look."""
    new, out = (_value(figures, f"requests.{row}.total") for row in ("new_received", "carried_out"))
    if new is not None and out is not None and new >= 20:
        explanation = "more than half of the new requests went on into the next year; often many came in late December"
        yield _judged("A8", "total", out, new, out * 2 <= new, "L", explanation)


def _a10(figures: Figures) -> Iterator[Check]:
    """A10: suits after a review in a year without reviews come from a review decided earlier."""
    suits, reviews = (_value(figures, f"remedies.cases.{name}_total") for name in ("suit_after_review", "review"))
    if suits and reviews == 0:
        explanation = (
            "suits after reconsideration without a reconsideration this year: it was decided in an earlier year"
        )
        yield Check("A10", "suit_after_review", suits, reviews, "explained", "L", explanation)


def _a11(figures: Figures) -> Iterator[Check]:
    """A11: remedies in a year without requests are lawful, and a lead."""
    new, carried = (_value(figures, f"requests.{row}.total") for row in ("new_received", "carried_in"))
    totals = [_value(figures, f"remedies.cases.{remedy}_total") for remedy in REMEDIES]
    cases = sum(total for total in totals if total is not None)
    if new == 0 and not carried and cases:
        explanation = "reconsideration or litigation in a year without requests: about requests of earlier years"
        yield Check("A11", "remedies", cases, new, "explained", "L", explanation)


@cache
def _columns() -> tuple[str, ...]:
    """The columns of section three; the last one is the total."""
    return tuple(column.code for column in forms()["form_2021"].table("requests").columns)


@cache
def _cells(row: str) -> tuple[str, ...]:
    """The cells of a row of section three, by the order of the columns."""
    return tuple(f"requests.{row}.{column}" for column in _columns())


@cache
def _closed_by_column(outcomes: tuple[str, ...]) -> tuple[tuple[str, Sequence[str], str], ...]:
    """The cells of rule A2 in each column: the column, the rows that make the closed total, and that."""
    total = _cells("closed_total")
    return tuple(zip(_columns(), zip(*map(_cells, outcomes), strict=True), total, strict=True))


@cache
def _both_sides(column: str) -> tuple[Sequence[str], Sequence[str]]:
    """The cells of rule A3 in a column: what came in, and what became of it."""
    came, went = ("new_received", "carried_in"), ("closed_total", "carried_out")
    return [f"requests.{row}.{column}" for row in came], [f"requests.{row}.{column}" for row in went]


@cache
def _row_of() -> Mapping[str, str]:
    """The row of each cell of section three."""
    return {name: indicator.row for name, indicator in indicators().items() if indicator.table == "requests"}


@cache
def _outcome_rows() -> frozenset[str]:
    return frozenset(
        row.code
        for form in forms().values()
        for table in form.tables
        if table.code == "requests"
        for row in table.rows
        if len(row.path) > 1 and wording(row.path[0]) == "本年度办理结果" and row.code != "closed_total"
    )


def _outcomes(rows: Sequence[str]) -> tuple[str, ...]:
    """The rows that make the closed total: 其他处理 as the one row of 2019 where it is there, else as its three."""
    threefold = frozenset(code for code in _outcome_rows() if code.startswith("other_"))
    left_out = {"other"} if "other" not in rows else (frozenset() if threefold.intersection(rows) else threefold)
    return tuple(sorted(_outcome_rows() - left_out))


def _value(figures: Figures, name: str) -> Number | None:
    figure = figures.get(name)
    return None if figure is None else figure.value


def _sum(figures: Figures, names: Iterable[str]) -> Number | None:
    """The sum of cells, blanks as nothing; None where a cell is missing or text, or where no cell holds a number."""
    total: Number | None = None
    for name in names:
        figure = figures.get(name)
        if figure is None or (figure.value is None and figure.kind == "text"):
            return None
        if figure.value is not None:
            total = figure.value if total is None else total + figure.value
    return total


def _balance(rule: str, scope: str, figures: Figures, left: Sequence[str], right: Sequence[str]) -> Check:
    one, other = _sum(figures, left), _sum(figures, right)
    if one is None or other is None:
        explanation = "a cell that the rule needs is blank or missing"
        if one is not None and len(right) == 1 and right[0] in figures:
            explanation = f"{right[0]} is blank; its parts make {one}"
        return Check(rule, scope, one, other, "not_assessable", "H", explanation)
    if one == other:
        return Check(rule, scope, one, other, "pass")
    return Check(rule, scope, one, other, "fail", "H", f"{' + '.join(left)} should be {' + '.join(right)}")


def _judged(
    rule: str, scope: str, left: Number, right: Number, holds: bool, severity: Severity, explanation: str
) -> Check:
    result: CheckResult = "pass" if holds else "fail"
    return Check(rule, scope, left, right, result, severity, None if holds else explanation)


def _may_be(name: str, value: Number) -> bool:
    """Whether a cell may hold what is not a count: a negative number, a fraction."""
    dtype = indicators()[name].dtype
    if dtype == "decimal":
        exponent = Decimal(str(value)).normalize().as_tuple().exponent
        return value >= 0 and isinstance(exponent, int) and -exponent <= MOST_MONEY_DECIMALS
    return isinstance(value, int) and dtype == "signed_integer"
