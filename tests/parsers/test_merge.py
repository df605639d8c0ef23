"""Merging: the readings of an article and its attachments become one report, and each figure knows its document."""

from __future__ import annotations

import pytest

from parsers import Report, merge, parse
from parsers.model import Figure, SourceHint


def reading(**figures: int) -> Report:
    cells = {
        f"requests.{name}.total": Figure(value, "number", str(value), "table 1") for name, value in figures.items()
    }
    return Report(ok=True, agency="凌州市教育局", year=2024, figures=cells)


def sources(report: Report) -> dict[str, int]:
    return {name.split(".")[1]: figure.source for name, figure in report.figures.items()}


def test_each_figure_names_the_document_that_it_was_read_in() -> None:
    merged = merge(
        [reading(granted=4), Report.unreadable("empty", "The file is empty."), reading(granted=4, carried_in=1)]
    )
    assert sources(merged) == {"granted": 0, "carried_in": 2}


def test_a_report_in_an_attachment_alone_names_the_attachment() -> None:
    assert sources(merge([Report.unreadable("not_a_report", "no"), reading(granted=4)])) == {"granted": 1}


def test_a_figure_that_the_documents_dispute_is_no_number_and_names_the_first() -> None:
    merged = merge([reading(granted=4), reading(granted=5)])
    assert merged.figures["requests.granted.total"].value is None
    assert sources(merged) == {"granted": 0}
    assert [problem.code for problem in merged.problems] == ["readings_differ"]


def test_a_page_of_which_only_the_listing_says_that_it_is_a_report_is_none() -> None:
    hint = SourceHint("990100", "凌州市教育局", "凌州市教育局2024年政府信息公开工作年度报告", "2025-01-20")
    page = parse("<html><body><p>页面维护中</p></body></html>".encode(), "text/html", None, hint)
    assert [problem.code for problem in merge([page]).problems] == ["no_text"]
    assert not merge([page]).ok
    assert merge([page, reading(granted=4)]).ok


def test_pages_of_one_article_are_one_report() -> None:
    pages = [
        "一、总体情况</p><p>2024年主动公开政府信息30条。</p><p>二、主动公开政府信息情况</p><p>无规章。",
        "四、政府信息公开行政复议、行政诉讼情况</p><p>无。</p><p>五、存在的主要问题及改进情况</p><p>全年组织培训3次。",
    ]
    title = "凌州市教育局2024年政府信息公开工作年度报告"
    read = [parse(f"<html><body><h1>{title}</h1><p>{page}</p></body></html>".encode()) for page in pages]
    merged = merge(read)
    assert [section.number for section in merged.sections if section.number] == [1, 2, 4, 5]
    assert {claim.code for claim in merged.claims} == {claim.code for page in read for claim in page.claims}
    assert [section.text for section in merge([read[0], read[0]]).sections] == [s.text for s in read[0].sections]


SORRY = "本网站正在进行升级改版，部分栏目暂时无法访问，由此给您带来的不便，敬请谅解。预计将于近日完成。" * 3


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        "x",
        '{"data": null, "message": "success"}',
        f"<html><body><h1>凌州市</h1><p>{SORRY}</p></body></html>",
        SORRY,
    ],
)
@pytest.mark.parametrize("kind", ["application/pdf", "text/html", "application/json", "image/png"])
def test_an_answer_that_says_nothing_of_openness_is_no_report_whatever_led_to_it(body: str, kind: str) -> None:
    hint = SourceHint("990100", "凌州市教育局", "凌州市教育局2024年政府信息公开工作年度报告", "2025-01-20")
    page = merge([parse(body.encode(), kind, None, hint)])
    assert (page.ok, [problem.code for problem in page.problems]) == (False, ["no_text"])


def test_a_locked_file_that_its_link_names_is_a_report_without_figures_and_any_other_is_none() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    locked = ole + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    for title, ok in [("凌州市水务局2023年政府信息公开工作年度报告", True), ("凌州市水务局2023年度部门决算", False)]:
        reading = parse(locked, url="http://a/1.docx", hint=SourceHint("990100", "凌州市水务局", title))
        assert (reading.ok, [problem.code for problem in reading.problems]) == (ok, ["encrypted"]), title
    assert not parse(
        ole + bytes(600), hint=SourceHint("990100", "凌州市水务局", "凌州市水务局2023年政府信息公开年报")
    ).ok
