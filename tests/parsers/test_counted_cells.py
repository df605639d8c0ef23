"""Tables with a cell a line whose rows or columns are numbered: the numbers are no figures."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import count

import pytest
from balanced import balanced
from rendering import Sheet, sheets

import parsers
from parsers.forms import forms
from parsers.tables import numbers


def report(form_id: str, printed: list[str]) -> str:
    title = f"凌州市教育局{forms()[form_id].since}年政府信息公开工作年度报告"
    return "\n".join(
        [title, "一、总体情况", "如下。", "二、主动公开政府信息情况", *printed, "五、存在的主要问题", "无。"]
    )


def rows_numbered(sheet: Sheet) -> list[str]:
    lines, serial = [sheet.heading], count(1)
    for row in sheet.rows():
        if any(place.text.isdecimal() for place in row):
            lines.append(str(next(serial)))
        lines += [place.text for place in row]
    return lines


def columns_numbered(sheet: Sheet) -> list[str]:
    lines, numbered = [sheet.heading], False
    for row in sheet.rows():
        figures = sum(place.text.isdecimal() for place in row)
        if figures and not numbered:
            lines += map(str, range(1, figures + 1))
            numbered = True
        lines += [place.text for place in row]
    return lines


@pytest.mark.parametrize("form_id", ["form_2019", "form_2021"])
@pytest.mark.parametrize("numbered", [rows_numbered, columns_numbered])
@pytest.mark.parametrize("blank", [False, True], ids=["full", "blank cells lost"])
def test_numbers_of_rows_and_columns_are_no_figures(
    form_id: str, numbered: Callable[[Sheet], list[str]], blank: bool
) -> None:
    for seed in (1, 2, 4):
        figures = balanced(forms()[form_id], random.Random(seed))
        figures = {name: text if blank else text or "0" for name, text in figures.items()}
        lines = [line for sheet in sheets(forms()[form_id], figures) for line in numbered(sheet) if line]
        read = parsers.parse(report(form_id, lines).encode()).figures
        for name, text in figures.items():
            value = read[name].value if name in read else None
            assert value == numbers.read(text).value or (blank and value is None), (seed, name)
