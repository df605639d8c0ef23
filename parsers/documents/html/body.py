"""Finds the part of a page that holds the report, and leaves the site around it out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from parsers.model import Paragraph, Table
from parsers.sections import heading

_BODY_NAMES = re.compile(
    r"trs_?editor|trs_ueditor|trs_paper|zoom|vsb_content|v_news_content|article[-_]?(?:content|body|con|text|info)?\b"
    r"|news[-_]?(?:content|con|text)|con_text|bt-content|wzzw|ewb-article|xxgk[-_]?content|detail[-_]?(?:content|con|main)"
    r"|pages_content|text[-_]?content|main[-_]?text|content[-_]?(?:text|body|main)|mian-cont|conTxt|^content$",
    re.IGNORECASE,
)
_SITE_LINE = re.compile(
    r"(?:上一[篇条页]|下一[篇条页]|[【\[]?(?:打印|关闭|收藏|返回)(?:本页|此页|窗口|顶部|首页|上一页|列表|[】\]]|$)|[【\[]?(?:字体|字号|大中小)"
    r"|分享(?:到|至|:|：)|扫一扫|责任编辑|编辑[:：]|相关(?:链接|阅读|文章|新闻|信息)|您?(?:现在|当前)(?:所在)?的?位置|浏览(?:次数|量)"
    r"|点击(?:数|率|量)|访问量|(?:发布|公开|生成)(?:日期|时间)[:：]|(?:信息|文章)?来源[:：]|保护视力色)"
)
_FOOTER = re.compile(
    r"(?:上一[篇条页]|下一[篇条页]|[【\[](?:打印|关闭)|(?:打印|关闭)(?:本页|窗口)|分享(?:到|至)|扫一扫|责任编辑|相关(?:链接|阅读|文章|新闻)|版权所有|主办(?:单位)?[:：]"
    r"|承办(?:单位)?[:：]|网站(?:标识码|地图|声明)|.{0,12}ICP备|.{0,4}公网安备|Copyright|©)",
    re.IGNORECASE,
)
_SHORT = 60


class Item(NamedTuple):
    """A line or a table of the page: `element` is where it begins, `linked` whether it is mostly the text of links."""

    text: str
    element: etree._Element
    linked: bool = False
    table: Table | None = None
    statutory: bool = False


def report_body(items: Sequence[Item]) -> tuple[list[Paragraph | Table], Sequence[Item], Sequence[Item]]:
    """Return the blocks of the report, and the lines of the page before and after it.

    The report is the smallest element that holds its section headings and statutory tables, or, where it has none,
    the element with most running text; before its first section only what follows the page's own lines (date and
    source, print and share) belongs to it, and after its last section only what precedes them.
    """
    if not items:
        return [], [], []
    anchors = [
        index
        for index, item in enumerate(items)
        if item.statutory or (not item.linked and heading(item.text) is not None)
    ]
    body = _body_element(items, anchors)
    middle = anchors[0] if anchors else next(i for i, item in enumerate(items) if _within(item.element, body))
    first, last = middle, anchors[-1] if anchors else middle
    while first > 0 and _within(items[first - 1].element, body):
        first -= 1
    while last + 1 < len(items) and _within(items[last + 1].element, body):
        last += 1
    if anchors:
        first = max((index + 1 for index in range(first, anchors[0]) if _is_site_line(items[index])), default=first)
        last = next((i - 1 for i in range(anchors[-1] + 1, last + 1) if _ends_article(items[i])), last)
    inside = [item for item in items[first : last + 1] if item.table or not (item.linked or _is_site_line(item))]
    blocks = [item.table or Paragraph(item.text) for item in inside]
    return blocks, items[:first], items[last + 1 :]


def _body_element(items: Sequence[Item], anchors: Sequence[int]) -> etree._Element:
    if anchors:
        common = _common_ancestor([items[index].element for index in anchors])
        named = next((node for node in _upwards(common) if _is_named_body(node)), None)
        if named is not None:
            return named
        return common if len(anchors) > 1 else _widened(common)
    return _densest(items)


def _upwards(element: etree._Element) -> list[etree._Element]:
    return [element, *element.iterancestors()]


def _common_ancestor(elements: Sequence[etree._Element]) -> etree._Element:
    """Return the lowest element that holds all."""
    common = _upwards(elements[0])
    for element in elements[1:]:
        chain = set(_upwards(element))
        common = [node for node in common if node in chain]
    return common[0]


def _is_named_body(element: etree._Element) -> bool:
    if element.tag == "ucapcontent":
        return True
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    return any(_BODY_NAMES.search(name) for name in names.split())


def _widened(element: etree._Element) -> etree._Element:
    """Return the nearest element around a lone heading or table that holds more than it."""
    for node in _upwards(element):
        if node.tag in {"div", "td", "article", "section", "body", "main"}:
            return node
    return element


def _densest(items: Sequence[Item]) -> etree._Element:
    """Return the element whose own lines hold most running text."""
    weights: Counter[etree._Element] = Counter()
    for item in items:
        if item.linked or item.table or _is_site_line(item):
            continue
        weight = len(item.text) if len(item.text) > _SHORT or "。" in item.text else len(item.text) // 4
        for share, node in enumerate(_upwards(item.element)[1:4], 1):
            weights[node] += weight // share
    if not weights:
        return _upwards(items[0].element)[-1]
    return weights.most_common(1)[0][0]


def _within(element: etree._Element, body: etree._Element) -> bool:
    return element is body or any(node is body for node in element.iterancestors())


def _is_site_line(item: Item) -> bool:
    return len(item.text) <= _SHORT and bool(_SITE_LINE.match(item.text))


def _ends_article(item: Item) -> bool:
    return len(item.text) <= 2 * _SHORT and bool(_FOOTER.match(item.text))
