"""Writes what was measured into docs/performance.md: `python -m benchmarks.page [--bench FILE] [--costs FILE]`.

The tables stand between comments that name them, and the curves in a file beside the page.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.costs import AGENCIES, YEARS, Point, at_size, exponent
from benchmarks.curves import drawn
from benchmarks.measurement import HEADINGS, cells

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
CURVES = "performance-costs.svg"
STEPS = {
    "crawl": "crawled, kept, read, stored and published",
    "archive": "invented reports inserted and published, without text",
    "extract": "the long extract written",
}


def main() -> None:
    """Rewrites the parts of the page for which there are measurements."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--bench", type=Path, default=Path("build/bench.json"))
    parser.add_argument("--costs", type=Path, default=Path("build/costs.json"))
    parser.add_argument("--page", type=Path, default=PAGE)
    chosen = parser.parse_args()
    text = chosen.page.read_text("utf-8")
    if chosen.bench.exists():
        text = replaced(text, "bench", bench(json.loads(chosen.bench.read_text("utf-8"))))
    if chosen.costs.exists():
        costs: dict[str, list[Point]] = json.loads(chosen.costs.read_text("utf-8"))
        text = replaced(text, "costs", growth(costs))
        (chosen.page.parent / CURVES).write_text(drawn(costs, STEPS), encoding="utf-8")
    chosen.page.write_text(text, encoding="utf-8")


def replaced(page: str, name: str, part: str) -> str:
    """The page with another text between `<!-- name -->` and `<!-- end of name -->`. Raises ValueError without them."""
    around = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    if not around.search(page):
        raise ValueError(f"the page has no <!-- {name} --> … <!-- end of {name} -->")
    return around.sub(lambda found: f"{found[1]}{part}{found[2]}", page)


def bench(told: Mapping[str, Any]) -> str:
    """The table of a benchmark's JSON, and what it was measured on."""
    machine, lines = told["machine"], told["lines"]
    short = sum(line["verdict"] == "short" for line in lines)
    on = f"{machine['cores']} cores, load before {machine['load_before']}, Python {machine['python']}"
    return (
        f"{len(lines)} lines, {short} short. Measured {told['measured'][:10]}, {told['sizes']} sizes, {on},"
        f" SQLite {machine['sqlite']}.\n\n{_table(HEADINGS, [cells(line) for line in lines])}\n"
    )


def growth(costs: Mapping[str, Sequence[Point]]) -> str:
    """The curves, the powers with which the costs grow, and what all of China would cost."""
    whole = AGENCIES * YEARS
    rows = []
    for step, meaning in STEPS.items():
        points = costs.get(step, ())
        if len(points) > 1:
            powers = (f"{exponent(points, cost):.2f}" for cost in ("processor", "memory", "disk"))
            time, memory, disk = (at_size(points, cost, whole) for cost in ("processor", "memory", "disk"))
            most = f"{points[-1]['reports']:,.0f}"
            rows.append(
                [meaning, most, *powers, f"{time / 3600:,.1f} h", f"{memory:,.0f} MB", f"{disk / 1000:,.0f} GB"]
            )
    heads = (
        "",
        "measured up to",
        "time grows ^",
        "memory ^",
        "disk ^",
        "all of China: processor time",
        "memory",
        "disk",
    )
    return (
        f"![Processor time, memory and disk by number of reports]({CURVES})\n\n{_table(heads, rows)}\n\n"
        f"All of China: {AGENCIES:,} agencies with {YEARS} reports each, {whole:,} reports, from the largest"
        " size measured: time and disk at least linearly, memory by its power. The powers are those of the three"
        " largest sizes; 1 is linear.\n"
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
