# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""What the towns of the fourth web are made of: whose they are, their entries, and a column's page around them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from towns.lists import BUREAUS, Entry, served
from towns.web import PLACES, Page, Town, other, report, title

YEARS = (2024, 2023, 2022)
AGENCIES = (place + bureau for bureau in BUREAUS for place in PLACES)
NEAR = {
    "{a}2023年政务公开工作总结": "<p>一、主要做法</p><p>{a}收到政府信息公开申请3件，均已办结。</p><p>二、存在问题</p><p>三、下步打算</p>",
    "关于报送2023年政府信息公开工作年度报告的通知": "<p>各科室：请于1月10日前报送政府信息公开工作年度报告，内容包括总体情况、主动公开、申请办理、复议诉讼、存在问题和其他事项。</p>",
    "{a}2023年度部门决算": "<p>第一部分 概况</p><p>第二部分 2023年度部门决算表</p>",
    "{a}2023年法治政府建设情况报告": "<p>一、推进法治政府建设的主要举措</p><p>落实政府信息公开条例，编制政府信息公开工作年度报告。</p><p>二、不足</p>",
    "2023年度企业年报公示公告": "<p>本辖区企业应当于6月30日前报送2023年度报告并公示。</p>",
    "{a}2024年政务公开工作要点": "<p>一、加强主动公开</p><p>二、规范依申请公开</p><p>三、按时发布政府信息公开工作年度报告</p>",
    "{a}2023年政府信息公开工作年度报告（解读）": "<p>为便于公众了解，现解读如下。</p><p>全年收到申请3件。</p>",
    "2023年全市教育事业统计年报": "<p>一、学校</p><p>二、在校生</p>",
    "{a}2023年依申请公开情况统计表": "<table><tr><td>收到申请数</td><td>3</td></tr></table>",
    "{a}2023年政府网站工作年度报表": "<table><tr><td>总访问量</td><td>92021</td></tr></table>",
    "{a}政府信息公开指南": "<p>一、公开范围</p><p>二、公开形式</p><p>三、依申请公开</p>",
}
NEARS = itertools.cycle(NEAR.items())
ROW = "<li><a href='{e.url}' target='_blank' title='{e.title}'>{e.title}</a><span>{e.date}</span></li>"


def whose() -> str:
    """The next agency that no other town of this web has."""
    return next(AGENCIES)


def listed(agency: str, link: str, years: Iterable[int] = YEARS, near: int = 2) -> list[Entry]:
    """A report a year at `link` (with {key}), newest first, with `near` near misses between and behind."""
    found = [
        Entry(title(agency, y), link.format(key=y), f"{y + 1}-01-{y % 20 + 5:02d}", report(agency, y), y) for y in years
    ]
    for number, (named, words) in enumerate(itertools.islice(NEARS, near)):
        named = named.format(a=agency)
        page = other(named, words.format(a=agency))
        found.insert(1 + 2 * number, Entry(named, link.format(key=f"90{number}"), f"2024-03-{number + 10}", page))
    return found


def rows(found: Iterable[Entry], pattern: str = ROW) -> str:
    return "".join(pattern.format(e=entry) for entry in found)


def halves(found: Sequence[Entry], size: int = 2) -> list[Sequence[Entry]]:
    """The entries in pages of `size`."""
    return [found[place : place + size] for place in range(0, len(found), size)]


def dressed(inside: str, name: str = "政府信息公开年报", head: str = "") -> str:
    """A column's page: banner, where one stands, the menu of the public column, what is inside, the keeper."""
    return (
        f"<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><title>{name}</title><meta name='ColumnName' content='{name}'>"
        f"{head}</head><body><div class='banner'><a href='/'>首页</a><a href='/zwgk/'>政务公开</a><a href='/bsfw/'>办事服务</a></div>"
        f"<div class='position'>当前位置：<a href='/'>首页</a> &gt; <a href='/zwgk/'>政务公开</a> &gt; {name}</div>"
        "<div class='side'><ul><li><a href='/zwgk/zn/'>政府信息公开指南</a></li><li><a href='/zwgk/zd/'>政府信息公开制度</a></li>"
        "<li><a href='/zwgk/fdnr/'>法定主动公开内容</a></li><li><a href='/zwgk/ysq/'>依申请公开</a></li></ul></div>"
        f"<div class='main'>{inside}</div><div class='footer'>主办单位：凌州市人民政府办公室 <a href='/map.html'>网站地图</a>"
        " 网站标识码：9901000001</div></body></html>"
    )


def town(
    name: str,
    agency: str,
    listing: str,
    found: Iterable[Entry],
    pages: dict[str, Page],
    folder: str = "",
    state: str = "ok",
) -> Town:
    """A town of one agency, whose entries are served where they say."""
    found = list(found)
    years = [entry.year for entry in found if entry.year]
    return Town(name, agency, listing, served(found, folder) | pages, years, state=state)
