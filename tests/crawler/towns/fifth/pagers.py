# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns whose lists are cut into pages, each with a pager of another hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import parse_qs

from towns.fifth.parts import agency, listed, plain, ul
from towns.lists import Entry, served
from towns.web import Asked, Page, Reply, Town, frame

SIZE = 2


def paged(
    name: str,
    addresses: Sequence[str],
    told: Callable[[int], str],
    *,
    state: str = "ok",
    row: Callable[[Entry], str] = plain,
    missing: bool = False,
) -> Town:
    """A list of two entries a page, at as many addresses; `told` is the pager of page k, counted from 0. With
    `missing` the site no longer has its last page."""
    whose = agency()
    found = listed(whose, "/info/1031/{key}.htm", years=(2023, 2022, 2021, 2020)[: len(addresses) * SIZE - 1], near=1)
    pages: dict[str, Page] = served(found)
    for number, address in enumerate(addresses):
        pages[address] = frame(ul(row)(found[number * SIZE : (number + 1) * SIZE]) + told(number))
    years = {entry.year for entry in found if entry.year}
    if missing:
        del pages[addresses[-1]]
        years -= {entry.year for entry in found[(len(addresses) - 1) * SIZE :]}
    return Town(name, whose, addresses[0], pages, years, state=state)


def asked_for(
    name: str, answer: Callable[[list[Entry], int], str], listing: str, number: Callable[[Asked], int], post: str = ""
) -> Town:
    """A list whose pages are one address, told apart by what is sent; a page that is not there is the last again."""
    whose = agency()
    found = listed(whose, "/info/1031/{key}.htm", years=(2023, 2022, 2021, 2020))
    last = -(-len(found) // SIZE)

    def page(asked: Asked) -> str:
        place = min(max(number(asked), 1), last)
        return frame(answer(found[(place - 1) * SIZE : place * SIZE], place))

    pages: dict[str, Page] = {**served(found), listing.partition("?")[0]: page}
    if post:
        pages[f"POST {post}"] = page
    return Town(name, whose, listing, pages, {e.year for e in found if e.year})


def _sent(name: str) -> Callable[[Asked], int]:
    return lambda asked: int(asked.query.get(name) or parse_qs(asked.body).get(name, ["1"])[0] or 1)


def _laypage(found: Sequence[Entry], place: int) -> str:
    return (
        ul(plain)(found)
        + f"<div id='pager'></div><script>layui.use('laypage', function(){{ var laypage = layui.laypage; laypage.render({{ elem: 'pager', count: 5, limit: 2, curr: {place}, jump: function(obj, first){{ if(!first){{ location.href = '?page=' + obj.curr; }} }} }}); }});</script>"
    )


def _post_form(found: Sequence[Entry], place: int) -> str:
    return (
        ul(plain)(found)
        + f"<form name='pageForm' id='pageForm' method='post' action='/nest/xxgk/list.do'><input type='hidden' name='channelId' value='88'><input type='hidden' name='currentPage' value='{place}'><a href='javascript:gotoPage({place + 1})'>下一页</a> 共3页</form><script>function gotoPage(n){{ document.pageForm.currentPage.value = n; document.pageForm.submit(); }}</script>"
    )


def _get_form(found: Sequence[Entry], place: int) -> str:
    return (
        ul(plain)(found)
        + f"<form name='fy' method='get' action='/info/iList.jsp'><input type=hidden name='node_id' value='GKxyt'><input type=hidden name='cat_id' value='15971'><input type=hidden name='cur_page' value='{place}'>第{place}页 共3页 <a href='javascript:toPage({place + 1})'>下一页</a></form><script>function toPage(p){{ document.fy.cur_page.value=p; document.fy.submit(); }}</script>"
    )


def _aspnet(found: Sequence[Entry], place: int) -> str:
    return (
        f"<form method='post' action='list.aspx?cid=9' id='form1'><input type='hidden' name='__VIEWSTATE' id='__VIEWSTATE' value='/wEPDwUK{place}'><input type='hidden' name='__EVENTTARGET' value=''><input type='hidden' name='__EVENTARGUMENT' value=''>"
        + ul(plain)(found)
        + f"<div id='AspNetPager1'>当前页:{place}/3 <a href=\"javascript:__doPostBack('AspNetPager1','{min(place + 1, 3)}')\">下一页</a> <a href=\"javascript:__doPostBack('AspNetPager1','3')\">尾页</a></div></form>"
    )


def _load_more(found: Sequence[Entry], place: int) -> str:
    return ul(plain)(found) + f"<a id='more' href='?p={place + 1}' class='load-more'>加载更多</a>" * (place < 3)


def _more_column(name: str) -> Town:
    whose = agency()
    found = listed(whose, "/gk/nb/{key}.html", years=(2023, 2022, 2021, 2020))
    pages: dict[str, Page] = {
        **served(found),
        "/gk/": frame(
            "<div class='mod'><h3>政府信息公开年报 <a class='more' href='/gk/nb/list.html'>更多&gt;&gt;</a></h3>"
            + ul(plain)(found[:2])
            + "</div><div class='mod'><h3>通知公告 <a class='more' href='/gk/tz/list.html'>更多&gt;&gt;</a></h3></div>"
        ),
        "/gk/nb/list.html": frame(ul(plain)(found)),
        "/gk/tz/list.html": frame("<ul><li><a href='/gk/tz/1.html'>关于停水的公告</a></li></ul>"),
    }
    return Town(name, whose, "/gk/", pages, (2023, 2022, 2021, 2020))


def _scroll(name: str) -> Town:
    whose = agency()
    found = listed(whose, "/info/1031/{key}.htm", years=(2023, 2022, 2021, 2020))

    def more(asked: Asked) -> Reply:
        place = _sent("page")(asked)
        return Reply("".join(map(plain, found[(place - 1) * SIZE : place * SIZE])))

    page = (
        ul(plain)(found[:SIZE])
        + "<script>var page = 1, totalPage = 3; $(window).scroll(function(){ if(atBottom() && page < totalPage){ page++; $.get('/xxgk/more.jsp?colid=12&page=' + page, function(html){ $('.list ul').append(html); }); } });</script>"
    )
    return Town(
        name,
        whose,
        "/xxgk/index.jsp",
        {**served(found), "/xxgk/index.jsp": frame(page), "/xxgk/more.jsp": more},
        (2023, 2022, 2021, 2020),
    )


def towns() -> list[Town]:
    return [
        paged(
            "p-pagediv",
            ["/xj/c1/gknr.shtml", "/xj/c1/gknr_2.shtml", "/xj/c1/gknr_3.shtml"],
            lambda n: (
                f"<div id='page-div'></div><script>createPageHTML('page-div',3, {n + 1},'gknr','shtml',5);</script>"
            ),
        ),
        paged(
            "p-jump",
            ["/zwgk/nb/index.html", "/zwgk/nb/index_2.html", "/zwgk/nb/index_3.html"],
            lambda n: (
                "<input id='num'><button onclick='tz()'>跳转</button><script>function tz(){ var num=document.getElementById('num').value; if(num<1){alert('页码错误');} else if(num==1){ location.href='index.html'; } else if(num>3){ alert('超出页数'); } else { location.href='index_'+num+'.html'; } }</script>"
            ),
        ),
        paged(
            "p-onehtml",
            ["/zfxxgk/nb/1.html", "/zfxxgk/nb/2.html", "/zfxxgk/nb/3.html"],
            lambda n: (
                f"<div class='page' id='page'></div><script>var total=parseInt('3'); var cur=parseInt('{n + 1}'); for(var i=1;i<=total;i++){{ $('#page').append('<a href=\"'+i+'.html\">'+i+'</a>'); }}</script>"
            ),
        ),
        paged(
            "p-showlist",
            [f"/Content/showList/10710/page_{k}.html" for k in (1, 2, 3)],
            lambda n: (
                f"<div class='pages'><a href='/Content/showList/10710/page_1.html'>首页</a><a href='/Content/showList/10710/page_{min(n + 2, 3)}.html'>&gt;</a><a href='/Content/showList/10710/page_3.html'>&gt;&gt;</a></div>"
            ),
        ),
        asked_for("p-cgi", _get_form, "/info/iList.jsp?node_id=GKxyt&cat_id=15971", _sent("cur_page")),
        asked_for(
            "p-aspnet",
            _aspnet,
            "/list.aspx?cid=9",
            lambda a: int(parse_qs(a.body)["__EVENTARGUMENT"][0]) if "__VIEWSTATE" in a.body else 1,
            "/list.aspx",
        ),
        asked_for(
            "p-infopublic",
            lambda found, k: (
                "<div class='info-list'>"
                + "".join(f"<p><a href='{e.url}'>{e.title}</a><span>{e.date}</span></p>" for e in found)
                + f"</div><div class='pages'><a href='InfoPublic.aspx?cid=1019&pid=971&page={max(k - 1, 1)}&kw='>«</a><b>{k}</b><a href='InfoPublic.aspx?cid=1019&pid=971&page={min(k + 1, 3)}&kw='>»</a><a href='InfoPublic.aspx?cid=1019&pid=971&page=3&kw='>尾页</a></div>"
            ),
            "/InfoPublic.aspx?cid=1019&pid=971&page=1&kw=",
            _sent("page"),
        ),
        asked_for("p-laypage", _laypage, "/zwgk/list", _sent("page")),
        asked_for("p-postform", _post_form, "/nest/xxgk/list.do", _sent("currentPage"), "/nest/xxgk/list.do"),
        asked_for("p-more", _load_more, "/list/gknb", _sent("p")),
        paged(
            "p-jqpaginator",
            ["/nb/list_1.html", "/nb/list_2.html", "/nb/list_3.html"],
            lambda n: (
                f"<ul id='pagination'></ul><script>$('#pagination').jqPaginator({{ totalPages: 3, visiblePages: 5, currentPage: {n + 1}, onPageChange: function(num, type){{ if(type=='change'){{ window.location.href='/nb/list_'+num+'.html'; }} }} }});</script>"
            ),
        ),
        paged(
            "p-select",
            ["/nb/list.aspx?p=1", "/nb/list.aspx?p=2", "/nb/list.aspx?p=3"],
            lambda n: (
                "<select onchange='location=this.options[this.selectedIndex].value'>"
                + "".join(
                    f"<option value='list.aspx?p={k}'{' selected' * (k == n + 1)}>第{k}页</option>" for k in (1, 2, 3)
                )
                + "</select>"
            ),
        ),
        paged(
            "p-topage",
            ["/zwgk/list/1.html", "/zwgk/list/2.html", "/zwgk/list/3.html"],
            lambda n: (
                f"<a href='javascript:;' onclick='toPage({n})'>上一页</a><a href='javascript:;' onclick='toPage({n + 2})'>下一页</a>"
                * (n < 2)
                + "<script>function toPage(n){ window.location.href = '/zwgk/list/' + n + '.html'; }</script>"
            ),
        ),
        paged(
            "p-relnext",
            ["/gknb/", "/gknb/p/2/", "/gknb/p/3/"],
            lambda n: f"<link rel='next' href='/gknb/p/{n + 2}/'>" * (n < 2),
        ),
        paged(
            "p-image",
            ["/nb/index.htm", "/nb/index_1.htm", "/nb/index_2.htm"],
            lambda n: (
                f"页次：{n + 1}/3 每页2条 "
                + f"<a href='index_{n + 1}.htm'><img src='/images/next.gif' border='0'></a>" * (n < 2)
            ),
        ),
        paged(
            "p-spans",
            ["/nb/index.shtml", "/nb/index_1.shtml", "/nb/index_2.shtml"],
            lambda n: (
                f"<div class='page'><span class='cur'>{n + 1}</span><span class='next' onclick=\"javascript:location.href='index_{n + 1}.shtml'\">下页</span></div>"
                * (n < 2)
            ),
        ),
        paged(
            "p-countpage",
            ["/nb/default.htm", "/nb/default_1.htm", "/nb/default_2.htm"],
            lambda n: (
                f"<script>var m_nRecordCount = 5; var m_nCurrPage = {n}; var m_nPageSize = 2; var m_sPageName = 'default'; var m_sPageExt = 'htm'; var m_nPageCount = 3; for(var i=0;i<m_nPageCount;i++){{ document.write('<a href=\"'+m_sPageName+(i==0?'':'_'+i)+'.'+m_sPageExt+'\">'+(i+1)+'</a>'); }}</script>"
            ),
        ),
        paged(
            "p-gone",
            ["/nb/index.html", "/nb/index_1.html"],
            lambda n: f"<script>createPageHTML(2, {n}, 'index', 'html');</script>",
            state="cut_short",
            missing=True,
        ),
        paged(
            "p-encoded",
            ["/list.php?tid=12", "/list.php?tid=12&TotalResult=5&PageNo=2", "/list.php?tid=12&TotalResult=5&PageNo=3"],
            lambda n: (
                f"<ul class='pagelist'><li><span class='pageinfo'>共 <strong>3</strong>页<strong>5</strong>条</span></li><li class='thisclass'>{n + 1}</li>"
                + f"<li><a href='/list.php?tid=12&amp;TotalResult=5&amp;PageNo={n + 2}'>下一页</a></li>" * (n < 2)
                + "</ul>"
            ),
        ),
        paged(
            "p-phpcms",
            [
                "/index.php?m=content&c=index&a=lists&catid=21",
                "/index.php?m=content&c=index&a=lists&catid=21&page=2",
                "/index.php?m=content&c=index&a=lists&catid=21&page=3",
            ],
            lambda n: (
                f"<div id='pages'><a class='a1'>5条</a> <a href='/index.php?m=content&c=index&a=lists&catid=21&page={max(n, 1)}' class='a1'>上一页</a> <span>{n + 1}</span> <a href='/index.php?m=content&c=index&a=lists&catid=21&page={min(n + 2, 3)}' class='a1'>下一页</a></div>"
            ),
        ),
        _more_column("p-column"),
        _scroll("p-scroll"),
    ]
