"""The download page, and the dictionary of what every table and column means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from datasette.utils.asgi import Response

from portal import downloads
from portal.beside import beside
from portal.catalogue import DATABASE
from portal.catalogue import dictionary as described_tables
from portal.extract_files import extracts
from portal.queries import dictionary as queries
from portal.rendering import page
from portal.words import LANGUAGES, language


async def download(datasette: Any, request: Any) -> Response:
    """Every file that can be taken away, with its rows; the extracts with size, day and digest."""
    database = datasette.get_database(DATABASE)
    context = {
        "files": downloads.files(await database.table_counts()),
        "size": database.size,
        "extracts": extracts(beside(datasette).extracts),
    }
    return await page(datasette, request, "download.html", context)


async def dictionary(datasette: Any, request: Any) -> Response:
    """What every table on offer holds, and what its columns mean."""
    tongue = language(request.args.get("lang"))
    on_offer = dict.fromkeys((*downloads.TABLES, *described_tables()["tables"]))
    described = {table: datasette.table_metadata(DATABASE, table) for table in on_offer}
    tables = {table: held["columns"] for table, held in described.items() if held.get("columns")}
    if tongue != LANGUAGES[0]:
        statutory = _statutory((await datasette.get_database(DATABASE).execute(queries.LABELS)).rows)
        tables = {table: _translated(table, columns, tongue, statutory) for table, columns in tables.items()}
    return await page(datasette, request, "dictionary.html", {"tables": tables})


def _translated(
    table: str, columns: Mapping[str, str], tongue: str, statutory: Mapping[tuple[str, str], str]
) -> dict[str, str]:
    """The columns of a table with what they are called in another language; as they are where it has no word."""
    known = described_tables(tongue)
    own = known["tables"].get(table, {}).get("columns", {})
    return {
        name: own.get(name) or statutory.get((table, name)) or known["columns"].get(name) or text
        for name, text in columns.items()
    }


def _statutory(rows: Iterable[Any]) -> dict[tuple[str, str], str]:
    """What the columns that hold statutory figures are called in English, by table and column."""
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        if row["table"] in downloads.STATUTORY:
            found.setdefault((row["table"], row["column"]), row["label_en"].split(" / ")[-1])
        found.setdefault(("figures_wide", row["id"].replace(".", "_")), row["label_en"])
    return found
