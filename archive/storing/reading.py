"""A reading as the archive takes it: all that can be worked out of a report before anything is stored.

The archive has one writer and readers have many processes: what these can do, the writer need not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Self

import parsers
from archive.storing.digest import content_sha256
from archive.storing.rows import ReportRows, main_source, rows
from parsers.model import Problem, Report, SourceHint
from parsers.workers import Readers

ATTACHMENT_UNREAD = "attachment_unread"


@dataclass(frozen=True, slots=True)
class Reading:
    """A report for `Archive.store`: what is known of it as a whole, and its rows.

    `report` is without what the rows hold: its figures, claims, sections, tables and checks. `main` is the rank of the
    document that holds most of the figures.
    """

    report: Report
    rows: ReportRows
    content_sha256: str
    main: int

    @classmethod
    def of(cls, report: Report) -> Self:
        """The reading that a report is."""
        return cls(
            report=replace(report, figures={}, claims=(), sections=(), tables=(), checks=()),
            rows=rows(report),
            content_sha256=content_sha256(report),
            main=main_source([figure.source for figure in report.figures.values()]),
        )

    @property
    def figures(self) -> int:
        """How many figures are numbers."""
        return sum(value is not None for value in self.rows.values.values())

    @property
    def text(self) -> int:
        """How many characters its sections have."""
        return sum(len(text) for _, _, text in self.rows.tables["sections"])

    @property
    def is_hollow(self) -> bool:
        """Whether it has nothing of a report but its name, as of a page of errors behind a listed address."""
        headed = any(heading for _, heading, _ in self.rows.tables["sections"])
        return not (self.rows.values or self.rows.tables["claims"] or headed)


Document = tuple[bytes, str | None, str | None]
"""A kept document: its bytes without their content encoding, the content type that the site said, its address."""


def read(data: bytes, content_type: str | None, url: str | None, hint: SourceHint) -> Reading:
    """The reading of a document that is all there is of its report, in this process."""
    return Reading.of(parsers.merge([parsers.parse(data, content_type, url, hint)]))


def begin(readers: Readers, documents: Sequence[Document], hint: SourceHint) -> list[Future[Reading | Report]]:
    """Has a page and the documents that it offers read, the page first; `joined` makes one reading of the answers."""
    call: Callable[..., Reading | Report] = read if len(documents) == 1 else parsers.parse
    return [readers.call(call, *document, hint) for document in documents]


def joined(answers: Sequence[Reading | Report]) -> tuple[Reading, list[int]]:
    """The reading that the answers to `begin` make together, and the ranks of the documents that it is of.

    The page belongs to the report even where it has none of its text; a document that is no annual report (a guide, a
    list of other documents) does not, and one that cannot be read is a problem.
    """
    match answers:
        case [Reading() as alone]:
            return alone, [0]
    reports = [answer for answer in answers if isinstance(answer, Report)]
    ranks = [rank for rank, report in enumerate(reports) if rank == 0 or report.ok]
    whole = parsers.merge([reports[rank] for rank in ranks])
    unread = tuple(
        Problem(ATTACHMENT_UNREAD, f"an attachment cannot be read: {report.problems[0].message}")
        for report in reports[1:]
        if not report.ok and report.problems and report.problems[0].code != "not_a_report"
    )
    return Reading.of(replace(whole, problems=(*whole.problems, *dict.fromkeys(unread)))), ranks
