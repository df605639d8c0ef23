"""The digest of what a report says: the one that every archive holds already, whatever a report says and wherever."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

from by_hand import figure, report

from archive.storing.digest import content_sha256
from parsers.model import Check, Claim, OtherTable, Problem, Report, Section

ODD = {
    "a20_8.fees.amount": figure(Decimal("12.50"), "12.5", unit="万元", note="见“附表”\\一\n\t二"),
    "requests.granted.total": figure(10**30, "1" + "0" * 30),
    "a20_1.regulations.issued": figure(None, " — ", kind="not_applicable", method="ocr"),
    "requests.granted.org_other": figure(Decimal("4.0"), "4.0", source=1, place="line 3"),
    "remedies.cases.review_total": figure(4, "4"),
}
REPORTS = (
    report(),
    report(figures=ODD, table_scopes={"requests": "whole", "a20_1": "own"}, period=None, region=None),
    report(figures={}, claims=(), sections=(), tables=(), checks=(), problems=()),
    report(
        sections=(Section(6, "其他\x07", 'a\\b \u2028"c" \U00020000'),),
        claims=(Claim("fees", Decimal("0.1"), None, Decimal("2.50"), "约", None, None, "约0.1", (0, 4)),),
        tables=(OtherTable(None, "标\t题", (("一", ""), ("", "二")), "table 9"),),
        checks=(
            Check("A3", "其他", None, Decimal("1.5"), "not_assessable", "L"),
            Check("A3", "其他", None, Decimal("1.5"), "fail", "L", "？"),
        ),
        problems=(Problem("row_unknown", "x", "table 1"), Problem("row_unknown", "y")),
    ),
)


def plainly(report: Report) -> str:
    said = report.to_json()
    for found in said["figures"].values():
        del found["at"]
        found.pop("place", None)
    for problem in said["problems"]:
        del problem["at"]
    said["table_scopes"] = dict(report.table_scopes)
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_digest_is_that_of_the_json_without_places() -> None:
    for _ in range(2):
        assert [content_sha256(each) for each in REPORTS] == [plainly(each) for each in REPORTS]


def test_the_digest_of_an_older_archive_still_holds() -> None:
    assert content_sha256(report()) == "9b0fe81511ce327b63db0fea8ed69ce754bcb78f2503418641f58c5b0f9bbc4e"


def test_a_cell_that_has_moved_is_the_same_and_one_that_reads_otherwise_is_not() -> None:
    said = {"requests.granted.total": figure(4)}
    moved = {"requests.granted.total": figure(4, at="table 9 row 9 column 9", place="line 99", source=1)}
    spaced = {"requests.granted.total": figure(4, "4 ")}
    one, same, other = (content_sha256(report(figures=figures)) for figures in (said, moved, spaced))
    assert one == same != other
