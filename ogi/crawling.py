"""A crawl as the commands run it: progress, publication, the table of source states, and the exit status."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from archive.opening import open_published
from archive.publish import publish, var_directory
from archive.states import SourceState
from crawler.run import RunResult
from crawler.run import crawl as run
from crawler.sources import Source
from ogi.errors import UserError

ALARM = 1  # exit status: a threshold was crossed
READ_TO_ITS_END = frozenset({SourceState.OK, SourceState.UNCHANGED, SourceState.EMPTY})
MOST_IN_TROUBLE = 0.2  # share of a run's sources above which the run is alarming


def crawl(db: Path, sources: Sequence[Source], settings: dict[str, Any]) -> RunResult:
    """Crawl the sources into the working archive beside `db`, publish it as `db`, and return what the run did.

    Scrapy's log goes to a file beside the archive unless `settings` name another. Raises UserError or ArchiveError,
    and leaves the published archive as it was, when the run does not come to its end.
    """
    if db.exists():
        open_published(db).close()  # what is no archive is never replaced
    var = var_directory(db)
    log = var / "runs" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    counts = "{task.fields[pages]} pages  {task.fields[reports]} reports  {task.fields[failures]} errors"
    with (
        _signals_given_back(),
        Progress(
            TextColumn("crawling"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(f"sources  {counts}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        ) as bar,
    ):
        task = bar.add_task("", total=len(sources), pages=0, reports=0, failures=0)
        result = run(
            list(sources),
            {"OGI_DB": str(db), "LOG_FILE": str(log)} | settings,
            lambda progress: bar.update(
                task,
                completed=progress.sources_done,
                pages=progress.pages,
                reports=progress.reports,
                failures=progress.failures,
            ),
        )
    if not result.finished:
        raise UserError(
            f"the crawl was stopped before its end; {db} is as it was, what was read is kept,"
            " and the next crawl goes on from there."
        )
    publish(var / "working.db", db)
    return result


@contextmanager
def _signals_given_back() -> Iterator[None]:
    """Scrapy takes Ctrl-C and SIGTERM over and does not give them back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def print_states(sources: Iterable[Source], result: RunResult) -> None:
    """Print in which state every source ended and why."""
    table = Table(title="Sources", title_justify="left", box=SIMPLE_HEAD)
    for heading in ("source", "agency", "state", "why"):
        table.add_column(heading, overflow="fold")
    for source in sources:
        ruling = result.states[source.id]
        why = str(ruling.evidence.get("reason", ""))
        table.add_row(source.id, Text(source.agency), state_text(ruling.state), Text(why))
    Console(highlight=False).print(table)


def state_text(state: SourceState) -> Text:
    """A source state in the colour that tells whether its listing was read to its end."""
    return Text(state, style="green" if state in READ_TO_ITS_END else "red")


def exit_status(result: RunResult) -> int:
    """0, or 1 when more of the sources are in trouble than a good run has."""
    in_trouble = sum(ruling.state not in READ_TO_ITS_END for ruling in result.states.values())
    return ALARM if in_trouble > MOST_IN_TROUBLE * len(result.states) else 0
