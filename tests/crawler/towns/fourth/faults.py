# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Columns without reports, near misses alone, and sites that refuse, fall over or have gone."""

from __future__ import annotations

from towns.fourth.parts import NEAR, dressed, listed, rows, town, whose
from towns.lists import Entry
from towns.web import Asked, Page, Reply, Town, other, report, title


def near_only(name: str, kinds: dict[str, str], state: str = "empty", heading: str = "政府信息公开年报") -> Town:
    agency = whose()
    found = [
        Entry(
            named.format(a=agency),
            f"/nb/{n}.html",
            f"2024-02-{n + 10}",
            other(named.format(a=agency), words.format(a=agency)),
        )
        for n, (named, words) in enumerate(kinds.items())
    ]
    return town(name, agency, "/nb/", found, {"/nb/": dressed(f"<ul>{rows(found)}</ul>", heading)}, state=state)


def nothing() -> list[Town]:
    law = {
        f"{{a}}{y}年法治政府建设年度报告": "<p>一、主要举措</p><p>二、存在不足</p><p>三、下一年度工作安排</p>"
        for y in (2024, 2023, 2022)
    }
    firms = {
        f"凌州市{n}有限公司{y}年度报告": "<p>企业年报公示：资产、负债、纳税。</p>"
        for n in ("水务", "公交", "城投")
        for y in (2024, 2023)
    }
    schools = {
        f"凌州市第{n}中学2023-2024学年度信息公开工作年度报告": "<p>一、概述</p><p>二、主动公开情况</p><p>三、申请公开情况</p>"
        for n in "一二三"
    }
    budget = {f"{{a}}{y}年度部门决算公开报告": "<p>第一部分 部门概况</p><p>第二部分 决算报表</p>" for y in (2024, 2023)}
    counts = {
        f"{{a}}{y}年政府信息公开情况统计表": "<table><tr><td>主动公开</td><td>20</td></tr></table>"
        for y in (2023, 2022)
    }
    plans = {f"{{a}}{y}年政府信息公开工作计划": "<p>一、目标</p><p>二、任务</p>" for y in (2024, 2023)}
    return [
        near_only("n-mixed", {**NEAR}),
        near_only("n-law", law),
        near_only("n-firms", firms, heading="企业年报公示"),
        near_only("n-schools", schools),
        near_only("n-budget", budget),
        near_only("n-counts", counts),
        near_only("n-plans", plans),
    ]


def silent() -> list[Town]:
    """Lists that say of themselves that they are empty."""
    made = []
    for name, said in {
        "n-none": "<p>暂无信息</p>",
        "n-no-data": "<div class='nodata'><img src='/i/no.png'>暂无数据</div>",
        "n-sorry": "<ul class='list'></ul><p>对不起，该栏目下暂时没有内容！</p>",
        "n-zero": "<ul></ul><div>共 0 条记录 1/1 页</div>",
    }.items():
        made.append(Town(name, whose(), "/nb/", {"/nb/": dressed(said)}, state="empty"))
    return made


def failing() -> list[Town]:
    def cookie(asked: Asked) -> Reply:
        return Reply(
            "<script>document.cookie='__jsl_clearance_s='+(+!![]+[])+';path=/';location.href=location.pathname+location.search</script>",
            521,
        )

    shield = "<!DOCTYPE html><html><head><title>安全验证</title></head><body><div id='captcha'>请完成下方验证后继续访问</div><script src='/waf/captcha.js'></script></body></html>"
    firewall = "<html><head><title>访问被拦截</title></head><body><h2>您的请求疑似攻击行为，已被网站防火墙拦截！</h2><p>事件ID：9a8b7c</p></body></html>"
    soft = "<html><head><title>404</title></head><body><h1>抱歉，您访问的页面不存在或已被删除！</h1><a href='/'>返回首页</a></body></html>"
    works = "<html><head><title>系统维护</title></head><body><h1>网站系统升级维护中，请稍后访问</h1></body></html>"
    login = "<html><head><title>统一身份认证</title></head><body><form action='/login' method='post'><input name='username'><input type='password' name='password'><button>登录</button></form></body></html>"
    pages: dict[str, tuple[Page, str]] = {
        "n-521": (cookie, "refused"),
        "n-412": (Reply("<html><script>$_ts={};</script></html>", 412), "refused"),
        "n-403": (Reply("<h1>403 Forbidden</h1>", 403), "refused"),
        "n-captcha": (shield, "refused"),
        "n-firewall": (firewall, "refused"),
        "n-404": (Reply("<h1>404 Not Found</h1>", 404), "moved"),
        "n-410": (Reply("gone", 410), "moved"),
        "n-soft": (soft, "moved"),
        "n-works": (works, "unreachable"),
        "n-login": (login, "refused"),
        "n-502": (Reply("<h1>502 Bad Gateway</h1>", 502), "unreachable"),
        "n-off": (Reply("", 302, headers={"Location": "http://www.elsewhere.example/"}), "moved"),
    }
    made = [Town(name, whose(), "/nb/", {"/nb/": page}, state=state) for name, (page, state) in pages.items()]
    made.append(
        Town(
            "n-robots",
            whose(),
            "/nb/",
            {"/robots.txt": Reply("User-agent: *\nDisallow: /", kind="text/plain"), "/nb/": dressed("<ul></ul>")},
            state="refused",
        )
    )
    return made


def partly() -> list[Town]:
    """Good lists in a column of everything, and reports that are closed."""
    agency = whose()
    found = listed(agency, "/gg/{key}.html", (2024, 2023), 2)
    notes = [
        Entry(
            f"{agency}关于第{n}号提案的答复",
            f"/gg/t{n}.html",
            f"2024-05-{n + 10}",
            other(f"{agency}关于第{n}号提案的答复"),
        )
        for n in range(8)
    ]
    mixed = [*notes[:4], *found, *notes[4:]]
    one = town("n-notices", agency, "/gg/", mixed, {"/gg/": dressed(f"<ul>{rows(mixed)}</ul>", "通知公告")})
    agency = whose()
    found = [
        Entry(title(agency, y), f"/nb/{y}.html", f"{y + 1}-01-22", Reply("<h1>403</h1>", 403), y) for y in (2024, 2023)
    ]
    two = Town(
        "n-closed",
        agency,
        "/nb/",
        {e.url: e.page for e in found} | {"/nb/": dressed(f"<ul>{rows(found)}</ul>")},
        state="refused",
    )
    agency = whose()
    found = [
        Entry(
            f"{y}年政府信息公开年报",
            f"/nb/{y}.html",
            f"{y + 1}-03-22",
            report(agency, y, f"{agency}{y}年度政府信息公开年报"),
            y,
        )
        for y in (2012, 2010, 2008)
    ]
    three = town("n-old", agency, "/nb/", found, {"/nb/": dressed(f"<ul>{rows(found)}</ul>")})
    return [one, two, three]


def towns() -> list[Town]:
    return [*nothing(), *silent(), *failing(), *partly()]
