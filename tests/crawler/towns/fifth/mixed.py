# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns that wear the clothes of one family and keep their lists in the manner of another, or of nobody else."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from towns.fifth.parts import agency, cut_pages, dumped, key, listed, plain, records, site, ul
from towns.lists import Entry, served
from towns.web import Asked, Page, Town, frame

FOUR = (2023, 2022, 2021, 2020)
TRS = "<div class='TRS_Editor'></div><!--TRSCMS-->"
VSB = "<script src='/system/resource/js/counter.js'></script><script>_jsq_(1031,'/zfxxgknb.jsp',-1,1509)</script><div id='vsb_content_2'></div>"
HANWEB = "<script src='/script/0/1/jquery.min.js'></script>"
EPOINT = "<script src='/js/webBuilderCommon.js'></script>"
UCAP = "<UCAPCONTENT></UCAPCONTENT>"
LONGXUN = "<a href='/public/column/6795?type=1'>政府信息公开指南</a>"
EPORTAL = "<img src='/eportal/fileDir/logo.png'>"
GKMLPT = "<a href='/gkmlpt/guide'>政府信息公开指南</a>"


def dressed(
    name: str,
    dress: str,
    script: str,
    path: str,
    *,
    listing: str = "/zfxxgk/nb/index.html",
    link: str = "/zfxxgk/nb/{key}.html",
    names: dict[str, str] | None = None,
) -> Town:
    """A page in a family's clothes whose script asks for a list, two pages of it."""
    whose = agency()
    found = listed(whose, link, FOUR)

    def answer(asked: Asked) -> Page:
        place = int(next((asked.query[n] for n in ("page", "pageNo", "pageIndex", "pageNum") if n in asked.query), "1"))
        return dumped(
            {"code": 200, "data": {"list": records(cut_pages(found, 3, place), **(names or {})), "total": len(found)}}
        )

    return Town(
        name,
        whose,
        listing,
        {**served(found), listing: frame(f"{dress}<div id='list'></div><script>{script}</script>"), path: answer},
        FOUR,
    )


def turned(
    name: str, dress: str, addresses: Sequence[str], told: Callable[[int], str], link: str = "/zfxxgk/nb/{key}.html"
) -> Town:
    """A page in a family's clothes with two entries, and a pager of another family's."""
    whose = agency()
    found = listed(whose, link, FOUR)
    pages: dict[str, Page] = {**served(found)}
    for number, address in enumerate(addresses):
        pages[address] = frame(dress + ul(plain)(found[2 * number : 2 * number + 2]) + told(number))
    return Town(name, whose, addresses[0], pages, FOUR)


def carried(name: str, dress: str, link: str = "/zfxxgk/nb/{key}.html", listing: str = "/zfxxgk/nb/index.html") -> Town:
    """A page in a family's clothes that holds its list as data."""
    return site(
        name,
        lambda found: frame(
            f"{dress}<div id='app'></div><script>var infoList = {json.dumps(records(found), ensure_ascii=False)};</script>"
        ),
        link=link,
        listing=listing,
    )


def _store(found: Sequence[Entry]) -> str:
    rows = "".join(
        f"<record><![CDATA[<li><a href='{e.url}' title='{e.title}'>{e.cut}</a><span>{e.date}</span></li>]]></record>"
        for e in found
    )
    return (
        f"<script type='text/xml'><datastore><nextgroup></nextgroup><recordset>{rows}</recordset></datastore></script>"
    )


def towns() -> list[Town]:
    ask = "$.get('/api/info/list?channelId=12&page=1&size=3', function(r){ show(r.data.list); });"
    ajax = "$.ajax({url: '/api/info/list', type: 'get', data: {channelId: '12', pageNo: 1, pageSize: 3}, success: function(r){ show(r.data.list); }});"
    return [
        dressed("m-trs-ask", TRS, ask, "/api/info/list"),
        dressed("m-vsb-ask", VSB, ajax, "/api/info/list"),
        dressed(
            "m-hanweb-ask",
            HANWEB,
            ask,
            "/api/info/list",
            listing="/col/col1234/index.html",
            link="/art/2024/1/5/art_1234_{key}.html",
        ),
        dressed("m-epoint-ask", EPOINT, ajax, "/api/info/list"),
        dressed(
            "m-ucap-ask",
            UCAP,
            ask,
            "/api/info/list",
            listing="/lzsjyj/gknb/list.shtml",
            link="/lzsjyj/gknb/202401/{key}.shtml",
        ),
        dressed("m-longxun-ask", LONGXUN, ajax, "/api/info/list", listing="/content/column/6791573"),
        dressed("m-eportal-ask", EPORTAL, ask, "/api/info/list"),
        dressed("m-gkmlpt-ask", GKMLPT, ask, "/api/info/list"),
        *[
            carried(f"m-{name}-carried", dress)
            for name, dress in (
                ("trs", TRS),
                ("vsb", VSB),
                ("epoint", EPOINT),
                ("longxun", LONGXUN),
                ("eportal", EPORTAL),
                ("gkmlpt", GKMLPT),
            )
        ],
        carried(
            "m-hanweb-carried", HANWEB, link="/art/2024/1/5/art_1234_{key}.html", listing="/col/col1235/index.html"
        ),
        turned(
            "m-vsb-trs",
            VSB,
            ["/zfxxgk/nb/index.html", "/zfxxgk/nb/index_1.html", "/zfxxgk/nb/index_2.html"],
            lambda n: f"<script>createPageHTML(3, {n}, 'index', 'html');</script>",
        ),
        turned(
            "m-trs-query",
            TRS,
            ["/zfxxgk/nb/", "/zfxxgk/nb/?page=2", "/zfxxgk/nb/?page=3"],
            lambda n: f"<a href='?page={n + 2}'>下一页</a>" * (n < 2),
        ),
        turned(
            "m-hanweb-jq",
            HANWEB,
            ["/col/col1236/index.html", "/col/col1236/index_2.html", "/col/col1236/index_3.html"],
            lambda n: (
                f"<script>$('#p').pagination({{pageCount: 3, current: {n + 1}, callback: function(api){{ location.href = 'index_' + api.getCurrent() + '.html'; }}}});</script>"
            ),
        ),
        turned(
            "m-epoint-static",
            EPOINT,
            ["/zwgk/002005/moreinfo.html", "/zwgk/002005/2.html", "/zwgk/002005/3.html"],
            lambda n: (
                f"<ul class='m-pagination-page'><li><a href='/zwgk/002005/{'moreinfo' if n == 0 else n + 1}.html'>{n + 1}</a></li></ul><div>{n + 1}/3</div>"
            ),
        ),
        turned(
            "m-longxun-next",
            LONGXUN,
            ["/content/column/6791574", "/content/column/6791574?pageIndex=2", "/content/column/6791574?pageIndex=3"],
            lambda n: f"<a href='/content/column/6791574?pageIndex={n + 2}'>下一页</a>" * (n < 2),
        ),
        turned(
            "m-eportal-page",
            EPORTAL,
            ["/zfxxgk/nb/index.html", "/zfxxgk/nb/index2.html", "/zfxxgk/nb/index3.html"],
            lambda n: "".join(f"<a href='index{'' if k == 1 else k}.html'>{k}</a>" for k in (1, 2, 3)),
        ),
        turned(
            "m-ucap-query",
            UCAP,
            ["/lzs/c101/zfxxgk_list.shtml", "/lzs/c101/zfxxgk_list_2.shtml", "/lzs/c101/zfxxgk_list_3.shtml"],
            lambda n: f"<script>createPageHTML('page_div', 3, {n + 1}, 'zfxxgk_list', 'shtml', 5);</script>",
        ),
        site("m-trs-store", lambda found: frame(TRS + _store(found)), link="/art/2024/1/5/art_77_{key}.html"),
        site("m-vsb-store", lambda found: frame(VSB + _store(found)), link="/info/1031/{key}.htm"),
        site(
            "m-many-scripts",
            lambda found: frame(
                "".join(f"<script>$.get('/tongji/count?n={n}');</script>" for n in range(5))
                + "<script>$.get('/weather/now.json', w); $.getJSON('/menu/tree.json', m);</script><script>$.getJSON('/zfxxgk/nb/list.json', function(d){ render(d); });</script><div id='l'></div>"
            ),
            more=lambda found: {"/zfxxgk/nb/list.json": dumped(records(found, title="bt", url="lj", date="fbsj"))},
        ),
        site(
            "m-late-list",
            lambda found: frame(
                "<ul class='hot'>"
                + "".join(
                    f"<li><a href='/news/{n}.html'>凌州市召开第{n}次工作会议</a><span>2024-02-0{n}</span></li>"
                    for n in range(1, 6)
                )
                + "</ul><div id='nb'></div><script>$.getJSON('/zfxxgk/nb/list.json', function(d){ render(d); });</script>"
            ),
            more=lambda found: {"/zfxxgk/nb/list.json": dumped(records(found, title="bt", url="lj"))},
        ),
        site(
            "m-ordos",
            lambda found: frame(
                "<table width='752' class='bor'><tr><td class='pos'>您现在的位置是：<a href='../../' class='CurrChnlCls'>首页</a>&gt;&gt;<a href='./' class='CurrChnlCls'>信息公开年报</a></td></tr><tr><td><table class='gl_list'>"
                + "".join(
                    f"<tr valign='top'><td width='25'><img src='../../images/ico2.jpg'></td><td width='550'>\n<a href='{e.url}'>{e.title}</a>\n</td><td>\n{e.date}\n</td></tr>"
                    + f"<tr valign='top'><td><img src='../../images/ico2.jpg'></td><td><a href='/dt/{key(e)}.html'>示范区召开{key(e)}年度工作会暨党风廉政建设会议</a></td><td>2020-05-06</td></tr>"
                    for e in found
                )
                + "</table></td></tr></table>"
            ),
        ),
    ]
