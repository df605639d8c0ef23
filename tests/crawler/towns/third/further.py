# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Third web: what the first seven parts left out, thought of after their faults were mended."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from towns.lists import YEARS, Entry, agency, entries, gbk, json_reply, paged, parts, pdf, rows, served
from towns.third.faults import LOGIN, MISSING
from towns.web import Asked, Page, Reply, Town, docx, frame, other, report, text, title

NEWS = (
    "<div class='yw'><h3>要闻</h3><ul>"
    + "".join(
        f"<li><a href='/yw/2024{n:02d}/t{n}.html'>凌州市召开第{n}次会议</a><span>2024-0{n}-11</span></li>"
        for n in range(1, 8)
    )
    + "</ul></div>"
)


def lists() -> Iterator[Town]:
    """Pagers and lists of further kinds."""
    yield paged(
        "y-jhtml",
        ["/nb/index.jhtml", "/nb/index_2.jhtml", "/nb/index_3.jhtml"],
        lambda k: (
            f"<div>共6条记录 {k + 1}/3页 <a href='javascript:void(0);' onclick=\"location.href='index_{min(k + 2, 3)}.jhtml';\">下一页</a></div>"
        ),
    )
    yield paged(
        "y-loadmore",
        ["/nb/", "/nb/more_2.html"],
        lambda k: "" if k else "<button class='more' data-url='/nb/more_2.html'>加载更多</button>",
    )
    yield paged(
        "y-topage",
        ["/nb/list_1.html", "/nb/list_2.html", "/nb/list_3.html"],
        lambda k: (
            "<div>共3页</div><script>function toPage(n){window.location.href = 'list_' + n + '.html';}</script><a onclick='toPage(2)'>下一页</a>"
        ),
        link="/n/{key}.html",
    )
    yield paged(
        "y-inputs",
        ["/nb/index.html", "/nb/index_1.html"],
        lambda k: "" if k else "<input type='button' value='下一页' onclick=\"window.location='index_1.html'\">",
    )
    yield paged(
        "y-dots",
        ["/nb/", "/nb/?page=2", "/nb/?page=3"],
        lambda k: (
            "<ul class='pagination'><li class='active'><span>1</span></li><li><a href='?page=2'>2</a></li><li><a href='?page=3'>3</a></li><li><a href='?page=2' aria-label='Next'><span>&raquo;</span></a></li></ul>"
        ),
        link="/n/{key}.html",
    )
    yield paged(
        "y-slash",
        ["/nb/", "/nb/2/", "/nb/3/"],
        lambda k: f"<a class='next' href='/nb/{min(k + 2, 3)}/'>下一页&gt;</a>",
        link="/n/{key}.html",
    )
    yield paged(
        "y-news",
        ["/nb/", "/nb/index_1.html"],
        lambda k: NEWS + f"<script>createPageHTML(2,{k},'index','html')</script>",
    )
    yield paged(
        "y-bigmenu",
        ["/nb/"],
        lambda k: "",
        around="<div class='menu'>"
        + "".join(
            f"<li><a href='/m/{n}.html'>{t}</a></li>"
            for n, t in enumerate(
                (
                    "机构简介",
                    "政府信息公开指南",
                    "政府信息公开制度",
                    "法定主动公开内容",
                    "政府信息公开年报",
                    "依申请公开",
                )
            )
        )
        + "</div><ul>{}</ul>",
    )
    yield paged(
        "y-gbkpager",
        ["/nb/index.htm", "/nb/index_2.htm"],
        lambda k: "" if k else "<font>[<a href=index_2.htm>下一页</a>]</font>",
        dress=gbk("text/html;charset=gbk"),
    )
    whose = agency()
    options = "".join(f"<option value='/nb/{y}.html'>{title(whose, y)}</option>" for y in YEARS)
    yield Town(
        "y-options",
        whose,
        "/nb/",
        {
            "/nb/": frame(
                f"<select onchange='window.open(this.value)'><option value=''>请选择</option>{options}</select>"
            ),
            **{f"/nb/{y}.html": report(whose, y) for y in YEARS},
        },
        YEARS,
    )
    whose2 = agency()
    found = entries(whose2, "/nb/{key}.html")
    pages: dict[str, Page] = {
        "/nb/": "<HTML><FRAMESET COLS='200,*'><FRAME SRC='top.htm'><FRAME SRC='left.htm'><FRAME SRC='list.htm'></FRAMESET></HTML>",
        "/nb/top.htm": "<h1>凌州</h1>",
        "/nb/left.htm": "<a href='/m/1.htm' target=main>机构</a>",
        "/nb/list.htm": f"<ul>{rows(found)}</ul>",
        **served(found),
    }
    yield Town("y-frameset", whose2, "/nb/", pages, YEARS)
    whose3 = agency()
    found3 = entries(whose3, "/nb/{key}.html")
    folded = "".join(f"<div class='tab' id='y{e.date[:4]}'><ul>{rows([e])}</ul></div>" for e in found3)
    yield Town(
        "y-panels",
        whose3,
        "/nb/",
        {
            "/nb/": frame(
                "<ul class='tabs'>"
                + "".join(f"<li><a href='#y{y + 1}'>{y}年</a></li>" for y in YEARS)
                + f"</ul>{folded}"
            ),
            **served(found3),
        },
        YEARS,
    )
    whose4 = agency()
    by_year = {
        f"/nb/?year={y}": frame(
            "".join(f"<a href='?year={z}'>{z}</a>" for z in YEARS)
            + f"<ul>{rows(entries(whose4, '/n/{key}.html', (y,), 0))}</ul>"
        )
        for y in YEARS
    }
    yield Town(
        "y-yearquery",
        whose4,
        "/nb/",
        {**by_year, "/nb/": by_year["/nb/?year=2024"], **{f"/n/{y}.html": report(whose4, y) for y in YEARS}},
        YEARS,
    )
    whose5 = agency()
    found5 = entries(whose5, "/nb/{key}.html")

    def data(asked: Asked) -> Reply:
        at = int(asked.query.get("page", "1"))
        return json_reply(
            json.dumps(
                {
                    "code": 0,
                    "data": {
                        "total": 6,
                        "list": [{"title": e.title, "url": e.url, "date": e.date} for e in found5[2 * at - 2 : 2 * at]],
                    },
                }
            )
        )

    yield Town(
        "y-apipages",
        whose5,
        "/nb/",
        {
            "/nb/": frame("<div id=app></div><script>$.get('/api/list?channel=7&page=1&size=2', render)</script>"),
            "/api/list": data,
            **served(found5),
        },
        YEARS,
    )
    whose6 = agency()
    found6 = entries(whose6, "/nb/{key}.html")
    nested = "".join(
        f"<table><tr><td><table><tr><td>·</td><td><a href='{e.url}'>{e.title}</a></td><td>({e.date[2:]})</td></tr></table></td></tr></table>"
        for e in found6
    )
    yield Town(
        "y-tables",
        whose6,
        "/nb/",
        {"/nb/": frame(f"<table><tr><td>{nested}</td></tr></table>"), **served(found6)},
        YEARS,
    )
    whose7 = agency()
    found7 = entries(whose7, "/nb/{key}.html")
    rss = (
        "<?xml version='1.0'?><rss><channel><title>年报</title>"
        + "".join(
            f"<item><title>{e.title}</title><link>{e.url}</link><pubDate>{e.date}</pubDate></item>" for e in found7
        )
        + "</channel></rss>"
    )
    yield Town("y-rss", whose7, "/nb/rss.xml", {"/nb/rss.xml": Reply(rss, kind="text/xml"), **served(found7)}, YEARS)


def inside() -> Iterator[Town]:
    """Articles of further kinds, each beside one that is plain."""

    def town(
        name: str,
        page: Callable[[str, int], Page],
        more: Callable[[str, int], dict[str, Page]] = lambda a, y: {},
        named: str | None = None,
    ) -> Town:
        whose = agency()
        listed = [
            Entry(
                (named or "{a}{y}年政府信息公开工作年度报告").format(a=whose, y=y),
                f"/nb/{y}.html",
                f"{y + 1}-01-15",
                page(whose, y),
                y,
            )
            for y in (2024, 2023)
        ]
        pages: dict[str, Page] = {"/nb/": frame(f"<ul>{rows(listed)}</ul>"), **served(listed)}
        for y in (2024, 2023):
            pages |= more(whose, y)
        return Town(name, whose, "/nb/", pages, (2024, 2023))

    def shell(inner: str, head: str = "") -> str:
        return frame(f"<h1>年度报告</h1>{inner}", head)

    yield town(
        "z-metaonly",
        lambda a, y: shell(
            text(a, y),
            f"<meta name='ArticleTitle' content='{title(a, y)}'><meta name='PubDate' content='{y + 1}-01-20 10:00'>",
        ),
    )
    yield town(
        "z-both",
        lambda a, y: report(a, y, inside=text(a, y) + f"<p><a href='/f/{y}.pdf'>{title(a, y)}.pdf</a></p>"),
        lambda a, y: {f"/f/{y}.pdf": pdf(a, y)},
    )
    yield town(
        "z-guide",
        lambda a, y: report(a, y, inside=text(a, y) + "<p><a href='/f/zn.docx'>政府信息公开指南.docx</a></p>"),
        lambda a, y: {"/f/zn.docx": Reply(b"PK", kind="application/msword")},
    )
    yield town(
        "z-topdf",
        lambda a, y: Reply("", 302, headers={"Location": f"/f/{y}.pdf"}),
        lambda a, y: {f"/f/{y}.pdf": pdf(a, y)},
    )
    yield town("z-aspdf", lambda a, y: pdf(a, y))
    yield town(
        "z-octet",
        lambda a, y: shell(f"<a href='/f/down?id={y}'>{title(a, y)}.docx</a>"),
        lambda a, y: {f"/f/down?id={y}": Reply(docx(a, y).body, kind="application/octet-stream")},
    )
    yield town(
        "z-announced",
        lambda a, y: report(a, y, f"关于公布{a}{y}年政府信息公开工作年度报告的公告"),
        named="关于公布{a}{y}年政府信息公开工作年度报告的公告",
    )
    yield town("z-encoded", lambda a, y: Reply(report(a, y).encode("gb18030"), kind="text/html"))
    yield town(
        "z-upper",
        lambda a, y: report(a, y).replace("<p>", "<P>").replace("</p>", "").replace("<body>", "<BODY BGCOLOR=#FFFFFF>"),
    )
    yield town(
        "z-template",
        lambda a, y: shell(
            f"<div id='con'></div><script>var DETAIL={json.dumps({'title': title(a, y), 'content': text(a, y) * 1})};</script>"
        ),
    )


def states() -> Iterator[Town]:
    """Bad news in a site's full dress."""
    for name, words, state in (
        ("q-gone", "<div class='err'>您访问的页面不存在或已删除</div>", "moved"),
        ("q-404", "<div class='err'><h1>404</h1><p>抱歉，找不到您要访问的页面</p></div>", "moved"),
        ("q-empty", "<div class='list'><p>暂无相关信息</p></div>", "empty"),
        ("q-emptynews", f"<div class='list'><ul></ul></div>{NEWS}", "empty"),
        ("q-emptypager", "<ul class='list'></ul><script>createPageHTML(0, 0, 'index', 'html');</script>", "empty"),
        ("q-emptydata", "<script>var dataList=[];</script><div class='page'>共0页</div>", "empty"),
        ("q-maintain", "<div>系统正在升级维护，请稍后访问</div>", "unreachable"),
    ):
        yield Town(name, agency(), "/nb/", {"/nb/": frame(words)}, state=state)
    yield Town("q-loginframe", agency(), "/nb/", {"/nb/": frame(LOGIN.partition("<body>")[2])}, state="refused")
    yield Town("q-404page", agency(), "/nb/", {"/nb/": Reply(MISSING, 404)}, state="moved")
    yield Town(
        "q-jsonerror",
        agency(),
        "/nb/",
        {"/nb/": json_reply('{"success":false,"code":403,"message":"禁止访问"}')},
        state="refused",
    )
    xml = "<datastore><totalrecord>0</totalrecord><recordset></recordset></datastore>"
    yield Town(
        "q-hanwebempty",
        agency(),
        "/col/col9/index.html",
        {"/col/col9/index.html": frame(f"<script type='text/xml'>{xml}</script>")},
        state="empty",
    )
    yield Town("q-wrongplace", agency(), "/nb/", {"/nb/": frame(NEWS)}, state="empty")
    whose = agency()
    near = [
        Entry(
            f"{whose}{y}年{words}",
            f"/nb/{n}{y}.html",
            f"{y + 1}-03-01",
            other(f"{whose}{y}年{words}", f"<p>一、总体情况</p><p>{whose}全年收到申请3件。</p><p>二、存在的问题</p>"),
        )
        for n, words in enumerate(
            (
                "政务公开工作总结",
                "法治政府建设工作报告",
                "信息公开保密审查情况报告",
                "权责清单执行情况报告",
                "12345热线工作年报",
                "网上政务服务年报",
                "部门决算报告",
                "信访工作年度报告",
            )
        )
        for y in (2024, 2023)
    ]
    yield Town("q-near", whose, "/nb/", {"/nb/": frame(f"<ul>{rows(near)}</ul>"), **served(near)}, state="empty")
    whose2 = agency()
    half = entries(whose2, "/nb/{key}.html")
    yield Town(
        "q-half",
        whose2,
        "/nb/",
        {
            "/nb/": frame(
                f"<ul>{rows(parts(half, 3)[0])}</ul><div>共6条 1/2页 <a href='javascript:;'>下一页</a></div>"
            ),
            **served(half),
        },
        (2024, 2023),
        state="cut_short",
    )


def towns() -> list[Town]:
    return [*lists(), *inside(), *states()]
