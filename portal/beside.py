"""What stands beside the archive that is shown: kept files, extracts, what people keep by hand, who runs the site."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from archive.errors import ArchiveError
from archive.publish import var_directory
from archive.replies import REPLIES, Reply, read_replies
from archive.withheld import WITHHELD, Withheld, read_withheld
from portal.kept import KeptPages

logger = logging.getLogger(__name__)

Lines = TypeVar("Lines")


@dataclass(frozen=True, slots=True)
class ByHand:
    """The files that people keep by hand."""

    withheld: Path = WITHHELD
    replies: Path = REPLIES


class Followed(Generic[Lines]):
    """A file that people keep by hand, read again when it has changed: what is withheld must vanish at once.

    Lines with a slip, and a file that has gone, are logged once and what was read before them holds.
    """

    def __init__(self, path: Path, read: Callable[[Path], Lines]) -> None:
        """Reads the file. Raises ArchiveError for a slip in it."""
        self._path = path
        self._read = read
        self._stamp = self._found()
        self._held = read(path)

    @property
    def held(self) -> Lines:
        """What the file says now."""
        stamp = self._found()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._held = self._read(self._path)
            except ArchiveError as error:
                logger.error("What was read before holds: %s", error)
        return self._held

    def _found(self) -> tuple[int, int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size


@dataclass(frozen=True, slots=True)
class Beside:
    """What an edition knows besides its database. `contact` is how to reach those who run the crawler."""

    pages: KeptPages
    extracts: Path
    withheld: Followed[Mapping[str, Withheld]]
    replies: Followed[Mapping[str, tuple[Reply, ...]]]
    contact: str | None

    @classmethod
    def find(cls, db: Path, by_hand: ByHand, contact: str | None) -> Beside:
        """What stands beside the archive at `db`. Raises ArchiveError for a slip in what people keep by hand."""
        var = var_directory(db)
        return cls(
            KeptPages(var / "warc"),
            var / "extracts",
            Followed(by_hand.withheld, read_withheld),
            Followed(by_hand.replies, read_replies),
            contact,
        )

    def why_withheld(self, url: str, report_keys: list[str]) -> Withheld | None:
        """Why a kept page is not shown; None for one that may be."""
        withheld = self.withheld.held
        return next((withheld[what] for what in (url, *report_keys) if what in withheld), None)


_found: WeakKeyDictionary[Any, Beside] = WeakKeyDictionary()


def put_beside(datasette: Any, found: Beside) -> None:
    """Lets the pages of a Datasette find what stands beside its archive."""
    _found[datasette] = found


def beside(datasette: Any) -> Beside:
    """What stands beside the archive that a Datasette shows."""
    return _found[datasette]
