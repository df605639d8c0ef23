"""Full text search over the sections of all reports, and so over every claim: Chinese, any number of characters, exact.

The index holds every text with its characters spaced, so that each is a word, and a search is a phrase of them. Text
and search are brought to simplified characters, half width and lower case alike. Rows of the index are numbered in the
order of publication: reading it backwards gives the newest first without sorting.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC
from sqlite_utils import Database

MOST_COUNTED = 1000
AROUND = 40  # characters of a snippet on each side of the first hit
LONGEST = 100  # characters of a search: more is no question

_HITS = """
SELECT r.report_key, r.title, r.year, r.published, a.name, s.number, s.heading, s.text
FROM search_index i JOIN search_texts t ON t.id = i.rowid JOIN sections s ON s.id = t.section_id
JOIN reports r ON r.id = s.report_id JOIN agencies a ON a.id = r.agency_id
WHERE search_index MATCH :asked ORDER BY i.rowid DESC LIMIT :limit OFFSET :offset
"""
_COUNT = f"""
SELECT count(*) FROM (
    SELECT 1 FROM search_index i CROSS JOIN search_texts t ON t.id = i.rowid
    WHERE search_index MATCH ? LIMIT {MOST_COUNTED + 1}
)
"""  # noqa: S608  # our number
_UNITS = re.compile(r"[^\W_]|[^\w\s]+|_+")
_BREAK = "ꙮ"  # stands for marks: no word goes over them


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that holds what was searched for: `snippet` around the first place, which `start` and `end` bound."""

    report_key: str
    title: str | None
    agency: str
    year: int
    published: str | None
    section: int
    snippet: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """The newest hits of a search; `count` is at most 1,001, and `shown_count` says "1,000+" above 1,000."""

    hits: tuple[Hit, ...]
    count: int

    @property
    def shown_count(self) -> str:
        """The number of hits as people read it."""
        return f"{MOST_COUNTED:,}+" if self.count > MOST_COUNTED else f"{self.count:,}"


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def folded(text: str) -> str:
    """A text as it is compared: simplified, half width, lower case; of the same length wherever that can be."""
    simple: str = _converter().convert(text)
    if len(simple) != len(text):
        simple = "".join(_converter().convert(each) for each in text)
    return simple.translate(_NARROW)


class _Narrow(dict[int, str]):
    """Full width to half width and upper to lower case, worked out for each character once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        narrow = unicodedata.normalize("NFKC", character).lower()
        self[code] = narrow if len(narrow) == 1 else character
        return self[code]


_NARROW = _Narrow()


class _Marked(dict[int, str]):
    """Letters and digits as they are, blanks and line ends as nothing, every mark as the one that stands for all."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = character if character.isalnum() else "" if character.isspace() else _BREAK
        return self[code]


_MARKED = _Marked()
_BREAKS = re.compile(f"{_BREAK}+")


def spaced(text: str) -> str:
    """The characters of a text as single words, marks as one word for all of them; blanks and line ends are nothing."""
    return " ".join(_BREAKS.sub(_BREAK, folded(text).translate(_MARKED)))


def search(
    db: Database | sqlite3.Connection,
    words: str,
    limit: int = 20,
    offset: int = 0,
    *,
    year: int | None = None,
    region: str | None = None,
) -> Found:
    """The sections that hold `words` as written, blanks aside, any mark for any other; the newest reports first.

    Of one report `year` and of one `region` (a code of GB/T 2260) with all divisions below, where those are given.
    """
    connection = db.conn if isinstance(db, Database) else db
    phrase = spaced(words[:LONGEST]).strip(f"{_BREAK} ")
    if not phrase:
        return Found((), 0)
    asked = f'words : "{phrase}"'
    for fact in (f"y{year:d}" if year is not None else "", f"r{region}" if region and region.isdigit() else ""):
        asked += f' AND facts : "{fact}"' if fact else ""
    (count,) = connection.execute(_COUNT, [asked]).fetchone()
    rows = connection.execute(_HITS, {"asked": asked, "limit": limit, "offset": offset})
    return Found(tuple(_hits(rows, words[:LONGEST])), count)


def _hits(rows: sqlite3.Cursor, words: str) -> Iterator[Hit]:
    units = (re.escape(unit) if unit.isalnum() else r"[\W_]+" for unit in _UNITS.findall(folded(words)))
    pattern = re.compile(r"\s*".join(units))
    for key, title, year, published, agency, number, heading, text in rows:
        whole = f"{heading}\n{text}"
        place = pattern.search(folded(whole))
        start, end = place.span() if place else (0, 0)
        first = max(0, start - AROUND)
        yield Hit(key, title, agency, year, published, number, whole[first : end + AROUND], start - first, end - first)
