"""Atom feeds (RFC 4287) of new reports, of changes at the source, and of one agency."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote

from datasette.utils.asgi import Response
from lxml import etree

from portal.catalogue import DATABASE
from portal.queries import agency as agency_queries
from portal.queries import feeds as queries
from portal.rendering import not_found
from portal.shown import number
from portal.words import Speaker, language_of

ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST_MOMENT = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news. `identity` never changes and is never reused; `moment` is an ISO time in UTC."""

    identity: str
    title: str
    path: str
    moment: str
    summary: str
    author: str


async def reports(datasette: Any, request: Any) -> Response:
    """The reports that were found last."""
    t = _speaker(request)
    rows = (await datasette.get_database(DATABASE).execute(queries.NEW_REPORTS, {"n": ENTRIES})).rows
    return _feed(datasette, request, t("feed.reports"), "/", [_of_report(row, t) for row in rows])


async def revisions(datasette: Any, request: Any) -> Response:
    """The figures that sites changed last."""
    t = _speaker(request)
    rows = (await datasette.get_database(DATABASE).execute(queries.NEW_REVISIONS, {"n": ENTRIES})).rows
    return _feed(datasette, request, t("feed.revisions"), "/", [_of_revision(row, t) for row in rows])


async def agency(datasette: Any, request: Any) -> Response:
    """What is new of one agency: reports, and changes in them."""
    t = _speaker(request)
    key = unquote(request.url_vars["key"])
    database = datasette.get_database(DATABASE)
    known = (await database.execute(agency_queries.AGENCY, {"agency_key": key})).first()
    if known is None:
        return await not_found(datasette, request, "agency.not_found", key=key)
    asked = {"agency": known["id"], "n": ENTRIES}
    entries = [_of_report(row, t) for row in (await database.execute(queries.AGENCY_NEW_REPORTS, asked)).rows]
    entries += [_of_revision(row, t) for row in (await database.execute(queries.AGENCY_NEW_REVISIONS, asked)).rows]
    newest = sorted(entries, key=lambda entry: entry.moment, reverse=True)[:ENTRIES]
    title = t("feed.agency", agency=known["name"])
    return _feed(datasette, request, title, f"/agency/{quote(key)}", newest)


def _speaker(request: Any) -> Speaker:
    return Speaker(language_of(request))


def _of_report(row: Any, t: Speaker) -> Entry:
    said = [t("feed.published", date=row["published"] or t("report.unknown_date"))]
    if row["timeliness"] == "late":
        said.append(t("timeliness.late_days", n=row["days_late"]) if row["days_late"] else t("timeliness.late"))
    if row["checks_failed"]:
        said.append(t("report.checks_failed", n=row["checks_failed"]))
    path = f"/report/{quote(row['report_key'])}"
    title = row["title"] or f"{row['agency']} {row['year']}"
    return Entry(f"report/{row['report_key']}", title, path, row["first_seen"], "；".join(said), row["agency"])


def _of_revision(row: Any, t: Speaker) -> Entry:
    label = f"{row['row_zh']}，{row['col_zh']}" if row["row_zh"] else row["indicator"]
    old, new = (t("report.blank") if row[side] is None else number(row[side]) for side in ("old", "new"))
    return Entry(
        f"revision/{row['report_key']}/{row['indicator']}/{row['noticed']}",
        t("feed.changed", agency=row["agency"], year=row["year"], label=label, old=old, new=new),
        f"/report/{quote(row['report_key'])}#revisions",
        row["noticed"],
        row["title"] or row["report_key"],
        row["agency"],
    )


def _feed(datasette: Any, request: Any, title: str, path: str, entries: Sequence[Entry]) -> Response:
    t = _speaker(request)
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]  # None stands for no prefix; the stubs know only names
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", t("language.tag"))
    here = datasette.absolute_url(request, request.path)
    _add(feed, "id", _identity(f"feed{request.path.partition('?')[0]}"))
    _add(feed, "title", f"{title} · {t('site.title')}")
    _add(feed, "updated", max((_moment(entry.moment) for entry in entries), default=_FIRST_MOMENT))
    _add(_add(feed, "author"), "name", t("site.title"))
    _add(feed, "link", rel="self", type="application/atom+xml", href=here)
    _add(feed, "link", rel="alternate", type="text/html", href=datasette.absolute_url(request, path))
    for each in entries:
        entry = _add(feed, "entry")
        _add(entry, "id", _identity(each.identity))
        _add(entry, "title", each.title)
        _add(entry, "updated", _moment(each.moment))
        _add(_add(entry, "author"), "name", each.author)
        _add(entry, "link", rel="alternate", type="text/html", href=datasette.absolute_url(request, each.path))
        _add(entry, "summary", each.summary)
    body = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return Response(
        body.decode(), headers={"cache-control": "max-age=900"}, content_type="application/atom+xml; charset=utf-8"
    )


def _add(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
    if text is not None:
        element.text = _NOT_XML.sub("", text)
    return element


def _identity(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'ogi-archive/{name}')}"


def _moment(text: str) -> str:
    """A stored time as RFC 3339 writes it."""
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
