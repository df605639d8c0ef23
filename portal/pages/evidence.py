"""Where a figure or a claim was read: the kept page with its place marked, in a frame of its own, and the bytes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

from datasette.utils.asgi import Response
from markupsafe import escape
from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.kept.evidence import Evidence, Page, evidence
from archive.kept.marking import MARK
from archive.withheld import Withheld
from portal.beside import beside
from portal.catalogue import DATABASE
from portal.kept import KeptPages, Unshown
from portal.queries import evidence as queries
from portal.queries import report as report_queries
from portal.rendering import not_found, page
from portal.words import Speaker, language_of

_AT = re.compile(r"table (\d+) row (\d+) column (\d+)$")
_BOX = re.compile(r"page (\d+) box")
# A page that must be withheld must not live on in anybody's cache.
_ASK_AGAIN = {"cache-control": "private, no-cache"}
_EXTENSIONS = {
    "text/html": "html",
    "text/plain": "txt",
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


async def figure(datasette: Any, request: Any) -> Response:
    """The evidence of one figure: what was read, where, from which bytes, and the kept page itself."""
    key, indicator = unquote(request.url_vars["key"]), request.url_vars["indicator"]
    database = datasette.get_database(DATABASE)
    report = (await database.execute(report_queries.REPORT, {"key": key})).first()
    found = await database.execute_fn(_asking(key, indicator))
    if found is None or report is None:
        return await not_found(datasette, request, "evidence.not_found", key=key, indicator=indicator)
    known = beside(datasette)
    withheld = why = None
    if found.page is not None:
        withheld = known.why_withheld(found.page.url, [key])
        kept = await known.pages.read(found.page)
        why = kept if isinstance(kept, Unshown) else None
    asked = {"key": key, "indicator": indicator}
    shown = found.page if not why and not withheld else None
    context = {
        "report": report,
        "found": found,
        "place": _place(found, language_of(request)),
        "withheld": withheld,
        "why": why,
        "correction": (await database.execute(queries.CORRECTION, asked)).first() if found.corrected else None,
        "frame": _frame(shown, report=key, indicator=indicator) if shown else None,
    }
    return await page(datasette, request, "evidence.html", context)


async def claim(datasette: Any, request: Any) -> Response:
    """The evidence of one figure of the text: its sentence, and the kept page with the sentence marked."""
    key, number = unquote(request.url_vars["key"]), int(request.url_vars["number"])
    database = datasette.get_database(DATABASE)
    report = (await database.execute(report_queries.REPORT, {"key": key})).first()
    found = (await database.execute(queries.CLAIM, {"key": key, "after": number - 1})).first()
    if found is None or report is None:
        return await not_found(datasette, request, "evidence.no_claim", key=key, number=str(number))
    of_report = {"report": report["id"], "version": report["version"]}
    kept_pages = [Page(*tuple(row)[:8]) for row in (await database.execute(report_queries.SNAPSHOTS, of_report)).rows]
    known = beside(datasette)
    shown, why, marked = await _page_of(known.pages, kept_pages, found["sentence"])
    withheld = known.why_withheld(shown.url, [key]) if shown else None
    context = {
        "report": report,
        "claim": found,
        "page": shown,
        "withheld": withheld,
        "why": why,
        "marked": marked,
        "frame": _frame(shown, report=key, claim=number) if shown and not why and not withheld else None,
    }
    return await page(datasette, request, "claim.html", context)


async def _page_of(pages: KeptPages, kept_pages: list[Page], sentence: str) -> tuple[Page | None, Unshown | None, bool]:
    """The first kept page of a report in which a sentence is found, or its first, why that cannot be shown, and
    whether the sentence was found."""
    first = None
    for kept_page in kept_pages:
        laid = await pages.lay(kept_page, sentence=sentence)
        if not isinstance(laid, Unshown) and laid.marked:
            return kept_page, None, True
        first = first or (kept_page, laid if isinstance(laid, Unshown) else None, False)
    return first or (None, None, False)


async def kept(datasette: Any, request: Any) -> Response:
    """A kept page for the eye, by the digest of its bytes; with `report` and `indicator` that cell is marked, with
    `report` and `claim` that sentence."""
    t = Speaker(language_of(request))
    kept_page, withheld = await _kept_page(datasette, request)
    if kept_page is None:
        return Response.html(_said(t("evidence.no_page")), status=404)
    if withheld is not None:
        return Response.html(_said(t("evidence.withheld", **_told(withheld))), status=451)
    place = at = sentence = None
    database = datasette.get_database(DATABASE)
    if indicator := request.args.get("indicator"):
        ask = _asking(request.args.get("report") or "", indicator)
        found = await database.execute_fn(ask)
        if found is not None and found.page is not None and found.page.sha256 == kept_page.sha256:
            place, at = found.place, found.at
    elif (number := request.args.get("claim") or "").isdecimal() and len(number) < 5:
        of_claim = {"key": request.args.get("report") or "", "after": int(number) - 1}
        claimed = (await database.execute(queries.CLAIM, of_claim)).first()
        sentence = claimed["sentence"] if claimed else None
    laid = await beside(datasette).pages.lay(kept_page, place, at, sentence)
    if isinstance(laid, Unshown):
        return Response.html(_said(f"{t(laid.words)} {laid.said}"), status=200 if laid.said else 404)
    return Response.html(laid.markup, headers=_ASK_AGAIN)


async def original(datasette: Any, request: Any) -> Response:
    """The kept bytes as they were fetched, to be saved and never shown."""
    t = Speaker(language_of(request))
    kept_page, withheld = await _kept_page(datasette, request)
    if kept_page is None:
        return Response.text(t("evidence.no_page"), status=404)
    if withheld is not None:
        return Response.text(t("evidence.withheld", **_told(withheld)), status=451)
    answer = await beside(datasette).pages.read(kept_page)
    if isinstance(answer, Unshown):
        return Response.text(t(answer.words), status=404)
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(_name(kept_page), safe='')}",
        "x-sha256": kept_page.sha256,
        **_ASK_AGAIN,
    }
    return Response(answer.content, status=200, headers=headers, content_type="application/octet-stream")


async def _kept_page(datasette: Any, request: Any) -> tuple[Page | None, Withheld | None]:
    asked = {"sha256": request.url_vars["sha256"]}
    rows = (await datasette.get_database(DATABASE).execute(queries.KEPT, asked)).rows
    if not rows:
        return None, None
    keys = [row["report_key"] for row in rows]
    known = beside(datasette)
    reasons = (known.why_withheld(row["url"], keys) for row in rows)
    return Page(*tuple(rows[0])[:8]), next((reason for reason in reasons if reason), None)


def _asking(key: str, indicator: str) -> Callable[[sqlite3.Connection], Evidence | None]:
    def ask(connection: sqlite3.Connection) -> Evidence | None:
        try:
            return evidence(Database(connection), key, indicator)
        except ArchiveError:
            return None

    return ask


def _frame(kept_page: Page, **marked: str | int) -> str:
    return f"/kept/{kept_page.sha256}?{urlencode(marked)}#{MARK}"


def _place(found: Evidence, tongue: str) -> str:
    """Where the cell stands, for people."""
    t = Speaker(tongue)
    said = []
    if pages := sorted({int(number) for number in _BOX.findall(found.place)}):
        said.append(t("evidence.at_page", page="、".join(map(str, pages))))
    table = _AT.match(found.at)
    said.append(t("evidence.at", table=table[1], row=table[2], column=table[3]) if table else found.at)
    return "，".join(said) if tongue == "zh" else ", ".join(said)


def _name(kept_page: Page) -> str:
    """What the saved file is called: as it was at its site, or by its digest."""
    last = unquote(urlsplit(kept_page.url).path.rpartition("/")[2])
    name = re.sub(r"[^\w.-]+", "_", last).strip("._")[-80:]
    kind = (kept_page.content_type or "").partition(";")[0].strip().lower()
    extension = _EXTENSIONS.get(kind, "bin")
    if not name:
        name = kept_page.sha256[:16]
    return name if "." in name else f"{name}.{extension}"


def _told(withheld: Withheld) -> dict[str, str]:
    return {"reason": withheld.reason, "who": withheld.who, "date": withheld.date}


def _said(sentence: str) -> str:
    """A page of one sentence, in the place of the kept page."""
    return f'<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><title>·</title><p>{escape(sentence)}</p></html>'
