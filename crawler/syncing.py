"""Waits for the disk beside the run: whatever was written while it was busy goes there in one go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Syncing:
    """Calls `sync`, which may take its time and raise what it likes, in a thread, once for all who wait by then."""

    def __init__(self, sync: Callable[[], None]) -> None:
        self._sync = sync
        self._running: asyncio.Task[None] | None = None
        self._next: asyncio.Task[None] | None = None

    async def synced(self) -> None:
        """Returns when a call that began after this one is over; raises what that raised."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._after(self._running))
        await asyncio.shield(self._next)

    async def _after(self, running: asyncio.Task[None] | None) -> None:
        if running is not None:
            await asyncio.wait([running])
        self._running, self._next = self._next, None
        await asyncio.to_thread(self._sync)
