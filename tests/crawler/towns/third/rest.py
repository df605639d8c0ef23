# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Third web: Epoint's requests, 龙讯's tabs, and eportal's addresses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs

from towns.lists import YEARS, Entry, agency, entries, json_reply, rows, served
from towns.web import Asked, Page, Reply, Town, frame, text, title

GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"


def epoint() -> Iterator[Town]:
    """One request written in many ways, and details that are requests themselves."""
    action = "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"

    def town(
        name: str,
        script: str,
        *,
        base: int = 0,
        listing: str = "/dynamic/zwgk/govInfoPub.html?deptcode=&categorynum=003001003",
        url: str = action,
        link: str = "/zwgk/003001/20240115/{key}.html",
        more: Callable[[str, list[Entry]], dict[str, Page]] | None = None,
        wants_site: bool = True,
        total: str = "6",
        state: str = "ok",
        answer: Reply | None = None,
    ) -> Town:
        whose = agency()
        found = entries(whose, link)

        def reply(asked: Asked) -> Reply:
            if answer is not None:
                return answer
            told = (
                json.loads(asked.body)
                if asked.body.startswith("{")
                else json.loads(parse_qs(asked.body).get("params", ["{}"])[0])
            )
            told = told.get("params", told)
            if isinstance(told, str):
                told = json.loads(told)
            if told.get("categorynum") != "003001003" or (wants_site and told.get("siteGuid") != GUID):
                return json_reply('{"custom":{"total":"0","data":[]},"status":{"code":"200"}}')
            at = int(told.get("pageIndex", base)) - base
            size = int(told.get("pageSize", 2))
            shown = [
                {"title": e.cut, "realtitle": e.title, "infourl": e.url, "infodate": e.date, "infoid": e.url}
                for e in found[size * at : size * (at + 1)]
            ]
            return json_reply(
                json.dumps(
                    {"custom": {"total": total, "data": shown, "code": 1}, "status": {"code": "200", "text": "OK"}}
                )
            )

        pages: dict[str, Page] = {listing.partition("?")[0]: frame(script), f"POST {url}": reply, **served(found)}
        if more is not None:
            pages |= more(whose, found)
        return Town(name, whose, listing, pages, YEARS if answer is None else (), state=state)

    call = "<script src='/js/webBuilderCommon.js'></script><script src='/js/govInfoPub.js'></script><div class='ewb-list' id='list'></div>"
    site: dict[str, Page] = {
        "/js/webBuilderCommon.js": Reply(
            f'var siteInfo = {{"siteGuid": "{GUID}", "projectName": "EWB-FRONT"}};', kind="application/javascript"
        )
    }
    inline = f"<script>var siteInfo={{siteGuid:'{GUID}',projectName:'EWB-FRONT'}};var categorynum = Util.getUrlParams('categorynum');$.ajax({{url:'{action}',type:'post',contentType:'application/json;charset=utf-8',data:JSON.stringify({{deptcode:'',categorynum:categorynum,pageIndex:%s,pageSize:2,siteGuid:siteInfo.siteGuid}})}});</script>"
    yield town("e-zero", inline % 0)
    yield town("e-one", inline % 1, base=1)
    yield town("e-common", call, more=lambda whose, found: dict(site))
    yield town(
        "e-noquery",
        inline.replace("Util.getUrlParams('categorynum')", "'003001003'") % 0,
        listing="/zwgk/003001/003001003/govInfoPub.html",
    )
    yield town("e-refused", inline % 0, answer=Reply("", 412), state="refused")
    yield town("e-down", inline % 0, answer=Reply("", 502), state="unreachable")
    detail = "/EWB-FRONT/rest/lightfrontaction/getGovInfoDetail"

    def details(whose: str, found: list[Entry]) -> dict[str, Page]:
        def reply(asked: Asked) -> Reply:
            told = parse_qs(asked.body).get("params", [asked.body])[0]
            key = json.loads(told)["infoGuid"]
            if not key.isdigit():
                return json_reply(
                    json.dumps(
                        {
                            "custom": {
                                "data": {
                                    "title": whose + "指南",
                                    "infocontent": "<p>指南</p>",
                                    "infotype": "html",
                                    "pdflist": [],
                                }
                            }
                        }
                    )
                )
            return json_reply(
                json.dumps(
                    {
                        "custom": {
                            "data": {
                                "title": title(whose, int(key)),
                                "infocontent": text(whose, int(key)),
                                "infodate": f"{int(key) + 1}-01-15",
                                "infotype": "html",
                                "pdflist": [],
                            }
                        }
                    }
                )
            )

        shell = f"<html><head><title>信息详情</title></head><body><div id='con'></div><script>var siteInfo={{siteGuid:'{GUID}',projectName:'EWB-FRONT'}};$.post('{detail}',{{params:JSON.stringify({{infoGuid:getQuery('infoGuid')}})}});</script></body></html>"
        return {"/dynamic/zwgk/showinfo.html": shell, f"POST {detail}": reply, **{e.url: shell for e in found}}

    yield town("e-shell", inline % 0, link="/dynamic/zwgk/showinfo.html?infoGuid={key}", more=details)
    yield town(
        "e-http",
        inline.replace(action, "/EWB_XZ_Mid/rest/zwgk/getgovinfolist").replace("EWB-FRONT", "EWB_XZ_Mid") % 0,
        url="/EWB_XZ_Mid/rest/zwgk/getgovinfolist",
        total="6",
    )


def longxun() -> Iterator[Town]:
    """Tabs, catalogues, pages of `Ls.pagination`, and the other Anhui product."""

    def pager(url: str, at: int, count: int) -> str:
        return f"<div id='page_679'></div><script>Ls.pagination(\"#page_679\", function(pageIndex){{ location.href='{url}pageIndex=' + pageIndex;}},{{currPage:({at}+1),pageCount:{count}}});</script>"

    def town(name: str, listing: str, link: str, *, front: str = "", size: int = 2) -> Town:
        whose = agency()
        found = entries(whose, link)
        url = listing + ("&" if "?" in listing else "?")

        def column(asked: Asked) -> str:
            if front and asked.query.get("type") != "3":
                return frame(front)
            at = int(asked.query.get("pageIndex", "1"))
            shown = rows(
                found[size * at - size : size * at],
                "<li><a href='{e.url}' title='{e.title}' target='_blank'>{e.cut}</a><span class='date'>{e.date}</span></li>",
            )
            return frame(
                f"<ul class='doc_list list-6791573'>{shown}</ul>"
                + pager(f"http://{asked.headers['host']}{url}", at - 1, -(-len(found) // size))
            )

        return Town(name, whose, listing, {listing.partition("?")[0]: column, **served(found)}, YEARS)

    yield town("l-column", "/content/column/6791573", "/zwgk/article/{key}.html")
    yield town("l-public", "/public/column/6598?type=3&nav=3", "/public/6598/{key}.html")
    nav = "<ul class='nav'><li><a href='/public/column/6598?type=1&nav=1'>政府信息公开指南</a></li><li><a href='/public/column/6598?type=2'>政府信息公开制度</a></li><li><a href='/public/column/6598?type=3'>政府信息公开年报</a></li><li><a href='/public/column/6598?type=4&action=list'>法定主动公开内容</a></li></ul>"
    yield _tabbed("l-tabs", nav)
    whose = agency()
    shown = "".join(f"<li><a href='/openness/OpennessAnnualReport/show/34{y}.html'>{y}</a></li>" for y in YEARS)
    pages: dict[str, Page] = {
        f"/openness/OpennessAnnualReport/show/34{y}.html": frame(
            f"<ul class='yearlist'>{shown}</ul><div class='title'>{title(whose, y)}</div><div class='nr'>{text(whose, y)}</div>"
        )
        for y in YEARS
    }
    yield Town("l-tongling", whose, "/openness/OpennessAnnualReport/show/342024.html", pages, YEARS)
    whose2 = agency()

    def framed(asked: Asked) -> str:
        year = int(asked.query.get("timeFrame") or 2024)
        options = "".join(f"<option value='{y}'>{y}年</option>" for y in YEARS)
        return frame(
            f"<select id='timeFrame' onchange=\"location.href='/public/column/77?type=3&hasContent=true&timeFrame='+this.value\">{options}</select><h1>{title(whose2, year)}</h1>{text(whose2, year)}"
        )

    yield Town("l-select", whose2, "/public/column/77?type=3&hasContent=true", {"/public/column/77": framed}, YEARS)
    whose3 = agency()
    pages = {
        "/public/column/88?type=3": frame(
            f"<h1>{title(whose3, 2024)}</h1><a href='/download/9f3e'>附件</a>{text(whose3, 2024)}"
        )
    }
    yield Town("l-inline", whose3, "/public/column/88?type=3", pages, (2024,))


def _tabbed(name: str, nav: str) -> Town:
    whose = agency()
    found = entries(whose, "/public/6598/{key}.html")

    def column(asked: Asked) -> str:
        if asked.query.get("type") == "3":
            return frame(nav + f"<ul class='doc_list'>{rows(found)}</ul>")
        return frame(nav + "<div>本机关负责凌州市有关工作。</div>")

    return Town(
        name, whose, "/public/column/6598?type=4&action=list", {"/public/column/6598": column, **served(found)}, YEARS
    )


def eportal() -> Iterator[Town]:
    """Everything behind one address."""

    def town(
        name: str,
        listing: str,
        onward: Callable[[int], str],
        *,
        link: str = "/eportal/ui?pageId=19620&articleKey={key}&columnId=7",
        post: bool = False,
    ) -> Town:
        whose = agency()
        found = entries(whose, link)
        by_key = {e.url.partition("articleKey=")[2].partition("&")[0]: e.page for e in found}

        def ui(asked: Asked) -> str | Reply:
            if "articleKey" in asked.query:
                page = by_key[asked.query["articleKey"]]
                return str(page)
            at = int(asked.query.get("currentPage") or parse_qs(asked.body).get("currentPage", ["1"])[0])
            shown = rows(
                found[2 * at - 2 : 2 * at],
                '<li><a href="{e.url}" title="{e.title}">{e.cut}</a><span>{e.date}</span></li>',
            )
            return frame(f"<ul>{shown}</ul><div class='page'>共6条 {onward(at) if at < 3 else ''}</div>")

        pages: dict[str, Page] = {"/eportal/ui": ui}
        if post:
            pages["POST /eportal/ui"] = ui
        if "articleKey" not in link:
            pages |= served(found)
        return Town(name, whose, listing, pages, YEARS)

    whole = "/eportal/ui?pageId=19620&currentPage={n}&moduleId=a1b2&formKey=GOV_OPEN&columnName=EXT_STR1&relationId="
    yield town("p-links", "/eportal/ui?pageId=19620", lambda k: f"<a href='{whole.format(n=k + 1)}'>下一页</a>")
    yield town(
        "p-query",
        "/eportal/ui?pageId=19620&moduleId=a1b2",
        lambda k: (
            f'<a href="javascript:void(0)" onclick="queryArticleByCondition(this,\'{whole.format(n=k + 1)}\')">下一页</a>'
        ),
    )
    yield town(
        "p-entities",
        "/eportal/ui?pageId=19620",
        lambda k: f"<a href='{whole.format(n=k + 1).replace('&', '&amp;')}'>下页</a>",
    )
    yield town(
        "p-tagname",
        "/eportal/ui?pageId=19620",
        lambda k: f"<a style='cursor:pointer' tagname=\"{whole.format(n=k + 1)}\" class='next'>下一页</a>",
    )
    yield town(
        "p-static",
        "/eportal/ui?pageId=19620",
        lambda k: f"<a href='/eportal/ui?pageId=19620&currentPage={k + 1}&moduleId=a1b2&staticRequest=yes'>&gt;</a>",
        link="/hbjyj/zfxxgk/nb/{key}/index.html",
    )
    yield town(
        "p-goto",
        "/eportal/ui?pageId=19620",
        lambda k: (
            f"<a href='javascript:void(0);' onclick=\"gotoPage('/eportal/ui?pageId=19620&currentPage={k + 1}&moduleId=a1b2')\">{k + 1}</a>"
        ),
    )


def towns() -> list[Town]:
    return [*epoint(), *longxun(), *eportal()]
