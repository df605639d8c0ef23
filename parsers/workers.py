"""The door in killable worker processes: a document that hangs, swells or crashes costs its report, never the run."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import multiprocessing.forkserver
import os
import queue
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from parsers.documents import sniff
from parsers.model import Report, SourceHint, UnreadableError

DOCUMENTS_A_WORKER = 2_000  # then it is replaced, so that no library's slow leak grows all night
GRACE_SECONDS = 15.0  # for starting a worker and handing over, on top of a document's own time
RECOGNITION = 6.5  # how many times a document's time one may take that may be a scan, with seconds of work a page
HANDOVERS = 3  # how often a document is offered to a worker that dies before it has taken it
_OBJECTS_A_COLLECTION = 10_000
_ASKING = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"})
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class _Job(Generic[_Answer]):
    """A document that waits for a worker: what to call, how long it may take, and whom to tell."""

    read: Callable[..., _Answer | Report]
    arguments: tuple[Any, ...]
    seconds: float
    answer: Future[_Answer | Report] = field(default_factory=Future)


class Readers:
    """Worker processes that read documents under limits of time and memory.

    `processes` documents are read at a time; each has `seconds` of wall clock (pictures and PDF files, which may have
    to be recognised, two and a half times as many) and `megabytes` of address space.
    Workers hold the parsers from the start, and the modules that `holding` names for what else they are called for.
    Every worker has a pebble pool of its own: the workers of one pool share a pipe and its locks, and one killed
    while it holds a lock would take the others with it.

    Leaving the context waits for what was submitted; leaving it by an exception (Ctrl-C among them) kills the workers.
    """

    def __init__(self, processes: int, seconds: float = 60, megabytes: int = 1024, holding: Sequence[str] = ()) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self._jobs: queue.SimpleQueue[_Job[Any] | None] = queue.SimpleQueue()
        self._reading: set[ProcessFuture[Any]] = set()
        self._lock = threading.Lock()
        self._closed = False
        self._killed = False
        _start_forkserver(holding)
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(max(1, processes))]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.kill()

    def submit(
        self, data: bytes, content_type: str | None = None, url: str | None = None, hint: SourceHint | None = None
    ) -> Future[Report]:
        """Read a document as `parsers.parse` does; the future's result is the report or says why there is none.

        The codes of this module are `reader_timeout`, `reader_memory`, `reader_died` and `reader_failed` (the reader
        raised, which is a mistake of ours). The future never holds an exception; it is cancelled by `kill`.
        """
        return self.call(_parse, data, content_type, url, hint)

    def call(self, read: Callable[..., _Answer | Report], *arguments: Any) -> Future[_Answer | Report]:
        """Run any picklable reader in a worker, under the same limits and with the same promises as `submit`.

        The result is what the reader answers, or a report that says why there is none.
        """
        scan = any(isinstance(each, bytes) and _may_be_scan(each) for each in arguments)
        job = _Job(read, arguments, self._seconds * (RECOGNITION if scan else 1))
        with self._lock:
            if self._closed:
                raise RuntimeError("these readers are closed")
            self._jobs.put(job)
        return job.answer

    def close(self) -> None:
        """Read what was submitted, then end the workers. Nothing can be submitted any more."""
        with self._lock:
            if not self._closed:
                self._closed = True
                for _ in self._threads:
                    self._jobs.put(None)
        try:
            for thread in self._threads:
                thread.join()
        except BaseException:  # Ctrl-C while waiting
            self.kill()
            raise

    def kill(self) -> None:
        """End the workers at once; documents that were not read yet have their futures cancelled."""
        with self._lock:
            self._killed = True
            reading = list(self._reading)
        for future in reading:
            future.cancel()
        self.close()

    def _serve(self) -> None:
        """One thread a worker: hands over one document at a time and answers for it."""
        pool: ProcessPool | None = None
        while (job := self._jobs.get()) is not None:
            if self._killed:
                job.answer.cancel()
            if job.answer.cancelled():
                job.answer.set_running_or_notify_cancel()
                continue
            pool = pool or self._new_pool()
            answer, sound = self._read(pool, job)
            for _ in range(HANDOVERS - 1):
                if answer is None and not self._killed:
                    _end(pool)
                    pool = self._new_pool()
                    answer, sound = self._read(pool, job)
            if not sound:
                _end(pool)
                pool = None
            if self._killed:
                job.answer.cancel()
            if job.answer.set_running_or_notify_cancel():
                job.answer.set_result(_died("before it took the document") if answer is None else answer)
        if pool is not None:
            _end(pool)

    def _read(self, pool: ProcessPool, job: _Job[_Answer]) -> tuple[_Answer | Report | None, bool]:
        """The answer (none where the worker died before it took the document), and if the worker is still sound."""
        arguments = (job.seconds, self._megabytes, job.read, job.arguments)
        try:
            future = pool.schedule(_read_within_limits, args=arguments)
        except RuntimeError:  # the worker died while it had nothing to do
            return None, False
        with self._lock:
            self._reading.add(future)
            if self._killed:
                future.cancel()
        try:
            error = future.exception(timeout=job.seconds + GRACE_SECONDS)
        except (CancelledError, TimeoutError) as waited:
            future.cancel()
            return (None if isinstance(waited, CancelledError) else _too_long(job.seconds)), False
        finally:
            with self._lock:
                self._reading.discard(future)
        match error:
            case None:
                answer: _Answer | Report = future.result()
                swollen = isinstance(answer, Report) and any(each.code == "reader_memory" for each in answer.problems)
                return answer, not swollen
            case BrokenProcessPool():
                return None, False
            case ProcessExpired():
                if error.exitcode == -signal.SIGALRM:
                    return _too_long(job.seconds), False
                return _died(_cause(error.exitcode)), False
            case _:
                message = f"The reader failed on this document ({type(error).__name__}: {error})."
                return Report.unreadable("reader_failed", message), False

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=1,
            max_tasks=DOCUMENTS_A_WORKER,
            initializer=_prepare_worker,
            context=multiprocessing.get_context("forkserver"),
        )


def collect_rarely() -> None:
    """Look for garbage in circles less often in this process: what was loaded stays, and little of what comes is such.

    To look for it took a tenth of a crawl, a twentieth of the reading.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS_A_COLLECTION, 10, 10)


# --- in the parent --------------------------------------------------------------------------------------------------


def _start_forkserver(holding: Sequence[str]) -> None:
    """Start the server that workers are forked from: fork is not safe in a process that runs threads or a reactor.

    It holds what workers need already, so that a new worker costs milliseconds; it and its children are born with
    SIGINT blocked, because on Ctrl-C it is the parent that decides.
    """
    multiprocessing.get_context("forkserver").set_forkserver_preload(["__main__", "parsers", *holding])
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        multiprocessing.forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _may_be_scan(data: bytes) -> bool:
    try:
        return sniff(data) in ("pdf", "scan")
    except UnreadableError:
        return False


def _end(pool: ProcessPool) -> None:
    pool.stop()
    pool.join()


def _too_long(seconds: float) -> Report:
    return Report.unreadable("reader_timeout", f"Reading took longer than {seconds:g} seconds and was stopped.")


def _died(how: str) -> Report:
    return Report.unreadable("reader_died", f"The process that read this document died ({how}).")


def _cause(exit_code: int) -> str:
    with contextlib.suppress(ValueError):
        return signal.Signals(-exit_code).name
    return f"exit status {exit_code}"


# --- in the worker --------------------------------------------------------------------------------------------------


def _prepare_worker() -> None:
    """Die at once of SIGTERM and SIGALRM, also inside a C library; leave no core file behind; ask nobody.

    A worker speaks through its report only: what libraries print on standard error when they crash would run into
    the progress bar of the command that the worker works for.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.addaudithook(_refuse_network)
    collect_rarely()


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """What a library would fetch because a document names it, or because a file of its own is missing, is refused."""
    if event in _ASKING or (event == "socket.connect" and isinstance(arguments[1], tuple)):
        raise PermissionError("Reading a document asks nobody on the network.")


def _read_within_limits(
    seconds: float, megabytes: int, read: Callable[..., _Answer | Report], arguments: tuple[Any, ...]
) -> _Answer | Report:
    try:
        with _limits(seconds, megabytes):
            return read(*arguments)
    except MemoryError:
        message = f"Reading needed more than {megabytes} MB of memory and was stopped."
        return Report.unreadable("reader_memory", message)


@contextlib.contextmanager
def _limits(seconds: float, megabytes: int) -> Iterator[None]:
    """Time as an alarm that ends the worker (even when its parent is gone), memory as a limit of the address space.

    Both are off outside of the reading: taking over a large document must not count, and an alarm must not
    strike a worker that is handing in its report.
    """
    before, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, (before, most))


def _parse(data: bytes, content_type: str | None, url: str | None, hint: SourceHint | None) -> Report:
    from parsers import parse

    return parse(data, content_type, url, hint)
