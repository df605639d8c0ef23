# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Third web: static lists of TRS, UCAP, VSB, Epoint and hand-made sites, with every pager they are known to have."""

from __future__ import annotations

from collections.abc import Iterator

from towns.lists import YEARS, agency, entries, gbk, paged, parts, rows, served
from towns.web import Asked, Page, Reply, Town, frame


def trs() -> Iterator[Town]:
    """createPageHTML and its relatives, called with other arguments, in other places."""
    two = ["/zwgk/nb/index.shtml", "/zwgk/nb/index_1.shtml", "/zwgk/nb/index_2.shtml"]
    yield paged("t-extra", two, lambda k: f'<script>createPageHTML(3, {k}, "index", "shtml", "black2", 250);</script>')
    yield paged(
        "t-beijing",
        ["/zfxxgk/nb/", "/zfxxgk/nb/index_1.html", "/zfxxgk/nb/index_2.html"],
        lambda k: f'<script>createPageHTML(6,3,{k},"index","html");</script>',
    )
    defined = (
        "<script>function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){{if(_nPageCount == null || "
        "_nPageCount<=1){{return;}} document.write('<a href=\"'+_sPageName+'_'+(_nCurrIndex+1)+'.'+_sPageExt+'\">下一页</a>');}}"
        "\n//createPageHTML(17, 0, \"index\", \"html\");\ncreatePageHTML(3, {k}, 'index', 'htm');</script>"
    )
    yield paged("t-defined", ["/nb/", "/nb/index_1.htm", "/nb/index_2.htm"], lambda k: defined.format(k=k))
    yield paged(
        "t-variables",
        ["/nb/index.html", "/nb/index_1.html", "/nb/index_2.html"],
        lambda k: (
            f"<script>var pageCount = 3;\nvar currIndex = {k};\nvar pageName='index';\nvar pageExt=\"html\";\n"
            "createPageHTML(pageCount, currIndex, pageName, pageExt);</script>"
        ),
    )
    yield paged(
        "t-oneoff",
        ["/col/xxgknb/", "/col/xxgknb/index_2.html", "/col/xxgknb/index_3.html"],
        lambda k: f"<div id='page'></div><script>createPageHTML('page_div',3, {k + 1},'index','html',6);</script>",
    )
    yield paged(
        "t-listname",
        ["/nb/list.html", "/nb/list_1.html", "/nb/list_2.html"],
        lambda k: f"<!--<script>createPageHTML(3,{k},'list','html')</script>-->",
    )
    yield paged(
        "t-upper",
        ["/NB/INDEX.HTM", "/NB/INDEX_1.HTM"],
        lambda k: f'<SCRIPT>createPageHTML(2, {k}, "INDEX", "HTM");</SCRIPT>',
        pattern='<LI><A HREF="{e.url}" TITLE="{e.title}">{e.cut}</A><SPAN CLASS=date>{e.date}</SPAN></LI>',
    )
    yield paged(
        "t-gbk",
        ["/nb/", "/nb/index_1.html"],
        lambda k: f"<script>createPageHTML(2, {k}, 'index', 'html');</script>",
        dress=gbk("text/html; charset=iso-8859-1"),
    )
    yield paged(
        "t-gbkutf",
        ["/nb/", "/nb/index_1.html"],
        lambda k: f"<script>createPageHTML(2, {k}, 'index', 'html');</script>",
        dress=gbk("text/html; charset=utf-8"),
    )
    yield paged(
        "t-vars",
        ["/nb/", "/nb/index_1.htm", "/nb/index_2.htm"],
        lambda k: (
            f'<script>var currentPage={k};//所在页从0开始\nvar countPage = 3//共多少页\nvar prevPage = currentPage-1//上一页\nif(countPage>1){{document.write("<a href=\\"index"+"_" + prevPage + "."+"htm\\">");}}</script>'
        ),
    )
    yield paged(
        "t-records",
        ["/gk/nb/index_318.htm", "/gk/nb/index_318_2.htm", "/gk/nb/index_318_3.htm"],
        lambda k: (
            "<script>var m_nRecordCount = \"6\";\nvar m_nPageSize = 2;\nvar m_sPageName='index_318';</script>"
            + ("" if k == 2 else f"<a href='index_318_{k + 2}.htm'>下一页</a>")
        ),
    )
    whose = agency()
    found = entries(whose, "./202401/t2024_{key}.html")
    document = "<script>document.write(\"<li><a href='{e.url}' target='_blank'>{e.title}</a><span>{e.date}</span></li>\");</script>"
    yield Town(
        "t-written", whose, "/nb/", {"/nb/": frame(f"<ul>{rows(found, document)}</ul>"), **served(found, "/nb/")}, YEARS
    )


def ucap() -> Iterator[Town]:
    """Static lists with their numbers in other places."""
    yield paged(
        "u-xxgk",
        ["/lz/gknb/xxgk_list.shtml", "/lz/gknb/xxgk_list_2.shtml", "/lz/gknb/xxgk_list_3.shtml"],
        lambda k: (
            f"<div class='page'><span>{k + 1}/3</span>"
            + "".join(f"<a href='/lz/gknb/xxgk_list{f'_{n}' if n > 1 else ''}.shtml'>{n}</a>" for n in (1, 2, 3))
            + "</div>"
        ),
        link="/lz/gknb/202401/{key}.shtml",
    )
    yield paged(
        "u-column",
        ["/lz/c001/column-index-1.shtml", "/lz/c001/column-index-2.shtml", "/lz/c001/column-index-3.shtml"],
        lambda k: (
            f"<div class='pagination' id='pagination'></div><script>var totalPage=3;var curPage={k + 1};</script>"
            + (f"<a href='column-index-{k + 2}.shtml' class='next'>&gt;</a>" if k < 2 else "")
        ),
        link="/lz/c001/202401/c05_{key}.shtml",
        pattern="<div class='list'><h2><a href='{e.url}'>{e.title}</a><span>{e.date}</span></h2></div>",
    )
    yield paged(
        "u-info",
        ["/gknb/list.shtml", "/gknb/list_1.shtml", "/gknb/list_2.shtml"],
        lambda k: (
            f"<script>createPageHTML('page_div',3, {k + 1},'list','shtml',6);</script>"
            if k > 8
            else ("" if k == 2 else f"<a href='list_{k + 1}.shtml'>下一页 ›</a>")
        ),
        pattern="<li><a title='{e.title}' href='{e.url}'>{e.cut}</a> <b>{e.date}</b></li>",
        around="<ul class='infolist'>{}</ul>",
    )
    yield paged(
        "u-query",
        ["/kfq/gknb/list.shtml", "/kfq/gknb/list.shtml?2", "/kfq/gknb/list.shtml?3"],
        lambda k: "<ul class='fy'>" + "".join(f"<li><a href='?{n}'>{n}</a></li>" for n in (1, 2, 3)) + "</ul>",
    )


def vsb() -> Iterator[Town]:
    """Lists that count down, dynamic lists, and rows in tables."""
    yield paged(
        "v-down",
        ["/zwgk/zfxxgknb.htm", "/zwgk/zfxxgknb/2.htm", "/zwgk/zfxxgknb/1.htm"],
        lambda k: (
            f"<span id='fanye212'>共6条&nbsp;&nbsp;{k + 1}/3&nbsp;</span>"
            + (
                "<span>首页</span><span>上页</span><a href='zfxxgknb/2.htm'>下页</a><a href='zfxxgknb/1.htm'>尾页</a>",
                "<a href='../zfxxgknb.htm'>首页</a><a href='../zfxxgknb.htm'>上页</a><a href='1.htm'>下页</a><a href='1.htm'>尾页</a>",
                "<a href='../zfxxgknb.htm'>首页</a><a href='2.htm'>上页</a><span>下页</span>",
            )[k]
        ),
        link="/info/1785/{key}.htm",
        pattern="<tr id='lineu4_0' height='20'><td><a class='c124' href='{e.url}' title='{e.title}'>{e.cut}</a></td><td><span class='timestyle'>{e.date}</span></td></tr>",
        around="<table class='winstyle124'>{}</table>",
    )
    yield paged(
        "v-list",
        [
            "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1026",
            "/list.jsp?totalpage=2&PAGENUM=2&urltype=tree.TreeTempUrl&wbtreeid=1026",
        ],
        lambda k: (
            "<td>共6条 1/2</td>"
            + (
                ""
                if k
                else "<a href='list.jsp?totalpage=2&PAGENUM=2&urltype=tree.TreeTempUrl&wbtreeid=1026' class='Next'>下页</a>"
            )
        ),
        link="/content_{key}.jsp?urltype=news.NewsContentUrl&wbtreeid=1026&wbnewsid={key}",
    )
    yield paged(
        "v-single",
        ["/nb.htm"],
        lambda k: (
            "<div class='pb_sys_common'><span class='p_t'>共6条</span> <span class='p_pages'><span class='p_no_d'>1</span></span></div>"
        ),
        link="/info/1021/{key}.htm",
        pattern="<li id='line_u8_0'><a href='{e.url}'><em>{e.title}</em><i>{e.date}</i></a></li>",
    )
    yield _upward()


def _upward() -> Town:
    """A list three folders deep whose items lie above it."""
    whose = agency()
    found = entries(whose, "info/11/{key}.htm")
    first, last = parts(found, 3)
    shown = "<li id='line_u10_0'><span>{e.date}</span><a href='%s{e.url}'>{e.cut}</a></li>"
    pages: dict[str, Page] = served(found, "/")
    pages["/zfxxgk/bm/jyj/nb.htm"] = frame(
        f"<ul>{rows(first, shown % '../../../')}</ul><span class='p_next p_fun'><a href='nb/1.htm'>下页</a></span>"
    )
    pages["/zfxxgk/bm/jyj/nb/1.htm"] = frame(
        f"<ul>{rows(last, shown % '../../../../')}</ul><span class='p_prev p_fun'><a href='../nb.htm'>上页</a></span>"
    )
    return Town("v-upward", whose, "/zfxxgk/bm/jyj/nb.htm", pages, YEARS)


def numbered() -> Iterator[Town]:
    """Epoint's numbers, 帝国CMS, WordPress-like blogs, aspx, and pagers made by hand."""
    yield paged(
        "e-list",
        ["/zwgk/002005/002005002/list.html", "/zwgk/002005/002005002/2.html", "/zwgk/002005/002005002/3.html"],
        lambda k: (
            f"<div class='ewb-page'><ul class='m-pagination-page'><li><a>{k + 1}</a></li></ul><span>共3页</span></div>"
            + ("" if k == 2 else f"<a href='/zwgk/002005/002005002/{k + 2}.html'>下页</a>")
        ),
        link="/zwgk/002005/002005002/20240115/{key}.html",
    )
    yield paged(
        "e-more",
        ["/zwgk/003/moreinfo.html", "/zwgk/003/2.html"],
        lambda k: (
            f"<script>$('#pager').pagination({{pageIndex: {k}, pageSize: 3, total: 6}});</script>"
            + "<a href='2.html'>2</a>"
        ),
        link="/zwgk/003/20240115/{key}.html",
    )
    yield paged(
        "g-diguo",
        [
            "/e/action/ListInfo.php?classid=174",
            "/e/action/ListInfo.php?classid=174&page=1",
            "/e/action/ListInfo.php?classid=174&page=2",
        ],
        lambda k: (
            "<div class='page'>&nbsp;<b>1</b> "
            + "".join(f"<a href='/e/action/ListInfo.php?classid=174&amp;page={n}'>{n + 1}</a> " for n in (0, 1, 2))
            + "</div>"
        ),
        link="/e/action/ShowInfo{key}.php?classid=174&id={key}",
    )
    yield paged(
        "g-wordpress",
        ["/category/nb/", "/category/nb/page/2/", "/category/nb/page/3/"],
        lambda k: (
            "<nav class='navigation pagination'>"
            + ("" if k == 2 else f"<a class='next page-numbers' href='/category/nb/page/{k + 2}/'>→</a>")
            + "</nav>"
        ),
        link="/archives/{key}/",
        pattern="<article><h2 class='entry-title'><a href='{e.url}' rel='bookmark'>{e.title}</a></h2><time datetime='{e.date}T08:00:00+08:00'>{e.date}</time></article>",
        around="<main>{}</main>",
    )
    yield paged(
        "g-aspx",
        ["/InfoPublic.aspx?cid=1019&pid=971&page=1", "/InfoPublic.aspx?cid=1019&pid=971&page=2"],
        lambda k: (
            "<a href='InfoPublic.aspx?cid=1019&pid=971&page=1'>首页</a><a href='InfoPublic.aspx?cid=1019&pid=971&page=2'>末页</a>"
        ),
        link="/Info{key}.aspx?id={key}",
    )
    yield paged(
        "g-select",
        ["/nb/index.html", "/nb/index_2.html", "/nb/index_3.html"],
        lambda k: (
            "<select onchange='location.href=this.value'>"
            + "".join(
                f"<option value='{u}'>第{n}页</option>"
                for n, u in enumerate(("index.html", "index_2.html", "index_3.html"), 1)
            )
            + "</select>"
        ),
    )
    yield paged(
        "g-onclick",
        ["/nb/index.html", "/nb/index_2.html"],
        lambda k: "" if k else "<span class='next' onclick=\"location.href='index_2.html'\">下一页</span>",
    )
    yield paged(
        "g-mixed",
        ["/nb/index.html", "/nb/index_1.html", "/nb/index_2.shtml"],
        lambda k: ("<a href='index_1.html'>后一页</a>", "<a href='index_2.shtml'>后一页</a>", "")[k],
    )
    yield paged(
        "g-yan",
        ["/zfxxgk/nb/1.html", "/zfxxgk/nb/2.html"],
        lambda k: f"<p>共2页 当前第{k + 1}页</p><a href='2.html'>尾页</a>",
    )
    yield paged(
        "g-image",
        ["/nb/a.html", "/nb/b.html"],
        lambda k: "" if k else "<a href='b.html' title='下一页'><img src='/n.gif'></a>",
    )
    yield paged(
        "g-num",
        ["/nb/list-17-1.html", "/nb/list-17-2.html", "/nb/list-17-3.html"],
        lambda k: f"<a href='list-17-{min(k + 2, 3)}.html'>下一页</a>",
    )
    whose = agency()
    found = entries(whose, "/nb/{key}.html")

    def round_and_round(asked: Asked) -> str:
        """A page beyond the last is the first again."""
        at = int(asked.query.get("page", "1"))
        shown = (parts(found, 3)[1:2] or [found])[0] if at == 2 else parts(found, 3)[0]
        return frame(f"<ul>{rows(shown)}</ul><a href='/nb/?page={at + 1}'>下一页</a>")

    yield Town("g-round", whose, "/nb/", {"/nb/": round_and_round, **served(found)}, YEARS)
    whose2 = agency()
    found2 = entries(whose2, "/nb/{key}.html")

    def last_again(asked: Asked) -> str:
        """A page beyond the last is the last again."""
        at = min(int(asked.query.get("p", "1")), 2)
        return frame(
            f"<ul>{rows(parts(found2, 3)[at - 1])}</ul><a href='/nb/?p={int(asked.query.get('p', '1')) + 1}'>下页</a>"
        )

    yield Town("g-lastagain", whose2, "/nb/", {"/nb/": last_again, **served(found2)}, YEARS)
    whose3 = agency()
    found3 = entries(whose3, "/nb/{key}.html")
    first, last = parts(found3, 3)
    pages: dict[str, Page] = {
        "/nb/": frame(f"<ul>{rows(first)}</ul><iframe src='/nb/pager.html' height='30'></iframe>"),
        "/nb/pager.html": "<html><body><a target='_parent' href='/nb/index.html'>1</a> <a target='_parent' href='/nb/p2.html'>2</a> <a target='_parent' href='/nb/p2.html'>下一页</a></body></html>",
        "/nb/p2.html": frame(f"<ul>{rows(last)}</ul>"),
        **served(found3),
    }
    yield Town("g-pagerframe", whose3, "/nb/", pages, YEARS)
    whose4 = agency()
    found4 = entries(whose4, "/nb/{key}.html")
    first, last = parts(found4, 3)

    def posted(asked: Asked) -> str | Reply:
        return frame(f"<ul>{rows(last)}</ul>") if "pageNo=2" in asked.body else Reply("", 400)

    form = "<form id='f' name='pageForm' method='post' action='/nb/list.do'><input type='hidden' name='cid' value='7'><input type='hidden' name='pageNo' value='1'></form>共6条 1/2页 <a href='javascript:gotoPage(2)'>下一页</a><script>function gotoPage(n){document.pageForm.pageNo.value=n;document.pageForm.submit();}</script>"
    pages = {"/nb/list.do": frame(f"<ul>{rows(first)}</ul>{form}"), "POST /nb/list.do": posted, **served(found4)}
    yield Town("g-form", whose4, "/nb/list.do", pages, YEARS)
    whose5 = agency()
    found5 = entries(whose5, "/nb/{key}.html")
    back = "<form method='post' action='./l.aspx' id='form1'><input type='hidden' name='__VIEWSTATE' value='/wEP'>共6条记录 <a href=\"javascript:__doPostBack('Pager','2')\">下一页</a></form>"
    pages = {"/l.aspx": frame(f"<ul>{rows(found5[:3])}</ul>{back}"), **served(found5)}
    yield Town("g-postback", whose5, "/l.aspx", pages, (2024, 2023), state="cut_short")


def towns() -> list[Town]:
    return [*trs(), *ucap(), *vsb(), *numbered()]
