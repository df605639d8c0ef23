"""Old sites that are written in GB 2312: what their addresses ask for is sent in it, as browsers send it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from towns.sixth.parts import agency
from towns.web import Page, Reply, Town, frame, report, title

YEARS = (2023, 2022, 2021)
COLUMN = "政府信息公开年报"


def sent(said: str) -> str:
    return quote(said, encoding="gb18030")


def gb(page: str) -> Reply:
    return Reply(page.replace("charset='utf-8'", "charset=gb2312").encode("gb18030"), kind="text/html")


def rows(whose: str, years: Iterable[int]) -> str:
    return "".join(
        f"<li><a href='show.asp?bt={title(whose, year)}&id={year}'>{title(whose, year)}</a> {year + 1}-01-15</li>"
        for year in years
    )


def reports(whose: str) -> dict[str, Page]:
    return {f"/show.asp?bt={sent(title(whose, year))}&id={year}": gb(report(whose, year)) for year in YEARS}


def linked() -> Town:
    """The next page is linked to by the column's name."""
    whose = agency()
    further = f"<a href='list.asp?lm={COLUMN}&page=2'>下一页</a>"
    return Town(
        "s-linked",
        whose,
        f"/list.asp?lm={sent(COLUMN)}",
        {
            f"/list.asp?lm={sent(COLUMN)}": gb(frame(f"<ul>{rows(whose, YEARS[:2])}</ul>共2页 {further}")),
            f"/list.asp?lm={sent(COLUMN)}&page=2": gb(frame(f"<ul>{rows(whose, YEARS[2:])}</ul>共2页")),
            **reports(whose),
        },
        years=YEARS,
    )


def posted() -> Town:
    """A form is sent for the next page, with the column's name in a hidden field."""
    whose = agency()
    form = (
        f"<form action='list.asp' method='post'><input type='hidden' name='lm' value='{COLUMN}'>"
        "<input type='text' name='page' value='1'></form><a href='javascript:gotoPage(2)'>2</a>共2页"
    )

    def further(asked: object) -> Reply:
        body = getattr(asked, "body", "")
        known = body == f"lm={sent(COLUMN)}&page=2"
        return gb(frame(f"<ul>{rows(whose, YEARS[2:])}</ul>共2页")) if known else gb("暂无相关信息")

    return Town(
        "s-posted",
        whose,
        "/list.asp",
        {
            "/list.asp": gb(frame(f"<ul>{rows(whose, YEARS[:2])}</ul>{form}")),
            "POST /list.asp": further,
            **reports(whose),
        },
        years=YEARS,
    )


def chosen() -> Town:
    """The list of each year is asked for by a box of the years in words."""
    whose = agency()
    options = "".join(f"<option value='{year}年'>{year}年</option>" for year in YEARS)
    form = f"<form action='list.asp'><select name='nd' onchange='this.form.submit()'>{options}</select></form>"
    years: dict[str, Page] = {
        f"/list.asp?nd={sent(f'{year}年')}": gb(frame(f"{form}<ul>{rows(whose, [year])}</ul>")) for year in YEARS
    }
    return Town(
        "s-chosen",
        whose,
        "/list.asp",
        {"/list.asp": gb(frame(f"{form}<ul>{rows(whose, YEARS[:1])}</ul>")), **years, **reports(whose)},
        years=YEARS,
    )


def counted() -> Town:
    """The address counts the pages, and nothing leads to the next."""
    whose = agency()
    address = f"/list.asp?lm={sent(COLUMN)}&page="
    return Town(
        "s-counted",
        whose,
        f"{address}1",
        {
            f"{address}1": gb(frame(f"<ul>{rows(whose, YEARS[:2])}</ul>共2页")),
            f"{address}2": gb(frame(f"<ul>{rows(whose, YEARS[2:])}</ul>共2页")),
            **reports(whose),
        },
        years=YEARS,
    )


def towns() -> list[Town]:
    return [linked(), posted(), chosen(), counted()]
