"""What the codes in the archive's columns are called, and what the crawler noted of a source, for people."""

from __future__ import annotations

import json
from typing import Any

from portal.reasons import reason
from portal.words import LANGUAGES, Speaker

# The group of words in which a column's codes are named; a name alone is the column of every table.
_GROUPS: dict[tuple[str | None, str] | str, str | None] = {
    ("agencies", "kind"): "organ",
    "level": "level",
    "field": "field",
    "timeliness": "timeliness",
    "scope": "scope",
    ("checks", "scope"): "place",  # there it is a line of the form, or what of the text a rule is about
    ("leads", "scope"): "place",
    "qualifier": "qualifier",
    ("reports", "status"): "status",
    "media": "media",
    "form": "form",
    "presence": "presence_long",
    "state": "state",
    "result": "result",
    "severity": "severity",
    ("cell_notes", "kind"): "kind",
    "cause": "cause",
    "role": "role",
    "comparability": "comparability",
    ("problems", "code"): "problem",
    ("claims", "code"): "claim",
}


def named(value: Any, column: str, table: str | None = None, tongue: str = LANGUAGES[0]) -> str | None:
    """What a code is called; None for a code, or a column, that has no names. "a+b" are joined codes."""
    group = _GROUPS[table, column] if (table, column) in _GROUPS else _GROUPS.get(column)
    if not group or not isinstance(value, str):
        return None
    t = Speaker(tongue)
    codes = value.split("+")
    if not all(t.knows(f"{group}.{code}") for code in codes):
        return None
    return ("、" if tongue == "zh" else ", ").join(t(f"{group}.{code}") for code in codes)


def claim_name(code: str, tongue: str) -> str:
    """What a claim's code is called; the code itself where it has no name."""
    return named(code, "code", "claims", tongue) or code


def unit_name(unit: str, tongue: str) -> str:
    """What a unit is called; as the form prints it where there is no word for it."""
    t = Speaker(tongue)
    return t(f"unit.{unit}") if unit and t.knows(f"unit.{unit}") else unit


def noted(evidence: str | None, tongue: str = LANGUAGES[0]) -> list[tuple[str, str]]:
    """What the crawler noted of a source in a run, as pairs of label and text; a note that is no JSON stands alone."""
    if not evidence:
        return []
    try:
        held = json.loads(evidence)
    except ValueError:
        held = evidence
    if not isinstance(held, dict):
        return [("", str(held))]
    t = Speaker(tongue)
    return [(_label("noted", key, t), _said(value, t)) for key, value in held.items()]


def _label(group: str, key: str, t: Speaker) -> str:
    return t(f"{group}.{key}") if t.knows(f"{group}.{key}") else key


def _said(value: Any, t: Speaker) -> str:
    if isinstance(value, dict):
        return "，".join(f"{_label('outcome', key, t)} {_said(each, t)}" for key, each in value.items())
    if isinstance(value, list):
        return "；".join(_said(each, t) for each in value)
    return reason(value, t.tongue) if isinstance(value, str) else str(value)
