# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns whose lists are fetched or filled by scripts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from towns.fifth.parts import agency, cut_pages, dumped, key, listed, records
from towns.lists import Entry, served
from towns.web import Asked, Page, Reply, Town, frame

FOUR = (2023, 2022, 2021, 2020)


def called(
    name: str,
    script: str,
    path: str,
    answer: Callable[[list[Entry], Asked], str | Reply],
    *,
    link: str = "/xxgk/nb/{key}.html",
    listing: str = "/xxgk/nb/index.html",
    inside: str = "<div id='list'></div>",
    more: dict[str, Page] | None = None,
) -> Town:
    """A page that says in a script which address its list comes from."""
    whose = agency()
    found = listed(whose, link, years=FOUR)
    pages: dict[str, Page] = {**served(found), **(more or {})}
    pages[listing] = frame(f"{inside}<script>{script}</script>")
    pages[path] = lambda asked: answer(found, asked)
    return Town(name, whose, listing, pages, FOUR)


def _page(asked: Asked, name: str, start: int = 1) -> int:
    sent = asked.query.get(name) or parse_qs(asked.body).get(name, [""])[0]
    if not sent and asked.body.startswith("{"):
        sent = str(json.loads(asked.body).get(name, ""))
    return int(sent or start) + 1 - start


def _was5(found: list[Entry], asked: Asked) -> Reply:
    if asked.query.get("channelid") != "203958" or "20245" not in asked.query.get("classsql", ""):
        return Reply('{"count":"0","docs":[]}')
    docs = ",\n".join(
        f'{{\n"title":"{e.title}",\n"url":"{e.url}",\n"chnldocurl":"{e.url}",\n"time":"{e.date}","docid":"{key(e)}"\n}}'
        for e in found
    )
    return Reply(
        f'{{"count":"{len(found)}","chnlname":"年报",\n"pagenum":"1",\n"searchtime":"0.01",\n"py":\'###pypy###\',\n"docs":[\n{docs}\n]}}',
        kind="text/html; charset=utf-8",
    )


def _query_list(found: list[Entry], asked: Asked) -> Reply:
    sent = parse_qs(asked.body)
    if sent.get("channelCode[]") != ["gknb"] or sent.get("webSiteCode[]") != ["lzsjyj"]:
        return dumped({"code": 200, "data": {"total": 0, "results": []}})
    shown = cut_pages(found, 3, _page(asked, "current"))
    results = [
        {
            "source": json.dumps(
                {"title": e.title, "pubDate": e.date, "urls": json.dumps({"common": e.url})}, ensure_ascii=False
            )
        }
        for e in shown
    ]
    return dumped({"code": 200, "msg": "成功", "data": {"total": len(found), "size": 3, "results": results}})


def _portlet(found: list[Entry], asked: Asked) -> Reply:
    shown = cut_pages(found, 20, _page(asked, "pageNo"))
    return dumped(
        {
            "totalCount": len(found),
            "pageNo": 1,
            "result": [{"bt": e.title, "url": e.url, "fbrq": e.date, "wh": ""} for e in shown],
        }
    )


def _channel_search(found: list[Entry], asked: Asked) -> Reply:
    shown = cut_pages(found, 3, _page(asked, "page"))
    return dumped(
        {
            "data": {
                "total": len(found),
                "rows": 3,
                "page": 1,
                "results": [{"title": e.title, "url": e.url, "publishedTimeStr": e.date + " 09:00:00"} for e in shown],
            }
        }
    )


def _label(found: list[Entry], asked: Asked) -> str:
    if asked.query.get("labelName") != "publicInfoList" or asked.query.get("organId") != "7011":
        return "暂无相关信息"
    shown = cut_pages(found, 3, _page(asked, "pageIndex"))
    return (
        "<ul class='clearfix xxgk_nav_list'>"
        + "".join(
            f"<li><a class='title' href='{e.url}' title='{e.title}'>{e.cut}</a><span class='date'>{e.date}</span></li>"
            for e in shown
        )
        + "</ul><script>Ls.pagination('#p1', function(i){}, {currPage:1,pageCount:2});</script>"
    )


def _rest(
    *path: str, total: str = "total", size: int = 3, page: str = "page", start: int = 1, **names: str
) -> Callable[[list[Entry], Asked], Reply]:
    """An answer with its records under `path`, in pages."""

    def answer(found: list[Entry], asked: Asked) -> Reply:
        inner: Any = records(cut_pages(found, size, _page(asked, page, start)), **names)
        inner = {path[-1]: inner, total: len(found)}
        for part in reversed(path[:-1]):
            inner = {part: inner}
        return dumped({"code": 0, "message": "success"} | inner)

    return answer


def _by_id(name: str) -> Town:
    """Records with an id alone; each article is a shell that fetches its text by that id."""
    whose = agency()
    found = listed(whose, "/detail.html?id={key}", years=FOUR)
    shell = "<html><head><title>正文</title></head><body><h1 id='t'></h1><div id='c'></div><script>var id = getQueryString('id'); $.ajax({url:'/api/cms/article/detail?id=' + id, type:'get', success:function(r){ $('#t').html(r.data.title); $('#c').html(r.data.content); }});</script></body></html>"

    def detail(asked: Asked) -> Reply:
        entry = next((e for e in found if key(e) == asked.query.get("id")), None)
        if not entry:
            return dumped({"code": 404})
        return dumped(
            {
                "code": 200,
                "data": {
                    "id": key(entry),
                    "title": entry.title,
                    "publishTime": entry.date,
                    "content": str(entry.page).partition("<div id='zoom'>")[2].partition("</div>")[0],
                },
            }
        )

    page = frame(
        "<div id='list'></div><script>$.get('/api/cms/article/list?channel=gknb', function(r){ for (var i in r.data.records){ var row = r.data.records[i]; $('#list').append('<li><a href=\"/detail.html?id=' + row.id + '\">' + row.title + '</a></li>'); } });</script>"
    )

    def listing(asked: Asked) -> Reply:
        rows = [{"id": int(key(e)), "title": e.title} for e in found]
        return dumped({"code": 200, "data": {"records": rows, "total": len(found)}})

    return Town(
        name,
        whose,
        "/gknb.html",
        {
            "/gknb.html": page,
            "/detail.html": shell,
            "/api/cms/article/list": listing,
            "/api/cms/article/detail": detail,
        },
        FOUR,
    )


def towns() -> list[Town]:
    return [
        called(
            "a-was5",
            "$.ajax({url:'/was5/web/search?channelid=203958&templet=docs.jsp&sortfield=-docorderpri%2C-docreltime&classsql=chnlid%3D20245&prepage=15&page=1', type:'get', success:function(d){ eval('var j='+d); show(j.docs); }});",
            "/was5/web/search",
            _was5,
        ),
        called(
            "a-static",
            "$.getJSON('./zfxxgknb.json', function(res){ $.each(res.data, function(i, item){ html += '<li><a href=\"' + item.url + '\">' + item.FileName + '</a></li>'; }); });",
            "/xxgk/nb/zfxxgknb.json",
            lambda found, asked: dumped(
                {
                    "data": [
                        {"order": n, "FileName": e.title, "PubDate": e.date, "url": "./" + e.url.rpartition("/")[2]}
                        for n, e in enumerate(found)
                    ]
                }
            ),
        ),
        called(
            "a-querylist",
            "var webSiteCode='lzsjyj', channelCode='gknb'; $.ajax({url:'/queryList', type:'post', data:{current:1, pageSize:3, 'webSiteCode[]':'lzsjyj', 'channelCode[]':'gknb', sort:'sortNum', order:'desc'}, success:function(r){ render(r.data.results); }});",
            "POST /queryList",
            _query_list,
        ),
        called(
            "a-portlet",
            "$.ajax({url:'/eportal/ui?moduleId=5&portal.url=/portlet/xxgkml!queryList.portlet&pageNo=1&pageSize=20&flmc=tcfl&fldm=353', dataType:'json', success:function(d){ fill(d.result); }});",
            "/eportal/ui",
            _portlet,
        ),
        called(
            "a-metachannel",
            "",
            "/common/search/721e95722dae4733ba77670c40d342bd",
            _channel_search,
            listing="/sthj/c113065/xxgk_list.shtml",
            inside="<meta name='channelId' content='721e95722dae4733ba77670c40d342bd'><div id='list-data'></div><script src='/common/js/xxgk_list.js'></script><script>var url='/common/search/721e95722dae4733ba77670c40d342bd?_isAgg=true&_isJson=true&_pageSize=3&_template=index&_rangeTimeGte=&_channelName=&page=1';</script>",
        ),
        called(
            "a-label",
            "$('#xxgk_lmcon').load('/site/label/8888?IsAjax=1&dataType=html&_=0.4256&labelName=publicInfoList&siteId=6788721&pageSize=3&pageIndex=1&action=list&isDate=true&dateFormat=yyyy-MM-dd&length=50&organId=7011&type=4&catId=32710511&cId=&result=%E6%9A%82%E6%97%A0&file=%2Fxxgk%2FpublicInfoList_newest2020');",
            "/site/label/8888",
            _label,
            link="/public/7011/{key}.html",
            listing="/public/column/7011?type=4&action=list&nav=3&catId=32710511",
            inside="<div id='xxgk_lmcon'></div>",
        ),
        called(
            "a-dataurl",
            "$('.menu li.on a').each(function(){ $('#con').load($(this).attr('data-url')); });",
            "/xxgk/fdzdgknr/nb/list.html",
            lambda found, asked: (
                "<table><tbody>"
                + "".join(
                    f"<tr><td>{n}</td><td><a href='{e.url}'>{e.title}</a></td><td>{e.date}</td></tr>"
                    for n, e in enumerate(found, 1)
                )
                + "</tbody></table>"
            ),
            listing="/xxgk/fdzdgknr/?gk=3&cid=16280",
            inside="<ul class='menu'><li><a href='javascript:;' data-url='./zn/'>政府信息公开指南</a></li><li class='on'><a href='javascript:;' data-url='./nb/list.html'>政府信息公开年报</a></li></ul><div id='con'></div>",
        ),
        called(
            "a-axios",
            "new Vue({ el:'#list', data:{rows:[]}, created(){ axios.get('/api/article/list', {params:{channelId: 12, page: 1, size: 3}}).then(res => { this.rows = res.data.data.list }) } })",
            "/api/article/list",
            _rest("data", "list"),
        ),
        called(
            "a-fetch",
            "fetch('/gateway/cms/page', {method:'POST', headers:{'Content-Type':'application/json'}, body: JSON.stringify({channelCode:'gknb', pageNum:1, pageSize:3})}).then(r => r.json()).then(r => draw(r.result.items));",
            "POST /gateway/cms/page",
            _rest("result", "items", page="pageNum", total="totalCount", title="name", url="linkUrl"),
        ),
        called(
            "a-layui",
            "layui.use('table', function(){ var table = layui.table; table.render({elem:'#list', url:'/xxgk/data.json', where:{type:'nb'}, page:true, limit:10, cols:[[{field:'title', title:'标题', templet:function(d){ return '<a href=\"' + d.url + '\">' + d.title + '</a>'; }},{field:'date', title:'日期'}]]}); });",
            "/xxgk/data.json",
            _rest("data", total="count", size=10),
        ),
        called(
            "a-bootstrap",
            "function fmt(value, row){ return '<a href=\"/show/' + row.id + '.html\">' + value + '</a>'; }",
            "/cms/list.json",
            lambda found, asked: dumped(
                {"total": len(found), "rows": [{"id": int(key(e)), "bt": e.title, "rq": e.date} for e in found]}
            ),
            link="/show/{key}.html",
            inside="<table data-toggle='table' data-url='/cms/list.json' data-pagination='true' data-side-pagination='server'><thead><tr><th data-field='bt' data-formatter='fmt'>标题</th><th data-field='rq'>日期</th></tr></thead></table>",
        ),
        called(
            "a-datagrid",
            "$('#dg').datagrid({ url:'/xxgk/getList.action?colId=35', pagination:true, columns:[[{field:'title',title:'标题',formatter:function(v,r){return '<a href=\"'+r.htmlUrl+'\">'+v+'</a>';}}]] });",
            "/xxgk/getList.action",
            _rest("rows", url="htmlUrl", size=10),
        ),
        called(
            "a-jsonp",
            "$.ajax({url:'/interface/list?colid=88&page=1', dataType:'jsonp', jsonp:'callback', success:function(d){ show(d.list); }});",
            "/interface/list",
            lambda found, asked: Reply(
                f"{asked.query.get('callback', 'callback')}("
                + json.dumps({"list": records(found), "total": len(found)}, ensure_ascii=False)
                + ");",
                kind="application/javascript",
            ),
        ),
        called(
            "a-content",
            "$.post('/front/list', {cateId:'66', pageNumber:0, pageSize:3}, function(res){ show(res.page.content); }, 'json');",
            "POST /front/list",
            _rest(
                "page", "content", total="totalElements", page="pageNumber", start=0, title="infoTitle", url="infoUrl"
            ),
        ),
        called(
            "a-marked",
            "$.get('/s/list?cid=9', function(d){ show(d.data); });",
            "/s/list",
            lambda found, asked: dumped(
                {
                    "data": [
                        {
                            "t": e.title.replace("政府信息公开", "<em>政府信息公开</em>").replace(
                                "年度", "&#24180;&#24230;"
                            ),
                            "link": e.url,
                            "ptime": 1705300000000,
                        }
                        for e in found
                    ]
                }
            ),
        ),
        called(
            "a-pdfurl",
            "$.getJSON('/open/annual/list', function(d){ $.each(d.data, function(i, v){ $('#list').append('<li><a href=\"/upload/' + v.path + '\">' + v.name + '</a></li>'); }); });",
            "/open/annual/list",
            lambda found, asked: dumped(
                {"data": [{"name": e.title, "path": e.url.removeprefix("/upload/"), "year": e.year} for e in found]}
            ),
            link="/upload/{key}.html",
        ),
        _by_id("a-byid"),
    ]
