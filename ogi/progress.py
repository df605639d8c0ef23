"""The bar that commands show while they work."""

from __future__ import annotations

from rich.progress import Progress, ProgressColumn

from ogi.terminal import Terminal


def bar(*columns: ProgressColumn) -> Progress:
    """A bar on standard error; where nobody watches it is printed once, at its end."""
    console = Terminal(stderr=True)
    return Progress(*columns, console=console, auto_refresh=console.is_terminal)
