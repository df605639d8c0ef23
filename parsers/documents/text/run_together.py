"""Takes lines apart into which a whole report, or a table of one, was run together: each cell its own piece."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FORM_WORDS = (
    *("信息内容", "规章", "规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费"),
    *(
        "自然人",
        "商业企业",
        "科研机构",
        "法律服务机构",
        "予以公开",
        "部分公开",
        "属于国家秘密",
        "重复申请",
        "结转下年度",
    ),
    *("结果维持", "结果纠正", "其他结果", "尚未审结", "未经复议直接起诉", "复议后起诉"),
)
_STATISTICS_WORDS = (
    *("统计指标", "主动公开政府信息数", "制发规范性文件总数", "收到申请数", "当面申请数", "申请办结数", "申请答复数"),
    *("行政复议数量", "行政诉讼数量", "举报投诉数量"),
)
_FEWEST_WORDS = 4
_SHORTEST = 80
_FIGURES_IN_A_ROW = re.compile(r"(?:(?<=\s)\d[\d,.]*\s+){2}\d[\d,.]*(?=\s|$)")
_NUMERAL_ALONE = re.compile(
    r"第?[一二三四五六七八九十]+(?:部分)?[、.．]|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．]"
)


def is_run_together(line: str) -> bool:
    """Whether a line once was many: it holds many words of a form, and figures side by side or the statistics table's.

    Sentences name a form's words too, but no figures with nothing but white space between.
    """
    if len(line) < _SHORTEST:
        return False
    if sum(word in line for word in _FORM_WORDS) >= _FEWEST_WORDS and _FIGURES_IN_A_ROW.search(line):
        return True
    return sum(word in line for word in _STATISTICS_WORDS) >= _FEWEST_WORDS and len(line.split()) > len(
        _STATISTICS_WORDS
    )


def pieces(line: str) -> Iterator[str]:
    """Yield what stood on lines of its own: what tabs part where most is parted by tabs, else what white space parts.

    A numeral goes with the words behind it. Blank cells are lost: which row had one is not known from here on.
    """
    words = line.split()
    if line.count("\t") * 2 > len(words):
        words = [word.strip() for word in line.split("\t") if word.strip()]
    numeral = ""
    for word in words:
        if _NUMERAL_ALONE.fullmatch(numeral + word):
            numeral += word
            continue
        yield numeral + word
        numeral = ""
    if numeral:
        yield numeral
