"""What people see of a report in the terminal: who, when, the tables as the form lays them out, and what failed."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table

from ogi.terminal import Terminal, coloured
from parsers.forms import FormTable, Line, forms
from parsers.model import Check, Problem, Report, json_number

NOT_IN_DOCUMENT, BLANK = "?", "·"
LEGEND = f"{NOT_IN_DOCUMENT} the document does not contain the cell   {BLANK} the cell is blank"
MOST_COLUMNS = 8  # of one table beside each other
FEW_COLUMNS, NARROW = 4, 6  # more columns are narrow ones: three characters, six digits
INDENT = "  "


def print_report(name: str, report: Report) -> None:
    """Print a report on standard output; of one that is none, only that it is none."""
    console = Terminal()
    console.rule(name, align="left")
    if not report.ok:
        console.print("not an annual report, or not readable")
        return
    console.print(_identity(report))
    if report.form:
        for table in forms()[report.form].tables:
            console.print(table.title, style="bold")
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
        grid.add_row(label, "unknown" if value in (None, "") else str(value))
    return grid


def _statutory(form_table: FormTable, report: Report) -> Table:
    """A table as the form lays it out; one of a single row and many columns stands upright, to fit a terminal."""
    upright = len(form_table.rows) == 1 and len(form_table.columns) > MOST_COLUMNS
    down, across = (form_table.columns, form_table.rows) if upright else (form_table.rows, form_table.columns)
    table = Table(box=SIMPLE_HEAD, show_header=not upright, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(overflow="fold")
    for line in across:
        width = NARROW if len(across) > FEW_COLUMNS else None
        table.add_column(line.path[-1], justify="right", overflow="fold", width=width)
    group: tuple[str, ...] = ()
    for line in down:
        for depth, label in enumerate(line.path[:-1]):
            if line.path[: depth + 1] != group[: depth + 1]:
                table.add_row(coloured(INDENT * depth + label, "dim"))
        group = line.path[:-1]
        cells = [_cell(form_table, *((other, line) if upright else (line, other)), report) for other in across]
        table.add_row(INDENT * len(group) + line.path[-1], *cells)
    return table


def _cell(form_table: FormTable, row: Line, column: Line, report: Report) -> str:
    if column not in form_table.columns_of(row):
        return ""
    figure = report.figures.get(f"{form_table.code}.{row.code}.{column.code}")
    if figure is None:
        return NOT_IN_DOCUMENT
    if figure.kind == "blank":
        return BLANK
    return figure.raw.strip() if figure.value is None else str(json_number(figure.value))


def _check_line(check: Check) -> str:
    sides = f"{json_number(check.left)} ≠ {json_number(check.right)}"
    return f"{check.rule} {check.scope}: {sides}" + (f" ({check.explanation})" if check.explanation else "")


def _problem_line(problem: Problem) -> str:
    return f"{problem.code}: {problem.message}" + (f" ({problem.at})" if problem.at else "")


def _print_list(console: Terminal, heading: str, lines: list[str]) -> None:
    if lines:
        console.print(f"{heading}:", style="bold")
        for line in lines:
            console.print(f"  {line}")
