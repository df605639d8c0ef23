"""Characters that some files hold in place of the usual ones."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# The digits of a note's mark (5 and a small 1) are none of the number before them.
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_TRADITIONAL = ("信息公開", "年度報告", "資訊公開", "訴訟", "複議")
_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
# Of these Unicode keeps the usual character in a list of its own (EquivalentUnifiedIdeograph), not as a compatibility.
_SUPPLEMENT = str.maketrans(
    "⺁⺊⺌⺎⺒⺓⺛⺝⺞⺠⺧⺩⺪⺫⺬⺮⺶⺷⺻⺽⻁⻄⻅⻆⻉⻋⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
    "厂卜小兀巳幺旡月歺民牛王疋目示竹羊羊聿臼虎西见角贝车长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
)


def usual(text: str) -> str:
    """Return text with the usual characters for radicals and doubles (⼯ for 工, ⺠ for 民), as many as before."""
    return _RADICAL.sub(_usual_character, text) if _RADICAL.search(text) else text


def _usual_character(radical: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", radical[0].translate(_SUPPLEMENT))


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def is_traditional(text: str) -> bool:
    """Whether a report is written in traditional characters, as mirrors and converters print some."""
    return any(words in text for words in _TRADITIONAL)


def simplified(text: str) -> str:
    """Return text in simplified characters, as many as before."""
    simple: str = _converter().convert(text)
    return simple if len(simple) == len(text) else "".join(_converter().convert(each) for each in text)
