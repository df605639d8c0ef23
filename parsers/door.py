"""Joins the readers and the rules: from the bytes of a document to the report that it is, or to why it is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from parsers import identity, narrative, reconcile, sections
from parsers.characters import is_traditional, simplified
from parsers.documents import read_document, sniff
from parsers.model import (
    Check,
    Claim,
    Document,
    Figure,
    OtherTable,
    Paragraph,
    Problem,
    Report,
    Section,
    SourceHint,
    Table,
    UnreadableError,
)
from parsers.reconcile import text as reconcile_text
from parsers.reconcile import unsure
from parsers.tables import labels, statutory
from parsers.tables.found import Statutory
from parsers.tables.generation import detect_form, form_in_force
from parsers.tables.scope import scopes

LONGEST_CAPTION = 60
# The shortest reports of small agencies fill half a page.
LEAST_TEXT = 60
# What every report is about, whatever it calls itself.
SUBJECT = "公开"
PAGES = frozenset(("html", "text"))
# What cannot be read by design, though the document is there and whole: a report of this name was published.
CLOSED = frozenset(("encrypted", "needs_libreoffice"))
CLOSED_AS = {"pdf": "pdf", "ofd": "ofd", "word": "docx", "office": "doc", "spreadsheet": "xls"}


def parse(
    data: bytes, content_type: str | None = None, url: str | None = None, hint: SourceHint | None = None
) -> Report:
    """Reads a document of any medium.

    `content_type` and `url` are what the site said of the bytes; the bytes themselves are believed first. `hint` is
    what the registry knows of the source. Gives a report that is not `ok`, with the problem that says why, for
    anything that is no annual report or cannot be read; raises nothing but MemoryError.
    """
    try:
        document = _in_simplified(_read(data, content_type, url))
        return _report(document, hint)
    except UnreadableError as error:
        return Report.unreadable(error.code, str(error))
    except RecursionError:
        return Report.unreadable("too_deep", "the document is nested too deeply to be read")
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - hostile bytes must end in a named problem, whatever library they upset
        return Report.unreadable("reader_failed", f"the reader failed: {type(error).__name__}: {str(error)[:200]}")


def _read(data: bytes, content_type: str | None, url: str | None) -> Document:
    """The document; a whole one that cannot be opened here is empty, as a scan is, so that its title still counts."""
    try:
        return read_document(data, content_type, url)
    except UnreadableError as error:
        if error.code not in CLOSED:
            raise
        medium = CLOSED_AS[sniff(data, content_type, url)]
        return Document(medium, (), problems=(Problem(error.code, str(error)),))


def _in_simplified(document: Document) -> Document:
    """The document, one in traditional characters with the simplified ones that the forms are printed in."""
    if not is_traditional("\n".join((*document.titles, *(block.text for block in document.paragraphs)))):
        return document
    blocks = tuple(
        block._replace(text=simplified(block.text))
        if isinstance(block, Paragraph)
        else replace(block, cells=tuple(cell._replace(text=simplified(cell.text)) for cell in block.cells))
        for block in document.blocks
    )
    titles = tuple(map(simplified, document.titles))
    return replace(document, blocks=blocks, titles=titles)


def _report(document: Document, hint: SourceHint | None) -> Report:
    divided = sections.divide(document)
    parts = divided.sections
    who = identity.identify(document, parts, hint)
    if not who.is_annual_report:
        if not document.blocks and document.problems:
            return Report.unreadable(document.problems[0].code, document.problems[0].message)
        return Report.unreadable("not_a_report", who.why_not or "the document is not an annual report")
    found = statutory.match(document)
    figures, doubts = unsure.left_out(document, found.figures)
    figures, moved = unsure.of_damaged_tables(figures, found.problems)
    figures, halved = unsure.at_the_end(document, figures)
    whose = {**scopes(parts, who.kind), **found.scopes}
    claims, unclear = narrative.claims(parts, who.year)
    report = Report(
        ok=True,
        title=who.title,
        agency=who.agency,
        region_code=who.region_code,
        region=who.region,
        level=who.level,
        kind=who.kind,
        field=who.field,
        year=who.year,
        form=found.form or form_in_force(figures, who.year),
        period=who.period,
        published=who.published,
        published_source=who.published_source,
        scope=whose.get("requests"),
        table_scopes=whose,
        media=document.media,
        figures=figures,
        claims=claims,
        sections=parts,
        tables=_other_tables(document, found, divided.of_block),
        problems=(*document.problems, *who.problems, *found.problems, *doubts, *moved, *halved, *unclear),
    )
    return replace(report, checks=_checks(report))


def _checks(report: Report) -> tuple[Check, ...]:
    """Every rule that one report can be held to, its tables among themselves first, then its text against them."""
    about_text = reconcile_text.check(
        report.figures,
        level=report.level,
        kind=report.kind,
        year=report.year,
        sections=report.sections,
        claims=report.claims,
    )
    return (*reconcile.check(report.figures), *about_text)


def _other_tables(document: Document, found: Statutory, of_block: Sequence[int | None]) -> tuple[OtherTable, ...]:
    """The tables that belong to no form, each with its section and the short line that stands over it."""
    if not found.leftover:
        return ()
    where: dict[int, tuple[int | None, str | None]] = {}
    above: str | None = None
    for block, section in zip(document.blocks, of_block, strict=True):
        if isinstance(block, Paragraph):
            above = block.text
        elif isinstance(block, Table):
            caption = above if above and _is_caption(above) else None
            where[block.number] = (section, caption)
            above = None
    return tuple(
        OtherTable(*where[number], rows=rows, at=f"table {number}")
        for number, rows in found.leftover
        if any(cell.strip() for row in rows for cell in row)
    )


def _is_caption(line: str) -> bool:
    return len(line) <= LONGEST_CAPTION and not line.endswith(("。", "；", ";", "，")) and not sections.heading(line)


def merge(readings: Sequence[Report]) -> Report:
    """Joins the readings of an article and its attachments, the article first, to one report.

    A figure that two readings give differently is NULL, with both values in a problem; a reading of another agency or
    another year is left out, with a problem. Where no reading is a report, the first one is given back; where all that
    there is of one is its title on a page, that is none. Every figure keeps the rank of its reading as its `source`.
    """
    reports = [_of_rank(rank, reading) for rank, reading in enumerate(readings) if reading.ok]
    if not reports:
        return readings[0]
    if all(_is_bare(report) for report in reports):
        return Report.unreadable("no_text", "The page stands for a report and holds nothing of it.")
    first, problems = reports[0], list(reports[0].problems)
    together = [first]
    for other in reports[1:]:
        strange = _contradiction(first, other)
        if strange:
            problems.append(Problem("attachment_other_report", f"an attachment is another report: {strange}"))
        else:
            together.append(other)
            problems.extend(problem for problem in other.problems if problem not in problems)
    if len(together) == 1:
        return replace(first, problems=tuple(problems))
    figures = _merged_figures(together, problems)
    fullest = max(together, key=lambda report: sum(len(section.text) for section in report.sections))
    sections, claims = _joined_text(fullest, together)
    known: dict[str, Any] = {
        name: next((value for report in together if (value := getattr(report, name)) is not None), None)
        for name in (
            "title",
            "agency",
            "region_code",
            "region",
            "level",
            "kind",
            "field",
            "year",
            "period",
            "published",
        )
    }
    merged = replace(
        first,
        **known,
        form=detect_form(figures) or form_in_force(figures, known["year"]),
        scope=fullest.scope,
        table_scopes=fullest.table_scopes,
        figures=figures,
        claims=claims,
        sections=sections,
        tables=max(together, key=lambda report: len(report.tables)).tables,
        problems=tuple(problems),
    )
    return replace(merged, checks=_checks(merged))


def _is_bare(report: Report) -> bool:
    """Whether a page holds nothing of a report but, perhaps, its title: a notice of maintenance, an empty answer."""
    if report.media not in PAGES or report.figures or report.claims:
        return False
    text = "".join(section.text for section in report.sections)
    return len(text) < LEAST_TEXT or SUBJECT not in text


def _of_rank(rank: int, reading: Report) -> Report:
    if not rank:
        return reading
    figures = {indicator: figure._replace(source=rank) for indicator, figure in reading.figures.items()}
    return replace(reading, figures=figures)


def _contradiction(one: Report, other: Report) -> str | None:
    if one.year and other.year and one.year != other.year:
        return f"year {other.year}, not {one.year}"
    if one.agency and other.agency and labels.squash(one.agency) != labels.squash(other.agency):
        return f"{other.agency}, not {one.agency}"
    return None


def _joined_text(fullest: Report, reports: Sequence[Report]) -> tuple[tuple[Section, ...], tuple[Claim, ...]]:
    """The sections of the reading that says most, and those that only others have, with what they claim: a site may cut
    an article in pages."""
    sections = {section.number: section for section in fullest.sections}
    claims = list(fullest.claims)
    for report in reports:
        new = {each.number: each for each in report.sections if each.number and each.number not in sections}
        sections |= new
        claims += (claim for claim in report.claims if claim.section in new)
    return tuple(sections[number] for number in sorted(sections)), tuple(claims)


def _merged_figures(reports: Sequence[Report], problems: list[Problem]) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for report in reports:
        for indicator, figure in report.figures.items():
            known = figures.setdefault(indicator, figure)
            if _is_unsure(known):
                figures[indicator] = figure
            elif (
                not _is_unsure(figure)
                and (known.value, known.kind) != (figure.value, figure.kind)
                and known.kind != "text"
            ):
                message = f"{indicator}: {known.raw.strip()!r} in one document, {figure.raw.strip()!r} in another"
                problems.append(Problem("readings_differ", message, known.at))
                figures[indicator] = known._replace(value=None, kind="text")
    return figures


def _is_unsure(figure: Figure) -> bool:
    """Whether a figure is one that nobody could recognise; it contradicts nothing."""
    return figure.method == "ocr" and figure.kind == "text"
