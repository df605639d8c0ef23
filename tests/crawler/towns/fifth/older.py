# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns that were built long ago and mended since, and articles that lead on to what they are about."""

from __future__ import annotations

import json
from urllib.parse import quote

from towns.fifth.papers import article, paper
from towns.fifth.parts import dumped, plain, site, ul
from towns.lists import pdf
from towns.web import Reply, Town, docx, frame, text, title

OFFICE = "https://view.officeapps.live.com/op/view.aspx?src="


def _gbk(page: str, kind: str) -> Reply:
    return Reply(page.encode("gb18030"), kind=kind)


def towns() -> list[Town]:
    return [
        site(
            "o-marquee",
            lambda found: frame(
                "<marquee direction='up'>"
                + "".join(f"<a href='{e.url}'>{e.title}</a><br>" for e in found)
                + "</marquee>"
            ),
        ),
        site(
            "o-breaks",
            lambda found: frame(
                "<td class='main'>"
                + "".join(
                    f"<img src='/i/dot.gif'>&nbsp;<a href={e.url} class=a1>{e.title}</a>&nbsp;&nbsp;<font color=#999999>({e.date})</font><br>\n"
                    for e in found
                )
                + "</td>"
            ),
        ),
        site(
            "o-voidopen",
            ul(lambda e: f"<li><a href=\"javascript:void window.open('{e.url}','_blank')\">{e.title}</a></li>"),
        ),
        site("o-openwin", ul(lambda e: f"<li><a href='javascript:openwin(\"{e.url}\",800,600)'>{e.title}</a></li>")),
        site("o-block", ul(lambda e: f"<li><a href=\"javascript:{{location.href='{e.url}';}}\">{e.title}</a></li>")),
        site(
            "o-mousedown",
            ul(
                lambda e: (
                    f"<li><a href='{e.url}' onmousedown=\"_czc.push(['nb'])\" onclick=\"return true;\">{e.title}</a></li>"
                )
            ),
        ),
        site(
            "o-latin",
            lambda found: _gbk(
                frame(ul(plain)(found)).replace("<meta charset='utf-8'>", ""), "text/html; charset=ISO-8859-1"
            ),
        ),
        site(
            "o-lateset",
            lambda found: Reply(
                (
                    "<html><head><!--"
                    + "占位" * 900
                    + "--><meta http-equiv='Content-Type' content='text/html; charset=gb2312'></head><body>"
                    + ul(plain)(found)
                    + "</body></html>"
                ).encode("gb18030"),
                kind="text/html",
            ),
        ),
        site(
            "o-xhtml",
            lambda found: Reply(
                (
                    "<?xml version='1.0' encoding='gb2312'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Transitional//EN' 'http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd'><html xmlns='http://www.w3.org/1999/xhtml'><head><title>年报</title></head><body>"
                    + ul(plain)(found)
                    + "</body></html>"
                ).encode("gb18030"),
                kind="application/xhtml+xml",
            ),
        ),
        site("o-deep", ul(lambda e: f"<li><a href='../../../..{e.url}#top'>{e.title}</a></li>")),
        site(
            "o-chinesepath", ul(lambda e: f"<li><a href='{e.url}'>{e.title}</a></li>"), link="/信息公开/年报/{key}.html"
        ),
        site(
            "o-spacepath",
            ul(lambda e: f"<li><a href='{e.url.replace('nb', 'nb ')}'>{e.title}</a></li>"),
            link="/xxgk/gknb/{key}.html",
            more=lambda found: {e.url.replace("nb", "nb "): e.page for e in found},
        ),
        site(
            "o-amp",
            ul(lambda e: f"<li><a href='{e.url.replace('&', '&amp;')}'>{e.title}</a></li>"),
            link="/show.asp?type=nb&id={key}",
        ),
        site(
            "o-scheme",
            lambda found: (
                lambda asked: frame(
                    ul(lambda e: f"<li><a href='HTTP://{asked.headers['host']}{e.url}'>{e.title}</a></li>")(found)
                )
            ),
        ),
        site(
            "o-rss",
            lambda found: Reply(
                "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>政府信息公开年报</title>"
                + "".join(
                    f"<item><title><![CDATA[{e.title}]]></title><link>{e.url}</link><pubDate>{e.date}</pubDate></item>"
                    for e in found
                )
                + "</channel></rss>",
                kind="text/xml; charset=utf-8",
            ),
            listing="/rss/gknb.xml",
        ),
        site(
            "o-json",
            lambda found: dumped({"data": [{"title": e.title, "url": e.url, "date": e.date} for e in found]}),
            listing="/api/gknb.json",
        ),
        site(
            "o-onelink",
            lambda found: frame(
                "".join(
                    f"<div class='item'><p><b>{e.title}</b></p><p>发布日期：{e.date}</p><p><a href='{e.url}'>阅读全文&gt;&gt;</a></p></div>"
                    for e in found
                )
            ),
        ),
        site(
            "o-definition",
            lambda found: frame(
                "<dl>"
                + "".join(f"<dt>{e.title}</dt><dd>{e.date} <a href='{e.url}'>[查看]</a></dd>" for e in found)
                + "</dl>"
            ),
        ),
        site(
            "o-headed",
            lambda found: frame(
                "".join(
                    f"<h4 class='t'>{e.title}</h4><div class='m'><span>{e.date}</span><a href='{e.url}' class='btn'>查看详情</a></div>"
                    for e in found
                )
            ),
        ),
        site(
            "o-tworows",
            lambda found: frame(
                "<table>"
                + "".join(
                    f"<tr><td>{e.title}</td></tr><tr><td align='right'>{e.date} <a href='{e.url}'>详细内容</a></td></tr>"
                    for e in found
                )
                + "</table>"
            ),
        ),
        paper(
            "o-office",
            article(
                lambda a, y: (
                    f"<iframe src='{OFFICE}HOST%2Ff%2F{y}.docx'></iframe><p><a href='/f/{y}.docx'>附件</a></p>"
                ),
                lambda a, y: {f"/f/{y}.docx": docx(a, y)},
            ),
        ),
        paper(
            "o-fileurl",
            article(
                lambda a, y: f"<iframe src='/viewer/index.html?fileUrl={quote(f'/f/{y}.pdf', safe='')}'></iframe>",
                lambda a, y: {
                    f"/f/{y}.pdf": pdf(a, y),
                    "/viewer/index.html": "<html><body><canvas></canvas></body></html>",
                },
            ),
        ),
        paper(
            "o-twoargs",
            article(
                lambda a, y: (
                    f"<p>附件：<a href='#' onclick=\"downloadFile('{title(a, y)}.docx','/f/{y}_ab12.docx')\">{title(a, y)}.docx</a></p>"
                ),
                lambda a, y: {f"/f/{y}_ab12.docx": docx(a, y)},
            ),
        ),
        paper(
            "o-attachid",
            article(
                lambda a, y: (
                    f"<p><a href=\"javascript:downloadAttach('{y}8a8a')\">{title(a, y)}.docx</a></p><script>function downloadAttach(id){{ window.open('/attach/download?id=' + id); }}</script>"
                ),
                lambda a, y: {f"/attach/download?id={y}8a8a": docx(a, y)},
            ),
        ),
        paper(
            "o-attachlist",
            article(
                lambda a, y: (
                    f"<div id='fj'></div><script>var attachs={json.dumps([{'fileName': title(a, y) + '.pdf', 'filePath': f'/f/{y}.pdf'}], ensure_ascii=False)}; showAttach(attachs);</script>"
                ),
                lambda a, y: {f"/f/{y}.pdf": pdf(a, y)},
            ),
        ),
        paper(
            "o-nohead",
            lambda a, y, link: (
                f"<html><head><title>凌州市人民政府门户网站</title></head><body><div class='arc-title'>{title(a, y)}</div><div class='arc-con'>{text(a, y)}</div></body></html>",
                {},
            ),
        ),
        paper(
            "o-datajson",
            article(
                lambda a, y: (
                    f"<div id='content' data-url='/content/{y}.json'></div><script>$('#content').each(function(){{ var t = $(this); $.getJSON(t.data('url'), function(d){{ t.html(d.content); }}); }});</script>"
                ),
                lambda a, y: {f"/content/{y}.json": dumped({"title": title(a, y), "content": text(a, y)})},
            ),
        ),
        paper(
            "o-original",
            article(
                lambda a, y: f"<p>请<a href='/full/{y}.html'>点击此处查看全文</a></p>",
                lambda a, y: {
                    f"/full/{y}.html": f"<html><head><title>{title(a, y)}</title></head><body>{text(a, y)}</body></html>"
                },
            ),
        ),
        paper(
            "o-frameset",
            lambda a, y, link: (
                f"<html><head><title>{title(a, y)}</title></head><frameset rows='80,*'><frame src='/top.html'><frame src='/nr/{y}.html'></frameset></html>",
                {
                    "/top.html": "<html><body>凌州市</body></html>",
                    f"/nr/{y}.html": f"<html><body><h1>{title(a, y)}</h1>{text(a, y)}</body></html>",
                },
            ),
        ),
        paper(
            "o-longfile",
            lambda a, y, link: (pdf(a, y), {}),
            link="/upload/files/年度报告/{key}年政府信息公开 工作年度报告.pdf",
        ),
    ]
