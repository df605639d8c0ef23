# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns whose lists are on one page and dressed in the ways of many hands."""

from __future__ import annotations

from towns.fifth.parts import key, plain, site, ul
from towns.lists import Entry
from towns.web import Reply, Town, frame


def _numeric(words: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in words)


def _wide(words: str) -> str:
    return words.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})


def _chinese(words: str) -> str:
    return words.translate({ord(str(n)): "〇一二三四五六七八九"[n] for n in range(10)})


def _heads(found: list[Entry]) -> str:
    return "".join(f"<h3 class='year'>{entry.date[:4]}年发布</h3><ul><li>{plain(entry)}</li></ul>" for entry in found)


def towns() -> list[Town]:
    return [
        site(
            "r-triple",
            ul(
                lambda e: (
                    f"<div class='item-url'><p><a href='{e.url}'>{e.title}</a></p><p><a href='{e.url}'>{e.date.replace('-', '.')}</a></p><p><a href='{e.url}'>01526{key(e)}-20240115</a></p></div>"
                )
            ),
        ),
        site(
            "r-dldd",
            lambda found: (
                "<div class='gknr_list'><dl>"
                + "".join(f"<dd><a href='{e.url}'>{e.title}</a><span>{e.date}</span></dd>" for e in found)
                + "</dl></div>"
            ),
            listing="/xj/c112678/zfxxgk_gknrz.shtml",
            link="/xj/c112678/202401/{key}.shtml",
        ),
        site(
            "r-bigdate",
            ul(
                lambda e: (
                    f"<li><a href='{e.url}'><div class='time'><h3>{e.date[5:]}</h3><h6>{e.date[:4]}</h6></div><div class='txt'><h4>{e.title}</h4></div></a></li>"
                )
            ),
        ),
        site(
            "r-tooltip",
            ul(
                lambda e: (
                    f"<li><a href='{e.url}' title='cssbody=[zzsc] cssheader=[zzsh] header=[] body=[{e.date}]'>{e.title}</a></li>"
                )
            ),
        ),
        site(
            "r-powereasy",
            ul(
                lambda e: (
                    f"<li><a href='{e.url}' title='文章标题：{e.title}&#13;&#10;作    者：佚名&#13;&#10;更新时间：{e.date} 9:12:00' target='_self'>{e.cut}</a></li>"
                )
            ),
            listing="/Article/ShowClass.asp?ClassID=31",
            link="/Article/Show_{key}.html",
        ),
        site(
            "r-rowclick",
            lambda found: (
                "<table class='gk'><tr><th>序号</th><th>名称</th><th>日期</th></tr>"
                + "".join(
                    f"<tr onclick=\"window.open('{e.url}')\" style='cursor:pointer'><td>{n}</td><td>{e.title}</td><td>{e.date}</td></tr>"
                    for n, e in enumerate(found, 1)
                )
                + "</table>"
            ),
        ),
        site(
            "r-godetail",
            lambda found: (
                "<ul>"
                + "".join(f"<li onclick=\"goDetail('{key(e)}')\"><p>{e.title}</p><em>{e.date}</em></li>" for e in found)
                + "</ul><script>function goDetail(id){ window.open('/zwgk/detail_' + id + '.html', '_blank'); }</script>"
            ),
            link="/zwgk/detail_{key}.html",
        ),
        site(
            "r-opendoc",
            lambda found: (
                "<ul>"
                + "".join(f"<li><a href='#' onclick=\"return openDoc({key(e)});\">{e.title}</a></li>" for e in found)
                + "</ul><script type='text/javascript'>function openDoc(docId) { var u = \"/xxgk/info.jsp?id=\" + docId; window.open(u); return false; }</script>"
            ),
            link="/xxgk/info.jsp?id={key}",
        ),
        site(
            "r-datahref",
            ul(
                lambda e: (
                    f"<li><a href='javascript:void(0);' class='jump' data-href='{e.url}'>{e.title}</a><i>{e.date}</i></li>"
                )
            ),
        ),
        site(
            "r-liurl",
            ul(
                lambda e: (
                    f"<li class='tz' data-link='{e.url}'><div class='t'>{e.title}</div><div class='d'>{e.date}</div></li>"
                )
            ),
        ),
        site(
            "r-button",
            lambda found: (
                "<table>"
                + "".join(
                    f"<tr><td>{e.title}</td><td>{e.date}</td><td><input type='button' value='查看' onclick=\"location.href='{e.url}'\"></td></tr>"
                    for e in found
                )
                + "</table>"
            ),
        ),
        site(
            "r-indexlink",
            lambda found: (
                "<table class='xxgk'><tr><th>索引号</th><th>信息名称</th><th>生成日期</th></tr>"
                + "".join(
                    f"<tr><td><a href='{e.url}'>K0152{key(e)}/2024-0{n}</a></td><td>{e.title}</td><td>{e.date}</td></tr>"
                    for n, e in enumerate(found, 1)
                )
                + "</table>"
            ),
        ),
        site(
            "r-yeartable",
            lambda found: (
                "<h2>政府信息公开年报</h2><table><tr><th>年度</th><th>网页版</th><th>说明</th></tr>"
                + "".join(
                    f"<tr><td>{e.year}年</td><td><a href='{e.url}'>点击查看</a></td><td>已发布</td></tr>" for e in found
                )
                + "</table>"
            ),
            near=0,
        ),
        site(
            "r-bareyears",
            lambda found: (
                "<h2>政府信息公开年度报告</h2><div class='years'>"
                + "".join(f"<a href='{e.url}'>{e.year}</a> | " for e in found)
                + "</div>"
            ),
            near=0,
        ),
        site(
            "r-select",
            lambda found: (
                "<h2>政府信息公开工作年度报告</h2><select onchange='window.location.href=this.value'><option>请选择年份</option>"
                + "".join(f"<option value='{e.url}'>{e.year}年度</option>" for e in found)
                + "</select>"
            ),
            near=0,
        ),
        site(
            "r-imgalt",
            lambda found: (
                "<div class='pic'>"
                + "".join(f"<a href='{e.url}'><img src='/images/{key(e)}.jpg' alt='{e.title}'></a>" for e in found)
                + "</div>"
            ),
        ),
        site(
            "r-area",
            lambda found: (
                "<h2>政府信息公开年报</h2><img src='/nb.gif' usemap='#m'><map name='m'>"
                + "".join(
                    f"<area shape='rect' coords='0,{n},90,{n + 30}' href='{e.url}' alt='{e.title}'>"
                    for n, e in enumerate(found)
                )
                + "</map>"
            ),
        ),
        site("r-heads", _heads),
        site(
            "r-abstract",
            ul(
                lambda e: (
                    f"<li><h4><a href='{e.url}'>{e.title}</a></h4><p class='zy'>根据《中华人民共和国政府信息公开条例》，现公布本机关政府信息公开工作年度报告，欢迎监督……<a href='{e.url}'>[详细]</a></p></li>"
                )
            ),
        ),
        site(
            "r-twice",
            lambda found: (
                "<ul class='hidden-xs'>"
                + "".join(map(plain, found))
                + "</ul><ul class='visible-xs'>"
                + "".join(f"<li><a href='{e.url}?m=1'>{e.cut}</a></li>" for e in found)
                + "</ul>"
            ),
        ),
        site("r-wide", ul(lambda e: f"<li><a href='{e.url}'>{_wide(e.title)}</a></li>")),
        site("r-chinese", ul(lambda e: f"<li><a href='{e.url}'>{_chinese(e.title)}</a></li>")),
        site("r-spaced", ul(lambda e: f"<li><a href='{e.url}'>{' '.join(e.title)}</a></li>")),
        site(
            "r-category",
            ul(
                lambda e: (
                    f"<li><a href='/xxgk/gknb/'>[信息公开年报]</a> <a href='{e.url}'>{e.title}</a> <span>({e.date})</span></li>"
                )
            ),
        ),
        site(
            "r-numbered",
            ul(lambda e: f"<li>{key(e)[-1]}、<a href='{e.url}'>{key(e)[-1]}．{e.title}<img src='/new.gif'></a></li>"),
        ),
        site(
            "r-base",
            lambda found: frame(ul(plain)(found), head="<base href='/zt/2024/'>"),
            link="nb/{key}.html",
            folder="/zt/2024/",
            listing="/index/xxgknb.html",
        ),
        site("r-backslash", ul(lambda e: f'<li><a href="{e.url.replace("/", chr(92))}">{e.title}</a></li>')),
        site(
            "r-newline", ul(lambda e: f"<li><a href='\n   {e.url}\n  '>\n\t{e.title[:9]}\n\t{e.title[9:]}\n</a></li>")
        ),
        site(
            "r-unquoted",
            lambda found: Reply(
                (
                    "<HTML><HEAD><TITLE>公开年报</TITLE></HEAD><BODY><TABLE>"
                    + "".join(f"<TR><TD>·<A HREF={e.url} TARGET=_blank>{e.title}</A><TD>{e.date}" for e in found)
                    + "</TABLE></BODY></HTML>"
                ).encode("gb18030"),
                kind="text/html",
            ),
        ),
        site(
            "r-bomlie",
            lambda found: Reply(
                b"\xef\xbb\xbf" + frame(ul(plain)(found)).replace("charset='utf-8'", "charset='gb2312'").encode(),
                kind="text/html",
            ),
        ),
        site("r-numeric", ul(lambda e: f"<li><a href='{e.url}'>{_numeric(e.title)}</a></li>")),
        site(
            "r-nested",
            ul(
                lambda e: (
                    f"<li><a href='{e.url}'><span>{e.title[:3]}</span><font color='red'><b>{e.title[3:9]}</b></font>{e.title[9:]}</a></li>"
                )
            ),
        ),
        site(
            "r-commented",
            lambda found: (
                ul(plain)(found)
                + f"<!-- <li><a href='/xxgk/gknb/2019.html'>{found[0].title.replace('2023', '2019')}</a></li> -->"
            ),
            more=lambda found: {"/xxgk/gknb/2019.html": Reply("gone", 410)},
        ),
        site(
            "r-template",
            lambda found: (
                ul(plain)(found)
                + "<script type='text/html' id='tpl'><li><a href='{{item.url}}' title='{{item.title}}'>{{item.title}}</a><span>{{item.date}}</span></li></script>"
            ),
        ),
        site(
            "r-parens",
            lambda found: (
                "<div id='morelist'>"
                + "".join(
                    f"<p>·&nbsp;<a href='{e.url}'>{e.title}</a>&nbsp;[{e.date[2:].replace('-', '/')}]</p>"
                    for e in found
                )
                + "</div>"
            ),
        ),
        site(
            "r-host",
            lambda found: (
                lambda asked: frame(
                    ul(lambda e: f"<li><a href='//{asked.headers['host']}{e.url}'>{e.title}</a></li>")(found)
                )
            ),
        ),
        site(
            "r-svg",
            ul(
                lambda e: (
                    f"<li><svg><title>文件</title></svg><a href='{e.url}' aria-label='{e.title}，发布时间{e.date}'>{e.cut}</a></li>"
                )
            ),
        ),
        site(
            "r-old",
            ul(
                lambda e: (
                    f"<li><a href='{e.url}'>{'关于' + str(e.year) + '年度政府信息公开工作情况的报告' if e.year else e.title}</a></li>"
                )
            ),
        ),
    ]
