# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns whose lists come as data, wrapped and named in the ways of many hands."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from towns.fifth.parts import agency, cut_pages, dumped, key, listed
from towns.lists import Entry, served
from towns.web import Asked, Page, Reply, Town, frame

FOUR = (2023, 2022, 2021, 2020)
Wrapped = Callable[[list[dict[str, Any]], int], Any]


def fetched(
    name: str,
    script: str,
    path: str,
    record: Callable[[Entry], dict[str, Any]],
    wrapped: Wrapped,
    *,
    page: str = "page",
    size: int = 3,
    link: str = "/xxgk/nb/{key}.html",
    need: str = "",
    dressed: Callable[[str], str | Reply] = lambda text: Reply(text, kind="application/json"),
) -> Town:
    """A list in pages behind `path`: `record` writes an entry, `wrapped` puts the records and their number into an
    answer. Without what it needs the server answers that there is nothing."""
    whose = agency()
    found = listed(whose, link, FOUR)

    def answer(asked: Asked) -> str | Reply:
        told = {**{n: v[0] for n, v in parse_qs(asked.body).items()}, **asked.query}
        if asked.body[:1] == "{":
            told |= {n: str(v) for n, v in json.loads(asked.body).items()}
        if need and need not in json.dumps(told, ensure_ascii=False):
            return dumped(wrapped([], 0))
        place = int(told.get(page, "1") or 1)
        shown = [record(e) for e in cut_pages(found, size, place)]
        return dressed(json.dumps(wrapped(shown, len(found)), ensure_ascii=False))

    pages: dict[str, Page] = {
        **served(found),
        "/xxgk/nb/index.html": frame(f"<div id='list'></div><script>{script}</script>"),
        path: answer,
    }
    return Town(name, whose, "/xxgk/nb/index.html", pages, FOUR)


def _usual(e: Entry) -> dict[str, Any]:
    return {"title": e.title, "url": e.url, "publishDate": e.date}


def towns() -> list[Town]:
    get = "$.get('/api/list', {{{0}}}, function(r){{ show(r); }});"
    return [
        fetched(
            "e-nfra",
            "$.ajax({url:'/cn/static/data/DocInfo/SelectDocByItemIdAndChild?itemId=4097&pageSize=3&pageIndex=1', success:function(r){ for(var i=0;i<r.data.rows.length;i++){ var d=r.data.rows[i]; html+='<a href=\"/detail/'+d.docId+'.html\">'+d.docSubtitle+'</a>'; } }});",
            "/cn/static/data/DocInfo/SelectDocByItemIdAndChild",
            lambda e: {"docId": int(key(e)), "docSubtitle": e.title, "publishDate": e.date + " 09:00:00"},
            lambda rows, n: {"rptCode": 200, "msg": "成功", "data": {"total": n, "rows": rows}},
            page="pageIndex",
            link="/detail/{key}.html",
            need="4097",
        ),
        fetched(
            "e-custom",
            "$.ajax({url:'/rest/webinfo/getInfoList', type:'post', contentType:'application/json', data: JSON.stringify({categorynum:'003001', currentPageIndex:1, pageSize:3}), success:function(r){ show(r.custom.infoList); }});",
            "POST /rest/webinfo/getInfoList",
            lambda e: {"infotitle": e.title, "handleurl": e.url, "infodate": e.date},
            lambda rows, n: {"custom": {"infoList": rows, "total": str(n)}, "status": {"code": 200}},
            page="currentPageIndex",
            need="003001",
        ),
        fetched(
            "e-datas",
            get.format("chnlId: 88, pageno: 1, pagesize: 3"),
            "/api/list",
            lambda e: {"_doctitle": e.title, "chnldocurl": e.url, "docreltime": e.date},
            lambda rows, n: {"datas": rows, "pageCount": 2, "page": 1},
            page="pageno",
        ),
        fetched(
            "e-puburl",
            get.format("channelId: 88, page: 1"),
            "/api/list",
            lambda e: {"doctitle": e.title, "docpuburl": e.url, "docreltime": e.date, "docabstract": "摘要"},
            lambda rows, n: {"data": rows, "count": n},
        ),
        fetched(
            "e-searchvo",
            "$.getJSON('/search-gov/data?t=zhengcelibrary_nb&sort=pubtime&p=1&n=3', function(r){ list(r.searchVO.listVO); });",
            "/search-gov/data",
            lambda e: {"title": e.title, "url": e.url, "pubtimeStr": e.date.replace("-", ".")},
            lambda rows, n: {
                "code": 200,
                "searchVO": {"totalCount": n, "totalpage": 2, "currentPage": 1, "listVO": rows},
            },
            page="p",
        ),
        fetched(
            "e-resultlist",
            "axios.post('/openapi/site/content', {siteId: 3, columnId: 45, pageNo: 1, pageSize: 3}).then(function(res){ vm.list = res.data.result.records });",
            "POST /openapi/site/content",
            lambda e: {"contentTitle": e.title, "contentUrl": e.url, "releaseTime": e.date},
            lambda rows, n: {
                "success": True,
                "result": {"records": rows, "total": n, "size": 3, "current": 1, "pages": 2},
            },
            page="pageNo",
            need="45",
        ),
        fetched(
            "e-string",
            get.format("cid: 5, page: 1"),
            "/api/list",
            _usual,
            lambda rows, n: {"result": json.dumps({"list": rows, "totalCount": n}, ensure_ascii=False)},
        ),
        fetched(
            "e-double",
            get.format("cid: 5, page: 1"),
            "/api/list",
            _usual,
            lambda rows, n: json.dumps({"list": rows, "total": n}, ensure_ascii=False),
        ),
        fetched(
            "e-html",
            get.format("cid: 5, page: 1"),
            "/api/list",
            lambda e: {"html": f"<li><a href='{e.url}' title='{e.title}'>{e.cut}</a></li>"},
            lambda rows, n: {"data": "".join(row["html"] for row in rows), "total": n},
        ),
        fetched(
            "e-arrays",
            get.format("cid: 5, page: 1"),
            "/api/list",
            lambda e: {"r": [e.title, e.url, e.date]},
            lambda rows, n: {"aaData": [row["r"] for row in rows], "iTotalRecords": n},
            size=9,
        ),
        fetched(
            "e-keyed",
            get.format("cid: 5, page: 1"),
            "/api/list",
            _usual,
            lambda rows, n: {"data": {str(i): row for i, row in enumerate(rows)}, "total": n},
        ),
        fetched(
            "e-grouped",
            get.format("cid: 5, page: 1"),
            "/api/list",
            _usual,
            lambda rows, n: {"data": [{"year": row["publishDate"][:4], "list": [row]} for row in rows]},
            size=9,
        ),
        fetched(
            "e-chinese",
            get.format("cid: 5, page: 1"),
            "/api/list",
            lambda e: {"标题": e.title, "链接": e.url, "发布日期": e.date},
            lambda rows, n: {"data": rows, "total": n},
        ),
        fetched(
            "e-upper",
            get.format("CHANNELID: 5, PAGE: 1"),
            "/api/list",
            lambda e: {"TITLE": e.title, "LINKURL": e.url, "PUBDATE": e.date},
            lambda rows, n: {"DATA": {"ROWS": rows, "TOTAL": n}},
            page="PAGE",
        ),
        fetched(
            "e-escaped",
            get.format("cid: 5, page: 1"),
            "/api/list",
            lambda e: {"title": "".join(f"%u{ord(c):04X}" for c in e.title), "url": e.url},
            lambda rows, n: {"data": rows, "total": n},
        ),
        fetched(
            "e-percent",
            get.format("cid: 5, page: 1"),
            "/api/list",
            lambda e: {"title": e.title, "url": e.url.replace("/", "%2F"), "time": e.date},
            lambda rows, n: {"data": rows, "total": n},
        ),
        fetched(
            "e-textplain",
            get.format("cid: 5, page: 1"),
            "/api/list",
            _usual,
            lambda rows, n: {"data": rows, "total": n},
            dressed=lambda text: Reply("\ufeff" + text, kind="text/plain; charset=utf-8"),
        ),
        fetched(
            "e-gbk",
            get.format("cid: 5, page: 1"),
            "/api/list",
            _usual,
            lambda rows, n: {"data": rows, "total": n},
            dressed=lambda text: Reply(text.encode("gb18030"), kind="text/html;charset=GBK"),
        ),
        fetched(
            "e-wrapped",
            "$.ajax({url:'/api/list?cid=5&page=1&callback=?', dataType:'jsonp', success:function(r){ show(r); }});",
            "/api/list",
            _usual,
            lambda rows, n: {"rows": rows, "total": n},
            dressed=lambda text: Reply(f"/**/jQuery1124({text})", kind="application/javascript"),
        ),
        fetched(
            "e-assigned",
            get.format("cid: 5, page: 1"),
            "/api/list",
            _usual,
            lambda rows, n: {"rows": rows, "total": n},
            dressed=lambda text: Reply(f"var data = {text};", kind="application/javascript"),
        ),
        fetched(
            "e-linkid",
            "$.getJSON('/api/list?cid=5&page=1', function(r){ $.each(r.rows, function(i, o){ var href = '/article/' + o.articleId + '.html'; $('#list').append($('<a>').attr('href', href).text(o.articleTitle)); }); });",
            "/api/list",
            lambda e: {"articleId": key(e), "articleTitle": e.title},
            lambda rows, n: {"rows": rows, "total": n},
            link="/article/{key}.html",
        ),
        fetched(
            "e-template",
            'fetch(`/api/list?cid=5&page=1`).then(r => r.json()).then(d => { d.rows.forEach(o => { box.innerHTML += `<li><a href="/article/${o.id}.html">${o.name}</a></li>`; }); });',
            "/api/list",
            lambda e: {"id": int(key(e)), "name": e.title},
            lambda rows, n: {"rows": rows, "total": n},
            link="/article/{key}.html",
        ),
        fetched(
            "e-twoids",
            "$.getJSON('/api/list?cid=5&page=1', function(r){ $.each(r.rows, function(i, o){ html += '<a href=\"/show/' + o.channelId + '/' + o.id + '.html\">' + o.title + '</a>'; }); });",
            "/api/list",
            lambda e: {"id": int(key(e)), "channelId": 5, "title": e.title},
            lambda rows, n: {"rows": rows, "total": n},
            link="/show/5/{key}.html",
        ),
        fetched(
            "e-querylink",
            "$.getJSON('/api/list?cid=5&page=1', function(r){ $.each(r.rows, function(i, o){ html += '<li onclick=\"window.open(\\'/view.html?id=' + o.id + '&cid=5\\')\">' + o.title + '</li>'; }); });",
            "/api/list",
            lambda e: {"id": int(key(e)), "title": e.title},
            lambda rows, n: {"rows": rows, "total": n},
            link="/view.html?id={key}&cid=5",
        ),
        fetched(
            "e-later",
            "function load(pageNo){ $.ajax({url: ctx + '/front/list', type: 'POST', data: {catalogId: catalogId, pageNo: pageNo, pageSize: 3}, success: function(r){ draw(r); }}); } var ctx = '/cms'; var catalogId = '5'; $(function(){ load(1); });",
            "POST /cms/front/list",
            _usual,
            lambda rows, n: {"page": {"list": rows, "count": n}},
            page="pageNo",
            need="5",
        ),
        fetched(
            "e-const",
            "const API = { list: '/portal/news/page' }; const params = { typeId: '5', pageNum: 1, pageSize: 3 }; axios.get(API.list, { params }).then(({ data }) => { app.rows = data.rows; });",
            "/portal/news/page",
            _usual,
            lambda rows, n: {"rows": rows, "total": n},
            page="pageNum",
            need="5",
        ),
    ]
