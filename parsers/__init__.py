"""Reads: bytes in, a report out; no network, no database. The only door: `parse`, and `merge` to join readings."""

from __future__ import annotations

from parsers.door import merge, parse
from parsers.model import Report, SourceHint

__all__ = ["Report", "SourceHint", "merge", "parse"]
