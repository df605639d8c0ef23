"""The message catalogue: what the pages say and what codes are called, in Chinese and in English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")


@cache
def _catalogue() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    room = Path(__file__).parent
    words, names = (tomllib.loads((room / file).read_text(encoding="utf-8")) for file in ("words.toml", "names.toml"))
    return words | names


def language(asked: str | None) -> str:
    """The language of a page: the asked one where the catalogue has it, otherwise Chinese."""
    return asked if asked in LANGUAGES else LANGUAGES[0]


def language_of(request: Any) -> str:
    """The language that a request asks for: `lang` on our pages, `_lang` on Datasette's, where `lang` is a filter."""
    return language(request.args.get("lang") or request.args.get("_lang")) if request else LANGUAGES[0]


def say(tongue: str, name: str, **filled: Any) -> str:
    """The words called `name` ("group.word"), with their {braces} filled in. KeyError for words that are not there."""
    group, _, word = name.partition(".")
    text = _catalogue()[group][word][tongue]
    return text.format(**filled) if filled else text


class Speaker:
    """The catalogue in one language, as the templates use it (`t`)."""

    def __init__(self, tongue: str) -> None:
        self.tongue = tongue

    def __call__(self, name: str, **filled: Any) -> str:
        """The words called `name`, filled in."""
        return say(self.tongue, name, **filled)

    def knows(self, name: str) -> bool:
        """Whether the catalogue has words of that name."""
        group, _, word = name.partition(".")
        return word in _catalogue().get(group, {})
