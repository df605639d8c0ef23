# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Third web: lists that a server hands out piece by piece: Hanweb and jpaas, each with its own manners."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import parse_qs

from towns.lists import YEARS, Entry, agency, entries, gbk, json_reply, parts, rows, served
from towns.web import Asked, Page, Reply, Town, frame, text, title

PROXY = "/module/web/jpage/dataproxy.jsp"
ART = "/art/2024/1/15/art_1229_{key}.html"


def given(asked: Asked, name: str, default: str = "") -> str:
    return asked.query.get(name) or parse_qs(asked.body).get(name, [default])[0]


def xml(found: Sequence[Entry], total: int, more: str = "", *, escaped: bool = False) -> str:
    def record(entry: Entry) -> str:
        row = f"<li><a href='{entry.url}' target='_blank' title='{entry.title}'>{entry.cut}</a><span>{entry.date}</span></li>"
        return f"<record>{html.escape(row) if escaped else f'<![CDATA[{row}]]>'}</record>"

    records = "".join(record(entry) for entry in found)
    return f"<?xml version='1.0' encoding='UTF-8'?><datastore><totalrecord>{total}</totalrecord><totalpage>{-(-total // 2)}</totalpage>{more}<recordset>{records}</recordset></datastore>"


def store(inside: str) -> str:
    return f"<div id='6101313'><script type=\"text/xml\">{inside.partition('?>')[2]}</script></div>"


def settings(total: int, per: int = 2, proxy: str = PROXY) -> str:
    return f"<script>$(function(){{$('#6101313').jpage({{proxyUrl:'{proxy}',perPage:{per},totalRecord:{total},dataBefore:'<ul>',dataAfter:'</ul>',ajaxParam:{{col:1,webid:3095,path:'/',columnid:1229165988,sourceContentType:1,unitid:'6101313',webname:'%E5%87%8C',permissiontype:0,appid:1}}}});}});</script>"


def hanweb() -> Iterator[Town]:
    """Data stores behind proxies."""
    col = "/col/col1229165988/index.html"

    def town(
        name: str,
        answer: Callable[[Asked, list[Entry]], str | Reply],
        page: Callable[[list[Entry]], str],
        *,
        proxy: str = PROXY,
        link: str = ART,
        state: str = "ok",
        years: Sequence[int] = YEARS,
        dress: Callable[[str], Page] = str,
    ) -> Town:
        whose = agency()
        found = entries(whose, link)

        def reply(asked: Asked) -> str | Reply:
            told = answer(asked, found)
            return told if isinstance(told, Reply) else Reply(told, kind="text/xml; charset=utf-8")

        pages: dict[str, Page] = {col: dress(frame(page(found))), proxy: reply, f"POST {proxy}": reply, **served(found)}
        return Town(name, whose, col, pages, years, state=state)

    def by_record(asked: Asked, found: list[Entry]) -> str:
        if given(asked, "columnid") != "1229165988" or given(asked, "unitid") != "6101313":
            return "<datastore></datastore>"
        first, last = int(given(asked, "startrecord", "1")), int(given(asked, "endrecord", "2"))
        return xml(found[first - 1 : last], len(found))

    def by_page(asked: Asked, found: list[Entry]) -> str:
        at = int(given(asked, "page", "1"))
        return xml(found[2 * at - 2 : 2 * at], len(found))

    def empty(asked: Asked, found: list[Entry]) -> str:
        return "<datastore><recordset></recordset></datastore>"

    yield town("h-whole", empty, lambda found: store(xml(found, 6)) + settings(6, 15))
    yield town("h-record", by_record, lambda found: store(xml(found[:2], 6)) + settings(6))
    yield town(
        "h-page",
        by_page,
        lambda found: store(
            xml(
                found[:2],
                6,
                f'<nextgroup><![CDATA[<a href="{PROXY}?page=1&appid=1&webid=3095&path=/&columnid=1229165988&unitid=6101313&webname=%E5%87%8C&permissiontype=0"></a>]]></nextgroup>',
            )
        ),
    )
    yield town(
        "h-old",
        by_record,
        lambda found: store(xml(found[:2], 6)) + settings(6, proxy="/module/jpage/dataproxy.jsp"),
        proxy="/module/jpage/dataproxy.jsp",
    )
    yield town(
        "h-deep", empty, lambda found: store(xml(found[:3], 6)) + settings(6, 3), years=(2024, 2023), state="cut_short"
    )
    yield town("h-nostore", by_record, lambda found: "<div id='6101313'></div>" + settings(6))
    yield town(
        "h-escaped",
        lambda asked, found: xml(by(asked, found), 6, escaped=True),
        lambda found: store(xml(found[:2], 6, escaped=True)) + settings(6),
    )
    yield town("h-gbk", by_record, lambda found: store(xml(found[:2], 6)) + settings(6), dress=gbk())
    yield town(
        "h-uuid",
        by_record,
        lambda found: store(xml(found[:2], 6)) + settings(6),
        link="/col/col1229165988/art/2024/art_0f3a{key}bd4c4e0fa.html",
    )
    whose = agency()
    found = entries(whose, ART)
    many = "/module/web/jpage/morecolumndataproxy.jsp"

    def more(asked: Asked) -> Reply:
        first, last = int(given(asked, "startrecord", "1")), int(given(asked, "endrecord", "2"))
        right = given(asked, "columnid") == "11,12,13" and given(asked, "keyWordCount") == "999"
        return Reply(xml(found[first - 1 : last] if right else [], 6), kind="text/xml")

    page = store(xml(found[:2], 6)) + settings(6, proxy=many).replace(
        "columnid:1229165988", "columnid:'11,12,13'"
    ).replace("sourceContentType:1", "sourceContentType:3,keyWordCount:'999'")
    yield Town("h-more", whose, col, {col: frame(page), many: more, f"POST {many}": more, **served(found)}, YEARS)
    whose2 = agency()
    found2 = entries(whose2, ART)
    shown = {
        f"{col}?uid=83&pageNum={k + 1}": frame(
            f"<ul>{rows(part)}</ul>共6条 <a href='{col}?uid=83&pageNum={min(k + 2, 3)}'>下一页</a>"
        )
        for k, part in enumerate(parts(found2, 2))
    }
    yield Town("h-server", whose2, col, {**served(found2), **shown, col: shown[f"{col}?uid=83&pageNum=1"]}, YEARS)
    whose3 = agency()
    area = "/module/xxgk/xxgkAnnualReport.jsp"
    years = "".join(f"<li><a href='{area}?fbtime={y}&area=113325&className='>{y}年</a></li>" for y in YEARS)
    direct: dict[str, Page] = {
        f"{area}?fbtime={y}&area=113325&className=": frame(
            f"<ul>{years}</ul><div class='xxgk_nb'><h2>{title(whose3, y)}</h2>{text(whose3, y)}</div>"
        )
        for y in YEARS
    }
    direct[area] = direct[f"{area}?fbtime=2024&area=113325&className="]
    yield Town("h-annual", whose3, f"{area}?area=113325", direct, YEARS)
    whose4 = agency()
    found4 = entries(whose4, ART)

    def searched(asked: Asked) -> str:
        if given(asked, "infotypeId") != "A02" or given(asked, "area") != "00248":
            return "<table></table>"
        at = int(parse_qs(asked.body).get("currpage", [asked.query.get("currpage", "1")])[0])
        return (
            "<table>"
            + rows(
                parts(found4, 2)[at - 1],
                "<tr class='tr_main_value_odd'><td><a class='bt_link' href='{e.url}' target='_blank' mc='{e.title}'>{e.title}</a><div class='xx'><table><tr><td>索引号</td><td>1</td></tr></table></div></td><td>{e.date}</td></tr>",
            )
            + "</table><td>&nbsp;共3页&nbsp;到第</td>"
        )

    call = "<div id='div1229'></div><script>var jdid=3096;$.ajax({type:'post',url:'/module/xxgk/search.jsp?texttype=0&fbtime=&vc_all=&vc_filenumber=&vc_title=&vc_number=&currpage=1&sortfield=',data:{infotypeId:'A02',jdid:'3096',area:'00248',divid:'div1229',vc_title:'',vc_number:'',sortfield:',compaltedate:0',currpage:'1',vc_filenumber:'',vc_all:'',texttype:'0',fbtime:'',standardXxgk:'1'}});</script>"
    yield Town(
        "h-search",
        whose4,
        "/col/col1229498488/index.html",
        {"/col/col1229498488/index.html": frame(call), "POST /module/xxgk/search.jsp": searched, **served(found4)},
        YEARS,
    )


def by(asked: Asked, found: list[Entry]) -> list[Entry]:
    return found[int(given(asked, "startrecord", "1")) - 1 : int(given(asked, "endrecord", "2"))]


def jpaas() -> Iterator[Town]:
    """Units whose parameters and answers are dressed in other ways."""
    build = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    query = "{'webId':'149','pageId':'p9','parseType':'bulidstatic','pageType':'column','tagId':'%s','tplSetId':'s1'}"

    def town(
        name: str, box: str, *, beyond: str = "empty", rest: str = "", state: str = "ok", answer: Reply | None = None
    ) -> Town:
        whose = agency()
        found = entries(whose, "/art/2025/1/10/art_1_{key}.html")

        def unit(asked: Asked) -> Reply:
            if answer is not None:
                return answer
            if asked.query.get("tagId") == "导航":
                return json_reply(
                    json.dumps({"success": True, "data": {"html": "<ul><li><a href='/zw/'>政务</a></li></ul>"}})
                )
            if asked.query.get("pageId") != "p9":
                return json_reply('{"success":false,"message":"pageId"}')
            told = json.loads(asked.query.get("paramJson") or "{}")
            at = int(told.get("pageNo", 1))
            if beyond == "last":
                at = min(at, 3)
            shown = rows(
                found[2 * at - 2 : 2 * at],
                '<li class="clearfix"><a href="{e.url}" title="{e.title}">{e.cut}</a><span class="bt-right">{e.date}</span></li>',
            )
            stated = "" if beyond == "last" else '<div class="pagination" rows="2" count="6"></div>'
            return json_reply(
                json.dumps({"success": True, "code": "200", "data": {"html": f"<ul>{shown}</ul>{stated}"}})
            )

        pages: dict[str, Page] = {
            "/col/col123/index.html": frame(box + rest),
            build: unit,
            f"POST {build}": unit,
            **served(found),
        }
        return Town(name, whose, "/col/col123/index.html", pages, YEARS if answer is None else (), state=state)

    single = f'<div class="u" url="{build}" queryData="{query % "列表"}"></div>'
    yield town("j-plain", single)
    yield town(
        "j-entities", f'<div url="{build}" queryData="{html.escape((query % "列表").replace(chr(39), chr(34)))}"></div>'
    )
    yield town("j-single", f"<div url='{build}' querydata='{(query % '列表').replace(chr(39), chr(34))}'></div>")
    yield town("j-units", f'<div url="{build}" queryData="{query % "导航"}"></div>' + single)
    yield town("j-lastagain", single, beyond="last")
    yield town("j-refused", single, answer=Reply("<h1>403 Forbidden</h1>", 403), state="refused")
    yield town(
        "j-error",
        single,
        answer=json_reply('{"success":false,"code":"500","message":"系统异常","data":null}'),
        state="broken",
    )


def towns() -> list[Town]:
    return [*hanweb(), *jpaas()]
