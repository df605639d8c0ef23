# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns whose lists branch: trees of a menu, tabs that fetch, years behind clicks; and pages that say that they have
nothing, or something else."""

from __future__ import annotations

from towns.fifth.parts import YEARS, agency, listed, plain, records, site, ul
from towns.lists import Entry, served
from towns.web import Asked, Page, Reply, Town, frame, other, report, text, title


def _by_year(name: str, head: str, at: str, fragment: bool = False) -> Town:
    """A list a year: `head` leads to them, each lies at `at` (with {y})."""
    whose = agency()
    found = listed(whose, "/gk/nb/{key}.html", near=0)
    pages: dict[str, Page] = {**served(found), "/gk/nb/": frame(head)}
    for entry in found:
        inside = ul(plain)([entry])
        pages[at.format(y=entry.year)] = inside if fragment else frame(inside)
    return Town(name, whose, "/gk/nb/", pages, YEARS)


def _many(name: str, made: str, agencies: int = 4) -> Town:
    """A column of many agencies, each with its own folder, which `made` leads to."""
    names = [agency() for _ in range(agencies)]
    found = [
        Entry(title(a, y), f"/nb/{n}/{y}.html", f"{y + 1}-01-20", report(a, y), y)
        for n, a in enumerate(names)
        for y in (2023, 2022)
    ]
    folders: dict[str, Page] = {
        f"/nb/{n}/": frame(ul(plain)([e for e in found if e.url.startswith(f"/nb/{n}/")])) for n in range(agencies)
    }
    heads = {
        "ztree": "<ul id='tree' class='ztree'></ul><script>var zNodes=[{id:1,pId:0,name:'政府部门',open:true},"
        + ",".join(f"{{id:{n + 10},pId:1,name:'{a}',url:'/nb/{n}/',target:'_self'}}" for n, a in enumerate(names))
        + "];$.fn.zTree.init($('#tree'), {}, zNodes);</script>",
        "dtree": "<script>d = new dTree('d'); d.add(0,-1,'政府信息公开年报');"
        + "".join(f"d.add({n + 1},0,'{a}','/nb/{n}/');" for n, a in enumerate(names))
        + "document.write(d);</script>",
        "letters": "".join(
            f"<dl><dt>{'ABCD'[n % 4]}</dt><dd><a href='/nb/{n}/' title='{a}'>{a[3:]}</a></dd></dl>"
            for n, a in enumerate(names)
        ),
        "logos": "<ul class='logos'>"
        + "".join(f"<li><a href='/nb/{n}/'><img src='/logo/{n}.png' alt='{a}'></a></li>" for n, a in enumerate(names))
        + "</ul>",
        "counts": "<ul>" + "".join(f"<li><a href='/nb/{n}/'>{a}（2）</a></li>" for n, a in enumerate(names)) + "</ul>",
    }
    return Town(
        name,
        "",
        "/nb/",
        {**served(found), **folders, "/nb/": frame(heads[made])},
        (),
        frozenset((a, y) for a in names for y in (2023, 2022)),
    )


def _stub(name: str, page: Page, state: str, listing: str = "/gk/nb/") -> Town:
    return Town(name, agency(), listing, {listing: page}, (), state=state)


def _versions(name: str) -> Town:
    """Each report in three dresses: the page, a file of it, and a drawn summary."""
    whose = agency()
    found = listed(whose, "/gk/nb/{key}.html", near=0)
    rows = "".join(
        f"<tr><td>{e.title}</td><td><a href='{e.url}'>文字版</a></td><td><a href='/gk/nb/tj{e.year}.html'>图解版</a></td><td><a href='/gk/nb/yy{e.year}.mp3'>语音版</a></td></tr>"
        for e in found
    )
    more: dict[str, Page] = {
        f"/gk/nb/tj{y}.html": other(f"图解：{title(whose, y)}", "<img src='/t.png'>") for y in YEARS
    }
    return Town(name, whose, "/gk/nb/", {**served(found), **more, "/gk/nb/": frame(f"<table>{rows}</table>")}, YEARS)


def _withdrawn(name: str) -> Town:
    """One of the listed reports is there no more."""
    whose = agency()
    found = listed(whose, "/gk/nb/{key}.html", near=0)
    pages: dict[str, Page] = {**served(found), "/gk/nb/": frame(ul(plain)(found))}
    del pages["/gk/nb/2021.html"]
    return Town(name, whose, "/gk/nb/", pages, (2023, 2022), state="cut_short")


def _all_in_one(name: str) -> Town:
    """A page of one report, and of nothing else, without a title in its head."""
    whose = agency()
    page = f"<html><head><title>{whose}</title></head><body><div class='crumb'>首页 &gt; 政府信息公开年报</div><h2>{title(whose, 2023)}</h2><div id='zoom'>{text(whose, 2023)}</div></body></html>"
    return Town(name, whose, "/gk/nb.html", {"/gk/nb.html": page}, (2023,))


def _tab_calls(name: str) -> Town:
    """Tabs of years, each of which fetches its list when clicked; the first is there already."""
    whose = agency()
    found = listed(whose, "/gk/nb/{key}.html", near=0)
    tabs = "".join(f"<li onclick=\"loadYear('{e.year}')\">{e.year}年</li>" for e in found)

    def year(asked: Asked) -> str | Reply:
        return "".join(plain(e) for e in found if str(e.year) == asked.query.get("year"))

    page = frame(
        f"<ul class='tabs'>{tabs}</ul><div class='list'><ul>{plain(found[0])}</ul></div><script>function loadYear(y){{ $('.list ul').load('/gk/nb/list.jsp?year=' + y); }}</script>"
    )
    return Town(name, whose, "/gk/nb/", {**served(found), "/gk/nb/": page, "/gk/nb/list.jsp": year}, YEARS)


def towns() -> list[Town]:
    years = "".join(f"<li><a href='/gk/nb/{y}/'>{y}年政府信息公开年度报告</a></li>" for y in YEARS)
    return [
        _by_year("b-folders", f"<ul>{years}</ul>", "/gk/nb/{y}/"),
        _by_year(
            "b-queries",
            "<div>" + "".join(f"<a href='/gk/nb/list.jsp?nd={y}'>{y}</a> " for y in YEARS) + "</div>",
            "/gk/nb/list.jsp?nd={y}",
        ),
        _by_year(
            "b-clicked",
            "<ul>" + "".join(f"<li onclick=\"location.href='/gk/nb/{y}nb/'\">{y}年度</li>" for y in YEARS) + "</ul>",
            "/gk/nb/{y}nb/",
        ),
        _by_year("b-frames", "".join(f"<iframe src='/gk/nb/f{y}.html'></iframe>" for y in YEARS), "/gk/nb/f{y}.html"),
        _by_year(
            "b-loaded",
            "<div id='a'></div><script>"
            + "".join(f"$('#y{y}').load('/gk/nb/part{y}.html');" for y in YEARS)
            + "</script>",
            "/gk/nb/part{y}.html",
            fragment=True,
        ),
        *[_many(f"b-{made}", made) for made in ("ztree", "dtree", "letters", "logos", "counts")],
        _tab_calls("b-tabcalls"),
        _versions("b-versions"),
        _withdrawn("b-withdrawn"),
        _all_in_one("b-allinone"),
        site(
            "b-summary",
            lambda found: frame(
                ul(plain)(found)
                + "<h3>年报数据汇总</h3><table><tr><th>年度</th><th>主动公开</th></tr><tr><td>2023</td><td>120</td></tr></table>"
            ),
        ),
        site(
            "b-nested",
            lambda found: frame(
                "<ul><li>政府信息公开年报<ul>"
                + "".join(map(plain, found))
                + "</ul></li><li>政府信息公开制度<ul><li><a href='/gk/zd/1.html'>保密审查制度</a></li></ul></li></ul>"
            ),
        ),
        site(
            "b-details",
            lambda found: frame(
                "".join(
                    f"<details><summary>{e.date[:4]}</summary><p><a href='{e.url}'>{e.title}</a></p></details>"
                    for e in found
                )
            ),
        ),
        site(
            "b-cards",
            lambda found: frame(
                "<div class='row'>"
                + "".join(
                    f"<div class='col-md-4'><a class='card' href='{e.url}'><img src='/c.png'><div class='card-body'><p class='card-title'>{e.title}</p><p class='card-text'>发布时间：{e.date}　浏览次数：12</p></div></a></div>"
                    for e in found
                )
                + "</div>"
            ),
        ),
        site(
            "b-data",
            lambda found: frame(
                "<div id='v'></div><script>var pageData = {code:0, list: "
                + str([{k: str(v) for k, v in r.items()} for r in records(found)])
                + "};</script>"
            ),
        ),
        _stub("b-nodata", frame("<div class='empty'><img src='/nodata.png'><p>暂无数据</p></div>"), "empty"),
        _stub("b-building", frame("<div class='list'><p>栏目建设中，敬请期待</p></div>"), "empty"),
        _stub(
            "b-soft404",
            "<html><head><title>出错了</title></head><body><h2>抱歉，您访问的页面不存在或已删除！</h2><a href='/'>返回首页</a></body></html>",
            "moved",
        ),
        _stub(
            "b-maintain",
            "<html><head><title>系统维护</title></head><body><p>尊敬的用户：网站正在升级维护，给您带来不便敬请谅解。</p></body></html>",
            "unreachable",
        ),
        _stub(
            "b-login",
            "<html><head><title>登录</title></head><body><form><input name='u'><input type='password' name='p'><button>登录</button></form></body></html>",
            "refused",
        ),
        _stub(
            "b-guide",
            frame(
                "<h1>凌州市政府信息公开指南</h1><div id='zoom'><p>一、公开范围</p><p>二、获取方式</p><p>三、监督</p><p>本机关每年1月31日前公布上一年度政府信息公开工作年度报告。</p></div>"
            ),
            "broken",
        ),
    ]
