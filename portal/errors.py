"""Errors in plain words: what Datasette and SQLite say in English, in the language of the page."""

from __future__ import annotations

import logging
import re
from typing import Any

from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError

from portal.rendering import page
from portal.words import Speaker, language_of

logger = logging.getLogger(__name__)

# What they say of a reader's slip, and the words for it; what the pattern finds is filled in.
_SLIPS = tuple(
    (re.compile(said), words)
    for said, words in (
        (r"Statement must be a SELECT", "error.only_select"),
        (r"Cannot sort table by (?P<column>.+)", "error.no_sorting"),
        (r"Cannot use _sort and _sort_desc at the same time", "error.two_orders"),
        (r"_size must be .+", "error.size"),
        (r"_(?:no)?col=(?P<column>.+) - invalid columns", "error.no_column"),
        (r"no such column: (?P<column>.+)", "error.no_column"),
        (r"no such table: (?P<table>.+)", "error.no_table"),
        (r"CSV streaming is disabled", "error.no_stream"),
        (r"(?P<said>.+)", "error.in_query"),
    )
)


def no_column(request: Any, columns: list[str]) -> DatasetteError | None:
    """The error of filters on a column that the table has not, for which SQLite would find no row; None without one."""
    t = Speaker(language_of(request))
    for key in request.args:
        column = key.partition("__")[0] or "_"
        if not column.startswith("_") and column not in columns:
            return DatasetteError(t("error.no_column", column=column), title=t("error.query_title"), status=400)
    return None


async def told(datasette: Any, request: Any, exception: Exception) -> Response:
    """The answer for an error: a page, or JSON where that was asked for."""
    t = Speaker(language_of(request))
    status, title, sentence = _said(t, request, exception)
    held = {"status": status, "title": title, "error": sentence}
    if request.path.partition("?")[0].endswith(".json"):
        return Response.json({"ok": False, **held}, status=status)
    return await page(datasette, request, "error.html", held, status=status)


def _said(t: Speaker, request: Any, exception: Exception) -> tuple[int, str | None, str]:
    if isinstance(exception, DatasetteError) and exception.title == "SQL Interrupted":
        return exception.status, t("error.too_long_title"), t("error.too_long")
    if isinstance(exception, DatasetteError):
        if exception.title == t("error.query_title"):
            return exception.status, exception.title, str(exception.message)
        # Datasette calls a slip of the reader's an error of its own where SQLite was the first to notice
        status = 400 if exception.status == 500 else exception.status
        return status, t("error.query_title"), _slip(t, str(exception.message))
    if isinstance(exception, Base400):
        if exception.status == 404:
            return 404, t("error.not_found_title"), t("error.not_found")
        return exception.status, t("error.query_title"), _slip(t, str(exception.args[0] if exception.args else ""))
    logger.error("Failed to answer %s", request.path, exc_info=exception)
    return 500, None, t("error.internal")


def _slip(t: Speaker, said: str) -> str:
    for pattern, words in _SLIPS:
        if found := pattern.fullmatch(said):
            return t(words, **found.groupdict()) if found.groupdict() else t(words)
    return said
