"""Tells whose figures a table holds: the agency's own, its level's, or those of the whole territory."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from parsers.model import Scope, Section

TABLES = {
    "a20": re.compile(r"规范性文件|规章|行政许可|行政处罚|行政强制|行政事业性收费"),
    "requests": re.compile(
        r"(?:收到|受理|收办|新收|办理|办结|答复|接收).{0,24}申请|依申请公开.{0,12}\d|申请.{0,12}\d+\s*件"
    ),
    "remedies": re.compile(r"行政复议|行政诉讼"),
}
_SENTENCE = re.compile(r"[^。；;\n]+")
_TERRITORY = "市省区县州盟旗镇乡"
_WHOLE = re.compile(rf"全[{_TERRITORY}](?!人大|政协|两会)|各县[（(市区]|汇总|全系统")
_LEVEL = re.compile(rf"[{_TERRITORY}]本级")
_OWN = re.compile(r"本机关|本单位|我局|我委|我办|本局|本委")
GOVERNMENTS = frozenset({"government", "aggregate"})


def scopes(sections: Sequence[Section], kind: str | None) -> Mapping[str, Scope]:
    """The scope of the tables of section two ("a20"), three ("requests") and four ("remedies").

    An agency that is not a government reports for itself. A government's table has the scope that the sentences
    about its subject name (全市共受理… is the whole city); a table of which no sentence says anything has none.
    """
    if kind not in GOVERNMENTS:
        return dict.fromkeys(TABLES, "own")
    found: dict[str, Scope] = {}
    sentences = [sentence for section in sections for sentence in _SENTENCE.findall(section.text)]
    for table, subject in TABLES.items():
        about = [sentence for sentence in sentences if subject.search(sentence) and any(map(str.isdigit, sentence))]
        scope = _named(about)
        if scope:
            found[table] = scope
    return found


def named_scope(line: str) -> Scope | None:
    """The scope that the line above a table names."""
    return _named([line])


def _named(sentences: Sequence[str]) -> Scope | None:
    """The scope that the first sentence naming one names, a wider one before a narrower in the same sentence."""
    signals: tuple[tuple[Scope, re.Pattern[str]], ...] = (("whole", _WHOLE), ("level", _LEVEL), ("own", _OWN))
    for sentence in sentences:
        for scope, words in signals:
            if words.search(sentence):
                return scope
    return None
