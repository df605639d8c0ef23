"""The extracts that lie beside the archive: which they are, how they are proved whole, and their bytes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response, asgi_send_file

from archive.extracts.directory import PACKAGE, README, SUMS
from portal.beside import beside
from portal.rendering import not_found

_LINE = re.compile(r"([0-9a-f]{64}) [ *]([\w.-]+)$")
_COUNTED = re.compile(r"\s*([\d,]+)  ([\w.-]+)$")


@dataclass(frozen=True, slots=True)
class ExtractOnOffer:
    """A file of the extracts: its bytes, its SHA-256, and its rows where it has rows."""

    name: str
    size: int
    sha256: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class Extracts:
    """The set of extracts: the day of the archive that they were made of, and the files."""

    day: str | None
    files: tuple[ExtractOnOffer, ...]


def extracts(directory: Path) -> Extracts | None:
    """The extracts in a directory; None where there is no whole set of them."""
    try:
        sums = (directory / SUMS).read_text(encoding="utf-8")
        day = json.loads((directory / PACKAGE).read_text(encoding="utf-8"))["created"][:10]
        counts = dict(_counts((directory / README).read_text(encoding="utf-8")))
        named = [found.groups() for line in sums.splitlines() if (found := _LINE.match(line))]
        files = [
            ExtractOnOffer(name, (directory / name).stat().st_size, digest, counts.get(name)) for digest, name in named
        ]
    except (OSError, ValueError, KeyError):
        return None
    return Extracts(day, tuple(files))


def _counts(readme: str) -> list[tuple[str, int]]:
    found = (_COUNTED.match(line) for line in readme.splitlines())
    return [(each[2], rows) for each in found if each and (rows := int(each[1].replace(",", "")))]


async def extract(datasette: Any, request: Any, send: Any) -> Response | None:
    """One file of the extracts, to be saved."""
    name = request.url_vars["name"]
    directory = beside(datasette).extracts
    on_offer = extracts(directory)
    if on_offer is None or name not in {SUMS, *(file.name for file in on_offer.files)}:
        return await not_found(datasette, request, "download.no_extract", file=name)
    await asgi_send_file(send, directory / name, filename=name, content_type="application/octet-stream")
    return None
