"""The report of a night: a file for programs, a page for people, and a few lines for a terminal or a mail."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from ogi.terminal import Terminal, coloured
from portal.nights import night_file

KEPT = 400  # nights whose reports and logs are kept: a year and a month


def write_report(runs: Path, night: Mapping[str, Any]) -> Path:
    """Writes the report (`ogi.nights.steps.Night.told`) into `runs` as HTML and JSON; returns the page.

    Each file appears whole. The oldest files beyond a year go.
    """
    runs.mkdir(parents=True, exist_ok=True)
    name = "night-" + "".join(each for each in night["started"] if each not in "-:")
    page = runs / f"{name}.html"
    _write(runs / f"{name}.json", json.dumps(night, ensure_ascii=False, indent=1) + "\n")
    _write(page, night_file(night))
    for pattern in ("night-*.json", "night-*.html", "[0-9]*.log", "[0-9]*.json"):
        for old in sorted(runs.glob(pattern))[:-KEPT]:
            old.unlink(missing_ok=True)
    return page


def _write(path: Path, text: str) -> None:
    half = path.with_name(f".{path.name}.half")  # a later publication removes it where this run is killed
    half.write_text(text, encoding="utf-8")
    half.replace(path)


def print_night(night: Mapping[str, Any]) -> str:
    """Prints the steps and the alarms of a night, and returns the same as plain text."""
    console = Terminal(record=True)
    table = Table(title="Night", title_justify="left", box=SIMPLE_HEAD)
    for heading in ("step", "", "seconds", "what"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "seconds" else "left")
    for step in night["steps"]:
        colour = {"done": "green", "failed": "red"}.get(step["state"], "dim")
        state = coloured(step["state"], colour)
        table.add_row(step["name"], state, f"{step['seconds']:,.1f}", step["said"])
    console.print(table)
    for word, sentences in (("alarm", night["alarms"]), ("warning", night["warnings"])):
        for sentence in sentences:
            console.print(f"{word}: {sentence}")
    return console.export_text()
