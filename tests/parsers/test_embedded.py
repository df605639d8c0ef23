"""Reports that stand as JSON in a page's script, or in an answer that is JSON, are read like others."""

from __future__ import annotations

import json

import pytest
from rendering import html_spans, page, sheets

import parsers
from parsers.forms import forms

TITLE = "凌州市教育局2022年政府信息公开工作年度报告"


@pytest.fixture(scope="module")
def report():
    form = forms()["form_2021"]
    figures = {indicator.id: str(rank) for rank, indicator in enumerate(form.indicators())}
    tables = "".join(f"<p>{sheet.heading}</p>{html_spans(sheet)}" for sheet in sheets(form, figures))
    return (
        figures,
        f"<p>一、总体情况</p><p>2022年，我局认真做好政府信息公开工作，及时回应关切。</p>{tables}<p>五、存在的主要问题及改进情况</p>",
    )


def escaped(markup: str) -> str:
    return json.dumps(markup, ensure_ascii=False).replace("<", "\\u003C")


def expect(figures, data: bytes):
    read = parsers.parse(data)
    assert read.ok, read.problems
    assert read.agency == "凌州市教育局"
    assert {name: figure.value for name, figure in read.figures.items()} == {n: int(v) for n, v in figures.items()}
    assert [section.number for section in read.sections] == [1, 2, 3, 4, 5]


def test_a_shell_with_the_article_in_its_script(report):
    figures, markup = report
    script = (
        f'<script>window._CONFIG = {{}}; window._CONFIG.DETAIL = {{"id": 7, "content": {escaped(markup)}}};</script>'
    )
    expect(figures, page(f'<div id="app"></div>{script}', TITLE).encode())


def test_a_page_that_shows_what_its_script_holds_is_read_once(report):
    figures, markup = report
    script = f'<script>var detail = {{"content": {escaped(markup)}}};</script>'
    expect(figures, page(f"{markup}{script}", TITLE).encode())


def test_an_answer_that_is_json(report):
    figures, markup = report
    answer = {"custom": {"data": {"title": TITLE, "infocontent": markup, "infotype": "html"}}}
    expect(figures, json.dumps(answer, ensure_ascii=False).encode())
    expect(figures, json.dumps(answer).encode())


@pytest.mark.parametrize(
    "script", ['{"content": "', '{"content": "<p>\\u00', '{"content": {"a": 1}}', '{"content": ""}']
)
def test_a_broken_script_leaves_the_page_as_it_is(report, script):
    figures, markup = report
    expect(figures, page(f"{markup}<script>var x = {script};</script>", TITLE).encode())
