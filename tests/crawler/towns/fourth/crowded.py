# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Columns among boxes of other things, interfaces in other words, reports that are given in other ways, and near misses
and answers that are easily taken for something else."""

from __future__ import annotations

import json
from typing import Any

from towns.fourth.pagers import asked_for, static
from towns.fourth.parts import dressed, listed, rows, town, whose
from towns.fourth.served import api
from towns.lists import Entry, json_reply, pdf
from towns.web import Asked, Page, Reply, Town, docx, other, report, text, title

YEARS = (2024, 2023, 2022)


def news(agency: str, count: int = 6, at: str = "/xw/202405/t202405{n:02d}_{n}.html") -> list[Entry]:
    """What stands beside a list: dated news."""
    return [
        Entry(
            f"{agency}召开第{n}次局长办公会",
            at.format(n=n),
            f"2024-05-{n:02d}",
            other(f"{agency}召开第{n}次局长办公会"),
        )
        for n in range(10, 10 + count)
    ]


def box(heading: str, entries: list[Entry], more: str = "") -> str:
    return f"<div class='box'><h3>{heading}{more}</h3><ul class='news'>{rows(entries)}</ul></div>"


def beside() -> list[Town]:
    """The list is one box of several, or not on the page at all, which shows others."""
    made = []
    agency = whose()
    found = listed(agency, "/nb/{key}.html", YEARS, 1)
    page = dressed(
        box("工作动态", news(agency, 9))
        + f"<div class='right'><ol class='gk'>{rows(found)}</ol></div>"
        + box("通知公告", news(agency, 7, "/gg/{n}.html"))
    )
    made.append(
        town("b-boxes", agency, "/nb/", [*found, *news(agency, 9), *news(agency, 7, "/gg/{n}.html")], {"/nb/": page})
    )
    agency = whose()
    found = listed(agency, "/nb/{key}.html", YEARS, 1)
    reply = json_reply(
        json.dumps(
            {"data": {"list": [{"title": e.title, "url": e.url, "date": e.date} for e in found]}}, ensure_ascii=False
        )
    )
    shell = dressed(
        "<div id='main'></div>"
        + box("热点信息", news(agency))
        + "<script>$.get('/api/cms/list?channel=nb', function(d){ render(d.data.list) });</script>"
    )
    made.append(town("b-shell", agency, "/nb/", [*found, *news(agency)], {"/nb/": shell, "/api/cms/list": reply}))
    agency = whose()
    found = listed(agency, "/nb/{key}.html", (2024, 2023, 2022, 2021, 2020), 0)
    front = dressed(
        box("政府信息公开指南", news(agency, 2, "/zn/{n}.html"))
        + box("政府信息公开年报", found[:2], "<a href='/nb/list.html' class='more'>更多&gt;&gt;</a>")
    )
    made.append(
        town(
            "b-more",
            agency,
            "/xxgk/",
            [*found, *news(agency, 2, "/zn/{n}.html")],
            {"/xxgk/": front, "/nb/list.html": dressed(f"<ul>{rows(found)}</ul>")},
        )
    )
    agency = whose()
    found = listed(agency, "/nb/{key}.html", YEARS, 0)
    forms = (
        "<form action='/nb/list.do' method='get'><input type='hidden' name='cid' value='7'><select name='year' onchange='this.form.submit()'>"
        + "".join(f"<option value='{y}'>{y}年</option>" for y in YEARS)
        + "</select></form>"
    )

    def yearly(asked: Asked) -> str:
        year = asked.query.get("year") or "2024"
        return dressed(forms + f"<ul>{rows(e for e in found_years if str(e.year) == year)}</ul>")

    found_years = found
    made.append(town("b-form", agency, "/nb/list.do?cid=7", found, {"/nb/list.do": yearly}))
    agency = whose()
    found = listed(agency, "/nb/{key}.html", YEARS, 0)
    again = [Entry(f"{e.title}（PDF版）", f"/nb/{e.year}.pdf", e.date, pdf(agency, e.year), e.year) for e in found]
    made.append(
        town(
            "b-both",
            agency,
            "/nb/",
            [*found, *again],
            {"/nb/": dressed(f"<ul>{rows([each for pair in zip(found, again, strict=True) for each in pair])}</ul>")},
        )
    )
    agency = "栖云县人民政府"
    county = [
        Entry(f"栖云县{y}年政府信息公开工作年度报告", f"/nb/{y}.html", f"{y + 1}-03-22", report("栖云县", y), y)
        for y in YEARS
    ]
    made.append(
        Town(
            "b-county",
            agency,
            "/nb/",
            {e.url: e.page for e in county} | {"/nb/": dressed(f"<ul>{rows(county)}</ul>")},
            YEARS,
        )
    )
    names = ["栖云县清河镇人民政府", "栖云县石桥乡人民政府", "栖云县城关街道办事处"]
    towns_own = [
        (a, Entry(title(a, 2024), f"/xz/{n}.html", "2025-01-20", report(a, 2024), 2024)) for n, a in enumerate(names)
    ]
    made.append(
        Town(
            "b-townships",
            "",
            "/xz/",
            {e.url: e.page for _, e in towns_own} | {"/xz/": dressed(f"<ul>{rows(e for _, e in towns_own)}</ul>")},
            found=frozenset((a, 2024) for a, _ in towns_own),
        )
    )
    return made


def interfaces() -> list[Town]:
    def laravel(r: list[dict[str, Any]], n: int, p: int) -> Any:
        return {"data": {"current_page": 1, "data": r, "last_page": p, "total": n, "per_page": 3}}

    def helper(r: list[dict[str, Any]], n: int, p: int) -> Any:
        return {
            "code": 200,
            "data": {"pageNum": 1, "pageSize": 3, "total": n, "pages": p, "list": r, "isLastPage": False},
        }

    return [
        api(
            "i-laravel",
            '$.get("/api/v1/news", {category_id: 33, page: 1}, function(res){ app.rows = res.data.data; });',
            "/api/v1/news",
            laravel,
            ("title", "link", "created_at"),
            page="page",
            must={"category_id": "33"},
        ),
        api(
            "i-helper",
            "const app = new Vue({ methods: { load(pageNum) { axios({ method: 'get', url: '/web/content/list', params: { channelId: 'a1b2', pageNum: pageNum, pageSize: 3 } }).then(r => { this.rows = r.data.data.list }) } } });",
            "/web/content/list",
            helper,
            ("contentTitle", "accessUrl", "publishDate"),
            page="pageNum",
            must={"channelId": "a1b2"},
        ),
        api(
            "i-async",
            "async function load() { const res = await fetch(`/api/open/list?column=${columnId}&page=${page}`); const d = await res.json(); }\nconst columnId = 'nb01'; let page = 1; load();",
            "/api/open/list",
            lambda r, n, p: {"rows": r, "total": n},
            ("headline", "htmlUrl", "time"),
            page="page",
            must={"column": "nb01"},
        ),
        api(
            "i-fetch-post",
            "fetch('/openapi/list', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ channel: 'nb', pageNo: 1, pageSize: 3 }) }).then(r => r.json()).then(draw);",
            "/openapi/list",
            lambda r, n, p: {"result": {"records": r, "total": n}},
            ("title", "webUrl", "publishTime"),
            page="pageNo",
            post=True,
            must={"channel": "nb"},
        ),
        api(
            "i-hidden",
            "$.post('/gk/ajaxList.jspx', { nodeId: $('#nodeId').val(), page: 1 }, function(d){ fill(d.list) }, 'json');</script><input type='hidden' id='nodeId' value='5521'><script>",
            "/gk/ajaxList.jspx",
            lambda r, n, p: {"list": r, "total": n},
            ("title", "url", "date"),
            page="page",
            post=True,
            must={"nodeId": "5521"},
        ),
        api(
            "i-pinyin",
            "$.getJSON('/data/nb.json', show);",
            "/data/nb.json",
            lambda r, n, p: {"list": r},
            ("bt", "lj", "fbsj"),
        ),
        api(
            "i-number-in-path",
            "$.getJSON('/api/list', {cid: 6}, function(res){ var h = ''; res.data.list.forEach(function(item){ h += `<li><a href=\"/article/detail/id/${item.id}.html\">${item.title}</a></li>`; }); });",
            "/api/list",
            lambda r, n, p: {
                "code": 1,
                "data": {"list": [{"id": int(x["u"][19:-5]), "title": x["t"], "createtime": 1705732800} for x in r]},
            },
            ("t", "u", "d"),
            link="/article/detail/id/{key}.html",
            must={"cid": "6"},
        ),
        api(
            "i-later-file",
            "var nodeId = '99';</script><script src='/res/nblist.js'></script><script>",
            "/res/doc/list",
            lambda r, n, p: {"docs": r},
            ("title", "url", "date"),
        ),
    ]


def reports() -> list[Town]:
    """Reports that are given otherwise than as the text of their page."""
    made = []
    for name in (
        "r-refresh",
        "r-located",
        "r-button",
        "r-redirected",
        "r-download",
        "r-heading",
        "r-two",
        "r-picture-link",
    ):
        agency = whose()
        found = [Entry(title(agency, y), f"/nb/{y}.html", f"{y + 1}-01-18", "", y) for y in YEARS[:2]]
        pages: dict[str, Page] = {"/nb/": dressed(f"<ul>{rows(found)}</ul>")}
        for e in found:
            y = e.year
            pages[f"/f/{y}.pdf"] = pdf(agency, y)
            if name == "r-refresh":
                pages[e.url] = (
                    f"<html><head><meta http-equiv='Refresh' content='0;URL=/f/{y}.pdf'></head><body></body></html>"
                )
            elif name == "r-located":
                pages[e.url] = (
                    f"<html><head><title>{e.title}</title></head><body><script>window.location.href='/f/{y}.pdf';</script></body></html>"
                )
            elif name == "r-button":
                pages[e.url] = other(
                    e.title, f"<button type='button' onclick=\"window.open('/f/{y}.pdf')\">查看全文</button>"
                )
            elif name == "r-redirected":
                pages[e.url] = Reply("", 302, headers={"Location": f"/f/{y}.pdf"})
            elif name == "r-download":
                pages[e.url] = other(e.title, f"<a href='/common/download?fileId={y}'>点击下载《{e.title}》.docx</a>")
                sent = docx(agency, y)
                pages[f"/common/download?fileId={y}"] = Reply(
                    sent.body,
                    kind="application/octet-stream",
                    headers={"Content-Disposition": "attachment; filename=report.docx"},
                )
            elif name == "r-heading":
                pages[e.url] = (
                    f"<html><head><title>信息公开年报</title></head><body><h1>信息公开年报</h1><div id='zoom'><p style='text-align:center'><b>{agency}</b></p><p style='text-align:center'><b>{y}年政府信息公开工作年度报告</b></p>{text(agency, y)}</div></body></html>"
                )
            elif name == "r-two":
                pages[e.url] = report(agency, y).replace(
                    "</body>",
                    f"<div class='fj'>附件：<a href='/f/{y}.pdf'>{e.title}.pdf</a></div><p>上一篇：<a href='/nb/{y - 1}.html'>{title(agency, y - 1)}</a></p></body>",
                )
            else:
                pages[e.url] = other(e.title, f"<a href='/f/{y}.pdf'><img src='/i/pdf.png'></a>")
        made.append(Town(name, agency, "/nb/", pages, YEARS[:2]))
    return made


def pagers() -> list[Town]:
    def records(k: int, count: int) -> str:
        return (
            f"<script>var recordCount = {2 * count}; var pageSize = 2; showPage(recordCount, pageSize, {k});</script>"
        )

    def numbered(k: int, count: int) -> str:
        numbers = "".join(f"<a href='javascript:;' data-page='{n + 1}'>{n + 1}</a>" for n in range(count))
        return f"<div class='pages'>{numbers}</div><script>$('.pages a').click(function(){{ location.href = '/nb/list.html?page=' + $(this).data('page'); }});</script>"

    def hidden(k: int, count: int) -> str:
        onward = f"<a onclick=\"turn('{k + 2}')\">下一页</a>" if k + 1 < count else ""
        return f"页次：{k + 1}/{count}页 {onward}<script>function turn(p) {{ var u = location.pathname; location.href = u + '?pageIndex=' + p; }}</script>"

    def opaque(k: int, count: int) -> str:
        return f"<div>共 {count} 页 <a onclick='nextPage()'>下一页</a></div>"

    agency = whose()
    found = listed(agency, "/nb/{key}.html", YEARS, 0)
    untold = dressed(f"<ul>{rows(found)}</ul>{opaque(0, 3)}")
    return [
        static("g-records", "/nb/index.html", "/nb/index_{n}.html", records, first=1),
        asked_for("g-data-page", "/nb/list.html", "page", numbered),
        asked_for("g-pathname", "/nb/list.html", "pageIndex", hidden),
        town("g-opaque", agency, "/nb/list.html", found, {"/nb/list.html": untold}, state="cut_short"),
    ]


def near() -> list[Town]:
    kinds = {
        "{a}2023年党务公开工作年度报告": "<p>一、总体情况</p><p>二、存在问题</p>",
        "凌州市公共企事业单位2023年信息公开年报": "<p>供水、供气、供热企业公开情况。</p>",
        "{a}2023年度预决算信息公开情况报告": "<p>一、预算</p><p>二、决算</p>",
        "{a}2023年环境信息依法披露工作年度报告": "<p>一、披露</p><p>二、监管</p>",
        "2023年度社会组织年度工作报告公示": "<p>现公示如下。</p>",
        "{a}2023年度政府信息公开年报统计汇总表": "<table><tr><td>新收</td><td>3</td></tr></table>",
        "{a}关于征求2023年政府信息公开工作年度报告意见的函": "<p>请反馈。</p>",
        "{a}2023年政府采购信息公开年度报告": "<p>一、采购</p>",
        "{a}2023年双公示工作年度报告": "<p>一、行政许可</p><p>二、行政处罚</p>",
        "{a}2023年行政执法公示年度报告": "<p>一、许可</p><p>二、处罚</p>",
        "{a}2023年度建议提案办理情况公开报告": "<p>一、建议</p>",
        "凌州市水务集团2023年信息公开年度报告": "<p>一、概述</p>",
        "{a}2023年新闻发布工作年度报告": "<p>一、发布会</p>",
    }
    agency = whose()
    found = [
        Entry(named.format(a=agency), f"/nb/{n}.html", f"2024-02-{n + 10}", other(named.format(a=agency), words))
        for n, (named, words) in enumerate(kinds.items())
    ]
    one = town("o-near", agency, "/nb/", found, {"/nb/": dressed(f"<ul>{rows(found)}</ul>")}, state="empty")
    agency = whose()
    data = json_reply(
        json.dumps({"rows": [{"title": e.title, "url": e.url} for e in found], "total": len(found)}, ensure_ascii=False)
    )
    two = Town(
        "o-near-data",
        agency,
        "/nb/",
        {e.url: e.page for e in found}
        | {"/nb/": dressed("<script>$.getJSON('/api/list?cid=1', show)</script>"), "/api/list": data},
        state="broken",
    )
    agency = whose()
    none = Town(
        "o-none-data",
        agency,
        "/nb/",
        {
            "/nb/": dressed("<script>$.getJSON('/api/list?cid=1', show)</script>"),
            "/api/list": json_reply('{"rows": [], "total": 0}'),
        },
        state="broken",
    )
    return [one, two, none]


def answers() -> list[Town]:
    shield = "<html><script>var arg1='6A3B';(function(){document.cookie='acw_sc__v2='+f(arg1)+';';document.location.reload();})();</script></html>"
    denied = "<html><head><title>提示信息</title></head><body><div class='msg'>对不起，您没有权限访问该栏目！</div></body></html>"
    moved = "<html><head><title>公告</title></head><body><p>本网站已迁移至新平台，请访问新网址：<a href='http://www.elsewhere.example/'>www.elsewhere.example</a></p></body></html>"
    gone = "<html><head><title>出错了</title></head><body><h2>Whitelabel Error Page</h2><p>There was an unexpected error (type=Not Found, status=404).</p></body></html>"
    pages: dict[str, tuple[Page, str]] = {
        "o-acw": (shield, "refused"),
        "o-denied": (denied, "refused"),
        "o-moved": (moved, "moved"),
        "o-whitelabel": (gone, "moved"),
        "o-401": (Reply("Unauthorized", 401), "refused"),
        "o-503": (Reply("<h1>Service Unavailable</h1>", 503), "unreachable"),
        "o-to-login": (Reply("", 302, headers={"Location": "/sso/login?service=nb"}), "refused"),
    }
    login = "<html><title>登录</title><body><form method='post'>用户名<input name='u'>密码<input type='password' name='p'></form></body></html>"
    return [
        Town(name, whose(), "/nb/", {"/nb/": page, "/sso/login": login}, state=state)
        for name, (page, state) in pages.items()
    ]


def towns() -> list[Town]:
    made = [*beside(), *interfaces(), *reports(), *pagers(), *near(), *answers()]
    later = next(each for each in made if each.name == "i-later-file")
    later.pages["/res/nblist.js"] = Reply(
        "$.getJSON('/res/doc/list?node=' + nodeId, function(d){ draw(d.docs) });", kind="application/javascript"
    )
    return made
