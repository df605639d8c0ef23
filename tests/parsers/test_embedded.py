"""Reports that a page holds in a script or a field, or an answer as JSON, are read like others."""

from __future__ import annotations

import json
from base64 import b64encode
from html import escape
from urllib.parse import quote

import pytest
from rendering import html_spans, markdown, page, sheets

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


def test_an_answer_whose_markup_is_escaped(report):
    figures, markup = report
    expect(figures, json.dumps({"data": {"title": TITLE, "content": escape(markup)}}).encode())


def test_an_answer_whose_report_is_text_without_markup(report):
    figures, _ = report
    form = forms()["form_2021"]
    tables = "\n\n".join(f"{sheet.heading}\n\n{markdown(sheet, repeat=False)}" for sheet in sheets(form, figures))
    text = f"一、总体情况\n我局及时回应关切。\n\n{tables}\n\n五、存在的主要问题及改进情况\n力度不够。"
    expect(figures, json.dumps({"title": TITLE, "content": text}).encode())


@pytest.mark.parametrize(
    "script", ['{"content": "', '{"content": "<p>\\u00', '{"content": {"a": 1}}', '{"content": ""}']
)
def test_a_broken_script_leaves_the_page_as_it_is(report, script):
    figures, markup = report
    expect(figures, page(f"{markup}<script>var x = {script};</script>", TITLE).encode())


def javascript(markup: str, mark: str = '"') -> str:
    said = markup.replace("\\", "\\\\").replace(mark, "\\" + mark).replace("/", "\\/")
    return mark + said.replace("<", "\\u003C").replace(">", "\\x3E").replace("\n", "\\n") + mark


def in_single_quotes(markup: str) -> str:
    return javascript(markup, "'")


def as_escape_writes(markup: str) -> str:
    return "".join(
        c if c.isalnum() and c.isascii() else f"%{ord(c):02X}" if c < "\x80" else f"%u{ord(c):04X}" for c in markup
    )


CONCEALED = {
    "escaped in a textarea": lambda markup: f'<textarea id="content" style="display:none">{escape(markup)}</textarea>',
    "as it is in a textarea": lambda markup: f'<TEXTAREA name="c" hidden>{markup}</TEXTAREA>',
    "a string of a script": lambda markup: f"<script>var a = 1; var content = {javascript(markup)};</script>",
    "a string between single quotes": lambda markup: (
        f'<script>var it = "x";\nlet body={in_single_quotes(markup)}</script>'
    ),
    "a string in pieces": lambda markup: (
        f"<script>var s = {javascript(markup[:500])} +\n {in_single_quotes(markup[500:900])};\n"
        f" s += {javascript(markup[900:])}; show(s);</script>"
    ),
    "written by the script": lambda markup: f"<script>document.write(unescape('{as_escape_writes(markup)}'))</script>",
    "percent signs of UTF-8": lambda markup: f'<script>x.innerHTML = decodeURIComponent("{quote(markup)}");</script>',
    "base64": lambda markup: f'<script>show(atob("{b64encode(markup.encode()).decode()}"));</script>',
    "entities in a string": lambda markup: f"<script>var c = '{escape(markup)}';</script>",
}


@pytest.mark.parametrize("conceal", CONCEALED.values(), ids=list(CONCEALED))
def test_a_report_that_only_a_script_or_a_field_holds(report, conceal):
    figures, markup = report
    expect(figures, page(f'<div id="main"></div>{conceal(markup)}<p>版权所有</p>', TITLE).encode())


@pytest.mark.parametrize("conceal", CONCEALED.values(), ids=list(CONCEALED))
def test_what_a_page_shows_is_read_and_not_what_it_holds_besides(report, conceal):
    figures, markup = report
    other = markup.replace("<td", "<td title='7'").replace("2022年，", "2021年，")
    expect(figures, page(f"{markup}{conceal(other)}", TITLE).encode())


@pytest.mark.parametrize(
    "besides",
    [
        "<textarea>" + "<p>请输入您的留言，我们会认真答复。</p>" * 40 + "</textarea>",
        "<script>var list = '" + "<div><span>政府信息公开</span></div>" * 40 + "';</script>",
        '<script>var picture = "' + "A" * 4000 + '";</script>',
        "<textarea>" * 30,
        "<script>var s = '" + "\\u00" * 300,
        "<script>var s = '" + "%u003" * 300 + "'</script>",
        "<script>var s = " + "\\'" * 100_000 + "</script>",
        "<script>var s = 'x'" + " " * 400_000 + "'y'</script>",
    ],
)
def test_what_else_fields_and_scripts_hold_is_nothing_of_the_report(besides):
    words = "<p>一、总体情况</p><p>2022年，我局认真做好政府信息公开工作。</p>"
    read = parsers.parse(page(f"{words}<div>{besides}</div>", TITLE).encode())
    assert read.ok, read.problems
    assert not read.figures
    assert not any("留言" in section.text or "span" in section.text for section in read.sections)
