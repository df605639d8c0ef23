# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Articles that a site cuts in several pages: each page bears the title, and a part of the report."""

from __future__ import annotations

from collections.abc import Callable

from towns.sixth.parts import agency
from towns.web import Page, Town, frame, items, report, title

YEARS = (2023, 2022)
TABLE = (
    "<table><tr><td>本列数据的勾稽关系</td><td>自然人</td><td>商业企业</td><td>总计</td></tr>"
    "<tr><td>一、本年新收政府信息公开申请数量</td><td>{n}</td><td>1</td><td>{m}</td></tr>"
    "<tr><td>二、上年结转政府信息公开申请数量</td><td>0</td><td>0</td><td>0</td></tr></table>"
)


def parts(whose: str, year: int) -> list[str]:
    """The report in three pieces."""
    return [
        f"<p>一、总体情况</p><p>{year}年，{whose}主动公开政府信息{year % 90}条。</p><p>二、主动公开政府信息情况</p><p>无规章。</p>",
        "<p>三、收到和处理政府信息公开申请情况</p>" + TABLE.format(n=year % 9 + 2, m=year % 9 + 3),
        "<p>四、政府信息公开行政复议、行政诉讼情况</p><p>无。</p><p>五、存在的主要问题及改进情况</p><p>人手不足。</p>",
    ]


def cut(name: str, address: str, further: Callable[[int, int], str], pager: Callable[[int, list[str]], str]) -> Town:
    """A town whose articles' pages are at `address` and `further`, with a pager of their addresses."""
    whose = agency()
    pages: dict[str, Page] = {
        "/nb/": frame(f"<ul>{items(whose, {year: address.format(year=year) for year in YEARS})}</ul>")
    }
    for year in YEARS:
        pieces = parts(whose, year)
        addresses = [address.format(year=year), *(further(year, number) for number in range(2, len(pieces) + 1))]
        for number, piece in enumerate(pieces):
            pages[addresses[number]] = report(whose, year, title(whose, year), piece + pager(number, addresses))
    return Town(name, whose, "/nb/", pages, years=YEARS)


def numbers(own: int, addresses: list[str]) -> str:
    return "".join(f"<a href='{link}'>{number}</a>" for number, link in enumerate(addresses, 1) if number != own + 1)


def neighbours(own: int, addresses: list[str]) -> str:
    named = {"上一页": addresses[own - 1] if own else "", "下一页": addresses[own + 1] if own < 2 else ""}
    last = f"<a href='{addresses[-1]}'>尾页</a>"
    return "".join(f"<a href='{link}'>{name}</a>" for name, link in named.items() if link) + last


def towns() -> list[Town]:
    return [
        cut("c-numbers", "/nb/{year}.html", lambda year, n: f"/nb/{year}_{n}.html", numbers),
        cut("c-from-one", "/nb/t{year}0115_77.shtml", lambda year, n: f"/nb/t{year}0115_77_{n - 1}.shtml", numbers),
        cut("c-query", "/show.asp?id={year}", lambda year, n: f"/show.asp?id={year}&page={n}", numbers),
        cut("c-neighbours", "/nb/{year}.htm", lambda year, n: f"/nb/{year}-{n}.htm", neighbours),
    ]
