"""The rules that compare text and tables: every reading in use passes, a difference is a question with both sides."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from reckoning import figures, form, found, row

from parsers import narrative
from parsers.model import Check, Figure, Number, Section
from parsers.reconcile import text as reconcile_text

HEADINGS = {1: "总体情况", 3: "收到和处理政府信息公开申请情况", 6: "其他需要报告的事项"}


def check(
    text: str,
    cells: Mapping[str, Figure],
    *,
    section: int = 1,
    level: str | None = "city",
    kind: str | None = "department",
    year: int = 2023,
) -> tuple[Check, ...]:
    sections = [Section(section, HEADINGS[section], text)]
    claims, _ = narrative.claims(sections, year)
    return reconcile_text.check(cells, level=level, kind=kind, year=year, sections=sections, claims=claims)


def one(checks: tuple[Check, ...], rule: str, scope: str) -> Check:
    (wanted,) = [check for check in checks if (check.rule, check.scope) == (rule, scope)]
    return wanted


REQUESTS: dict[str, Number | None] = {
    **row("new_received", 52),
    **row("carried_in", 3),
    **row("granted", 30),
    **row("granted_part", 6),
    **row("refused_third_party", 4),
    **row("unavailable_not_held", 8),
    **row("notprocessed_duplicate", 1),
    **row("other_other", 1),
    **row("closed_total", 50),
    **row("carried_out", 5),
}


# --- the worked example, the known false positive ------------------------------------------------------------------


def test_the_general_office_whose_text_took_single_cells_for_sums() -> None:
    """Figures of a real report of 2019 (Shanghai General Office); the sentences are ours."""
    text = (
        "2019年，共受理政府信息公开申请859件，办结答复805件（含上年结转18件，另有72件顺延至下年度）。"
        "其中，予以公开258件，占33.9%；不予公开35件，占4.34%；无法提供265件，占32.9%；"
        "不予处理158件，占19.6%；其他处理0件。"
    )
    cells = figures(
        {
            "requests.new_received.total": 859,
            "requests.carried_in.total": 18,
            "requests.granted.natural_person": 258,
            "requests.granted.total": 272,
            "requests.granted_part.total": 3,
            "requests.refused_other_law.total": 35,
            "requests.refused_state_secret.total": None,
            "requests.unavailable_not_held.total": 265,
            "requests.unavailable_needs_creation.total": 47,
            "requests.unavailable_still_unclear.total": 25,
            "requests.notprocessed_petition.total": 158,
            "requests.other.total": 0,
            "requests.closed_total.total": 805,
            "requests.carried_out.total": 72,
        }
    )
    checks = check(text, cells, section=3, level="province", kind="office", year=2019)
    assert found(checks, "D1") == {"received": "pass"}
    assert found(checks, "D2") == {"closed": "pass", "carried_in": "pass", "carried_out": "pass"}
    assert found(checks, "D3") == {
        "granted": "fail",
        "refused": "pass",
        "unavailable": "fail",
        "notprocessed": "pass",
        "other": "pass",
    }
    granted = one(checks, "D3", "granted")
    assert granted.left == 258
    assert "275" in str(granted.explanation)
    assert "requests.granted.natural_person" in str(granted.explanation)
    unavailable = one(checks, "D3", "unavailable")
    assert (unavailable.left, unavailable.right) == (265, 337)
    assert "requests.unavailable_not_held.total" in str(unavailable.explanation)
    share = one(checks, "D4", "granted_pct")
    assert (share.left, share.right, share.result) == (Decimal("33.9"), Decimal("32.05"), "fail")
    assert {check.scope for check in checks if check.rule == "D4" and check.result == "pass"} == {
        "refused_pct",
        "unavailable_pct",
        "notprocessed_pct",
    }
    added = one(checks, "D11", "outcomes")
    assert (added.left, added.right, added.result) == (805, 716, "fail")


def test_cases_filed_with_the_office_are_not_compared() -> None:
    """Figures of a real report of 2024 (Suqian): the text counts another population than the table."""
    text = "全年备案涉及政府信息公开的行政复议案件134件，行政诉讼案件57件。"
    cells = {
        "remedies.cases.review_total": 170,
        "remedies.cases.suit_direct_total": 40,
        "remedies.cases.suit_after_review_total": 37,
    }
    assert found(check(text, figures(cells), year=2024, kind="government"), "D6") == {}


# --- D --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "result", "says"),
    [
        (52, "pass", "the text counts the new requests"),
        (55, "pass", "the text counts the new requests and those carried in"),
        (54, "fail", "the text says 54, the table the new requests (52) or the new requests and those carried in (55)"),
    ],
)
def test_d1_passes_in_both_readings_and_says_which(stated: int, result: str, says: str) -> None:
    checks = check(f"共收到政府信息公开申请{stated}件。", form("form_2021", REQUESTS))
    received = one(checks, "D1", "received")
    assert (received.left, received.result, received.explanation) == (stated, result, says)


def test_d1_takes_the_number_that_fits_where_the_text_counts_two_bodies() -> None:
    text = "全市共收到政府信息公开申请900件。市局机关收到政府信息公开申请52件。"
    assert found(check(text, form("form_2021", REQUESTS)), "D1") == {"received": "pass"}


def test_an_approximate_number_passes_within_its_bounds() -> None:
    cells = form("form_2021", REQUESTS)
    assert found(check("共收到政府信息公开申请50余件。", cells), "D1") == {"received": "pass"}
    assert found(check("共收到政府信息公开申请60余件。", cells), "D1") == {"received": "fail"}


def test_d2_tells_carried_in_from_carried_out_by_their_words() -> None:
    text = "收到政府信息公开申请52件，由2022年结转3件，办结50件，结转2024年办理5件。"
    checks = check(text, form("form_2021", REQUESTS))
    assert found(checks, "D2") == {"closed": "pass", "carried_in": "pass", "carried_out": "pass"}


def test_d3_and_d4_where_all_fits() -> None:
    text = (
        "答复申请50件。予以公开30件，占60%；部分公开6件，占12%；不予公开4件；无法提供8件；不予处理1件；其他处理1件。"
        "予以公开及部分公开36件，占72%。"
    )
    checks = check(text, form("form_2021", REQUESTS), section=3)
    assert set(found(checks, "D3").values()) == {"pass"}
    assert len(found(checks, "D3")) == 6
    assert found(checks, "D4")["disclosed"] == "pass"
    assert "fail" not in found(checks, "D4").values()


def test_d4_tolerates_the_rounding_of_what_is_printed() -> None:
    for printed, result in (("33%", "pass"), ("33.3%", "pass"), ("33.9%", "fail")):
        cells = figures(row("granted", 10) | row("closed_total", 30))
        checks = check(f"答复申请30件，予以公开10件，占{printed}。", cells, section=3)
        assert found(checks, "D4") == {"granted_pct": result}


def test_d5_compares_who_asked_with_new_or_with_new_and_carried() -> None:
    cells = form(
        "form_2021",
        {
            "requests.new_received.natural_person": 40,
            "requests.carried_in.natural_person": 2,
            "requests.new_received.org_business": 9,
            "requests.new_received.org_other": 3,
        },
    )
    checks = check("收到政府信息公开申请54件，其中自然人申请42件，法人或其他组织申请12件。", cells)
    assert found(checks, "D5") == {"natural_person": "pass", "organisations": "pass"}


def test_d6_adds_up_both_kinds_of_suits() -> None:
    cells = {
        "remedies.cases.review_total": 5,
        "remedies.cases.suit_direct_total": 2,
        "remedies.cases.suit_after_review_total": 1,
    }
    text = "因政府信息公开引发行政复议5件、行政诉讼4件。"
    checks = check(text, figures(cells))
    assert found(checks, "D6") == {"reviews": "pass", "suits": "fail"}
    assert (one(checks, "D6", "suits").left, one(checks, "D6", "suits").right) == (4, 3)


def test_d7_and_a13_none_in_the_text_but_some_in_the_table() -> None:
    text = "全年未收到政府信息公开申请，未发生政府信息公开行政复议、行政诉讼。"
    checks = check(text, form("form_2021", REQUESTS))
    assert found(checks, "D7") == {"req_received": "fail", "reviews": "pass", "suits": "pass"}
    left_unfilled = one(checks, "A13", "requests")
    assert (left_unfilled.result, left_unfilled.severity, left_unfilled.left, left_unfilled.right) == (
        "fail",
        "H",
        0,
        52,
    )


def test_a13_a_table_of_zeros_beside_a_text_that_counts() -> None:
    checks = check("全年收到政府信息公开申请6件。", form("form_2021"))
    assert one(checks, "A13", "requests").result == "fail"
    assert one(check("全年未收到政府信息公开申请。", form("form_2021")), "A13", "requests").result == "pass"


def test_a13_the_agencys_own_nothing_bears_out_its_zeros_beside_the_whole_citys_number() -> None:
    text = "全市共收到政府信息公开申请900件。我局未收到政府信息公开申请。"
    assert one(check(text, form("form_2021")), "A13", "requests").result == "pass"


def test_d4_says_of_what_a_share_is_that_is_not_one_of_the_closed_requests() -> None:
    cells = figures(row("new_received", 40) | row("granted", 10) | row("closed_total", 30))
    share = one(check("收到政府信息公开申请40件，予以公开10件，占25%。", cells, section=3), "D4", "granted_pct")
    assert (share.result, share.explanation) == ("pass", "the text's share is one of 40, not of 30")


def test_d8_reads_the_columns_of_both_forms() -> None:
    text = "全年制发行政规范性文件6件，废止规范性文件2件，现行有效规范性文件31件。"
    documents = "a20_1.normative_documents"
    newer = figures({f"{documents}.issued": 6, f"{documents}.repealed": 2, f"{documents}.in_force": 30})
    assert found(check(text, newer), "D8") == {"issued": "pass", "repealed": "pass", "in_force": "fail"}
    older = figures({f"{documents}.newly_made": 6})
    assert found(check(text, older), "D8") == {
        "issued": "pass",
        "repealed": "not_assessable",
        "in_force": "not_assessable",
    }


def test_d9_says_what_last_year_must_have_been() -> None:
    checks = check("收到政府信息公开申请9件，较上年减少2件。", figures({"requests.new_received.total": 9}))
    change = one(checks, "D9", "received")
    assert (change.left, change.right, change.result) == (11, None, "not_assessable")


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("收取信息处理费16件，共计1800元。", {"fee_step": "pass", "fee_cases": "pass"}),
        (
            "全年收取信息处理费25件，共计2950元，其中市公安局420元、市住建局290元、其他2240元。",
            {"fee_step": "pass", "fee_cases": "pass"},
        ),
        ("收取信息处理费16件，共计1805元。", {"fee_step": "fail", "fee_cases": "pass"}),
        ("收取信息处理费16件，共计100元。", {"fee_step": "pass", "fee_cases": "fail"}),
        ("未收取信息处理费。", {}),
    ],
)
def test_d10_holds_the_fee_to_its_tariff(text: str, results: dict[str, str]) -> None:
    assert found(check(text, {}, section=6), "D10") == results
    assert found(check(text, {}, section=6, year=2019), "D10") == {}


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("公开信息3437条，包括：人事12、政务动态1740、公告公示225、解读回应110、其他1827。", ["fail"]),
        ("公开信息444条，其中动态118条，公告294条，其他32条。", ["pass"]),
        ("公开信息444条，其中动态118条，公告294条。", []),
        ("公开信息444条，其中动态300条，公告294条。", ["fail"]),
        ("公开规章9件（含新制定4件，修改3件，废止2件），其他文件12件。", ["pass"]),
        (
            "收取信息处理费2950元，其中市公安局420元、市住建局290元、市城管局1500元、市交通局140元、其他600元。",
            ["pass"],
        ),
        (
            "收取信息处理费2950元，其中市公安局420元、市住建局290元、市城管局1500元、市交通局140元、其他700元。",
            ["fail"],
        ),
        ("公开信息100余条，其中动态60条，公告50条。", []),
        ("公开信息100条，其中动态60条，视频3个，公告50条。", []),
        ("公开信息100条，其中动态60条，比上年增加20条。", []),
        ("公开信息100条，其中目录中公告40条、动态20条、其他8条，共发布68条；专栏32条。", []),
        ("引发行政争议11件，其中，行政复议7件，结果维持6件，尚未审结1件；行政诉讼4件。", []),
        ("公开信息100条，其中动态60条（活动45条、总结15条），公告30条，其他10条。", ["pass"]),
    ],
)
def test_d11_adds_up_parts(text: str, results: list[str]) -> None:
    checks = check(text, {})
    assert [check.result for check in checks if check.rule == "D11"] == results


def test_d11_suggestions_and_proposals_make_their_total() -> None:
    checks = check("承办人大代表建议18件、政协提案31件，共计50件。", {}, section=6)
    added = one(checks, "D11", "npc_cppcc")
    assert (added.left, added.right, added.result, added.severity) == (50, 49, "fail", "L")


# --- A --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "kind", "made", "results"),
    [
        ("city", "department", 1, ["fail"]),
        ("county", "government", 1, ["fail"]),
        ("township", "government", 1, ["fail"]),
        ("city", "government", 1, []),
        ("city", "office", 1, []),
        ("county", "department", 0, ["pass"]),
        (None, None, 1, ["not_assessable"]),
    ],
)
def test_a7_who_may_make_regulations(level: str | None, kind: str | None, made: int, results: list[str]) -> None:
    cells = figures({"a20_1.regulations.issued": made, "a20_1.regulations.in_force": made})
    checks = check("", cells, level=level, kind=kind)
    assert [check.result for check in checks if check.rule == "A7"] == results


def test_a9_an_unpaid_fee_needs_a_sentence_about_fees() -> None:
    cells = figures({"requests.other_fee_unpaid.total": 2})
    assert found(check("未收取信息处理费。", cells, section=6), "A9") == {"other_fee_unpaid": "pass"}
    assert found(check("无其他需要报告的事项。", cells, section=6), "A9") == {"other_fee_unpaid": "fail"}


def test_a_text_without_tables_is_compared_with_nothing() -> None:
    assert check("共收到政府信息公开申请9件，办结8件。", {}) == ()


def test_every_question_has_its_sentence() -> None:
    text = "共收到政府信息公开申请99件，办结88件，结转下年度7件。未发生政府信息公开行政复议。"
    cells = form("form_2021", REQUESTS | {"remedies.cases.review_total": 1, "a20_1.regulations.issued": 1})
    failed = [check for check in check(text, cells) if check.result == "fail"]
    assert {check.rule for check in failed} == {"A7", "D1", "D2", "D7"}
    assert all(check.explanation and check.left is not None and check.right is not None for check in failed)
