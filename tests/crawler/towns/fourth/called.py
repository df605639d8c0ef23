# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Scripts that call for lists, open reports and turn pages, each in another hand."""

from __future__ import annotations

from towns.fourth.pagers import asked_for
from towns.fourth.parts import dressed, listed, rows, town, whose
from towns.fourth.served import api
from towns.web import Page, Town

YEARS = (2024, 2023, 2022)


def interfaces() -> list[Town]:
    def rows_of(r: object, n: int, p: int) -> object:
        return {"rows": r, "total": n}

    keys = ("title", "url", "publishTime")
    return [
        api(
            "k-context",
            'var ctx = \'/portal\'; $.ajax({ type: "get", async: false, url: ctx + "/web/list", data: { "channelid": "5", "pageIndex": pageIndex }, success: function (d) { draw(d); } });\nvar pageIndex = 1;',
            "/portal/web/list",
            rows_of,
            keys,
            page="pageIndex",
            must={"channelid": "5"},
        ),
        api(
            "k-template",
            "const base = '/api/site'; const cid = 12; fetch(`${base}/articles?cid=${cid}`).then(r => r.json()).then(show);",
            "/api/site/articles",
            rows_of,
            keys,
            must={"cid": "12"},
        ),
        api(
            "k-query-string",
            "$.ajax({ url: '/ajax/list.do', type: 'POST', data: 'colId=77&pageNo=1', dataType: 'json', success: ok });",
            "/ajax/list.do",
            rows_of,
            keys,
            page="pageNo",
            post=True,
            must={"colId": "77"},
        ),
        api(
            "k-search-params",
            "axios.post('/cms/front/list', new URLSearchParams({ columnId: '31', page: '1' })).then(r => { this.rows = r.data.rows });",
            "/cms/front/list",
            rows_of,
            keys,
            page="page",
            post=True,
            must={"columnId": "31"},
        ),
        api(
            "k-request",
            "request({ url: '/api/info/page', method: 'post', data: { columnCode: 'ZFXXGKNB', current: 1, size: 3 } }).then(res => { this.list = res.data.records });",
            "/api/info/page",
            lambda r, n, p: {"data": {"records": r, "total": n}},
            keys,
            page="current",
            post=True,
            must={"columnCode": "ZFXXGKNB"},
        ),
        api(
            "k-function",
            "function getList(page) { $.getJSON('/api/list?nodeId=' + nodeId + '&page=' + page + '&rows=3', function (d) { draw(d.rows); }); } var nodeId = \"8812\"; getList(1);",
            "/api/list",
            rows_of,
            keys,
            page="page",
            must={"nodeId": "8812"},
        ),
        api(
            "k-open",
            'var http = new XMLHttpRequest(); http.open("GET", "list.json?v=" + new Date().getTime(), true); http.send(null);',
            "/nb/list.json",
            rows_of,
            keys,
        ),
    ]


def scripts() -> list[Town]:
    made = []
    bodies = {
        "k-added": (
            '<li><a href="javascript:void(0);" onclick="javascript:openDetail(\'{k}\');">{e.title}</a></li>',
            "function openDetail(y) { var u = '/nb/'; u += y + '.html'; window.open(u); }",
        ),
        "k-two-steps": (
            "<li onclick=\"go('{k}', '_blank')\">{e.title}</li>",
            "var go = function (id, target) { var path = '/nb/' + id; window.open(path + '.html', target); };",
        ),
        "k-arrow": (
            "<li><a href=\"javascript:look('{k}')\" title='{e.title}'>{e.title}</a></li>",
            "const look = (id) => { window.location.href = `/nb/${id}.html`; };",
        ),
        "k-condition": (
            "<li><a href='#' onclick=\"show({k}, 0); return false;\">{e.title}</a></li>",
            "function show(id, type) { if (type == 1) { window.open('/video/' + id + '.html'); } else { window.open('/nb/' + id + '.html'); } }",
        ),
    }
    for name, (pattern, script) in bodies.items():
        agency = whose()
        found = listed(agency, "/nb/{key}.html", YEARS, 1)
        body = "".join(pattern.format(e=e, k=e.url[4:-5]) for e in found)
        pages: dict[str, Page] = {"/nb/": dressed(f"<ul>{body}</ul><script>{script}</script>")}
        made.append(town(name, agency, "/nb/", found, pages))
    agency = whose()
    found = listed(agency, "/nb/{key}.html", YEARS, 0)
    years = "".join(f"<li class='year' onclick=\"byYear('{y}')\">{y}年</li>" for y in YEARS)
    folders: dict[str, Page] = {f"/nb/{e.year}/list.html": dressed(f"<ul>{rows([e])}</ul>") for e in found}
    made.append(
        town(
            "k-years",
            agency,
            "/nb/",
            found,
            {
                "/nb/": dressed(
                    f"<ul>{years}</ul><script>function byYear(y) {{ location.href = y + '/list.html'; }}</script>"
                ),
                **folders,
            },
        )
    )
    return made


def pagers() -> list[Town]:
    def go(k: int, count: int) -> str:
        numbers = "".join(f"<a href='#' onclick='gotoPage({n + 1});return false;'>{n + 1}</a> " for n in range(count))
        return f"<div class='fy'>{numbers}</div><script>function gotoPage(p) {{ document.location.href = \"/nb/list.jsp?id=5&p=\" + p; }}</script>"

    def layui(k: int, count: int) -> str:
        return f"<script>layui.use('laypage', function () {{ var laypage = layui.laypage; laypage.render({{ elem: 'p', limit: 2, count: {2 * count}, curr: {k + 1}, jump: function (obj, first) {{ if (!first) {{ window.location.href = \"?pageNum=\" + obj.curr + \"&cid=3\"; }} }} }}); }});</script>"

    def shown(k: int, count: int) -> str:
        onward = (
            f"<a href='javascript:void(0)' onclick='page({k + 2})' class='next'>下一页</a>"
            if k + 1 < count
            else "<a class='next disabled'>下一页</a>"
        )
        return f"<div>{onward}</div><script>function page(n) {{ var form = document.forms['f']; form.pageNum.value = n; form.submit(); }}</script><form name='f' action='/nb/list.do' method='post'><input type='hidden' name='pageNum' value='{k + 1}'><input type='hidden' name='cid' value='3'></form>"

    return [
        asked_for("k-goto", "/nb/list.jsp?id=5", "p", go),
        asked_for("k-layui", "/nb/list?cid=3", "pageNum", layui),
        asked_for("k-submit", "/nb/list.do?cid=3", "pageNum", shown, post=True),
    ]


def towns() -> list[Town]:
    return [*interfaces(), *scripts(), *pagers()]
