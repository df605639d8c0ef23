"""`ogi sources add`: makes a line of the registry for a listing, or for a site whose listing is yet to be found."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from archive.publish import var_directory
from crawler.addresses import host_of, is_private_host
from crawler.run import crawl
from crawler.sources import HEADER, Source, load, region_codes
from ogi import options
from ogi.errors import UserError
from ogi.terminal import say

ENOUGH = 5  # reports that are read to tell whose they are
_FOUND = """
    SELECT a.region_code, a.name, r.year FROM reports r JOIN agencies a ON a.id = r.agency_id
"""


@click.command("add")
@click.argument("url")
@options.sources
@options.settings
@options.allow_private
def command(url: str, sources: Path, settings: dict[str, str], allow_private: bool) -> None:
    """Fetch the listing at URL, or find it from the site's front page, and add a line for it to the registry.

    The platform is detected; region, agency and first year are those of the reports that are listed. Look the line
    over: a column of many agencies has none of its own.
    """
    if not url.startswith(("http://", "https://")) or not host_of(url):
        raise UserError(f"{url}: not an address; it must begin with http:// or https://.")
    if is_private_host(host_of(url)) and not allow_private:
        raise UserError(f"{url}: a private address; use --allow-private if that is meant.")
    registered = load(sources, allow_private=True) if sources.exists() else []
    row = _propose(url, settings | {"OGI_ALLOW_PRIVATE": allow_private}, {source.id for source in registered})
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(row)
    if not row[1]:
        raise UserError(
            f"{url}: no report tells its region; add this line with a region code by hand: {line.getvalue().rstrip()}"
        )
    already = next((source for source in registered if source.listing_url == row[3]), None)
    if already:
        raise UserError(f"{sources}, line {already.line}: {row[3]} is there already, as {already.id}.")
    text = sources.read_text(encoding="utf-8") if sources.exists() else ",".join(HEADER) + "\n"
    sources.write_text(f"{text.rstrip()}\n{line.getvalue()}", encoding="utf-8")
    say(line.getvalue().rstrip())


def _propose(url: str, settings: dict[str, object], taken: set[str]) -> list[str]:
    """The fields of the line. Raises UserError where the address leads to no annual report."""
    with TemporaryDirectory() as directory:
        db = Path(directory) / "look.db"
        given = {"OGI_DB": str(db), "LOG_LEVEL": "ERROR", "CLOSESPIDER_ITEMCOUNT": ENOUGH} | settings
        ruling = crawl([Source("new", "", "", url)], given).states["new"]
        with closing(sqlite3.connect(var_directory(db) / "working.db")) as archive:
            found = archive.execute(_FOUND).fetchall()
    if not found:
        raise UserError(f"{url}: no annual report was found there: {ruling.evidence['reason']}.")
    regions = Counter(region for region, _, _ in found if region in region_codes())
    names = {name for _, name, _ in found}
    region = regions.most_common(1)[0][0] if regions else ""
    agency = names.pop() if len(names) == 1 else ""
    note = "added by hand; look it over"
    listing = str(ruling.evidence.get("found_at") or url)
    identifier = _identifier(region or "000000", host_of(listing), taken)
    first = min(year for _, _, year in found)
    return [identifier, region, agency, listing, str(ruling.evidence.get("platform", "")), str(first), note]


def _identifier(region: str, host: str, taken: set[str]) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", host.removeprefix("www.").partition(".")[0].lower()).strip("-") or "site"
    identifier, number = f"{region}-{name}", 1
    while identifier in taken:
        number += 1
        identifier = f"{region}-{name}-{number}"
    return identifier
