"""Characters that some files hold in place of the usual ones."""

from __future__ import annotations

import re
import unicodedata

_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


def usual(text: str) -> str:
    """Return text with the usual characters for radicals and doubles (⼯ for 工), as many as before."""
    return _RADICAL.sub(_usual_character, text) if _RADICAL.search(text) else text


def _usual_character(radical: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", radical[0])
