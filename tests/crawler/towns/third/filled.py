# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Third web: pages that scripts fill from data in them or beside them."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator

from towns.lists import YEARS, Entry, agency, entries, json_reply, rows, served
from towns.web import Asked, Page, Reply, Town, frame, report, title


def filled() -> Iterator[Town]:
    """Pages that scripts fill from data in them or beside them."""

    def town(
        name: str, page: Callable[[list[Entry]], str], beside: Callable[[list[Entry]], dict[str, Page]] | None = None
    ) -> Town:
        whose = agency()
        found = entries(whose, "/nb/{key}.html")
        return Town(
            name,
            whose,
            "/nb/index.html",
            {"/nb/index.html": frame(page(found)), **(beside(found) if beside else {}), **served(found)},
            YEARS,
        )

    def listed(found: list[Entry], name: str = "title", link: str = "url", date: str = "date") -> list[dict[str, str]]:
        return [{name: e.title, link: e.url, date: e.date} for e in found]

    yield town(
        "d-json",
        lambda found: (
            f"<script>var list = {json.dumps(listed(found, 'docTitle', 'docPubUrl', 'docRelTime'))}; render(list);</script>"
        ),
    )
    yield town(
        "d-island",
        lambda found: (
            f"<script type='application/json' id='data'>{json.dumps({'list': listed(found, 'title', 'link', 'pubDate')}, ensure_ascii=False)}</script>"
        ),
    )
    yield town(
        "d-state",
        lambda found: (
            f"<div id='app'></div><script>window.__INITIAL_STATE__={json.dumps({'channel': {'articles': listed(found, 'name', 'href', 'publishTime'), 'total': 6}})};</script>"
        ),
    )
    yield town(
        "d-html",
        lambda found: (
            f"<script>var pageData = {json.dumps({'html': rows(found)})};$('#l').html(pageData.html);</script>"
        ),
    )
    yield town(
        "d-loose",
        lambda found: (
            "<script>var dataList=[{infolist:["
            + ",".join(f"{{title:'{e.title}',url:'{e.url}',daytime:'{e.date}'}}" for e in found)
            + ']}];var pagesData={"curPageNo":1,"pageTotal":1};</script>'
        ),
    )
    yield town(
        "d-push",
        lambda found: (
            "<script>var arr=new Array();"
            + "".join(f"arr.push({{'t':'{e.title}','u':'{e.url}','d':'{e.date}'}});" for e in found)
            + "</script>"
        ),
    )
    yield town(
        "d-getjson",
        lambda found: "<script>$.getJSON('./list.json', function(data){});</script>",
        lambda found: {"/nb/list.json": json_reply(json.dumps({"data": listed(found)}))},
    )
    yield town(
        "d-fetch",
        lambda found: "<div id=app></div><script>fetch('/api/articles?channel=7').then(r=>r.json())</script>",
        lambda found: {
            "/api/articles": json_reply(json.dumps({"code": 0, "data": {"rows": listed(found), "total": 6}}))
        },
    )
    yield town(
        "d-comment",
        lambda found: (
            f"<div id='list'></div><textarea style='display:none'>{html.escape('<ul>' + rows(found) + '</ul>')}</textarea>"
        ),
    )
    yield town(
        "d-xml",
        lambda found: (
            "<xml id='x'><items>"
            + "".join(
                f"<item><title><![CDATA[{e.title}]]></title><link>{e.url}</link><date>{e.date}</date></item>"
                for e in found
            )
            + "</items></xml>"
        ),
    )
    whose = agency()
    found = entries(whose, "/art/info/{key}")

    def affairs(asked: Asked) -> Reply:
        told = json.loads(asked.body)
        at = min(int(told["pageNo"]), 3)
        if told["channelList"] != ["3"]:
            return json_reply('{"code":1}')
        return json_reply(
            json.dumps(
                {
                    "code": 0,
                    "data": {
                        "list": [
                            {"id": e.url, "title": e.title, "url": e.url, "display_date": e.date}
                            for e in found[2 * at - 2 : 2 * at]
                        ],
                        "pageNo": at,
                        "totalPage": 3,
                        "totalCount": 6,
                    },
                }
            )
        )

    script = '<script>let q={"channelList":["3"],"pageSize":2,"orderFields":["display_date"],"orderTypes":["desc"],"pageNo":1};axios.post("/front/api/data/affair",q)</script>'
    yield Town(
        "d-affair",
        whose,
        "/nb/",
        {"/nb/": frame(script), "POST /front/api/data/affair": affairs, **served(found)},
        YEARS,
    )
    whose2 = agency()

    shown = "".join(
        f"<li class='pagedContent'><a href='/nb/{y}.html'>{title(whose2, y)}</a> {y + 1}-01-15</li>" for y in YEARS
    )

    yield Town(
        "d-shandong",
        whose2,
        "/nb/",
        {
            "/nb/": frame(f"<ul>{shown}</ul><script>var totalCount=4;var perSize=20;</script>"),
            **{f"/nb/{y}.html": report(whose2, y) for y in YEARS},
        },
        YEARS,
    )


def towns() -> list[Town]:
    return list(filled())
