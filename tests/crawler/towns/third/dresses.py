# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Third web: how links, lists, dates and titles are written, and the same report under several addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from towns.lists import YEARS, agency, entries, pdf, rows, served
from towns.web import Asked, Page, Reply, Town, docx, frame, other, report, title


def links() -> Iterator[Town]:
    """Addresses that need care."""

    def town(
        name: str,
        href: str,
        path: str = "/nb/{y}.html",
        *,
        listing: str = "/zwgk/a/nb/",
        head: str = "",
        row: str = "",
        page: Callable[[str, int], Page] = report,
        more: Mapping[str, Page] | None = None,
    ) -> Town:
        whose = agency()
        pattern = row or "<li><a {href}>{title}</a><span>{date}</span></li>"

        def column(asked: Asked) -> str:
            shown = "".join(
                pattern.format(
                    href=href.format(y=y, host=asked.headers["host"], t=title(whose, y)),
                    title=title(whose, y),
                    date=f"{y + 1}-01-15",
                )
                for y in YEARS
            )
            return frame(f"<ul>{shown}</ul>", head.format(host=asked.headers["host"]))

        return Town(
            name,
            whose,
            listing,
            {listing: column, **{path.format(y=y): page(whose, y) for y in YEARS}, **(more or {})},
            YEARS,
        )

    yield town("a-up", "href='../../../nb/{y}.html'")
    yield town("a-protocol", "href='//{host}/nb/{y}.html'")
    yield town("a-query", "href='show.asp?id={y}&cat=3'", "/zwgk/a/nb/show.asp?id={y}&cat=3")
    yield town("a-upper", "HREF='/NB/{y}.HTML'", "/NB/{y}.HTML")
    yield town("a-space", "href=' /nb/年报 {y}.html '", "/nb/年报 {y}.html")
    yield town("a-chinese", "href='/年报/{y}年.html'", "/年报/{y}年.html")
    yield town("a-backslash", "href='\\nb\\{y}.html'")
    yield town("a-newline", "href='\n /nb/{y}.html\n'")
    yield town("a-openwin", "href=\"javascript:openwin('/nb/{y}.html')\"")
    yield town("a-winopen", "href='#' onclick=\"window.open('../../../nb/{y}.html','_blank');return false;\"")
    yield town("a-location", "href='javascript:;' onclick='location.href=\"/nb/{y}.html\"'")
    yield _row_click()
    yield town("a-base", "href='{y}.html'", head="<base href='http://{host}/nb/' target='_blank'>")
    yield town(
        "a-nested",
        "href='/nb/{y}.html'",
        row="<li><a {href}><div class='t'>{title}</div><div class='d'>{date}</div></a></li>",
    )
    yield town(
        "a-twice",
        "href='/nb/{y}.html'",
        row="<li><a {href}><img src='/i.png'></a><p><a {href}>{title}</a></p><a {href}>[查看详情]</a> {date}</li>",
    )
    yield town("a-attr", "href='/nb/{y}.html' title='{t}'", row="<li><a {href}><img src='/pdf.png'></a>{date}</li>")
    yield town("a-alt", "href='/nb/{y}.html'", row="<li><a {href}><img src='/p.png' alt='{title}'></a> {date}</li>")
    yield town(
        "a-beside", "href='/nb/{y}.html'", row="<tr><td>{title}</td><td>{date}</td><td><a {href}>查看</a></td></tr>"
    )
    yield town("a-fragment", "href='/nb/{y}.html#top'")
    yield town("a-track", "href='/nb/{y}.html?spm=1.2.{y}'")
    refreshed: dict[str, Page] = {
        f"/to/{y}.html": f"<html><head><meta http-equiv='Refresh' content='0; URL=/nb/{y}.html'></head><body></body></html>"
        for y in YEARS
    }
    yield town("a-refresh", "href='/to/{y}.html'", more=refreshed)
    moved: dict[str, Page] = {f"/to/{y}.html": Reply("", 302, headers={"Location": f"/nb/{y}.html"}) for y in YEARS}
    yield town("a-redirect", "href='/to/{y}.html'", more=moved)
    scripted: dict[str, Page] = {
        f"/to/{y}.html": f"<html><body><script>window.location.href = '/nb/{y}.html';</script></body></html>"
        for y in YEARS
    }
    yield town("a-script", "href='/to/{y}.html'", more=scripted)
    yield town("a-pdf", "href='./P0202401{y}.pdf'", "/zwgk/a/nb/P0202401{y}.pdf", page=pdf)
    yield town("a-docx", "href='/attach/-1/{y}.docx'", "/attach/-1/{y}.docx", page=docx)
    yield town(
        "a-download",
        "href='/module/download/downfile.jsp?classid=0&filename=ab{y}.pdf'",
        "/module/download/downfile.jsp?classid=0&filename=ab{y}.pdf",
        page=lambda a, y: _as_stream(pdf(a, y)),
    )


def _as_stream(reply: Reply) -> Reply:
    return Reply(
        reply.body, kind="application/octet-stream", headers={"Content-Disposition": "attachment; filename=nb.pdf"}
    )


def _row_click() -> Town:
    whose = agency()
    shown = "".join(
        f"<tr onclick=\"window.open('/nb/{y}.html')\" style='cursor:pointer'><td>{title(whose, y)}</td><td>{y + 1}-01-15</td></tr>"
        for y in YEARS
    )
    return Town(
        "a-row",
        whose,
        "/nb/",
        {"/nb/": frame(f"<table>{shown}</table>"), **{f"/nb/{y}.html": report(whose, y) for y in YEARS}},
        YEARS,
    )


def markups() -> Iterator[Town]:
    """Lists that are no `ul`, and dates as people type them."""

    def town(name: str, pattern: str, around: str = "{}", head: str = "") -> Town:
        whose = agency()
        found = entries(whose, "/nb/{key}.html")
        return Town(
            name, whose, "/nb/", {"/nb/": frame(around.format(rows(found, pattern)), head), **served(found)}, YEARS
        )

    yield town("m-dl", "<dd>{e.date}</dd><dt><a href='{e.url}'>{e.title}</a></dt>", "<dl>{}</dl>")
    yield town(
        "m-table",
        "<tr><td>1</td><td>LZ-00-2024</td><td><a href={e.url}>{e.title}</a></td><td>信息公开年报</td><td>{e.date:.4}年</td></tr>",
        "<table><tr><th>序号</th><th>索引号</th><th>名称</th><th>分类</th><th>日期</th></tr>{}</table>",
    )
    yield town("m-br", "· <a href='{e.url}'>{e.title}</a>（{e.date}）<br>")
    yield town(
        "m-p",
        "<p><font color=red>·</font><a href='{e.url}'><font size=2><b>{e.title}</b></font></a>&nbsp;&nbsp;<font>[{e.date}]</font></p>",
    )
    yield town(
        "m-entity", "<li><a href='{e.url}'>&#8226;&nbsp;{e.title}&nbsp;<img src='new.gif'></a></li>", "<ul>{}</ul>"
    )
    yield town("m-unclosed", "<li><a href={e.url} target=_blank>{e.title}</a><span>{e.date}", "<ul class=list>{}")
    yield town("m-top", "<li><em>[置顶]</em><a href='{e.url}'>[年报] {e.title}</a></li>", "<ul>{}</ul>")
    yield town("m-broken", "<li style=<br/>\n<a href='{e.url}'>{e.title}</a></li>", "<ul>{}</div></ul></span>")
    yield town(
        "m-break", "<li><a href='{e.url}'>{e.title}<br></a><i>{e.date}</i></li>", "<table><tr><td>{}</td></tr></table>"
    )
    yield town(
        "m-noscript", "<li><a href='{e.url}'>{e.title}</a></li>", "<noscript>请打开JavaScript</noscript><ul>{}</ul>"
    )


TITLES = {
    "{a}二〇二四年度政府信息公开工作年度报告": 2024,
    "{a}政府信息公开工作年度报告（2023年度）": 2023,
    "2022年度{a}信息公开年度报告": 2022,
    "{a}政府信息公开２０２１年度报告": 2021,
    "关于{a}2020年政府信息公开工作的报告": 2020,
    "{a}2019年政府信息\u200b公开 工作年度报告.": 2019,
    "{a}二O一八年政府信息公开工作年度报告": 2018,
    "{a}2017年政府信息公开工作年报公示": 2017,
}


def titles() -> Iterator[Town]:
    """Names of reports that are not the usual one, and lists that name only the year."""
    whose = agency()
    named = {named.format(a=whose): year for named, year in TITLES.items()}
    shown = "".join(f"<li><a href='/nb/{y}.html'>{t}</a><span>{y + 1}-01-15</span></li>" for t, y in named.items())
    yield Town(
        "n-names",
        whose,
        "/nb/",
        {"/nb/": frame(f"<ul>{shown}</ul>"), **{f"/nb/{y}.html": report(whose, y, t) for t, y in named.items()}},
        named.values(),
    )
    whose2 = agency()
    shown = "".join(f"<li><a href='/nb/{y}.html'>{y}年</a></li>" for y in YEARS)
    yield Town(
        "n-years",
        whose2,
        "/nb/",
        {
            "/nb/": frame(f"<h2>政府信息公开年报</h2><ul>{shown}</ul>"),
            **{f"/nb/{y}.html": report(whose2, y) for y in YEARS},
        },
        YEARS,
    )
    whose3 = agency()
    shown = "".join(
        f"<li><a href='/nb/{y}.html'>{title(whose3, y)[:12]}…</a><span>{y + 1}-01-15</span></li>" for y in YEARS
    )
    shown += f"<li><a href='/nb/zn.html'>{whose3}政府信息公开…</a></li>"
    yield Town(
        "n-cut",
        whose3,
        "/nb/",
        {
            "/nb/": frame(f"<ul>{shown}</ul>"),
            "/nb/zn.html": other(whose3 + "政府信息公开指南"),
            **{f"/nb/{y}.html": report(whose3, y) for y in YEARS},
        },
        YEARS,
    )
    whose4 = agency()
    shown = "".join(
        f"<li><a href='/nb/{y}.html'>政府信息公开工作年度报告</a><span>{y + 1}-01-15</span></li>" for y in YEARS
    )
    yield Town(
        "n-same",
        whose4,
        "/nb/",
        {
            "/nb/": frame(f"<ul>{shown}</ul>"),
            **{f"/nb/{y}.html": report(whose4, y, "政府信息公开工作年度报告") for y in YEARS},
        },
        YEARS,
    )
    whose5 = agency()
    shown = "".join(f"<li><a href='/nb/{y}.html'>{y}年度报告</a></li>" for y in YEARS)
    shown += "".join(
        f"<li><a href='/nb/f{y}.html'>{y}年度法治政府建设报告</a></li><li><a href='/nb/j{y}.html'>{y}年度决算</a></li>"
        for y in YEARS
    )
    yield Town(
        "n-short",
        whose5,
        "/nb/",
        {
            "/nb/": frame(f"<ul>{shown}</ul>"),
            **{f"/nb/{y}.html": report(whose5, y, f"{y}年度报告") for y in YEARS},
            **{f"/nb/f{y}.html": other(f"{y}年度法治政府建设报告") for y in YEARS},
            **{f"/nb/j{y}.html": other(f"{y}年度决算") for y in YEARS},
        },
        YEARS,
    )
    whose6 = agency()
    lures = ("{y}年国有企业年度报告", "{y}年年度报告（慈善基金会）", "{y}年度报告公示", "{y}年年报")
    shown = "".join(
        f"<li><a href='/nb/{n}.html'>{t.format(y=2020 + n)}</a><span>2024-01-0{n + 1}</span></li>"
        for n, t in enumerate(lures)
    )
    words = "<p>一、总体情况</p><p>本单位资产总额300万元。</p><p>二、财务情况</p><p>收入20万元。</p>"
    yield Town(
        "n-lures",
        whose6,
        "/nb/",
        {
            "/nb/": frame(f"<ul>{shown}</ul>"),
            **{f"/nb/{n}.html": other(t.format(y=2020 + n), words) for n, t in enumerate(lures)},
        },
        (),
        state="empty",
    )


def doubles() -> Iterator[Town]:
    """One report, several addresses."""

    def town(name: str, *hrefs: str, paths: tuple[str, ...] = ("/nb/{y}.html",)) -> Town:
        whose = agency()

        def column(asked: Asked) -> str:
            shown = "".join(
                f"<li><a href='{href.format(y=y, host=asked.headers['host'])}'>{title(whose, y)}</a><span>{y + 1}-01-15</span></li>"
                for href in hrefs
                for y in YEARS
            )
            return frame(f"<ul>{shown}</ul>")

        return Town(
            name,
            whose,
            "/nb/",
            {"/nb/": column, **{path.format(y=y): report(whose, y) for path in paths for y in YEARS}},
            YEARS,
        )

    yield town("x-paths", "/nb/{y}.html", "/zwgk/{y}.html", paths=("/nb/{y}.html", "/zwgk/{y}.html"))
    yield town(
        "x-sessions",
        "/nb/{y}.html;jsessionid=1A",
        "/nb/{y}.html;jsessionid=2B",
        paths=("/nb/{y}.html", "/nb/{y}.html;jsessionid=1A", "/nb/{y}.html;jsessionid=2B"),
    )
    yield town("x-queries", "/nb/{y}.html?from=list", "/nb/{y}.html?from=top", "/nb/{y}.html")
    yield town("x-schemes", "http://{host}/nb/{y}.html", "https://{host}/nb/{y}.html")
    yield town(
        "x-fragments",
        "/nb/{y}.html",
        "/nb/{y}.html#down",
        "/nb/../nb/{y}.html",
        "/nb//{y}.html",
        paths=("/nb/{y}.html", "/nb//{y}.html"),
    )
    yield town("x-mobile", "/nb/post_{y}.html", "/nb/mpost_{y}.html", paths=("/nb/post_{y}.html", "/nb/mpost_{y}.html"))


def towns() -> list[Town]:
    return [*links(), *markups(), *titles(), *doubles()]
