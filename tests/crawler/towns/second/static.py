# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns of the second web whose lists are static pages: pagers of every kind, lists in every dress."""

from __future__ import annotations

from collections.abc import Iterator

from towns.web import Page, Reply, Town, docx, frame, items, other, report, slices, text, title

YEARS = (2024, 2023, 2022, 2021, 2020, 2019, 2018)


def paged(
    name: str,
    agency: str,
    listing: str,
    page_url: str,
    script: str,
    *,
    size: int = 3,
    first: int = 1,
    pattern: str = "",
) -> Town:
    """A list cut into pages of `size`: page k (from 0) stands at `page_url` with `first` + k - 1 for its number."""
    folder = listing.rpartition("/")[0] + "/"
    pages: dict[str, Page] = {}
    parts = slices(YEARS, size)
    for place, years in enumerate(parts):
        links = {year: f"./{year + 1}01/t{year + 1}0115_{year}7.html" for year in years}
        rows = items(agency, links, pattern) if pattern else items(agency, links)
        near = (
            f"<li><a href='./zn_{place}.html'>{agency}政府信息公开指南</a><span>2021-03-01</span></li>"
            if place == 0
            else ""
        )
        told = script.format(pages=len(parts), place=place, one=place + 1, items=len(YEARS), size=size)
        at = listing if place == 0 else folder + page_url.format(number=first + place - 1)
        pages[at] = frame(f"<div class='gl-list'><ul class='wz'>{near}{rows}</ul></div><div class='fy'>{told}</div>")
        pages |= {f"{folder}{link[2:]}": report(agency, year) for year, link in links.items()}
    return Town(name, agency, listing, pages, YEARS)


def trs() -> Iterator[Town]:
    """Pagers that scripts announce."""
    yield paged(
        "hunan",
        "凌州市档案局",
        "/xx/gknb/index.html",
        "index_{number}.html",
        "<script>createPageHTML('paging', {pages}, {one}, 'index', 'html', {items});</script>",
        first=2,
    )
    yield paged(
        "comment",
        "凌州市外事办公室",
        "/zwgk/nb/",
        "index_{number}.shtml",
        '<!--\n<SCRIPT LANGUAGE="JavaScript">\n  createPageHTML ( {pages} , {place} , "index" , "shtml" );\n</SCRIPT>\n-->',
    )
    yield paged(
        "chongqing",
        "凌州市林业局",
        "/zwgk/nb/index.html",
        "index_{number}.html",
        '<script>createPage({pages},{place},"index","html");</script>',
    )
    yield paged(
        "csrc",
        "凌州市地震局",
        "/gk/index_7401.htm",
        "index_7401_{number}.htm",
        '<script>var m_nRecordCount = "{items}"; var m_nPageSize = {size};</script>',
    )
    yield paged(
        "nea",
        "凌州市能源局",
        "/gk/",
        "index_7401_{number}.htm",
        "<script>var m_nRecordCount = '{items}'; var m_nPageSize = '{size}'; var m_sPage = 'index_7401';\n"
        "document.write('<a href=\"index_7401_' + n + '.htm\">');</script>",
    )
    yield paged(
        "mem",
        "凌州市气象局",
        "/gk/nb/index.shtml",
        "index_{number}.shtml",
        "<script>var currentPage = {place};//当前\nvar prevPage = currentPage-1\nvar countPage = {pages}//共多少页\n"
        "document.write('<a href=index_1.shtml>');</script>",
    )
    yield paged(
        "shanghai",
        "凌州市邮政管理局",
        "/nw123/index.html",
        "index_{number}.html",
        "<div class='pagination'></div><script>$('.pagination').pagination({{}});\n"
        '$(".pagination").pagination("setPage",{one},{pages});</script>',
        first=2,
    )
    yield paged(
        "numbered",
        "凌州市侨务办公室",
        "/zfxxgk/nb/1.html",
        "{number}.html",
        "<a href='1.html'>1</a><a href='2.html'>2</a><a href='3.html'>3</a>",
        first=2,
    )
    yield paged(
        "nextlink",
        "凌州市台湾事务办公室",
        "/nb/list.htm",
        "list_p{number}.htm",
        "<a class='n' href='list_p{one}.htm'><em>下一页</em></a> 第{one}页/共{pages}页",
    )
    yield paged(
        "silent",
        "凌州市供销合作社",
        "/nb/index.html",
        "index_{number}.html",
        "<span>共{items}条记录 第{one}/{pages}页</span><a href='javascript:;' onclick='go({one}+1)'>下一页</a>",
        first=2,
    )
    yield paged(
        "cutnames",
        "凌州市住房公积金管理中心",
        "/zwgk/gknb/",
        "index_{number}.html",
        "<script>createPageHTML({pages}, {place}, 'index', 'html');</script>",
        pattern="<li><span>[{date}]</span><a href='{link}' target='_blank' title='{title}'>{cut}</a></li>",
    )
    yield paged(
        "cutbare",
        "凌州市自然资源和规划局",
        "/zwgk/gknb/",
        "index_{number}.html",
        "<script>createPageHTML({pages}, {place}, 'index', 'html');</script>",
        pattern="<li><a href='{link}' target='_blank'>{cut}</a><i>{date}</i></li>",
    )
    yield paged(
        "divs",
        "凌州市乡村振兴局",
        "/zwgk/gknb/",
        "index_{number}.html",
        "<script>createPageHTML({pages}, {place}, 'index', 'html');</script>",
        pattern="<div class='item clearfix'><div class='n'><a href='{link}'>{title}</a></div><div class='d'>{date}</div></div>",
    )
    yield paged(
        "rows",
        "凌州市退役军人事务局",
        "/zwgk/gknb/",
        "index_{number}.html",
        "<script>createPageHTML({pages}, {place}, 'index', 'html');</script>",
        pattern="<table><tr><td>LZ{year}</td><td><a href='{link}'>{title}</a></td><td>{date}</td></tr></table>",
    )


def odd_pagers() -> Iterator[Town]:
    """Pagers that say more or less than there is."""
    agency = "凌州市国防动员办公室"
    links = {year: f"/nb/{year}.html" for year in YEARS}
    articles: dict[str, Page] = {link: report(agency, year) for year, link in links.items()}
    script = f"<script>createPageHTML({len(YEARS)}, 3, 0, 'index', 'html');var per=3;</script>"
    yield Town("sliced", agency, "/nb/", {"/nb/": frame(f"<ul>{items(agency, links)}</ul>{script}"), **articles}, YEARS)
    agency = "凌州市粮食和物资储备局"
    stub = "<html><head><title></title></head><body><ul></ul><script>createPageHTML(5, 3, 'index', 'html');</script></body></html>"
    articles = {f"/nb/{year}.html": report(agency, year) for year in YEARS}
    pages: dict[str, Page] = {f"/nb/index_{number}.html": stub for number in (1, 2, 3, 4)}
    whole = frame(f"<ul>{items(agency, links)}</ul><script>createPageHTML(5, 0, 'index', 'html');</script>")
    yield Town("stubs", agency, "/nb/", {"/nb/": whole, **pages, **articles}, YEARS)
    agency = "凌州市投资促进局"
    first, last = dict(list(links.items())[:4]), dict(list(links.items())[4:])
    articles = {f"/nb/{year}.html": report(agency, year) for year in YEARS}
    more = "<script>createPageHTML(3, 0, 'index', 'html');</script>"
    broken: Page = Reply("<h1>500 Internal Server Error</h1>", 500)
    yield Town(
        "halfway",
        agency,
        "/nb/",
        {
            "/nb/": frame(f"<ul>{items(agency, first)}</ul>{more}"),
            **articles,
            "/nb/index_1.html": frame(f"<ul>{items(agency, last)}</ul>"),
            "/nb/index_2.html": broken,
        },
        YEARS,
        state="cut_short",
    )
    agency = "凌州市大数据局"
    articles = {f"/nb/{year}.html": report(agency, year) for year in YEARS}
    yield Town(
        "states",
        agency,
        "/nb/",
        {"/nb/": frame(f"<ul>{items(agency, links)}</ul><p>共12条</p>"), **articles},
        YEARS,
        state="cut_short",
    )


def dresses() -> Iterator[Town]:
    """Lists whose links are written in other ways."""
    agency = "凌州市海洋发展局"
    pages: dict[str, Page] = {f"/a/b/n{year}.html": report(agency, year) for year in YEARS[:3]}
    pages["/col/nb.html"] = frame(
        f"<ul>{items(agency, {y: f'b/n{y}.html' for y in YEARS[:3]})}</ul>", "<base href='/a/'>"
    )
    yield Town("basehref", agency, "/col/nb.html", pages, YEARS[:3])
    agency = "凌州市人民防空办公室"
    pages = {f"/n{year}.html": report(agency, year) for year in YEARS[:3]}
    pages["/nb/"] = lambda asked: frame(
        "<ul>" + items("凌州市人民防空办公室", {y: f"//{asked.headers['host']}/n{y}.html" for y in YEARS[:3]}) + "</ul>"
    )
    yield Town("relative", agency, "/nb/", pages, YEARS[:3])
    agency = "凌州市机构编制委员会办公室"
    sessions = {f"/n{year}.html": report(agency, year) for year in YEARS[:3]}
    rows = items(agency, {y: f"/n{y}.html;jsessionid=A{y}B.node1" for y in YEARS[:3]})
    yield Town("sessionid", agency, "/nb/", {"/nb/": frame(f"<ul>{rows}</ul>"), **sessions}, YEARS[:3])
    agency = "凌州市城市管理局"
    scripts = "".join(
        f"<li><a href='javascript:void(0)' onclick=\"window.open('/n{y}.html')\">{title(agency, y)}</a> {y + 1}.01.15</li>"
        for y in YEARS[:3]
    )
    yield Town(
        "onclick",
        agency,
        "/nb/",
        {"/nb/": frame(f"<ul>{scripts}</ul>"), **{f"/n{y}.html": report(agency, y) for y in YEARS[:3]}},
        YEARS[:3],
    )
    agency = "凌州市残疾人联合会"
    rows = "".join(f"<li><a href='n{y}.html'>{y}年度报告</a><span>{y + 1}年1月15日</span></li>" for y in YEARS[:3])
    rows += "<li><a href='fz.html'>2023年法治政府建设年度报告</a><span>2024年3月1日</span></li>"
    yield Town(
        "yearonly",
        agency,
        "/nb/",
        {
            "/nb/": frame(f"<ul>{rows}</ul>"),
            "/nb/fz.html": other("2023年法治政府建设年度报告"),
            **{f"/nb/n{y}.html": report(agency, y, f"{y}年度报告") for y in YEARS[:3]},
        },
        YEARS[:3],
    )
    agency = "凌州市体育局"
    names = {
        2023: "{a}{y}年政府信息公开年报",
        2022: "{y}年度政府信息公开年度工作报告",
        2021: "{a}{y}年信息公开工作报告",
        2020: "{a}关于{y}年度政府信息公开工作情况的报告",
        2019: "政府信息公开工作年度报告（{y}年）",
        2018: "{y}年年报",
    }
    rows = "".join(
        f"<li><a href='n{y}.html'>{n.format(a=agency, y=y)}</a><em>{y + 1}/1/9</em></li>" for y, n in names.items()
    )
    near = "".join(f"<li><a href='x{n}.html'>{t}</a><em>2024/2/{n + 1}</em></li>" for n, t in enumerate(NEAR))
    yield Town(
        "names",
        agency,
        "/nb/",
        {
            "/nb/": frame(f"<ul>{near}{rows}</ul>"),
            **{f"/nb/n{y}.html": report(agency, y, n.format(a=agency, y=y)) for y, n in names.items()},
            **{f"/nb/x{n}.html": other(t) for n, t in enumerate(NEAR)},
        },
        names,
    )
    agency = "凌州市药品监督管理局"
    rows = "".join(f"<p><a href='./P02024011{y}.docx'>{title(agency, y)}</a>（{y + 1}-01-15）</p>" for y in YEARS[:2])
    yield Town(
        "wordfiles",
        agency,
        "/nb/",
        {
            "/nb/": frame(f"<div class='c'>{rows}</div>"),
            **{f"/nb/P02024011{y}.docx": docx(agency, y) for y in YEARS[:2]},
        },
        YEARS[:2],
    )


NEAR = (
    "【图解】凌州市体育局2023年政府信息公开工作年度报告", "凌州市体育局2023年法治政府建设年度报告", "2023年度部门决算公开报告",
    "关于做好2023年政府信息公开工作年度报告编制发布工作的通知", "凌州市体育局政府信息公开指南（2023年修订）",
    "2023年第四季度政府信息公开统计表", "凌州市体育局2023年政府网站工作年度报表", "2023年度行政执法数据年报",
)  # fmt: skip


def shapes() -> Iterator[Town]:
    """Columns that are no plain list."""
    agency = "凌州市信访局"
    years = {f"/gk/nb/{y}nb/": frame(f"<ul>{items(agency, {y: f'./t{y}.html'})}</ul>") for y in YEARS[:4]}
    column = "".join(f"<a href='./{y}nb/'>{y}年</a>" for y in YEARS[:4])
    yield Town(
        "yearfolders",
        agency,
        "/gk/nb/",
        {
            "/gk/nb/": frame(f"<div class='years'>{column}</div>"),
            **years,
            **{f"/gk/nb/{y}nb/t{y}.html": report(agency, y) for y in YEARS[:4]},
        },
        YEARS[:4],
    )
    agency = "凌州市公共资源交易中心"
    side = "<div class='tabs'>" + "".join(f"<a href='/gk/gknb{y}/'>{y}</a>" for y in YEARS[:4]) + "</div>"
    years = {f"/gk/gknb{y}/": frame(f"{side}<ul>{items(agency, {y: f'./t{y}.html'})}</ul>") for y in YEARS[:4]}
    yield Town(
        "yearsiblings",
        agency,
        "/gk/gknb2024/",
        {**years, **{f"/gk/gknb{y}/t{y}.html": report(agency, y) for y in YEARS[:4]}},
        YEARS[:4],
    )
    agency = "凌州市接待办公室"
    choose = (
        "<select onchange='go()'>"
        + "".join(f"<option value='/nb/{y}/index.html'>{y}年</option>" for y in YEARS[:3])
        + "</select>"
    )
    years = {f"/nb/{y}/index.html": frame(f"<ul>{items(agency, {y: f'r{y}.html'})}</ul>") for y in YEARS[:3]}
    yield Town(
        "yearselect",
        agency,
        "/nb/index.html",
        {"/nb/index.html": frame(choose), **years, **{f"/nb/{y}/r{y}.html": report(agency, y) for y in YEARS[:3]}},
        YEARS[:3],
    )
    agency = "凌州市红十字会"
    yield Town(
        "onlyone",
        agency,
        "/nb/2023n/",
        {
            "/nb/2023n/": frame(
                f"<h1>凌州市红十字会</h1><div class='tt'>{title(agency, 2023)}</div>{text(agency, 2023)}"
            )
        },
        (2023,),
    )
    agency = "凌州市总工会"
    box = "<div class='news'><ul>" + "".join(
        f"<li><a href='/n/{d}.html'>工作动态第{d}期</a><span>2024-05-0{d}</span></li>" for d in (1, 2, 3)
    )
    yield Town(
        "framed",
        agency,
        "/nb/",
        {
            "/nb/": frame(f"{box}</ul></div><iframe src='/nb/list_in.html' width='100%'></iframe>"),
            "/nb/list_in.html": f"<ul>{items(agency, {y: f'r{y}.html' for y in YEARS[:2]})}</ul><a href='list_in2.html'>下一页</a>",
            "/nb/list_in2.html": f"<ul>{items(agency, {YEARS[2]: 'r2022.html'})}</ul><a href='list_in.html'>上一页</a>",
            **{f"/nb/r{y}.html": report(agency, y) for y in YEARS[:3]},
        },
        YEARS[:3],
    )
    agency = "凌州市归国华侨联合会"
    data = ",".join(f"{{title:'{title(agency, y)}',url:'/nb/r{y}.html',daytime:'{y + 1}-01-15'}}" for y in YEARS[:3])
    yield Town(
        "inline",
        agency,
        "/nb/",
        {
            "/nb/": frame(
                f"<script>var dataList=[{{infolist:[{data},]}}];\n"
                'var pagesData={"curPageNo":1,"pageTotal":1};</script>'
            ),
            **{f"/nb/r{y}.html": report(agency, y) for y in YEARS[:3]},
        },
        YEARS[:3],
    )


def towns() -> list[Town]:
    return [*trs(), *odd_pagers(), *dresses(), *shapes()]
