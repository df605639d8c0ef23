"""The registry: one line is one agency's listing; every mistake in it is a line number and a sentence."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from crawler import platforms
from crawler.addresses import host_of, is_private_host, port_of

HEADER = ("id", "region_code", "agency", "listing_url", "platform", "first_year", "note")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# The Regulation on open government information took effect on 1 May 2008; no annual report is older than its drafts.
_YEARS = range(2004, 2100)


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the registry. `agency` is empty for a portal's column of many agencies; `line` is its line number."""

    id: str
    region_code: str
    agency: str
    listing_url: str
    platform: str = ""
    first_year: int | None = None
    note: str = ""
    line: int = 0


class SourcesError(Exception):
    """Raised for a registry that cannot be used; `mistakes` holds one sentence a mistake, each with file and line."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def load(path: Path | str, *, allow_private: bool = False) -> list[Source]:
    """Read the registry at `path` (CSV, UTF-8, header `HEADER`) and return its lines in order.

    Raises SourcesError with every mistake found: a file that is none, a wrong header, missing fields, ids and
    listings given twice, codes that are not in the region list, addresses that are not http or https, private hosts
    (unless `allow_private`), unknown platforms, impossible years.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SourcesError([f"{path}: {error.strerror or error}; name the registry with --sources."]) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise SourcesError([f"{path}, line {line}: not UTF-8; save the file as UTF-8."]) from error
    sources: list[Source] = []
    mistakes: list[str] = []
    first_lines: dict[Hashable, int] = {}
    try:
        for line, row in _rows(text):
            if line == 1:
                if tuple(row) != HEADER:
                    raise SourcesError([f"{path}, line 1: the header must be {','.join(HEADER)}."])
                continue
            wrong = [*_mistakes(row, allow_private=allow_private), *_repetitions(row, line, first_lines)]
            mistakes += [f"{path}, line {line}: {sentence}" for sentence in wrong]
            if not wrong:
                sources.append(_source(row, line))
    except csv.Error as error:
        raise SourcesError([f"{path}: not a CSV file ({error})."]) from error
    if not sources and not mistakes:
        raise SourcesError([f"{path}: no source in it; add a line for each agency's listing below the header."])
    if mistakes:
        raise SourcesError(mistakes)
    return sources


def chosen(sources: list[Source], wanted: list[str], registry: str) -> list[Source]:
    """The sources with the ids `wanted`, in the registry's order; raises SourcesError for an id that it lacks."""
    ids = {source.id for source in sources}
    missing = [each for each in wanted if each not in ids]
    if missing:
        raise SourcesError([f"{registry}: no source {each}; `ogi sources` lists them." for each in missing])
    return [source for source in sources if source.id in wanted]


def shard_of(host: str, shards: int) -> int:
    """The number, from 1 to `shards`, of the shard that a host belongs to: the same on every machine and every day."""
    return int.from_bytes(hashlib.sha256(host.encode()).digest()[:8]) % shards + 1


def shard(sources: Iterable[Source], number: int, shards: int) -> list[Source]:
    """The sources of one of `shards` shards, in their order: all of a host are in the same one, so that whoever crawls
    it is alone with that host."""
    return [source for source in sources if shard_of(host_of(source.listing_url), shards) == number]


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the number of the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    for row in reader:
        if any(field.strip() for field in row) or begins == 1:
            yield begins, [field.strip() for field in row]
        begins = reader.line_num + 1


def _source(row: list[str], line: int) -> Source:
    identifier, region, agency, listing, platform, first_year, note = row
    return Source(identifier, region, agency, listing, platform, int(first_year) if first_year else None, note, line)


def _mistakes(row: list[str], *, allow_private: bool) -> Iterator[str]:
    if len(row) != len(HEADER):
        yield f"{len(row)} fields where the header has {len(HEADER)}; put fields that hold commas in quotation marks."
        return
    identifier, region, _, listing, platform, first_year, _ = row
    for name, value in (("id", identifier), ("region_code", region), ("listing_url", listing)):
        if not value:
            yield f"{name} is missing."
    if identifier and not _ID.fullmatch(identifier):
        yield f"the id {identifier} must be small letters, digits and single hyphens."
    if region and region not in region_codes():
        yield f"the region code {region} is not in the list of administrative divisions (six digits, GB/T 2260)."
    if listing:
        yield from _listing_mistakes(listing, allow_private=allow_private)
    if platform and platform not in platforms.NAMES:
        yield f"the platform {platform} is unknown; leave it empty or name one of {', '.join(sorted(platforms.NAMES))}."
    if first_year and not (first_year.isascii() and first_year.isdigit() and int(first_year) in _YEARS):
        yield f"first_year {first_year} is not a year from {_YEARS.start} on."


def _repetitions(row: list[str], line: int, first_lines: dict[Hashable, int]) -> Iterator[str]:
    """What `row` has in common with an earlier line and must not; notes what it has itself in `first_lines`."""
    if len(row) != len(HEADER):
        return
    identifier, listing = row[0], row[3]
    for name, value, key in (("id", identifier, identifier), ("listing", listing, _same_listing(listing))):
        if value and first_lines.setdefault((name, key), line) != line:
            yield f"the {name} {value} is already that of line {first_lines[name, key]}."


def _listing_mistakes(listing: str, *, allow_private: bool) -> Iterator[str]:
    if listing.partition("://")[0].lower() not in ("http", "https") or not host_of(listing):
        yield f"the listing {listing} must be an http:// or https:// address."
    elif port_of(listing) is None or any(char.isspace() for char in listing):
        yield f"the listing {listing} is not an address."
    elif is_private_host(host_of(listing)) and not allow_private:
        yield f"the listing {listing} is on a private address; use --allow-private if that is meant."


def _same_listing(url: str) -> Hashable:
    """What makes two listings the same: the scheme and a slash at the end do not."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    port = port_of(url)
    return host_of(url), None if port in (80, 443) else port, parts.path.rstrip("/"), parts.query, parts.fragment


@cache
def region_codes() -> frozenset[str]:
    """The six-digit codes of the list of administrative divisions that `parsers` ships."""
    text = resources.files("parsers.identity").joinpath("regions.csv").read_text(encoding="utf-8")
    return frozenset(row["code"] for row in csv.DictReader(io.StringIO(text)))
