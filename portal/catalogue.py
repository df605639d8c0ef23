"""What Datasette is told of the archive: settings, titles and labels of tables and columns, facets, ready questions."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from portal.queries.dictionary import LABELS
from portal.queries.downloads import beyond
from portal.queries.questions import QUESTIONS
from portal.words import LANGUAGES, say

DATABASE = "archive"

SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "num_sql_threads": 3,
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 500,
    "suggest_facets": False,
    "truncate_cells_html": 300,
    "max_csv_mb": 0,
}

# The few columns by which people divide a table; each of them is indexed or belongs to a small table.
FACETS = {
    "reports": ["year", "timeliness"],
    "agencies": ["level", "kind"],
    "figures_wide": ["year"],
    "checks": ["rule", "result"],
    "coverage": ["year"],
    "agency_years": ["year", "presence"],
    "problems": ["code"],
    "source_states": ["state"],
}
# Beyond this a count by value takes longer than a page may; readers can still ask for it, column by column.
MOST_ROWS_COUNTED = 50_000
# Of a large table only what an index sorts can be sorted.
SORTABLE_WHEN_LARGE = {"figures_wide": ["region_code", "agency", "year"]}
# A row of figures_wide has some 300 cells.
PAGE_SIZES = {"figures_wide": 5}
SORTED = {"reports": "published", "revisions": "noticed", "runs": "started"}
LABEL_COLUMNS = {"reports": "report_key", "agencies": "name", "regions": "name", "sources": "agency"}


class Constant(dict[str, Any]):
    """A part of the metadata that never changes.

    Datasette copies all of it, to the last label, for each table that it asks leave to show: a hundred times a page.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Constant:
        return self


def metadata(connection: sqlite3.Connection) -> dict[str, Any]:
    """Datasette's metadata for this archive: every table that the dictionary knows and this file has."""
    columns = {
        table: [name for _, name, *_ in connection.execute("select * from pragma_table_info(?)", (table,))]
        for (table,) in connection.execute("select name from sqlite_master where type in ('table', 'view')")
    }
    statutory = _statutory_labels(connection)
    tables = {
        table: _table(table, described, columns[table], statutory, large=_is_large(connection, table))
        for table, described in dictionary()["tables"].items()
        if table in columns
    }
    hidden = {table: Constant(hidden=True) for table in columns if table not in dictionary()["tables"]}
    return {
        "title": say("zh", "site.title"),
        "description": say("zh", "site.lead"),
        "databases": {
            DATABASE: {
                "title": say("zh", "site.title"),
                "tables": tables | hidden,
                "queries": {name: _question(name, sql) for name, sql in QUESTIONS.items()},
            }
        },
        "plugins": {
            "datasette-block-robots": {
                "disallow": ["/archive/", "/archive.", "/download/", "/evidence/", "/kept/", "/-/", "/*?"]
            }
        },
    }


@cache
def dictionary(tongue: str = LANGUAGES[0]) -> Mapping[str, Any]:
    """What tables and columns are called and hold, in a language."""
    file = "dictionary.toml" if tongue == LANGUAGES[0] else f"dictionary.{tongue}.toml"
    return tomllib.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))


def _question(name: str, sql: str) -> Constant:
    return Constant(
        sql=sql, title=say("zh", f"story.{name}"), description=say("zh", f"story.{name}_lead"), hide_sql=True
    )


def _is_large(connection: sqlite3.Connection, table: str) -> bool:
    if table not in FACETS:
        return False
    return connection.execute(beyond(table), {"n": MOST_ROWS_COUNTED}).fetchone() is not None


def _table(
    table: str,
    described: Mapping[str, Any],
    columns: list[str],
    statutory: Mapping[str, Mapping[str, str]],
    *,
    large: bool,
) -> dict[str, Any]:
    own = described.get("columns", {})
    labels = {name: own.get(name) or statutory.get(table, {}).get(name) for name in columns}
    shared = dictionary()["columns"]
    shown = Constant(
        title=described["title"],
        description=described["description"],
        columns={name: text or shared[name] for name, text in labels.items() if text or name in shared},
    )
    if table in FACETS and not large:
        shown["facets"] = FACETS[table]
    if table in PAGE_SIZES:
        shown["size"] = PAGE_SIZES[table]
    if table in SORTABLE_WHEN_LARGE and large:
        shown["sortable_columns"] = SORTABLE_WHEN_LARGE[table]
    if table in SORTED:
        shown["sort_desc"] = SORTED[table]
    if table in LABEL_COLUMNS:
        shown["label_column"] = LABEL_COLUMNS[table]
    return shown


def _statutory_labels(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Labels and units of the columns that hold statutory figures, from the official wording in `indicators`."""
    requests: dict[str, str] = {}
    remedies: dict[str, str] = {}
    wide: dict[str, str] = {}
    for table, _, column, identity, row_zh, col_zh, unit, note, _ in connection.execute(LABELS):
        column_label = _labelled(col_zh.split("/")[-1] if table == "requests" else col_zh.replace("/", " "), unit)
        if table == "requests":
            requests.setdefault(column, f"{column_label}：第三部分“{col_zh}”一列")
        elif table == "remedies":
            remedies.setdefault(column, f"{column_label}：第四部分" + (f"。{note}" if note else ""))
        label = _labelled(f"{row_zh.split('/')[-1]} {col_zh.split('/')[-1]}", unit)
        if table == "remedies":
            label = column_label
        wide.setdefault(identity.replace(".", "_"), f"{label}：{row_zh}，{col_zh}")
    return {"requests": requests, "remedies": remedies, "figures_wide": wide}


def _labelled(label: str, unit: str | None) -> str:
    return f"{label}（{unit}）" if unit else label
