"""The claims of the real sample reports, read by hand: all of them, and no other."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from parsers import narrative, sections
from parsers.documents import read_document

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
TRUTH = tomllib.loads((Path(__file__).parents[2] / "benchmarks" / "hand_read.toml").read_text("utf-8"))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports are not beside the project")
@pytest.mark.parametrize("name", TRUTH)
def test_a_sample_gives_its_claims_and_no_other(name: str) -> None:
    document = read_document((SAMPLES / name).read_bytes(), None, name)
    found, problems = narrative.claims(sections.divide(document).sections, TRUTH[name]["year"])
    assert [[claim.code, claim.value] for claim in found] == TRUTH[name]["claims"]
    assert problems == ()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports are not beside the project")
def test_sixty_and_more_reports_are_at_least_sixty() -> None:
    document = read_document((SAMPLES / "zibo-education-2022.txt").read_bytes(), None, "zibo-education-2022.txt")
    found, _ = narrative.claims(sections.divide(document).sections, 2022)
    media = next(claim for claim in found if claim.code == "pub_media")
    assert (media.value, media.low, media.high, media.qualifier, media.unit) == (60, 60, None, "多", "篇")
