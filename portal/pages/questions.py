"""The page of a ready question: its first rows, where Datasette, which answers as JSON, would lay out a thousand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from portal import shown
from portal.catalogue import DATABASE
from portal.queries import downloads as queries
from portal.queries.questions import QUESTIONS
from portal.rendering import page
from portal.words import Speaker, language_of

ROWS = 100


async def question(datasette: Any, request: Any, names: Mapping[str, str]) -> Response:
    """The page of one ready question; `names` are official names, by code."""
    name = request.url_vars["question"]
    found = await datasette.get_database(DATABASE).execute(queries.first_of(QUESTIONS[name], ROWS + 1))
    columns = [column for column, *_ in found.description]
    t = Speaker(language_of(request))
    context = {
        "canned_query": name,
        "metadata": {"title": t(f"story.{name}"), "description": t(f"story.{name}_lead")},
        "database": DATABASE,
        "columns": columns,
        "display_rows": [
            [_cell(value, column, names, t.tongue) for column, value in zip(columns, row, strict=True)]
            for row in found.rows[:ROWS]
        ],
        "truncated": len(found.rows) > ROWS,
        "query": {"sql": QUESTIONS[name].strip(), "params": {}},
        "renderers": {"json": f"/{DATABASE}/{name}.json"},
        "edit_sql_url": f"/{DATABASE}?{urlencode({'sql': QUESTIONS[name].strip()})}",
    }
    return await page(datasette, request, "query.html", context)


def _cell(value: Any, column: str, names: Mapping[str, str], tongue: str) -> Any:
    said = shown.cell(value, column, None, names, tongue)
    return str(value) if said is None else said
