"""Cells as agencies print them: never a zero for a blank, never a number that is not surely one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.tables import numbers

FULL_WIDTH = str.maketrans("0123456789,.+-", "０１２３４５６７８９，．＋－")


@pytest.mark.parametrize(
    ("raw", "value", "kind"),
    [
        ("0", 0, "zero"),
        ("０", 0, "zero"),
        ("0件", 0, "zero"),
        ("零", 0, "zero"),
        (" 0\u00a0", 0, "zero"),
        ("\u3000０\u3000", 0, "zero"),
        ("0.00", 0, "zero"),
        ("", None, "blank"),
        ("\u00a0\u3000\n", None, "blank"),
        ("/", None, "not_applicable"),
        ("／", None, "not_applicable"),
        ("－", None, "not_applicable"),
        ("——", None, "not_applicable"),
        ("无", None, "not_applicable"),
        ("不涉及", None, "not_applicable"),
        ("1,234", 1234, "number"),
        ("1，234，567", 1234567, "number"),
        ("1\u2009234", 1234, "number"),
        ("\u200912\u2009", 12, "number"),
        ("12\u20093", None, "text"),
        ("6。", 6, "number"),
        ("6.", 6, "number"),
        ("＋1036", 1036, "number"),
        ("-8", -8, "number"),
        ("\u22128", -8, "number"),
        ("增2", 2, "number"),
        ("减3", -3, "number"),
        ("减少3项", -3, "number"),
        ("↓2", -2, "number"),
        ("4.0", 4, "number"),
        ("3.5万", 35000, "number"),
        ("1.2万件", 12000, "number"),
        ("约30", None, "text"),
        ("30余", None, "text"),
        ("1 2", None, "text"),
        ("1\n2", None, "text"),
        ("90%", None, "text"),
        ("1,23", None, "text"),
        ("见附件", None, "text"),
        ("三", None, "text"),
        ("2-1", None, "text"),
    ],
)
def test_what_a_count_cell_says(raw, value, kind):
    reading = numbers.read_count(raw)
    assert (reading.value, reading.kind) == (value, kind)


@pytest.mark.parametrize(
    ("raw", "value", "note"),
    [("22（其中修订16件）", 22, "(其中修订16件)"), ("5②", 5, "②"), ("5²", 5, "²"), ("12*", 12, "*")],
)
def test_an_annotation_is_a_note_and_never_a_digit(raw, value, note):
    reading = numbers.read_count(raw)
    assert (reading.value, reading.note) == (value, note)


@pytest.mark.parametrize("raw", ["98（2022年）120（2023年）", "98（2022年）、120（2023年）", "98（上年）120"])
def test_digits_between_or_behind_brackets_are_another_number(raw):
    assert numbers.read_count(raw).kind == "text"


@pytest.mark.parametrize("raw", ["减少8件", "减8", "↓8", "下降8"])
def test_a_change_is_no_count_where_the_form_asks_for_none(raw):
    assert numbers.read_count(raw).value == -8
    assert numbers.read_count(raw, changes=False).kind == "text"
    assert numbers.read_count("-8", changes=False).value == -8


@pytest.mark.parametrize(
    ("raw", "unit", "value", "stated"),
    [
        ("￥12.5", "万元", Decimal("12.5"), "万元"),
        ("251000元", None, Decimal("25.1"), "万元"),
        ("251000元", "万元", Decimal("25.1"), "万元"),
        ("96171.6", None, Decimal("96171.6"), None),
        ("59237.2449", "万元", Decimal("59237.2449"), "万元"),
        ("3.5万", None, Decimal("3.5"), "万元"),
        ("1.2亿元", None, 12000, "万元"),
        ("0", "万元", 0, "万元"),
    ],
)
def test_money(raw, unit, value, stated):
    reading = numbers.read_money(raw, unit)
    assert (reading.value, reading.unit) == (value, stated)


@given(st.integers(0, 10**9), st.booleans(), st.booleans(), st.sampled_from(["", "件", "项"]))
def test_a_number_survives_its_printing(number, grouped, full_width, unit):
    printed = f"{number:,}" if grouped else str(number)
    printed = (printed.translate(FULL_WIDTH) if full_width else printed) + unit
    assert numbers.read_count(printed).value == number


@given(st.text(max_size=30))
def test_any_text_is_read_without_an_exception(text):
    reading = numbers.read_count(text)
    assert (reading.value is None) == (reading.kind in ("blank", "not_applicable", "text"))
