"""Hostile text costs no more than its length, and long text is read as far as the bound says."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import narrative
from parsers.model import Section
from parsers.reconcile import text as reconcile_text

SECONDS = 20  # on a busy machine; a pattern that backtracks would take hours

PIECES = [
    "全年主动公开政府信息10条，",
    "公开",
    "收到申请",
    "的",
    "、和及",
    "网站、微信公众号、",
    "未发生因政府信息公开申请答复引发的",
    "建议提案",
    "办结率、",
    "“",
    "（含",
    "其中：",
    "分别为",
    "考核排名第3名",
    "一",
    "百千万亿",
    "1",
    "1,",
    "1条",
    " ",
    "\n",
    "\u3000 1 ",
    "2023年",
    "较上年增加",
    "《",
]


@pytest.mark.parametrize("piece", PIECES)
def test_half_a_million_characters_of_one_piece(piece: str) -> None:
    sections = [Section(1, "总体情况", piece * (500_000 // len(piece)))]
    started = time.perf_counter()
    claims, _ = narrative.claims(sections, 2023)
    reconcile_text.check({}, level="city", kind="department", year=2023, sections=sections, claims=claims)
    assert time.perf_counter() - started < SECONDS


def test_a_section_with_too_many_numbers_is_read_in_part_and_says_so() -> None:
    sections = [Section(1, "总体情况", "全年主动公开政府信息10条。\n" * (narrative.MOST_QUANTITIES + 1))]
    claims, problems = narrative.claims(sections, 2023)
    assert len(claims) == narrative.MOST_QUANTITIES
    assert [problem.code for problem in problems] == ["text_not_read_whole"]


def test_a_sentence_without_end_is_cut_around_its_claim() -> None:
    (claim,), _ = narrative.claims(
        [Section(1, "总体情况", "很长" * 5000 + "，全年主动公开政府信息10条，" + "很长" * 5000)], 2023
    )
    assert "全年主动公开政府信息10条" in claim.sentence
    assert len(claim.sentence) < 500


@given(st.lists(st.sampled_from([*PIECES, "件", "%", "占", "。", "；", "申请", "2022年"]), max_size=40))
def test_any_mixture_is_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    sections = [Section(6, "其他需要报告的事项", text)]
    claims, _ = narrative.claims(sections, 2023)
    for claim in claims:
        assert 0 <= claim.span[0] < claim.span[1] <= len(text)
        assert claim.sentence in text
    reconcile_text.check({}, level=None, kind=None, year=2023, sections=sections, claims=claims)
