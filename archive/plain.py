"""Text of others as one line that neither steers a terminal nor forges a line of a log."""

from __future__ import annotations

import json
import logging
import re
import traceback
from typing import Any

# Controls but the tab, the separators of lines and paragraphs, and what overrides the direction of text.
_ACTING = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]")


def plain(text: str) -> str:
    """`text` with every character that acts shown as an escape of JSON; so a line of JSON stays what it is."""
    return _ACTING.sub(_escaped, text)


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON that may be shown on a terminal and is read back as what it was."""
    return "\n".join(map(plain, json.dumps(value, ensure_ascii=False, indent=indent).split("\n")))


def crash(error: BaseException) -> list[str]:
    """The lines of an error's traceback, indented, so that none of them can be taken for a record or a sentence."""
    return [f"  {plain(line)}" for line in "".join(traceback.format_exception(error)).splitlines()]


def _escaped(acting: re.Match[str]) -> str:
    return {"\n": r"\n", "\r": r"\r"}.get(acting[0], f"\\u{ord(acting[0]):04x}")


class OneLine(logging.LogRecord):
    """A record whose message is one line: what a site wrote can neither forge a record nor speak to a terminal."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.exc_info and self.exc_info[1] is not None:
            self.exc_text = "\n".join(crash(self.exc_info[1]))

    def getMessage(self) -> str:  # noqa: N802  # the name is logging's
        """The message with control characters and line breaks shown as escapes."""
        return plain(super().getMessage())
