"""Figures that keep the forms' accounts: a history a year for every agency, carried over from year to year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from demo.agencies import AGENCIES, YEARS, Agency, parts
from demo.dice import Dice
from demo.statutory import (
    COLUMNS,
    FORM_2019,
    FORM_2021,
    NOT_PROCESSED,
    OTHER,
    REFUSED,
    REMEDY_ENDS,
    REMEDY_KINDS,
    TOTAL,
    UNAVAILABLE,
    outcome_rows,
)

Value = int | Decimal
Figures = dict[str, Value]

_APPLICANTS = (880, 62, 6, 8, 26, 18)
_OUTCOMES = {
    "granted": 430, "granted_part": 90,
    "refused_state_secret": 3, "refused_other_law": 8, "refused_security_stability": 3, "refused_third_party": 26,
    "refused_internal_affairs": 14, "refused_process_info": 24, "refused_enforcement_file": 22,
    "refused_admin_inquiry": 20,
    "unavailable_not_held": 210, "unavailable_needs_creation": 28, "unavailable_still_unclear": 9,
    "notprocessed_petition": 34, "notprocessed_duplicate": 16, "notprocessed_publication": 3,
    "notprocessed_excessive": 4, "notprocessed_confirm_reissue": 3,
    "other_no_correction": 22, "other_fee_unpaid": 1, "other_other": 30,
}  # fmt: skip
_REMEDY_WEIGHTS = (58, 14, 20, 8)
_PERCENT_OF_USUAL = {2019: 82, 2020: 76, 2021: 93, 2022: 100, 2023: 112, 2024: 125, 2025: 118}


def form_of(year: int) -> str:
    """The form that the notices of 2019 and 2021 prescribe for a report year."""
    return FORM_2019 if year <= 2020 else FORM_2021


@dataclass(frozen=True, slots=True)
class Account:
    """Everything countable of an agency's year, in the finest rows of any form; `stock` is what neither form sums."""

    requests: dict[tuple[str, str], int]
    remedies: dict[tuple[str, str], int]
    decisions: tuple[int, int, int]
    fees_yuan: int
    other_decisions: int
    stock: dict[str, int]


def _requests(agency: Agency, year: int, before: Account | None) -> dict[tuple[str, str], int]:
    dice = Dice("requests", agency.key, year)
    usual = agency.size * _PERCENT_OF_USUAL[year] // 100
    new = dice.share(dice.between(usual * 7 // 10, usual * 13 // 10), _APPLICANTS)
    rows = {(row, column): 0 for row in _OUTCOMES for column in COLUMNS}
    for column, received in zip(COLUMNS, new, strict=True):
        carried_in = before.requests["carried_out", column] if before else (received // 25)
        pool = received + carried_in
        carried_out = min(pool, sum(dice.chance(5) for _ in range(received)))
        rows["new_received", column] = received
        rows["carried_in", column] = carried_in
        rows["carried_out", column] = carried_out
        rows["closed_total", column] = pool - carried_out
        for row, count in zip(_OUTCOMES, dice.share(pool - carried_out, tuple(_OUTCOMES.values())), strict=True):
            rows[row, column] = count
    return rows


def _remedies(agency: Agency, year: int, closed: int, before: Account | None) -> dict[tuple[str, str], int]:
    """Reconsideration and lawsuits; since 2024 a refusal goes to reconsideration first, so few sue directly."""
    dice = Dice("remedies", agency.key, year)
    percent = {"review": 7 if year >= 2024 else 4, "suit_direct": 0 if year >= 2024 else 2, "suit_after_review": 1}
    cases: dict[tuple[str, str], int] = {}
    for kind in REMEDY_KINDS:
        begun = sum(dice.chance(percent[kind]) for _ in range(closed))
        if kind == "suit_after_review":
            begun = min(begun, sum(cases["review", end] for end in REMEDY_ENDS))
        left = before.remedies[kind, "pending"] if before else 0
        for end, count in zip(REMEDY_ENDS, dice.share(begun + left, _REMEDY_WEIGHTS), strict=True):
            cases[kind, end] = count
    return cases


def _stock(agency: Agency, year: int, before: Account | None) -> dict[str, int]:
    """Rules, normative documents, items of power and purchases: each a stock that moves by what the year did."""
    dice = Dice("stock", agency.key, year)
    city = agency.government and agency.region == "凌州市"
    texts = 40 if city else 14 if agency.government else agency.size // 12
    now: dict[str, int] = {}
    for name, base, most in (("regulations", 11 if city else 0, 2 if city else 0), ("normative_documents", texts, 4)):
        if not base:
            most = 0
        stock = before.stock[f"{name}.in_force"] if before else base
        issued = dice.between(0, most)
        repealed = dice.between(0, min(most, stock))
        public = before.stock[f"{name}.public"] if before else stock + dice.between(0, most)
        now |= {f"{name}.issued": issued, f"{name}.repealed": repealed, f"{name}.in_force": stock + issued - repealed}
        now[f"{name}.public"] = public + issued
    scale = (agency.work[0], 400, agency.work[1], agency.work[2], agency.work[3])
    names = ("licensing", "other_external_management", "penalty", "coercion", "admin_fees")
    for name, work in zip(names, scale, strict=True):
        base = 0 if not work else 3 + Dice("items", agency.key, name).below(30)
        items = before.stock[f"{name}.items"] if before else base
        change = dice.between(-min(2, items), 2) if items and dice.chance(40) else 0
        now |= {f"{name}.items_before": items, f"{name}.change": change, f"{name}.items": items + change}
    now["projects"] = dice.between(1, 9 if agency.government else 5)
    now["procured_yuan"] = sum(dice.between(1_800, 960_000) for _ in range(now["projects"]))
    return now


def _own(agency: Agency, year: int, before: Account | None) -> Account:
    requests = _requests(agency, year, before)
    closed = sum(requests["closed_total", column] for column in COLUMNS)
    dice = Dice("work", agency.key, year)
    usual = [count * dice.between(80, 120) // 100 for count in (*agency.work, 60)]
    return Account(
        requests=requests,
        remedies=_remedies(agency, year, closed, before),
        decisions=(usual[0], usual[1], usual[2]),
        fees_yuan=usual[3],
        other_decisions=usual[4],
        stock=_stock(agency, year, before),
    )


@cache
def _own_history(key: str) -> dict[int, Account]:
    history: dict[int, Account] = {}
    for year in YEARS:
        history[year] = _own(AGENCIES[key], year, history.get(year - 1))
    return history


@cache
def account(key: str, year: int) -> Account:
    """What an agency's report of a year counts: its own, and for a government the accounts of its parts as well."""
    agency = AGENCIES[key]
    own = _own_history(key)[year]
    added = [own, *(account(part.key, year) for part in parts(agency))]
    first, second, third = (sum(one.decisions[place] for one in added) for place in range(3))
    return Account(
        requests={cell: sum(one.requests[cell] for one in added) for cell in own.requests},
        remedies={cell: sum(one.remedies[cell] for one in added) for cell in own.remedies},
        decisions=(first, second, third),
        fees_yuan=sum(one.fees_yuan for one in added),
        other_decisions=sum(one.other_decisions for one in added),
        stock=own.stock,
    )


def figures(agency: Agency, year: int) -> Figures:
    """Every cell of the form of that year, {indicator: value}; counts are int, money is Decimal (万元)."""
    form = form_of(year)
    counted = account(agency.key, year)
    cells = _proactive_2019(counted) if form == FORM_2019 else _proactive_2021(counted)
    for row in ("new_received", "carried_in", *outcome_rows(form), "closed_total", "carried_out"):
        sources = tuple(code for code, _ in OTHER) if row == "other" else (row,)
        numbers = [sum(counted.requests[source, column] for source in sources) for column in COLUMNS]
        cells |= {f"requests.{row}.{column}": number for column, number in zip(COLUMNS, numbers, strict=True)}
        cells[f"requests.{row}.{TOTAL}"] = sum(numbers)
    for kind in REMEDY_KINDS:
        ends = [counted.remedies[kind, end] for end in REMEDY_ENDS]
        cells |= {f"remedies.cases.{kind}_{end}": count for end, count in zip(REMEDY_ENDS, ends, strict=True)}
        cells[f"remedies.cases.{kind}_{TOTAL}"] = sum(ends)
    return cells


def _proactive_2021(counted: Account) -> Figures:
    cells: Figures = {}
    for name in ("regulations", "normative_documents"):
        for column in ("issued", "repealed", "in_force"):
            cells[f"a20_1.{name}.{column}"] = counted.stock[f"{name}.{column}"]
    names = ("a20_5.licensing.decisions", "a20_6.penalty.decisions", "a20_6.coercion.decisions")
    cells |= dict(zip(names, counted.decisions, strict=True))
    cells["a20_8.admin_fees.amount"] = Decimal(counted.fees_yuan) / 10_000
    return cells


def _proactive_2019(counted: Account) -> Figures:
    cells: Figures = {}
    for name in ("regulations", "normative_documents"):
        made = counted.stock[f"{name}.issued"]
        cells[f"a20_1.{name}.newly_made"] = made
        cells[f"a20_1.{name}.newly_published"] = made
        cells[f"a20_1.{name}.published_total"] = counted.stock[f"{name}.public"]
    licensing, penalty, coercion = counted.decisions
    for item, name, decisions in (
        ("a20_5", "licensing", licensing),
        ("a20_5", "other_external_management", counted.other_decisions),
        ("a20_6", "penalty", penalty),
        ("a20_6", "coercion", coercion),
        ("a20_8", "admin_fees", None),
    ):
        cells[f"{item}.{name}.items_prev_year"] = counted.stock[f"{name}.items_before"]
        cells[f"{item}.{name}.items_change"] = counted.stock[f"{name}.change"]
        if decisions is not None:
            cells[f"{item}.{name}.decisions"] = decisions
    cells["a20_9.central_procurement.projects"] = counted.stock["projects"]
    cells["a20_9.central_procurement.amount"] = Decimal(counted.stock["procured_yuan"]) / 10_000
    return cells


def group(cells: Figures, name: str, column: str = TOTAL) -> int:
    """A group of outcome rows summed in one column: disclosed, refused, unavailable, not_processed or other."""
    rows: dict[str, tuple[str, ...]] = {
        "disclosed": ("granted", "granted_part"),
        "refused": tuple(code for code, _ in REFUSED),
        "unavailable": tuple(code for code, _ in UNAVAILABLE),
        "not_processed": tuple(code for code, _ in NOT_PROCESSED),
        "other": ("other", *(code for code, _ in OTHER)),
    }
    return sum(int(cells.get(f"requests.{row}.{column}", 0)) for row in rows[name])
