"""What downloads and the catalogue ask of whole tables: their rows, how many, and when the archive was published."""

from __future__ import annotations

from archive.extracts.directory import LAST_ENDED

PUBLISHED_ON = LAST_ENDED


def all_of(table: str) -> str:
    """Every row of a table, which must be one of `downloads.TABLES`."""
    return f'select * from "{table}"'  # noqa: S608  # a name of our own list


def beyond(table: str) -> str:
    """A row where a table of ours has more than :n of them."""
    return f'select 1 from "{table}" limit 1 offset :n'  # noqa: S608  # a name of our own list


def first_of(query: str, n: int) -> str:
    """The first rows of a reader's query; the line break ends a comment that it may end with."""
    return f"select * from (\n{query}\n) limit {n:d}"  # noqa: S608  # asked on a read-only file, within limits


def count_of(query: str) -> str:
    """Counts the rows of a query of ours."""
    return f"select count(*) from ({query})"  # noqa: S608  # our own query
