"""What agencies answered to what the archive shows of their reports, which people keep in replies.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.errors import ArchiveError
from archive.handwritten import day, lines

REPLIES = Path(__file__).with_name("replies.csv")
HEADER = ("report_key", "text", "who", "date", "source")


@dataclass(frozen=True, slots=True)
class Reply:
    """An agency's answer, word for word: who gave it, when (an ISO date), and how it reached us or where it stands."""

    text: str
    who: str
    date: str
    source: str


def read_replies(path: Path = REPLIES) -> Mapping[str, tuple[Reply, ...]]:
    """The answers to each report, by report_key, the oldest first. Raises ArchiveError for a slip."""
    found: dict[str, list[Reply]] = {}
    for where, line in lines(path, HEADER):
        if not all(line.values()):
            raise ArchiveError(f"{where}: every field must be filled in.")
        reply = Reply(line["text"], line["who"], day(where, line["date"]), line["source"])
        found.setdefault(line["report_key"], []).append(reply)
    return {key: tuple(sorted(replies, key=lambda reply: reply.date)) for key, replies in found.items()}
