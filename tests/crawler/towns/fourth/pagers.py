# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Lists of several pages, and how sites say where the next one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import parse_qs

from towns.fourth.parts import dressed, halves, listed, rows, town, whose
from towns.lists import Entry, gbk
from towns.web import Asked, Page, Reply, Town

YEARS = (2024, 2023, 2022, 2021, 2020)


def static(
    name: str, listing: str, address: str, told: Callable[[int, int], str], link: str = "/nb/{key}.html", near: int = 1,
    first: int = 2, dress: Callable[[str], Page] = str, state: str = "ok", lost: int = 0,
) -> Town:  # fmt: skip
    """A list in pages: the first at `listing`, page k (from 2) at `address` with {n} counted from `first`; the last
    `lost` of them are not there, nor what only they name."""
    agency = whose()
    parts = halves(listed(agency, link, YEARS, near))
    pages: dict[str, Page] = {}
    for k, shown in enumerate(parts):
        at = listing if k == 0 else address.format(n=first + k - 1)
        pages[at] = dress(dressed(f"<ul>{rows(shown)}</ul>{told(k, len(parts))}"))
        if k >= len(parts) - lost:
            pages[at] = Reply("<h1>404</h1>", 404)
    return town(name, agency, listing, [e for part in parts[: len(parts) - lost] for e in part], pages, state=state)


def asked_for(
    name: str,
    listing: str,
    parameter: str,
    told: Callable[[int, int], str],
    first: int = 1,
    post: bool = False,
    link: str = "/nb/{key}.html",
) -> Town:
    """A list whose server turns the page that a parameter counts; out of range it shows the last one again."""
    agency = whose()
    found = listed(agency, link, YEARS, 1)
    parts: list[Sequence[Entry]] = halves(found)

    def answer(asked: Asked) -> str:
        given = parse_qs(asked.body).get(parameter, [""])[0] if asked.body else asked.query.get(parameter, "")
        given = given.removeprefix("Page$")
        k = min(int(given) - first, len(parts) - 1) if given.isdigit() else 0
        return dressed(f"<ul>{rows(parts[k])}</ul>{told(k, len(parts))}")

    path = listing.partition("?")[0]
    pages: dict[str, Page] = {listing: dressed(f"<ul>{rows(parts[0])}</ul>{told(0, len(parts))}")}
    pages["POST " + path if post else path] = answer
    return town(name, agency, listing, found, pages)


def links(stem: str, end: str) -> Callable[[int, int], str]:
    """首页 上一页 下一页 尾页, as links; the first page is `stem` without a number."""

    def at(k: int) -> str:
        return f"{stem}{end}" if k == 0 else f"{stem}_{k + 1}{end}"

    def told(k: int, count: int) -> str:
        onward = (
            f"<a href='{at(k + 1)}'>下一页</a> <a href='{at(count - 1)}'>尾页</a>"
            if k + 1 < count
            else "<span>下一页</span> <span>尾页</span>"
        )
        back = (
            f"<a href='{at(0)}'>首页</a> <a href='{at(k - 1)}'>上一页</a>"
            if k
            else "<span>首页</span> <span>上一页</span>"
        )
        return f"<div class='page'>{back} {onward} 第{k + 1}/{count}页</div>"

    return told


def by_links() -> list[Town]:
    def bare(k: int, count: int) -> str:
        return (
            "<div class='page'>"
            + "".join(f"<a href='/nb/index{f'_{n}' if n else ''}.html'>{n + 1}</a>" for n in range(count))
            + "</div>"
        )

    def arrows(k: int, count: int) -> str:
        return f"<a class='next' href='list_12_{k + 2}.html'>&gt;</a>" if k + 1 < count else ""

    def lists(k: int, count: int) -> str:
        options = "".join(f"<option value='list{n + 1}.htm'>第{n + 1}页</option>" for n in range(count))
        return (
            f"<select name='sldd' onchange=\"location.href=this.options[this.selectedIndex].value;\">{options}</select>"
        )

    def channels(k: int, count: int) -> str:
        return f"<a href='/channels/33_{k + 2}.html' class='pager-next'>下页</a>" if k + 1 < count else "下页"

    def scripted(k: int, count: int) -> str:
        return (
            f"<a href='javascript:void(0)' onclick=\"window.location='/nb/list-{k + 2}.html'\">下一页</a>"
            if k + 1 < count
            else ""
        )

    return [
        static("p-links", "/nb/list.shtml", "/nb/list_{n}.shtml", links("/nb/list", ".shtml")),
        static("p-jhtml", "/nb/index.jhtml", "/nb/index_{n}.jhtml", links("index", ".jhtml"), link="/nb/{key}.jhtml"),
        static("p-numbers", "/nb/index.html", "/nb/index_{n}.html", bare, first=1),
        static("p-dede", "/nb/list_12_1.html", "/nb/list_12_{n}.html", arrows, dress=gbk("text/html")),
        static("p-options", "/gk/list1.htm", "/gk/list{n}.htm", lists),
        static("p-channels", "/channels/33.html", "/channels/33_{n}.html", channels, link="/contents/33/{key}.html"),
        static("p-onclick", "/nb/list-1.html", "/nb/list-{n}.html", scripted),
    ]


def by_script() -> list[Town]:
    def trs(k: int, count: int) -> str:
        return f"<script>createPageHTML({count}, {k}, 'index', 'html');</script>"

    def variables(k: int, count: int) -> str:
        return (
            f"<div id='pages'></div><script>var totalPage = {count}; var currPage = {k + 1}; var pageName = 'list'; var pageExt = 'html';\n"
            "function go(n) { location.href = n == 1 ? pageName + '.' + pageExt : pageName + '_' + n + '.' + pageExt; }</script>"
        )

    def lay(k: int, count: int) -> str:
        return (
            f"<div id='pager'></div><script>laypage.render({{ elem: 'pager', count: {2 * count}, limit: 2, curr: {k + 1},"
            " jump: function(obj, first) { if (!first) { location.href = '/nb/list?page=' + obj.curr; } } });</script>"
        )

    def plugin(k: int, count: int) -> str:
        return (
            f"<div class='pagination'></div><script>$('.pagination').pagination({{ pageCount: {count}, current: {k + 1}, callback: function(api) {{"
            " window.location.href = '/nb/list.aspx?cid=12&p=' + api.getCurrent(); } });</script>"
        )

    def hop(k: int, count: int) -> str:
        onward = f"<a href='javascript:goPage({k + 2})'>下一页</a>" if k + 1 < count else "下一页"
        return (
            f"<div class='fy'>共{count}页 当前第{k + 1}页 {onward} <a href='javascript:goPage({count})'>末页</a></div>"
            "<script>function goPage(n) { window.location.href = '/nb/list.do?catId=5&pageNo=' + n; }</script>"
        )

    def form(method: str) -> Callable[[int, int], str]:
        def told(k: int, count: int) -> str:
            onward = f"<a href='#' onclick='toPage({k + 2})'>下一页</a>" if k + 1 < count else "下一页"
            return (
                f"<form id='pageForm' name='pageForm' action='/nb/list.action' method='{method}'><input type='hidden' name='catId' value='5'>"
                f"<input type='hidden' name='pageNo' id='pageNo' value='{k + 1}'></form><div class='fy'>共{count}页 {onward}</div>"
                "<script>function toPage(n) { document.getElementById('pageNo').value = n; document.getElementById('pageForm').submit(); }</script>"
            )

        return told

    return [
        static("p-trs", "/nb/index.html", "/nb/index_{n}.html", trs, first=1),
        static("p-variables", "/nb/list.html", "/nb/list_{n}.html", variables),
        asked_for("p-laypage", "/nb/list", "page", lay),
        asked_for("p-plugin", "/nb/list.aspx?cid=12", "p", plugin),
        asked_for("p-go", "/nb/list.do?catId=5", "pageNo", hop),
        asked_for("p-form", "/nb/list.action?catId=5", "pageNo", form("get")),
        asked_for("p-posted", "/nb/list.action?catId=5", "pageNo", form("post"), post=True),
    ]


def by_server() -> list[Town]:
    def php(k: int, count: int) -> str:
        numbers = "".join(
            f"<a href='index.php?m=content&amp;c=index&amp;a=lists&amp;catid=33&amp;page={n + 1}'>{n + 1}</a>"
            for n in range(count)
        )
        return f"<div id='pages'>{numbers}</div>"

    def said(k: int, count: int) -> str:
        onward = f"<a href='?page={k + 2}'>下一页</a>" if k + 1 < count else ""
        return f"<div>共 6 条记录 每页 2 条 {k + 1}/{count} {onward}</div>"

    def zero(k: int, count: int) -> str:
        onward = (
            f"<li class='pager-next'><a title='到下一页' href='/nb?page={k + 1}'>下一页 ›</a></li>"
            if k + 1 < count
            else ""
        )
        return f"<ul class='pager'>{onward}</ul>"

    def more(k: int, count: int) -> str:
        return f"<a class='more' href='/nb/more?start={k + 2}'>加载更多</a>" if k + 1 < count else ""

    def post_back(k: int, count: int) -> str:
        onward = f"<a href=\"javascript:__doPostBack('AspNetPager1','{k + 2}')\">下一页</a>" if k + 1 < count else ""
        return (
            f"<form method='post' action='list.aspx?cid=9' id='form1'><input type='hidden' name='__VIEWSTATE' value='dDwtMTA{k}'>"
            f"<input type='hidden' name='__EVENTTARGET' value=''><input type='hidden' name='__EVENTARGUMENT' value=''><div id='AspNetPager1'>{onward}</div></form>"
        )

    return [
        asked_for("p-php", "/index.php?m=content&c=index&a=lists&catid=33", "page", php),
        asked_for("p-said", "/nb/list.jsp", "page", said),
        asked_for("p-zero", "/nb", "page", zero, first=0),
        asked_for("p-more", "/nb/more", "start", more),
        asked_for("p-postback", "/nb/list.aspx?cid=9", "__EVENTARGUMENT", post_back, post=True),
        static("p-short", "/nb/list.html", "/nb/list_{n}.html", links("/nb/list", ".html"), lost=1, state="cut_short"),
    ]


def towns() -> list[Town]:
    return [*by_links(), *by_script(), *by_server()]
