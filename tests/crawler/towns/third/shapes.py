# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Third web: columns of years and of agencies, sites known by their front page, and articles that are no plain page."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator

from towns.lists import YEARS, agency, entries, gbk, pdf, rows, served
from towns.web import Asked, Page, Reply, Town, docx, frame, other, report, text, title

LAST = (2024, 2023)
DOT = base64.b64decode("R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")
SCAN = DOT + bytes(40_000)  # as heavy as the picture of a page
DOT_REPLY, SCAN_REPLY = Reply(DOT, kind="image/gif"), Reply(SCAN, kind="image/gif")
# What Office makes of a document with a password.
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


def columns() -> Iterator[Town]:
    """Years that lead to agencies, agencies that lead to years."""
    three = [agency() for _ in range(3)]
    found = frozenset((a, y) for a in three for y in LAST)
    articles: dict[str, Page] = {f"/nb/{n}/{y}.html": report(a, y) for n, a in enumerate(three) for y in LAST}
    pages: dict[str, Page] = {
        "/nb/": frame("<div class='nf'>" + "".join(f"<a href='/nb/{y}n/'>{y}年</a>" for y in LAST) + "</div>")
    }
    pages |= {
        f"/nb/{y}n/": frame(
            "<ul>" + "".join(f"<li><a href='/nb/{n}/{y}.html'>{a}</a></li>" for n, a in enumerate(three)) + "</ul>"
        )
        for y in LAST
    }
    yield Town("c-yearoffice", "", "/nb/", pages | articles, found=found)
    three2 = [agency() for _ in range(3)]
    pages = {
        "/nb/": frame(
            "<ul class='bm'>"
            + "".join(f"<li><a href='/bm/{n}/nb/index.html'>{a}</a></li>" for n, a in enumerate(three2))
            + "</ul>"
        )
    }
    pages |= {
        f"/bm/{n}/nb/index.html": frame(
            "<ul>" + "".join(f"<li><a href='{y}.html'>{y}年</a></li>" for y in LAST) + "</ul>"
        )
        for n in range(3)
    }
    pages |= {f"/bm/{n}/nb/{y}.html": report(a, y) for n, a in enumerate(three2) for y in LAST}
    yield Town("c-officeyear", "", "/nb/", pages, found=frozenset((a, y) for a in three2 for y in LAST))
    three3 = [agency() for _ in range(3)]
    shown = "".join(
        f"<h3>{a}</h3><ul>" + "".join(f"<li><a href='/nb/{n}/{y}.html'>{y}年度报告</a></li>" for y in LAST) + "</ul>"
        for n, a in enumerate(three3)
    )
    pages = {"/nb/": frame(shown), **{f"/nb/{n}/{y}.html": report(a, y) for n, a in enumerate(three3) for y in LAST}}
    yield Town("c-headings", "", "/nb/", pages, found=frozenset((a, y) for a in three3 for y in LAST))
    three4 = [agency() for _ in range(3)]
    head = "<tr><th>单位</th>" + "".join(f"<th>{y}年</th>" for y in LAST) + "</tr>"
    body = "".join(
        f"<tr><td>{a}</td>" + "".join(f"<td><a href='/nb/{n}/{y}.html'>查看</a></td>" for y in LAST) + "</tr>"
        for n, a in enumerate(three4)
    )
    pages = {
        "/nb/": frame(f"<h2>政府信息公开工作年度报告</h2><table>{head}{body}</table>"),
        **{f"/nb/{n}/{y}.html": report(a, y) for n, a in enumerate(three4) for y in LAST},
    }
    yield Town("c-matrix", "", "/nb/", pages, found=frozenset((a, y) for a in three4 for y in LAST))
    three5 = [agency() for _ in range(3)]
    mixed = [entry for n, a in enumerate(three5) for entry in entries(a, f"/nb/{n}_{{key}}.html", LAST, 1)]
    pages = {
        "/nb/": frame(f"<ul>{rows(mixed[:5])}</ul><script>createPageHTML(2, 0, 'index', 'html');</script>"),
        "/nb/index_1.html": frame(f"<ul>{rows(mixed[5:])}</ul>"),
        **served(mixed),
    }
    yield Town("c-portal", "", "/nb/", pages, found=frozenset((a, y) for a in three5 for y in LAST))
    whose = agency()
    years = {f"/nb/{y}/": frame(f"<ul>{rows(entries(whose, f'/nb/{y}/{{key}}.html', (y,), 1))}</ul>") for y in YEARS}
    pages = {
        "/nb/": frame(
            "<ul class='tab'>" + "".join(f"<li onclick=\"location.href='/nb/{y}/'\">{y}</li>" for y in YEARS) + "</ul>"
        ),
        **years,
    }
    for y in YEARS:
        pages |= {f"/nb/{y}/{y}.html": report(whose, y), f"/nb/{y}/x0.html": other("通知")}
    yield Town("c-tabs", whose, "/nb/", pages, YEARS)
    whose2 = agency()
    pages = {f"/nb/nb_{y}n/": report(whose2, y) for y in YEARS}
    pages["/nb/"] = frame("<ul>" + "".join(f"<li><a href='nb_{y}n/'>{y}年</a></li>" for y in YEARS) + "</ul>")
    yield Town("c-shown", whose2, "/nb/", pages, YEARS)
    whose3 = agency()
    yield Town("c-pdf", whose3, "/nb/2023.pdf", {"/nb/2023.pdf": pdf(whose3, 2023)}, (2023,))


def fronts() -> Iterator[Town]:
    """Sites of which only the front page is registered."""

    def town(
        name: str, way: list[tuple[str, str, str]], *, dress: Callable[[str], Page] = str, listing: str = "/"
    ) -> Town:
        """`way` is a page's path, where it leads and the markup of the link; the last leads to the column."""
        whose = agency()
        found = entries(whose, "/gk/{key}.html")
        pages: dict[str, Page] = {at: dress(frame(markup.format(to=to))) for at, to, markup in way}
        pages[way[-1][1]] = dress(frame(f"<ul>{rows(found)}</ul>"))
        return Town(name, whose, listing, {**pages, **served(found)}, YEARS)

    link = "<ul><li><a href='/news/'>工作动态</a></li><li><a href='{to}'>%s</a></li></ul>"
    yield town("f-direct", [("/", "/gk/nb/", link % "政府信息公开工作年度报告")])
    yield town(
        "f-steps",
        [
            ("/", "/zwgk/", link % "政务公开"),
            ("/zwgk/", "/zwgk/xxgk/", link % "政府信息公开"),
            ("/zwgk/xxgk/", "/gk/nb/", link % "年度报告"),
        ],
    )
    yield town(
        "f-image",
        [
            ("/", "/zfxxgk/", "<a href='{to}'><img src='/gk.png' alt='政府信息公开'></a>"),
            ("/zfxxgk/", "/gk/nb/", "<a href='{to}' title='政府信息公开年报'><img src='/nb.png'></a>"),
        ],
    )
    yield town(
        "f-area",
        [
            ("/", "/zfxxgk/", "<map name='m'><area shape='rect' coords='0,0,9,9' href='{to}' alt='信息公开'></map>"),
            ("/zfxxgk/", "/gk/nb/", link % "信息公开年报"),
        ],
    )
    yield town(
        "f-script",
        [
            ("/", "/zfxxgk/", "<li onclick=\"window.open('{to}')\">政府信息公开</li>"),
            (
                "/zfxxgk/",
                "/gk/nb/",
                "<a href='javascript:void(0)' onclick=\"location.href='{to}'\">政府信息公开年度报告</a>",
            ),
        ],
    )
    yield town("f-gbk", [("/", "/xxgk/", link % "信息公开"), ("/xxgk/", "/gk/nb/", link % "公开年报")], dress=gbk())
    yield _entry()
    yield town(
        "f-catalogue",
        [
            (
                "/xxgk/gkml/",
                "/gk/nb/",
                "<ul class='t'><li><a href='/xxgk/zn/'>指南</a></li><li><a href='/xxgk/gkml/'>法定主动公开内容</a></li><li><a href='{to}'>年报</a></li></ul>",
            )
        ],
        listing="/xxgk/gkml/",
    )


def _entry() -> Town:
    """A front page that only sends on, and a frameset of the Dreamweaver years."""
    whose = agency()
    found = entries(whose, "/gk/{key}.html")
    pages: dict[str, Page] = {
        "/": "<html><head><meta http-equiv=refresh content='0;url=index/main.htm'></head></html>",
        "/index/main.htm": "<HTML><FRAMESET ROWS='90,*'><FRAME SRC='top.htm'><FRAME SRC='body.htm' NAME=main></FRAMESET></HTML>",
        "/index/top.htm": "<A HREF='/gk/nb.htm' TARGET=main>政府信息公开年报</A>",
        "/index/body.htm": frame("<p>欢迎访问</p>"),
        "/gk/nb.htm": frame(f"<ul>{rows(found)}</ul>"),
        **served(found),
    }
    return Town("f-frames", whose, "/", pages, YEARS)


def articles() -> Iterator[Town]:
    """Reports that their page does not simply hold."""

    def town(
        name: str,
        page: Callable[[str, int], str],
        more: Callable[[str, int], dict[str, Page]] = lambda a, y: {},
        *,
        found: tuple[int, ...] = LAST,
        state: str = "ok",
    ) -> Town:
        whose = agency()
        listed = entries(whose, "/nb/{key}.html", LAST, 1)
        pages = {"/nb/": frame(f"<ul>{rows(listed)}</ul>"), **served(listed)}
        for y in LAST:
            pages |= {
                f"/nb/{y}.html": frame(f"<h1>{title(whose, y)}</h1>" + page(whose, y).format(y=y)),
                **more(whose, y),
            }
        return Town(name, whose, "/nb/", pages, found, state=state)

    def pdf_at(path: str) -> Callable[[str, int], dict[str, Page]]:
        return lambda a, y: {path.format(y=y): pdf(a, y)}

    yield town(
        "w-iframe",
        lambda a, y: "<iframe src='body{y}.html' width=100%></iframe>",
        lambda a, y: {f"/nb/body{y}.html": f"<html><body>{text(a, y)}</body></html>"},
    )
    yield town(
        "w-viewer",
        lambda a, y: "<iframe src='/pdfjs/web/viewer.html?file=/files/{y}.pdf'></iframe>",
        pdf_at("/files/{y}.pdf"),
    )
    yield town(
        "w-viewer2",
        lambda a, y: "<iframe src='/system/resource/pdfjs/viewer.html?file=%2F__local%2F{y}%2Fa.pdf'></iframe>",
        pdf_at("/__local/{y}/a.pdf"),
    )
    yield town(
        "w-vsb",
        lambda a, y: '<script>showVsbpdfIframe("/__local/{y}/b.pdf","100%","600","0","","")</script>',
        pdf_at("/__local/{y}/b.pdf"),
    )
    yield town("w-embed", lambda a, y: "<embed src='./{y}.pdf' type='application/pdf'>", pdf_at("/nb/{y}.pdf"))
    yield town(
        "w-object", lambda a, y: "<object data='./{y}.pdf' type='application/pdf'></object>", pdf_at("/nb/{y}.pdf")
    )
    yield town(
        "w-attach",
        lambda a, y: (
            "<p>详见附件。</p><p class='insertfileTag'><a appendix='true' href='./P0202401150{y}.docx'>附件</a></p>"
        ),
        lambda a, y: {f"/nb/P0202401150{y}.docx": docx(a, y)},
    )
    yield town(
        "w-download",
        lambda a, y: (
            "<div>附件【<a href='/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid={y}'>年报.docx</a>】已下载<span>3</span>次</div>"
        ),
        lambda a, y: {f"/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid={y}": docx(a, y)},
    )
    yield town(
        "w-hash",
        lambda a, y: f"<a href='/download/9f3e{y}' class='fj'>{title(a, y)}.pdf</a>",
        pdf_at("/download/9f3e{y}"),
    )
    yield town(
        "w-epoint",
        lambda a, y: (
            "<a href='/EWB-FRONT/WebbuilderMIS/attach/downloadZtbAttach.jspx?attachGuid=g{y}&appUrlFlag=x&siteGuid=7eb5'>附件：年报.docx</a>"
        ),
        lambda a, y: {
            f"/EWB-FRONT/WebbuilderMIS/attach/downloadZtbAttach.jspx?attachGuid=g{y}&appUrlFlag=x&siteGuid=7eb5": docx(
                a, y
            )
        },
    )
    yield town(
        "w-script",
        lambda a, y: (
            '<div id=\'fj\'></div><script>var attach=[{{"name":"年报.docx","url":"/uploads/{y}.docx"}}];</script>'
        ),
        lambda a, y: {f"/uploads/{y}.docx": docx(a, y)},
    )
    yield town(
        "w-winopen",
        lambda a, y: "<a href='javascript:void(0)' onclick=\"window.open('/uploads/{y}.pdf')\">点击下载年报</a>",
        pdf_at("/uploads/{y}.pdf"),
    )
    half: dict[int, list[str]] = {}

    def first_pages(a: str, y: int) -> str:
        half[y] = re.split(r"(?=<p>[三五]、)", text(a, y))
        return half[y][0].replace("{", "") + "<script>createPageHTML(3, 0, '{y}', 'html');</script>"

    yield town(
        "w-pages",
        first_pages,
        lambda a, y: {
            f"/nb/{y}_{n}.html": frame(
                f"<h1>{title(a, y)}</h1>{half[y][n]}<script>createPageHTML(3, {n}, '{y}', 'html');</script>"
            )
            for n in (1, 2)
        },
    )
    meta = "<table class='xxgk'><tr><td>索引号</td><td>LZ-{y}</td><td>分类</td><td>信息公开年报</td></tr><tr><td>发布机构</td><td>%s</td><td>公开日期</td><td>{y}-12-31</td></tr><tr><td>名称</td><td colspan=3>%s</td></tr></table>"
    yield town("w-meta", lambda a, y: meta % (a, title(a, y)) + text(a, y))
    yield town(
        "w-scans",
        lambda a, y: "".join(f"<p><img src='/scan/{y}_{n}.gif'></p>" for n in (1, 2)),
        lambda a, y: {f"/scan/{y}_{n}.gif": Reply(SCAN, kind="image/gif") for n in (1, 2)},
    )
    yield town(
        "w-stub",
        lambda a, y: f"<p><a href='/gk/{y}/report.html'>{title(a, y)}</a></p><p>上一篇：没有了</p>",
        lambda a, y: {f"/gk/{y}/report.html": report(a, y)},
    )
    yield town(
        "w-empty-neighbours",
        lambda a, y: (
            f"<p>上一篇：<a href='/nb/{y - 1}.html'>{title(a, y - 1)}</a></p><p>下一篇：<a href='/n/{y}.html'>{title(a, y)}</a></p>"
        ),
        lambda a, y: {f"/n/{y}.html": report(a, y)},
        found=(),
        state="cut_short",
    )
    yield town(
        "w-locked",
        lambda a, y: "<p>附件：<a href='/uploads/{y}.docx'>年报.docx</a></p>",
        lambda a, y: {f"/uploads/{y}.docx": Reply(LOCKED, kind="application/msword")},
    )
    yield town(
        "w-lost-scans",
        lambda a, y: "<p><img src='/scan/{y}.gif'></p>",
        lambda a, y: {f"/scan/{y}.gif": Reply(status=404)},
        found=(),
        state="cut_short",
    )
    yield town(
        "w-ornaments",
        lambda a, y: (
            "<p><img src='/line.gif'></p><a href='/zt/'><img src='/zt.gif'></a><div class='footer'><img src='/gov.gif'></div>"
        ),
        lambda a, y: {"/line.gif": DOT_REPLY, "/zt.gif": SCAN_REPLY, "/gov.gif": SCAN_REPLY},
        found=(),
        state="cut_short",
    )
    whose = agency()
    nested: dict[str, Page] = {
        "/nb/": frame(
            "<ul>" + "".join(f"<li><a href='/nb/{y}.html'>{title(whose, y)}</a></li>" for y in LAST) + "</ul>"
        )
    }

    def lied(asked: Asked) -> Reply:
        """GBK bytes behind a header that says UTF-8."""
        page = report(whose, int(asked.path[4:8])).replace(
            "<head>", "<head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'>"
        )
        return Reply(page.encode("gb18030"), kind="text/html; charset=UTF-8")

    yield Town("w-gbk", whose, "/nb/", nested | {f"/nb/{y}.html": lied for y in LAST}, LAST)


def towns() -> list[Town]:
    return [*columns(), *fronts(), *articles()]
