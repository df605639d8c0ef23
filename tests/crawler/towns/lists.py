# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""What the lists of towns are made of: entries with near-misses among them, pages, pagers, files."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from towns.web import PLACES, Page, Reply, Town, frame, other, report, text, title

YEARS = (2024, 2023, 2022, 2021)
BUREAUS = [
    "教育局", "民政局", "司法局", "财政局", "审计局", "统计局", "水务局",
    "交通运输局", "卫生健康局", "应急管理局", "市场监督管理局", "文化和旅游局", "农业农村局", "商务局",
    "住房和城乡建设局", "人力资源和社会保障局", "发展和改革局", "工业和信息化局", "科学技术局", "公安局", "城市管理局",
    "退役军人事务局", "医疗保障局", "行政审批服务局", "信访局", "林业局", "自然资源局", "生态环境局",
    "体育局", "乡村振兴局", "粮食和物资储备局", "气象局", "地方金融监督管理局", "外事办公室", "档案局", "地震局", "人民防空办公室", "供销合作社", "残疾人联合会", "红十字会", "邮政管理局", "大数据局",
    "园林绿化局", "招商局", "烟草专卖局", "消防救援局", "民族宗教事务局", "国防动员办公室", "政务服务数据管理局", "投资促进局", "海洋与渔业局",
    "畜牧局", "水文局", "税务局", "文物局", "蔬菜局", "房产管理局", "公路局", "住房公积金管理中心", "城乡规划局", "旅游局", "粮食局", "物价局", "机关事务管理局",
]  # fmt: skip
NEAR = {
    "{a}政府信息公开指南（2024年版）": "<p>公民、法人可以申请公开。本机关每年编制政府信息公开工作年度报告。</p><p>一、公开机构</p><p>二、申请方式</p>",
    "{a}依申请公开目录": "<p>一、目录</p><p>二、格式</p>",
    "{a}2023年政务公开工作要点": "<p>一、深化主动公开</p><p>二、规范依申请公开</p><p>三、编制政府信息公开工作年度报告</p>",
    "关于做好2023年政府信息公开工作年度报告编制发布工作的通知": "<p>各单位：报告包括以下内容。</p><p>一、总体情况</p><p>二、主动公开政府信息情况</p><p>三、收到和处理政府信息公开申请情况</p><p>四、因政府信息公开工作被申请行政复议、提起行政诉讼情况</p><p>五、存在的主要问题及改进情况</p><p>六、其他需要报告的事项</p><p>请于2024年1月31日前发布。</p>",
    "{a}2023年法治政府建设年度报告": "<p>一、总体情况</p><p>2023年，{a}推进政府信息公开，收到申请3件。</p><p>二、存在的问题</p>",
    "【图解】{a}2023年政府信息公开工作年度报告": "<p><img src='/t.jpg'></p><p>一图读懂：主动公开政府信息31条，收到政府信息公开申请4件。</p>",
    "{a}2023年第四季度政府信息公开情况统计表": "<table><tr><td>主动公开</td><td>12</td></tr></table>",
    "{a}2023年度部门决算公开": "<p>一、收入</p><p>二、支出</p>",
    "凌州市城市建设投资集团有限公司2023年年度报告": "<p>一、总体情况</p><p>公司经营平稳。</p>",
    "凌州市第一中学2022-2023学年信息公开工作年度报告": "<p>一、总体情况</p><p>学校公开信息30条。</p>",
    "{a}2023年政府网站工作年度报表": "<table><tr><td>访问量</td><td>9000</td></tr></table>",
    "{a}2023年政府信息公开工作年度报告解读": "<p>一、总体情况</p><p>解读如下。</p>",
}
NEARS = itertools.cycle(NEAR.items())
AGENCIES = (place + bureau for bureau in BUREAUS for place in PLACES)


def agency() -> str:
    """The next agency that no other town has."""
    return next(AGENCIES)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list: what it names, where it leads, its date, the page there, and the year if that is a report."""

    title: str
    url: str
    date: str
    page: Page
    year: int = 0

    @property
    def cut(self) -> str:
        return self.title[:14] + "…"


def entries(agency: str, link: str, years: Iterable[int] = YEARS, near: int = 2) -> list[Entry]:
    """A report a year at `link` (with {key}), newest first, and after the first of them `near` near-misses."""
    found = [Entry(title(agency, y), link.format(key=y), f"{y + 1}-01-15", report(agency, y), y) for y in years]
    for number, (named, words) in enumerate(itertools.islice(NEARS, near)):
        named = named.format(a=agency)
        page = other(named, words.format(a=agency))
        found.insert(1 + 2 * number, Entry(named, link.format(key=f"x{number}"), f"2024-02-{number + 10}", page))
    return found


def served(found: Iterable[Entry], folder: str = "") -> dict[str, Page]:
    """The pages of entries by path; `folder` is what their relative addresses are relative to."""
    return {folder + entry.url.removeprefix("./") if folder else entry.url: entry.page for entry in found}


ROW = "<li><a href='{e.url}' target='_blank' title='{e.title}'>{e.title}</a><span>{e.date}</span></li>"


def rows(found: Iterable[Entry], pattern: str = ROW) -> str:
    return "".join(pattern.format(e=entry) for entry in found)


def parts(found: Sequence[Entry], size: int) -> list[Sequence[Entry]]:
    return [found[place : place + size] for place in range(0, len(found), size)]


def paged(
    name: str,
    addresses: Sequence[str],
    told: Callable[[int], str],
    *,
    link: str = "./{key}.html",
    pattern: str = ROW,
    around: str = "<div class='list'><ul>{}</ul></div>",
    near: int = 2,
    state: str = "ok",
    dress: Callable[[str], Page] = str,
) -> Town:
    """A list cut into as many pages as there are addresses; `told` is the pager of page k, counted from 0."""
    whose = agency()
    found = entries(whose, link, near=near)
    folder = addresses[0].partition("?")[0].rpartition("/")[0] + "/"
    pages: dict[str, Page] = served(found, folder if link.startswith("./") else "")
    size = -(-len(found) // len(addresses))
    for place, shown in enumerate(parts(found, size)):
        pages[addresses[place]] = dress(frame(around.format(rows(shown, pattern)) + told(place)))
    return Town(name, whose, addresses[0], pages, YEARS, state=state)


def gbk(kind: str = "text/html") -> Callable[[str], Page]:
    """Dresses a page in GBK behind a header of its own mind."""
    return lambda page: Reply(page.replace("charset='utf-8'", "charset=gb2312").encode("gb18030"), kind=kind)


def json_reply(body: str) -> Reply:
    return Reply(body, kind="application/json; charset=utf-8")


def pdf(agency: str, year: int) -> Reply:
    """A PDF file that is a report: Chinese lines in a font that every reader of PDF knows."""
    import re

    lines = [title(agency, year), *re.findall(r"<p>(.*?)</p>", text(agency, year), re.DOTALL)]
    drawn = "\n".join(
        f"BT /F1 10 Tf 40 {780 - 20 * n} Td <{line.encode('utf-16-be').hex()}> Tj ET" for n, line in enumerate(lines)
    )
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font"
        " /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] /CIDSystemInfo << /Registry (Adobe)"
        " /Ordering (GB1) /Supplement 4 >> /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6"
        " /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        font,
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    ]
    file, places = "%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    file += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Root 1 0 R /Size 6 >>\nstartxref\n{len(file)}\n%%EOF"
    return Reply(file.encode("latin-1"), kind="application/pdf")
