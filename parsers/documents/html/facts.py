"""What a page says of itself: title, publishing organ, date, index number, site and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from lxml import etree

from parsers.dates import iso_date
from parsers.documents.html.tables import flow, whole_text
from parsers.model import Cell

_LABELS = {
    "title": ("名称", "标题", "信息名称", "公文名称", "文件名称", "信息标题"),
    "agency": (
        *("发布机构", "发文机关", "发布单位", "公开单位", "信息来源", "来源", "公开机构", "发文单位", "发文机构"),
        *("文章来源", "责任单位", "公开主体"),
    ),
    "published": ("发布日期", "公开日期", "发布时间", "公开时间", "上网日期", "信息发布日期", "发布于", "发稿时间"),
    "generated": ("生成日期", "发文日期", "生成时间", "发文时间", "日期", "时间"),
    "written": ("成文日期", "成文时间"),
    "index_number": ("索引号", "信息索引号", "索引编号", "公开索引号"),
    "other": (
        *(
            "文号",
            "发文字号",
            "主题分类",
            "分类",
            "体裁分类",
            "信息分类",
            "主题词",
            "关键词",
            "有效性",
            "时效",
            "内容概述",
        ),
        *(
            "公开方式",
            "公开形式",
            "公开时限",
            "公开范围",
            "文件下载",
            "组配分类",
            "服务对象",
            "所属主题",
            "公文种类",
            "信息类别",
        ),
        *("文种", "浏览次数", "公开类别", "效力状态", "文件编号", "语种", "主题", "载体类型", "生效日期", "废止日期"),
        *("公开程序", "信息状态", "题材"),
    ),
}
_KIND = {label: kind for kind, labels in _LABELS.items() for label in labels}
_SPACE_AND_COLON = re.compile(r"[\s\u3000\xa0:：\[\]【】]+")
_INLINE_FACT = re.compile(
    r"(?P<label>"
    + "|".join(sorted((label for label, kind in _KIND.items() if kind != "other"), key=len, reverse=True))
    + r")\s*[:：\]】]\s*(?P<value>[^\s|｜【\[]{1,60}(?:\s\d{1,2}:\d{2})?)"
)
_META_NAMES = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "agency",
    "sitename": "site",
    "columnname": "column",
}
_MOST_CELLS = 60
_LONGEST_TITLE = 120
_ABOVE = re.compile(r"[\u4e00-\u9fff（）()]{4,24}")
_TITLE = re.compile(r"20\d\d.*公开.*(?:报告|年报)|公开.*(?:报告|年报).*20\d\d")
_HEADS = frozenset({"h1", "h2", "h3", "ucaptitle"})


@dataclass
class PageFacts:
    """Collects the statements; the first of each kind counts, tables before meta tags before lines."""

    _found: dict[str, str] = field(default_factory=dict)
    _meta: dict[str, str] = field(default_factory=dict)
    _headings: list[str] = field(default_factory=list)
    _page_title: str = ""

    def read_table(self, cells: Sequence[Cell]) -> None:
        """Take the statements of a table of labels and values (索引号, 发布机构 …)."""
        for cell, following in pairwise(cells):
            kind = _kind(cell.text)
            if kind and kind != "other" and not _kind(following.text):
                self._found.setdefault(kind, following.text.strip())

    def read_lines(self, lines: Iterable[str]) -> None:
        """Take the statements of lines beside the report (发布时间：… 来源：…)."""
        for line in lines:
            for found in _INLINE_FACT.finditer(line[:400]):
                self._found.setdefault(_KIND[found["label"]], found["value"].strip())

    def read_titles(self, lines: Iterable[str]) -> None:
        """Take the lines before the report that read like its title, each also with the short line above it."""
        above = ""
        for line in lines:
            if len(line) <= _LONGEST_TITLE and _TITLE.search(line):
                self._headings += [above + line, line] if _ABOVE.fullmatch(above) else [line]
            above = line

    def read_head(self, root: etree._Element) -> None:
        """Take the page's title, meta tags and headings."""
        for element in root.iter("title", "meta", "publishtime", *_HEADS):
            if element.tag == "meta":
                kind = _META_NAMES.get((element.get("name") or "").strip().lower())
                content = (element.get("content") or "").strip()
                if kind and content:
                    self._meta.setdefault(kind, content)
            elif element.tag == "title":
                self._page_title = self._page_title or flow(whole_text(element))
            elif element.tag == "publishtime":
                self._found.setdefault("published", flow(whole_text(element)))
            else:
                text = flow(whole_text(element))
                if 4 < len(text) <= _LONGEST_TITLE:
                    self._headings.append(text)

    def titles(self) -> tuple[str, ...]:
        """Return candidates for the report's title, best first."""
        stated = [self._found.get("title", ""), self._meta.get("title", ""), *self._headings, self._page_title]
        return tuple(dict.fromkeys(" ".join(text.split()) for text in stated if text.strip()))

    def meta(self) -> dict[str, str]:
        """Return what `Document.meta` holds."""
        facts = {kind: self._found.get(kind) or self._meta.get(kind, "") for kind in ("agency", "index_number")}
        facts |= {kind: self._meta.get(kind, "") for kind in ("site", "column")}
        for stated in (self._found.get("published"), self._meta.get("published"), self._found.get("generated")):
            day = iso_date(stated) if stated else None
            if day:
                facts |= {"published": day, "published_source": "page"}
                break
        written = iso_date(self._found.get("written", ""))
        if written:
            facts["written"] = written
        return {kind: text for kind, text in facts.items() if text}


@lru_cache(maxsize=1024)
def _kind(text: str) -> str | None:
    return _KIND.get(_SPACE_AND_COLON.sub("", text)) if len(text) < 24 else None


def is_fact_table(cells: Sequence[Cell]) -> bool:
    """Return whether a table states what the page is rather than what the report says."""
    if len(cells) > _MOST_CELLS:
        return False
    kinds = [kind for cell in cells if (kind := _kind(cell.text))]
    return len(kinds) >= 3 and ("index_number" in kinds or "agency" in kinds or len(kinds) * 3 >= len(cells))
