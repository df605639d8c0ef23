"""Reads kept pages out of their WARC files and lays them out, in a process of its own that may be killed."""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
import resource
import signal
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessPool

from archive.errors import ArchiveError
from archive.kept.evidence import Page
from archive.kept.page import LaidPage, lay_out
from archive.kept.warc import KeptResponse, read_record

SECONDS = 40  # LibreOffice needs some of them for an old Word file
MEGABYTES = 1536
PAGES_A_PROCESS = 200
REMEMBERED = 32  # laid pages, a few of which are pictures of a megabyte


@dataclass(frozen=True, slots=True)
class Unshown:
    """Why a kept page cannot be shown: the name of the words that say so, and what the reader said of it."""

    words: str
    said: str = ""


class KeptPages:
    """The kept pages of an archive, whose WARC files are in `directory`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._laid: OrderedDict[tuple[str | None, ...], LaidPage] = OrderedDict()
        self._pool: ProcessPool | None = None
        self._lock = threading.Lock()

    async def read(self, page: Page) -> KeptResponse | Unshown:
        """The bytes as they were fetched, their digest verified."""
        return await asyncio.to_thread(self._read, page)

    def _read(self, page: Page) -> KeptResponse | Unshown:
        if not (self.directory / Path(page.warc).name).is_file():
            return Unshown("evidence.no_warc")
        try:
            kept = read_record(self.directory, page.warc, page.offset)
        except ArchiveError:
            return Unshown("evidence.damaged")
        if len(kept.body) != page.length or hashlib.sha256(kept.body).hexdigest() != page.sha256:
            return Unshown("evidence.damaged")
        return kept

    async def lay(
        self, page: Page, place: str | None = None, at: str | None = None, sentence: str | None = None
    ) -> LaidPage | Unshown:
        """The page as a reader may look at it, the cell at `place` or the sentence marked."""
        asked = (page.sha256, place, at, sentence)
        if asked in self._laid:
            self._laid.move_to_end(asked)
            return self._laid[asked]
        kept = await self.read(page)
        if isinstance(kept, Unshown):
            return kept
        arguments = (kept.content, kept.content_type, page.url, place, at, sentence)
        future = self._started().schedule(lay_out, args=arguments, timeout=SECONDS)
        try:
            laid = await asyncio.wrap_future(future)
        except TimeoutError:
            return Unshown("evidence.too_slow")
        except ArchiveError as error:
            return Unshown("evidence.unreadable", str(error))
        except Exception as error:  # noqa: BLE001  # whatever a library stumbles over in a document, or its process dying
            return Unshown("evidence.unreadable", type(error).__name__)
        self._laid[asked] = laid
        while len(self._laid) > REMEMBERED:
            self._laid.popitem(last=False)
        return laid

    def close(self) -> None:
        """Ends the process, if one was started."""
        with self._lock:
            if self._pool is not None:
                self._pool.stop()
                self._pool.join()
                self._pool = None

    def _started(self) -> ProcessPool:
        with self._lock:
            if self._pool is None or not self._pool.active:
                context = multiprocessing.get_context("forkserver")  # fork is not safe in a process that runs threads
                context.set_forkserver_preload(["archive.kept.page"])
                self._pool = ProcessPool(1, max_tasks=PAGES_A_PROCESS, initializer=_prepare, context=context)
            return self._pool


def _prepare() -> None:
    """In the process: Ctrl-C is for the server to decide, and memory has an end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    most = MEGABYTES << 20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
