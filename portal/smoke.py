"""Asks a publication for its main pages before anybody sees it, as `datasette --get` would."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from portal.catalogue import DATABASE
from portal.edition import Edition

_MAIN = ("/", "/?lang=en", "/agencies", "/stories", "/indicators", "/download", f"/{DATABASE}", f"/{DATABASE}/reports")
_ONE_OF_EACH = {
    "/report/{}": "SELECT report_key FROM reports ORDER BY id DESC LIMIT 1",
    "/agency/{}": "SELECT key FROM agencies ORDER BY id DESC LIMIT 1",
    "/region/{}": "SELECT region_code FROM agencies WHERE region_code IS NOT NULL LIMIT 1",
    f"/{DATABASE}/figures.json?report_key={{}}&_size=1": "SELECT report_key FROM reports ORDER BY id DESC LIMIT 1",
}


def smoke(db: Path) -> list[str]:
    """One sentence for each main page of the archive at `db` that is not answered as it should be.

    Raises PortalError for a file that is no whole publication.
    """
    return asyncio.run(_ask(db))


async def _ask(db: Path) -> list[str]:
    edition = await Edition.open(db)
    try:
        found = []
        for address in _addresses(db):
            answer = await edition.datasette.client.get(address)
            if answer.status_code != 200 or not answer.content:
                found.append(f"the page {address} answered with status {answer.status_code}")
        return found
    finally:
        await edition.retire()


def _addresses(db: Path) -> Iterator[str]:
    yield from _MAIN
    with closing(sqlite3.connect(f"{db.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        for address, query in _ONE_OF_EACH.items():
            for (name,) in connection.execute(query):
                yield address.format(quote(name))
