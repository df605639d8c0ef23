"""Crawls one shard: an ordinary crawl on a piece of the archive, which it brings to the storage parcel by parcel."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import sys
import threading
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import msgspec
from scrapy import Request
from scrapy.utils.asyncio import create_looping_call

from archive.errors import ArchiveError
from archive.kept.warc import KeptResponse, WarcFile, WarcWriter, read_record
from archive.publish import var_directory
from archive.reader import reader_digest
from archive.schema import add_row
from archive.store import Archive, Snapshot
from crawler import settings as usual
from crawler.addresses import host_of
from crawler.failures import Objected
from crawler.ledger import RunLedger
from crawler.middlewares import ledger_of
from crawler.run import crawl
from crawler.sources import Source, shard, shard_of
from crawler.visits import Visit
from ogi.cluster.piece import EndLine, Gathered, KeptLine, Line, Piece, VisitedLine, decoded, encoded
from ogi.cluster.storage import Storage
from ogi.errors import UserError, as_user_error
from ogi.terminal import say

PLAN = "crawl/plan.json"
EXTENSIONS = usual.EXTENSIONS | {"crawler.ledger.RunLedger": None, "ogi.cluster.shard.ShardLedger": 10}
_PARCEL = ".jsonl.gz"
_WARC = re.compile(r"[\w-]+\.warc\.gz")


class Plan(msgspec.Struct):
    """The crawl that is under way: the directory of its shards, into how many the registry is cut, when it began.

    `sources` and `reader` are the digests of the registry and of the parsers.
    """

    directory: str
    run_id: int
    shards: int
    sources: str
    reader: str
    started: str


class Order(msgspec.Struct):
    """What a shard's crawler is told: the shard `number` of `shards`, whose parcels lie in `directory`.

    `sources` is the whole registry, and `only` names those of the shard to visit where these are not all.
    """

    storage: str
    directory: str
    run_id: int
    reader: str
    started: str
    number: int
    shards: int
    sources: list[Source]
    settings: dict[str, Any]
    only: list[str] | None = None

    @property
    def visited(self) -> list[Source]:
        """The sources to visit."""
        own = shard(self.sources, self.number, self.shards)
        return own if self.only is None else [source for source in own if source.id in self.only]

    def owns(self, host: str) -> bool:
        """Whether the shard may ask a host."""
        return shard_of(host, self.shards) == self.number


def parcel_seconds(settings: Mapping[str, Any]) -> float:
    """How often a shard brings a parcel to the storage: a killed one loses what came since the last."""
    return float(settings.get("OGI_PARCEL_SECONDS", 30))


class ShardLedger(RunLedger):
    """The ledger of a shard's run, which also brings what is due to the storage."""

    def __init__(self, crawler: Any) -> None:
        self.order: Order = crawler.settings["OGI_SHARD"]
        super().__init__(crawler)
        self.archive: Piece
        self.left: set[str] = set()
        self._storage = Storage(self.order.storage)
        self._attempt: str = crawler.settings["OGI_ATTEMPT"]
        self._concluded: set[str] = set()
        self._brought: set[str] = set()
        self._parcels = 0
        self._beat = create_looping_call(self._deliver_or_stop)

    def registered(self) -> list[Source]:
        """The whole registry: a report may offer a document that lies on any registered site."""
        return self.order.sources

    def open_archive(self) -> Piece:
        """The piece."""
        return Piece(var_directory(self._db) / "working.db")

    def open_warc(self, run_id: int) -> WarcWriter:  # noqa: ARG002  # of the piece; the files are called after ours
        """Files that no other shard and no other attempt writes."""
        series = f"run{self.order.run_id:06d}-{self._attempt}"
        return WarcWriter(self.warc_directory, self.order.run_id, known=self.archive.kept_bytes, series=series)

    def read_kept(self, snapshot: Snapshot) -> KeptResponse:
        """A kept answer, from here or from the storage."""
        return read_record(_HereOrThere(self.warc_directory, self._storage), snapshot.warc, snapshot.offset)

    def spider_opened(self, spider: Any) -> None:
        """Begins the run, and to bring parcels."""
        super().spider_opened(spider)
        self._beat.start(parcel_seconds(self.order.settings), now=False)

    def spider_closed(self, reason: str) -> None:
        """Brings the last parcel and ends the run."""
        result = self.result
        if self._beat.running:
            self._beat.stop()
        if result is not None and result.problem is None:
            try:
                if reason == "finished":
                    self._record(visit for visit in self.visits.values() if visit.source.id not in self._concluded)
                    said = EndLine(result.responses, result.not_modified, result.bytes, sorted(self.left))
                    self.archive.end(said)
                self._deliver()
            except ArchiveError as error:
                result.problem = str(error)
        super().spider_closed(reason)

    def _record(self, visits: Iterable[Visit]) -> None:
        """Visits that are done: what they brought is due, unless they led to hosts that others ask."""
        done = list(visits)
        super()._record(done)
        for visit in done:
            self._concluded.add(visit.source.id)
            if visit.source.id not in self.left:
                ruling = visit.rule()
                said = VisitedLine(visit.source.id, ruling.state, ruling.evidence, visit.figures, visit.warnings())
                self.archive.conclude(said)

    def _deliver_or_stop(self) -> None:
        try:
            self._deliver()
        except ArchiveError as error:
            self.stop(str(error))

    def _deliver(self) -> None:
        """Brings what is due to the storage: the WARC files first, so that no line speaks of one that is not there."""
        if self._storage.read(f"{self.order.directory}/owner") != self._attempt.encode():
            raise ArchiveError(f"{self.order.storage}: another process has taken over shard {self.order.number}.")
        numbers, lines = self.archive.due()
        if not numbers:
            return
        self.warc.close()
        for file in sorted(self.warc_directory.glob("*.warc.gz")):
            if file.name not in self._brought:
                self._storage.put(file, f"warc/{file.name}")
                self._brought.add(file.name)
        self._parcels += 1
        store_parcel(self._storage, f"{self.order.directory}/{self._attempt}-{self._parcels:06d}", lines)
        self.archive.delivered(numbers)


class Ownership:
    """Lets no request through to a host that another shard asks; whoever led there is left to the end of the crawl."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._order: Order = crawler.settings["OGI_SHARD"]

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """The one of a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises Objected for another shard's host. A robots.txt that redirects to one is asked for there."""
        if self._order.owns(host_of(request.url)) or request.meta.get("dont_obey_robotstxt"):
            return
        ledger = ledger_of(self._crawler)
        assert isinstance(ledger, ShardLedger)
        ledger.left.add(request.meta["source"])
        raise Objected("another shard asks this host")


class _HereOrThere:
    """The WARC files of a shard: those that were not brought to the storage yet are here."""

    def __init__(self, here: Path, there: Storage) -> None:
        self._here = here
        self._there = there

    def __truediv__(self, name: str) -> WarcFile:
        here = self._here / name
        return here if here.exists() else self._there / name


def registry_digest(sources: Sequence[Source]) -> str:
    """What tells whether two machines crawl the same registry."""
    return hashlib.sha256(msgspec.json.encode(sources)).hexdigest()[:16]


def order_for(given: tuple[int, int], url: str, sources: list[Source], settings: Mapping[str, Any]) -> Order:
    """The order to crawl shard K of N of the crawl that is under way in the storage; raises UserError where there is
    none, or one of another registry or another N."""
    number, shards = given
    found = Storage(url).read(PLAN)
    if found is None:
        raise UserError(
            f"{url}: no crawl waits for shards there; begin one with `ogi crawl --cluster shards:{shards}`."
        )
    plan = msgspec.json.decode(found, type=Plan)
    if plan.shards != shards:
        raise UserError(f"{url}: the crawl there is cut into {plan.shards} shards, not {shards}.")
    if plan.sources != registry_digest(sources):
        raise UserError(f"{url}: the crawl there is of another registry; give every shard the writer's own file.")
    directory = f"{plan.directory}/{number:03d}"
    return Order(url, directory, plan.run_id, plan.reader, plan.started, number, shards, sources, dict(settings))


def require_reader(reader: str) -> None:
    """Raises ArchiveError where the writer's parsers are not those of this machine: it would take the readings for its
    own."""
    if reader != reader_digest():
        raise ArchiveError("this machine reads with another version than the writer; install the same one on all.")


def crawl_shard(order: Order) -> None:
    """Crawls a shard to its end, or to where it was before it was killed; once a process.

    Raises ArchiveError where the storage or the disk fails, the crawl was stopped, or this is another version than the
    writer's.
    """
    require_reader(order.reader)
    storage = Storage(order.storage)
    attempt = f"{order.number:03d}-{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
    before = storage.read(f"{order.directory}/owner")
    storage.write(f"{order.directory}/owner", attempt.encode())
    if before is not None:
        time.sleep(
            parcel_seconds(order.settings)
        )  # it may be alive, and then learns that the shard is no longer its own
    with _scratch(order) as scratch:
        visited = _begin(order, storage, scratch / "archive.var" / "working.db")
        if visited is None:
            return
        if not visited:
            store_parcel(storage, f"{order.directory}/{attempt}-000001", encoded(EndLine(0, 0, 0, [])))
            return
        result = crawl(
            visited,
            {
                **order.settings,
                "OGI_DB": str(scratch / "archive.db"),
                "OGI_SHARD": order,
                "OGI_ATTEMPT": attempt,
                "EXTENSIONS": EXTENSIONS,
                "DOWNLOADER_MIDDLEWARES": usual.DOWNLOADER_MIDDLEWARES | {"ogi.cluster.shard.Ownership": 40},
            },
        )
        if not result.finished:
            raise ArchiveError("the crawl of the shard was stopped before its end; what it has brought in is kept.")


def _begin(order: Order, storage: Storage, working: Path) -> list[Source] | None:
    """Makes the piece: the seed, and what was brought in before the shard was killed. Returns the sources that are
    still to visit; None where the shard has come to its end already."""
    working.parent.mkdir(parents=True)
    seed = working.with_name("seed.gz")
    storage.get(f"{order.directory}/seed.db.gz", seed)
    with gzip.open(seed) as packed, working.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked)
    seed.unlink()
    gathered = Gathered()
    found = parcels(storage, order.directory)
    with Archive(working) as archive:
        if found:
            run_id = add_row(archive.db, "runs", {"command": "crawl", "started": order.started, "finished": 0})
            for name in found:
                with archive.db.atomic():
                    gathered.bring_in(read_parcel(storage, name), archive, run_id)
    if gathered.ends:
        return None
    return [source for source in order.visited if source.id not in gathered.visits]


def parcels(storage: Storage, directory: str) -> list[str]:
    """The names of a shard's parcels, in the order in which they were brought."""
    return [f"{directory}/{name}" for name in storage.sizes(directory) if name.endswith(_PARCEL)]


def store_parcel(storage: Storage, name: str, lines: bytes) -> None:
    """Brings a parcel to the storage."""
    storage.write(name + _PARCEL, gzip.compress(lines))


def read_parcel(storage: Storage, name: str) -> list[Line]:
    """The lines of a parcel; raises ArchiveError where they cannot be read, or speak of what is no WARC file."""
    try:
        lines = decoded(gzip.decompress(storage.read(name) or b""))
    except (OSError, EOFError, msgspec.MsgspecError) as error:
        raise ArchiveError(
            f"{storage.url}/{name}: no parcel that this version can read ({error}); the same one must run everywhere."
        ) from error
    for line in lines:
        if isinstance(line, KeptLine) and not _WARC.fullmatch(line.snapshot.warc):
            raise ArchiveError(f"{storage.url}/{name}: {line.snapshot.warc!r} is not the name of a WARC file.")
    return lines


@contextmanager
def _scratch(order: Order) -> Iterator[Path]:
    """A directory for the piece, which does not outlive the process unless that is killed."""
    with TemporaryDirectory(prefix=f"ogi-shard-{order.number}-") as directory:
        _scratches.append(directory)
        yield Path(directory)


_scratches: list[str] = []


def main() -> int:
    """What a worker starts: reads an order from standard input and crawls; ends when the input does, for then the
    worker has died, and another one may have been told to crawl the shard."""
    received = b""
    while not received.endswith(b"\n"):
        received += os.read(0, 1 << 20) or sys.exit(2)
    threading.Thread(target=_end_with_worker, daemon=True).start()
    try:
        crawl_shard(msgspec.json.decode(received, type=Order))
    except Exception as error:
        told = as_user_error(error)
        if told is None:
            raise
        say(told.message)
        return 2
    return 0


def _end_with_worker() -> None:
    while os.read(0, 1024):
        pass
    for directory in _scratches:
        shutil.rmtree(directory, ignore_errors=True)
    os._exit(3)


if __name__ == "__main__":
    sys.exit(main())
