# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns of the second web whose lists come from a server: as XML, JSON, JSONP or HTML inside JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs

from towns.web import Asked, Page, Reply, Town, frame, other, report, text, title

YEARS = (2024, 2023, 2022, 2021, 2020, 2019, 2018)
GUIDE = "政府信息公开指南"


def listed(agency: str, link: str) -> list[tuple[str, str, str]]:
    """Title, address and date of everything in a column: a report a year, and the guide."""
    return [(title(agency, y), link.format(year=y), f"{y + 1}-01-15") for y in YEARS] + [
        (agency + GUIDE, link.format(year="zn"), "2017-03-01")
    ]


def articles(agency: str, link: str) -> dict[str, Page]:
    return {link.format(year=y): report(agency, y) for y in YEARS} | {link.format(year="zn"): other(agency + GUIDE)}


def number(asked: Asked, name: str, default: int = 1) -> int:
    told = asked.query.get(name) or parse_qs(asked.body).get(name, [str(default)])[0]
    return int(told)


def records(rows: list[tuple[str, str, str]]) -> str:
    return "".join(
        f'<record><![CDATA[\n<li style=<br/>\n<a href=\'{link}\' target="_blank" title="{name}">{name[:14]}…</a>'
        f"<span>{date[:5]}\n {date[5:8]}\n{date[8:]}</span></li>\n]]></record>"
        for name, link, date in rows
    )


def store(rows: list[tuple[str, str, str]], total: int, after: str = "") -> str:
    return f"<datastore>\n<totalrecord>{total}</totalrecord>\n{after}<recordset>{records(rows)}</recordset></datastore>"


def xml(body: str) -> Reply:
    return Reply(body, kind="text/xml; charset=utf-8")


def jpage(inside: str, after: str = "") -> str:
    return frame(f"<div id='83'><script type=\"text/xml\">{inside}</script></div>{after}")


def hanweb() -> Iterator[Town]:
    """Data proxies with their own ideas of a page."""
    proxy, link = "/module/web/jpage/dataproxy.jsp", "/art/2024/1/15/art_88_{year}.html"

    def settings(total: int) -> str:
        return (
            f"<script>$('#83').jpage({{proxyUrl:'{proxy}',perPage:1,totalRecord:{total},columnid:88,unitid:'83',"
            "webname:'凌州',webid:3,path:'/',permissiontype:0,appid:1,col:1,sourceContentType:1});</script>"
        )

    def towns_proxy(name: str, agency: str, answer: str) -> Town:
        rows = listed(agency, link)

        def by_page(asked: Asked) -> Reply:
            if "page" not in asked.query:
                return xml(store(rows[:3], len(rows)))
            at = int(asked.query["page"]) - 1
            return xml(store(rows[at * 3 : at * 3 + 3], len(rows)))

        def capped(asked: Asked) -> Reply:
            first, last = int(asked.query["startrecord"]), int(asked.query["endrecord"])
            return xml(store(rows[first - 1 : min(last, first + 1)], len(rows)))

        def chained(asked: Asked) -> Reply:
            if asked.query.get("columnid") != "jq%2BX==" and asked.query.get("columnid") != "jq+X==":
                return xml("<datastore><recordset></recordset></datastore>")
            at = int(asked.query["page"])
            return xml(store(rows[at : at + 3], len(rows), group(at + 3) if at + 3 < len(rows) else ""))

        def group(at: int) -> str:
            return f'<nextgroup><![CDATA[<a href="{proxy}?page={at}&appid=1&columnid=jq%2BX%3D%3D&unitid=9%2F%3D"></a>]]></nextgroup>'

        answers = {"page": by_page, "capped": capped, "chained": chained}
        inside = store(rows[:3], len(rows), group(3) if answer == "chained" else "")
        pages: dict[str, Page] = {
            "/col/col88/index.html": jpage(inside, settings(len(rows)) if answer != "chained" else "")
        }
        pages |= {proxy: answers[answer], f"POST {proxy}": answers[answer], **articles(agency, link)}
        return Town(name, agency, "/col/col88/index.html", pages, YEARS)

    yield towns_proxy("proxypage", "凌州市税务局", "page")
    yield towns_proxy("proxycap", "凌州市烟草专卖局", "capped")
    yield towns_proxy("proxychain", "凌州市消防救援支队", "chained")
    agency = "凌州市盐务管理局"
    rows = listed(agency, link)

    def jsonp(asked: Asked) -> Reply:
        if "referer" not in asked.headers:
            return Reply("{}", 403)
        first, last = int(asked.query["startrecord"]), int(asked.query["endrecord"])
        return Reply(
            f"{asked.query['callback']}({json.dumps(store(rows[first - 1 : last], len(rows)))})", kind="text/javascript"
        )

    call = (
        "<script>$.ajax({url:'/truecms/messageController/getMessage.do',dataType:'jsonp',jsonp:'callback',"
        "data:{columnId:'5f3c9d',startrecord:1,endrecord:3,perpage:3}});</script>"
    )
    yield Town(
        "truecms",
        agency,
        "/nb/index.html",
        {
            "/nb/index.html": frame(f"<div id='list'></div>{call}"),
            "/truecms/messageController/getMessage.do": jsonp,
            **articles(agency, link),
        },
        YEARS,
    )
    agency = "凌州市国有林场管理局"
    rows2 = listed(agency, link)

    def searched(asked: Asked) -> str:
        at = number(asked, "currpage") - 1
        lines = "".join(
            f"<tr class='tr_main_value_{'odd' if n % 2 else 'even'}'><td>{n}</td><td><a class='bt_link' href='{each[1]}'"
            f" title='{each[0]}'>{each[0][:12]}...</a></td><td>{each[2]}</td></tr>"
            for n, each in enumerate(rows2[at * 3 : at * 3 + 3])
        )
        return f"<table>{lines}</table><div>&nbsp;共{-(-len(rows2) // 3)}页&nbsp;</div>"

    page = (
        "<script>function go(){$.post('/module/xxgk/search.jsp?standardXxgk=1&isAllList=1&texttype=0&fbtime=-1&currpage=1',"
        "'infotypeId=A0212&jdid=3096&area=002482429&divid=div1229498488&vc_title=&sortfield=,compaltedate:0&currpage=1');}</script>"
    )
    yield Town(
        "xxgksearch",
        agency,
        "/col/col1229498488/index.html",
        {
            "/col/col1229498488/index.html": frame(page),
            "POST /module/xxgk/search.jsp": searched,
            **articles(agency, link),
        },
        YEARS,
    )


def jpaas() -> Iterator[Town]:
    """A unit whose further pages want paramJson."""
    agency, link = "凌州市医疗保障局", "/art/2025/art_{year}ab.html"
    rows = listed(agency, link)
    build = "/api-gateway/jpaas-publish-server/front/page/build/unit"

    def unit(asked: Asked) -> Reply:
        told = json.loads(asked.query.get("paramJson", "{}"))
        at = int(told.get("pageNo", 1)) - 1
        lines = "".join(
            f'<li><a href="{u}" title="{t}">{t[:10]}</a><b>{d}</b></li>' for t, u, d in rows[at * 3 : at * 3 + 3]
        )
        whole = f'<ul>{lines}</ul><div class="pagination" count="{len(rows)}" rows="3"></div>'
        return Reply(json.dumps({"success": True, "code": "200", "data": {"html": whole}}), kind="application/json")

    box = f"<div class='u' id='x1' url=\"{build}\" queryData=\"{{'webId':'149','pageId':'p9','parseType':'bulidstatic','pageType':'column','tagId':'当前栏目_list','tplSetId':'s1'}}\"></div>"
    yield Town(
        "jpaas",
        agency,
        "/col/col123/index.html",
        {"/col/col123/index.html": frame(box), build: unit, **articles(agency, link)},
        YEARS,
    )


def ucap() -> Iterator[Town]:
    """Three kinds of JSON."""
    channel, link = "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "/lz/gknb/202401/{year}.shtml"
    agency = "凌州市口岸办公室"
    rows = listed(agency, link)

    def search(asked: Asked) -> Reply:
        at = number(asked, "page") - 1
        found = [
            {"title": f"<em>{t}</em>", "url": u, "publishedTimeStr": d + " 10:00:00", "contentHtml": ""}
            for t, u, d in rows[at * 3 : at * 3 + 3]
        ]
        return Reply(
            json.dumps({"code": 200, "data": {"total": len(rows), "page": at + 1, "rows": 3, "results": found}}),
            kind="application/json",
        )

    script = f"<script>var url='/common/search/{channel}?_isAgg=true&_isJson=true&_pageSize=3&_template=index&page='+p;</script>"
    yield Town(
        "ucapsearch",
        agency,
        "/lz/gknb/list.shtml",
        {"/lz/gknb/list.shtml": frame(script), f"/common/search/{channel}": search, **articles(agency, link)},
        YEARS,
    )
    agency = "凌州市园林绿化局"
    rows2 = listed(agency, link)

    def loaded(asked: Asked) -> Reply:
        at = number(asked, "pageIndex") - 1
        found = [{"TITLE": t, "URL_COMMP": u, "PUBLISHED_TIME_FORMAT": d} for t, u, d in rows2[at * 3 : at * 3 + 3]]
        data = {"allRow": len(rows2), "totalPage": -(-len(rows2) // 3), "list": found}
        return Reply(json.dumps({"code": "0", "data": data}), kind="application/json")

    load = "/szinf/interfacesWebManu/loadDataByChannelIdAndDeptIdBackSort"
    script = f"<script>var channelId='{channel}';var deptCode='014149';var pageSize=3;$.post('{load}',{{channelId:channelId,deptCode:deptCode,pageSize:pageSize,pageIndex:1}});</script>"
    yield Town(
        "ucapload",
        agency,
        "/szinf/nb/xxgk_list.shtml",
        {"/szinf/nb/xxgk_list.shtml": frame(script), f"POST {load}": loaded, **articles(agency, link)},
        YEARS,
    )
    agency = "凌州市税务稽查局"
    rows3 = listed(agency, link)

    def filed(asked: Asked) -> Reply:
        at = number(asked, "page") - 1
        found = [{"title": t, "url": u, "publishedTimeStr": d} for t, u, d in rows3[at * 3 : at * 3 + 3]]
        data = {"total": len(rows3), "page": at + 1, "rows": 3, "results": found}
        return Reply(json.dumps({"results": {"data": data}}), kind="application/json")

    script = f"<script>$.post('/getFileListByCodeId',{{channelId:'{channel}',page:1,size:3}},function(r){{}});</script>"
    yield Town(
        "ucapcode",
        agency,
        "/nb/list.shtml",
        {"/nb/list.shtml": frame(script), "POST /getFileListByCodeId": filed, **articles(agency, link)},
        YEARS,
    )
    agency = "凌州市经济技术开发区管理委员会"
    pages: dict[str, Page] = {}
    rows4 = listed(agency, link)
    for at in range(0, len(rows4), 3):
        lines = "".join(f"<h2><a href='{u}'>{t}</a><span>{d}</span></h2>" for t, u, d in rows4[at : at + 3])
        pager = "".join(f"<a href='list.shtml?{k}'>{k}</a>" for k in (1, 2, 3))
        pages[f"/kfq/gknb/list.shtml{f'?{at // 3 + 1}' if at else ''}"] = frame(
            f"<div class='list'>{lines}</div>{pager}"
        )
    yield Town("ucapquery", agency, "/kfq/gknb/list.shtml", pages | articles(agency, link), YEARS)


def gkmlpt() -> Iterator[Town]:
    """Everything on page 1 and 404 on page 2; titles as %uXXXX; reports inside the shell's JSON."""
    agency, link = "凌州市民族宗教事务局", "/mzj/gkmlpt/content/9/910/post_{year}.html"
    rows = listed(agency, link)
    tree = [
        {"id": 700, "name": "机构职能", "parent": 0, "children": []},
        {
            "id": 720,
            "name": "政府信息公开",
            "parent": 0,
            "children": [{"id": 721, "name": "政府信息公开年报", "parent": 720, "children": [], "post_count": 8}],
        },
    ]

    def shell(told: dict[str, object]) -> str:
        return f"<!DOCTYPE html><html><body><div id='app'></div><script>window._CONFIG = {json.dumps(told)};</script><script src='/gkmlpt/static/app.js'></script></body></html>"

    def api(asked: Asked) -> Reply:
        if asked.query["page"] not in ("0", "1") or asked.query.get("sid") != "755041":
            return Reply("{}", 404)
        escaped = ["".join(f"%u{ord(c):04X}" if ord(c) > 127 else c for c in t) for t, _, _ in rows]
        found = [
            {
                "id": n,
                "title": e,
                "url": f"http://{asked.headers['host']}{u}",
                "created_at": f"{d} 10:00:00",
                "attachment": [],
            }
            for n, (e, (_, u, d)) in enumerate(zip(escaped, rows, strict=True))
        ]
        return Reply(
            json.dumps({"classify": {"post_count": len(rows)}, "articles": found, "total": 145}),
            kind="application/json",
        )

    inside = {
        link.format(year=y): shell(
            {
                "SID": "755041",
                "DETAIL": {
                    "title": title(agency, y),
                    "content": text(agency, y),
                    "created_at": f"{y + 1}-01-15 09:00:00",
                },
            }
        )
        for y in YEARS
    }
    pages: dict[str, Page] = {
        "/mzj/gkmlpt/index": shell({"SID": "755041", "TREE": tree}),
        "/mzj/gkmlpt/api/all/721": api,
        **inside,
    }
    yield Town("gkmlpt", agency, "/mzj/gkmlpt/index", pages, YEARS, state="cut_short")


def epoint() -> Iterator[Town]:
    """Older requests: params in a form, tokens first, lists counted from nought."""
    link = "/zwgk/002005/20240115/{year}.html"

    def town(name: str, agency: str, kind: str) -> Town:
        rows = listed(agency, link)

        def answer(asked: Asked) -> Reply:
            told = (
                json.loads(parse_qs(asked.body)["params"][0])
                if kind != "nested" and asked.body.startswith("params")
                else {}
            )
            if kind == "nested":
                told = json.loads(asked.body).get("params", {}) if asked.body.startswith("{") else {}
            if kind == "token" and asked.headers.get("authorization") != "Bearer t0k3n":
                return Reply('{"status":{"code":401}}', 401)
            if "pageIndex" not in told:
                return Reply('{"custom":{"code":0,"text":"params"}}', kind="application/json")
            at = int(told["pageIndex"])
            found = [
                {"title": t[:9], "realtitle": t, "infourl": u, "infodate": d} for t, u, d in rows[at * 3 : at * 3 + 3]
            ]
            return Reply(json.dumps({"custom": {"total": str(len(rows)), "data": found}}), kind="application/json")

        base = "/EWB_YK_Mid/rest"
        data = 'JSON.stringify({"params":p})' if kind == "nested" else "{params: JSON.stringify(p)}"
        script = (
            '<script src=\'/js/ajaxReq.js\'></script><script>var siteInfo={"siteGuid":"7eb5f7f1-9041-43ad-8e13-8fcb82ea831a","projectName":"EWB_YK_Mid"};'
            "var p={deptcode:'',categorynum:'002005',pageIndex:0,pageSize:3,siteGuid:siteInfo.siteGuid};"
            + (f"$.post('{base}/getOauthInfoAction/getNoUserAccessToken');" if kind == "token" else "")
            + f"$.ajax({{type:'post',url:'{base}/lightfrontaction/getgovinfolist',data:{data}}});</script>"
        )
        pages: dict[str, Page] = {
            "/zwgk/govInfoPub.html": frame(script),
            f"POST {base}/lightfrontaction/getgovinfolist": answer,
            f"POST {base}/getOauthInfoAction/getNoUserAccessToken": Reply(
                '{"custom":{"access_token":"t0k3n"}}', kind="application/json"
            ),
        }
        return Town(
            name, agency, "/zwgk/govInfoPub.html?deptcode=&categorynum=002005", pages | articles(agency, link), YEARS
        )

    yield town("epointform", "凌州市港航管理局", "form")
    yield town("epointnested", "凌州市渔业局", "nested")
    yield town("epointtoken", "凌州市畜牧局", "token")


def towns() -> list[Town]:
    return [*hanweb(), *jpaas(), *ucap(), *gkmlpt(), *epoint()]
