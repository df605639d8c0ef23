"""Finds how others judged an agency's openness (Regulation, article 50): its grade, its rank, its points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from parsers.model import Number
from parsers.narrative.prose import Prose
from parsers.narrative.quantities import chinese_number, plain_number

CODE = "assessment_result"
MOST_ASSESSMENTS = 200

_GRADE = "优秀|良好|优良|优|良|合格|达标|先进|一等|二等|三等|[AB]级"
_RESULT = re.compile(
    rf"(?:考核|评估|测评|评议|评价)(?:中|结果|等次|等级|成绩|档次|[，,])*(?:被|均|都)*"
    rf"(?:获得|获评|荣获|评定为|评价为|评为|确定为|认定为|定为|取得|为|是|获)了?[“\"]?(?P<grade>{_GRADE})[”\"]?"
    r"(?:等次|等级|档次|成绩|格次|单位)?(?=[，。；,;、]|$)"
    r"|(?:排名|位列|位居|名列|列|居|排)[^，。；\d第]{0,10}第(?P<rank>\d{1,4}|[一二三四五六七八九十]{1,3})[位名]?(?=[，。；,;、]|$)"
    r"|(?:得分|总分|成绩|分数)(?:均|为|是|达到|达|[:：])*(?P<points>\d{1,4}(?:\.\d{1,3})?)分?(?=[，。；,;、（(]|$)"
)
_JUDGED = re.compile("考核|评估|测评|评议|评价")
_ABOUT = re.compile("公开|政府网站|新媒体")
_OF_OTHERS = re.compile(
    r"所辖|下辖|各县|县区|区县|各部门|各单位|各镇|各乡|乡镇|街道的|被考核|被评估|对[^，。；]{1,24}(?:进行|开展|作|做)|下属|直属|部门\d+个"
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A rank (unit 名), points (分), or, without a value, a grade in its printed word; `span` is where it stands."""

    value: Number | None
    unit: str | None
    grade: str | None
    span: tuple[int, int]


def find(prose: Prose) -> Iterator[Assessment]:
    """Yields what a section's text says of the agency's own assessment; none where it assesses others."""
    for found in islice(_RESULT.finditer(prose.text), MOST_ASSESSMENTS):
        opening = prose.sentence_start(found.start())
        said = prose.text[opening : found.end()]
        about = _ABOUT.search(prose.text, opening, prose.sentence_end(found.end()))
        if not (about and _JUDGED.search(said)) or _OF_OTHERS.search(said):
            continue
        if found["grade"]:
            yield Assessment(None, None, found["grade"], found.span("grade"))
        elif found["points"]:
            yield Assessment(plain_number(found["points"]), "分", None, found.span("points"))
        else:
            rank = found["rank"]
            yield Assessment(int(rank) if rank.isdecimal() else chinese_number(rank), "名", None, found.span("rank"))
