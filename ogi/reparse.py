"""`ogi reparse`: reads every kept document again on all cores, stores what differs, and publishes."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.publish import publish, var_directory
from archive.reader import reader_digest
from archive.states import Outcome
from archive.store import Archive
from archive.storing.reading import Reading, begin, joined
from archive.storing.rereading import COMMAND, Item, Reread, Rereader, documents, items, note_progress, unfinished
from ogi import options
from ogi.cluster import options as cluster_options
from ogi.errors import UserError
from ogi.progress import bar
from ogi.terminal import say
from parsers.model import Report
from parsers.workers import Readers

DAMAGED = 1  # exit status: a kept document could not be read back
AHEAD = 4  # items in memory for each reader
NOTE_EVERY = 50  # items: what a killed run reads twice at most


@click.command("reparse")
@options.db
@cluster_options.cluster
@cluster_options.storage
@click.pass_context
def command(ctx: click.Context, db: Path, cluster: str | None, storage: str | None) -> None:
    """Read every kept document again with today's parser, store what differs, and publish the archive.

    No site is asked. What differs is a revision with the cause `parser`. A stopped run is gone on with by the next.
    Exit status 1 says that a kept document could not be read back.
    """
    var = var_directory(db)
    if not (var / "working.db").exists() and not db.exists():
        raise UserError(f"{db}: no archive here; run `ogi crawl` or `ogi demo` to make one.")
    by = cluster_options.rereader(cluster, storage) or _here
    damaged: list[str] = []
    with Archive(var / "working.db") as archive:
        reader = reader_digest()
        run_id, reached = unfinished(archive.db, reader)
        run_id = run_id or archive.begin_run(COMMAND)
        outcomes = _reread(archive, var / "warc", run_id, reader, reached, damaged, by)
        revisions = archive.db.table("revisions").count_where("run_id = ?", [run_id])
        summary = {str(outcome): count for outcome, count in outcomes.items()}
        archive.end_run(run_id, True, {"outcomes": summary, "revisions": revisions, "damaged": len(damaged)})
    publish(var / "working.db", db)
    for sentence in damaged:
        say(f"ogi: {sentence}", err=True)
    said = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(outcomes.items())) or "nothing to read"
    say(f"{db}: read again: {said}; {revisions:,} figures differ.")
    if damaged:
        ctx.exit(DAMAGED)


def _reread(
    archive: Archive, warc: Path, run_id: int, reader: str, reached: int, damaged: list[str], by: Rereader
) -> Counter[Outcome]:
    outcomes: Counter[Outcome] = Counter()
    work = items(archive.db, reached)
    with bar(
        TextColumn("reading again"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[differ]} differ"),
        TimeElapsedColumn(),
    ) as shown:
        task = shown.add_task("", total=len(work), differ=0)
        for number, (item, read) in enumerate(by(archive.db, warc, work), 1):
            if isinstance(read, str):
                damaged.append(read)
            else:
                reading, ranks = read
                snapshots = [item.snapshots[rank] for rank in ranks]
                stored = archive.store(
                    reading, source_id=item.source_id, url=item.url, snapshots=snapshots, run_id=run_id
                )
                outcomes[stored.outcome] += 1
            if number % NOTE_EVERY == 0:
                note_progress(archive.db, run_id, reader, item.number - 1)
            shown.update(task, advance=1, differ=outcomes[Outcome.REVISED] + outcomes[Outcome.NEW])
    return outcomes


def _here(db: Database, warc: Path, work: list[Item]) -> Iterator[Reread]:
    """Reads on all cores of this machine, a few items ahead of who asks."""
    held: deque[tuple[Item, list[Future[Reading | Report]] | str]] = deque()
    with Readers(os.cpu_count() or 1) as readers:
        for item in work:
            try:
                kept = [page.document for page in documents(db, warc, item)]
            except ArchiveError as error:
                held.append((item, str(error)))
            else:
                held.append((item, begin(readers, kept, item.hint)))
            if len(held) > AHEAD * (os.cpu_count() or 1):
                yield _reread_one(*held.popleft())
        while held:
            yield _reread_one(*held.popleft())


def _reread_one(item: Item, answers: list[Future[Reading | Report]] | str) -> Reread:
    return item, answers if isinstance(answers, str) else joined([answer.result() for answer in answers])
