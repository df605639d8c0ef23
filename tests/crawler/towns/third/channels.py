# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Third web: UCAP's channels and gkmlpt's trees, their lists as JSON."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator

from towns.lists import YEARS, Entry, agency, entries, json_reply, rows, served
from towns.third.served import given
from towns.web import Asked, Page, Reply, Town, frame, report, text, title


def ucap() -> Iterator[Town]:
    """JSON lists, bare or wrapped."""
    channel, link = "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "/lz/gknb/202401/{key}.shtml"
    whose = agency()
    found = [Entry(e.title, e.url, e.date, dressed(e, whose), e.year) for e in entries(whose, link)]

    def search(asked: Asked) -> Reply:
        at = int(asked.query.get("page", "1"))
        shown = [
            {
                "title": html.escape(e.title),
                "url": e.url,
                "subTitle": "",
                "content": e.title[:9],
                "publishedTimeStr": e.date + " 09:00:00",
                "domainMetaList": [{"resultList": [{"key": "pubdate", "value": e.date}]}],
            }
            for e in found[2 * at - 2 : 2 * at]
        ]
        return json_reply(json.dumps({"data": {"total": 6, "page": at, "rows": 2, "results": shown}}))

    script = f"<script>$.get('/common/search/{channel}',{{page:1,_pageSize:2,_isAgg:true,_isJson:true,_template:'index',_rangeTimeGte:'',_channelName:''}},function(d){{}});</script>"
    yield Town(
        "u-search",
        whose,
        "/lz/gknb/list.shtml",
        {"/lz/gknb/list.shtml": frame(script), f"/common/search/{channel}": search, **served(found)},
        YEARS,
    )
    whose2 = agency()
    found2 = entries(whose2, link)

    def loaded(asked: Asked) -> Reply:
        if given(asked, "channelId") != channel:
            return json_reply('{"code":"0","data":{"allRow":0,"totalPage":0,"list":[]}}')
        at = int(given(asked, "pageIndex", "1"))
        shown = [
            {"TITLE": e.title, "URL_COMMP": "http://" + asked.headers["host"] + e.url, "PUBLISHED_TIME_FORMAT": e.date}
            for e in found2[2 * at - 2 : 2 * at]
        ]
        return json_reply(json.dumps({"code": "0", "data": {"allRow": "6", "totalPage": "3", "list": shown}}))

    load = "/szinf/interfacesWebManu/loadDataByChannelIdAndDeptIdBackSort"
    script = f'<script>function page(n){{$.ajax({{url:"{load}",type:"POST",data:{{"channelId":"{channel}","deptCode":"014149","pageSize":2,"pageIndex":n}}}})}}</script>'
    yield Town(
        "u-load",
        whose2,
        "/szinf/nb/list.shtml",
        {"/szinf/nb/list.shtml": frame(script), f"POST {load}": loaded, **served(found2)},
        YEARS,
    )
    whose3 = agency()
    found3 = entries(whose3, link)

    def filed(asked: Asked) -> Reply:
        at = int(given(asked, "page", "1"))
        shown = [{"title": e.title, "url": e.url, "publishedTimeStr": e.date} for e in found3[2 * at - 2 : 2 * at]]
        return json_reply(
            json.dumps({"code": 200, "results": {"data": {"total": 6, "page": at, "rows": 2, "results": shown}}})
        )

    script = f"<script>var channelId = \"{channel}\"; var size = 2; $.ajax({{type:'POST',url:'/getFileListByCodeId',data:{{channelId:channelId,page:1,size:size}}}});</script>"
    yield Town(
        "u-code",
        whose3,
        "/nb/list.shtml",
        {"/nb/list.shtml": frame(script), "POST /getFileListByCodeId": filed, **served(found3)},
        YEARS,
    )


def dressed(entry: Entry, agency: str) -> Page:
    """An article in UCAP's own tags, its body cut into pages that the browser turns."""
    if not entry.year:
        return entry.page
    body = text(agency, entry.year).replace("<p>三、", "#PAGE_BREAK#<p>三、")
    return f"<html><head><title>头部</title><meta name='ColumnName' content='头部'><meta name='ArticleTitle' content='{entry.title}'></head><body><ucaptitle>{entry.title}</ucaptitle><publishtime>{entry.date}</publishtime><div id='zoomcon' class='article-content'><ucapcontent>{body}</ucapcontent></div></body></html>"


def gkmlpt() -> Iterator[Town]:
    """Trees and categories of other shapes."""
    link = "/gkmlpt/content/9/9103/post_{key}.html"

    def shell(told: object) -> str:
        return f"<!DOCTYPE html><html><body><div id='app'></div><script>window._CONFIG = {json.dumps(told)}</script><script src='/gkmlpt/js/app.js'></script></body></html>"

    def node(number: int, name: str, *children: object, jump: str = "") -> dict[str, object]:
        return {"id": number, "name": name, "parent": 0, "children": list(children), "jump_url": jump, "post_count": 6}

    def town(
        name: str,
        tree: list[object],
        categories: dict[int, slice],
        *,
        listing: str = "/gkmlpt/index",
        size: int = 100,
        state: str = "ok",
        answer: Reply | None = None,
        more: dict[str, Page] | None = None,
    ) -> Town:
        whose = agency()
        found = entries(whose, link)

        def api(shown: list[Entry]) -> Callable[[Asked], Reply]:
            def reply(asked: Asked) -> Reply:
                if answer is not None or asked.query.get("sid") != "755041":
                    return answer or Reply("{}", 500)
                at = max(int(asked.query.get("page", "1")), 1)
                told = [
                    {
                        "id": n,
                        "title": e.title,
                        "publisher": whose,
                        "created_at": e.date + " 16:25:04",
                        "display_publish_time": 1700000000,
                        "url": f"http://{asked.headers['host']}{e.url}",
                        "post_url": "",
                        "attachment": [],
                        "is_expired": 0,
                    }
                    for n, e in enumerate(shown[size * (at - 1) : size * at])
                ]
                return json_reply(
                    json.dumps({"classify": {"id": 1, "post_count": len(shown)}, "articles": told, "total": len(shown)})
                )

            return reply

        pages: dict[str, Page] = {
            "/gkmlpt/index": shell({"SID": "755041", "TREE": tree, "SERVICE_AREA_ID": 1}),
            **served(found),
            **(more or {}),
        }
        pages |= {f"/gkmlpt/api/all/{number}": api(found[part]) for number, part in categories.items()}
        for entry in found:
            if entry.year:
                pages[entry.url] = shell(
                    {
                        "SID": "755041",
                        "DETAIL": {"title": entry.title, "content": text(whose, entry.year), "created_at": entry.date},
                    }
                )
        return Town(name, whose, listing, pages, YEARS if answer is None else (), state=state)

    whole = slice(0, 6)
    first = node(
        1, "政府信息公开", node(2, "政府信息公开指南"), node(3, "政府信息公开制度"), node(721, "政府信息公开年报")
    )
    yield town("k-root", [first], {721: whole})
    yield town(
        "k-fragment", [node(9, "市政府", first), node(10, "机构职能")], {721: whole}, listing="/gkmlpt/index#721"
    )
    yield town("k-pages", [first], {721: whole}, size=2)
    yield town(
        "k-years",
        [node(1, "政府信息公开年度报告", node(24, "2024年"), node(23, "2023年"), node(22, "以前年度"))],
        {1: slice(0, 0), 24: slice(0, 2), 23: slice(2, 4), 22: slice(4, 6)},
    )
    yield town("k-named", [node(1, "法定主动公开内容"), node(5, "政府信息公开工作年度报告")], {5: whole})
    yield town("k-refused", [first], {721: whole}, answer=Reply("Forbidden", 403), state="refused")
    whose = agency()
    found = entries(whose, "/zwgk/nb/content/post_{key}.html")
    jump: dict[str, Page] = {
        "/gkmlpt/index": shell(
            {
                "SID": "755041",
                "TREE": [node(1, "政府信息公开", node(721, "政府信息公开年报", jump="/zwgk/nb/index.html"))],
            }
        ),
        "/zwgk/nb/index.html": frame(f"<ul>{rows(found[:3])}</ul><a class='next' href='index_2.html'>下一页</a>"),
        "/zwgk/nb/index_2.html": frame(f"<ul>{rows(found[3:])}</ul>"),
        **served(found),
    }
    yield Town("k-jump", whose, "/gkmlpt/index", jump, YEARS)
    whose2 = agency()

    def attached(asked: Asked) -> Reply:
        told = [
            {
                "id": y,
                "title": title(whose2, y),
                "created_at": f"{y + 1}-01-20 10:00:00",
                "url": f"http://{asked.headers['host']}/gkmlpt/content/9/91/post_{y}.html",
                "attachment": [{"id": 1, "name": "年报.html", "type": "docx", "url": ""}],
            }
            for y in YEARS
        ]
        return json_reply(json.dumps({"articles": told, "total": 4}))

    pages: dict[str, Page] = {"/gkmlpt/index": shell({"SID": "1", "TREE": [first]}), "/gkmlpt/api/all/721": attached}
    pages |= {f"/gkmlpt/content/9/91/post_{y}.html": report(whose2, y) for y in YEARS}
    yield Town("k-plain", whose2, "/gkmlpt/index", pages, YEARS)


def towns() -> list[Town]:
    return [*ucap(), *gkmlpt()]
