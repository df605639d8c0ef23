"""Which items of a listing are annual reports, told from their titles alone: the parsers' judgement of a whole title,
and what a list adds to it: titles that are cut short, that name no subject, and what stands beside reports."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from parsers.identity.report_titles import judge, tight

_YEAR = r"(?:20\d\d|二[〇○零0OＯo]{1,2}[〇○零0OＯo一二三四五六七八九十]{1,2})"
_ASIDE = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_CUT = re.compile(r"(…|\.{2,}|⋯)$")
_YEARLY = re.compile(rf"{_YEAR}|年度|年报")
_SUBJECT = re.compile(r"信息公开")

# What lists hold beside reports under titles that contain a report's: its pieces, its pictures, papers about it.
_BESIDE = re.compile(
    r"统计表|附表|附件\d*$|审核|审查|意见|数说|图说|长图|视频|动画|学年|季度|半年|月报|\d月|样表|说明$|总结$"
    r"|(?:执法|处罚|许可|财政|预决算|预算|决算|采购|招标|价格|收费)(?:类|领域)?信息公开"
)
# Enterprises, schools and hospitals publish by rules of their own, unless it is government information.
_OTHER_KIND = re.compile(r"(?:公司|集团|医院|学校|大学|中学|小学|幼儿园|职业技术学院|职业学院|供电|水务集团)")

# A title that was cut before its subject: after the year, or within the words that follow it.
_CUT_NAME = re.compile(rf"{_YEAR}(年度?|度)?(关于)?(政(府(信息?)?)?|信息?)?$")
_CUT_SUBJECT = re.compile(r"信息公(?P<rest>.*)$")
_CUT_OTHER = re.compile(r"指南|目录|制度|办法|规定|方案|计划|要点|总结|培训|考核|评估|季度|半年|学年|统计|会议")

# Titles that do not say 信息公开: an annual report only if they say nothing else either.
_BARE = re.compile(rf"{_YEAR}.*(年报|报告)|(年报|报告).*{_YEAR}")
_OTHER_SUBJECT = re.compile(
    r"政府工作报告|总结|执法(?!局|大队|支队|总队)|法治|依法|预算|决算|财务|审计(?!局|厅|署)|绩效|统计(?!局|厅)|质量|就业|企业|社会责任|网站|季|月报"
    r"|半年|人大|政协|建议|提案|述职|党|工会|扶贫|安全生产|公报|评估|评价|调查|监测(?!中心|站)|检查(?!院)|整改|自查|考核|投资|招标|采购|科普"
    r"|指南|制度|办法|通知|通报|要点|计划|方案|解读|图解|一图|会议|培训|年鉴|法人|国民经济|发展报告|环境(?!局|厅|分局|保护局)|知识产权(?!局)"
    r"|许可(?!局)|处罚|双随机|应急管理工作|内部控制|资产|债务|水资源|住房公积金年度(?!.*中心.*公开)|执行情况|公司|基金会|社会组织|双公示"
)


# 凌州市安全生产监督管理局2023年…, 2023年凌州市就业服务局年报, 凌州市新闻出版局(凌州市版权局)2023年…: the name of the
# agency, which is no subject.
_AGENCY = re.compile(
    rf"(?:^|(?<=20\d\d年)|(?<=20\d\d年度))(?!.{{0,8}}(?:图|读|数说|速览|关于|转发|通[知报]|[〈《]))[\u4e00-\u9fff、]{{2,30}}?(?:局|委员会|办公室|委|办|中心|支队|大队|总队|管理处|站|厅|总工会|联合会|署)"
    rf"(?:\([\u4e00-\u9fff、]{{2,20}}\))?(?=[-—–_：:·]*(?:{_YEAR}|年报|年度报告))"
)

# 政府信息公开年报, 年度报告: the column of annual reports itself, as menus and gateways name it.
COLUMN_NAME = re.compile(r"^(政府|政务)?(信息)?(公开)?(情况|工作)?(年报|年度(工作)?报告)(专栏|栏目|公开)?$")

# Characters: a row of a list that somebody took for a title. To look through a whole page of them would take minutes.
_LONGEST = 600


class Verdict(Enum):
    """What a title says: surely an annual report, perhaps one (the document decides), or something else."""

    REPORT = "report"
    PERHAPS = "perhaps"
    OTHER = "other"


def verdict(title: str) -> Verdict:
    """Whether the title of a listing item is that of an annual report on open government information.

    A title cut short by the site (…) and one that names no subject ("2021年年度报告") are PERHAPS. Notices about
    compiling reports, guides, regulations, statistics tables, law-enforcement reports and the like are OTHER, and so is
    what is too long for a title.
    """
    return _verdict(title) if len(title) <= _LONGEST else Verdict.OTHER


@lru_cache(maxsize=8192)
def _verdict(title: str) -> Verdict:
    whole = tight(title).lstrip("《“\"'·•.->").rstrip("》”\"'")
    nameless = _AGENCY.sub("", whole)
    judged = judge(whole).report
    if judged is False and nameless != whole:
        judged = judge(nameless).report
    plain = _ASIDE.sub("", nameless)
    if judged is False or (_BESIDE.search(plain) and not _CUT.search(plain)):
        return Verdict.OTHER
    if judged is None or not _SUBJECT.search(plain):
        return _unjudged(plain, whole)
    if "政府信息公开" not in plain and _OTHER_KIND.search(plain):
        return Verdict.OTHER
    return Verdict.REPORT if _YEARLY.search(whole) else Verdict.PERHAPS


def _unjudged(plain: str, whole: str) -> Verdict:
    """A title that does not say whole what it is of: perhaps that of a report, if it says nothing else."""
    cut = _CUT.search(plain)
    if cut:
        head = plain[: cut.start()]
        subject = _CUT_SUBJECT.search(head)
        fits = _CUT_NAME.search(head) or (subject and not _CUT_OTHER.search(subject["rest"]))
        return Verdict.PERHAPS if fits and _YEARLY.search(head) else Verdict.OTHER
    fits = (_SUBJECT.search(plain) and re.search(r"报告|年报", plain)) or _BARE.search(whole)
    return Verdict.PERHAPS if fits and not _OTHER_SUBJECT.search(plain) else Verdict.OTHER


def names_year(title: str) -> bool:
    """Whether a title names a year, as that of one report does and that of a column of reports does not."""
    return bool(re.search(_YEAR, tight(title[:_LONGEST])))


def is_cut(text: str) -> bool:
    """Whether a site cut `text` short with an ellipsis."""
    return bool(_CUT.search(text.strip()))
