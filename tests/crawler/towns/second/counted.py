# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns of the second web of the smaller families: lists that count down, tabs by year, numbers in addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator

from towns.second.served import GUIDE, YEARS, articles, listed, number
from towns.web import Asked, Page, Reply, Town, frame, other, report, text, title


def counted() -> Iterator[Town]:
    """VSB, 龙讯, eportal and others."""
    agency, link = "凌州市水文局", "/info/1785/{year}.htm"
    rows = listed(agency, link)
    pages: dict[str, Page] = {}
    for place, at in enumerate(("/gk/nb.htm", "/gk/nb/2.htm", "/gk/nb/1.htm")):
        lines = "".join(
            f"<li id='line_u8_{n}'><a href='{u}' title='{t}'>{t}</a><span>{d}</span></li>"
            for n, (t, u, d) in enumerate(rows[place * 3 : place * 3 + 3])
        )
        onward = ("<a href='nb/2.htm'>下页</a><a href='nb/1.htm'>尾页</a>", "<a href='1.htm'>下页</a>", "")[place]
        pages[at] = frame(f"<ul>{lines}</ul><div class='pb'><span class='p_t'>共{len(rows)}条</span>{onward}</div>")
    yield Town("vsbdown", agency, "/gk/nb.htm", pages | articles(agency, link), YEARS)
    agency = "凌州市铁路建设办公室"
    tabs = "".join(f"<a href='/public/column/6598?type=3&timeFrame={y}&hasContent=true'>{y}年</a>" for y in YEARS[:3])
    shown: dict[str, Page] = {
        f"/public/column/6598?type=3&timeFrame={y}&hasContent=true": frame(
            f"<h1>{title(agency, y)}</h1>{tabs}<div>{text(agency, y)}</div>"
        )
        for y in YEARS[:3]
    }
    front = frame(f"<h1>{title(agency, 2024)}</h1>{tabs}<div class='nr'>{text(agency, 2024)}</div>")
    yield Town(
        "longxuntabs", agency, "/public/column/6598?type=3&nav=3", {"/public/column/6598": front, **shown}, YEARS[:3]
    )
    agency = "凌州市林场"
    options = "".join(f"<li><a href='/XxgkAnnualReport/show/43{y}.html'>{y}年</a></li>" for y in YEARS[:3])
    shown = {
        f"/XxgkAnnualReport/show/43{y}.html": frame(
            f"<ul class='y'>{options}</ul><h1>{title(agency, y)}</h1><div>{text(agency, y)}</div>"
        )
        for y in YEARS[:3]
    }
    yield Town("anhuishow", agency, "/XxgkAnnualReport/show/432024.html", shown, YEARS[:3])
    agency = "凌州市公路管理局"
    link = "/eportal/ui?pageId=19620&articleKey={year}&columnId=7"
    rows2 = listed(agency, link)

    def portal(asked: Asked) -> str:
        at = number(asked, "currentPage") - 1
        lines = "".join(
            f"<li><a href='{u.replace('&', '&amp;')}'>{t}</a><span>{d}</span></li>"
            for t, u, d in rows2[at * 3 : at * 3 + 3]
        )
        onward = f'<a href="javascript:void(0);" onclick="queryArticleByCondition(this,\'/eportal/ui?pageId=19620&currentPage={at + 2}&moduleId=a1b2c3d4e5f6&staticRequest=yes\')">下一页</a>'
        return frame(f"<ul>{lines}</ul><div class='page'>共{-(-len(rows2) // 3)}页 {onward}</div>")

    pages = {"/eportal/ui": lambda asked: article2(asked) if "articleKey" in asked.query else portal(asked)}

    def article2(asked: Asked) -> str:
        key = asked.query["articleKey"]
        return report("凌州市公路管理局", int(key)) if key != "zn" else other(GUIDE)

    yield Town("eportal", agency, "/eportal/ui?pageId=19620", pages, YEARS)
    agency, link = "凌州市房屋征收办公室", "/nb/r{year}.html"
    rows3 = listed(agency, link)

    def affairs(asked: Asked) -> Reply:
        at = int(json.loads(asked.body)["pageNo"]) - 1
        found = [
            {"id": n, "title": t, "url": u, "display_date": d} for n, (t, u, d) in enumerate(rows3[at * 3 : at * 3 + 3])
        ]
        return Reply(
            json.dumps(
                {"code": 0, "data": {"list": found, "pageNo": at + 1, "totalPage": 3, "totalCount": len(rows3)}}
            ),
            kind="application/json",
        )

    script = '<script>axios.post(\'/front/api/data/affair\',{"channelList":["3"],"pageSize":3,"orderFields":["display_date"],"orderTypes":["desc"],"pageNo":1})</script>'
    yield Town(
        "putuo",
        agency,
        "/nb/index.html",
        {"/nb/index.html": frame(script), "POST /front/api/data/affair": affairs, **articles(agency, link)},
        YEARS,
    )


def towns() -> list[Town]:
    return list(counted())
