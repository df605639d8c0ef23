"""An annual report of an example agency: its figures as it prints them, its text, its dates, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from demo import incidents
from demo.agencies import AGENCIES, Agency, Look
from demo.codes import number
from demo.dice import Dice
from demo.figures import Figures, Value, figures, form_of
from demo.narrative import Block, Heading, Sheet, introduction, section_five, section_one, section_six, tell
from demo.statutory import (
    COLUMNS,
    REMEDY_ENDS,
    REMEDY_KINDS,
    TOTAL,
    Grid,
    cut,
    outcome_rows,
    proactive_grids,
    remedies_grid,
    requests_grid,
)

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """A report as published. `figures` is what its cells say, None for a blank cell; `raw` is the text printed;
    `failing` lists the rules A1 to A4 that its own figures break, with their row, column or kind of remedy."""

    agency: Agency
    year: int
    form: str
    title: str
    published: date
    index_number: str
    figures: Mapping[str, Value | None]
    raw: Mapping[str, str]
    blocks: tuple[Block, ...]
    claims: Mapping[str, int]
    failing: tuple[tuple[str, str], ...]
    flags: frozenset[str]


def title_of(agency: Agency, year: int) -> str:
    """The report's title in the agency's own manner."""
    forms = {
        "name_first": f"{agency.name}{year}年政府信息公开工作年度报告",
        "year_first": f"{year}年{agency.name}政府信息公开工作年度报告",
        "long_year": f"{agency.name}{year}年度政府信息公开年度报告",
        "short_name": f"{agency.short}{year}年政府信息公开工作年度报告",
        "brief": f"{agency.name}{year}年政府信息公开年报",
    }
    return forms[agency.look.title]


def published_on(agency: Agency, year: int) -> date:
    """The day of publication: bureaus in January, governments in March, unless the agency's dates say otherwise."""
    if year in agency.dates:
        return agency.dates[year]
    dice = Dice("published", agency.key, year)
    if agency.government:
        return date(year + 1, 3, dice.between(6, 29))
    return date(year + 1, 1, dice.between(8, 30))


def deadline(agency: Agency, year: int) -> date:
    """The last lawful day: 31 January for departments, 31 March for governments (Regulation of 2019, art. 49)."""
    return date(year + 1, 3, 31) if agency.government else date(year + 1, 1, 31)


def printed(agency: Agency, indicator: str, value: Value) -> str:
    """The text that the agency prints for a value; empty where it leaves zeros blank."""
    look = agency.look
    if value == 0 and look.blanks:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if indicator.endswith(".items_change") and value != 0 and look.signs != "plain":
        if look.signs == "words":
            return f"{'增' if value > 0 else '减'}{abs(value)}"
        return f"{value:+d}"
    if look.digits == "wide":
        return str(value).translate(_WIDE).replace("-", "－")
    if look.digits == "grouped":
        return f"{value:,}"
    return f"\u3000{value} " if look.digits == "padded" else str(value)


def failing(cells: Mapping[str, Value | None], form: str) -> tuple[tuple[str, str], ...]:
    """The rules A1 to A4 that these figures break, blank cells counted as nothing."""

    def at(name: str) -> Value:
        return cells.get(name) or 0

    outcomes = outcome_rows(form)
    rows = ("new_received", "carried_in", *outcomes, "closed_total", "carried_out")
    broken = [
        ("A1", row)
        for row in rows
        if sum(at(f"requests.{row}.{column}") for column in COLUMNS) != at(f"requests.{row}.{TOTAL}")
    ]
    for column in (*COLUMNS, TOTAL):
        closed = at(f"requests.closed_total.{column}")
        if sum(at(f"requests.{row}.{column}") for row in outcomes) != closed:
            broken.append(("A2", column))
        came = at(f"requests.new_received.{column}") + at(f"requests.carried_in.{column}")
        if came != closed + at(f"requests.carried_out.{column}"):
            broken.append(("A3", column))
    broken += [
        ("A4", kind)
        for kind in REMEDY_KINDS
        if sum(at(f"remedies.cases.{kind}_{end}") for end in REMEDY_ENDS) != at(f"remedies.cases.{kind}_{TOTAL}")
    ]
    return tuple(broken)


def _tables(agency: Agency, form: str, raw: Mapping[str, str]) -> dict[str, list[Block]]:
    """The statutory tables as sheets: section two as one table or as a table an item, section three whole or cut."""
    items = proactive_grids(form, raw.__getitem__)
    if agency.look.layout != "blocks":
        items = (tuple(row for item in items for row in item),)
    requests = _reworded(requests_grid(form, raw.__getitem__), agency.look)
    return {
        "proactive": [Sheet(item, "proactive") for item in items],
        "requests": [
            Sheet(part, "requests") for part in (cut(requests) if agency.look.layout == "cut" else (requests,))
        ],
        "remedies": [Sheet(remedies_grid(raw.__getitem__), "remedies")],
    }


def _reworded(grid: Grid, look: Look) -> Grid:
    """The labels as this agency writes them: its sign after a row's number, and its slip of the pen."""

    def label(text: str) -> str:
        text = re.sub(r"^(\d)\.", rf"\g<1>{look.numbering}", text)
        return text.replace("逾期不补正", "预期不补正") if look.typo else text

    return tuple(tuple(replace(cell, text=label(cell.text)) if cell.label else cell for cell in row) for row in grid)


@cache
def annual_report(key: str, year: int, night: int = 1) -> AnnualReport:
    """The report of an agency for a year as it stands on the site in that night."""
    agency = AGENCIES[key]
    form = form_of(year)
    cells: Figures = figures(agency, year)
    story = tell(agency, year, cells, form)
    changed = cells | incidents.misprints(key, year, cells) | incidents.silent_change(key, year, night, cells)
    raw = {indicator: printed(agency, indicator, value) for indicator, value in changed.items()}
    tables = _tables(agency, form, raw)
    blocks: list[Block] = [
        *introduction(story),
        *section_one(story),
        Heading("二、主动公开政府信息情况"),
        *tables["proactive"],
        Heading("三、收到和处理政府信息公开申请情况"),
        *tables["requests"],
        Heading("四、政府信息公开行政复议、行政诉讼情况"),
        *tables["remedies"],
        *section_five(story),
        *section_six(story),
    ]
    published = incidents.published_late(key, year) or published_on(agency, year)
    serial = number("serial", key, year, digits=5)
    code = agency.organisation if agency.government else agency.credit_code
    shown = {indicator: value if raw[indicator] else None for indicator, value in changed.items()}
    report = AnnualReport(
        agency=agency,
        year=year,
        form=form,
        title=title_of(agency, year),
        published=published,
        index_number=f"{code}/{published.year}-{serial}",
        figures=shown,
        raw=raw,
        blocks=tuple(blocks),
        claims=dict(story.claims),
        failing=failing(shown, form),
        flags=frozenset(),
    )
    return replace(report, flags=_flags(report, night))


def _flags(report: AnnualReport, night: int) -> frozenset[str]:
    flags = set(incidents.flags(report.agency.key, report.year, night))
    if report.failing:
        flags.add("does_not_balance")
    if report.published > deadline(report.agency, report.year):
        flags.add("late")
    if report.agency.look.blanks:
        flags.add("zeros_blank")
    return frozenset(flags)
