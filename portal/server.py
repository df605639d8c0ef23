"""Serves the archive and turns to the next publication by itself, without refusing a connection."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from portal.edition import Edition, PortalError, Stamp, check

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.5


class Portal:
    """An ASGI application that hands each request to the newest edition of the archive.

    A watcher looks at the file; when another publication has taken its name, it is opened beside the old one, new
    requests go to it, and the old one is closed after its last answer. A file that cannot be served is logged once
    and the old edition stays.
    """

    def __init__(self, db: Path, on_ready: Callable[[], None], contact: str | None = None) -> None:
        self.db = db
        self._contact = contact
        self._on_ready = on_ready
        self.failure: PortalError | None = None
        self._edition: Edition | None = None
        self._retiring: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers one request, or runs the server's life (ASGI)."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        assert self._edition is not None
        await self._edition(scope, receive, send)

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        try:
            self._edition = await Edition.open(self.db, self._contact)
        except PortalError as error:
            self.failure = error
            await send({"type": "lifespan.startup.failed"})
            return
        _set_apart()
        watcher = asyncio.create_task(self._watch())
        await send({"type": "lifespan.startup.complete"})
        self._on_ready()
        await receive()
        watcher.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watcher
        await asyncio.gather(self._edition.retire(), *self._retiring)
        await send({"type": "lifespan.shutdown.complete"})

    async def _watch(self) -> None:
        refused: str | None = None
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            try:
                await self._turn()
                refused = None
            except PortalError as error:
                if str(error) != refused:
                    refused = str(error)
                    logger.warning("The new archive is not shown: %s", error)
            except Exception:
                # whatever a new file does, the watcher must live on and the old edition with it
                logger.exception("The new archive is not shown")

    async def _turn(self) -> None:
        old = self._edition
        assert old is not None
        if Stamp.of(self.db) == old.stamp:
            return
        self._edition = await Edition.open(self.db, self._contact)
        logger.info("Now showing the archive published at %s", self.db)
        retiring = asyncio.create_task(_let_go(old))
        self._retiring.add(retiring)
        retiring.add_done_callback(self._retiring.discard)


def serve(
    db: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    on_ready: Callable[[str], None] | None = None,
    contact: str | None = None,
) -> None:
    """Serves the portal until it is interrupted; port 0 takes any free port.

    `on_ready` is called once with the address when the first page can be fetched. `contact` is how to reach those who
    run the crawler: an address of mail or of a page. Raises PortalError, before anything
    is served, for a taken port and for a missing or damaged archive.
    """
    check(db)
    with _listen(host, port) as listening:
        name, number = listening.getsockname()[:2]
        address = f"http://[{name}]:{number}" if ":" in name else f"http://{name}:{number}"
        portal = Portal(db, lambda: on_ready(address) if on_ready else None, contact)
        server = uvicorn.Server(
            uvicorn.Config(portal, lifespan="on", log_level="warning", access_log=False, timeout_graceful_shutdown=5)
        )
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    if portal.failure is not None:
        raise portal.failure


async def _let_go(old: Edition) -> None:
    await old.retire()
    del old
    _set_apart()  # of the edition before the collector must see the rest, or what it held stays open


def _set_apart() -> None:
    """Takes what lives as long as an edition out of the collector's rounds: one would hold a page up for long."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
        # asyncio sees to this only for sockets it makes itself; without it an answer in two parts waits for the
        # reader's delayed acknowledgement, some 40 ms
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error
        raise PortalError(f"Cannot listen on {host} port {port} ({why}); name another with --port.") from error
