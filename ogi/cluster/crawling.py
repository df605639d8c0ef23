"""The writer of a crawl on a cluster: cuts the registry into shards, brings in what they bring, and ends the run."""

from __future__ import annotations

import gzip
import json
import shutil
import time
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from archive.errors import ArchiveError
from archive.publish import var_directory
from archive.reader import reader_digest
from archive.states import Outcome, SourceState
from archive.store import Archive
from crawler.ledger import registry_line
from crawler.run import Progress, RunResult
from crawler.sources import Source
from crawler.visits import Ruling
from ogi.cluster.piece import Gathered, KeptLine
from ogi.cluster.seeds import cut
from ogi.cluster.shard import PLAN, Order, Plan, parcel_seconds, parcels, read_parcel, registry_digest
from ogi.cluster.storage import Storage, share_warc
from ogi.cluster.workers import Crew, hired, run_order
from ogi.errors import UserError

OnProgress = Callable[[Progress], None]
LEFT = "left"  # the shard of those that lead to hosts of several
SILENT_HOURS = 12  # after which nobody is at work on a shard any more: those that are bring something each minute
_NOT_REACHED = {"reason": "the run was stopped before this source was done"}


@dataclass(slots=True)
class Writer:
    """Brings parcels into the archive, each once: which these were is written with what they held."""

    archive: Archive
    storage: Storage
    run_id: int
    brought: dict[str, int] = field(default_factory=dict)
    gathered: Gathered = field(default_factory=Gathered)

    def bring_in(self, directory: str) -> bool:
        """Brings in what has come of a shard; returns whether that was its end. Raises ArchiveError."""
        ends = len(self.gathered.ends)
        for name in parcels(self.storage, directory):
            attempt, _, number = name.removesuffix(".jsonl.gz").rpartition("-")
            if int(number) <= self.brought.get(attempt, 0):
                continue
            lines = read_parcel(self.storage, name)
            for file in sorted({line.snapshot.warc for line in lines if isinstance(line, KeptLine)}):
                self.storage.get(f"warc/{file}", self.archive.path.with_name("warc") / file)
            with self.archive.db.atomic():
                self.gathered.bring_in(lines, self.archive, self.run_id)
                self.brought[attempt] = int(number)
                said = json.dumps({"brought": self.brought})
                self.archive.db.table("runs").update(self.run_id, {"summary": said})
        return len(self.gathered.ends) > ends


@dataclass(frozen=True, slots=True)
class ClusterCrawl:
    """Crawls as `crawler.run.crawl` does, on the cluster at an address (`ogi.cluster.workers.hired`).

    `storage` is the address of the shared storage; None where all is done on this machine, beside the archive.
    """

    address: str
    storage: str | None = None

    def __call__(self, sources: list[Source], settings: Mapping[str, Any], on_progress: OnProgress) -> RunResult:
        """Crawl `sources` and return what came of it. Raises ArchiveError or UserError, with what was brought in kept,
        where the storage, the archive or a shard fails for good."""
        working = var_directory(Path(settings["OGI_DB"])) / "working.db"
        with hired(self.address) as crew, Archive(working) as archive:
            if self.storage is None and not crew.here:
                raise UserError("a cluster needs storage that all its machines reach; name it with --storage.")
            storage = Storage(self.storage or str(working.parent.absolute()))
            _bring_in_left_over(archive, storage, parcel_seconds(settings))
            share_warc(storage, working.with_name("warc"))
            run_id = archive.begin_run("crawl")
            archive.register(registry_line(source) for source in sources)
            never = {source.id: (SourceState.NOT_RUN, _NOT_REACHED) for source in sources}
            archive.set_states(run_id, never)
            run = _Run(archive, storage, sources, settings, run_id, on_progress)
            return run.result(run.crawl(crew))


class _Run:
    """One run: its shards, and what is still to come of them."""

    def __init__(
        self,
        archive: Archive,
        storage: Storage,
        sources: list[Source],
        settings: Mapping[str, Any],
        run_id: int,
        on_progress: OnProgress,
    ) -> None:
        self._parcel_seconds = parcel_seconds(settings)
        self._archive = archive
        self._storage = storage
        self._sources = sources
        self._settings = dict(settings)
        self._log = Path(self._settings.pop("LOG_FILE"))
        self._on_progress = on_progress
        self._writer = Writer(archive, storage, run_id)
        (self._started,) = archive.db.execute("SELECT started FROM runs WHERE id = ?", [run_id]).fetchone()
        self._begun = archive.unfinished_since(run_id)
        self._directory = f"crawl/run{run_id:06d}-{uuid.uuid4().hex[:8]}"

    def crawl(self, crew: Crew) -> str | None:
        """Has all shards crawled; returns why that was not done, None where it was."""
        run_id, shards = self._writer.run_id, crew.shards
        orders = [self._order(number, shards, here=crew.here) for number in range(1, shards + 1)]
        for order in orders:
            self._seed(order, self._begun)
        plan = Plan(self._directory, run_id, shards, registry_digest(self._sources), reader_digest(), self._started)
        self._storage.write(PLAN, msgspec.json.encode(plan))
        for order in orders:
            crew.start(order)
        waiting = {order.directory: order for order in orders}
        given_up: list[str] = []
        silent = float(self._settings.get("OGI_SILENT_HOURS", SILENT_HOURS))
        heard, parcels_then = time.monotonic(), 0
        while waiting and len(given_up) < len(waiting):
            given_up += crew.wait(min(self._parcel_seconds, 5))
            for directory in list(waiting):
                if self._writer.bring_in(directory):
                    del waiting[directory]
            if parcels_then != (parcels_now := sum(self._writer.brought.values())):
                heard, parcels_then = time.monotonic(), parcels_now
            elif time.monotonic() - heard > silent * 3600:
                given_up += [f"nothing has come of them in {silent:g} hours."] * len(waiting)
            self._tell()
        if waiting:
            numbers = ", ".join(str(order.number) for order in waiting.values())
            return f"of {shards} shards, {numbers} did not come to an end: {given_up[0]}"
        return self._crawl_left()

    def _crawl_left(self) -> str | None:
        """Crawls, alone, the sources that led to hosts of several shards; what was answered is not asked again."""
        left = sorted({source for end in self._writer.gathered.ends for source in end.left})
        if not left:
            return None
        order = self._order(1, 1, here=True, only=left)
        self._seed(order, self._begun or self._started)
        try:
            run_order(msgspec.json.encode(order))
        except RuntimeError as error:
            return f"the sources that lead to several shards were not crawled: {error}"
        self._writer.bring_in(order.directory)
        self._tell()
        return None

    def _order(self, number: int, shards: int, *, here: bool, only: list[str] | None = None) -> Order:
        name = f"{number:03d}" if only is None else LEFT
        log = {"LOG_FILE": str(self._log.with_name(f"{self._log.stem}-{name}.log").absolute())} if here else {}
        return Order(
            storage=self._storage.url,
            directory=f"{self._directory}/{name}",
            run_id=self._writer.run_id,
            reader=reader_digest(),
            started=self._started,
            number=number,
            shards=shards,
            sources=self._sources,
            settings={**self._settings, **log},
            only=only,
        )

    def _seed(self, order: Order, begun: str | None) -> None:
        with TemporaryDirectory(prefix="ogi-seed-") as scratch:
            seed, packed = Path(scratch) / "seed.db", Path(scratch) / "seed.db.gz"
            cut(self._archive.path, seed, order.owns, [source.id for source in order.visited], begun)
            with seed.open("rb") as read, gzip.open(packed, "wb", compresslevel=1) as written:
                shutil.copyfileobj(read, written)
            self._storage.put(packed, f"{order.directory}/seed.db.gz")

    def _tell(self) -> None:
        visits = self._writer.gathered.visits
        for source, visit in list(visits.items())[-1:]:
            self._on_progress(
                Progress(
                    sources=len(self._sources),
                    sources_done=len(visits),
                    pages=sum(each.evidence.get("pages", 0) for each in visits.values()),
                    reports=sum(sum(each.evidence.get("outcomes", {}).values()) for each in visits.values()),
                    failures=sum(each.evidence.get("failed", 0) for each in visits.values()),
                    source=visit.source_id if visit else source,
                )
            )

    def result(self, problem: str | None) -> RunResult:
        """What the run did; ends it. Raises ArchiveError where it did not come to its end."""
        gathered, archive = self._writer.gathered, self._archive
        result = RunResult(self._writer.run_id, finished=problem is None, problem=problem)
        for source in self._sources:
            visit = gathered.visits.get(source.id)
            if visit is None:
                result.states[source.id] = Ruling(SourceState.NOT_RUN, dict(_NOT_REACHED))
                continue
            result.states[source.id] = Ruling(visit.state, visit.evidence)
            counts = visit.evidence.get("outcomes", {})
            result.outcomes += Counter({Outcome(outcome): count for outcome, count in counts.items()})
            result.figures += visit.figures
            result.warnings += visit.warnings
        result.reports = sum(count for outcome, count in result.outcomes.items() if outcome is not Outcome.UNREADABLE)
        for end in gathered.ends:
            result.responses += end.responses
            result.not_modified += end.not_modified
            result.bytes += end.bytes
        kept = {} if result.finished else {"brought": self._writer.brought}
        archive.end_run(result.run_id, result.finished, result.summary() | kept)
        if problem is not None:
            raise ArchiveError(f"{problem} What was brought in is kept, and the next crawl goes on from there.")
        self._storage.remove(PLAN)
        self._storage.remove(self._directory)
        return result


def _bring_in_left_over(archive: Archive, storage: Storage, seconds: float) -> None:
    """Brings in what the shards of a crawl have stored whose writer did not live to see it."""
    found = storage.read(PLAN)
    if found is None:
        return
    plan = msgspec.json.decode(found, type=Plan)
    row = archive.db.execute("SELECT started, summary FROM runs WHERE id = ?", [plan.run_id]).fetchone()
    if row is None or row[0] != plan.started:
        raise UserError(
            f"{storage.url}: a crawl of another archive, begun {plan.started}, lies there;"
            f" name another storage, or remove {plan.directory} and {PLAN} from this one."
        )
    directories = [f"{plan.directory}/{name}" for name in (*map("{:03d}".format, range(1, plan.shards + 1)), LEFT)]
    writer = Writer(archive, storage, plan.run_id, json.loads(row[1] or "{}").get("brought", {}))
    storage.remove(PLAN)
    for directory in directories:
        storage.remove(f"{directory}/owner")
    time.sleep(seconds)  # shards that are still crawled learn by now that nobody waits for them
    for directory in directories:
        writer.bring_in(directory)
    storage.remove(plan.directory)
