"""Which agencies a report's words name as its author: its preamble, its signature, whom to ask, who acts in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.identity import agencies
from parsers.identity.organs import is_abbreviation
from parsers.identity.report_titles import tight

LONGEST_LINE = 2000  # characters of a line that are searched for names

# What stands before a name in a sentence and is no part of it; single characters begin the names of places as well.
_BEFORE = re.compile(
    r"^(?:现(?:将|就|予以)?(?:公布|公开|发布|报告)?|特?(?:公布|发布)|特将|请|可|(?:直接)?(?:与|由|致电)|汇总|通过|我们?|截至年?底?)+"
)
_WHO = r"(?P<who>[^,。;、():《》0-9]{3,32}?)"
_CONTACT = re.compile(
    rf"(?:请|可|欢迎)(?:直接)?(?:与|向|致电|联系|同){_WHO}(?P<desk>(?:政务公开|党政|综合)?办公室|[^,。;、():局委院厅镇乡]{{0,8}}科)?"
    r"(?:[(\[][^()\[\]]{0,120}[)\]])?(?:联系|咨询|反映|反馈|提出)"
)
_PUBLISHES = re.compile(
    rf"(?:公布|发布|公开|报告|编制|现就|现?将)《?{_WHO}(?:关于)?(?P<year>20\d\d)年度?(?:政府|政务)?信息公开"
)
_PUBLISHES_OF_YEAR = re.compile(
    rf"(?:公布|发布|公开|现?将)《?(?P<year>20\d\d)年度?{_WHO}(?:关于)?(?:政府|政务)?信息公开"
)
_PUBLISHES_THEN_YEAR = re.compile(
    rf"(?:公布|发布|公开|编制|现?将)《?{_WHO}(?:政府|政务)?信息公开(?:工作)?(?P<year>20\d\d)年度?(?:工作)?(?:报告|年报)"
)
# Words for oneself and for all that begin no agency's name.
_NOT_NAMED = re.compile(r"本(?!溪)|我(?!们)|全(?![南州椒])|各|该")
_CALLS_ITSELF = re.compile(
    rf"(?:^|[,。;])(?:结合|由|是|系|经)?{_WHO}\((?:以下|下)[^()]{{0,4}}称:?[“\"]?(?P<short>[^()《》“”\"]{{2,12}})"
)
_ITSELF = re.compile(r"[我本][局委办院厅镇乡街县市区州旗站中管公]|本机关|本单位")
_WORK_OF = re.compile(rf"结合{_WHO}(?:政府|政务)?信息公开工作")
_COMPILES = re.compile(
    rf"(?:^|[,。;])(?:本(?:年度)?(?:报告|年报))?(?:由|系)?{_WHO}"
    r"(?:根据|依据|按照|依照|结合|编制|综合(?=各|全|本|所|有关|[市区县]政?府?各))"
)
# Who did the work, in the sentence that a review of the year begins with.
_ACTS = re.compile(
    rf"^(?:(?:20\d\d年度?|今年|本年度?)(?:以来)?,)(?:在[^,。]{{4,60}}下,)?{_WHO}"
    r"(?:始终)?(?:坚持|坚决|认真|深入|全面|严格|积极|高度|切实|紧紧围绕|紧扣|扎实|持续|不断|进一步|大力|贯彻|落实|立足|聚焦)"
)


def opening_of(lines: Sequence[str]) -> list[str]:
    """Return the first lines of a report as names are searched in them: without white space, none of them long."""
    return [tight(line[:LONGEST_LINE]) for line in lines[:12]]


def organs_in(opening: Sequence[str], lines: Sequence[str]) -> Iterator[str]:
    """Yield the agencies that a report's words name as its author: first lines, preamble, signature, contact.

    `opening` is that of the report's `lines`.
    """
    for line in opening[:4]:
        if agencies.is_organ_name(line) and len(line) <= 24:
            yield line
    for line in opening:
        for named in _CALLS_ITSELF.finditer(line) if "称" in line else ():
            who = _without_verb(named["who"])
            if _ITSELF.match(named["short"]) or is_abbreviation(named["short"], who):
                yield who
    for pattern in (_COMPILES, _WORK_OF):
        for line in opening:
            yield from (_without_verb(found["who"]) for found in pattern.finditer(line))
    for line in reversed(lines[-5:]):
        plain = re.sub(r"20\d\d年\d{1,2}月\d{1,2}日$", "", tight(line[:LONGEST_LINE]))
        if agencies.is_organ_name(plain) and len(plain) <= 24:
            yield plain
    for line in opening:
        for found in _CONTACT.finditer(line):
            yield from (found["who"], found["who"] + (found["desk"] or ""))


def announced_in(opening: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the agencies that a preamble announces the report of (现公布凌州市水务局2022年…), each with the year.

    A preamble that does not name the agency (本机关) gives "".
    """
    for line in opening:
        for pattern in (_PUBLISHES, _PUBLISHES_OF_YEAR, _PUBLISHES_THEN_YEAR):
            for found in pattern.finditer(line):
                who = "" if _NOT_NAMED.match(found["who"]) else _without_verb(found["who"])
                yield "" if _NOT_NAMED.match(who) else who, int(found["year"])


def acting_in(opening: Sequence[str]) -> str:
    """Return the agency that the review of the year says did the work; "" where it names none or several."""
    found = (_ACTS.match(line) for line in opening)
    acting = {acts["who"] for acts in found if acts and not _NOT_NAMED.match(acts["who"])}
    return acting.pop() if len(acting) == 1 else ""


def _without_verb(who: str) -> str:
    return _BEFORE.sub("", who)
