# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Shells whose rows, or reports, come as data from an interface that a script of the page calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs

from towns.fourth.parts import dressed, listed, rows, town, whose
from towns.lists import Entry, json_reply
from towns.web import Asked, Page, Reply, Town, report, text, title

YEARS = (2024, 2023, 2022, 2021)


def given(asked: Asked, name: str) -> str:
    """A parameter, of the address or of a body that is a form or JSON."""
    if asked.body.startswith("{"):
        return str(json.loads(asked.body).get(name, ""))
    return parse_qs(asked.body).get(name, [asked.query.get(name, "")])[0]


def api(
    name: str, script: str, path: str, envelope: Callable[[list[dict[str, Any]], int, int], Any], keys: tuple[str, str, str],
    page: str = "", first: int = 1, size: int = 3, link: str = "/nb/{key}.html", wrap: str = "{}", post: bool = False,
    must: dict[str, str] | None = None, more: Callable[[Entry], dict[str, Any]] = lambda entry: {},
) -> Town:  # fmt: skip
    """A list of five behind an interface at `path`, `size` a page where the parameter `page` counts; `must` are
    parameters without which it answers nothing."""
    agency = whose()
    found = listed(agency, link, YEARS, 1)

    def answer(asked: Asked) -> Reply:
        if any(given(asked, key) != value for key, value in (must or {}).items()):
            return json_reply(wrap.format(json.dumps(envelope([], 0, 0))))
        number = given(asked, page) if page else ""
        k = int(number) - first if number.isdigit() else 0
        shown = found[k * size : (k + 1) * size] if page else found
        records = [dict(zip(keys, (e.title, e.url, e.date), strict=True)) | more(e) for e in shown]
        return json_reply(
            wrap.format(json.dumps(envelope(records, len(found), -(-len(found) // size)), ensure_ascii=False))
        )

    pages: dict[str, Page] = {
        "/nb/index.html": dressed(f"<ul id='list'></ul><div id='pager'></div><script>{script}</script>")
    }
    pages[("POST " if post else "") + path] = answer
    return town(name, agency, "/nb/index.html", found, pages)


def interfaces() -> list[Town]:
    draw = "function draw(rows){ $.each(rows, function(i, v){ $('#list').append('<li><a href=\"' + v.url + '\">' + v.title + '</a></li>'); }); }"
    return [
        api(
            "j-rows",
            draw
            + "$.getJSON('/api/news/list', {channelId: '88', pageNum: 1, pageSize: 3}, function(res){ draw(res.rows); pager(res.total); });",
            "/api/news/list",
            lambda r, n, p: {"total": n, "rows": r, "code": 0, "msg": "查询成功"},
            ("title", "url", "publishTime"),
            page="pageNum",
            must={"channelId": "88"},
        ),
        api(
            "j-records",
            "axios.get('/prod-api/cms/article/page?categoryId=1502&current=1&size=3').then(res => { this.list = res.data.data.records; this.total = res.data.data.total })",
            "/prod-api/cms/article/page",
            lambda r, n, p: {
                "code": 200,
                "success": True,
                "data": {"records": r, "total": n, "size": 3, "current": 1, "pages": p},
                "msg": "操作成功",
            },
            ("articleTitle", "articleUrl", "releaseDate"),
            page="current",
            must={"categoryId": "1502"},
        ),
        api(
            "j-spring",
            'fetch("/api/articles?columnId=12&page=0&size=3").then(r => r.json()).then(d => { d.content.forEach(add); total = d.totalPages; });',
            "/api/articles",
            lambda r, n, p: {"content": r, "totalElements": n, "totalPages": p, "number": 0, "size": 3, "last": False},
            ("title", "href", "createdDate"),
            page="page",
            first=0,
            must={"columnId": "12"},
        ),
        api(
            "j-posted",
            "$.ajax({ type: 'POST', url: '/site/getInfoList.do', data: { columnid: '2', pageIndex: 1, pageSize: 3 }, dataType: 'json', success: function(res) { show(res.result.items); } });",
            "/site/getInfoList.do",
            lambda r, n, p: {"status": "1", "result": {"items": r, "totalCount": n, "pageCount": p}},
            ("infoTitle", "infoUrl", "infoDate"),
            page="pageIndex",
            post=True,
            must={"columnid": "2"},
        ),
        api(
            "j-json-body",
            "axios.post('/api/content/search', { channelCode: 'zfxxgknb', pageNo: 1, pageSize: 3 }).then(function (res) { vm.items = res.data.data.list; });",
            "/api/content/search",
            lambda r, n, p: {"code": 0, "data": {"list": r, "pageNo": 1, "totalPage": p, "totalCount": n}},
            ("title", "url", "display_date"),
            page="pageNo",
            post=True,
            must={"channelCode": "zfxxgknb"},
        ),
        api(
            "j-variables",
            "var channelId = '3307'; var pageSize = 3; $(function(){ load(1); }); function load(n){ $.get('/front/list?channelId=' + channelId + '&pageSize=' + pageSize + '&pageNo=' + n, function(d){ fill(d.page.list); }); }",
            "/front/list",
            lambda r, n, p: {"page": {"list": r, "totalPages": p, "total": n}},
            ("title", "url", "showTime"),
            page="pageNo",
            must={"channelId": "3307"},
        ),
        api(
            "j-jsonp",
            "$.ajax({url: '/interface/docs.json?chnlid=77', dataType: 'jsonp', jsonp: 'callback', jsonpCallback: 'docs', success: function(d){ draw(d.docs); }});",
            "/interface/docs.json",
            lambda r, n, p: {"docs": r, "count": n},
            ("DOCTITLE", "DOCPUBURL", "DOCRELTIME"),
            wrap="docs({});",
        ),
        api(
            "j-static",
            "$.getJSON('./data.json', function(data){ for (var i in data) { add(data[i].t, data[i].u); } });",
            "/nb/data.json",
            lambda r, n, p: r,
            ("t", "u", "d"),
        ),
        api(
            "j-html",
            "$.post('/common/ajaxList', { cid: 45, page: 1 }, function(res){ $('#list').html(res.html); $('#pager').html(res.pages); }, 'json');",
            "/common/ajaxList",
            lambda r, n, p: {
                "html": "".join(f"<li><a href='{x['u']}'>{x['t']}</a><span>{x['d']}</span></li>" for x in r),
                "pages": p,
            },
            ("t", "u", "d"),
            page="page",
            post=True,
            must={"cid": "45"},
        ),
        api(
            "j-by-number",
            "$.getJSON('/api/list.json?cid=6', function(res){ $.each(res.data, function(i, v){ $('#list').append('<li><a href=\"/content/' + v.id + '.html\">' + v.title + '</a></li>'); }); });",
            "/api/list.json",
            lambda r, n, p: {"data": [{"id": x["u"][9:-5], "title": x["t"], "date": x["d"]} for x in r]},
            ("t", "u", "d"),
            link="/content/{key}.html",
        ),
        api(
            "j-whole",
            "fetch('/api/reports').then(r => r.json()).then(res => app.rows = res.data);",
            "/api/reports",
            lambda r, n, p: {"code": 200, "data": r},
            ("title", "url", "date"),
            more=lambda e: {"content": text("本机关", e.year) if e.year else "<p>无</p>", "id": e.date},
        ),
    ]


def fragment(found: Sequence[Entry]) -> Reply:
    return Reply(f"<ul>{rows(found)}</ul>")


def parts_of_pages() -> list[Town]:
    """HTML that a script fetches: a fragment, a list in XML."""
    agency = whose()
    found = listed(agency, "/nb/{key}.html")
    one = town(
        "j-fragment",
        agency,
        "/nb/index.html",
        found,
        {
            "/nb/index.html": dressed("<div id='c'></div><script>$('#c').load('/nb/inc_list.html');</script>"),
            "/nb/inc_list.html": fragment(found),
        },
    )
    agency = whose()
    found = listed(agency, "/nb/{key}.html")
    lines = "".join(
        f"<item><title>{e.title}</title><link>{e.url}</link><pubDate>{e.date}</pubDate></item>" for e in found
    )
    feed = Reply(
        f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>年报</title>{lines}</channel></rss>",
        kind="text/xml; charset=utf-8",
    )
    two = town(
        "j-feed",
        agency,
        "/nb/index.html",
        found,
        {
            "/nb/index.html": dressed(
                "<ul id='l'></ul><script>$.ajax({url:'/nb/rss.xml',dataType:'xml',success:draw});</script>"
            ),
            "/nb/rss.xml": feed,
        },
    )
    return [one, two]


def shells() -> list[Town]:
    """Articles that a shell of a page fetches by their number; a bundle that says nothing to who cannot run it."""
    agency = whose()
    years = (2024, 2023)
    links = "".join(f"<li><a href='/detail.html?id={y}7'>{title(agency, y)}</a></li>" for y in years)
    shell = "<html><head><title>详情</title></head><body><h1 id='t'></h1><div id='c'></div><script>var id = getQueryString('id'); $.getJSON('/api/article/detail', {id: id}, function(res){ $('#t').text(res.data.title); $('#c').html(res.data.content); });</script></body></html>"

    def detail(asked: Asked) -> Reply:
        year = next((y for y in years if asked.query.get("id") == f"{y}7"), 0)
        return json_reply(
            json.dumps(
                {
                    "code": 200,
                    "data": {
                        "title": title(agency, year),
                        "content": text(agency, year),
                        "publishTime": f"{year + 1}-01-19",
                    },
                }
                if year
                else {"code": 404},
                ensure_ascii=False,
            )
        )

    one = Town(
        "j-detail",
        agency,
        "/nb/",
        {"/nb/": dressed(f"<ul>{links}</ul>"), "/detail.html": shell, "/api/article/detail": detail},
        years,
    )
    agency_two = whose()
    vue = "<!DOCTYPE html><html><head><title>政府信息公开</title></head><body><noscript>请启用JavaScript</noscript><div id=app></div><script src=/static/js/app.7c1f.js></script></body></html>"
    bundle = Reply('(function(e){e.exports={api:{list:"/gateway/"+t+"/page"}}})', kind="application/javascript")
    two = Town("j-bundle", agency_two, "/", {"/": vue, "/static/js/app.7c1f.js": bundle}, state="broken")
    agency_three = whose()
    three_pages: dict[str, Page] = {
        "/nb/": dressed(
            "<ul>" + "".join(f"<li><a href='/nb/{y}.html'>{title(agency_three, y)}</a></li>" for y in years) + "</ul>"
        )
    }
    for y in years:
        three_pages[f"/nb/{y}.html"] = (
            f"<html><head><title>{title(agency_three, y)}</title></head><body><h1>{title(agency_three, y)}</h1><div id='zoom'></div><script>$('#zoom').load('/nb/part/{y}.htm');</script></body></html>"
        )
        three_pages[f"/nb/part/{y}.htm"] = f"<div>{text(agency_three, y)}</div>"
    three = Town("j-loaded", agency_three, "/nb/", three_pages, years)
    agency_four = whose()
    four_pages: dict[str, Page] = {f"/nb/{y}.html": report(agency_four, y) for y in years}
    four_pages["/nb/"] = dressed("<ul id='l'></ul><script src='/js/nb.js'></script>")
    four_pages["/js/nb.js"] = Reply(
        "$(function(){ $.get('/ajax/doclist?channel=nb', function(d){ render(d.data); }, 'json'); });",
        kind="application/javascript",
    )
    four_pages["/ajax/doclist"] = json_reply(
        json.dumps(
            {"data": [{"title": title(agency_four, y), "url": f"/nb/{y}.html"} for y in years]}, ensure_ascii=False
        )
    )
    four = Town("j-script-file", agency_four, "/nb/", four_pages, years)
    return [one, two, three, four]


def towns() -> list[Town]:
    return [*interfaces(), *parts_of_pages(), *shells()]
