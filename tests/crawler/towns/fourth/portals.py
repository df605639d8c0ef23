# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Portals that list the reports of many agencies, ways to the list from a front page, and neighbours' hosts."""

from __future__ import annotations

from collections.abc import Iterable

from towns.fourth.parts import dressed, halves, rows, whose
from towns.lists import Entry
from towns.web import SUFFIX, Asked, Page, Reply, Town, other, report, title

YEARS = (2024, 2023)


def many(count: int, years: Iterable[int] = YEARS, at: str = "/nb/{n}_{y}.html") -> list[tuple[str, Entry]]:
    """The reports of `count` agencies."""
    named = [whose() for _ in range(count)]
    return [
        (a, Entry(title(a, y), at.format(n=n, y=y), f"{y + 1}-01-22", report(a, y), y))
        for y in years
        for n, a in enumerate(named)
    ]


def portal(name: str, listing: str, held: list[tuple[str, Entry]], pages: dict[str, Page], state: str = "ok") -> Town:
    return Town(
        name,
        "",
        listing,
        {e.url: e.page for _, e in held} | pages,
        found=frozenset((a, e.year) for a, e in held),
        state=state,
    )


def one_list() -> list[Town]:
    held = many(4)
    entries = [e for _, e in held]
    parts = halves(entries, 3)
    pages: dict[str, Page] = {}
    for k, shown in enumerate(parts):
        onward = f"<a href='index_{k + 1}.html'>下一页</a>" if k + 1 < len(parts) else ""
        pages["/nb/" + ("index.html" if k == 0 else f"index_{k}.html")] = dressed(f"<ul>{rows(shown)}</ul>{onward}")
    one = portal("m-list", "/nb/index.html", held, pages)
    held = many(3)
    short = [(a, e, e.title.replace(a, a[3:])) for a, e in held]
    lines = "".join(f"<li><a href='{e.url}'>市{named}</a></li>" for _, e, named in short)
    two = portal("m-short-names", "/nb/", held, {"/nb/": dressed(f"<ul>{lines}</ul>")})
    held = many(4)
    tabs = "".join(f"<li class='tab'>{name}</li>" for name in ("市政府部门", "县（市、区）政府"))
    boxes = "".join(
        f"<div class='box' style='{style}'><ul>{rows(e for _, e in part)}</ul></div>"
        for style, part in (("", held[:4]), ("display:none", held[4:]))
    )
    three = portal("m-tabs", "/nb/", held, {"/nb/": dressed(f"<ul>{tabs}</ul>{boxes}")})
    return [one, two, three]


def by_agency() -> list[Town]:
    """Agencies first, then each one's own list."""
    held = many(3, at="/bm/{n}/nb/{y}.html")
    whose_own = sorted({a for a, _ in held})
    lists = {a: f"/bm/{n}/nb/" for n, a in enumerate(whose_own)}
    links = "".join(f"<li><a href='{at}'>{a}</a></li>" for a, at in lists.items())
    pages: dict[str, Page] = {
        at: dressed(f"<h2>{a}</h2><ul>{rows(e for b, e in held if a == b)}</ul>") for a, at in lists.items()
    }
    one = portal(
        "m-agencies",
        "/nb/",
        held,
        {"/nb/": dressed(f"<div class='bm'><h3>市政府部门</h3><ul>{links}</ul></div>"), **pages},
    )
    held = many(3)
    whose_own = sorted({a for a, _ in held})
    body = ""
    for a in whose_own:
        body += (
            f"<tr><td>{a}</td>" + "".join(f"<td><a href='{e.url}'>查看</a></td>" for b, e in held if a == b) + "</tr>"
        )
    two = portal(
        "m-grid",
        "/nb/",
        held,
        {"/nb/": dressed(f"<table><tr><th>单位</th><th>2024年</th><th>2023年</th></tr>{body}</table>")},
    )
    held = many(3)
    body = "".join(
        f"<h3>{y}年度</h3><p>" + " ".join(f"<a href='{e.url}'>{a}</a>" for a, e in held if e.year == y) + "</p>"
        for y in YEARS
    )
    three = portal("m-names", "/nb/", held, {"/nb/": dressed(body)})
    held = many(3)
    folders = "".join(f"<li><a href='/nb/{y}/'>{y}年度政府信息公开工作年度报告</a></li>" for y in YEARS)
    pages = {
        f"/nb/{y}/": dressed(
            "<ul>" + "".join(f"<li><a href='{e.url}'>{a}</a></li>" for a, e in held if e.year == y) + "</ul>"
        )
        for y in YEARS
    }
    four = portal("m-year-then-names", "/nb/", held, {"/nb/": dressed(f"<ul>{folders}</ul>"), **pages})
    held = many(4)
    frames = "".join(f"<div class='tabcon'><iframe src='/nb/part{k}.html'></iframe></div>" for k in (0, 1))
    pages = {
        f"/nb/part{k}.html": f"<html><body><ul>{rows(e for _, e in held[4 * k : 4 * k + 4])}</ul></body></html>"
        for k in (0, 1)
    }
    five = portal("m-frames", "/nb/", held, {"/nb/": dressed(frames), **pages})
    held = many(2)
    groups = "".join(
        f"<dt><a href='/nb/qx{k}.html'>{name}</a></dt>" for k, name in enumerate(("市直部门", "县（市、区）"))
    )
    pages = {f"/nb/qx{k}.html": dressed(f"<ul>{rows(e for _, e in held[2 * k : 2 * k + 2])}</ul>") for k in (0, 1)}
    six = portal("m-groups", "/nb/", held, {"/nb/": dressed(f"<dl>{groups}</dl>"), **pages})
    return [one, two, three, four, five, six]


def towards() -> list[Town]:
    """Front pages of a site, from which it is two clicks to the list."""
    made = []
    for name in ("m-front", "m-front-icons", "m-front-script"):
        agency = whose()
        found = [Entry(title(agency, y), f"/zwgk/nb/{y}.html", f"{y + 1}-01-22", report(agency, y), y) for y in YEARS]
        news = "".join(f"<li><a href='/news/{n}.html'>{agency}召开第{n}次工作会议</a></li>" for n in range(6))
        menu = "<a href='/'>首页</a><a href='/news/'>工作动态</a><a href='/zwgk/'>政府信息公开</a><a href='/bs/'>办事指南</a>"
        column = "<a href='/zwgk/zn/'>政府信息公开指南</a><a href='/zwgk/ml/'>法定主动公开内容</a><a href='/zwgk/nb/'>政府信息公开年报</a>"
        if name == "m-front-icons":
            column = "<ul class='icons'><li><a href='/zwgk/zn/' title='指南'><img src='1.png'></a></li><li><a href='/zwgk/nb/' title='政府信息公开年报'><img src='2.png' alt='年报'></a></li></ul>"
        if name == "m-front-script":
            column = "<ul><li onclick=\"location.href='/zwgk/zn/'\">政府信息公开指南</li><li onclick=\"location.href='/zwgk/nb/'\">政府信息公开年报</li></ul>"
        pages: dict[str, Page] = {
            "/": f"<html><head><title>{agency}</title></head><body><div class='nav'>{menu}</div><ul>{news}</ul></body></html>",
            "/zwgk/": f"<html><head><title>政府信息公开</title></head><body><div class='nav'>{menu}</div><div class='gk'>{column}</div></body></html>",
            "/zwgk/nb/": dressed(f"<ul>{rows(found)}</ul>"),
            **{f"/news/{n}.html": other(f"{agency}召开第{n}次工作会议") for n in range(6)},
        }
        made.append(Town(name, agency, "/", {e.url: e.page for e in found} | pages, YEARS))
    return made


def neighbours() -> list[Town]:
    """A portal whose list leads to the hosts of the same city's agencies, and one whose whole column has gone to another."""
    agencies = [whose() for _ in range(3)]
    hosts = [f"{short}.m-city" for short in ("jyj", "mzj", "sfj")]

    def listing(asked: Asked) -> str:
        port = asked.headers["host"].partition(":")[2]
        lines = "".join(
            f"<li><a href='http://{host}.{SUFFIX}:{port}/nb/2024.html'>{title(a, 2024)}</a></li>"
            for a, host in zip(agencies, hosts, strict=True)
        )
        return dressed(f"<ul>{lines}</ul>")

    one = Town("m-city", "", "/nb/", {"/nb/": listing}, found=frozenset((a, 2024) for a in agencies))
    beside = [Town(host, a, "", {"/nb/2024.html": report(a, 2024)}) for a, host in zip(agencies, hosts, strict=True)]
    agency = whose()

    def moved(asked: Asked) -> Reply:
        return Reply(
            "", 302, headers={"Location": f"http://xxgk.m-hop.{SUFFIX}:{asked.headers['host'].partition(':')[2]}/nb/"}
        )

    two = Town("m-hop", agency, "/nb/", {"/nb/": moved}, state="moved")
    there = Town(
        "xxgk.m-hop",
        agency,
        "",
        {f"/nb/{y}.html": report(agency, y) for y in YEARS}
        | {
            "/nb/": dressed(
                "<ul>" + "".join(f"<li><a href='/nb/{y}.html'>{title(agency, y)}</a></li>" for y in YEARS) + "</ul>"
            )
        },
    )
    return [one, *beside, two, there]


def twice() -> list[Town]:
    """The same reports under two columns."""
    agency = whose()
    entries = [Entry(title(agency, y), f"/a/{y}.html", f"{y + 1}-01-22", report(agency, y), y) for y in YEARS]
    again = [Entry(e.title, f"/b/{e.year}.html", e.date, e.page, e.year) for e in entries]
    body = f"<div><h3>最新公开</h3><ul>{rows(again)}</ul></div><div><h3>政府信息公开年报</h3><ul>{rows(entries)}</ul></div>"
    return [
        Town("m-twice", agency, "/nb/", {e.url: e.page for e in [*entries, *again]} | {"/nb/": dressed(body)}, YEARS)
    ]


def towns() -> list[Town]:
    return [*one_list(), *by_agency(), *towards(), *neighbours(), *twice()]
