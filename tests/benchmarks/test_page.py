"""The page on performance takes its tables and curves from what was measured."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.costs import at_size, exponent
from benchmarks.curves import drawn
from benchmarks.page import main, replaced

POINTS = [
    {"reports": 10.0**power, "processor": 2 * 10.0**power, "memory": 50.0, "disk": 10.0 ** (2 * power)}
    for power in (2, 3, 4)
]


def test_the_power_with_which_a_cost_grows() -> None:
    assert [exponent(POINTS, cost) for cost in ("processor", "memory", "disk")] == pytest.approx([1, 0, 2])
    assert at_size(POINTS, "processor", 100_000) == pytest.approx(200_000)
    assert at_size(POINTS, "memory", 100_000) == pytest.approx(50)


def test_each_series_is_a_line_in_each_panel() -> None:
    picture = ElementTree.fromstring(drawn({"crawl": POINTS, "extract": POINTS}, {"crawl": "a", "extract": "b"}))
    lines = picture.findall("{http://www.w3.org/2000/svg}polyline")
    assert [len(line.attrib["points"].split()) for line in lines] == [3] * 6


def test_only_what_stands_between_the_comments_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, costs = tmp_path / "page.md", tmp_path / "costs.json"
    page.write_text("before\n<!-- costs -->\nold\n<!-- end of costs -->\nafter\n", encoding="utf-8")
    costs.write_text(json.dumps({"crawl": POINTS}), encoding="utf-8")
    nothing = str(tmp_path / "none.json")
    monkeypatch.setattr("sys.argv", ["page", "--page", str(page), "--costs", str(costs), "--bench", nothing])
    main()
    written = page.read_text("utf-8")
    assert written.startswith("before\n<!-- costs -->\n![")
    assert written.endswith("<!-- end of costs -->\nafter\n")
    assert "old" not in written
    assert "| 10,000 | 1.00 | 0.00 | 2.00 |" in written
    assert (tmp_path / "performance-costs.svg").exists()


def test_a_page_without_the_place_is_told() -> None:
    with pytest.raises(ValueError, match="end of bench"):
        replaced("nothing", "bench", "")
