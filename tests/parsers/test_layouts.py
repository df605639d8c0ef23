"""Forms filled at random and published in many ways are read back exactly through the door."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rendering import (
    Sheet,
    broken_bars,
    broken_lines,
    cut,
    html_rectangle,
    html_spans,
    markdown,
    page,
    sheets,
    skewed,
    tabbed,
    word_runs,
)
from rendering_files import CHROMIUM, docx, pdf, xlsx

import parsers
from parsers.forms import forms
from parsers.tables import numbers

TITLE = "凌州市教育局{year}年政府信息公开工作年度报告"
Render = Callable[[list[Sheet], random.Random], str]


def html_of(render: Callable[[Sheet, random.Random], str]) -> Render:
    def whole(printed: list[Sheet], rng: random.Random) -> str:
        return "".join((f"<p>{sheet.heading}</p>" if sheet.heading else "") + render(sheet, rng) for sheet in printed)

    return whole


def cut_up(printed: list[Sheet], rng: random.Random) -> list[Sheet]:
    return [part for sheet in printed for part in cut(sheet, rng)]


PAGES: dict[str, Render] = {
    "spans": html_of(lambda sheet, rng: html_spans(sheet)),
    "blank continuations": html_of(lambda sheet, rng: html_rectangle(sheet, repeat=False)),
    "repeated text": html_of(lambda sheet, rng: html_rectangle(sheet, repeat=True)),
    "Word runs": html_of(lambda sheet, rng: html_spans(sheet, word_runs(rng))),
    "broken lines": html_of(lambda sheet, rng: html_spans(sheet, broken_lines(rng))),
    "skewed header": html_of(lambda sheet, rng: html_spans(skewed(sheet))),
    "cut": lambda printed, rng: html_of(lambda sheet, _: html_spans(sheet))(cut_up(printed, rng), rng),
    "one layout table": lambda printed, rng: (
        "<table><tr><td>" + html_of(lambda sheet, _: html_spans(sheet))(printed, rng) + "</td></tr></table>"
    ),
}
TEXTS: dict[str, Callable[[Sheet], str]] = {
    "flattened Word": tabbed,
    "Markdown": lambda sheet: markdown(sheet, repeat=False),
    "Markdown repeated": lambda sheet: markdown(sheet, repeat=True),
}
ENCODINGS = ["utf-8", "gb18030"]
CELLS = st.one_of(st.integers(0, 9999).map(str), st.just("0"))


@st.composite
def filled(draw, blank=True):
    form = forms()[draw(st.sampled_from(["form_2019", "form_2021"]))]
    cells = st.one_of(CELLS, st.just("")) if blank else CELLS
    return form, {i.id: draw(cells) for i in form.indicators() if i.row != "other_published_documents"}


def prose(year: int, printed: str) -> str:
    return f"一、总体情况\n{year}年，我局认真做好政府信息公开工作。\n二、主动公开政府信息情况\n{printed}"


def expect_exactly(report, form, figures, year):
    assert report.ok
    assert (report.agency, report.year, report.form) == ("凌州市教育局", year, form.id)
    assert set(report.figures) == set(figures)
    for name, text in figures.items():
        assert report.figures[name].value == numbers.read(text).value, name
        assert report.figures[name].raw.strip() == text


@pytest.mark.parametrize("layout", PAGES)
@given(drawn=filled(), seed=st.integers(0, 10**6), encoding=st.sampled_from(ENCODINGS))
def test_a_page(layout, drawn, seed, encoding):
    form, figures = drawn
    rng = random.Random(seed)
    title = TITLE.format(year=form.since)
    body = PAGES[layout](sheets(form, figures), rng)
    markup = page(
        f"<p>一、总体情况</p><p>我局{form.since}年工作情况如下。</p>{body}<p>五、存在的主要问题及改进情况</p>", title
    )
    charset = "gb2312" if encoding == "gb18030" else encoding
    data = markup.replace('charset="utf-8"', f'charset="{charset}"').encode(encoding)
    expect_exactly(parsers.parse(data), form, figures, form.since)


@pytest.mark.parametrize("layout", TEXTS)
@given(drawn=filled())
def test_a_text(layout, drawn):
    form, figures = drawn
    printed = "\n\n".join(f"{sheet.heading}\n{TEXTS[layout](sheet)}" for sheet in sheets(form, figures))
    text = f"{TITLE.format(year=form.since)}\n\n{prose(form.since, printed)}\n\n五、存在的主要问题及改进情况\n无。\n"
    expect_exactly(parsers.parse(text.encode()), form, figures, form.since)


@pytest.mark.parametrize("fill", [False, True])
@given(drawn=filled(blank=False))
def test_a_text_whose_bars_stand_on_lines_of_their_own(fill, drawn):
    """Where blank cells are marked by such bars too, nobody can tell where a row begins: less is read, none wrong."""
    form, figures = drawn
    printed = "\n\n".join(f"{sheet.heading}\n{broken_bars(sheet, fill)}" for sheet in sheets(form, figures))
    text = f"{TITLE.format(year=form.since)}\n\n{prose(form.since, printed)}\n\n五、存在的主要问题及改进情况\n无。\n"
    report = parsers.parse(text.encode())
    if not fill:
        expect_exactly(report, form, figures, form.since)
    read = {name: figure.value for name, figure in report.figures.items() if figure.value is not None}
    assert read == {name: numbers.read(figures[name]).value for name in read}


@pytest.mark.parametrize("write", [docx, xlsx])
@settings(max_examples=6)
@given(drawn=filled())
def test_an_office_file(write, drawn):
    form, figures = drawn
    data = write(TITLE.format(year=form.since), sheets(form, figures))
    expect_exactly(parsers.parse(data), form, figures, form.since)


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium, which prints the PDF files, is not installed")
@pytest.mark.parametrize("form_id", ["form_2019", "form_2021"])
def test_a_pdf_file(form_id, tmp_path):
    form, rng = forms()[form_id], random.Random(form_id)
    figures = {
        i.id: rng.choice(["0", "0", "", str(rng.randrange(10)), str(rng.randrange(99999))])
        for i in form.indicators()
        if i.row != "other_published_documents"
    }
    data = pdf(TITLE.format(year=form.since), sheets(form, figures), tmp_path)
    expect_exactly(parsers.parse(data), form, figures, form.since)
