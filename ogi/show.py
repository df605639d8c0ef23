"""What people see of a report in the terminal: who, when, the tables as the form lays them out, and what failed."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from parsers.forms import FormTable, forms
from parsers.model import Check, Figure, Problem, Report, json_number

NOT_IN_DOCUMENT = "?"
LEGEND = "? the document does not contain the cell   · the cell is blank"


def print_report(name: str, report: Report) -> None:
    """Print a report on standard output; of one that is none, only that it is none."""
    console = Console(highlight=False)
    console.rule(Text(name), align="left")
    if not report.ok:
        console.print("not an annual report, or not readable")
        return
    console.print(_identity(report))
    if report.form:
        for table in forms()[report.form].tables:
            console.print(_statutory(table, report))
        console.print(LEGEND, style="dim")
    failed = [check for check in report.checks if check.result in ("fail", "explained")]
    _print_list(console, "Failed checks", [_check_line(check) for check in failed])
    _print_list(console, "Problems", [_problem_line(problem) for problem in report.problems])


def _identity(report: Report) -> Table:
    known = {
        "title": report.title,
        "agency": report.agency,
        "region": " ".join(filter(None, (report.region_code, report.region))),
        "year": report.year,
        "form": report.form,
        "scope": report.scope,
        "published": report.published,
        "media": report.media,
    }
    grid = Table.grid(padding=(0, 2))
    for label, value in known.items():
        grid.add_row(label, Text("unknown" if value in (None, "") else str(value)))
    return grid


def _statutory(form_table: FormTable, report: Report) -> Table:
    table = Table(title=form_table.title, title_justify="left")
    table.add_column()
    for column in form_table.columns:
        table.add_column(column.label, justify="right")
    for row in form_table.rows:
        codes = {column.code for column in form_table.columns_of(row)}
        cells = [
            _cell(report.figures.get(f"{form_table.code}.{row.code}.{column.code}")) if column.code in codes else ""
            for column in form_table.columns
        ]
        table.add_row(row.label, *map(Text, cells))
    return table


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return NOT_IN_DOCUMENT
    if figure.kind == "blank":
        return "·"
    return figure.raw.strip() if figure.value is None else str(json_number(figure.value))


def _check_line(check: Check) -> str:
    sides = f"{json_number(check.left)} ≠ {json_number(check.right)}"
    return f"{check.rule} {check.scope}: {sides}" + (f" ({check.explanation})" if check.explanation else "")


def _problem_line(problem: Problem) -> str:
    return f"{problem.code}: {problem.message}" + (f" ({problem.at})" if problem.at else "")


def _print_list(console: Console, heading: str, lines: list[str]) -> None:
    if lines:
        console.print(f"{heading}:", style="bold")
        for line in lines:
            console.print(Text(f"  {line}"))
