"""The published file as Datasette sees it: what it asks of the schema at every page is asked once."""

from __future__ import annotations

import copy
from collections.abc import Callable, Coroutine
from typing import Any

from datasette.database import Database


def _once(name: str) -> Callable[..., Coroutine[Any, Any, Any]]:
    asked = getattr(Database, name)

    async def answer(self: Published, *of: Any) -> Any:
        if (name, of) not in self.known:
            self.known[name, of] = await asked(self, *of)
        return copy.copy(self.known[name, of])  # callers add to the lists that they are given

    answer.__name__ = name
    answer.__doc__ = asked.__doc__
    return answer


class Published(Database):  # type: ignore[misc]  # Datasette has no types
    """A database whose file never changes while it is open. `known` are the answers of its schema."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.known: dict[tuple[str, tuple[Any, ...]], Any] = {}

    table_exists = _once("table_exists")
    table_names = _once("table_names")
    view_names = _once("view_names")
    hidden_table_names = _once("hidden_table_names")
    table_columns = _once("table_columns")
    table_column_details = _once("table_column_details")
    primary_keys = _once("primary_keys")
    fts_table = _once("fts_table")
    label_column_for_table = _once("label_column_for_table")
    foreign_keys_for_table = _once("foreign_keys_for_table")
    get_all_foreign_keys = _once("get_all_foreign_keys")
    get_table_definition = _once("get_table_definition")
    get_view_definition = _once("get_view_definition")
