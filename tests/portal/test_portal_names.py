"""Every code and clause that the crawler and the parsers write has words in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.states import SourceState
from archive.storing.reports import COPY_DIFFERS
from portal.naming import named, noted
from portal.reasons import reason
from portal.words import LANGUAGES, Speaker

HOUSE = Path(__file__).parents[2]
# Whatever is called with the code of a problem as its first argument.
TELL_PROBLEMS = {"Problem", "UnreadableError", "unreadable", "_problem", "_nothing"}
OBSTACLES = {"Obstacle": 1, "NotNow": 0, "CutBody": 0}  # and which argument is the clause
ENDINGS = {"withdrawn", "why"}  # what may be added to a clause
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def calls(room: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a room, with the name of what is called."""
    for module in (HOUSE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield getattr(node.func, "id", getattr(node.func, "attr", "")), node


def problem_codes() -> set[str]:
    found = {COPY_DIFFERS}
    for room in ("parsers", "archive"):
        for name, call in calls(room):
            if name in TELL_PROBLEMS and call.args and isinstance(call.args[0], ast.Constant):
                found.add(str(call.args[0].value))
    return found


def written(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may give, with a 7 for whatever varies."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(_piece(part) for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from written(node.body)
        yield from written(node.orelse)


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    inner = part.value if isinstance(part, ast.FormattedValue) else part
    if isinstance(inner, ast.IfExp):
        return next(written(inner.orelse))
    return "" if isinstance(inner, ast.Name) and inner.id in ENDINGS else "7"


def clauses() -> set[str]:
    """What the crawler notes as the reason of a state."""
    found = set()
    for name, call in calls("crawler"):
        if name in OBSTACLES and len(call.args) > OBSTACLES[name]:
            found.update(written(call.args[OBSTACLES[name]]))
    for module in ("visits.py", "columns.py", "addresses.py", "failures.py"):
        for node in ast.walk(ast.parse((HOUSE / "crawler" / module).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Return) and node.value is not None:
                last = node.value.elts[-1] if isinstance(node.value, ast.Tuple) else node.value
                found.update(text for text in written(last) if " " in text)
    return found


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_every_kind_of_problem_has_a_name(tongue: str) -> None:
    codes = problem_codes()
    assert {"tables_only", "row_unknown", "encrypted", "reader_timeout", "copy_differs"} <= codes
    assert not [code for code in sorted(codes) if named(code, "code", "problems", tongue) is None]


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_every_state_of_a_source_has_a_name(tongue: str) -> None:
    assert all(Speaker(tongue).knows(f"state.{state}") for state in SourceState)


def test_every_reason_of_the_crawler_is_said_in_chinese() -> None:
    found = clauses()
    assert {"robots.txt forbids it", "7 further pages failed: 7", "no platform module understands the listing"} <= found
    assert not [clause for clause in sorted(found) if not CHINESE.search(reason(clause, "zh"))]
    assert all(reason(clause, "en") == clause for clause in found)


def test_a_reason_within_a_reason_is_said_in_chinese_too() -> None:
    assert reason("1 further pages failed: answers 503 again and again", "zh") == "后面有 1 页没有取到：多次返回 503"
    assert reason("a sentence that nobody foresaw", "zh") == "a sentence that nobody foresaw"
    assert noted('{"reason": "robots.txt forbids it", "pages": 2}') == [
        ("结论", "robots.txt 不允许"),
        ("读过的页数", "2"),
    ]
