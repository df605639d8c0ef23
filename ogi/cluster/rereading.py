"""Reads kept documents again on a cluster, batch by batch; the one who asks stores them, in their order."""

from __future__ import annotations

import sys
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from distributed import Future
from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.kept.warc import Place, read_record
from archive.reader import reader_digest
from archive.storing.reading import Reading, begin, joined
from archive.storing.rereading import Item, Reread, places
from ogi.cluster.shard import require_reader
from ogi.cluster.storage import Storage, share_warc
from ogi.cluster.workers import RETRIES, connected, run_child
from ogi.errors import UserError
from ogi.terminal import say
from parsers.model import SourceHint
from parsers.workers import Readers

BATCH = 400  # items: a few seconds of reading, beside which the start of a process is short
AHEAD = 2  # batches for each worker


class Batch(msgspec.Struct):
    """Documents to read, as `storage` holds them: each item's places, and what is known of it."""

    storage: str
    reader: str
    items: list[tuple[list[Place], SourceHint]]


Answers = list[tuple[Reading, list[int]] | str]


@dataclass(frozen=True, slots=True)
class ClusterRereader:
    """Reads again on the cluster at an address; `storage` is None where that is this machine."""

    address: str
    storage: str | None

    def __call__(self, db: Database, warc: Path, work: list[Item]) -> Iterator[Reread]:
        """A Rereader of `archive.storing.rereading`. Raises UserError where the cluster or a batch fails for good."""
        if self.storage is None and not self.address.startswith("local:"):
            raise UserError("a cluster needs storage that all its machines reach; name it with --storage.")
        storage = Storage(self.storage or str(warc.parent.absolute()))
        share_warc(storage, warc)
        with connected(self.address) as client:
            most = AHEAD * sum(client.nthreads().values())
            held: deque[tuple[list[Item], Future[Any]]] = deque()
            for start in range(0, len(work), BATCH):
                items = work[start : start + BATCH]
                batch = Batch(storage.url, reader_digest(), [(places(db, item), item.hint) for item in items])
                held.append((items, client.submit(read_batch, msgspec.json.encode(batch), pure=False, retries=RETRIES)))
                if len(held) > most:
                    yield from _answered(*held.popleft())
            while held:
                yield from _answered(*held.popleft())


def _answered(items: list[Item], future: Future[Any]) -> Iterator[Reread]:
    try:
        answers = msgspec.json.decode(zlib.decompress(future.result()), type=Answers)
    except RuntimeError as error:
        raise UserError(f"the cluster could not read on: {error}; what was read is stored, run it again.") from error
    return zip(items, answers, strict=True)


def read_batch(batch: bytes) -> bytes:
    """Has a process of its own read a batch: workers may have no processes of their own, and the readers need some."""
    return zlib.compress(run_child("ogi.cluster.rereading", batch), 1)


def _read(batch: Batch) -> Answers:
    require_reader(batch.reader)
    storage = Storage(batch.storage)
    waiting: list[Any] = []
    with Readers(1) as readers:
        for found, hint in batch.items:
            try:
                kept = [read_record(storage, *place).document for place in found]
            except ArchiveError as error:
                waiting.append(str(error))
            else:
                waiting.append(begin(readers, kept, hint))
        return [each if isinstance(each, str) else joined([answer.result() for answer in each]) for each in waiting]


def main() -> int:
    """What a worker starts: reads a batch from standard input, and prints the readings, or why there are none."""
    try:
        answers = _read(msgspec.json.decode(sys.stdin.buffer.readline(), type=Batch))
    except ArchiveError as error:
        say(error)
        return 2
    sys.stdout.buffer.write(msgspec.json.encode(answers))
    return 0


if __name__ == "__main__":
    sys.exit(main())
