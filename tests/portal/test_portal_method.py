"""Methodology, and the page about the crawler: what they say of this archive."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from portal_examples import Get

from portal.edition import datasette
from portal.pages import methodology


def test_the_methodology_says_what_is_covered_and_what_cannot_be_said(get: Get) -> None:
    page = get("/methodology").text
    for words in ("应有", "2019 年表式", "A3", "没有答复用时", "2018 年度以后没有人员", "不存在"):
        assert words in page
    english = get("/methodology?lang=en").text
    for words in ("expected", "No response times", "are invented for demonstration"):
        assert words in english


def test_the_measured_error_rate_is_shown(get: Get, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = {
        "measured": "2026-11-20",
        "sets": [{"set": "samples", "origin": "real reports", "by_hand": True, "documents": 4}],
        "counts": [
            {
                "set": "samples",
                "medium": "html",
                "form": "form_2021",
                "what": "cells",
                "right": 97,
                "missing": 2,
                "wrong": 1,
            },
            {
                "set": "samples",
                "medium": "html",
                "form": "form_2021",
                "what": "year",
                "right": 4,
                "missing": 0,
                "wrong": 0,
            },
        ],
        "first_readings": [{"of": "69 sentences", "what": "claims", "right": 76, "missing": 26, "wrong": 1}],
    }
    path = tmp_path / "accuracy.json"
    monkeypatch.setattr(methodology, "ACCURACY", path)
    methodology.accuracy.cache_clear()
    assert "还没有附上测量结果" in get("/methodology").text
    path.write_text(json.dumps(measured), encoding="utf-8")
    methodology.accuracy.cache_clear()
    page = get("/methodology").text
    methodology.accuracy.cache_clear()
    assert "2026-11-20" in page
    assert "表格数据" in page
    assert "1 (1.0%, 0.18–5.45%)" in page  # Wilson's interval of one in a hundred
    assert "2 (2.0%)" in page
    assert "69 个句子" in page
    assert "第一次读" in page


def test_the_crawler_says_who_it_is_and_how_to_object(get: Get, archive_db: Path) -> None:
    page = get("/about").text
    assert "ogi-archive" in page
    assert "还没有留下联系方式" in page
    shown = datasette(archive_db, contact="mailto:desk@news.example")
    assert "mailto:desk@news.example" in asyncio.run(shown.client.get("/about?lang=en")).text
