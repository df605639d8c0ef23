# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns whose pages hold what real pages hold around their list: menus that name the column of reports, the way to the
page, boxes of news, a search, scripts that count."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from towns.fifth.parts import agency, cut_pages, dumped, listed, plain, records, ul
from towns.lists import Entry, served
from towns.web import Asked, Page, Town

FOUR = (2023, 2022, 2021, 2020)
MENU = "<div class='nav'><ul><li><a href='/'>首页</a></li><li><a href='/zw/'>政务公开</a></li><li><a href='/zc/'>政策解读</a></li><li><a href='/hd/'>互动交流</a></li></ul></div>"
SIDE = "<div class='side'><ul><li><a href='/gk/zn/'>政府信息公开指南</a></li><li><a href='/gk/zd/'>政府信息公开制度</a></li><li class='on'><a href='/gk/nb/'>政府信息公开年报</a></li><li><a href='/gk/ysq/'>依申请公开</a></li></ul></div>"
WAY = "<div class='crumb'>当前位置：<a href='/'>首页</a> &gt; <a href='/gk/'>政府信息公开</a> &gt; <a href='/gk/nb/'>政府信息公开年报</a></div>"
NEWS = (
    "<div class='hot'><h3>热点信息</h3><ul>"
    + "".join(
        f"<li><a href='/news/{n}.html'>凌州市召开2024年第{n}次工作推进会议</a><span>2024-02-0{n}</span></li>"
        for n in range(1, 7)
    )
    + "</ul></div>"
)
FOOT = "<form action='/search' method='get'><input name='q'><input type='hidden' name='page' value='1'><button>搜索</button></form><div class='footer'><p>主办：凌州市人民政府办公室　网站标识码：9901000001</p><a href='/sitemap.html'>网站地图</a></div><script>$(function(){ $.get('/count?id=1'); });</script>"
LISTING = "/gk/nb/list.html"


def _dressed(name: str, inside: str, before: str = SIDE + WAY, after: str = FOOT) -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>政府信息公开年报-{name}</title></head><body>{MENU}{before}<div class='right'>{inside}</div>{after}</body></html>"


def _held(
    name: str,
    inside: Callable[[list[Entry]], str],
    *,
    before: str = SIDE + WAY,
    after: str = FOOT,
    more: Callable[[list[Entry]], dict[str, Page]] = lambda found: {},
    link: str = "/gk/nb/{key}.html",
) -> Town:
    whose = agency()
    found = listed(whose, link, FOUR)
    return Town(
        name,
        whose,
        LISTING,
        {**served(found), **more(found), LISTING: _dressed(whose, inside(found), before, after)},
        FOUR,
    )


def _asked(found: list[Entry]) -> dict[str, Page]:
    def answer(asked: Asked) -> Page:
        shown: Sequence[Entry] = cut_pages(found, 4, int(asked.query.get("pageNo", "1")))
        data: dict[str, Any] = {"list": records(shown), "total": len(found)}
        return dumped({"code": 0, "data": data})

    return {"/api/info/list": answer}


def _part(found: list[Entry]) -> dict[str, Page]:
    return {"/gk/nb/part.html": ul(plain)(found)}


def _vue(found: list[Entry]) -> str:
    items = json.dumps(records(found), ensure_ascii=False)
    return f"<div id='app'></div><script>new Vue({{el:'#app', data:{{list:{items}}}}});</script>"


def _single(name: str, told: Callable[[int], str], pattern: str, row: Callable[[Entry], str] = plain) -> Town:
    """A list cut into pages so that the last holds one entry, beside a menu that names the column."""
    whose = agency()
    found = listed(whose, "/gk/nb/{key}.html", FOUR)
    pages: dict[str, Page] = {**served(found)}
    for n in range(3):
        pages[LISTING if n == 0 else pattern.format(n + 1)] = _dressed(
            whose, ul(row)(found[2 * n : 2 * n + 2]) + told(n)
        )
    return Town(name, whose, LISTING, pages, FOUR)


def _middle(name: str) -> Town:
    """A list whose second page holds nothing but what is no report, without days."""
    whose = agency()
    found = listed(whose, "/gk/nb/{key}.html", FOUR[:3], near=2)
    reports, others = [e for e in found if e.year], [e for e in found if not e.year]
    pages: dict[str, Page] = {**served(found)}
    for n, shown in enumerate((reports[:1], others, reports[1:])):
        address = LISTING if n == 0 else f"/gk/nb/list_{n + 1}.html"
        pages[address] = _dressed(whose, ul(lambda e: f"<li><a href='{e.url}'>{e.title}</a></li>")(shown) + _next(n))
    return Town(name, whose, LISTING, pages, FOUR[:3])


def _next(n: int) -> str:
    return f"<a href='list_{n + 2}.html'>下一页</a>" if n < 2 else "<a href='list_2.html'>上一页</a>"


def towns() -> list[Town]:
    ask = "<div id='list'></div><script>$.get('/api/info/list', {channelId: 12, pageNo: 1, pageSize: 4}, function(r){ show(r); });</script>"
    load = "<div id='list'></div><script>$('#list').load('part.html');</script>"
    return [
        _held("c-asked", lambda found: ask, more=_asked),
        _held("c-askednews", lambda found: ask, after=NEWS + FOOT, more=_asked),
        _held("c-askedway", lambda found: ask, before=WAY, more=_asked),
        _held("c-loaded", lambda found: load, more=_part),
        _held("c-loadednews", lambda found: load, before=NEWS + SIDE, more=_part),
        _held("c-vue", _vue),
        _held("c-vuenews", _vue, after=NEWS + FOOT),
        _held("c-vueart", _vue, link="/art/2024/1/20/art_12_{key}.html"),
        _held(
            "c-frame",
            lambda found: "<iframe src='in.html'></iframe>",
            more=lambda found: {"/gk/nb/in.html": f"<html><body>{ul(plain)(found)}</body></html>"},
        ),
        _held(
            "c-store",
            lambda found: (
                "<script type='text/xml'><datastore><recordset>"
                + "".join(f"<record><![CDATA[{plain(e)}]]></record>" for e in found)
                + "</recordset></datastore></script>"
            ),
            after=NEWS,
        ),
        _held(
            "c-shortday",
            ul(lambda e: f"<li><a href='{e.url}'>{e.title}<em>{e.date[5:]}</em></a></li>"),
            after=NEWS + FOOT,
        ),
        _held(
            "c-dayfirst",
            lambda found: "".join(
                f"<a class='row' href='{e.url}'><div class='d'><b>{e.date[8:]}</b><span>{e.date[:7]}</span></div><div class='t'>{e.title}</div></a>"
                for e in found
            ),
        ),
        _middle("c-middle"),
        _single("c-single", _next, "/gk/nb/list_{}.html"),
        _single(
            "c-singleday",
            _next,
            "/gk/nb/list_{}.html",
            lambda e: f"<li><a href='{e.url}'>{e.title}<em>{e.date[5:]}</em></a></li>",
        ),
        _single(
            "c-singlecard",
            lambda n: f"<div class='page'>共5条 第{n + 1}页/共3页</div>",
            "/gk/nb/list_{}.html",
            lambda e: f"<li><h4><a href='{e.url}'>{e.title}</a></h4><div><a href='{e.url}'>查看全文</a></div></li>",
        ),
    ]
