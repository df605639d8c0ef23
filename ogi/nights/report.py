"""The report of a night: a file for programs, a page for people, and a few lines for a terminal or a mail."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from archive.disk import write_whole
from archive.plain import json_text
from archive.states import SourceState
from ogi.terminal import Terminal, coloured
from portal.nights import night_file

KEPT = 400  # nights whose reports and logs are kept: a year and a month
MOST_NAMED = 30  # sources in trouble, on a terminal or in a mail


def write_report(runs: Path, night: Mapping[str, Any]) -> Path:
    """Writes the report (`ogi.nights.steps.Night.told`) into `runs` as HTML and JSON; returns the page.

    Each file appears whole. The oldest files beyond a year go.
    """
    runs.mkdir(parents=True, exist_ok=True)
    name = "night-" + "".join(each for each in night["started"] if each not in "-:")
    page = runs / f"{name}.html"
    write_whole(runs / f"{name}.json", json_text(night, indent=1) + "\n")
    write_whole(page, night_file(night))
    for pattern in ("night-*.json", "night-*.html", "[0-9]*.log", "[0-9]*.json"):
        for old in sorted(runs.glob(pattern))[:-KEPT]:
            old.unlink(missing_ok=True)
    return page


def print_night(night: Mapping[str, Any]) -> str:
    """Prints the steps of a night, the sources in trouble and the alarms, and returns the same as plain text."""
    console = Terminal(record=True)
    steps = _table("Night", ("step", "", "seconds", "what"))
    for step in night["steps"]:
        colour = {"done": "green", "failed": "red"}.get(step["state"], "dim")
        state = coloured(step["state"], colour)
        steps.add_row(step["name"], state, f"{step['seconds']:,.1f}", step["said"])
    console.print(steps)
    visited = night["crawl"]["sources"] if night["crawl"] else ()
    trouble = [source for source in visited if not SourceState(source["state"]).listing_read]
    if trouble:
        sources = _table("Not read to their end", ("source", "state", "before", "why"))
        for source in trouble[:MOST_NAMED]:
            sources.add_row(source["source"], coloured(source["state"], "red"), source["before"] or "", source["why"])
        console.print(sources)
        if len(trouble) > MOST_NAMED:
            console.print(f"and {len(trouble) - MOST_NAMED:,} more, which the report names")
    for word, sentences in (("alarm", night["alarms"]), ("warning", night["warnings"])):
        for sentence in sentences:
            console.print(f"{word}: {sentence}")
    return console.export_text()


def _table(title: str, headings: tuple[str, ...]) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, overflow="fold", justify="right" if heading == "seconds" else "left")
    return table
