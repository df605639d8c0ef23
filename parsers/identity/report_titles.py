"""Judges titles: which are those of annual reports, what they say of agency and year, and how they read clean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from parsers.characters import usual
from parsers.identity.agencies import is_organ_name

_YEAR_DIGITS = r"(?<!\d)20[0-4]\d(?!\d)"
_CHINESE_YEAR = r"二[〇○零0OＯo][〇○零0一二三四五六七八九OＯo]{2}"
_YEAR = re.compile(rf"({_YEAR_DIGITS}|{_CHINESE_YEAR})\s*(?:年\s*度?|财年)?(?:全年)?")
# What the report is about; not the office for it, nor what companies and treasuries publish by other rules.
_SUBJECT = (
    r"(?:(?:政府|政务)信息公开|(?<!环境)(?<!财政)(?<!决算)(?<!预算)(?<!企业)(?<!政府)(?<!政务)信息公开|政务公开)"
    r"(?!(?:工作)?(?:办公室|领导小组|协调小组|中心|处|科|专栏))"
)
_CORE = re.compile(_SUBJECT)
_REPORT = re.compile(
    rf"{_SUBJECT}(?:(?<=信息公开)(?P<middle>[^,。;《》]{{0,26}}?)(?:年度?报告|年报|报告书?)"
    r"|(?<=政务公开)(?P<middle2>[^,。;《》]{0,16}?)(?:年度报告|年报|工作报告|报告))"
)
_DAY = re.compile(r"20\d\d(?:年\d{1,2}月\d{1,2}日|([.\-/])\d{1,2}\1\d{1,2})")
_YEARLY = re.compile(r"年度|年报|年|20\d\d")
_EXPLAINING = r"图解|图说|图读|一图(?!书)|一张图|长图|读懂|看懂|数说|数读|速览|解读|问答"
_OTHER = re.compile(
    rf"{_EXPLAINING}|通知|通报|指南|条例|制度|办法|规定|细则|规范|目录|季度|半年|月报|要点|总结|方案|计划|预算|决算|培训|会议|座谈|推进会|学年"
    r"|(?:审核|审查|核查|反馈|修改|初审)意见|(?:更正|勘误|补充|情况)的?说明$"
    r"|考核|评估|评议|检查|自查|整改|模板|范本|样本|格式|汇总表|申请表|法治政府|依法行政|执法(?!局|大队|支队|总队|部门)|公共企事业|新闻|报道|函$|编制|合集|一览|清单|汇总$"
)
_EXPLAINED = re.compile(_EXPLAINING)
# Public institutions and enterprises publish information of their own, by the rules of their trades (条例 Article 55).
_OF_ITS_OWN_KIND = re.compile(
    r"(?:公司|集团|水厂|银行|医院|卫生院|疗养院|学校|大学|学院|(?<!地)中学|小学|幼儿园|公共企业|企事业单位)$"
)
_ANNEX = re.compile(r"(?:的?附?件?(?:附表|统计表|统计报表|数据表|表格|数据))$")
_TEMPLATE = re.compile(r"通知|模板|范本|样本|格式|函$|征求意见")
_NEWS = re.compile(
    r"(?:发布|公布|晒出|亮出|推出|印发|报送|做好|开展|召开|组织|启动|完成|审议).{0,14}(?:年度报告|年报)|(?:年度报告|年报)(?:正式)?(?:发布|公布|出炉|上线|亮相)(?!时间|日期|来源|机构|单位)"
)
# A notice by which a report is published: the report stands below it.
_PUBLISHING = re.compile(r"关于(?:公布|发布|公开|印发)[^,。;]{2,40}(?:年度报告|年报)的(?:通知|通告)")
_TABLE_TITLE = re.compile(r"信息公开.{0,12}统计表")
_SEPARATOR = re.compile(
    r"\s*[_|｜>＞»]\s*|\s+[-–—]+\s+|(?<!\d)[-–—]{1,2}(?=[^\d\-–—][^-–—]*$)|--+|——|(?<=报告|年报)[-–—]"
)
_FILE = re.compile(r"\.(?:docx?|pdf|wps|xlsx?|html?|txt|shtml)$", re.IGNORECASE)
_FRAME = re.compile(
    r"^(?:标\s*题|名\s*称|附件\d*|当前位置)[:：]\s*|^[【\[(](?:[^【】\[\]()]{0,8}(?:年报|年度报告|信息公开|政务公开)|公示|公告|置顶|最新)[】\])]|^[《“\"'·•.【\[]+|[》”\"'】\]]+$"
)
_DIGIT = {"〇": "0", "○": "0", "零": "0", "O": "0", "o": "0"} | {
    d: str(v) for v, d in enumerate("一二三四五六七八九", 1)
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a title says: `report` True for an annual report, False for something else, None where it tells neither.

    `who` is the agency as the title names it, `years` the report years it can mean, the likeliest first; `template`
    says that the document tells others how to make reports, so that even a form in it reports nothing; `annex` that
    the title is that of a report's tables alone, which are a report's where they are the form's.
    """

    report: bool | None
    who: str = ""
    years: tuple[int, ...] = ()
    template: bool = False
    annex: bool = False


def clean(title: str) -> str:
    """Return a title without the site's name, file ending and frame, lines joined."""
    parts = _parts(title)
    reports = [part for part in parts if _REPORT.search(tight(part))]
    text = next((part for part in reports if _YEAR.search(tight(part))), (reports or parts or [""])[0])
    text = _FRAME.sub("", _FILE.sub("", _FRAME.sub("", text.strip())))
    return re.sub(
        r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|(?<=\d)\s+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s+(?=\d)", "", text
    )


def beside(title: str) -> list[str]:
    """Return what a site wrote beside the report's title into the page's: its own name, an agency, a column."""
    parts = _parts(title)
    return [part for part in parts if not _REPORT.search(tight(part))] if len(parts) > 1 else []


def publishes(title: str) -> bool:
    """Return whether a title is that of a notice by which an annual report is published."""
    return _PUBLISHING.search(tight(title)) is not None


def _parts(title: str) -> list[str]:
    return [part for part in _SEPARATOR.split(" ".join(usual(title).split())) if part]


def tight(text: str) -> str:
    """Return text in compatibility form without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def years(text: str) -> tuple[int, ...]:
    """Return the years a title names in their order, each once; those of whole days (2024年1月15日) left out."""
    plain = _DAY.sub(" ", tight(text))
    found = (int("".join(_DIGIT.get(c, c) for c in match[1])) for match in _YEAR.finditer(plain))
    return tuple(dict.fromkeys(year for year in found if 2003 <= year <= 2049))


def judge(title: str, cleaned: str | None = None) -> Verdict:
    """Tell from a title alone whether it heads an annual report on open government information.

    `cleaned` is the clean title, where it is known already.
    """
    plain = tight(clean(title) if cleaned is None else cleaned)
    named = years(plain)
    report = _REPORT.search(plain)
    if report is None:
        if _TABLE_TITLE.search(plain):
            return Verdict(False if re.search("季度|半年|月", plain) else None, years=named)
        other = bool(_OTHER.search(plain) or _EXPLAINED.search(tight(title)))
        core = _CORE.search(plain)
        who = _who(plain[: core.start()]) if core else ""
        return Verdict(False if other else None, who, named, bool(_TEMPLATE.search(plain)))
    before, after = plain[: report.start()], plain[report.end() :]
    middle = report["middle"] or report["middle2"] or ""
    who = _who(before)
    if is_organ_name(who) and not _EXPLAINED.search(who):
        before = ""
    outside = f"{_strip_brackets(before)} {middle} {_strip_brackets(after)}"
    explained = _EXPLAINED.search(tight(title)) and not _EXPLAINED.search(who)
    if _OTHER.search(outside) or explained or _NEWS.search(before + plain[report.start() :]):
        return Verdict(False, who, named, bool(_TEMPLATE.search(outside)))
    if report[0].startswith("信息公开") and _OF_ITS_OWN_KIND.search(who):
        return Verdict(False, who, named)
    if _ANNEX.search(_strip_brackets(after)):
        return Verdict(None, who, named, annex=True)
    return Verdict(True if _YEARLY.search(plain) else None, who, named)


def _strip_brackets(text: str) -> str:
    return re.sub(r"[(\[〔【][^()\[\]〔〕【】]*[)\]〕】]", "", text)


def _who(before: str) -> str:
    """Return the agency's name out of the words before the title's core, without year and 关于."""
    words = re.sub(r"1月?[-—~至到]+12月份?", "", _YEAR.sub("", before))
    words = re.sub(r"^(?:附件\d*[:：.]?|\d+[.、_]*)+", "", words)
    first, _, second = words.strip("-_.,:;·《》“”\"' ").partition("关于")
    words = re.sub(r"^(?:公布|公开|发布|印发)+", "", second or first)
    return re.sub(r"(?:关于|年度|年|的|度|本级|本机关|[-—~至到])+$", "", words).strip("《》“”\"'")
