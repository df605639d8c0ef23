"""What stands beside the archive that is shown: kept files, extracts, what people keep by hand, who runs the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from archive.publish import var_directory
from archive.replies import REPLIES, Reply, read_replies
from archive.withheld import WITHHELD, Withheld, read_withheld
from portal.kept import KeptPages


@dataclass(frozen=True, slots=True)
class ByHand:
    """The files that people keep by hand."""

    withheld: Path = WITHHELD
    replies: Path = REPLIES


@dataclass(frozen=True, slots=True)
class Beside:
    """What an edition knows besides its database. `contact` is how to reach those who run the crawler."""

    pages: KeptPages
    extracts: Path
    withheld: Mapping[str, Withheld]
    replies: Mapping[str, tuple[Reply, ...]]
    contact: str | None

    @classmethod
    def find(cls, db: Path, by_hand: ByHand, contact: str | None) -> Beside:
        """What stands beside the archive at `db`. Raises ArchiveError for a slip in what people keep by hand."""
        var = var_directory(db)
        return cls(
            KeptPages(var / "warc"),
            var / "extracts",
            read_withheld(by_hand.withheld),
            read_replies(by_hand.replies),
            contact,
        )

    def why_withheld(self, url: str, report_keys: list[str]) -> Withheld | None:
        """Why a kept page is not shown; None for one that may be."""
        return next((self.withheld[what] for what in (url, *report_keys) if what in self.withheld), None)


_found: WeakKeyDictionary[Any, Beside] = WeakKeyDictionary()


def put_beside(datasette: Any, found: Beside) -> None:
    """Lets the pages of a Datasette find what stands beside its archive."""
    _found[datasette] = found


def beside(datasette: Any) -> Beside:
    """What stands beside the archive that a Datasette shows."""
    return _found[datasette]
