"""Who crawls the shards: workers of a Dask cluster, processes on this machine, or whoever another scheduler starts."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Protocol

import msgspec
from distributed import Client, Future, LocalCluster, Security, wait
from distributed.comm.addressing import parse_address, parse_host_port

from crawler.addresses import literal_address
from ogi.cluster.shard import Order
from ogi.errors import UserError

RETRIES = 3  # of a shard that fails; one whose worker dies is given to another as often
CONNECT_SECONDS = 30
_COUNTED = re.compile(r"(local|shards):([1-9]\d{0,3})")


class Crew(Protocol):
    """Those who crawl shards: `shards` is how many they take at a time, `here` whether that is on this machine."""

    shards: int
    here: bool

    def start(self, order: Order) -> None:
        """Has a shard crawled."""

    def wait(self, seconds: float) -> list[str]:
        """Waits until a shard is done, so many seconds at most; says why shards were given up, a sentence each."""


class Dask:
    """The workers of a Dask cluster."""

    def __init__(self, client: Client, *, here: bool) -> None:
        self.client = client
        self.here = here
        self.shards = sum(client.nthreads().values())
        self._open: list[Future[Any]] = []

    def start(self, order: Order) -> None:
        """Gives a shard to a worker; when that one dies, to another."""
        self._open.append(self.client.submit(run_order, msgspec.json.encode(order), pure=False, retries=RETRIES))

    def wait(self, seconds: float) -> list[str]:
        """As `Crew` has it."""
        if not self._open:
            time.sleep(seconds)
            return []
        try:
            wait(self._open, timeout=seconds, return_when="FIRST_COMPLETED")
        except TimeoutError:
            return []
        done = [future for future in self._open if future.done()]
        self._open = [future for future in self._open if future not in done]
        return [_said(future.exception()) for future in done if future.status == "error"]


class Others:
    """Whoever runs `ogi crawl --shard K/N`: how they fare shows in the storage alone."""

    here = False

    def __init__(self, shards: int) -> None:
        self.shards = shards

    def start(self, order: Order) -> None:
        """Somebody will."""

    def wait(self, seconds: float) -> list[str]:
        """As `Crew` has it."""
        time.sleep(seconds)
        return []


@contextmanager
def hired(address: str) -> Iterator[Crew]:
    """The crew at an address: `local:N`, `shards:N`, or a Dask scheduler's, with the certificates that Dask's own
    configuration names. Raises UserError where there is none, or where the way to it is not encrypted."""
    counted = _COUNTED.fullmatch(address)
    if counted and counted[1] == "shards":
        yield Others(int(counted[2]))
        return
    with ExitStack() as opened:
        client = opened.enter_context(_local(int(counted[2])) if counted else connected(address))
        yield Dask(client, here=bool(counted))


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the Dask scheduler at an address, or of one made for `local:N`; raises UserError as `hired` does."""
    counted = _COUNTED.fullmatch(address)
    if counted and counted[1] == "local":
        with _local(int(counted[2])) as client:
            yield client
        return
    try:
        scheme, location = parse_address(address)
        host, _ = parse_host_port(location)
    except ValueError as error:
        raise UserError(f"{address}: no scheduler's address; write tls://HOST:8786, local:N or shards:N.") from error
    if scheme != "tls" and not _is_here(host):
        raise UserError(
            f"{address}: the way there is not encrypted; use tls:// and name the certificates as Dask does."
        )
    try:
        client = Client(address, timeout=CONNECT_SECONDS)
    except (OSError, TimeoutError, ValueError, TypeError, RuntimeError) as error:
        raise UserError(f"{address}: no Dask scheduler answers there ({_said(error)}).") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError as error:
            raise UserError(f"{address}: the scheduler has no workers; start some: dask worker {address}.") from error
        yield client


@contextmanager
def _local(processes: int) -> Iterator[Client]:
    with (
        LocalCluster(
            n_workers=processes,
            threads_per_worker=1,
            memory_limit=0,  # what uses memory are the readers, which have their own limits
            dashboard_address=None,
            security=Security.temporary(),
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def run_order(order: bytes) -> None:
    """Has a process of its own crawl a shard: Scrapy's reactor runs once a process. Raises RuntimeError, with the
    sentence that says why, where it does not come to its end.

    The process ends when this one does, for then another worker is told to crawl the shard.
    """
    run_child("ogi.cluster.shard", order)


def run_child(module: str, order: bytes) -> bytes:
    """Runs a module with an order on its standard input, and returns what it printed."""
    command = [sys.executable, "-m", module]
    # Ctrl-C is for the one who waits; the child ends when its input does.
    with subprocess.Popen(  # noqa: S603  # our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(order + b"\n")
        process.stdin.flush()
        printed = process.stdout.read()
        if process.wait() != 0:
            raise RuntimeError(printed.decode(errors="replace").strip() or f"it ended with status {process.returncode}")
    return printed


def _is_here(host: str) -> bool:
    address = literal_address(host)
    return host == "localhost" if address is None else address.is_loopback


def _said(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
