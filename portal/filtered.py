"""Chosen rows as CSV: all that pass a table's filters; those of a reader's own query, as many as allowed."""

from __future__ import annotations

import io
import re
import sqlite3
from typing import Any
from urllib.parse import urlencode

from datasette.database import QueryInterrupted
from datasette.utils import InvalidSql, derive_named_parameters, validate_sql_select
from datasette.utils.asgi import Response
from datasette.views.base import DatasetteError

from archive.extracts import write_rows
from portal.catalogue import DATABASE
from portal.queries import downloads as queries
from portal.queries.questions import QUESTIONS

MOST_ROWS = 20_000  # of a reader's own query, whose rows are held in memory and must come within the time limit
_LIMIT = re.compile(r"\s+limit\s+\d+(\s+offset\s+\d+)?\s*$")
_OURS = ("excel", "lang", "_lang")
_OF_A_PAGE = ("_next", "_size", "_shape", "_stream", "_dl", "_labels", "_extra", "_facet", "_facet_size")


async def query_of(datasette: Any, request: Any, table: str) -> tuple[str, dict[str, Any]] | None:
    """The query of the filters that the address names, with its parameters; None where it names none.

    Datasette itself makes it, so that every filter means what it means on the page of the table. Raises
    DatasetteError for filters that it does not understand, and where counting the rows takes too long.
    """
    filters = [
        (key, value)
        for key in request.args
        if key not in _OURS and key not in _OF_A_PAGE
        for value in request.args.getlist(key)
    ]
    if not filters:
        return None
    asked = urlencode([*filters, ("_size", "0"), ("_nofacet", "1"), ("_nosuggest", "1")])
    answer = await datasette.client.get(f"/{DATABASE}/{table}.json?{asked}")
    told = answer.json()
    if answer.status_code != 200:
        raise DatasetteError(told.get("error"), title=told.get("title"), status=answer.status_code)
    if told["filtered_table_rows_count"] is None:
        raise DatasetteError("", title="SQL Interrupted", status=400)
    return _LIMIT.sub("", told["query"]["sql"]), told["query"]["params"]


async def query_csv(datasette: Any, request: Any) -> Response:
    """The rows of a reader's own query (`?sql=`); the file's name and a header say whether these are all."""
    return await _answer(datasette, request, "query", request.args.get("sql") or "")


async def question_csv(datasette: Any, request: Any) -> Response:
    """The rows of a ready question."""
    name = request.url_vars["question"]
    if name not in QUESTIONS:
        raise DatasetteError("", status=404)
    return await _answer(datasette, request, name, QUESTIONS[name])


async def _answer(datasette: Any, request: Any, name: str, asked: str) -> Response:
    sql = asked.strip().rstrip(";")
    database = datasette.get_database(DATABASE)
    try:
        validate_sql_select(sql)
        names = await derive_named_parameters(database, sql)
        given = {each: request.args.get(each) or "" for each in names}
        found = await database.execute(queries.first_of(sql, MOST_ROWS + 1), given, truncate=False)
    except QueryInterrupted as error:
        raise DatasetteError("", title="SQL Interrupted", status=400) from error
    except (InvalidSql, sqlite3.Error) as error:
        raise DatasetteError(str(error), title="SQL", status=400) from error
    rows = found.rows[:MOST_ROWS]
    whole = len(rows) == len(found.rows)
    day = str((await database.execute(queries.PUBLISHED_ON)).first()[0] or "undated")[:10]
    out = io.BytesIO()
    excel = bool(request.args.get("excel"))
    write_rows([name for name, *_ in found.description], rows, out, excel)
    counted = f"{len(rows)}rows" if whole else f"first{len(rows)}rows-INCOMPLETE"
    return Response(
        out.getvalue(),
        headers={
            "content-disposition": f'attachment; filename="{name}-{day}-{counted}{"-excel" if excel else ""}.csv"',
            "x-row-count": str(len(rows)),
            "x-complete": "yes" if whole else "no",
        },
        content_type="text/csv; charset=utf-8",
    )
