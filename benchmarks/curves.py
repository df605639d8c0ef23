"""Draws costs by number of reports as a plain SVG: three panels, both axes in powers of ten."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

WIDTH, HEIGHT, GAP, TOP, LEFT = 250, 210, 70, 40, 55
COLOURS = ("#0b6bcb", "#c2410c", "#15803d")
PANELS = {"processor": "processor time, s", "memory": "largest process, MB", "disk": "disk, MB"}
Costs = Mapping[str, Sequence[Mapping[str, float]]]


def drawn(costs: Costs, names: Mapping[str, str]) -> str:
    """The picture, with a line for each series of `names` and the power of one beside it."""
    width = LEFT + len(PANELS) * (WIDTH + GAP)
    height = TOP + HEIGHT + 40 + 20 * len(names) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        ' font-family="sans-serif" font-size="12">',
        f'<title>What reports cost as they grow by tens</title><rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for place, (cost, title) in enumerate(PANELS.items()):
        parts += _panel(costs, list(names), cost, title, LEFT + place * (WIDTH + GAP))
    for place, (name, meaning) in enumerate(names.items()):
        y = TOP + HEIGHT + 50 + 20 * place
        parts.append(f'<rect x="{LEFT}" y="{y}" width="12" height="12" fill="{COLOURS[place]}"/>')
        parts.append(f'<text x="{LEFT + 20}" y="{y + 10}">{name}: {meaning}</text>')
    y = TOP + HEIGHT + 60 + 20 * len(names)
    parts.append(f'<text x="{LEFT}" y="{y}" fill="#555">dashed: linear, twice the cost for twice the reports</text>')
    return "\n".join([*parts, "</svg>", ""])


def _panel(costs: Costs, names: Sequence[str], cost: str, title: str, left: int) -> Iterator[str]:
    points = [(point["reports"], point[cost]) for name in names for point in costs.get(name, ())]
    across = _powers([reports for reports, _ in points])
    up = _powers([value for _, value in points])

    def x(reports: float) -> float:
        return left + WIDTH * (math.log10(reports) - across[0]) / (across[-1] - across[0])

    def y(value: float) -> float:
        return TOP + HEIGHT * (1 - (math.log10(value) - up[0]) / (up[-1] - up[0]))

    yield f'<text x="{left}" y="{TOP - 15}" font-weight="bold">{title}</text>'
    for power in across:
        yield f'<line x1="{x(10**power):.1f}" x2="{x(10**power):.1f}" y1="{TOP}" y2="{TOP + HEIGHT}" stroke="#ddd"/>'
        yield f'<text x="{x(10**power):.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{_short(power)}</text>'
    for power in up:
        yield f'<line x1="{left}" x2="{left + WIDTH}" y1="{y(10**power):.1f}" y2="{y(10**power):.1f}" stroke="#ddd"/>'
        yield f'<text x="{left - 6}" y="{y(10**power) + 4:.1f}" text-anchor="end">{_short(power)}</text>'
    decades = min(across[-1] - across[0], up[-1] - up[0])
    ends = (10 ** (across[-1] - decades), 10 ** (up[-1] - decades)), (10 ** across[-1], 10 ** up[-1])
    (x1, y1), (x2, y2) = ((x(reports), y(value)) for reports, value in ends)
    yield f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#999" stroke-dasharray="4 4"/>'
    for place, name in enumerate(names):
        line = [(x(point["reports"]), y(point[cost])) for point in costs.get(name, ())]
        together = " ".join(f"{across_:.1f},{up_:.1f}" for across_, up_ in line)
        yield f'<polyline points="{together}" fill="none" stroke="{COLOURS[place]}" stroke-width="2"/>'
        yield from (f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="3" fill="{COLOURS[place]}"/>' for cx, cy in line)


def _powers(values: Sequence[float]) -> range:
    """The powers of ten between which the values lie, three at least."""
    first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return range(min(first, last - 2), last + 1)


def _short(power: int) -> str:
    return {3: "1k", 4: "10k", 5: "100k", 6: "1m", 7: "10m"}.get(power, f"{10**power:g}")
