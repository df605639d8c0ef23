"""The named states: how a source ended a run, how a report was stored, how complete and how punctual it is."""

from __future__ import annotations

from enum import StrEnum


class SourceState(StrEnum):
    """How a source ended a run: exactly one state a source and run."""

    OK = "ok"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    CUT_SHORT = "cut_short"
    BROKEN = "broken"
    NOT_RUN = "not_run"

    @property
    def sentence(self) -> str:
        """What the state says, in one sentence."""
        return _SENTENCES[self]

    @property
    def listing_read(self) -> bool:
        """Whether the listing was read to its end, so that a report it does not name can be called missing."""
        return self in {SourceState.OK, SourceState.UNCHANGED, SourceState.EMPTY}


_SENTENCES = {
    SourceState.OK: "The listing was read to its end and reports were found that are new or have changed.",
    SourceState.UNCHANGED: "The listing was read to its end and nothing is new or changed since the last run.",
    SourceState.EMPTY: "The listing was read to its end and there is no annual report on it.",
    SourceState.REFUSED: "The site declines programs: by robots.txt, by its answer or by a challenge page.",
    SourceState.UNREACHABLE: "The site could not be reached: name, connection, encryption, time-out or server error.",
    SourceState.MOVED: "The listing is no longer at this address.",
    SourceState.CUT_SHORT: "Less could be read than the site itself says there is.",
    SourceState.BROKEN: "The listing was fetched, and no platform module understands it.",
    SourceState.NOT_RUN: "The source was not tried in this run.",
}


class Outcome(StrEnum):
    """What storing a reading did to the archive."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REVISED = "revised"
    COPY = "copy"
    UNREADABLE = "unreadable"


class Timeliness(StrEnum):
    """Whether a report was published by its legal deadline."""

    ON_TIME = "on_time"
    LATE = "late"
    UNKNOWN = "unknown"
    DATE_UNCERTAIN = "date_uncertain"


class ReportStatus(StrEnum):
    """How much of its form a report fills: every cell, some cells, or no statutory table at all."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NO_FIGURES = "no_figures"


class Cause(StrEnum):
    """Why a figure changed: the source published other bytes, or we read the same bytes better."""

    SOURCE = "source"
    PARSER = "parser"


class Presence(StrEnum):
    """What is known of the report that an agency owes for a year.

    `missing` accuses, so it needs a listing that was read to its end and a deadline passed by a margin; what is not
    known is `unknown`.
    """

    FOUND = "found"
    LATE = "late"
    MISSING = "missing"
    UNKNOWN = "unknown"
    REFUSED = "refused"
