"""Forms printed with several quirks of real pages at once are read back exactly, or, where a cell is, not at all."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from html_printing import printed

import parsers
from parsers.forms import Form, forms
from parsers.tables import numbers

TITLE = "凌州市教育局{year}年政府信息公开工作年度报告"
FORMS = {"form_2019": 2020, "form_2021": 2023, "stat_2014": 2016}
FEW, MANY = 20, 2000
# Of a table that was cut without its header, with spans written out and columns that do not fit, some rows are left out
# today: what is not sure is not read. No other pages may lack a figure, and none may have a wrong one.
LEFT_OUT = {"cut", "uneven columns", "repeated text"}


def filled(form: Form, rng: random.Random) -> dict[str, str]:
    """Cell texts by indicator: counts of every size, zeros, blanks and marks."""
    return {
        indicator.id: rng.choice(("0", "0", "", "/", str(rng.randrange(10)), str(rng.randrange(10**6))))
        for indicator in form.indicators()
        if indicator.row != "other_published_documents"
    }


def differences(form_id: str, seed: int) -> tuple[list[str], tuple[str, ...]]:
    """What a page says and what was read of it, where they differ, and how the page was printed."""
    rng = random.Random(f"{form_id} {seed}")
    form, year = forms()[form_id], FORMS[form_id]
    figures = filled(form, rng)
    page = printed(form, figures, TITLE.format(year=year), rng)
    report = parsers.parse(page.markup.encode())
    if not report.ok:
        return [report.problems[0].message], page.quirks
    wrong = [f"form {report.form}"] if report.form != form_id else []
    for name, text in figures.items():
        expected = numbers.read(text)
        read = report.figures.get(name)
        if read is None or (read.value, read.kind) != (expected.value, expected.kind):
            wrong.append(f"{name}: printed {text!r}, read {read and read.raw!r}")
    wrong += [f"{name}: not printed" for name in report.figures if name not in figures]
    return wrong, page.quirks


def is_left_out(what: list[str], how: tuple[str, ...]) -> bool:
    """Whether figures are missing only, on a page of the kind that is known to lose some."""
    return set(how) >= LEFT_OUT and all(one.endswith("read None") for one in what)


def check(form_id: str, count: int) -> None:
    wrong = {seed: found for seed in range(count) if (found := differences(form_id, seed))[0]}
    print(f"\n{count} pages of {form_id}: {count - len(wrong)} read exactly")
    wrong = {seed: (what, how) for seed, (what, how) in wrong.items() if not is_left_out(what, how)}
    blamed = Counter(quirk for _, quirks in wrong.values() for quirk in set(quirks))
    told = [f"seed {seed}: {what[:3]} ({len(what)} in all; {', '.join(how)})" for seed, (what, how) in wrong.items()]
    assert not wrong, "\n".join([*told[:5], f"{len(wrong)} of {count} pages, {blamed.most_common(6)}"])


@pytest.mark.parametrize("form_id", FORMS)
def test_a_page_with_many_quirks(form_id: str) -> None:
    check(form_id, FEW)


@pytest.mark.long
@pytest.mark.parametrize("form_id", FORMS)
def test_many_pages_with_many_quirks(form_id: str) -> None:
    check(form_id, MANY)


def test_a_table_that_breaks_off_below_a_group_of_columns() -> None:
    title = TITLE.format(year=2023)
    markup = f"<h1>{title}</h1><p>一、总体情况</p><table><tr><td>法人或其他组织</td></tr></table>"
    assert parsers.parse(f"<html><body>{markup}<p>五、存在的主要问题及改进情况</p></body></html>".encode()).ok
