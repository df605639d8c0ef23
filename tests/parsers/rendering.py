"""Lays filled forms out as agencies publish them: the official grid, and the ways in which media distort it."""

from __future__ import annotations

import html
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from parsers.forms import Form, FormTable

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
HEADINGS = {
    "requests": "三、收到和处理政府信息公开申请情况",
    "remedies": "四、政府信息公开行政复议、行政诉讼情况",
    "proactive": "二、主动公开政府信息情况",
}


@dataclass(frozen=True)
class Place:
    """One cell of the official layout."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Sheet:
    """One printed table: its cells, and the heading it stands under."""

    heading: str
    places: tuple[Place, ...]

    @property
    def height(self) -> int:
        return max(p.row + p.rows for p in self.places)

    @property
    def width(self) -> int:
        return max(p.column + p.columns for p in self.places)

    def rows(self) -> list[list[Place]]:
        """The cells of each row that begin in it."""
        return [sorted((p for p in self.places if p.row == r), key=lambda p: p.column) for r in range(self.height)]

    def covering(self) -> list[list[Place]]:
        """For each row and column of the rectangle the cell that covers it."""
        grid: list[list[Place]] = [[Place("", 0, 0)] * self.width for _ in range(self.height)]
        for p in self.places:
            for r in range(p.row, p.row + p.rows):
                for c in range(p.column, p.column + p.columns):
                    grid[r][c] = p
        return grid


def sheets(form: Form, figures: Mapping[str, str]) -> list[Sheet]:
    """The printed tables of a 2019 or 2021 form, filled with cell texts by indicator id."""
    return [_proactive(form, figures), _requests(form, figures), _remedies(form, figures)]


def statistics(form: Form, figures: Mapping[str, str]) -> Sheet:
    """The one list of the 2014 table: indicator, unit, number."""
    places = [Place("统计指标", 0, 0), Place("单位", 0, 1), Place("统计数", 0, 2)]
    row = 1
    for table in form.tables:
        if len(table.rows) > 1 and table.rows[0].label != table.title[2:]:
            places += [Place(table.title, row, 0), Place("", row, 1), Place("", row, 2)]
            row += 1
        for line in table.rows:
            unit = line.data.get("unit") or table.data.get("unit") or ""
            places += [
                Place(line.label, row, 0),
                Place(unit, row, 1),
                Place(figures[f"{table.code}.{line.code}.value"], row, 2),
            ]
            row += 1
    return Sheet("政府信息公开情况统计表", tuple(places))


def _proactive(form: Form, figures: Mapping[str, str]) -> Sheet:
    """Section two: the articles below each other in one table, as the official form prints them."""
    tables = [t for t in form.tables if t.code.startswith("a20_")]
    width = 1 + max(len(t.columns) for t in tables)
    places: list[Place] = []
    row = 0
    for table in tables:
        places.append(Place(table.title, row, 0, 1, width))
        widths = _share(width - 1, len(table.columns))
        row += 1
        places.append(Place("信息内容", row, 0))
        places += _spread(row, widths, [c.label for c in table.columns])
        for line in table.rows:
            if line.code == "other_published_documents":
                continue
            row += 1
            places.append(Place(line.label, row, 0))
            places += _spread(row, widths, [figures[f"{table.code}.{line.code}.{c.code}"] for c in table.columns])
        row += 1
    return Sheet(HEADINGS["proactive"], tuple(places))


def _share(width: int, parts: int) -> list[int]:
    return [width // parts + (1 if index < width % parts else 0) for index in range(parts)]


def _spread(row: int, widths: list[int], texts: list[str]) -> list[Place]:
    places, column = [], 1
    for width, text in zip(widths, texts, strict=True):
        places.append(Place(text, row, column, 1, width))
        column += width
    return places


def _requests(form: Form, figures: Mapping[str, str]) -> Sheet:
    table = form.table("requests")
    places = [
        Place(NOTE, 0, 0, 3, 3),
        Place("申请人情况", 0, 3, 1, 7),
        Place("自然人", 1, 3, 2, 1),
        Place("法人或其他组织", 1, 4, 1, 5),
        Place("总计", 1, 9, 2, 1),
    ]
    places += [Place(c.path[-1], 2, 4 + i) for i, c in enumerate(c for c in table.columns if len(c.path) == 2)]
    groups: dict[tuple[str, ...], list[int]] = {}
    for offset, line in enumerate(table.rows):
        row = 3 + offset
        depth = len(line.path) - 1
        for level in range(depth):
            groups.setdefault(line.path[: level + 1], []).append(row)
        places.append(Place(line.path[-1], row, depth, 1, 3 - depth))
        for index, column in enumerate(table.columns):
            places.append(Place(figures[f"requests.{line.code}.{column.code}"], row, 3 + index))
    places += [Place(path[-1], rows[0], len(path) - 1, len(rows), 1) for path, rows in groups.items()]
    return Sheet(HEADINGS["requests"], tuple(places))


def _remedies(form: Form, figures: Mapping[str, str]) -> Sheet:
    table: FormTable = form.table("remedies")
    places = [Place("行政复议", 0, 0, 1, 5), Place("行政诉讼", 0, 5, 1, 10)]
    places += [Place("未经复议直接起诉", 1, 5, 1, 5), Place("复议后起诉", 1, 10, 1, 5)]
    for index, column in enumerate(table.columns):
        if index < 5:
            places.append(Place(column.path[-1], 1, index, 2, 1))
        else:
            places.append(Place(column.path[-1], 2, index))
        places.append(Place(figures[f"remedies.cases.{column.code}"], 3, index))
    return Sheet(HEADINGS["remedies"], tuple(places))


# --- HTML -------------------------------------------------------------------------------------------------------------

Inner = Callable[[str], str]


def plain(text: str) -> str:
    return html.escape(text)


def word_runs(rng: random.Random) -> Inner:
    """Text as Word pastes it: split over spans, blanks as o:p."""

    def inner(text: str) -> str:
        if not text:
            return '<p class="MsoNormal"><span lang="EN-US"><o:p>&nbsp;</o:p></span></p>'
        cut = rng.randrange(len(text) + 1)
        runs = "".join(
            f'<span style="font-size:10pt">{html.escape(part)}</span>' for part in (text[:cut], text[cut:]) if part
        )
        return f'<p class="MsoNormal" align="center">{runs}<span><o:p></o:p></span></p>'

    return inner


def broken_lines(rng: random.Random) -> Inner:
    """Labels broken over lines with br."""

    def inner(text: str) -> str:
        if len(text) < 4 or text[0].isdigit():
            return html.escape(text)
        cut = rng.randrange(1, len(text))
        return html.escape(text[:cut]) + "<br/>" + html.escape(text[cut:])

    return inner


def html_spans(sheet: Sheet, inner: Inner = plain) -> str:
    """A table with its row and column spans."""
    rows = []
    for row in sheet.rows():
        cells = []
        for p in row:
            spans = (f' rowspan="{p.rows}"' if p.rows > 1 else "") + (
                f' colspan="{p.columns}"' if p.columns > 1 else ""
            )
            cells.append(f"<td{spans}>{inner(p.text)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def html_rectangle(sheet: Sheet, repeat: bool, inner: Inner = plain) -> str:
    """A table without spans: continuations blank, or the text repeated in each place."""
    rows = []
    for r, row in enumerate(sheet.covering()):
        texts = [p.text if repeat or (p.row, p.column) == (r, c) else "" for c, p in enumerate(row)]
        rows.append("<tr>" + "".join(f"<td>{inner(text)}</td>" for text in texts) + "</tr>")
    return f"<table>{''.join(rows)}</table>"


def cut(sheet: Sheet, rng: random.Random) -> list[Sheet]:
    """A table cut in two by a page break below its header: group cells go on as blank cells."""
    first = 4 if sheet.heading == HEADINGS["requests"] else sheet.height
    if first >= sheet.height:
        return [sheet]
    line = rng.randrange(first, sheet.height)
    above, below = [], []
    for p in sheet.places:
        if p.row >= line:
            below.append(replace(p, row=p.row - line))
        elif p.row + p.rows <= line:
            above.append(p)
        else:
            above.append(replace(p, rows=line - p.row))
            below.append(Place("", 0, p.column, p.row + p.rows - line, p.columns))
    return [Sheet(sheet.heading, tuple(above)), Sheet("", tuple(below))]


def skewed(sheet: Sheet) -> Sheet:
    """Header and data disagree on the columns: the header's first cell is one column too narrow."""
    if sheet.heading != HEADINGS["requests"]:
        return sheet
    moved = [
        replace(p, columns=2) if p.text == NOTE else replace(p, column=p.column - 1) if p.row < 3 else p
        for p in sheet.places
    ]
    return Sheet(sheet.heading, tuple(moved))


def page(body: str, title: str) -> str:
    """A whole page around the tables, with the chrome of a government site."""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}-示例网站</title>'
        f'<meta name="ArticleTitle" content="{title}"></head><body><div class="nav"><ul><li><a href="/">首页</a></li>'
        f'<li><a href="/zwgk/">政务公开</a></li></ul></div><h1>{title}</h1><div class="content">{body}</div>'
        '<div class="footer"><p>主办单位：示例 备案号：示ICP备00000000号</p></div></body></html>'
    )


# --- text -------------------------------------------------------------------------------------------------------------


def tabbed(sheet: Sheet) -> str:
    """A table flattened from Word: a tab before each cell, a cell a line, a blank line after each row."""
    lines = []
    for r in range(sheet.height):
        seen: set[int] = set()
        for c in range(sheet.width):
            p = sheet.covering()[r][c]
            if id(p) in seen:
                continue
            seen.add(id(p))
            lines.append("\t" + (p.text if p.row == r else ""))
        lines.append("")
    return "\n".join(lines)


def markdown(sheet: Sheet, repeat: bool) -> str:
    """A Markdown table."""
    rows = []
    for r, row in enumerate(sheet.covering()):
        texts = [p.text if repeat or (p.row, p.column) == (r, c) else "" for c, p in enumerate(row)]
        rows.append("| " + " | ".join(texts) + " |")
        if r == 0:
            rows.append("|" + " --- |" * sheet.width)
    return "\n".join(rows)


def broken_bars(sheet: Sheet, fill: bool) -> str:
    """Bars of a table whose cells held line breaks: each bar but a row's first stands on a line of its own.

    `fill` gives the cells that others cover, as blank ones; without it a row has only the cells that begin in it.
    """
    lines = []
    for r, row in enumerate(sheet.covering()):
        begin = [(p.row, p.column) == (r, c) for c, p in enumerate(row)]
        first, *texts = [p.text if own else "" for p, own in zip(row, begin, strict=True) if own or fill]
        lines.append(f"| {first}".strip())
        for text in texts:
            lines += ["|", text] if text else ["|"]
        lines.append("|")
    return "\n".join(lines)
