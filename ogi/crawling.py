"""A crawl as the commands run it: progress, publication, the table of source states, and the exit status."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from rich.box import SIMPLE_HEAD
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from archive.errors import database_errors
from archive.lock import writing
from archive.nights import account, keep_account
from archive.opening import open_published, open_working
from archive.plain import json_text
from archive.publish import publish, var_directory
from archive.states import SourceState
from crawler import run
from crawler.run import RunResult
from crawler.sources import Source
from ogi.errors import UserError
from ogi.nights.settings import load
from ogi.progress import bar
from ogi.terminal import Terminal, coloured

Crawler = Callable[[list[Source], Mapping[str, Any], Callable[[run.Progress], None]], RunResult]

ALARM = 1  # exit status: a threshold was crossed
MOST_IN_TROUBLE = load(None).thresholds.sources_in_trouble  # of a run's sources, as a night allows it


class Crawl(NamedTuple):
    """A crawl that came to its end: what the run did, and its account (`archive.nights.account`)."""

    result: RunResult
    account: dict[str, Any]


def crawl(db: Path, sources: Sequence[Source], settings: dict[str, Any], by: Crawler = run.crawl) -> RunResult:
    """Crawl the sources into the working archive beside `db`, publish it as `db`, and return what the run did.

    `by` does the crawling: this process, or a cluster (`ogi.cluster.crawling.ClusterCrawl`).
    Raises UserError or ArchiveError, and leaves the published archive as it was, when the run does not come to its end.
    """
    with writing(var_directory(db)):
        result = collect(db, sources, settings, by).result
        publish(var_directory(db) / "working.db", db)
    return result


def collect(db: Path, sources: Sequence[Source], settings: dict[str, Any], by: Crawler = run.crawl) -> Crawl:
    """Crawl the sources into the working archive beside `db` and return what came of it; nothing is published.

    Scrapy's log goes to a file beside the archive unless `settings` name another. The account of the run is kept in
    the archive, and lies as JSON next to the log, with all that is known of each source. Raises UserError or
    ArchiveError when the run does not come to its end.
    """
    if db.exists():
        open_published(db).close()  # what is no archive is never replaced
    var = var_directory(db)
    log = var / "runs" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    counts = "{task.fields[pages]} pages  {task.fields[reports]} reports  {task.fields[failures]} errors"
    with (
        _signals_given_back(),
        bar(
            TextColumn("crawling"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(f"sources  {counts}"),
            TimeElapsedColumn(),
        ) as shown,
    ):
        task = shown.add_task("", total=len(sources), pages=0, reports=0, failures=0)
        result = by(
            list(sources),
            {"OGI_DB": str(db), "LOG_FILE": str(log)} | settings,
            lambda progress: shown.update(
                task,
                completed=progress.sources_done,
                pages=progress.pages,
                reports=progress.reports,
                failures=progress.failures,
            ),
        )
    working = var / "working.db"
    with database_errors(working), closing(open_working(working)) as kept:
        said = account(kept, result.run_id)
        keep_account(kept, said)
    told = json_text(_told(said, result), indent=1)
    log.with_suffix(".json").write_text(told + "\n", encoding="utf-8")
    if not result.finished:
        raise UserError(
            f"the crawl was stopped before its end; {db} is as it was, what was read is kept,"
            " and the next crawl goes on from there."
        )
    return Crawl(result, said)


@contextmanager
def _signals_given_back() -> Iterator[None]:
    """Scrapy takes Ctrl-C and SIGTERM over and does not give them back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _told(said: Mapping[str, Any], result: RunResult) -> dict[str, Any]:
    """The account of a run with the evidence of every source's state beside it."""
    sources = [source | result.states[source["source"]].evidence for source in said["sources"]]
    return {**said, "sources": sources, "finished": result.finished, "exit_status": exit_status(result)}


def print_states(sources: Sequence[Source], result: RunResult) -> None:
    """Print in which state every source ended, what was read of it and why; the run's totals; and the warnings."""
    table = Table(title="Sources", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("source", no_wrap=True)
    table.add_column("agency", overflow="fold")
    table.add_column("state", no_wrap=True)
    for heading in ("pages", "items", "reports"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("why", overflow="fold")
    for source in sources:
        ruling = result.states[source.id]
        read = [_read(ruling.evidence, name) for name in ("pages", "items", "reports")]
        why = str(ruling.evidence.get("reason", ""))
        table.add_row(source.id, source.agency, state_text(ruling.state), *read, why)
    console = Terminal()
    console.print(table)
    counts = Counter(str(ruling.state) for ruling in result.states.values())
    console.print(f"{len(result.states):,} sources: {_counted(counts)}.")
    outcomes = {str(outcome): count for outcome, count in result.outcomes.items()}
    console.print(f"{result.outcomes.total():,} reports read: {_counted(outcomes) or 'none'}.")
    console.print(
        f"{result.responses:,} answers, {result.not_modified:,} of them 304 (not modified);"
        f" {result.bytes / 1_000_000:,.1f} MB received."
    )
    for warning in result.warnings:
        console.print(f"warning: {warning}", style="yellow")
    if exit_status(result) == ALARM:
        trouble = f"{_in_trouble(result):,} of {len(result.states):,} sources are in trouble"
        console.print(f"{trouble}, more than {MOST_IN_TROUBLE:.0%}.", style="red")


def _read(evidence: Mapping[str, Any], name: str) -> str:
    """How many of something were read, and how many there are by what the site states."""
    stated = evidence.get(f"{name}_stated")
    return f"{evidence.get(name, 0):,}" + (f" of {stated:,}" if stated else "")


def _counted(counts: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda each: -each[1])
    return ", ".join(f"{count:,} {name}" for name, count in ordered)


def state_text(state: SourceState) -> Text:
    """A source state in the colour that tells whether its listing was read to its end."""
    return coloured(state, "green" if state.listing_read else "red")


def exit_status(result: RunResult) -> int:
    """0, or 1 when more of the sources are in trouble than a good run has."""
    return ALARM if _in_trouble(result) > MOST_IN_TROUBLE * len(result.states) else 0


def _in_trouble(result: RunResult) -> int:
    return sum(not ruling.state.listing_read for ruling in result.states.values())
