"""What it takes until something is on the disk, and a file's name never stands for half of it."""

from __future__ import annotations

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Waits until a file, or the names in a directory, are on the disk. Raises OSError where it refuses."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, text: str) -> None:
    """Writes a file that appears whole, in the place of one before. Raises OSError where the disk refuses.

    What a killed process leaves of it is called `.NAME.half`.
    """
    half = path.with_name(f".{path.name}.half")
    half.write_text(text, encoding="utf-8")
    sync(half)
    half.replace(path)
