"""The documents that are measured with: pages of the example municipality, and the documents of the parsers' tests."""

from __future__ import annotations

import urllib.request
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import demo

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "tests" / "documents"
REAL_PAGE = ROOT.parent / "shared" / "samples" / "shuyang-drc-2023.html"
PASTED_PAGE = DOCUMENTS / "trs-page-with-tables-pasted-from-word.html"
CITY = "凌州市"
YEARS = range(2019, 2026)
RARER = {0: ".docx", 5: ".txt", 10: ".pdf", 15: ".txt", 20: ".docx", 30: ".xlsx"}  # of forty files
DIGITS = "甲乙丙丁戊己庚辛壬癸"  # a name with a figure in it would be none


class ExamplePage(NamedTuple):
    """A report of the example municipality as its site serves it."""

    agency: str
    year: int
    day: str
    text: str


@cache
def example_pages() -> tuple[ExamplePage, ...]:
    """The reports that the example municipality serves as pages."""
    found = []
    with demo.serve() as site:
        for known in demo.expected():
            asked = f"http://127.0.0.1:{site.port}{known.path}"
            with urllib.request.urlopen(urllib.request.Request(asked, headers={"Host": known.host})) as answer:
                if answer.headers.get_content_type() == "text/html":
                    text = answer.read().decode("utf-8" if answer.headers.get_content_charset() else "gb18030")
                    found.append(ExamplePage(known.agency, known.year, known.published.isoformat(), text))
    return tuple(found)


def bureaus() -> list[list[ExamplePage]]:
    """The reports, by agency, of those of the example city that give one a year, each as a page and nothing else."""
    by_agency: dict[str, list[ExamplePage]] = {}
    for page in example_pages():
        if page.agency.startswith(CITY) and ".docx" not in page.text:
            by_agency.setdefault(page.agency, []).append(page)
    return [pages for pages in by_agency.values() if len(pages) == len(YEARS)]


def renamed(page: ExamplePage, number: int) -> ExamplePage:
    """The report as if it were another agency's, whose name has the number in it."""
    digits = "".join(DIGITS[int(digit)] for digit in f"{number}")
    short, agency = page.agency.removeprefix(CITY), page.agency.replace(CITY, CITY + digits, 1)
    text = page.text.replace(page.agency, agency).replace(f"市{short}", f"市{digits}{short}")
    return page._replace(agency=agency, text=text)


def write_pages(directory: Path) -> list[str]:
    """Writes the example's pages; returns where they are."""
    return [_written(directory / f"page{at}.html", page.text.encode()) for at, page in enumerate(example_pages())]


def write_long_page(directory: Path) -> str:
    """Writes a report's page as long as real ones are: a real one where it is at hand, else one written like it."""
    return _written(directory / "long.html", _long_page())


def _long_page() -> bytes:
    return (REAL_PAGE if REAL_PAGE.exists() else PASTED_PAGE).read_bytes()


def write_mixed(directory: Path, number: int) -> list[str]:
    """Writes so many documents: pages mostly, some texts, Word and PDF files, workbooks; returns where they are."""
    of_each = {".html": [_long_page(), *(page.text.encode() for page in example_pages())]}
    for path in sorted(DOCUMENTS.iterdir()):
        if path.suffix in RARER.values():
            of_each.setdefault(path.suffix, []).append(path.read_bytes())
    coming = {suffix: cycle(documents) for suffix, documents in of_each.items()}
    suffixes = [RARER.get(at % 40, ".html") for at in range(number)]
    return [_written(directory / f"{at:05d}{suffix}", next(coming[suffix])) for at, suffix in enumerate(suffixes)]


def _written(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)
