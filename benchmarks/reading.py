"""How fast documents are read, beside the libraries that others read them with."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import TypeVar

from benchmarks.corpus import write_long_page, write_mixed, write_pages
from benchmarks.measurement import Begin, Measurement, Peer, Side, compared
from benchmarks.sizes import OGI, Sizes

Page = TypeVar("Page", bytes, str)
NO_REPORTS = 3  # the exit status of `ogi parse` for some of the tests' documents


def measure(sizes: Sizes, directory: Path) -> Iterator[Measurement]:
    """Pages beside pandas and a bare tree; mixed documents beside the calls of the library of each medium."""
    yield from parse_compared("a long page", [write_long_page(directory)], sizes)
    yield from parse_compared("the example's pages", write_pages(directory), sizes)
    mixed = {"files": write_mixed(directory, sizes.documents)}
    yield from compared(
        f"ogi parse, {sizes.documents:,} mixed documents",
        Side(read_by_command, mixed),
        Peer("calls of the libraries", Side(read_by_libraries, mixed), 1.0),
        unit="/s/core",
        runs=sizes.long_runs,
    )


def parse_compared(what: str, files: list[str], sizes: Sizes) -> Iterator[Measurement]:
    """Pages beside pandas.read_html and beside a bare tree."""
    given = {"files": files, "times": sizes.pages}
    return compared(
        f"parse, {what}",
        Side(read_by_parsers, given),
        Peer("pandas.read_html", Side(read_by_pandas, given), 1.0),
        Peer("lxml tree", Side(read_by_lxml, given), 4.0),
        unit="ms",
        scale=1000,
        at_most=True,
        runs=sizes.short_runs,
        warm=True,
    )


def read_by_parsers(files: list[str], times: int) -> Begin:
    """Pages to reports."""
    import parsers

    return _over([Path(file).read_bytes() for file in files], parsers.parse, times)


def read_by_pandas(files: list[str], times: int) -> Begin:
    """Pages to tables."""
    import pandas

    return _over([_text(file) for file in files], lambda text: pandas.read_html(StringIO(text)), times)


def read_by_lxml(files: list[str], times: int) -> Begin:
    """Pages to trees."""
    import lxml.html

    return _over([_text(file) for file in files], lxml.html.fromstring, times)


def _over(pages: list[Page], call: Callable[[Page], object], times: int) -> Begin:
    def work() -> float:
        for number in range(times):
            call(pages[number % len(pages)])
        return times

    return lambda: work


def _text(file: str) -> str:
    return Path(file).read_text(encoding="utf-8", errors="replace")


def read_by_command(files: list[str]) -> Begin:
    """`ogi parse` of all the files at once."""

    def work() -> float:
        done = subprocess.run(
            [*OGI, "parse", *files], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
        assert done.returncode in (0, NO_REPORTS)
        return len(files)

    return lambda: work


def read_by_libraries(files: list[str]) -> Begin:
    """All text and tables of each file, by the library of its medium."""
    import docx
    import pandas
    import pdfplumber
    import python_calamine

    def word(file: str) -> object:
        document = docx.Document(file)
        cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
        return [paragraph.text for paragraph in document.paragraphs], cells

    def pdf(file: str) -> object:
        with pdfplumber.open(file) as document:
            return [(page.extract_text(), page.extract_tables()) for page in document.pages]

    def workbook(file: str) -> object:
        book = python_calamine.CalamineWorkbook.from_path(file)
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    calls: dict[str, Callable[[str], object]] = {
        ".html": lambda file: pandas.read_html(StringIO(_text(file))),
        ".docx": word,
        ".pdf": pdf,
        ".xlsx": workbook,
        ".txt": _text,
    }

    def work() -> float:
        for file in files:
            calls[Path(file).suffix](file)
        return len(files)

    return lambda: work
