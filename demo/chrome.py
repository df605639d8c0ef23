"""What stands around an article on a government site: head, navigation, breadcrumb, metadata table, footer."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from demo.columns import Entry
from demo.sources import Site

_NAVIGATION = (
    ("首页", "/"),
    ("政务公开", "/zwgk/"),
    ("办事服务", "/bsfw/"),
    ("互动交流", "/hdjl/"),
    ("数据发布", "/sjfb/"),
)


def page(site: Site, title: str, inside: str, head: str = "") -> str:
    """A whole HTML page of a site; everything says that it is an example."""
    links = "".join(f'<li><a href="{address}">{name}</a></li>' for name, address in _NAVIGATION)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={site.encoding}">
<title>{escape(title)}-{site.name}</title>
<meta name="SiteName" content="{site.name}">
<meta name="SiteDomain" content="{site.host}">
{head}
</head>
<body>
<div class="header"><div class="w1200"><a class="logo" href="/">{site.name}</a>
<form action="/search/" method="get"><input type="text" name="q" placeholder="请输入关键词">
<input type="submit" value="搜索"></form></div></div>
<div class="nav"><ul>{links}</ul></div>
{inside}
<div class="footer"><p>主办：{site.name} 承办：{site.name}办公室 地址：凌州市镕湖路8号</p>
<p>示例网站：为公开年报档案项目编写，机构、文字和数字均系虚构。 标识码：9901000001</p></div>
</body>
</html>
"""


def article_meta(entry: Entry, column: str = "政府信息公开年报") -> str:
    """The meta tags that the rules for government sites ask of an article page."""
    kind = "信息公开年报" if entry.report else "信息公开"
    return (
        f'<meta name="ColumnName" content="{column}">\n<meta name="ColumnType" content="{kind}">\n'
        f'<meta name="ArticleTitle" content="{escape(entry.title)}">\n'
        f'<meta name="PubDate" content="{entry.published:%Y-%m-%d} 09:{entry.published.day:02d}">\n'
        f'<meta name="ContentSource" content="{entry.agency.name}">'
    )


def metadata(entry: Entry) -> list[tuple[str, str]]:
    """The fields of the metadata table before an article."""
    index = entry.report.index_number if entry.report else ""
    return [
        ("索引号", index),
        ("分类", "信息公开年报" if entry.report else "其他"),
        ("发布机构", entry.agency.name),
        ("公开日期", f"{entry.published:%Y-%m-%d}"),
        ("名称", entry.title),
        ("文号", ""),
    ]


def metadata_table(entry: Entry, css: str = "xxgk-table") -> str:
    """The metadata table, two fields a row."""
    fields = metadata(entry)
    rows = "".join(
        "<tr>" + "".join(f"<td>{name}：</td><td>{escape(text)}</td>" for name, text in pair) + "</tr>"
        for pair in zip(fields[::2], fields[1::2], strict=True)
    )
    return f'<table class="{css}" width="100%" border="0"><tbody>{rows}</tbody></table>'


def breadcrumb(site: Site, names: Sequence[str]) -> str:
    """The line that says where in the site a page stands."""
    steps = " &gt; ".join(('<a href="/">首页</a>', *names))
    return f'<div class="position">您当前的位置：{steps}</div><!-- {site.host} -->'


def related() -> str:
    """Links beside an article that lead away from the column."""
    return (
        '<div class="related"><h3>相关链接</h3><ul>'
        '<li><a href="/zwgk/zcwj/t1001.html">凌州市政务公开工作考核办法</a></li>'
        '<li><a href="http://www.province.example/zfxxgk/">示例省政府信息公开平台</a></li></ul></div>'
    )
