# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""More of what real sites do: hrefs that are written carelessly, titles in other words, choices of years, pagers of
other products, interfaces that wrap their answer twice, and the near misses that come nearest."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from towns.fourth.pagers import asked_for, static
from towns.fourth.parts import dressed, listed, rows, town, whose
from towns.fourth.served import api
from towns.lists import Entry, json_reply, pdf
from towns.web import SUFFIX, Asked, Page, Reply, Town, other, report, text, title

YEARS = (2024, 2023, 2022)


def hrefs() -> list[Town]:
    made = []
    patterns: dict[str, tuple[str, str]] = {
        "x-spaces": ("/nb/{key}.html", "<li><a\n href=' {e.url}\n' >\n  {e.title}\n</a></li>"),
        "x-session": ("/nb/{key}.html;jsessionid=9A8B7C", "<li><a href='{e.url}'>{e.title}</a></li>"),
        "x-sharp": ("/nb/{key}.html", "<li><a href='{e.url}#top'>{e.title}</a></li>"),
        "x-icon": (
            "/nb/{key}.html",
            "<li><i class='dot'></i><a href='{e.url}'><em>【年报】</em>{e.title}<b>NEW</b></a><span>{e.date}</span></li>",
        ),
        "x-breaks": (
            "/nb/{key}.html",
            "<li><a href='{e.url}'>{e.title[0]}{e.title[1]}{e.title[2]}\r\n\t\t<br/>{rest}</a></li>",
        ),
        "x-numbers": (
            "/nb/{key}.html",
            "<li><span>1.</span><a href='{e.url}' title='标题：{e.title}&#10;发布日期：{e.date}'>{e.title}</a></li>",
        ),
    }
    for name, (link, pattern) in patterns.items():
        agency = whose()
        found = listed(agency, link)
        if name == "x-breaks":
            body = "".join(pattern.format(e=e, rest=e.title[3:]) for e in found)
        else:
            body = rows(found, pattern)
        # A session in an address is one visitor's; without it a site answers the same.
        plain = {entry.url.partition(";")[0]: entry.page for entry in found}
        made.append(town(name, agency, "/nb/", found, plain | {"/nb/": dressed(f"<ul>{body}</ul>")}))
    agency = whose()
    found = [Entry(title(agency, y), f"/附件/{y} 年报.pdf", f"{y + 1}-01-22", pdf(agency, y), y) for y in (2024, 2023)]
    made.append(town("x-chinese", agency, "/nb/", found, {"/nb/": dressed(f"<ul>{rows(found)}</ul>")}))
    agency = whose()
    found = listed(agency, "/nb/{key}.html", near=1)
    alias = Town("www.x-alias", agency, "", {e.url: e.page for e in found})
    whole = rows(found, f"<li><a href='http://www.x-alias.{SUFFIX}:{{{{port}}}}{{e.url}}'>{{e.title}}</a></li>")

    def listing(asked: Asked) -> str:
        return dressed(f"<ul>{whole.replace('{port}', asked.headers['host'].partition(':')[2])}</ul>")

    made += [Town("x-alias", agency, "/nb/", {"/nb/": listing}, YEARS), alias]
    agency = whose()
    found = listed(agency, "/xxgk/nb/{key}.html")
    there = Reply("", 301, headers={"Location": "/xxgk/nb/index.html"})
    made.append(
        town("x-along", agency, "/nb", found, {"/nb": there, "/xxgk/nb/index.html": dressed(f"<ul>{rows(found)}</ul>")})
    )
    return made


def titles() -> list[Town]:
    made = []
    for name, named in {
        "t-report-on": "{a}关于{y}年政府信息公开工作情况的报告",
        "t-yearly": "{a}{y}年度政府信息公开工作年度报告",
        "t-short": "{a}{y}年政府信息公开年报",
        "t-work": "{a}政府信息公开工作年度报告（{y}年）",
        "t-wide": "{a}２０{w}年政府信息公开工作年度报告",
        "t-chinese": "{a}二〇二{c}年政府信息公开工作年度报告",
        "t-apart": "{a} {y} 年 政府信息公开 工作年度报告",
        "t-affairs": "{a}{y}年政务公开（政府信息公开）工作年度报告",
        "t-issued": "关于公布{a}{y}年政府信息公开工作年度报告的公告",
        "t-colon": "信息公开年报：{a}（{y}）",
        "t-bureau": "市局{y}年政府信息公开工作年度报告",
        "t-year-first": "{y}年{a}政府信息公开工作年度报告",
    }.items():
        agency = whose()
        found = []
        for y in YEARS:
            said = named.format(
                a=agency, y=y, w="".join(chr(ord(d) + 0xFEE0) for d in str(y)[2:]), c="〇一二三四"[y - 2020]
            )
            found.append(Entry(said, f"/nb/{y}01.html", f"{y + 1}-01-22", report(agency, y, said), y))
        made.append(town(name, agency, "/nb/", found, {"/nb/": dressed(f"<ul>{rows(found)}</ul>")}))
    return made


def years() -> list[Town]:
    """One year is shown at first; the others are asked for."""

    def tabs(name: str, listing: str, tab: str, parameter: str, script: str = "") -> Town:
        agency = whose()
        found = listed(agency, "/nb/d{key}.html", YEARS, 0)
        bar = "<div class='tabs'>" + "".join(tab.format(y=y) for y in YEARS) + f"</div>{script}"

        def answer(asked: Asked) -> str:
            year = asked.query.get(parameter, "2024")
            return dressed(bar + f"<ul>{rows(e for e in found if str(e.year) == year)}</ul>")

        return town(name, agency, listing, found, {listing: answer})

    one = tabs("y-query", "/nb/list.aspx", "<a href='?year={y}'>{y}年</a>", "year")
    two = tabs(
        "y-call",
        "/nb/list.jsp",
        "<a href=\"javascript:showYear('{y}')\">{y}年</a>",
        "y",
        "<script>function showYear(y){ window.location.href = '/nb/list.jsp?y=' + y; }</script>",
    )
    agency = whose()
    found = listed(agency, "/nb/{key}/index.html", YEARS, 0)
    links = "".join(f"<a class='btn' href='/nb/{e.year}/'>{e.year}年</a>" for e in found)
    three = town(
        "y-itself", agency, "/nb/", found, {"/nb/": dressed(links), **{f"/nb/{e.year}/": e.page for e in found}}
    )
    agency = whose()
    found = listed(agency, "/nb/q{key}.html", YEARS, 0)
    stations: dict[str, Page] = {
        f"/nb/s{e.year}.html": other(e.title, f"现将我单位报告公布如下，请点击查看：<a href='{e.url}'>{e.title}</a>")
        for e in found
    }
    shown = "".join(f"<li><a href='/nb/s{e.year}.html'>{e.title}</a></li>" for e in found)
    four = town("y-station", agency, "/nb/", found, {"/nb/": dressed(f"<ul>{shown}</ul>"), **stations})
    agencies = [whose() for _ in range(3)]
    held = [
        (a, Entry(title(a, y), f"/bm/{n}/{y}.html", "", report(a, y), y)) for n, a in enumerate(agencies) for y in YEARS
    ]
    sums: dict[str, Page] = {
        f"/nb/hz{y}.html": other(
            f"凌州市各部门{y}年政府信息公开工作年度报告汇总",
            "".join(f"<p><a href='{e.url}'>{e.title}</a></p>" for _, e in held if e.year == y),
        )
        for y in YEARS
    }
    lines = "".join(
        f"<li><a href='/nb/hz{y}.html'>凌州市各部门{y}年政府信息公开工作年度报告汇总</a></li>" for y in YEARS
    )
    five = Town(
        "y-sums",
        "",
        "/nb/",
        {e.url: e.page for _, e in held} | sums | {"/nb/": dressed(f"<ul>{lines}</ul>")},
        found=frozenset((a, e.year) for a, e in held),
    )
    return [one, two, three, four, five]


def pagers() -> list[Town]:
    def said(pattern: str, step: int = 2) -> Callable[[int, int], str]:
        return lambda k, count: pattern.format(n=k + step, count=count) if k + 1 < count else ""

    def webplus(k: int, count: int) -> str:
        onward = f"/nb/list{k + 2}.psp" if k + 1 < count else "javascript:void(0);"
        return f"<div class='wp_paging'><span class='page_nav'><a class='next' href='{onward}'><span>下一页&gt;&gt;</span></a></span><span class='pages'>页码 <em class='curr_page'>{k + 1}</em>/<em class='all_pages'>{count}</em></span></div>"

    def grid(k: int, count: int) -> str:
        numbers = "".join(
            f"<td><a href=\"javascript:__doPostBack('GridView1','Page${n + 1}')\">{n + 1}</a></td>"
            for n in range(count)
        )
        return f"<form method='post' action='/nb/grid.aspx'><input type='hidden' name='__VIEWSTATE' value='x/{k}+='><table><tr>{numbers}</tr></table></form>"

    def group(k: int, count: int) -> str:
        return f"<div id='page_div'></div><script>var page = {{ pageIndex: {k + 1}, pageCount: {count}, url: '/nb/col12/list_{{page}}.shtml' }}; initPager(page);</script>"

    def concatenated(k: int, count: int) -> str:
        return f"<a id='n'>下一页</a><script>var cur = {k + 1}, total = {count}; $('#n').click(function() {{ if (cur < total) location.href = 'list_' + (cur + 1) + '.html'; }});</script>"

    return [
        static(
            "q-image",
            "/nb/list.html",
            "/nb/list_{n}.html",
            said("<a href='list_{n}.html'><img src='/i/next.gif' alt='下一页'></a>"),
        ),
        static("q-arrow", "/nb/", "/nb/{n}/", said("<a href='/nb/{n}/' title='下一页'>»</a>")),
        static(
            "q-wordpress",
            "/category/nb",
            "/category/nb/page/{n}",
            said("<nav><a class='next page-numbers' rel='next' href='/category/nb/page/{n}'>后一页</a></nav>"),
        ),
        static("q-webplus", "/nb/list.psp", "/nb/list{n}.psp", webplus, link="/2024/0115/c12a{key}/page.htm"),
        static(
            "q-dash",
            "/list-33-1.html",
            "/list-33-{n}.html",
            said("<a href='/list-33-{n}.html'>下一页</a>"),
            link="/show-33-{key}-1.html",
        ),
        static("q-pattern", "/nb/col12/list_1.shtml", "/nb/col12/list_{n}.shtml", group),
        static("q-concatenated", "/nb/list_1.html", "/nb/list_{n}.html", concatenated),
        asked_for("q-grid", "/nb/grid.aspx", "__EVENTARGUMENT", grid, post=True),
        asked_for("q-kept", "/nb/list.php?cid=5", "pg", said("<a href='?cid=5&pg={n}'>下一页</a>")),
        asked_for(
            "q-button",
            "/nb/ajax",
            "page",
            said("<button class='load-more' data-url='/nb/ajax?page={n}'>点击加载更多</button>"),
        ),
    ]


def two_numbers(found: Sequence[Entry]) -> str:
    lines = "".join(f"<li><a href=\"javascript:view('12','{e.url[9:-6]}')\">{e.title}</a></li>" for e in found)
    return f"<ul>{lines}</ul><script>function view(site, id) {{ window.open('/site' + site + '/c' + id + '.shtml', '_blank'); }}</script>"


def asked_number(found: Sequence[Entry]) -> str:
    lines = "".join(f"<li><a href='#' onclick='detail({e.url[11:]});return false;'>{e.title}</a></li>" for e in found)
    return f"<ul>{lines}</ul><script>function detail(id) {{ location.href = 'view.do?id=' + id; }}</script>"


def scripts() -> list[Town]:
    made = []
    bodies: dict[str, tuple[Callable[[Sequence[Entry]], str], str]] = {
        "z-two-numbers": (two_numbers, "/site12/c{key}.shtml"),
        "z-asked-number": (asked_number, "view.do?id={key}"),
    }
    for name, (body, link) in bodies.items():
        agency = whose()
        found = listed(agency, link)
        folder = "" if link.startswith("/") else "/nb/"
        made.append(town(name, agency, "/nb/index.html", found, {"/nb/index.html": dressed(body(found))}, folder))
    return made


def interfaces() -> list[Town]:
    made = [
        api(
            "z-twice",
            "$.ajax({type:'post', url:'List.asmx/GetNews', contentType:'application/json', data: JSON.stringify({cid: '9'}), success:function(r){ var d = JSON.parse(r.d); show(d.rows); }});",
            "/nb/List.asmx/GetNews",
            lambda r, n, p: {"d": json.dumps({"rows": r, "total": n}, ensure_ascii=False)},
            ("Title", "LinkUrl", "AddTime"),
            post=True,
            must={"cid": "9"},
        ),
        api(
            "z-absolute",
            "var param = {siteId: 'lz', catalogId: 'nb', pageNum: '1', pageSize: '50'}; $.post('/front/api/list', param, function(res){ build(res.data.list); });",
            "/front/api/list",
            lambda r, n, p: {"state": 1, "data": {"list": r}},
            ("NAME", "URL", "PUBDATE"),
            post=True,
            must={"siteId": "lz", "catalogId": "nb"},
        ),
        api(
            "z-service",
            "var service = axios.create({ baseURL: '/gov-api' }); service.get('/info/page', { params: { columnId: 'c81', pageNum: 1, pageSize: 10 } }).then(r => { this.items = r.data.data.list });",
            "/gov-api/info/page",
            lambda r, n, p: {"code": "0", "data": {"list": r, "total": n}},
            ("title", "linkUrl", "pubTime"),
            must={"columnId": "c81"},
        ),
        api(
            "z-xhr",
            "var xhr = new XMLHttpRequest(); xhr.open('GET', '/nb/json/list_1.json', true); xhr.onload = function(){ paint(JSON.parse(xhr.responseText).infos); }; xhr.send();",
            "/nb/json/list_1.json",
            lambda r, n, p: {"infos": r},
            ("subject", "linkurl", "pubdate"),
        ),
    ]
    agency = whose()
    attributes = {f"/nb/{y}.html": report(agency, y) for y in YEARS}
    data = json_reply(
        json.dumps({"list": [{"title": title(agency, y), "url": f"/nb/{y}.html"} for y in YEARS]}, ensure_ascii=False)
    )
    shell = dressed(
        "<div class='ajax-list' data-url='/nb/list.json' data-size='15'></div><script src='/js/common.js'></script>"
    )
    made.append(Town("z-attribute", agency, "/nb/", {**attributes, "/nb/": shell, "/nb/list.json": data}, YEARS))
    agency = whose()
    numbered = {y: f"{y}88" for y in YEARS}

    def detail(asked: Asked) -> Reply:
        year = next((y for y, number in numbered.items() if asked.query.get("infoId") == number), 0)
        return json_reply(
            json.dumps(
                {"data": {"infoTitle": title(agency, year), "infoContent": text(agency, year)}} if year else {},
                ensure_ascii=False,
            )
        )

    list_reply = json_reply(
        json.dumps(
            {"rows": [{"infoId": number, "infoTitle": title(agency, y)} for y, number in numbered.items()]},
            ensure_ascii=False,
        )
    )
    page = dressed(
        "<ul id='l'></ul><script>$.getJSON('/api/info/list?cid=3', function(d){ d.rows.forEach(function(r){ $('#l').append('<li><a href=\"/info.html?infoId=' + r.infoId + '\">' + r.infoTitle + '</a></li>') }) });</script>"
    )
    leaf = "<html><head><title>信息</title></head><body><div id='c'></div><script>$.get('/api/info/get?infoId=' + getParam('infoId'), function(d){ $('#c').html(d.data.infoContent); });</script></body></html>"
    made.append(
        Town(
            "z-both",
            agency,
            "/nb/",
            {"/nb/": page, "/api/info/list": list_reply, "/info.html": leaf, "/api/info/get": detail},
            YEARS,
        )
    )
    return made


SIX = "<p>一、总体情况</p><p>{w}</p><p>二、主动公开政府信息情况</p><p>三、收到和处理政府信息公开申请情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p><p>五、存在的主要问题及改进情况</p><p>六、其他需要报告的事项</p>"


def nearest() -> list[Town]:
    """Near misses, most of them with the six headings of a report; and one report among them in the second town."""
    kinds = {
        "{a}政府信息公开工作年度报告制度": "<p>第一条 为规范年度报告编制，制定本制度。</p><p>第二条 年度报告包括：</p>"
        + SIX.format(w="概述。"),
        "政府信息公开工作年度报告格式（2021年修订）": SIX.format(w="［文字描述］"),
        "国务院办公厅政府信息与政务公开办公室关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知": SIX.format(
            w="请遵照执行。"
        ),
        "关于2023年政府信息公开工作年度报告评估情况的通报": "<p>现将评估情况通报如下。</p>"
        + SIX.format(w="部分单位报告不规范。"),
        "{a}2023年政府信息公开保密审查工作报告": "<p>一、组织领导</p><p>二、审查情况</p>",
        "{a}2023年上半年政府信息公开工作总结": "<p>一、总体情况</p><p>主动公开20条。</p><p>二、存在问题</p>",
        "{a}2023年第三季度政府信息公开工作报告": "<p>一、总体情况</p><p>主动公开9条。</p>",
        "{a}2023年度行政复议工作年度报告": "<p>一、案件情况</p><p>二、问题</p>",
        "凌州市中心医院2023年院务公开工作年度报告": "<p>一、总体情况</p><p>二、主动公开</p>",
        "凌州市实验小学2023年信息公开年报": "<p>一、概述</p><p>二、主动公开信息情况</p>",
        "视频解读：{a}2023年政府信息公开工作年度报告": "<p><video src='/v/1.mp4'></video></p>",
        "一图读懂{a}2023年政府信息公开工作年度报告": "<p><img src='/i/1.jpg'></p>",
        "{a}2023年政务公开考核自查报告": "<p>一、得分情况</p><p>二、年度报告按时发布</p>",
        "{a}关于2023年政府信息公开工作年度报告的更正说明": "<p>表格第3行数据有误，特此更正。</p>",
    }
    made = []
    for name, with_report in (("z-nearest", False), ("z-near-and-one", True)):
        agency = whose()
        found = [
            Entry(
                named.format(a=agency),
                f"/nb/{n}.html",
                f"2024-02-{n + 10}",
                other(named.format(a=agency), words.format(a=agency)),
            )
            for n, (named, words) in enumerate(kinds.items())
        ]
        if with_report:
            found.insert(5, Entry(title(agency, 2023), "/nb/r.html", "2024-01-20", report(agency, 2023), 2023))
        made.append(
            town(
                name,
                agency,
                "/nb/",
                found,
                {"/nb/": dressed(f"<ul>{rows(found)}</ul>")},
                state="ok" if with_report else "empty",
            )
        )
    return made


def odd_bytes() -> list[Town]:
    """Bytes that their headers say little of, or the wrong."""
    made = []
    for name, kind, encoding, meta in (
        ("z-octets", "application/octet-stream", "utf-8", "utf-8"),
        ("z-gbk-said", "text/html; charset=GBK", "utf-8", "utf-8"),
        ("z-unsaid", "text/html", "gb18030", "gb2312"),
        ("z-bom", "text/html", "utf-8-sig", "utf-8"),
    ):
        agency = whose()
        pages: dict[str, Page] = {
            "/nb/": dressed(
                "<ul>" + "".join(f"<li><a href='/nb/{y}.html'>{title(agency, y)}</a></li>" for y in YEARS) + "</ul>"
            )
        } | {f"/nb/{y}.html": report(agency, y) for y in YEARS}
        for at, page in pages.items():
            pages[at] = Reply(str(page).replace("charset='utf-8'", f"charset='{meta}'").encode(encoding), kind=kind)
        made.append(Town(name, agency, "/nb/", pages, YEARS))
    return made


def towns() -> list[Town]:
    return [*hrefs(), *titles(), *years(), *pagers(), *scripts(), *interfaces(), *nearest(), *odd_bytes()]
