"""Waiting for the disk: nobody goes on before what he wrote is there, and nobody waits alone."""

from __future__ import annotations

import asyncio
import threading

import pytest

from archive.errors import ArchiveError
from crawler.syncing import Syncing


def test_who_waits_goes_on_after_a_call_that_began_after_him_and_many_share_one() -> None:
    written, safe, calls = [0], [0], []
    busy = threading.Semaphore(0)

    def sync() -> None:
        begun = written[0]
        calls.append(begun)
        busy.acquire()
        safe[0] = begun

    async def keep(syncing: Syncing) -> None:
        written[0] += 1
        mine = written[0]
        await syncing.synced()
        assert safe[0] >= mine

    async def night() -> None:
        syncing = Syncing(sync)
        first = [asyncio.ensure_future(keep(syncing)) for _ in range(3)]
        while not calls:
            await asyncio.sleep(0)
        later = [asyncio.ensure_future(keep(syncing)) for _ in range(20)]
        await asyncio.sleep(0)
        assert not any(task.done() for task in (*first, *later))
        busy.release()
        await asyncio.gather(*first)
        assert not any(task.done() for task in later)
        busy.release()
        await asyncio.gather(*later)

    asyncio.run(asyncio.wait_for(night(), 20))
    assert calls == [3, 23]


def test_a_disk_that_refuses_is_told_to_all_who_wait_and_asked_again_by_the_next() -> None:
    refusals = [ArchiveError("The disk is full.")]

    def sync() -> None:
        if refusals:
            raise refusals.pop()

    async def night() -> None:
        syncing = Syncing(sync)
        told = await asyncio.gather(*(syncing.synced() for _ in range(3)), return_exceptions=True)
        assert [str(error) for error in told] == ["The disk is full."] * 3
        waiting = asyncio.ensure_future(syncing.synced())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await syncing.synced()

    asyncio.run(asyncio.wait_for(night(), 20))
