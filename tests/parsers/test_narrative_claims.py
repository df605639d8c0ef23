"""Every claim of each sentence beside, and no other; places, sentences and problems."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from parsers import narrative
from parsers.model import Claim, Section
from parsers.narrative.phrasings import phrasebook

SENTENCES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("narrative_sentences.toml").read_text("utf-8")
)["sentence"]
HEADINGS = {
    1: "总体情况",
    3: "收到和处理政府信息公开申请情况",
    4: "政府信息公开行政复议、行政诉讼情况",
    5: "存在的主要问题及改进情况",
    6: "其他需要报告的事项",
}


def written(claim: Claim) -> str:
    """A claim as the file beside writes it."""
    exact = f"{claim.code} {claim.value} {claim.unit or '-'}"
    if claim.qualifier is None:
        assert claim.low == claim.high == claim.value
        return exact
    low, high = ("" if bound is None else bound for bound in (claim.low, claim.high))
    return f"{exact} {claim.qualifier} {low}–{high}"


def read(text: str, section: int = 1, year: int = 2023) -> tuple[Claim, ...]:
    return narrative.claims([Section(section, HEADINGS[section], text)], year)[0]


@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence["why"] for sentence in SENTENCES])
def test_a_sentence_gives_its_claims_and_no_other(sentence: dict[str, Any]) -> None:
    found = read(sentence["text"], sentence.get("section", 1), sentence.get("year", 2023))
    assert [written(claim) for claim in found] == sentence["claims"]


def test_every_code_has_an_example() -> None:
    book = phrasebook()
    codes = {
        code
        for phrased in {id(phrased): phrased for claims in book.by_unit.values() for phrased in claims}.values()
        for code in (
            phrased.code,
            phrased.joined,
            *(phrased.nouns.groupindex if phrased.nouns else ()),
            *phrased.after.values(),
        )
        if code
    }
    shown = {claim.split()[0] for sentence in SENTENCES for claim in sentence["claims"]}
    assert codes <= shown


@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence["why"] for sentence in SENTENCES])
def test_a_place_is_the_number_in_its_sentence(sentence: dict[str, Any]) -> None:
    for claim in read(sentence["text"], sentence.get("section", 1)):
        start, end = claim.span
        printed = sentence["text"][start:end]
        assert printed
        assert printed in claim.sentence
        assert claim.sentence in sentence["text"]
        if claim.qualifier not in ("negated", "sum") and claim.value is not None:
            assert printed[0].isdigit() or printed[0] in "一二三四五六七八九十两千百⼋"


def test_a_place_counts_the_characters_of_the_section_with_its_white_space() -> None:
    text = "第一行\n\u3000\u3000全年 主动公开 政府信息 1,205 条。\n末行"
    (claim,) = read(text)
    assert text[slice(*claim.span)] == "1,205"
    assert claim.sentence == "全年 主动公开 政府信息 1,205 条。"


def test_claims_come_in_the_order_of_the_text_with_their_section() -> None:
    sections = [
        Section(1, "总体情况", "未收到政府信息公开申请。全年主动公开政府信息10条。"),
        Section(6, "其他需要报告的事项", "承办人大代表建议3件。"),
    ]
    found, problems = narrative.claims(sections, 2023)
    assert [(claim.code, claim.section) for claim in found] == [
        ("req_received_text", 1),
        ("pub_total", 1),
        ("npc_suggestions", 6),
    ]
    assert problems == ()


def test_without_a_year_the_year_named_most_is_the_reports() -> None:
    text = "2021年收到政府信息公开申请5件。2022年做好公开工作。2022年收到政府信息公开申请6件。"
    found, _ = narrative.claims([Section(1, "总体情况", text)])
    assert [claim.value for claim in found] == [6]


@pytest.mark.parametrize("blank", ["  ", "\u3000\u3000", "____", "XX", "××"])
def test_a_number_that_was_never_filled_in_is_a_problem_and_takes_no_other(blank: str) -> None:
    text = f"2023年主动公开政府信息{blank}条，其中网站公开信息30条。"
    found, problems = narrative.claims([Section(1, "总体情况", text)], 2023)
    assert [written(claim) for claim in found] == ["pub_website 30 条"]
    assert [problem.code for problem in problems] == ["number_missing"]
    assert problems[0].at == "section 1, character 11"


def test_a_section_five_that_says_nothing_is_told_by_its_length() -> None:
    (claim,), problems = narrative.claims([Section(5, HEADINGS[5], "无。")], 2023)
    assert (written(claim), claim.sentence, problems) == ("problems_text 2 字", "无。", ())
    assert narrative.claims([Section(5, HEADINGS[5], "公开的内容还不够细，" * 5)], 2023) == ((), ())


def test_names_and_telephone_numbers_are_no_claims() -> None:
    text = "联系人：张某某，电话：0000-7654321，手机13900000000，邮编000000，办公地址人民路8号3楼301室。"
    assert read(text) == ()
