"""What a download asks: when the archive was published, and how many rows a table has."""

from __future__ import annotations

PUBLISHED_ON = "select max(ended) from runs"


def count_of(table: str) -> str:
    """Counts the rows of a table, which must be one of `downloads.TABLES`."""
    return f'select count(*) from "{table}"'  # noqa: S608  # a name of our own list
