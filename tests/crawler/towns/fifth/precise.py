# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns where what is no report looks very much like one, and columns of many agencies that name them badly."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from towns.fifth.parts import YEARS, agency, listed, plain, site, ul
from towns.lists import Entry, served
from towns.web import Asked, Page, Town, frame, other, report, text, title

FORM = (
    "<table><tr><td rowspan='2'>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan='7'>申请人情况</td></tr><tr><td>自然人</td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td><td>总计</td></tr><tr><td>一、本年新收政府信息公开申请数量</td>"
    + "<td></td>" * 7
    + "</tr><tr><td>二、上年结转政府信息公开申请数量</td>"
    + "<td></td>" * 7
    + "</tr></table>"
)


def _form(whose: str, named: str) -> str:
    """The form that reports are to follow, with all its headings and empty tables."""
    return other(
        named,
        f"<p>各单位：现将格式印发给你们，请认真执行。</p><p>附件：政府信息公开工作年度报告格式</p>{text('×××', 2021).partition('</p>')[2]}{FORM}",
    )


def _among(name: str, traps: dict[str, Callable[[str, str], Page]], only: bool = False, state: str = "") -> Town:
    """Reports among `traps`: titles (with {a}), and what makes their pages of an agency and a title."""
    whose = agency()
    found = [] if only else listed(whose, "/gk/nb/{key}.html", near=0)
    entries = [
        Entry(
            named.format(a=whose),
            f"/gk/nb/5{n:03d}.html",
            f"2024-02-{n % 28 + 1:02d}",
            made(whose, named.format(a=whose)),
        )
        for n, (named, made) in enumerate(traps.items())
    ]
    shown = [*entries[: len(entries) // 2], *found, *entries[len(entries) // 2 :]]
    return Town(
        name,
        whose,
        "/gk/nb/",
        {**served(shown), "/gk/nb/": frame(ul(plain)(shown))},
        () if only else YEARS,
        state=state or ("empty" if only else "ok"),
    )


def _portal(
    name: str, names: Sequence[str], shown: Callable[[list[Entry]], str], listed_as: Callable[[str, int], str] = title
) -> Town:
    """A column of many agencies; `listed_as` is how their reports are called in the list."""
    found = [
        Entry(listed_as(a, y), f"/bm/{n:02d}{y}.html", f"{y + 1}-01-20", report(a, y), y)
        for n, a in enumerate(names)
        for y in (2023, 2022)
    ]
    return Town(
        name,
        "",
        "/bm/",
        {**served(found), "/bm/": frame(shown(found))},
        (),
        frozenset((a, y) for a in names for y in (2023, 2022)),
    )


def _grouped(found: list[Entry], names: Sequence[str], row: Callable[[str, list[Entry]], str]) -> str:
    return "".join(row(a, [e for e in found if e.url.startswith(f"/bm/{n:02d}")]) for n, a in enumerate(names))


def _elsewhere(name: str) -> list[Town]:
    """A city's column that leads to the columns of its agencies, each on its own site."""
    names = [agency() for _ in range(3)]
    homes = []
    for n, a in enumerate(names):
        found = [Entry(title(a, y), f"/gk/nb/{y}.html", f"{y + 1}-01-20", report(a, y), y) for y in (2023, 2022)]
        homes.append(Town(f"{name}-{n}", a, "", {**served(found), "/gk/nb/": frame(ul(plain)(found))}))

    def page(asked: Asked) -> str:
        port = asked.headers["host"].partition(":")[2]
        return frame(
            "<ul>"
            + "".join(f"<li><a href='http://{h.host}:{port}/gk/nb/'>{h.agency}</a></li>" for h in homes)
            + "</ul>"
        )

    return [Town(name, "", "/nb/", {"/nb/": page}, (), frozenset((a, y) for a in names for y in (2023, 2022))), *homes]


def _same_address(name: str) -> Town:
    """A list whose keeper gave two years one address."""
    whose = agency()
    found = listed(whose, "/gk/nb/{key}.html", near=0)
    rows = "".join(f"<li><a href='{'/gk/nb/2021.html' if e.year == 2022 else e.url}'>{e.title}</a></li>" for e in found)
    return Town(name, whose, "/gk/nb/", {**served(found), "/gk/nb/": frame(f"<ul>{rows}</ul>")}, (2023, 2021))


def _twice(name: str) -> Town:
    """A report that was put right and is listed again."""
    whose = agency()
    found = listed(whose, "/gk/nb/{key}.html", near=0)
    again = Entry(f"{title(whose, 2023)}（更正）", "/gk/nb/2023gz.html", "2024-03-01", report(whose, 2023), 2023)
    return Town(
        name, whose, "/gk/nb/", {**served([*found, again]), "/gk/nb/": frame(ul(plain)([again, *found]))}, YEARS
    )


def _news(whose: str, named: str) -> str:
    return other(
        named,
        f"<p>近日，{whose}发布年度报告。报告显示，全年主动公开政府信息120条，收到政府信息公开申请3件，无行政复议。下一步将加强总体情况分析，解决存在的问题。</p>",
    )


def _body(whose: str, named: str) -> str:
    """What an enterprise writes after the form of reports."""
    return f"<html><head><title>{named}</title></head><body><h1>{named}</h1><div>{text('本公司', 2023)}</div></body></html>"


def _gone(whose: str, named: str) -> str:
    return other("提示信息", "<p>您访问的内容不存在或已被删除</p>")


def _four() -> list[str]:
    return [agency() for _ in range(4)]


def _grouping(
    name: str, row: Callable[[str, list[Entry]], str], around: str, listed_as: Callable[[str, int], str] = title
) -> Town:
    """A column of four agencies, `row` of each inside `around`."""
    names = _four()
    return _portal(name, names, lambda found: around.format(_grouped(found, names, row)), listed_as)


def towns() -> list[Town]:
    towns_of = ["栖云县河口镇人民政府", "栖云县白石乡人民政府", "望槐区东关街道办事处", "澄原区城南街道办事处"]
    governments = ["澄原区人民政府", "望槐区人民政府", "栖云县人民政府", "梓川县人民政府"]
    return [
        _among(
            "x-format",
            {
                "国务院办公厅政府信息与政务公开办公室关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知": _form,
                "{a}2023年政府信息公开工作年度报告（模板）": _form,
                "{a}2023年政府信息公开工作年度报告（征求意见稿）": _form,
                "转发关于2023年政府信息公开工作年度报告填报说明的函": _form,
            },
        ),
        _among(
            "x-news",
            {
                "{a}发布2023年政府信息公开工作年度报告": _news,
                "{a}召开2023年度政府信息公开年报编制培训会": _news,
                "{a}：2023年政府信息公开工作年度报告质量获评优秀": _news,
                "市政府办通报2023年度政府信息公开年报第三方评估情况": _news,
            },
        ),
        _among(
            "x-public",
            {
                "凌州市公共交通集团有限公司2023年度信息公开工作报告": _body,
                "凌州市第二人民医院2023年信息公开年度报告": _body,
                "凌州市实验小学2023年信息公开工作年度报告": _body,
                "凌州市燃气有限公司2023年公共企事业单位信息公开年报": _body,
            },
        ),
        _among(
            "x-onlyformat",
            {"关于印发政府信息公开工作年度报告格式的通知": _form, "2023年政府信息公开工作年度报告模板": _form},
            only=True,
        ),
        _among(
            "x-onlynews",
            {"{a}发布2023年政府信息公开工作年度报告": _news, "{a}2023年政府信息公开年报发布啦": _news},
            only=True,
        ),
        _among("x-gone", {"{a}年报公示": _gone, "{a}政府信息公开工作年度报告查询": _gone}, state="cut_short"),
        _same_address("x-sameaddress"),
        _twice("x-twice"),
        _portal("x-townships", towns_of, ul(plain)),
        _portal("x-counties", [*governments, "凌州市人民政府"], ul(plain)),
        _portal("x-short", _four(), ul(plain), lambda a, y: f"{a[3:]}{y}年政府信息公开工作年度报告"),
        _grouping(
            "x-agencyyears",
            lambda a, own: f"<dt>{a}</dt><dd>" + " ".join(f"<a href='{e.url}'>{e.year}年</a>" for e in own) + "</dd>",
            "<dl>{}</dl>",
        ),
        _grouping(
            "x-celllinks",
            lambda a, own: (
                f"<tr><td>{a}</td><td>" + " ".join(f"<a href='{e.url}'>{e.year}</a>" for e in own) + "</td></tr>"
            ),
            "<table>{}</table>",
        ),
        _grouping(
            "x-headed",
            lambda a, own: (
                f"<h3>{a}</h3><ul>"
                + "".join(
                    f"<li><a href='{e.url}'>{e.year}年政府信息公开工作年度报告</a><span>{e.date}</span></li>"
                    for e in own
                )
                + "</ul>"
            ),
            "{}",
        ),
        _portal("x-suffix", _four(), ul(plain), lambda a, y: f"{y}年政府信息公开工作年度报告（{a}）"),
        _portal("x-dash", _four(), ul(plain), lambda a, y: f"{a}-{y}年度报告"),
        _grouping(
            "x-column",
            lambda a, own: "".join(
                f"<tr><td>{a}</td><td><a href='{e.url}'>{e.year}年政府信息公开工作年度报告</a></td><td>{e.date}</td></tr>"
                for e in own
            ),
            "<table><tr><th>单位</th><th>标题</th><th>日期</th></tr>{}</table>",
        ),
        *_elsewhere("x-elsewhere"),
        site(
            "x-beside",
            lambda found: frame(
                ul(plain)(found)
                + "<div class='side'><h3>热点信息</h3><ul><li><a href='/news/1.html'>一图读懂政府信息公开条例</a></li><li><a href='/news/2.html'>2023年政府工作报告</a></li></ul></div>"
            ),
        ),
    ]
