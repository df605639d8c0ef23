# pages are written as sites write them, in long lines
"""Towns of the second web whose columns hold many agencies, other columns' items, links elsewhere, or attachments."""

from __future__ import annotations

from collections.abc import Iterator

from towns.web import Page, Town, cut, docx, frame, items, report, title

YEARS = (2024, 2023, 2022)


def crowds() -> Iterator[Town]:
    """Columns of many agencies, and columns with other columns' items in them."""
    three = ("凌州市妇女联合会", "凌州市科学技术协会", "凌州市文学艺术界联合会")
    rows = "".join(f"<li><a href='/bm/{n}/nb/202401/t20240115_{n}.html'>{a}</a></li>" for n, a in enumerate(three))
    offices = frame(f"<h2>2023年政府信息公开年报汇总</h2><ul class='dw'>{rows}</ul>")
    yield Town(
        "summary",
        "",
        "/zwgk/nbhz/",
        {
            "/zwgk/nbhz/": offices,
            **{f"/bm/{n}/nb/202401/t20240115_{n}.html": report(a, 2023) for n, a in enumerate(three)},
        },
        found=frozenset((a, 2023) for a in three),
    )
    three = ("凌州市工商业联合会", "凌州市贸易促进会", "凌州市社会科学界联合会")
    rows = "".join(f"<li><a href='/bm/{n}/nb/'>{a.replace('凌州市', '市')}</a></li>" for n, a in enumerate(three))
    lists: dict[str, Page] = {
        f"/bm/{n}/nb/": frame(f"<ul>{items(a, {2023: 'r2023.html', 2022: 'r2022.html'})}</ul>")
        for n, a in enumerate(three)
    }
    yield Town(
        "offices",
        "",
        "/zwgk/nb/",
        {
            "/zwgk/nb/": frame(f"<h2>部门年报</h2><ul class='dw'>{rows}</ul>"),
            **lists,
            **{f"/bm/{n}/nb/r{y}.html": report(a, y) for n, a in enumerate(three) for y in (2023, 2022)},
        },
        found=frozenset((a, y) for a in three for y in (2023, 2022)),
    )
    agency, leak = "凌州市博物馆管理局", "凌州市图书馆管理局"
    mixed = items(agency, {y: f"./{y + 1}01/t{y + 1}0115_{y}.html" for y in YEARS[:3]}) + items(
        leak, {2023: "/zwgk/tsg/nb/202401/t20240116_99.html"}
    )
    yield Town(
        "leaking",
        agency,
        "/zwgk/bwg/nb/",
        {
            "/zwgk/bwg/nb/": frame(f"<ul>{mixed}</ul>"),
            **{f"/zwgk/bwg/nb/{y + 1}01/t{y + 1}0115_{y}.html": report(agency, y) for y in YEARS[:3]},
            "/zwgk/tsg/nb/202401/t20240116_99.html": report(leak, 2023),
        },
        YEARS[:3],
    )
    agency = "凌州市仲裁委员会"
    rows = items(agency, {2023: "r2023.html", 2022: "http://www.elsewhere.test/r.html"})
    yield Town(
        "external", agency, "/nb/", {"/nb/": frame(f"<ul>{rows}</ul>"), "/nb/r2023.html": report(agency, 2023)}, (2023,)
    )
    agency = "凌州市史志研究室"
    pages: dict[str, Page] = {"/nb/": frame(f"<ul>{items(agency, {y: f'r{y}.html' for y in (2023, 2022)})}</ul>")}
    for y in (2023, 2022):
        pages[f"/nb/r{y}.html"] = frame(
            f"<h1>{cut(title(agency, y), 99)}</h1><p>请查看附件。</p><a href='/f/{y}.docx'>附件1</a>"
            "<a href='/f/sqb.docx'>政府信息公开申请表.docx</a>"
        )
        pages[f"/f/{y}.docx"] = docx(agency, y)
    yield Town("attached", agency, "/nb/", pages, (2023, 2022))


def fronts() -> Iterator[Town]:
    """Sites of which only the front page is known."""
    agency = "凌州市会展业促进局"
    front = frame("<ul><li><a href='/zfxxgk/'>政府信息公开</a></li><li><a href='/gkzn/'>政府信息公开指南</a></li></ul>")
    gate = frame(
        "<ul><li><a href='/zfxxgk/zn/'>指南</a></li><li><a href='/zfxxgk/fdzdgknr/'>法定主动公开内容</a></li>"
        "<li><a href='/zfxxgk/nb/'>政府信息公开年报</a></li></ul>"
    )
    pages: dict[str, Page] = {f"/zfxxgk/nb/{y}.html": report(agency, y) for y in YEARS}
    pages |= {
        "/": front,
        "/zfxxgk/": gate,
        "/zfxxgk/nb/": frame(f"<ul>{items(agency, {y: f'{y}.html' for y in YEARS})}</ul>"),
    }
    yield Town("front", agency, "/", pages, YEARS)
    agency = "凌州市行政学院"
    gateway = frame(
        "<ul class='tree'><li><a href='../jgzn/'>机构职能</a></li><li><a href='../nb/'>政府信息公开年报</a></li></ul>"
    )
    pages = {f"/xxgk/nb/{y}.html": report(agency, y) for y in YEARS}
    pages |= {"/xxgk/fdgk/": gateway, "/xxgk/nb/": frame(f"<ul>{items(agency, {y: f'{y}.html' for y in YEARS})}</ul>")}
    yield Town("gateway", agency, "/xxgk/fdgk/", pages, YEARS)
    nothing = frame("<ul><li><a href='/zfxxgk/'>政府信息公开</a></li></ul>")
    yield Town("nofront", "凌州市口腔医院", "/", {"/": nothing, "/zfxxgk/": frame("<p>建设中</p>")}, state="broken")


def towns() -> list[Town]:
    return [*crowds(), *fronts()]
