"""From a figure of the text to its sentence in the kept page: marked where it is found, and said where it is not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from kept_examples import KeptExample
from lxml import html

from archive.kept.page import lay_out
from portal.beside import beside
from portal.edition import datasette

Fetch = Callable[[str], httpx.Response]


@pytest.fixture(scope="module")
def fetch(kept: tuple[Path, dict[str, KeptExample]]) -> Iterator[Fetch]:
    shown = datasette(kept[0])
    with asyncio.Runner() as runner:
        yield lambda path: runner.run(shown.client.get(path))
        beside(shown).pages.close()


def test_a_figure_of_the_text_leads_to_its_sentence(fetch: Fetch, kept: tuple[Path, dict[str, KeptExample]]) -> None:
    with_claims = {ending: example for ending, example in kept[1].items() if example.report.claims}
    assert ".html" in with_claims
    for example in with_claims.values():
        report = html.document_fromstring(fetch(f"/report/{quote(example.key)}").text)
        links = report.xpath("//section[@id='claims']//td/a/@href")
        sentences = report.xpath("//section[@id='claims']//tr/td[3]")
        assert len(links) == len(sentences) == len(example.report.claims)
        answer = fetch(links[-1])
        sentence = sentences[-1].text_content()
        assert sentence in answer.text
        assert "原句已经标出" in answer.text
        (frame,) = html.document_fromstring(answer.text).xpath("//iframe")
        inside = fetch(frame.get("src").partition("#")[0])
        marked = html.document_fromstring(inside.text).xpath("//mark")
        assert marked[0].get("id") == "cell"
        assert "".join("".join(mark.text_content() for mark in marked).split()) == "".join(sentence.split())


def test_a_figure_of_the_text_that_is_not_there_is_said(
    fetch: Fetch, kept: tuple[Path, dict[str, KeptExample]]
) -> None:
    example = kept[1][".html"]
    for number in ("0", "999"):
        answer = fetch(f"/evidence/{quote(example.key)}/claim/{number}")
        assert answer.status_code == 404
        assert f"没有第 {number} 个数据" in answer.text
    plain = fetch(f"/kept/{example.sha256}?report={quote(example.key)}&claim=999")
    assert plain.status_code == 200
    assert "<mark" not in plain.text


def test_a_sentence_is_found_across_elements_lines_and_forms_of_characters() -> None:
    page = (
        '<p style="display:none">收到申请１２件。</p><p>前文。<b>收到</b><i>申\n请</i>１２<!-- x -->件。</p>'
        "<script>收到申请12件。</script>"
    )
    laid = lay_out(f"<html><body>{page}</body></html>".encode(), "text/html", None, sentence="收到申请 12件。")
    assert laid.marked
    tree = html.document_fromstring(laid.markup)
    marks = tree.xpath("//mark")
    assert "".join(mark.text for mark in marks) == "收到申\n请１２件。"
    assert [mark.get("id") for mark in marks] == ["cell", *[None] * (len(marks) - 1)]
    assert not tree.xpath("//*[@hidden]//mark")
    assert "前文。" in tree.text_content()
    other = lay_out(f"<html><body>{page}</body></html>".encode(), "text/html", None, sentence="收到申请13件。")
    assert not other.marked
    assert "<mark" not in other.markup


def test_a_sentence_of_a_text_file_is_marked_without_the_numbers_of_its_lines() -> None:
    laid = lay_out("标题\n收到申请\n12件。\n".encode(), "text/plain", None, sentence="收到申请12件。")
    marks = html.document_fromstring(laid.markup).xpath("//mark")
    assert [mark.text.strip() for mark in marks] == ["收到申请", "12件。"]


def test_a_sentence_of_a_pdf_is_marked_on_the_picture_of_its_page(kept: tuple[Path, dict[str, KeptExample]]) -> None:
    example = kept[1][".pdf"]
    data = example.path.read_bytes()
    text = max((section.text for section in example.report.sections), key=len)
    found = lay_out(data, "application/pdf", None, sentence=text[:12])
    assert found.marked
    plain = lay_out(data, "application/pdf", None, sentence="这句话不在里面。")
    assert not plain.marked
    assert "data:image/png;base64," in plain.markup
    assert found.markup != plain.markup
