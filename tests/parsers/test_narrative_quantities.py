"""The grammar of numbers in running text: fixed examples, and what is written and read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.model import Number
from parsers.narrative import quantities
from parsers.narrative.quantities import Quantity, chinese_number

FULL_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")
NUMERALS = "零一二三四五六七八九"


def only(text: str) -> Quantity:
    (quantity,) = quantities.find(text)
    return quantity


def numeral(number: int) -> str:
    """A number as Chinese writes it: 十一, 一百零五, 两千 as 二千, 一万零二十."""
    if not number:
        return "零"
    text = ""
    for multiplier, character in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // multiplier % 10**4
        if part:
            text += ("零" if text and part < 1000 else "") + _below(part) + character
    return text.removeprefix("一") if text.startswith("一十") else text


def _below(number: int) -> str:
    text, gap = "", False
    for multiplier, character in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // multiplier % 10
        if digit:
            text += ("零" if gap and text else "") + NUMERALS[digit] + character
        gap = not digit
    return text


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("公开信息4707条", 4707, "条"),
        ("１，２００件", 1200, "件"),
        ("1,234,567次", 1234567, "次"),
        ("十一场", 11, "场"),
        ("两次", 2, "次"),
        ("三十二个", 32, "个"),
        ("一百零五件", 105, "件"),
        ("7.58万人", 75800, "人"),
        ("3千条", 3000, "条"),
        ("2.1亿次", 210000000, "次"),
        ("0.394万元", 3940, "元"),
        ("86.92%", Decimal("86.92"), "%"),
        ("９０％", 90, "%"),
        ("百分之百", 100, "%"),
        ("百分之九十八点五", Decimal("98.5"), "%"),
        ("3个百分点", 3, "个百分点"),
        ("25人次", 25, "人次"),
        ("1件次", 1, "件次"),
    ],
)
def test_a_quantity(text: str, value: Number, unit: str) -> None:
    found = only(text)
    assert (found.value, found.unit, found.qualifier) == (value, unit, None)
    assert found.low == found.high == value


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "qualifier"),
    [
        ("60多篇", 60, 60, None, "多"),
        ("14万余条", 140000, 140000, None, "余"),
        ("7000多万次", 70000000, 70000000, None, "多"),
        ("千余条", 1000, 1000, None, "余"),
        ("近5000条", 5000, None, 5000, "近"),
        ("约300件", 300, None, None, "约"),
        ("300件左右", 300, None, None, "左右"),
        ("超过80次", 80, 80, None, "超过"),
        ("80次以上", 80, 80, None, "以上"),
        ("突破10万人次", 100000, 100000, None, "突破"),
        ("10万+", 100000, 100000, None, "+"),
        ("达181761人", 181761, 181761, None, "达"),
        ("不足20件", 20, None, 20, "不足"),
    ],
)
def test_an_approximate_quantity_is_bounded(
    text: str, value: int, low: int | None, high: int | None, qualifier: str
) -> None:
    found = only(text)
    assert (found.value, found.low, found.high, found.qualifier) == (value, low, high, qualifier)


def test_a_percentage_that_is_reached_is_exact() -> None:
    assert only("办结率达到100%").qualifier is None


@pytest.mark.parametrize(
    "text",
    [
        "2022年12月3日",
        "12345热线",
        "第12条",
        "第十条",
        "3-5件",
        "3至5件",
        "10～20条",
        "数百件",
        "几十次",
        "上千条",
        "十几个",
        "一次性",
        "统一个人",
        "3个工作日",
        "2个月",
        "15条例",
        "4人大代表",
        "A12件",
        "三五个",
        "二〇二二次",
        "最后一公里",
        "1+X",
        "5.15政务公开日",
        "〔2021〕30号",
        "1234567890123456789件",
    ],
)
def test_no_quantity(text: str) -> None:
    assert list(quantities.find(text)) == []


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_are_read_as_written(number: int) -> None:
    assert chinese_number(numeral(number)) == number


@given(st.text("零〇一二两三四五六七八九十百千万亿", max_size=12))
def test_any_numerals_are_a_number_or_none(text: str) -> None:
    value = chinese_number(text)
    assert value is None or value >= 0


@given(st.integers(0, 10**9), st.sampled_from(["条", "件", "次", "人次", "篇"]), st.booleans(), st.booleans())
def test_digits_are_read_as_written(number: int, unit: str, grouped: bool, full_width: bool) -> None:
    printed = f"{number:,}" if grouped else str(number)
    text = f"共计{printed.translate(FULL_WIDTH) if full_width else printed}{unit}，"
    found = only(text)
    assert (found.value, found.unit) == (number, unit)
    assert text[slice(*found.span)] in (printed, printed.translate(FULL_WIDTH))


@given(st.integers(1, 99999), st.integers(0, 99), st.sampled_from([("万", 10**4), ("亿", 10**8)]))
def test_multiplied_decimals_are_exact(whole: int, hundredths: int, multiplier: tuple[str, int]) -> None:
    character, factor = multiplier
    found = only(f"{whole}.{hundredths:02}{character}次")
    assert found.value == whole * factor + hundredths * factor // 100


@given(
    st.integers(1, 10**6),
    st.sampled_from(["", "近", "约", "超", "达"]),
    st.sampled_from(["", "余", "多"]),
    st.sampled_from(["条", "万人"]),
)
def test_bounds_hold_the_number(number: int, before: str, some: str, unit: str) -> None:
    found = only(f"{before}{number}{some}{unit}")
    assert found.low is None or found.low <= found.value
    assert found.high is None or found.high >= found.value
    assert (found.qualifier is None) == (not before and not some)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for found in quantities.find(text):
        start, end = found.span
        assert 0 <= start < end <= found.end <= len(text)
