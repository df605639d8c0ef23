"""The claims of the real sample reports, read by hand: all of them, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers import narrative, sections
from parsers.documents import read_document

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
TRUTH: dict[str, tuple[int, list[tuple[str, float]]]] = {
    "zibo-education-2022.txt": (
        2022,
        [
            ("pub_website", 4707),
            ("pub_ogi_platform", 666),
            ("pub_wechat", 728),
            ("pub_wechat_video", 282),
            ("pub_douyin", 129),
            ("pub_toutiao+pub_weibo", 384),
            ("pub_media", 60),
            ("pub_app", 151),
            ("press_conferences", 11),
            ("req_received_text", 4),
            ("req_channel_online", 4),
            ("req_change_abs", -3),
            ("req_ontime_rate", 100),
            ("staff_fulltime", 2),
            ("trainings_attended", 5),
            ("trainings_held", 2),
            ("info_fee_amount", 0),
            ("npc_suggestions", 25),
            ("cppcc_proposals", 85),
            ("npc_cppcc_total", 110),
            ("npc_cppcc_published", 20),
            ("npc_cppcc_rate_contacted", 100),
            ("npc_cppcc_rate_closed", 100),
            ("npc_cppcc_rate_satisfied", 100),
        ],
    ),
    "fushun-education-2020.txt": (
        2020,
        [
            ("pub_website", 963),
            ("npc_suggestions", 19),
            ("cppcc_proposals", 24),
            ("npc_cppcc_rate_closed", 100),
            ("npc_cppcc_rate_visited", 100),
            ("npc_cppcc_rate_satisfied", 100),
            ("npc_cppcc_rate_solved", 100),
            ("open_day_items", 15),
            ("open_day_items", 10),
            ("open_day_items", 7),
        ],
    ),
}


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports are not beside the project")
@pytest.mark.parametrize("name", TRUTH)
def test_a_sample_gives_its_claims_and_no_other(name: str) -> None:
    year, truth = TRUTH[name]
    document = read_document((SAMPLES / name).read_bytes(), None, name)
    found, problems = narrative.claims(sections.divide(document).sections, year)
    assert [(claim.code, claim.value) for claim in found] == truth
    assert problems == ()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports are not beside the project")
def test_sixty_and_more_reports_are_at_least_sixty() -> None:
    document = read_document((SAMPLES / "zibo-education-2022.txt").read_bytes(), None, "zibo-education-2022.txt")
    found, _ = narrative.claims(sections.divide(document).sections, 2022)
    media = next(claim for claim in found if claim.code == "pub_media")
    assert (media.value, media.low, media.high, media.qualifier, media.unit) == (60, 60, None, "多", "篇")
