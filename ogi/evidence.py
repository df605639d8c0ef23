"""`ogi evidence`: shows where a figure was read, and proves it on the kept page."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from archive.errors import database_errors
from archive.kept.evidence import Evidence, Proof, evidence, prove
from archive.opening import open_published
from archive.publish import var_directory
from ogi import options
from ogi.terminal import say

NOT_PROVED = 1  # exit status: the kept bytes are not what was fetched, or the cell is not found again in them


@click.command("evidence")
@click.argument("report_key")
@click.argument("indicator")
@options.db
@click.pass_context
def command(ctx: click.Context, report_key: str, indicator: str, db: Path) -> None:
    """Show where the figure INDICATOR of the report REPORT_KEY was read, and prove it on the kept page.

    Exit status 1 says that the kept bytes are not those that were fetched, or that the cell is not in them.
    """
    warc = var_directory(db) / "warc"
    with database_errors(db), closing(open_published(db)) as published:
        found = evidence(published, report_key, indicator)
    proof = prove(found, warc)
    for label, said in _lines(found, proof, warc):
        say(f"{label:<9} {said}")
    if proof.found is None:
        ctx.exit(NOT_PROVED)


def _lines(found: Evidence, proof: Proof, warc: Path) -> list[tuple[str, str]]:
    corrected = f" (read as {found.read_value}, corrected by a person)" if found.corrected else ""
    lines = [
        ("report", found.report_key),
        ("indicator", f"{found.indicator}  {found.label or ''}".rstrip()),
        ("value", f"{'NULL' if found.value is None else found.value}{corrected}"),
        ("cell", f"{found.raw.strip()!r} ({found.kind}), {found.at}"),
    ]
    if found.place:
        lines.append(("place", found.place))
    if found.page is not None:
        page = found.page
        lines += [
            ("page", page.url),
            ("fetched", f"{page.fetched}, {page.length:,} bytes, {page.content_type or 'no content type'}"),
            ("kept", f"{warc / page.warc}, record at {page.offset}"),
            ("sha256", f"{page.sha256} {'verified' if proof.whole else 'NOT VERIFIED'}"),
        ]
    said = f"{proof.found.strip()!r} stands there in the kept bytes" if proof.found is not None else f"NO: {proof.why}"
    return [*lines, ("proved", said)]
