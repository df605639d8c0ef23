"""`ogi add`: puts a report that someone has at hand into the archive, kept and read like a crawled one."""

from __future__ import annotations

import mimetypes
from datetime import UTC, datetime
from pathlib import Path

import click

from archive.clock import now
from archive.kept.warc import Exchange, WarcWriter
from archive.publish import publish, var_directory
from archive.states import Outcome
from archive.store import BY_HAND, Archive, Snapshot, Stored
from archive.storing.reading import Reading
from crawler.ledger import registry_line
from crawler.sources import Source, chosen, load
from ogi import options
from ogi.errors import UserError
from ogi.terminal import say
from parsers.model import Report, SourceHint
from parsers.workers import Readers


@click.command("add")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", "name", required=True, help="The source of the registry that the report belongs to.")
@click.option("--url", required=True, help="Where the report was published.")
@options.db
@options.sources
def command(file: Path, name: str, url: str, db: Path, sources: Path) -> None:
    """Put FILE, an annual report that was published at URL, into the archive, and publish it.

    It is kept and read like a crawled one and marked as added by hand.
    """
    if not url.startswith(("http://", "https://")):
        raise UserError(f"{url}: not an address; name where the report was published, beginning with http.")
    (source,) = chosen(load(sources, allow_private=True), [name], str(sources))
    data = file.read_bytes()
    content_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    report = _read(data, content_type, url, source)
    if not report.ok:
        raise UserError(f"{file}: {report.problems[0].message} It was not added.")
    stored = _store(db, source, url, data, content_type, report)
    if stored.outcome is Outcome.UNREADABLE:
        raise UserError(f"{file}: does not say its year or agency; it was kept, but is no report of the archive.")
    publish(var_directory(db) / "working.db", db)
    say(f"{file}: {stored.outcome}, as {stored.report_key}.")


def _read(data: bytes, content_type: str, url: str, source: Source) -> Report:
    with Readers(1) as readers:
        hint = SourceHint(source.region_code, source.agency or None)
        report: Report = readers.submit(data, content_type, url, hint).result()
        return report


def _store(db: Path, source: Source, url: str, data: bytes, content_type: str, report: Report) -> Stored:
    """Keeps the bytes as a response that was never asked for, and stores the reading."""
    var = var_directory(db)
    with Archive(var / "working.db") as archive:
        run_id = archive.begin_run(f"add {source.id} {url}")
        archive.register([registry_line(source)])
        headers = ((b"Content-Type", content_type.encode()), (b"X-Archive-Added", b"by hand"))
        exchange = Exchange(url, datetime.now(UTC), 200, headers, data, method="ADD")
        with WarcWriter(var / "warc", run_id, known=archive.kept_bytes) as warc:
            place = warc.write(exchange)
            warc.sync()
        kept = Snapshot(
            request_key=f"ADD {url}",
            url=url,
            fetched=now(),
            status=200,
            content_type=content_type,
            length=len(data),
            sha256=exchange.sha256,
            warc=place.file,
            offset=place.offset,
        )
        snapshots = [(archive.keep(kept), BY_HAND)]
        stored = archive.store(Reading.of(report), source_id=source.id, url=url, snapshots=snapshots, run_id=run_id)
        archive.end_run(run_id, True, {"outcomes": {str(stored.outcome): 1}})
        return stored
