"""Text of others as one line that neither steers a terminal nor turns its reading direction."""

from __future__ import annotations

import re

# Controls but the tab, the separators of lines and paragraphs, and what overrides the direction of text.
_ACTING = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]")


def plain(text: str) -> str:
    """`text` with every character that acts shown as an escape of JSON; so a line of JSON stays what it is."""
    return _ACTING.sub(_escaped, text)


def _escaped(acting: re.Match[str]) -> str:
    return {"\n": r"\n", "\r": r"\r"}.get(acting[0], f"\\u{ord(acting[0]):04x}")
