"""Which items of a listing are annual reports, told from their titles alone."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import lru_cache

_YEAR = r"(?:20\d\d|二[〇○零0]{1,2}[〇○零一二三四五六七八九十]{1,2})"
_WHOLE = re.compile(r"\s+")
_ASIDE = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_CUT = re.compile(r"(…|\.{2,}|⋯)$")

# The statutory title: 信息公开 ... 报告 or 年报, whatever stands between them (工作, 年度, a year, 情况的).
_CORE = re.compile(r"信息公开(?P<middle>.{0,24}?)(?P<end>年报|报告|报\s*告)")
_YEARLY = re.compile(rf"{_YEAR}|年度|年报")

# What a title is when these stand before, inside or after the statutory title.
_HEAD_NO = re.compile(
    r"^(关于)?(做好|开展|印发|报送|编制|编写|加强|进一步|组织|认真|规范|推进|转发|征求|召开|举办)"
    r"|关于(做好|开展|印发|报送|编制|编写|加强|进一步|组织|认真|规范|推进|转发)"
    r"|图解|一图|读懂|解读|政策问答|公共企事业|学年|模板|范本|样本|考评|统计表"
    r"|(执法|处罚|许可|预决算|环境|企业|校务|院务|办事|重点领域|季度|半年)(类|工作)?$"
)
_MIDDLE_NO = re.compile(
    r"总结|要点|培训|考核|评估|评议|检查|自查|调研|整改|述职|绩效|测评|案例|复议|诉讼|指南|目录|制度|办法|规定|方案|计划"
    r"|统计|季度|半年|月度|学年|工作会|专栏|栏目|平台建设|推进情况|落实情况"
)
_TAIL_NO = re.compile(
    r"^[^,。;]{0,12}?(制度|办法|规定|指南|通知|通报|统计表|报表|汇总|模板|格式|范本|样本|解读|图解|问答|要点|方案|会议|培训|评估|考核"
    r"|编制|报送|工作的|说明会|新闻|综述|函$|目录|流程)"
)

# A title that was cut before its subject: after the year, or within the words that follow it.
_CUT_NAME = re.compile(rf"{_YEAR}(年度?|度)?(关于)?(政(府(信息?)?)?|信息?)?$")

# Titles that do not say 信息公开: an annual report only if they say nothing else either.
_BARE = re.compile(rf"{_YEAR}.*(年报|报告)|(年报|报告).*{_YEAR}")
_OTHER_SUBJECT = re.compile(
    r"政府工作报告|总结|执法(?!局|大队|支队|总队)|法治|依法|预算|决算|财务|审计(?!局|厅|署)|绩效|统计(?!局|厅)|质量|就业|企业|社会责任|网站|季|月报"
    r"|半年|人大|政协|建议|提案|述职|党|工会|扶贫|安全生产|公报|评估|评价|调查|监测(?!中心|站)|检查(?!院)|整改|自查|考核|投资|招标|采购|科普"
    r"|指南|制度|办法|通知|通报|要点|计划|方案|解读|图解|一图|会议|培训|年鉴|法人|国民经济|发展报告|环境(?!局|厅|分局|保护局)|知识产权(?!局)"
    r"|许可(?!局)|处罚|双随机|应急管理工作|内部控制|资产|债务|水资源|住房公积金年度(?!.*中心.*公开)"
)


class Verdict(Enum):
    """What a title says: surely an annual report, perhaps one (the document decides), or something else."""

    REPORT = "report"
    PERHAPS = "perhaps"
    OTHER = "other"


@lru_cache(maxsize=8192)
def verdict(title: str) -> Verdict:
    """Whether the title of a listing item is that of an annual report on open government information.

    A title cut short by the site (…) and one that names no subject ("2021年年度报告") are PERHAPS. Notices about
    compiling reports, guides, regulations, statistics tables, law-enforcement reports and the like are OTHER.
    """
    whole = _WHOLE.sub("", unicodedata.normalize("NFKC", title)).lstrip("《“\"'·•.->").rstrip("》”\"'")
    if _HEAD_NO.search(" ".join(_ASIDE.findall(whole[:12]))):
        return Verdict.OTHER
    plain = _ASIDE.sub("", whole)
    core = _CORE.search(plain)
    if core is None:
        return _without_core(plain, whole)
    head, tail = plain[: core.start()], plain[core.end() :]
    if _HEAD_NO.search(head) or _MIDDLE_NO.search(core["middle"]) or _TAIL_NO.search(tail):
        return Verdict.OTHER
    return Verdict.REPORT if _YEARLY.search(whole) else Verdict.PERHAPS


def _without_core(plain: str, whole: str) -> Verdict:
    cut = _CUT.search(plain)
    if cut and _CUT_NAME.search(plain[: cut.start()]):
        head = plain[: cut.start()]
        return Verdict.OTHER if _HEAD_NO.search(head) or not _YEARLY.search(head) else Verdict.PERHAPS
    if cut and "信息公" in plain:
        head, _, rest = plain[: cut.start()].partition("信息公")
        wrong = _HEAD_NO.search(head) or _MIDDLE_NO.search(rest) or _TAIL_NO.search(rest)
        return Verdict.OTHER if wrong or not _YEARLY.search(plain) else Verdict.PERHAPS
    if _BARE.search(whole) and not _OTHER_SUBJECT.search(plain):
        return Verdict.PERHAPS
    return Verdict.OTHER


def names_year(title: str) -> bool:
    """Whether a title names a year, as that of one report does and that of a column of reports does not."""
    return bool(re.search(_YEAR, unicodedata.normalize("NFKC", title)))


def is_cut(text: str) -> bool:
    """Whether a site cut `text` short with an ellipsis."""
    return bool(_CUT.search(text.strip()))
