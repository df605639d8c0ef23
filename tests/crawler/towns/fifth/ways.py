# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns whose reports lie a few steps behind the registered page, or whose lists hold many agencies."""

from __future__ import annotations

from collections.abc import Iterable

from towns.fifth.parts import YEARS, agency, listed, plain, site, ul
from towns.lists import Entry, served
from towns.web import Asked, Page, Reply, Town, frame, other, report, title


def _behind(
    name: str,
    steps: dict[str, Page],
    at: str,
    listing: str,
    *,
    years: Iterable[int] = YEARS,
    link: str = "/gk/nb/{key}.html",
) -> Town:
    """A list at `at`, reached from `listing` over the pages of `steps`."""
    whose = agency()
    found = listed(whose, link, years)
    return Town(name, whose, listing, {**served(found), **steps, at: frame(ul(plain)(found))}, years)


def _portal(name: str, dress: str, size: int = 6) -> Town:
    """A column of many agencies: `dress` says how they are told apart."""
    agencies = [agency() for _ in range(size)]
    found = [
        Entry(title(a, y), f"/bm/{n}/{y}.html", f"{y + 1}-01-20", report(a, y), y)
        for n, a in enumerate(agencies)
        for y in (2023, 2022)
    ]
    pages: dict[str, Page] = served(found)
    expected = frozenset((a, y) for a in agencies for y in (2023, 2022))
    if dress == "mixed":
        pages["/bm/"] = frame(ul(plain)(found))
    elif dress == "grid":
        pages["/bm/"] = frame(
            "<table><tr><th>单位</th><th>2023年</th><th>2022年</th></tr>"
            + "".join(
                f"<tr><td>{a}</td><td><a href='/bm/{n}/2023.html'>查看</a></td><td><a href='/bm/{n}/2022.html'>查看</a></td></tr>"
                for n, a in enumerate(agencies)
            )
            + "</table>"
        )
    elif dress == "folders":
        pages["/bm/"] = frame(
            "<h2>部门政府信息公开年报</h2><ul>"
            + "".join(f"<li><a href='/bm/{n}/'>{a}</a></li>" for n, a in enumerate(agencies))
            + "</ul>"
        )
        for n in range(size):
            pages[f"/bm/{n}/"] = frame(ul(plain)([e for e in found if e.url.startswith(f"/bm/{n}/")]))
    elif dress == "tabs":
        tabs = [("市级部门", agencies[:3]), ("县（市、区）", agencies[3:])]
        pages["/bm/"] = frame(
            "".join(
                f"<div class='tab-tit'>{named}</div><div class='tab-con'{' style=display:none' * (named != '市级部门')}><ul>"
                + "".join(plain(e) for e in found if any(e.title.startswith(a) for a in members))
                + "</ul></div>"
                for named, members in tabs
            )
        )
    elif dress == "years":
        pages["/bm/"] = frame(
            "<ul>" + "".join(f"<li><a href='/bm/{y}nb/'>{y}年度</a></li>" for y in (2023, 2022)) + "</ul>"
        )
        for y in (2023, 2022):
            pages[f"/bm/{y}nb/"] = frame(
                ul(lambda e: f"<li><a href='{e.url}'>{e.title.partition('20')[0]}</a></li>")(
                    [e for e in found if e.year == y]
                )
            )
    elif dress == "accordion":
        pages["/bm/"] = frame(
            "<div class='acc'>"
            + "".join(
                f"<dl><dt onclick='toggle(this)'>{a}</dt>"
                + "".join(
                    f"<dd><a href='/bm/{n}/{y}.html'>{y}年政府信息公开工作年度报告</a></dd>" for y in (2023, 2022)
                )
                + "</dl>"
                for n, a in enumerate(agencies)
            )
            + "</div>"
        )
    elif dress == "dropdown":
        pages["/bm/"] = frame(
            "<select id='dept' onchange='go(this.value)'><option value=''>请选择部门</option>"
            + "".join(f"<option value='/bm/{n}/'>{a}</option>" for n, a in enumerate(agencies))
            + "</select><script>function go(u){ if(u) location.href = u; }</script>"
        )
        for n in range(size):
            pages[f"/bm/{n}/"] = frame(ul(plain)([e for e in found if e.url.startswith(f"/bm/{n}/")]))
    return Town(name, "", "/bm/", pages, (), expected)


def _hosts(name: str) -> list[Town]:
    """A city's column that links to the reports on its departments' own sites."""
    agencies = [agency() for _ in range(3)]
    homes = [
        Town(f"{name}-{n}", a, "", {f"/nb/{y}.html": report(a, y) for y in (2023, 2022)})
        for n, a in enumerate(agencies)
    ]

    def page(asked: Asked) -> str:
        port = asked.headers["host"].partition(":")[2]
        links = [
            f"<li><a href='http://{home.host}:{port}/nb/{year}.html' target='_blank'>{title(home.agency, year)}</a></li>"
            for home in homes
            for year in (2023, 2022)
        ]
        return frame(f"<ul>{''.join(links)}</ul>")

    return [
        Town(name, "", "/nb/", {"/nb/": page}, (), frozenset((a, y) for a in agencies for y in (2023, 2022))),
        *homes,
    ]


def _current(name: str) -> Town:
    """A column that shows its newest report at its own address, and the former ones in a box beside it."""
    whose = agency()
    found = listed(whose, "/gk/nb/{key}.html", near=0)
    box = (
        "<div class='history'><h4>历年年报</h4><ul>"
        + "".join(f"<li><a href='{e.url}'>{e.year}年</a></li>" for e in found[1:])
        + "</ul></div>"
    )
    newest = report(whose, 2023).replace("</body>", box + "</body>")
    return Town(name, whose, "/gk/nb/", {**served(found[1:]), "/gk/nb/": newest}, YEARS)


def _two_columns(name: str) -> Town:
    """The same reports in two columns of a page, at two addresses each."""
    whose = agency()
    found = listed(whose, "/gk/nb/{key}.html")
    twins = [Entry(e.title, e.url.replace("/gk/nb/", "/zt/nb/"), e.date, e.page, e.year) for e in found]
    return Town(
        name,
        whose,
        "/gk/",
        {
            **served(found),
            **served(twins),
            "/gk/": frame("<h3>年报</h3>" + ul(plain)(found) + "<h3>专题</h3>" + ul(plain)(twins)),
        },
        YEARS,
    )


def _one_of_many(name: str) -> Town:
    """A city's column with one agency's name in the registry: what is there of others is theirs."""
    whose, others = agency(), [agency(), agency()]
    found = listed(whose, "/bm/a{key}.html", near=0)
    rest = [
        Entry(title(a, y), f"/bm/b{n}{y}.html", f"{y + 1}-01-20", report(a, y), y)
        for n, a in enumerate(others)
        for y in YEARS
    ]
    theirs = frozenset((a, y) for a in others for y in YEARS)
    pages: dict[str, Page] = {**served(found), **served(rest), "/bm/": frame(ul(plain)([*found, *rest]))}
    return Town(name, whose, "/bm/", pages, YEARS, theirs)


def towns() -> list[Town]:
    nav = "<ul><li><a href='/gk/zn.html'>政府信息公开指南</a></li><li><a href='/gk/zd.html'>政府信息公开制度</a></li><li><a href='{}'>政府信息公开年报</a></li><li><a href='/gk/ysq.html'>依申请公开</a></li></ul>"
    guide: dict[str, Page] = {
        f"/gk/{p}.html": other(n)
        for p, n in (("zn", "政府信息公开指南"), ("zd", "政府信息公开制度"), ("ysq", "依申请公开"))
    }
    return [
        _behind(
            "w-front",
            {
                "/": frame("<a href='/gk/'>政务公开</a> <a href='/news/'>要闻动态</a>"),
                "/news/": frame("<ul></ul>"),
                "/gk/": frame(nav.format("/gk/nb/")),
                **guide,
            },
            "/gk/nb/",
            "/gk/",
        ),
        _behind(
            "w-frameset",
            {
                "/gk/index.html": "<html><head><title>信息公开</title></head><frameset cols='200,*'><frame src='left.html' name='l'><frame src='nb/list.html' name='r'></frameset></html>",
                "/gk/left.html": "<html><body>" + nav.format("nb/list.html") + "</body></html>",
                **guide,
            },
            "/gk/nb/list.html",
            "/gk/index.html",
        ),
        _behind(
            "w-iframes",
            {
                "/gk/nb.html": frame("<iframe name='myFrameName' src='/gk/outer.aspx?cid=3'></iframe>"),
                "/gk/outer.aspx?cid=3": "<html><body><iframe src='inner.aspx?cid=3&page=1'></iframe></body></html>",
            },
            "/gk/inner.aspx?cid=3&page=1",
            "/gk/nb.html",
        ),
        _behind(
            "w-metarefresh",
            {"/gk/nb/": '<html><head><meta http-equiv="Refresh" content="0; URL=\'./bjg/index.html\'"></head></html>'},
            "/gk/nb/bjg/index.html",
            "/gk/nb/",
        ),
        _behind(
            "w-toplocation",
            {
                "/gk/nb/": "<html><head><script type='text/javascript'>top.location.replace(\"/gk/nb/list_1.html\");</script></head></html>"
            },
            "/gk/nb/list_1.html",
            "/gk/nb/",
        ),
        _behind(
            "w-assign",
            {"/gk/nb/": "<html><body onload=\"self.location='2024/index.html'\"></body></html>"},
            "/gk/nb/2024/index.html",
            "/gk/nb/",
        ),
        _behind(
            "w-menuonclick",
            {
                "/gk/": frame(
                    "<ul class='menu'><li onclick=\"openUrl('/gk/zn.html')\">政府信息公开指南</li><li onclick=\"openUrl('/gk/nb/')\">政府信息公开年报</li></ul><script>function openUrl(u){ window.location.href=u; }</script>"
                ),
                **guide,
            },
            "/gk/nb/",
            "/gk/",
        ),
        _behind(
            "w-history",
            {"/gk/": frame("<p><a href='/gk/nb/'>凌州市历年政府信息公开工作年度报告汇总</a></p>")},
            "/gk/nb/",
            "/gk/",
        ),
        _behind("w-redirect301", {"/xxgk/": Reply("", 301, headers={"Location": "/gk/nb/"})}, "/gk/nb/", "/xxgk/"),
        _current("w-current"),
        _two_columns("w-twocolumns"),
        _one_of_many("w-oneofmany"),
        *[
            _portal(f"w-{dress}", dress)
            for dress in ("mixed", "grid", "folders", "tabs", "years", "accordion", "dropdown")
        ],
        *_hosts("w-hosts"),
        site("w-hash", ul(plain), listing="/gk/index.html#nb"),
        site(
            "w-nav",
            lambda found: (
                "<div class='left'><ul><li><a href='/gk/cw/'>财政预决算</a></li><li><a href='/gk/rs/'>人事信息</a></li></ul></div><div class='right'><div class='crumbs'><a href='/'>首页</a>&gt;<a href='/gk/'>公开</a>&gt;政府信息公开年报</div>"
                + ul(plain)(found)
                + "</div>"
            ),
        ),
    ]
