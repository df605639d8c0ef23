"""Why a source ended in its state, in the language of the page: the crawler notes it in English clauses."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


def reason(clause: str, tongue: str) -> str:
    """A clause in the language of the page; as it stands where it is not known."""
    if tongue == "en":
        return clause
    for pattern, words in _known():
        if found := pattern.fullmatch(clause):
            return words.format(*(reason(part, tongue) for part in found.groups()))
    return clause


@cache
def _known() -> tuple[tuple[re.Pattern[str], str], ...]:
    held = tomllib.loads((Path(__file__).parent / "reasons.toml").read_text(encoding="utf-8"))["reasons"]
    return tuple(
        (re.compile("(.+?)".join(map(re.escape, clause.split("{}"))), re.DOTALL), words)
        for clause, words in held.items()
    )
