"""Prints filled forms as the HTML that agencies publish: every quirk seen in real pages, several at once, at random."""

from __future__ import annotations

import html
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rendering import NOTE, Place, Sheet, sheets, statistics

from parsers.forms import Form

Markup = Callable[[str], str]
PAGE_BREAKS = ("", "<p>— 3 —</p>", '<p><br style="page-break-before:always"></p>', "<p>&nbsp;</p>", "<hr>")
WIDE = {ord(digit): 0xFF10 + value for value, digit in enumerate("0123456789")}


@dataclass(frozen=True)
class Printed:
    """A page, and what was done to it, for the message of a test that fails."""

    markup: str
    quirks: tuple[str, ...]


def printed(form: Form, figures: Mapping[str, str], title: str, rng: random.Random) -> Printed:
    """A whole page with the form, its tables laid out, cut, nested and marked up at random."""
    quirks: list[str] = []

    def chosen(*names: str) -> str:
        name = rng.choice(names)
        quirks.append(name)
        return name

    papers = [statistics(form, figures)] if form.id == "stat_2014" else sheets(form, figures)
    print_text = TEXTS[chosen(*TEXTS)](rng)
    wrapped = chosen("bare", "one layout table", "layout table each", "layout table with a side column")
    spaced = chosen("source on one line", "source on many lines")
    bodies = []
    for paper in papers:
        heading = f"<p>{paper.heading}</p>"
        if chosen("even", "uneven columns") == "uneven columns":
            paper = _widened(paper, rng)
        parts = _parted(paper, chosen("whole", "cut", "cut, header repeated", "by articles"), rng)
        layout = chosen("spans", "blank continuations", "repeated text", "row spans only")
        tables = [_table(part, layout, print_text, rng) for part in parts]
        table = rng.choice(PAGE_BREAKS).join(tables)
        if wrapped == "layout table each":
            table = f"<table border=0><tr><td>{table}</td></tr></table>"
        bodies.append(heading + table)
    sections = (
        ["<p>一、概述</p><p>我局公开信息。</p>", *bodies, "<p>三、存在的不足</p><p>主动公开不够。</p>"]
        if form.id == "stat_2014"
        else [
            "<p>一、总体情况</p><p>我局认真做好公开工作。</p>",
            *bodies,
            "<p>五、存在的主要问题及改进情况</p><p>无。</p>",
        ]
    )
    body = "".join(sections)
    if wrapped == "one layout table":
        for _ in range(rng.randrange(1, 4)):
            body = f"<table width=100%><tr><td>{body}</td></tr></table>"
    elif wrapped == "layout table with a side column":
        side = "<table>" + "".join(f"<tr><td><a href='/{n}'>栏目{n}</a></td></tr>" for n in range(9)) + "</table>"
        body = f"<table><tr><td valign=top>{side}</td><td>{body}</td></tr></table>"
    markup = _site(body, title, rng)
    if spaced == "source on many lines":
        markup = markup.replace("<td", "\n\t\t<td").replace("<tr", "\n\t<tr").replace("</tr>", "\n\t</tr>")
    return Printed(_written(markup, chosen("lower case", "upper case", "end tags left out")), tuple(quirks))


# --- what stands in a cell --------------------------------------------------------------------------------------------


def _plain(rng: random.Random) -> Markup:
    return html.escape


def _pasted(rng: random.Random) -> Markup:
    """Pasted from Word: runs that split words and numbers, empty runs, o:p, comments for Word alone."""

    def inner(text: str) -> str:
        cuts = sorted(rng.randrange(len(text) + 1) for _ in range(rng.randrange(4)))
        pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        runs = "".join(
            f'<span lang="EN-US" style="font-family:仿宋;mso-hansi-font-family:\'none\'">{html.escape(piece)}</span>'
            + rng.choice(("", "<span></span>", "<!--[if !supportLists]--><!--[endif]-->", "<o:p></o:p>"))
            for piece in pieces
        )
        blank = "" if text else "<span><o:p>&nbsp;</o:p></span>"
        return f'<p class="MsoNormal" align="center"><b>{runs}</b>{blank}</p>'

    return inner


def _broken(rng: random.Random) -> Markup:
    """Labels over several lines: br, paragraphs, or line ends of the source, which a browser does not show."""

    def inner(text: str) -> str:
        if len(text) < 4 or text[0].isdigit() or text == NOTE:
            return html.escape(text)
        at = rng.randrange(1, len(text))
        first, last = html.escape(text[:at]), html.escape(text[at:])
        return rng.choice(
            (f"{first}<br>{last}", f"{first}<BR/>\n{last}", f"<p>{first}</p><p>{last}</p>", f"{first}\n      {last}")
        )

    return inner


def _padded(rng: random.Random) -> Markup:
    """Blanks of every kind around the text, digits in full width."""

    def inner(text: str) -> str:
        shown = text.translate(WIDE) if rng.random() < 0.3 else text
        before, after = (rng.choice(("", " ", "&nbsp;", "　", "\n ", "&#8203;", "&ensp;")) for _ in range(2))
        return f"<div>{before}{html.escape(shown)}{after}</div>"

    return inner


TEXTS: Mapping[str, Callable[[random.Random], Markup]] = {
    "plain": _plain,
    "pasted from Word": _pasted,
    "broken lines": _broken,
    "padded": _padded,
}


# --- how a table is cut -----------------------------------------------------------------------------------------------


def _parted(paper: Sheet, how: str, rng: random.Random) -> list[Sheet]:
    if how == "by articles":
        starts = [place.row for place in paper.places if place.text.startswith("第二十条")]
        return _cut(paper, starts[1:]) if starts else [paper]
    header = _header(paper)
    if how == "whole" or paper.height - header < 4:
        return [paper]
    lines = sorted(rng.sample(range(header + 1, paper.height), rng.randrange(1, 3)))
    parts = _cut(paper, lines)
    if how == "cut" or not header:
        return parts
    above = [place for place in paper.places if place.row < header]
    return [parts[0], *(_below(above, header, part) for part in parts[1:])]


def _header(paper: Sheet) -> int:
    """How many rows the header has that stands over the whole table; 0 where each article has one of its own."""
    if any(place.text.startswith("第二十条") for place in paper.places):
        return 0
    if any(place.text == "统计指标" for place in paper.places):
        return 1
    return 3


def _below(header: Sequence[Place], height: int, part: Sheet) -> Sheet:
    return Sheet("", (*header, *(replace(place, row=place.row + height) for place in part.places)))


def _cut(paper: Sheet, lines: Sequence[int]) -> list[Sheet]:
    """The table cut above these rows; a cell that is cut goes on as a blank one."""
    edges = [0, *lines, paper.height]
    parts = []
    for start, end in pairwise(edges):
        cells = []
        for place in paper.places:
            first, last = max(place.row, start), min(place.row + place.rows, end)
            if first < last:
                text = place.text if first == place.row else ""
                cells.append(replace(place, text=text, row=first - start, rows=last - first))
        parts.append(Sheet(paper.heading if not start else "", tuple(cells)))
    return parts


def _widened(paper: Sheet, rng: random.Random) -> Sheet:
    """The same table on a finer grid, as editors leave it after columns were dragged."""
    widths = [rng.randrange(1, 4) for _ in range(paper.width)]
    starts = [sum(widths[:column]) for column in range(paper.width + 1)]
    return Sheet(
        paper.heading,
        tuple(
            replace(
                place,
                column=starts[place.column],
                columns=starts[place.column + place.columns] - starts[place.column],
            )
            for place in paper.places
        ),
    )


# --- how it is written ------------------------------------------------------------------------------------------------


def _table(paper: Sheet, layout: str, inner: Markup, rng: random.Random) -> str:
    rows = []
    header_tag = rng.choice(("td", "th"))
    for number, covering in enumerate(paper.covering()):
        cells = []
        for column, place in enumerate(covering):
            begins = (place.row, place.column) == (number, column)
            tag = header_tag if number == 0 else "td"
            if layout in ("blank continuations", "repeated text"):
                text = place.text if begins or layout == "repeated text" else ""
                cells.append(f"<{tag}>{inner(text)}</{tag}>")
            elif begins:
                attributes = [f'width="{10 * place.columns}"', f"rowspan={place.rows}", f"colspan='{place.columns}'"]
                if layout == "spans" and rng.random() < 0.5:
                    attributes = [one for one in attributes if not one.endswith(("=1", "'1'"))]
                rng.shuffle(attributes)
                cells.append(f"<{tag} {' '.join(attributes)}>{inner(place.text)}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    tail = rng.choice(("", "<tr></tr>", '<tr style="display:none"><td>9</td></tr>'))
    opening = rng.choice(("<table>", "<table><tbody>", '<table border="1" style="width:100%"><col>'))
    return f"{opening}{''.join(rows)}{tail}{'</tbody>' if 'tbody' in opening else ''}</table>"


def _site(body: str, title: str, rng: random.Random) -> str:
    """The site around the report: a menu, a search box, facts of the page as a table, links and a footer."""
    menu = "".join(f'<li><a href="/{number}/">栏目{number}</a></li>' for number in range(rng.randrange(2, 12)))
    search = "<form><table><tr><td><input name=q></td><td><input type=submit value=搜索></td></tr></table></form>"
    facts = (
        "<table><tr><td>索引号：</td><td>LZ123-2023-00001</td><td>发布机构：</td><td>凌州市教育局</td></tr>"
        f"<tr><td>名称：</td><td>{title}</td><td>有效性：</td><td>有效</td></tr></table>"
    )
    above = rng.choice(("", search, facts, search + facts))
    frame = rng.choice(
        ("<div class=content>{}</div>", "<div id=zoom class=TRS_Editor>{}</div>", "<article>{}</article>")
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_示例网站</title>'
        f"<style>p {{color: red}}</style></head><body><ul>{menu}</ul>{above}<h1>{title}</h1>{frame.format(body)}"
        '<table><tr><td><a href="/a">上一篇</a></td><td><a href="/b">下一篇</a></td></tr></table>'
        "<div><p>主办：示例 备案号：示ICP备00000000号</p><p>您是第<b>12345</b>位访问者</p></div></body></html>"
    )


def _written(markup: str, how: str) -> str:
    if how == "upper case":
        for tag in ("table", "tbody", "tr", "td", "th", "p", "div", "span"):
            for opening in ("<", "</"):
                for ending in (" ", ">", "\n"):
                    markup = markup.replace(f"{opening}{tag}{ending}", f"{opening}{tag.upper()}{ending}")
    elif how == "end tags left out":
        for tag in ("</td>", "</tr>", "</p>"):
            markup = markup.replace(tag, "")
    return markup
