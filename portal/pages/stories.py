"""Stories: what one may want to ask agencies about, each with a sentence, its number, its rows and a file."""

from __future__ import annotations

import json
from typing import Any

from datasette.utils.asgi import Response

from portal.catalogue import DATABASE
from portal.downloads import send_rows
from portal.pages.indicator import name_of
from portal.queries import stories as queries
from portal.queries.questions import QUESTIONS
from portal.rendering import not_found, page
from portal.words import LANGUAGES, language_of

# In the order in which they are told.
STORIES = (
    "failed_checks",
    "carry_over_breaks",
    "late_reports",
    "refusal_shares",
    "corrected_decisions",
    "copied_reports",
    "all_zero_reports",
    "jumps",
    "most_requests",
    "source_revisions",
    "refused_sources",
)
OF_SOURCES = "refused_sources"  # told of sources; all others of reports
FIRST = 3
LINES = 50
LEADS_A_REPORT = 8  # as many as a report with one wrong figure usually has


async def stories(datasette: Any, request: Any) -> Response:
    """All stories, each with its first leads."""
    database = datasette.get_database(DATABASE)
    tongue = language_of(request)
    told = [
        {"name": story, "n": await count(database, story), "leads": await _leads(database, story, None, 0, FIRST)}
        for story in STORIES
    ]
    return await page(datasette, request, "stories.html", {"stories": told, "names": await names(database, tongue)})


async def story(datasette: Any, request: Any) -> Response:
    """One story: its leads, a page at a time, of one year or of all."""
    name = request.url_vars["story"]
    if name not in STORIES:
        return await not_found(datasette, request, "story.not_found", story=name)
    database = datasette.get_database(DATABASE)
    year, after = _number(request.args.get("year")), _number(request.args.get("after")) or 0
    found = await _leads(database, name, year, after, LINES + 1)
    years = [] if name == OF_SOURCES else (await database.execute(queries.YEARS, {"story": name})).rows
    context = {
        "story": name,
        "n": await count(database, name),
        "years": years,
        "year": year,
        "of_year": next((row["n"] for row in years if row["year"] == year), 0),
        "leads": found[:LINES],
        "next": _next(name, found[LINES - 1], after) if len(found) > LINES else None,
        "names": await names(database, language_of(request)),
    }
    return await page(datasette, request, "story.html", context)


async def csv(datasette: Any, request: Any, send: Any, receive: Any) -> Response | None:
    """Every lead of a story as CSV, of one year where it is asked for."""
    name, year = request.url_vars["story"], _number(request.args.get("year"))
    if name not in STORIES:
        return await not_found(datasette, request, "story.not_found", story=name)
    query = queries.REFUSED_FILE if name == OF_SOURCES else queries.FILE
    file = f"{name}-{year}" if year else name
    await send_rows(datasette, request, send, receive, file, query, {"story": name, "year": year})
    return None


async def count(database: Any, story: str) -> int:
    """How many leads a story has."""
    query = queries.REFUSED_COUNT if story == OF_SOURCES else queries.COUNT
    return int((await database.execute(query, {"story": story})).first()["n"])


async def _leads(database: Any, story: str, year: int | None, after: int, n: int) -> list[Any]:
    asked = {"story": story, "year": year, "after": after, "n": n}
    if story == OF_SOURCES:
        sources = (await database.execute(queries.REFUSED_SOURCES, asked)).rows
        return [{**source, "reason": _reason(source["evidence"])} for source in map(dict, sources)]
    query = queries.LEADS if year is None else queries.LEADS_OF_YEAR
    return list((await database.execute(query, asked)).rows)


def _reason(evidence: str | None) -> str:
    """Why a source was refused: the reason in its evidence, or the evidence as it stands."""
    try:
        told = json.loads(evidence or "")
    except ValueError:
        return evidence or ""
    return str(told.get("reason") or evidence) if isinstance(told, dict) else str(told)


async def names(database: Any, tongue: str) -> dict[str, str]:
    """What the rows, columns and cells that a lead may name are called."""
    called: dict[str, str] = {}
    for row in (await database.execute(queries.NAMES)).rows:
        if tongue != LANGUAGES[0]:
            called.setdefault(row["id"], name_of(row, tongue))
            called.setdefault(row["row"], row["label_en"].split(" / ")[0])
            called.setdefault(row["column"], row["label_en"].split(" / ")[-1])
            continue
        called.setdefault(row["id"], f"{row['row_zh'].split('/')[-1]}，{row['col_zh'].split('/')[-1]}")
        called.setdefault(row["row"], row["row_zh"].split("/")[-1])
        called.setdefault(row["column"], row["col_zh"].replace("/", " "))
    return called


async def leads_by_report(database: Any, story: str, n: int) -> list[tuple[Any, int]]:
    """The first leads of a story, one a report, each with how many more of its report are among them."""
    by_report: dict[str, list[Any]] = {}
    for lead in await _leads(database, story, None, 0, n * LEADS_A_REPORT):
        by_report.setdefault(lead["report_key"], []).append(lead)
    return [(leads[0], len(leads) - 1) for leads in list(by_report.values())[:n]]


def _next(story: str, last: Any, after: int) -> int:
    return after + LINES if story == OF_SOURCES else int(last["place"])


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


assert set(STORIES) == QUESTIONS.keys()
