# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns whose reports are files, or lie in article pages that do not simply hold them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import quote

from towns.fifth.parts import NEAR, YEARS, agency, listed, plain, ul
from towns.lists import Entry, pdf, served
from towns.web import Asked, Page, Reply, Town, docx, frame, text, title

Made = Callable[[str, int, str], "tuple[Page, Mapping[str, Page]]"]


def paper(
    name: str,
    made: Made,
    *,
    link: str = "/xxgk/nb/{key}.html",
    listing: str = "/xxgk/nb/index.html",
    row: Callable[[Entry], str] = plain,
) -> Town:
    """A plain list; `made` says of an agency, a year and an address what the report's page is and what else it needs."""
    whose = agency()
    found = listed(whose, link, YEARS[:2])
    more: dict[str, Page] = {}
    for place, entry in enumerate(found):
        if entry.year:
            page, beside = made(whose, entry.year, entry.url)
            found[place] = replace(entry, page=page)
            more |= beside
    return Town(name, whose, listing, {**served(found), **more, listing: frame(ul(row)(found))}, YEARS[:2])


def _article(whose: str, year: int, inside: str, head: str = "") -> str:
    named = title(whose, year)
    return f"<html><head><title>{named}</title><meta name='ArticleTitle' content='{named}'><meta name='PubDate' content='{year + 1}-01-18 10:00'>{head}</head><body><h1>{named}</h1><div class='article'>{inside}</div></body></html>"


def _escaped(words: str) -> str:
    return words.replace("<", "&lt;").replace(">", "&gt;")


def article(
    inside: Callable[[str, int], str], beside: Callable[[str, int], Mapping[str, Page]] = lambda a, y: {}
) -> Made:
    return lambda a, y, link: (_article(a, y, inside(a, y)), beside(a, y))


def _download(whose: str, year: int, link: str) -> tuple[Page, Mapping[str, Page]]:
    file = docx(whose, year)
    named = f"{title(whose, year)}.docx"
    return replace(
        file,
        kind="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(named)}"},
    ), {}


def _gbk_download(whose: str, year: int, link: str) -> tuple[Page, Mapping[str, Page]]:
    file = pdf(whose, year)
    named = f"{title(whose, year)}.pdf".encode("gb18030").decode("latin-1")
    return replace(
        file, kind="application/x-download", headers={"Content-Disposition": f'attachment; filename="{named}"'}
    ), {}


def _halves(whose: str, year: int, link: str) -> tuple[Page, Mapping[str, Page]]:
    first, mark, second = text(whose, year).partition("<p>四、")
    pager = f"<div class='page'><span>1</span> <a href='{year}_1.html'>2</a> <a href='{year}_1.html'>下一页</a></div>"
    return _article(whose, year, first + pager), {
        f"/xxgk/nb/{year}_1.html": _article(whose, year, mark + second + f"<a href='{year}.html'>上一页</a>")
    }


def _refresh(whose: str, year: int, link: str) -> tuple[Page, Mapping[str, Page]]:
    return f"<html><head><meta http-equiv='refresh' content='0;url=/files/{year}.pdf'></head><body></body></html>", {
        f"/files/{year}.pdf": pdf(whose, year)
    }


def _jump(whose: str, year: int, link: str) -> tuple[Page, Mapping[str, Page]]:
    return (
        f"<html><head><title>{title(whose, year)}</title></head><body><script>window.location.href='/content/{year}_full.html';</script></body></html>",
        {f"/content/{year}_full.html": _article(whose, year, text(whose, year))},
    )


def _redirected(whose: str, year: int, link: str) -> tuple[Page, Mapping[str, Page]]:
    return Reply("", 302, headers={"Location": f"/files/nb{year}.docx"}), {f"/files/nb{year}.docx": docx(whose, year)}


def _many(whose: str, year: int) -> str:
    return f"<p>附件：</p><p><a href='/f/{year}/1.docx'>1.{title(whose, year)}.docx</a></p><p><a href='/f/{year}/2.xlsx'>2.{whose}{year}年政府信息公开情况统计表.xlsx</a></p><p><a href='/f/{year}/3.pdf'>3.解读材料.pdf</a></p>"


def _loaded(whose: str, year: int) -> str:
    return f"<div id='content'></div><script>$('#content').load('/content/body_{year}.html');</script>"


def _json_detail(whose: str, year: int) -> Mapping[str, Page]:
    def detail(asked: Asked) -> Reply:
        wanted = int(asked.query.get("articleId", "0"))
        return Reply(
            json.dumps(
                {"success": True, "data": {"title": title(whose, wanted), "content": text(whose, wanted)}},
                ensure_ascii=False,
            ),
            kind="application/json",
        )

    return {"/api/article/detail": detail}


def towns() -> list[Town]:
    near = next(iter(NEAR.values())).format(a="")
    return [
        paper("d-pdf", lambda a, y, link: (pdf(a, y), {}), link="/zwgk/nb/P02024011{key}.pdf"),
        paper(
            "d-download",
            _download,
            link="/download.do?id={key}",
            row=lambda e: f"<li><a href='{e.url}'>{e.title}.docx</a></li>",
        ),
        paper("d-gbkname", _gbk_download, link="/system/download.jsp?fileid={key}"),
        paper(
            "d-pdfjs",
            article(
                lambda a, y: f"<iframe src='/pdfjs/web/viewer.html?file=/upload/{y}.pdf' width='100%'></iframe>",
                lambda a, y: {
                    f"/upload/{y}.pdf": pdf(a, y),
                    "/pdfjs/web/viewer.html": "<html><body><div id='viewer'></div></body></html>",
                },
            ),
        ),
        paper(
            "d-embed",
            article(
                lambda a, y: f"<embed src='./{y}.pdf' type='application/pdf' width='800'>",
                lambda a, y: {f"/xxgk/nb/{y}.pdf": pdf(a, y)},
            ),
        ),
        paper(
            "d-object",
            article(
                lambda a, y: f"<object data='/upload/{y}.pdf' type='application/pdf'><p>请下载阅读器</p></object>",
                lambda a, y: {f"/upload/{y}.pdf": pdf(a, y)},
            ),
        ),
        paper(
            "d-scripted",
            article(
                lambda a, y: (
                    f"<div id='fj'></div><script>var fileUrl='./W020240118{y}.docx'; var fileName='{title(a, y)}.docx'; if(fileUrl!=''){{ $('#fj').append('<a href=\"'+fileUrl+'\">'+fileName+'</a>'); }}</script>"
                ),
                lambda a, y: {f"/xxgk/nb/W020240118{y}.docx": docx(a, y)},
            ),
        ),
        paper(
            "d-textarea",
            article(
                lambda a, y: (
                    f"<textarea id='cont' style='display:none'>{_escaped(text(a, y))}</textarea><div id='show'></div><script>$('#show').html($('#cont').val());</script>"
                )
            ),
        ),
        paper(
            "d-template",
            article(lambda a, y: f"<script type='text/template' id='body'>{text(a, y)}</script><div id='show'></div>"),
        ),
        paper("d-load", article(_loaded, lambda a, y: {f"/content/body_{y}.html": text(a, y)})),
        paper(
            "d-iframe",
            article(
                lambda a, y: f"<iframe src='/nr/{y}_c.html' frameborder='0'></iframe>",
                lambda a, y: {f"/nr/{y}_c.html": f"<html><body>{text(a, y)}</body></html>"},
            ),
        ),
        paper("d-halves", _halves),
        paper("d-refresh", _refresh),
        paper("d-jump", _jump),
        paper("d-redirect", _redirected, link="/api/redirect.php?aid={key}"),
        paper(
            "d-many",
            article(
                _many,
                lambda a, y: {
                    f"/f/{y}/1.docx": docx(a, y),
                    f"/f/{y}/2.xlsx": Reply(b"PK", kind="application/vnd.ms-excel"),
                    f"/f/{y}/3.pdf": pdf("解读", 1999),
                },
            ),
        ),
        paper(
            "d-copy",
            article(
                lambda a, y: text(a, y) + f"<p>附件：<a href='./{y}.pdf'>{title(a, y)}.pdf</a></p>",
                lambda a, y: {f"/xxgk/nb/{y}.pdf": pdf(a, y)},
            ),
        ),
        paper(
            "d-json",
            article(
                lambda a, y: (
                    f"<div id='box'></div><script>$.getJSON('/api/article/detail?articleId={y}', function(r){{ $('#box').html(r.data.content); }});</script>"
                ),
                _json_detail,
            ),
        ),
        paper(
            "d-variable",
            article(
                lambda a, y: (
                    "<div id='box'></div><script>var detail = "
                    + json.dumps({"title": title(a, y), "content": text(a, y)}, ensure_ascii=False).replace(
                        "</", "<\\/"
                    )
                    + "; $('#box').html(detail.content);</script>"
                )
            ),
        ),
        paper(
            "d-preview",
            article(
                lambda a, y: f"<a href='/preview.html?url=%2Fupload%2Fnb%2F{y}.pdf&name=nb'>点击查看{title(a, y)}</a>",
                lambda a, y: {f"/upload/nb/{y}.pdf": pdf(a, y), "/preview.html": f"<html><body>{near}</body></html>"},
            ),
        ),
        paper(
            "d-onclickfile",
            article(
                lambda a, y: (
                    f"<p>附件：<a href='javascript:void(0)' onclick=\"downLoad('/attach/{y}.docx')\">{title(a, y)}.docx</a></p>"
                ),
                lambda a, y: {f"/attach/{y}.docx": docx(a, y)},
            ),
        ),
    ]
