# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Lists that lie in the page: rows in other clothes, titles that are cut or say little, folders of years, frames."""

from __future__ import annotations

from towns.fourth.parts import dressed, listed, rows, town, whose
from towns.lists import Entry, gbk, pdf
from towns.web import Page, Reply, Town, docx, other, report, text, title


def dressed_rows() -> list[Town]:
    """One page, no pager; the rows are all that differs."""
    clothes = {
        "s-dl": "<dl><dt><a href='{e.url}'>{e.title}</a></dt><dd>{e.date}</dd></dl>",
        "s-cards": "<div class='card'><a href='{e.url}'><h3>{e.title}</h3><p>根据条例要求，本机关编制政府信息公开工作年度报告，现予公布……</p></a><em>{e.date}</em></div>",
        "s-date-first": "<li><a href='{e.url}'><span class='d'>{e.date}</span> <span class='t'>{e.title}</span></a></li>",
        "s-two-links": "<li><a href='{e.url}'><img src='/i/new.gif' alt=''></a> <a href='{e.url}'>{e.title}</a>（{e.date}）</li>",
        "s-cut": "<li><a href='{e.url}' title='{e.title}'>{e.cut}</a><i>{e.date}</i></li>",
        "s-cut-bare": "<li><a href='{e.url}'>{e.cut}</a><i>{e.date}</i></li>",
        "s-alt": "<li><a href='{e.url}' alt='{e.title}'>{e.cut}</a><i>[{e.date}]</i></li>",
        "s-bracket": '<p>·<a class="font14" href="{e.url}">《{e.title}》</a>&nbsp;&nbsp;{e.date}</p>',
        "s-nested": "<div><div><span>{e.date}</span><div><p><b><a href='{e.url}'><font color='red'>{e.title}</font></a></b></p></div></div></div>",
        "s-relative": "<li><a href='../../nb/{e.url}'>{e.title}</a></li>",
        "s-whole": "<li><a href='//s-whole.second.example:{{port}}{e.url}'>{e.title}</a></li>",
    }
    made = []
    for name, pattern in clothes.items():
        agency = whose()
        if name == "s-relative":
            found = listed(agency, "{key}.html")
            page: Page = dressed(f"<ul>{rows(found, pattern)}</ul>")
            made.append(town(name, agency, "/zwgk/nb/", found, {"/zwgk/nb/": page}, "/nb/"))
            continue
        found = listed(agency, "/zwgk/nb/202401/t{key}.html")
        body = dressed(f"<div class='list'>{rows(found, pattern)}</div>")
        if name == "s-whole":
            page = lambda asked, body=body: body.replace("{port}", asked.headers["host"].partition(":")[2])  # noqa: E731
        else:
            page = body
        made.append(town(name, agency, "/zwgk/nb/index.html", found, {"/zwgk/nb/index.html": page}))
    return made


def tables() -> list[Town]:
    """Tables of a catalogue, with index numbers and more."""
    agency = whose()
    found = listed(agency, "/xxgk/content/{key}.html")
    body = "".join(
        f"<tr><td>{n}</td><td>11990100003604000D/{e.date[:4]}-0000{n}</td><td><a href='{e.url}'>{e.title}</a></td><td>{agency}</td><td>{e.date}</td></tr>"
        for n, e in enumerate(found, 1)
    )
    head = "<tr><th>序号</th><th>索引号</th><th>信息名称</th><th>发布机构</th><th>发文日期</th></tr>"
    one = town(
        "s-table", agency, "/xxgk/nb.html", found, {"/xxgk/nb.html": dressed(f"<table class='gk'>{head}{body}</table>")}
    )
    agency = whose()
    found = listed(agency, "/xxgk/detail/{key}.htm")
    body = "".join(
        f"<tr><td>{n}</td><td>{e.title}</td><td>{e.date}</td><td><a href='{e.url}'>查看</a></td></tr>"
        for n, e in enumerate(found, 1)
    )
    two = town(
        "s-look",
        agency,
        "/xxgk/nb.html",
        found,
        {
            "/xxgk/nb.html": dressed(
                f"<table><tr><th>序号</th><th>标题</th><th>日期</th><th>操作</th></tr>{body}</table>"
            )
        },
    )
    agency = whose()
    found = listed(agency, "/xxgk/detail/{key}.htm")
    body = "".join(
        f"<div class='zclist'><a href='{e.url}' class='tit'>{e.title}</a><div class='pop' style='display:none'><p>索引号：99{n}</p><p>发布机构：{agency}</p>"
        f"<p>生成日期：{e.date}</p><p>内容概述：<a href='{e.url}'>{e.title}</a></p></div></div>"
        for n, e in enumerate(found, 1)
    )
    three = town("s-pop", agency, "/xxgk/nb.html", found, {"/xxgk/nb.html": dressed(body)})
    return [one, two, three]


def said_little() -> list[Town]:
    """Titles without an agency, without a year, or with nothing but the year."""
    made = []
    for name, named in {
        "s-no-agency": "{y}年政府信息公开工作年度报告",
        "s-no-year": "政府信息公开工作年度报告",
        "s-annual": "{y}年度报告",
        "s-word": "{y}年年报",
        "s-year": "{y}年",
        "s-bare-year": "{y}",
    }.items():
        agency = whose()
        years = (2024, 2023, 2022)
        found = [
            Entry(named.format(y=y), f"/nb/{y}0{n}.html", f"{y + 1}-01-20", report(agency, y), y)
            for n, y in enumerate(years)
        ]
        if name in {"s-no-year", "s-annual"}:
            found = [Entry(e.title, e.url, e.date, report(agency, e.year, e.title), e.year) for e in found]
        made.append(town(name, agency, "/nb/", found, {"/nb/": dressed(f"<ul>{rows(found)}</ul>")}))
    return made


def by_year() -> list[Town]:
    """Folders a year, an accordion, a choice of years."""
    agency = whose()
    found = listed(agency, "/nb/{key}/a.html", near=0)
    folders = "".join(f"<li><a href='/nb/{e.year}n/'>{e.year}年</a></li>" for e in found)
    pages: dict[str, Page] = {f"/nb/{e.year}n/": dressed(f"<ul>{rows([e])}</ul>") for e in found}
    one = town("s-folders", agency, "/nb/", found, {"/nb/": dressed(f"<ul class='years'>{folders}</ul>"), **pages})
    agency = whose()
    found = listed(agency, "/nb/a{key}.html", near=2)
    body = "".join(
        f"<div class='panel'><h4 class='tt'>{e.date[:4]}年</h4><ul class='con'>{rows([e])}</ul></div>" for e in found
    )
    two = town("s-accordion", agency, "/nb/", found, {"/nb/": dressed(body)})
    agency = whose()
    found = listed(agency, "/nb/y{key}/report.shtml", near=0)
    options = "".join(f"<option value='/nb/list_{e.year}.shtml'>{e.year}年度</option>" for e in found)
    pages = {f"/nb/list_{e.year}.shtml": dressed(f"<ul>{rows([e])}</ul>") for e in found}
    choice = (
        f"<select onchange='window.location.href=this.value'><option value=''>请选择年份</option>{options}</select>"
    )
    three = town("s-choice", agency, "/nb/", found, {"/nb/": dressed(choice + f"<ul>{rows(found[:1])}</ul>"), **pages})
    agency = whose()
    found = listed(agency, "/nb/z{key}.html", near=0)
    aside = "".join(f"<li><a href='{e.url}'>{e.year}年度</a></li>" for e in found)
    shown = report(agency, 2024).replace(
        "</body>", f"<div class='years'><h3>历年年报</h3><ul>{aside}</ul></div></body>"
    )
    four = town("s-itself", agency, "/nb/", found, {"/nb/": shown})
    return [one, two, three, four]


def files() -> list[Town]:
    """Files that the list itself leads to."""
    agency = whose()
    found = [
        Entry(title(agency, y), f"./P0{y}0120.pdf", f"{y + 1}-01-20", pdf(agency, y), y) for y in (2024, 2023, 2022)
    ]
    one = town("s-pdf", agency, "/nb/", found, {"/nb/": dressed(f"<ul>{rows(found)}</ul>")}, "/nb/")
    agency = whose()
    found = [
        Entry(title(agency, y), f"/uploads/{y}/年报.docx", f"{y + 1}-01-20", docx(agency, y), y) for y in (2024, 2023)
    ]
    found.append(Entry(title(agency, 2022), "/nb/2022.html", "2023-01-20", report(agency, 2022), 2022))
    links = rows(found, "<li><a href='{e.url}' download>{e.title}</a></li>")
    two = town("s-docx", agency, "/nb/", found, {"/nb/": dressed(f"<ul>{links}</ul>")})
    agency = whose()
    found = [Entry(title(agency, y), f"/down.aspx?fid={y}", f"{y + 1}-01-20", pdf(agency, y), y) for y in (2024, 2023)]
    three = town("s-down", agency, "/nb.aspx", found, {"/nb.aspx": dressed(f"<ul>{rows(found)}</ul>")})
    return [one, two, three]


def old() -> list[Town]:
    """Pages of the years before: capital letters, no quotes, GBK, frames, a page that leads on by itself."""
    agency = whose()
    found = listed(agency, "nb{key}.htm")
    lines = "".join(f"<TR><TD><IMG SRC=dot.gif><A HREF={e.url} TARGET=_blank>{e.title}</A><TD>{e.date}" for e in found)
    page = gbk()(
        f"<HTML><HEAD><TITLE>信息公开</TITLE></HEAD><BODY><TABLE WIDTH=760><TR><TD>信息公开年报{lines}</TABLE></BODY></HTML>"
    )
    one = town("s-capitals", agency, "/xxgk/list.asp?id=7", found, {"/xxgk/list.asp?id=7": page}, "/xxgk/")
    agency = whose()
    found = listed(agency, "{key}.html")
    head = "<base href='/gk/nb/'>"
    two = town(
        "s-base",
        agency,
        "/index/nb.html",
        found,
        {"/index/nb.html": dressed(f"<ul>{rows(found)}</ul>", head=head)},
        "/gk/nb/",
    )
    agency = whose()
    found = listed(agency, "/in/{key}.html")
    inner: dict[str, Page] = {"/in/list.html?col=9": f"<html><body><ul>{rows(found)}</ul></body></html>"}
    outer = dressed("<iframe id='list' src='/in/list.html?col=9' width='100%' frameborder='0'></iframe>")
    three = town("s-iframe", agency, "/nb/", found, {"/nb/": outer, **inner})
    agency = whose()
    found = listed(agency, "/in/{key}.html")
    frames = "<html><head><title>政府信息公开</title></head><frameset cols='20%,*'><frame name='l' src='left.html'><frame name='r' src='right.html'></frameset></html>"
    inner = {
        "/nb/left.html": "<html><body><a href='zn.html' target='r'>指南</a></body></html>",
        "/nb/right.html": f"<html><body><ul>{rows(found)}</ul></body></html>",
    }
    four = town("s-frames", agency, "/nb/", found, {"/nb/": frames, **inner})
    agency = whose()
    found = listed(agency, "/new/{key}.html")
    hop = "<html><head><meta http-equiv='refresh' content='0; url=/new/list.html'></head><body></body></html>"
    five = town("s-refresh", agency, "/nb/", found, {"/nb/": hop, "/new/list.html": dressed(f"<ul>{rows(found)}</ul>")})
    agency = whose()
    found = listed(agency, "/new/{key}.html")
    hop = "<html><head><script>top.location.replace('/new/list.html');</script></head><body></body></html>"
    six = town("s-replaced", agency, "/nb/", found, {"/nb/": hop, "/new/list.html": dressed(f"<ul>{rows(found)}</ul>")})
    agency = whose()
    found = listed(agency, "/nb/{key}.html", near=1)
    gone = "<!-- <li><a href='/nb/2019.html'>旧</a></li> -->"
    hidden = {"/nb/2019.html": Reply("<h1>404</h1>", 404)}
    seven = town("s-comment", agency, "/nb/", found, {"/nb/": dressed(f"<ul>{rows(found)}{gone}</ul>"), **hidden})
    return [one, two, three, four, five, six, seven]


def articles() -> list[Town]:
    """Plain lists, and reports whose pages are made otherwise."""
    made = []
    for name in (
        "a-iframe",
        "a-viewer",
        "a-attached",
        "a-scripted",
        "a-split",
        "a-title",
        "a-breaks",
        "a-embed",
        "a-pdfjs",
        "a-meta",
    ):
        agency = whose()
        years = (2024, 2023)
        found = [Entry(title(agency, y), f"/nb/{y}.html", f"{y + 1}-01-18", "", y) for y in years]
        pages: dict[str, Page] = {"/nb/": dressed(f"<ul>{rows(found)}</ul>")}
        for entry in found:
            y, named, whole = entry.year, entry.title, text(agency, entry.year)
            pages[f"/file/{y}.pdf"] = pdf(agency, y)
            if name == "a-iframe":
                pages[entry.url] = other(named, f"<iframe src='/nb/body{y}.html' width='100%'></iframe>")
                pages[f"/nb/body{y}.html"] = f"<html><body>{whole}</body></html>"
            elif name == "a-viewer":
                pages[entry.url] = other(named, f"<iframe src='/pdfjs/web/viewer.html?file=/file/{y}.pdf'></iframe>")
            elif name == "a-attached":
                pages[entry.url] = other(
                    named, f"现将报告予以公布。</p><p>附件：<a href='/file/{y}.docx'>{named}.docx</a>"
                )
                pages[f"/file/{y}.docx"] = docx(agency, y)
            elif name == "a-scripted":
                escaped = whole.replace("\n", "").replace("<", "\\u003c").replace(">", "\\u003e")
                pages[entry.url] = (
                    f"<html><head><title>{named}</title></head><body><h1>{named}</h1><div id='zoom'></div><script>var content = \"{escaped}\";$('#zoom').html(content);</script></body></html>"
                )
            elif name == "a-split":
                first, mark, last = whole.partition("<p>四、")
                pages[entry.url] = report(
                    agency, y, inside=first + f"<div class='page'><a href='/nb/{y}_2.html'>下一页</a></div>"
                )
                pages[f"/nb/{y}_2.html"] = report(agency, y, inside=mark + last)
            elif name == "a-title":
                pages[entry.url] = (
                    f"<html><head><title>{named}-凌州市人民政府门户网站</title></head><body><div class='c'>{whole}</div></body></html>"
                )
            elif name == "a-breaks":
                pages[entry.url] = (
                    f"<html><head><title>详情</title></head><body><h2 class='title'>{agency}<br>{y}年政府信息公开<br>工作年度报告</h2>{whole}</body></html>"
                )
            elif name == "a-embed":
                pages[entry.url] = other(
                    named, f"<object data='/file/{y}.pdf' type='application/pdf'><embed src='/file/{y}.pdf'></object>"
                )
            elif name == "a-pdfjs":
                pages[entry.url] = other(
                    named, f'<div id=\'pdf\'></div><script>PDFObject.embed("/file/{y}.pdf", "#pdf");</script>'
                )
            else:
                meta = f"<meta name='ArticleTitle' content='{named}'><meta name='PubDate' content='{y + 1}-01-18 10:20'><meta name='ContentSource' content='{agency}'>"
                table = f"<table><tr><td>索引号</td><td>99/{y}</td><td>发布机构</td><td>{agency}</td></tr><tr><td>名称</td><td>{named}</td><td>文号</td><td></td></tr></table>"
                pages[entry.url] = (
                    f"<html><head>{meta}<title>信息公开</title></head><body>{table}<div class='article'>{whole}</div></body></html>"
                )
        made.append(Town(name, agency, "/nb/", pages, years))
    return made


def towns() -> list[Town]:
    return [*dressed_rows(), *tables(), *said_little(), *by_year(), *files(), *old(), *articles()]
