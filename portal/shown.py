"""How values are shown: numbers, keys, addresses, blanks, and labels short enough for a column head."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from markupsafe import Markup

from portal.catalogue import dictionary
from portal.naming import named, noted
from portal.words import LANGUAGES, say

_NULL = Markup('<span class="null" title="{}">·</span>').format(say("zh", "table.null"))
_CHINA = timezone(timedelta(hours=8))
STATIC = Path(__file__).parent / "static"

# Whole numbers that count nothing, so that separators would only disturb them.
_NO_COUNTS = frozenset({"year", "first_year", "since", "until", "version", "number", "section", "position", "status"})


def number(value: Any) -> str:
    """A number with thousands separators and no more decimals than it has; other values as they are."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if isinstance(value, int) or value == int(value):
        return f"{int(value):,}"
    return f"{value:,}"


def percent(value: float | None) -> str:
    """A share as a percentage with one decimal; "—" where there is none."""
    return "—" if value is None else f"{100 * value:.1f}%"


def moment(text: str | None) -> str:
    """A UTC time as people in China read it; the text itself where it is no time, "—" where there is none."""
    if not text:
        return "—"
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return text
    aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return aware.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M (UTC+8)")


def short_label(description: str) -> str:
    """The label of a column description, without what follows the colon."""
    return description.partition("：")[0].partition(": ")[0]


def web_address(text: Any) -> str | None:
    """The address if it may be followed: http or https with a host; None for anything else."""
    try:
        parts = urlsplit(str(text).strip())
    except ValueError:
        return None
    return str(text).strip() if parts.scheme in {"http", "https"} and parts.netloc else None


@cache
def static(name: str) -> str:
    """The address of a file of the portal, with its digest, so that browsers may keep it for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?{digest}"


def table_title(table: str, tongue: str = LANGUAGES[0]) -> str:
    """The title of a table; its name where the dictionary does not know it."""
    described: Mapping[str, Any] = dictionary(tongue)["tables"].get(table, {})
    return str(described.get("title", table))


def table_description(table: str, tongue: str = LANGUAGES[0]) -> str:
    """What a table holds, in a sentence; empty where the dictionary does not know it."""
    described: Mapping[str, Any] = dictionary(tongue)["tables"].get(table, {})
    return str(described.get("description", ""))


def column_label(column: str, tongue: str = LANGUAGES[0]) -> str:
    """The short label of a query's column; empty where the dictionary does not know the name."""
    known = dictionary(tongue)
    return short_label(known["columns"].get(column) or known["answers"].get(column, ""))


def present_filters(request: Any) -> list[tuple[str, str]]:
    """What the address asks of a table, without the page and its size."""
    asked = parse_qsl(request.query_string, keep_blank_values=True)
    return [(key, value) for key, value in asked if key not in {"_next", "_size"}]


def chosen_rows(request: Any, excel: bool = False) -> str:
    """The query string of the present filters, for the file of all rows that pass them."""
    kept = [(key, value) for key, value in present_filters(request) if not key.startswith(("_facet", "_lang"))]
    return urlencode([*kept, *([("excel", "1")] if excel else [])])


def cell(
    value: Any, column: str, table: str | None, names: Mapping[str, str], tongue: str = LANGUAGES[0]
) -> str | None:
    """A cell of a table page; None leaves it to Datasette. `names` are official names, by code.

    Called for every cell of a page, 15,000 times for one of `figures_wide`: numbers and blanks take the short way.
    """
    if value is None:
        return _NULL
    if isinstance(value, str):
        return _text_cell(value, column, table, names, tongue)
    if isinstance(value, int | float) and column not in _NO_COUNTS and not column.endswith("id"):
        # a table's cells are aligned by their type, which the page of a query does not know
        return number(value) if table else Markup('<span class="figure">{}</span>').format(number(value))
    return None


def _text_cell(value: str, column: str, table: str | None, names: Mapping[str, str], tongue: str) -> Markup | None:
    if column in {"outcome", "indicator"} and value in names:
        return Markup('{}<br><span class="key">{}</span>').format(names[value], value)
    if column == "evidence" and (told := noted(value, tongue)):
        return Markup("<br>").join(Markup('<span class="key">{}</span> {}').format(*pair) for pair in told)
    if (name := named(value, column, table, tongue)) is not None:
        return Markup('{} <span class="key">{}</span>').format(name, value)
    if column == "report_key":
        return Markup('<a href="/report/{}">{}</a>').format(quote(value), value)
    if column == "agency_key" or (column == "key" and table == "agencies"):
        return Markup('<a href="/agency/{}">{}</a>').format(quote(value), value)
    if column == "region_code" or (column == "code" and table == "regions"):
        return Markup('<a href="/region/{}">{}</a>').format(quote(value), value)
    address = web_address(value) if value.startswith("http") else None
    if address is None:
        return None
    label = address if len(address) <= 60 else f"{address[:59]}…"
    return Markup('<a href="{}" rel="noopener nofollow">{}</a>').format(address, label)
