"""What the commands print: text of others is shown as it was written, and never acts on the terminal."""

from __future__ import annotations

from typing import Any

import click
from rich.console import Console
from rich.text import Text

from archive.plain import plain


def say(sentence: object, *, err: bool = False) -> None:
    """Prints one line on standard output, or on standard error."""
    click.echo(plain(str(sentence)), err=err)


class Terminal(Console):
    """A console on which strings, also those in tables, are one harmless line and no markup."""

    def __init__(self, *, stderr: bool = False, record: bool = False) -> None:
        super().__init__(stderr=stderr, record=record, highlight=False, markup=False, emoji=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """The string as it may be shown; rich asks this for every string that it is handed."""
        return super().render_str(plain(text), **options)


def coloured(text: str, style: str) -> Text:
    """A string in a style of rich, as harmless as the others."""
    return Text(plain(text), style=style)
