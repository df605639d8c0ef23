"""The time as the archive writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archive.errors import ArchiveError

WRITTEN = "2026-01-01"  # no clock that is right says an earlier day to this program


def now() -> str:
    """The time in UTC to the second: "2026-01-28T12:00:00Z"."""
    return _said(datetime.now(UTC))


def following(moment: str) -> str:
    """The second after a moment that `now` gave."""
    return _said(datetime.fromisoformat(moment) + timedelta(seconds=1))


def refuse_wrong_clock() -> None:
    """Raises ArchiveError where the clock says a day before this program was written, as one without its battery does.

    A report seen on such a day would be taken for published in time.
    """
    if now() < WRITTEN:
        raise ArchiveError(f"the clock of this machine says {now()}; set it and run again.")


def _said(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
