"""Writes what a document must parse to so that a person can check it beside the document, and shows what differs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from parsers import Report
from parsers.model import Figure, json_number

DOCUMENTS = Path(__file__).parents[1] / "documents"
OPENING = 24  # characters of a section's text that are written, to show where it begins
MISSING = "(nothing)"


def documents() -> list[Path]:
    """The documents, those whose expectation is still to be written among them."""
    return sorted(path for path in DOCUMENTS.iterdir() if path.suffix != ".json")


def expectation(document: Path) -> Path:
    """The file beside a document that holds what it must parse to."""
    return document.with_suffix(".json")


def shown(report: Report) -> dict[str, Any]:
    """What `ogi parse` prints of a report, shortened to what a person checks.

    Figures stand a row of the form a line. A figure that is simply its number is the number, an empty cell null,
    any other [value, kind, raw, unit, note]. Sections: number, heading, opening words, length. Claims: code, value,
    unit, sentence. Checks: how many passed a rule; those that did not pass in full. Problems: code and place.
    """
    if not report.ok:
        return {"ok": False, "problems": [problem.code for problem in report.problems]}
    whole = report.to_json()
    rows: dict[str, dict[str, Any]] = {}
    for indicator, figure in report.figures.items():
        row, _, column = indicator.rpartition(".")
        rows.setdefault(row, {})[column] = _cell(figure)
    passed = [check.rule for check in report.checks if check.result == "pass"]
    return whole | {
        "figures": rows,
        "claims": [[c.code, json_number(c.value), c.unit, c.sentence] for c in report.claims],
        "sections": [[s.number, s.heading, s.text[:OPENING], len(s.text)] for s in report.sections],
        "checks": {
            "passed": {rule: passed.count(rule) for rule in sorted(set(passed))},
            "others": [
                [c.rule, c.scope, json_number(c.left), json_number(c.right), c.result]
                for c in report.checks
                if c.result != "pass"
            ],
        },
        "problems": [[problem.code, problem.at] for problem in report.problems],
    }


def _cell(figure: Figure) -> Any:
    value = json_number(figure.value)
    if figure.unit is None and figure.note is None:
        if value is not None and figure.raw == str(value):
            return value
        if figure.raw == "" and figure.kind == "blank":
            return None
    cell = [value, figure.kind, figure.raw, figure.unit, figure.note]
    while cell[-1] is None:
        cell.pop()
    return cell


def written(expected: Mapping[str, Any]) -> str:
    """An expectation as its file holds it: one form row, section, table row … a line."""
    parts = []
    for name, value in expected.items():
        if isinstance(value, (dict, list)) and value and name != "period":
            brackets = "{}" if isinstance(value, dict) else "[]"
            lines = (
                [f"  {_line(key)}: {_line(inner)}" for key, inner in value.items()]
                if isinstance(value, dict)
                else [f"  {_line(inner)}" for inner in value]
            )
            shown_value = brackets[0] + "\n" + ",\n".join(lines) + "\n" + brackets[1]
        else:
            shown_value = _line(value)
        parts.append(f"{_line(name)}: {shown_value}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def differences(expected: Any, found: Any, at: str = "") -> Iterator[str]:
    """Each place in which two expectations differ, a line each."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in (*expected, *(key for key in found if key not in expected)):
            yield from differences(expected.get(key, MISSING), found.get(key, MISSING), f"{at} {key}".strip())
    elif isinstance(expected, list) and isinstance(found, list) and any(isinstance(x, (list, dict)) for x in expected):
        for index in range(max(len(expected), len(found))):
            pair = [side[index] if index < len(side) else MISSING for side in (expected, found)]
            yield from differences(*pair, f"{at} {index + 1}")
    elif expected != found:
        yield f"{at}: expected {_line(expected)}, read {_line(found)}"
