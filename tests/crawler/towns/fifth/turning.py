# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns whose lists are cut into pages by systems of content that are less known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from towns.fifth.parts import agency, listed, plain, ul
from towns.lists import served
from towns.web import Page, Town, frame

FOUR = (2023, 2022, 2021, 2020)


def turned(
    name: str,
    addresses: Sequence[str],
    told: Callable[[int], str],
    *,
    link: str = "/nb/a/{key}.html",
    listing: str = "",
) -> Town:
    """A list of two entries a page; `told` is the pager of page k, counted from 0."""
    whose = agency()
    found = listed(whose, link, FOUR)
    pages: dict[str, Page] = {**served(found)}
    for number, address in enumerate(addresses):
        pages[address] = frame(
            ul(plain)(found[2 * number : 2 * number + 2])
            + told(number)
            + "<p>主办：凌州市人民政府办公室　承办：凌州市大数据中心　网站标识码：9901000001　地址：凌州市人民路1号　电话：0990-1234567</p>"
        )
    return Town(name, whose, listing or addresses[0], pages, FOUR)


def _three(pattern: str, first: str = "") -> list[str]:
    return [first or pattern.format(1), pattern.format(2), pattern.format(3)]


def _next(pattern: str, words: str = "下一页") -> Callable[[int], str]:
    return lambda n: f"<div class='page'><a href='{pattern.format(n + 2)}'>{words}</a></div>" if n < 2 else ""


def towns() -> list[Town]:
    return [
        turned(
            "u-vsbtree",
            [
                "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1045",
                "/list.jsp?totalpage=3&PAGENUM=2&urltype=tree.TreeTempUrl&wbtreeid=1045",
                "/list.jsp?totalpage=3&PAGENUM=3&urltype=tree.TreeTempUrl&wbtreeid=1045",
            ],
            lambda n: (
                f"<table><tr><td>共5条 {n + 1}/3 <a href='?totalpage=3&PAGENUM={min(n + 2, 3)}&urltype=tree.TreeTempUrl&wbtreeid=1045'>下页</a> <a href='?totalpage=3&PAGENUM=3&urltype=tree.TreeTempUrl&wbtreeid=1045'>尾页</a> <a href='javascript:_simple_list_gotopage_fun(3,&quot;u3gotopage&quot;,1)'>转到</a></td></tr></table>"
            ),
        ),
        turned(
            "u-offset",
            ["/xxgk/list.jsp?cid=7", "/xxgk/list.jsp?cid=7&pager.offset=2", "/xxgk/list.jsp?cid=7&pager.offset=4"],
            lambda n: "".join(f"<a href='/xxgk/list.jsp?cid=7&pager.offset={2 * k}'>{k + 1}</a>" for k in range(3)),
        ),
        turned(
            "u-jeecms",
            _three("/nb/index_{}.jhtml", "/nb/index.jhtml"),
            lambda n: (
                f"<div>共5条记录 {n + 1}/3页 <a href='index_{min(n + 2, 3)}.jhtml' onclick=''>下一页</a> 第<select onchange=\"location.href=this.value\">{''.join(f'<option value=index_{k}.jhtml>{k}</option>' for k in (1, 2, 3))}</select>页</div>"
            ),
        ),
        turned("u-siteserver", _three("/channels/12_{}.html", "/channels/12.html"), _next("/channels/12_{}.html")),
        turned(
            "u-rewritten",
            _three("/list-21-{}.html"),
            lambda n: "".join(f"<a href='/list-21-{k}.html' class='{'cur' * (k == n + 1)}'>{k}</a>" for k in (1, 2, 3)),
        ),
        turned("u-segments", _three("/xxgk/list/21/{}", "/xxgk/list/21"), _next("/xxgk/list/21/{}", "&gt;")),
        turned(
            "u-founder",
            _three("/node_1234_{}.htm", "/node_1234.htm"),
            lambda n: (
                f"<script>var currentPage={n};var maxpage=3;</script><a href='node_1234_{n + 2}.htm'>后一页</a>"
                * (n < 2)
            ),
        ),
        turned(
            "u-thinkphp",
            _three("/index.php/nb/lists/cid/9/p/{}.html", "/index.php/nb/lists/cid/9.html"),
            lambda n: (
                f"<div>5 条记录 {n + 1}/3 页 <a href='/index.php/nb/lists/cid/9/p/{n + 2}.html'>下一页</a></div>"
                if n < 2
                else "<div>5 条记录 3/3 页</div>"
            ),
        ),
        turned(
            "u-turnpage",
            _three("/nb/list_{}.html", "/nb/list.html"),
            lambda n: (
                f"<a href='javascript:turnPage({n + 2})'>下一页</a>" * (n < 2)
                + "<script>function turnPage(p){ if (p == 1) { window.location = 'list.html'; } else { window.location = 'list_' + p + '.html'; } }</script>"
            ),
        ),
        turned(
            "u-gopath",
            _three("/nb/list_{}.html", "/nb/list.html"),
            lambda n: (
                f"<a onclick=\"goPage('/nb/list',{n + 2},'html')\">下一页</a>" * (n < 2)
                + "<script>function goPage(path,n,ext){ location.href = path + '_' + n + '.' + ext; }</script>"
            ),
        ),
        turned(
            "u-pagedec",
            _three("/nb/default_{}.htm", "/nb/default.htm"),
            lambda n: (
                f"<script>pageDec(3, {n}, 'default', 'htm');</script>"
                if n > 9
                else f"<script>document.write(showPage({{total: 3, cur: {n + 1}, name: 'default', ext: 'htm'}}));</script><span>共3页</span>"
            ),
        ),
        turned(
            "u-dataindex",
            _three("/nb/{}.html"),
            lambda n: (
                "<ul class='pager'>"
                + "".join(f"<li data-page='{k}' class='num'>{k}</li>" for k in (1, 2, 3))
                + "</ul><script>$('.pager .num').click(function(){ location.href = '/nb/' + $(this).data('page') + '.html'; });</script>"
            ),
        ),
        turned(
            "u-pageurl",
            _three("/nb/index_{}.html", "/nb/index.html"),
            lambda n: (
                f"<script>var pageUrl='/nb/index_[page].html', pageCount=3, pageNow={n + 1}; new Pager(pageUrl, pageCount, pageNow);</script>"
            ),
        ),
        turned(
            "u-semantic",
            _three("/nb?p={}", "/nb"),
            lambda n: (
                f"<nav aria-label='分页'><a href='/nb?p={n + 2}' aria-label='下一页'><i class='fa fa-angle-right'></i></a></nav>"
                * (n < 2)
            ),
        ),
        turned(
            "u-titled",
            _three("/nb/index_{}.html", "/nb/index.html"),
            lambda n: f"<a href='index_{n + 2}.html' title='下一页' class='icon'></a>" * (n < 2),
        ),
        turned(
            "u-inputjump",
            _three("/nb/index_{}.html", "/nb/index.html"),
            lambda n: (
                "<div id='pages' data-total='3' data-current='1'></div><input type='hidden' id='totalPages' value='3'><script src='/js/page.js'></script>"
            ),
        ),
        turned(
            "u-older",
            ["/nb/", "/nb/archive/2022/", "/nb/archive/2021/"],
            lambda n: f"<a href='/nb/archive/{2022 - n}/'>更早的年报 &gt;&gt;</a>" * (n < 2),
        ),
        turned(
            "u-count0",
            ["/nb/list.do?page=0", "/nb/list.do?page=1", "/nb/list.do?page=2"],
            lambda n: f"<a href='/nb/list.do?page={n + 1}'>下页</a>" * (n < 2),
        ),
        turned(
            "u-cnwords",
            _three("/nb/index_{}.html", "/nb/index.html"),
            lambda n: "".join(
                f"<a href='/nb/index{'' if k == 1 else f'_{k}'}.html'>第{'一二三'[k - 1]}页</a>" for k in (1, 2, 3)
            ),
        ),
        turned(
            "u-formget",
            ["/nb/query?cid=3", "/nb/query?cid=3&currentPage=2", "/nb/query?cid=3&currentPage=3"],
            lambda n: (
                f"<form id='f' action='/nb/query' method='get'><input type='hidden' name='cid' value='3'><input type='hidden' name='currentPage' id='cp' value='{n + 1}'></form><a href='javascript:void(0)' onclick='go({n + 2})'>下一页</a>"
                * (n < 2)
                + "<script>function go(n){ $('#cp').val(n); $('#f').submit(); }</script>"
            ),
        ),
    ]
