# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns that try to sell something else for a report, name their reports badly, or do not answer as they should."""

from __future__ import annotations

import gzip

from towns.fifth.parts import NEAR, YEARS, agency, listed, plain, site, ul
from towns.lists import Entry, served
from towns.web import Asked, Page, Reply, Town, frame, other, report, text, title

SECTIONS = "<p>一、总体情况</p><p>{0}</p><p>二、主要工作</p><p>{0}</p><p>三、存在的问题</p><p>{0}</p><p>四、下一步打算</p><p>{0}</p>"
SOLD = {
    "{a}2023年度法治政府建设情况报告": "推进依法行政，加强政府信息公开，收到政府信息公开申请3件。",
    "{a}2023年政务公开工作要点落实情况": "对照政务公开工作要点逐项落实，主动公开政府信息20条。",
    "{a}2023年度部门整体支出绩效自评报告": "预算执行率98%，政府信息公开及时。",
    "{a}2023年建议提案办理工作年度报告": "办理人大建议4件，办理结果全部公开。",
    "{a}2023年政府网站与政务新媒体工作年度报告": "网站发布政府信息120条。",
    "{a}2023年基层政务公开标准化规范化工作报告": "编制标准目录，公开政府信息。",
    "凌州市2023年国民经济和社会发展统计公报": "全市生产总值增长5.1%。",
    "{a}2023年度重大行政决策年度报告": "重大行政决策事项目录已公开。",
    "凌州市12345政务服务便民热线2023年年报": "受理诉求3万件。",
    "{a}2023年度行政许可实施和监督管理情况年度报告": "受理行政许可申请12件。",
    "凌州市公共资源交易中心2023年度信息公开工作总结": "公开交易信息900条。",
    "{a}2023年财政预决算信息公开检查报告": "按时公开预决算信息。",
    "{a}2023年中国共产党基层组织党务公开年报": "党务公开及时。",
    "{a}政府信息公开工作年度报告格式（2021年修订）": "请各单位按照格式编制政府信息公开工作年度报告。",
    "{a}关于征求2023年政府信息公开工作年度报告意见的函": "请于1月20日前反馈意见。",
    "{a}2023年度政府信息公开工作考核结果": "优秀等次3家。",
}


def _sold(name: str, only: bool) -> Town:
    """A list of what is no report; with reports among it unless `only`."""
    whose = agency()
    found = [] if only else listed(whose, "/gk/nb/{key}.html", near=0)
    traps = {**NEAR, **{named: SECTIONS.format(words) for named, words in SOLD.items()}}
    entries = [
        Entry(
            named.format(a=whose),
            f"/gk/nb/7{n:03d}.html",
            f"2024-02-{n % 28 + 1:02d}",
            other(named.format(a=whose), words),
            0,
        )
        for n, (named, words) in enumerate(traps.items())
    ]
    shown = [*entries[:15], *found, *entries[15:]]
    return Town(
        name,
        whose,
        "/gk/nb/",
        {**served(shown), "/gk/nb/": frame(ul(plain)(shown))},
        () if only else YEARS,
        state="empty" if only else "ok",
    )


def _bare(whose: str, year: int) -> Page:
    """A report that names neither agency nor year in its title, and its agency nowhere but in the page's meta."""
    inside = text(whose, year).replace(f"{whose}编制", "现编制")
    return f"<html><head><title>政府信息公开工作年度报告</title><meta name='SiteName' content='{whose}'><meta name='PubDate' content='{year + 1}-01-20'></head><body><h1>政府信息公开工作年度报告</h1><div id='zoom'>{inside}</div></body></html>"


def _answer(name: str, reply: Page, state: str, listing: str = "/gk/nb/", more: dict[str, Page] | None = None) -> Town:
    return Town(name, agency(), listing, {listing: reply, **(more or {})}, (), state=state)


def _cookie(name: str) -> Town:
    """A site that wants the cookie back that it set with a redirect to the same address: no cookie is ever sent."""
    whose = agency()
    found = listed(whose, "/gk/nb/{key}.html")
    page = frame(ul(plain)(found))

    def wall(asked: Asked) -> str | Reply:
        if "sid=7" in asked.headers.get("cookie", ""):
            return page
        return Reply("", 302, headers={"Location": "/gk/nb/", "Set-Cookie": "sid=7; path=/"})

    return Town(name, whose, "/gk/nb/", {**served(found), "/gk/nb/": wall}, (), state="unreachable")


def towns() -> list[Town]:
    shell = "<html><head><script>document.cookie='__jsl_clearance=1700000000.1|-1|abc;max-age=3600;path=/';location.href=location.pathname+location.search</script></head></html>"
    waf = "<html><head><title>访问被拒绝</title></head><body><h3>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</h3><p>您的请求ID是：781bad0a</p></body></html>"
    return [
        _sold("t-sold", only=False),
        _sold("t-onlysold", only=True),
        site(
            "t-bare",
            ul(
                lambda e: (
                    f"<li><a href='{e.url}'>{'政府信息公开工作年度报告' if e.year else e.title}</a><span>{e.date}</span></li>"
                )
            ),
            article=_bare,
        ),
        site(
            "t-noagency",
            ul(
                lambda e: (
                    f"<li><a href='{e.url}'>{str(e.year) + '年政府信息公开工作年度报告' if e.year else e.title}</a></li>"
                )
            ),
            article=lambda a, y: report(a, y, f"{y}年政府信息公开工作年度报告"),
        ),
        site(
            "t-noyear",
            ul(
                lambda e: (
                    f"<li><a href='{e.url}'>{e.title[:-17] + '政府信息公开工作年度报告' if e.year else e.title}</a><span>{e.date}</span></li>"
                )
            ),
            article=lambda a, y: report(a, y, f"{a}政府信息公开工作年度报告"),
        ),
        site(
            "t-shortname",
            ul(
                lambda e: (
                    f"<li><a href='{e.url}'>{'市局' + str(e.year) + '年信息公开年报' if e.year else e.title}</a></li>"
                )
            ),
            article=lambda a, y: report(a, y),
        ),
        site("t-colon", ul(lambda e: f"<li><a href='{e.url}'>{'年报：' + e.title if e.year else e.title}</a></li>")),
        site(
            "t-book",
            ul(lambda e: f"<li><a href='{e.url}'>{'《' + e.title + '》发布' if e.year else e.title}</a></li>"),
            article=lambda a, y: report(a, y),
        ),
        site(
            "t-about",
            ul(
                lambda e: f"<li><a href='{e.url}'>{'关于公布《' + e.title + '》的公告' if e.year else e.title}</a></li>"
            ),
            article=lambda a, y: report(a, y, f"关于公布《{title(a, y)}》的公告"),
        ),
        site("t-nb", ul(lambda e: f"<li><a href='{e.url}'>{str(e.year) + '年年报' if e.year else e.title}</a></li>")),
        site(
            "t-period",
            ul(
                lambda e: (
                    f"<li><a href='{e.url}'>{e.title.replace(f'{e.year}年', f'（{e.year}年1月1日—12月31日）') if e.year else e.title}</a></li>"
                )
            ),
        ),
        site(
            "t-gzip",
            lambda found: (
                lambda asked: Reply(
                    gzip.compress(frame(ul(plain)(found)).encode()), headers={"Content-Encoding": "gzip"}
                )
            ),
        ),
        site("t-octet", lambda found: Reply(frame(ul(plain)(found)), kind="application/octet-stream")),
        site("t-notype", lambda found: Reply(frame(ul(plain)(found)), kind="")),
        site("t-plain", lambda found: Reply(frame(ul(plain)(found)), kind="text/plain; charset=utf-8")),
        site(
            "t-broken",
            lambda found: (
                "<div class='list'><ul>"
                + "".join(f"<li><a href='{e.url}'>{e.title}<span>{e.date}</li>" for e in found)
                + "</div></div></table>"
            ),
        ),
        site(
            "t-nul",
            lambda found: Reply(
                frame(ul(plain)(found)).replace("<ul>", "<ul>\x00\x0b"), kind="text/html; charset=utf-8"
            ),
        ),
        site("t-trailing", ul(plain), listing="/gk//nb/./index.html"),
        _cookie("t-cookie"),
        _answer("t-403", Reply("<h1>403 Forbidden</h1>", 403), "refused"),
        _answer("t-shell", shell, "refused"),
        _answer("t-waf", waf, "refused"),
        _answer("t-412", Reply("<html><body><script>_$aa();</script></body></html>", 412), "refused"),
        _answer("t-404", Reply("<h1>页面没有找到</h1>", 404), "moved"),
        _answer("t-503", Reply("<h1>系统维护中</h1>", 503), "unreachable"),
        _answer("t-nothing", frame("<div class='list'><ul></ul><p class='nodata'>该栏目暂无内容</p></div>"), "empty"),
        _answer(
            "t-app",
            "<!DOCTYPE html><html><head><title></title></head><body><div id='app'></div><script src='/static/js/chunk-vendors.4c1d.js'></script><script src='/static/js/app.9b2e.js'></script></body></html>",
            "broken",
        ),
        _answer(
            "t-robots",
            frame("<ul></ul>"),
            "refused",
            more={"/robots.txt": Reply("User-agent: *\nDisallow: /gk/\n", kind="text/plain")},
        ),
        _answer("t-foreign", Reply("", 302, headers={"Location": "http://www.elsewhere.example/login"}), "moved"),
    ]
