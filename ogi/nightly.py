"""`ogi nightly`: a whole night under one lock: crawl, rules, checks, extracts, and only then a new publication."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive.backup import back_up
from archive.errors import ArchiveError, database_errors
from archive.extracts.directory import write_extracts
from archive.lock import writing
from archive.opening import open_published
from archive.publish import Candidate, candidate, var_directory
from archive.store import Archive
from crawler import run
from crawler.sources import Source, load
from ogi import options
from ogi.cluster import options as cluster_options
from ogi.crawling import Crawler, collect
from ogi.errors import UserError
from ogi.nights import settings as night_settings
from ogi.nights.alarms import GIGABYTE, alarms_of, length_alarm, space_alarm
from ogi.nights.report import print_night, write_report
from ogi.nights.settings import NightSettings
from ogi.nights.steps import PUBLISH, Night
from ogi.nights.telling import tell
from ogi.terminal import say
from portal.smoke import smoke

NICE = 10  # as little as readers of the portal on the same machine should be made to wait
AUTOGROUP = Path("/proc/self/autogroup")


@click.command("nightly")
@options.db
@options.sources
@options.settings
@options.allow_private
@cluster_options.cluster
@cluster_options.storage
@click.option(
    "--settings",
    "night_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Alarm thresholds, backup, mail and webhook, as TOML; what it leaves out keeps its usual value.",
)
@click.pass_context
def command(
    ctx: click.Context,
    db: Path,
    sources: Path,
    settings: dict[str, str],
    allow_private: bool,
    cluster: str | None,
    storage: str | None,
    night_file: Path | None,
) -> None:
    """Crawl, check, write the extracts, try the portal, and publish only if all of it went well.

    Exit status 1 says that an alarm threshold was crossed, 2 that the night was not finished; what was published
    before stays then. The night's report lies in the runs directory beside the archive, as HTML and JSON.
    """
    _give_way()
    watched = night_settings.load(night_file)
    registered = load(sources, allow_private=allow_private)
    by = cluster_options.crawler(cluster, storage) or run.crawl
    var = var_directory(db)
    with writing(var):
        asked = {"OGI_SOURCES": str(sources), "OGI_ALLOW_PRIVATE": allow_private} | settings
        night = run_night(db, registered, asked, watched, by)
        told = night.told()
        text = print_night(told)
        for sentence in tell(told, text, watched):
            night.warnings.append(sentence)
            say(f"ogi: {sentence}.", err=True)
        try:
            said = f"the report is {write_report(var / 'runs', night.told())}"
        except OSError as error:
            night.alarms.append("the report could not be written")
            said = f"the report could not be written, {error.strerror}"
    say(f"{db}: {told['said']}; {said}.")
    ctx.exit(night.exit_status)


def _give_way() -> None:
    """Lets readers of the portal on the same machine go first, whatever session each of them belongs to."""
    os.nice(max(0, NICE - os.nice(0)))
    # Linux shares its cores among sessions first, and only within one by priority (sched(7), autogroup). A session that
    # this night did not begin is someone's shell, which would stay slow after it.
    if os.getsid(0) == os.getpid():
        with suppress(OSError):  # not Linux, or not allowed here
            AUTOGROUP.write_text(str(NICE))


def run_night(
    db: Path, sources: Sequence[Source], crawl_settings: Mapping[str, Any], watched: NightSettings, by: Crawler
) -> Night:
    """Goes through the steps of a night on the archive published at `db`; what they do is in the night's report.

    `by` does the crawling, as in `ogi.crawling.crawl`.
    """
    night, var = Night(), var_directory(db)
    night.take("check", lambda: _check(night, db, watched))
    night.take("crawl", lambda: _crawl(night, db, sources, crawl_settings, watched, by))
    with ExitStack() as prepared:
        made: list[Candidate] = []
        night.take("prepare", lambda: _prepare(night, db, prepared, made))
        night.take("try the portal", lambda: _try(made[0].path))
        night.take("extract", lambda: _extract(night, made[0].path, var / "extracts"))
        night.take(PUBLISH, lambda: _publish(made[0]))
    if (directory := watched.backup) is not None:
        night.take("backup", lambda: _back_up(db, directory))
    if alarm := length_alarm(night.seconds, watched.thresholds):
        night.alarms.append(alarm)
    return night


def _check(night: Night, db: Path, watched: NightSettings) -> str:
    """Whether this night may begin: room on the disk, and a working archive that is whole."""
    var = var_directory(db)
    night.free_bytes = shutil.disk_usage(var).free
    if alarm := space_alarm(night.free_bytes, watched.thresholds):
        night.alarms.append(alarm)
        raise UserError(f"{var}: {alarm}; make room and run again.")
    if db.exists():
        open_published(db).close()
    working = var / "working.db"
    with Archive(working) as archive, database_errors(working):
        (found,) = archive.db.execute("PRAGMA quick_check").fetchone()
        if found != "ok":
            raise ArchiveError(f"{working}: the database is damaged ({found}); bring it back with `ogi restore`.")
        before = archive.db.execute("SELECT command, started FROM runs WHERE ended IS NULL ORDER BY id").fetchall()
    night.warnings += [f"the run `{run}` of {started} never came to its end" for run, started in before[-1:]]
    return f"{night.free_bytes / GIGABYTE:.1f} GB free, the working archive is whole"


def _crawl(
    night: Night,
    db: Path,
    sources: Sequence[Source],
    crawl_settings: Mapping[str, Any],
    watched: NightSettings,
    by: Crawler,
) -> str:
    result, night.crawl = collect(db, sources, dict(crawl_settings), by)
    night.alarms += alarms_of(night.crawl, watched.thresholds)
    night.warnings += result.warnings
    return f"{len(sources)} sources, {result.responses:,} answers, {result.bytes:,} bytes"


def _prepare(night: Night, db: Path, prepared: ExitStack, made: list[Candidate]) -> str:
    """The rules across reports, the tables for readers, and the integrity check, on a copy that nobody sees."""
    made.append(prepared.enter_context(candidate(var_directory(db) / "working.db", db)))
    night.published = asdict(made[0].counts)
    return f"{made[0].counts.reports:,} reports, {made[0].counts.figures:,} figures, checked"


def _try(path: Path) -> str:
    if problems := smoke(path):
        raise UserError(f"the portal does not answer as it should: {'; '.join(problems)}.")
    return "its main pages answer"


def _extract(night: Night, path: Path, directory: Path) -> str:
    with database_errors(path), closing(open_published(path)) as db:
        files = write_extracts(db, directory, lambda _: None)
    night.extracts = [asdict(file) for file in files]
    return f"{len(files)} files, {sum(file.size for file in files):,} bytes"


def _publish(made: Candidate) -> str:
    made.take_place()
    return f"{made.published}, {made.counts.size:,} bytes"


def _back_up(db: Path, directory: Path) -> str:
    made = back_up(db, directory, lambda _: None)
    return f"{made.files} files, {made.size:,} bytes in {made.directory}"
