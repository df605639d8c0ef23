# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""What the fifth web is made of: its agencies, the near-misses of its lists, and a list on one page."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from towns.lists import BUREAUS, Entry, served
from towns.web import PLACES, Page, Reply, Town, frame, other, report, title

YEARS = (2023, 2022, 2021)
NEAR = {
    "{a}2023年依申请公开工作统计": "<p>收到申请3件，其中自然人2件。</p>",
    "{a}2023年上半年政府信息公开工作情况": "<p>一、总体情况</p><p>上半年主动公开政府信息12条。</p><p>二、下一步打算</p>",
    "{a}2023年政务公开工作总结": "<p>一、主要做法</p><p>全年主动公开政府信息40条，编制政府信息公开工作年度报告。</p><p>二、存在问题</p>",
    "关于{a}2023年政府信息公开年度报告发布情况的通报": "<p>各科室：现将年度报告发布情况通报如下。</p>",
    "{a}2023年行政执法年度报告": "<p>一、行政处罚实施情况</p><p>二、行政许可实施情况</p><p>三、政府信息公开情况</p>",
    "{a}2023年度政府网站监管年度报表": "<table><tr><td>网站名称</td><td>独立用户访问总量（单位：个）</td></tr></table>",
    "凌州市自来水有限公司2023年信息公开工作年度报告": "<p>一、总体情况</p><p>公司公开停水信息30条。</p>",
    "{a}2023年党务公开工作年度报告": "<p>一、总体情况</p><p>公开党务信息20条。</p>",
    "{a}政府信息公开申请表": "<table><tr><td>申请人</td><td></td></tr></table>",
    "{a}所属事业单位法人2023年度报告公示": "<p>现将事业单位法人年度报告书予以公示。</p>",
    "一图读懂{a}2023年政府信息公开工作年度报告": "<p><img src='/img/nb.jpg'></p>",
    "凌州市人民医院2023年信息公开年度报告": "<p>一、总体情况</p><p>医院公开信息50条。</p>",
    "{a}政府信息公开保密审查制度": "<p>第一条 为规范政府信息公开保密审查工作，制定本制度。</p>",
    "{a}2024年第一季度主动公开目录": "<p>一、机构职能</p>",
}
NEARS = itertools.cycle(NEAR.items())
# Of before the reforms, and of some places only.
FORMER = ["水利局", "国土资源局", "环境保护局", "文化局", "农业局", "卫生局", "监察局", "知识产权局", "法制办公室", "经济合作局", "扶贫开发办公室", "质量技术监督局", "工商行政管理局", "安全生产监督管理局", "食品药品监督管理局", "水产局", "文化体育局", "民政和社会保障局", "建设局", "城市建设局", "经济贸易局", "粮食和商务局", "水利水电局", "交通局", "广播电视局", "卫生健康委员会"]  # fmt: skip
AGENCIES = (place + bureau for bureau in [*reversed(BUREAUS), *FORMER] for place in PLACES)
Row = Callable[[Entry], str]


def agency() -> str:
    """The next agency that no other town of this web has."""
    return next(AGENCIES)


def listed(whose: str, link: str, years: Iterable[int] = YEARS, near: int = 1) -> list[Entry]:
    """A report a year at `link` (with {key}), newest first, with `near` near-misses among them."""
    found = [
        Entry(title(whose, y), link.format(key=y), f"{y + 1}-01-{y % 20 + 5:02d}", report(whose, y), y) for y in years
    ]
    for number, (named, words) in enumerate(itertools.islice(NEARS, near)):
        named = named.format(a=whose)
        found.insert(
            1 + 2 * number, Entry(named, link.format(key=9000 + number), f"2024-03-{number + 10}", other(named, words))
        )
    return found


def key(entry: Entry) -> str:
    """What distinguishes the address of an entry: its year, or the number of a near-miss."""
    return re.findall(r"\d{4}", entry.url)[-1]


def ul(row: Row) -> Callable[[Sequence[Entry]], str]:
    return lambda found: "<div class='list'><ul>" + "".join(map(row, found)) + "</ul></div>"


def plain(entry: Entry) -> str:
    return f"<li><a href='{entry.url}' target='_blank'>{entry.title}</a><span>{entry.date}</span></li>"


def site(
    name: str,
    page: Callable[[list[Entry]], str | Page],
    *,
    link: str = "/xxgk/gknb/{key}.html",
    listing: str = "/xxgk/gknb/",
    years: Iterable[int] = YEARS[:2],
    near: int = 1,
    state: str = "ok",
    whose: str = "",
    article: Callable[[str, int], Page] | None = None,
    more: Callable[[list[Entry]], Mapping[str, Page]] = lambda found: {},
    folder: str = "",
) -> Town:
    """A town with one list of an agency's reports: `page` makes the list of its entries, `article` a report's page,
    `more` what else the site serves."""
    whose = whose or agency()
    found = listed(whose, link, years, near)
    if article:
        found = [replace(entry, page=article(whose, entry.year)) if entry.year else entry for entry in found]
    shown = page(found)
    pages: dict[str, Page] = {**served(found, folder), **more(found)}
    pages[listing.partition("#")[0]] = (
        frame(shown) if isinstance(shown, str) and "<html" not in shown.lower() else shown
    )
    return Town(name, whose, listing, pages, years, state=state)


def dumped(data: Any) -> Reply:
    return Reply(json.dumps(data, ensure_ascii=False), kind="application/json; charset=utf-8")


def records(found: Iterable[Entry], **names: str) -> list[dict[str, Any]]:
    """Entries as records of a JSON answer; `names` maps what an entry has to what the record calls it."""
    told = {"title": "title", "url": "url", "date": "date", **names}
    return [{called: getattr(entry, own) for own, called in told.items()} | {"id": int(key(entry))} for entry in found]


def cut_pages(found: Sequence[Entry], size: int, number: int) -> Sequence[Entry]:
    """Page `number` of entries, counted from 1."""
    return found[(number - 1) * size : number * size]
