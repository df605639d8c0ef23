"""Texts that end in the middle, lost a line or a mark, or hold what a page prints: no figure takes another's place."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import parsers
from parsers.model import Number, Report

TEXTS = sorted((Path(__file__).parents[1] / "documents").glob("*.txt"))
FURNITURE = ("\x0c", "— 3 —", "第 3 页 共 8 页", "", "（续表）", "打印本页 关闭窗口", "2024/1/15 10:03")
TITLE = "凌州市教育局2024年政府信息公开工作年度报告"
Damage = Callable[[str, random.Random], str]


def values(text: str) -> dict[str, Number]:
    figures = parsers.parse(text.encode(), "text/plain").figures
    return {name: figure.value for name, figure in figures.items() if figure.value is not None}


# --- any text, damaged anywhere ---------------------------------------------------------------------------------------


def cut_at_a_line(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    return "\n".join(lines[: rng.randrange(len(lines))])


def cut_anywhere(text: str, rng: random.Random) -> str:
    return text[: rng.randrange(len(text))]


def beheaded(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    return "\n".join(lines[:3] + lines[rng.randrange(3, len(lines)) :])


def furnished(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    lines.insert(rng.randrange(len(lines)), rng.choice(FURNITURE))
    return "\n".join(lines)


def a_line_twice(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    line = rng.randrange(len(lines))
    return "\n".join([*lines[: line + 1], *lines[line:]])


def a_line_gone(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def two_lines_in_one(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    line = rng.randrange(len(lines) - 1)
    return "\n".join([*lines[:line], f"{lines[line]} {lines[line + 1]}", *lines[line + 2 :]])


DAMAGES: tuple[Damage, ...] = (
    *(cut_at_a_line, cut_anywhere, beheaded, furnished, a_line_twice, a_line_gone, two_lines_in_one),
)


@cache
def whole(path: Path) -> dict[str, Number]:
    return values(path.read_text("utf-8"))


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_anywhere_moves_no_figure(damage: Damage) -> None:
    for seed in range(25):
        rng = random.Random(f"{damage.__name__} {seed}")
        path = rng.choice(TEXTS)
        found = values(damage(path.read_text("utf-8"), rng))
        moved = {name: value for name, value in found.items() if whole(path).get(name, value) != value}
        assert not moved, (path.name, seed)


# --- what damage looks like -------------------------------------------------------------------------------------------

HEADER = (
    "| 申请人情况 | | | 自然人 | 法人或其他组织 | | | | | 总计 |\n"
    "| | | | | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |\n"
)
NEW = "| 一、本年新收政府信息公开申请数量 | | | 5 | 1 | 2 | 3 | 4 | 6 | 21 |\n"
CARRIED = "| 二、上年结转政府信息公开申请数量 | | | 7 | 1 | 2 | 3 | 4 | 0 | 17 |\n"
GRANTED = "| 三、本年度办理结果 | （一）予以公开 | | 7 | 1 | 2 | 3 | 4 | 0 | 17 |\n"
END = "四、政府信息公开行政复议、行政诉讼情况\n无。\n五、存在的主要问题及改进情况\n无。\n六、其他需要报告的事项\n无。\n"


def text(*rows: str, end: str = END) -> str:
    return f"{TITLE}\n一、总体情况\n工作有序。\n三、收到和处理政府信息公开申请情况\n{HEADER}{''.join(rows)}{end}"


def test_a_row_in_which_two_cells_ran_together_is_not_filled_up_with_a_blank() -> None:
    assert len(values(text(NEW, GRANTED))) == 14
    assert values(text(NEW, GRANTED.replace("4 | 0 | 17", "4 | 0  17"))) == values(text(NEW))


def test_figures_without_a_label_are_the_rest_of_the_row_above() -> None:
    cut = GRANTED.replace(" 0 | 17 |", " 0\n| 17 |")
    assert values(text(NEW, cut)) == values(text(NEW))


@pytest.mark.parametrize(("end", "read"), [("| 17", 14), ("| 1", 7), ("|", 7)])
def test_the_row_that_a_text_ends_with_is_read_where_its_sum_holds(end: str, read: int) -> None:
    assert len(values(text(NEW, CARRIED.replace("| 17 |\n", end), end=""))) == read


def test_money_in_ten_thousands_without_the_word_for_yuan() -> None:
    lines = ("第二十条第（九）项", "信息内容", "采购项目数量", "采购总金额", "政府集中采购", "13", "2601.953875万")
    row = parsers.parse(text(NEW, CARRIED).replace("三、收到", "\n".join((*lines, "三、收到"))).encode(), "text/plain")
    assert float(str(row.figures["a20_9.central_procurement.amount"].value)) == 2601.953875


def reflection(sections: str) -> list[Number | None]:
    read: Report = parsers.parse(f"{TITLE}\n一、总体情况\n有序。\n五、存在的主要问题及改进情况\n{sections}".encode())
    return [claim.value for claim in read.claims if claim.code == "problems_text"]


def test_a_reflection_in_whose_middle_a_text_ends_is_not_short() -> None:
    assert reflection("一是公开的范围") == []
    assert reflection("无。") == [2]
    assert reflection("公开的范围不够宽。\n六、其他需要报告的事项\n无。") == [9]
