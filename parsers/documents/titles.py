"""The lines a document without a title element opens with, as candidates for its title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LINES = 6  # a title over several lines is seldom longer, letterhead included
LONGEST = 60
LONGEST_WAY = 120
SECTION = re.compile(r"\s*(?:第?[一二三四五六七八九十]+\s*[、.章部]|目\s*录|[(]?1[)、.]|(?:引|前|序)\s*言\s*$)")
SENTENCE_END = "。；：:;"
# What a site's index of documents says of one, which stands above the title.
_INDEXED = re.compile(
    r"\s*[•·●■]?\s*(?:(?:信息)?索\s*引\s*号(?:\s+\S*\d.*公开日期)?|(?:文件|信息)名称(?=\s*[:：]\s*$)|登记号"
    r"|发\s*[布文]\s*机\s*[构关]|[发成]\s*文\s*日\s*期|发\s*布\s*日\s*期|(?:发\s*文\s*)?(?:字|文)\s*号|分\s*类|(?:主题|组配|文件)\s*分\s*类|公开(?:方式|范围)|有\s*效\s*性"
    r"|(?:信息)?来\s*源|关\s*键\s*词|所属机构)\s*[:：|]"
    r"|\s*来源\s+\S{2,15}$"
)
# Where on its site a page lies, unless that way ends with the title itself.
_WAY = re.compile(
    r"(?:您?(?:现在|当前)?(?:所在)?的?位置\s*[:：]|分享[到至]?\s*[:：]|首页\s*[>»])(?!.*20\d\d年.*(?:报告|年报))"
)


def opening_titles(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Candidates, best first: the opening lines as one title, then each of them."""
    lines: list[str] = []
    for paragraph in paragraphs:
        text = " ".join(paragraph.split())
        if not text or _INDEXED.match(text) or (len(text) <= LONGEST_WAY and _WAY.match(text)):
            continue
        if (
            len(text) > LONGEST
            or text[-1] in SENTENCE_END
            or SECTION.match(unicodedata.normalize("NFKC", text))
            or len(lines) == LINES
        ):
            break
        lines.append(text)
    joined = "".join(lines)
    return tuple(dict.fromkeys(filter(None, (joined, *lines))))
