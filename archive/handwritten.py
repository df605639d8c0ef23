"""Reads the tables that people keep by hand (corrections, successions, withheld, replies), and says every slip."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from archive.errors import ArchiveError


def lines(path: Path, header: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Every line of a CSV file with this heading: where it stands ("corrections.csv:2"), and its fields stripped.

    Raises ArchiveError for a file that is not there, not UTF-8, or differs from the heading.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            found = next(reader, [])
            if found != list(header):
                raise ArchiveError(f"{path}:1: the heading must be {','.join(header)}.")
            for fields in reader:
                where = f"{path}:{reader.line_num}"
                if not any(field.strip() for field in fields):
                    continue
                if len(fields) != len(header):
                    raise ArchiveError(f"{where}: {len(fields)} fields where the heading has {len(header)}.")
                yield where, dict(zip(header, map(str.strip, fields), strict=True))
    except UnicodeDecodeError as error:
        raise ArchiveError(f"{path}: not UTF-8; save it as UTF-8.") from error
    except csv.Error as error:
        raise ArchiveError(f"{path}: not CSV ({error}); check its quotes.") from error
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read, {error.strerror}.") from error


def day(where: str, text: str) -> str:
    """The date of a line, as ISO writes it. Raises ArchiveError for anything else."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ArchiveError(f"{where}: the date {text!r} must be like 2026-11-22.") from error
