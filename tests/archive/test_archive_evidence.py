"""Evidence: from a figure to the kept bytes and back, and what is said when they do not agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from by_hand import report

from archive.errors import ArchiveError
from archive.kept.evidence import Proof, evidence, prove
from archive.kept.warc import Exchange, WarcWriter
from archive.store import Archive, Snapshot
from archive.storing.reading import Reading
from parsers.documents import read_document
from parsers.model import Figure
from parsers.tables.grid import at

KEY = "990100-凌州市教育局-2024-own"
GRANTED = "requests.granted.total"


def page(*rows: tuple[str, str, str]) -> bytes:
    body = "".join(f"<tr><td>{first}</td><td>{second}</td><td>{third}</td></tr>" for first, second, third in rows)
    return f"<html><body><table>{body}</table></body></html>".encode()


def kept(archive: Archive, warc: Path, bodies: Sequence[bytes]) -> list[tuple[int, str]]:
    found = []
    with WarcWriter(warc, 1) as writer:
        for number, body in enumerate(bodies):
            url = f"http://jyj.lingzhou.example/{number}.html"
            headers = [(b"Content-Type", b"text/html; charset=utf-8")]
            exchange = Exchange(url, datetime(2026, 11, 22, tzinfo=UTC), 200, headers, body)
            place = writer.write(exchange)
            snapshot = Snapshot(
                f"GET {url}",
                url,
                "2026-11-22T00:00:00Z",
                200,
                "text/html; charset=utf-8",
                len(body),
                exchange.sha256,
                place.file,
                place.offset,
            )
            found.append((archive.keep(snapshot), "article" if number == 0 else "attachment"))
    return found


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    return tmp_path / "warc"


def store(archive: Archive, warc: Path, bodies: Sequence[bytes], cells: dict[str, tuple[int, int, int]]) -> None:
    """Stores a report whose cells stand in these documents: (rank of the document, row, column), from 0."""
    documents = [read_document(body) for body in bodies]
    figures = {}
    for indicator, (rank, row, column) in cells.items():
        table = next(iter(documents[rank].tables))
        cell = next(cell for cell in table.cells if (cell.row, cell.column) == (row, column))
        figures[indicator] = Figure(
            int(cell.text), "number", cell.text, at(table.number, cell.row, cell.column), cell.place, source=rank
        )
    run = archive.begin_run("crawl")
    links = kept(archive, warc, bodies)
    archive.store(
        Reading.of(report(figures=figures)), source_id="jyj", url="http://a.example/", snapshots=links, run_id=run
    )


def test_a_figure_is_found_again_in_the_kept_bytes(archive: Archive, warc: Path) -> None:
    store(archive, warc, [page(("公开", "3", "4"), ("其他", "5", "6"))], {GRANTED: (0, 0, 2)})
    found = evidence(archive.db, KEY, GRANTED)
    assert (found.value, found.raw, found.at, found.corrected) == (4, "4", "table 1 row 1 column 3", False)
    assert found.page is not None
    assert found.page.url == "http://jyj.lingzhou.example/0.html"
    assert prove(found, warc) == Proof(True, "4")


def test_each_figure_of_a_merged_report_leads_to_its_own_document(archive: Archive, warc: Path) -> None:
    bodies = [page(("公开", "3", "4")), page(("公开", "7", "8"), ("其他", "5", "6"))]
    carried, suits = "requests.carried_in.total", "remedies.cases.review_total"
    store(
        archive,
        warc,
        bodies,
        {GRANTED: (1, 1, 1), carried: (0, 0, 1), "requests.carried_out.total": (1, 0, 1), suits: (0, 0, 2)},
    )
    for indicator, number, text in ((GRANTED, 1, "5"), (carried, 0, "3"), (suits, 0, "4")):
        found = evidence(archive.db, KEY, indicator)
        assert found.page is not None
        assert found.page.url.endswith(f"/{number}.html")
        assert prove(found, warc).found == text


def test_another_text_at_the_place_is_no_proof(archive: Archive, warc: Path) -> None:
    store(archive, warc, [page(("公开", "3", "4"))], {GRANTED: (0, 0, 2)})
    found = evidence(archive.db, KEY, GRANTED)
    assert prove(replace(found, raw="9"), warc) == Proof(True, None, "The reader of today finds '4' there.")
    assert prove(replace(found, at="table 9 row 1 column 1"), warc).found is None


def test_bytes_that_are_not_those_fetched_are_no_proof(archive: Archive, warc: Path) -> None:
    store(archive, warc, [page(("公开", "3", "4"))], {GRANTED: (0, 0, 2)})
    found = evidence(archive.db, KEY, GRANTED)
    assert found.page is not None
    proof = prove(replace(found, page=replace(found.page, sha256="0" * 64)), warc)
    assert not proof.whole
    assert proof.found is None


@pytest.mark.parametrize(
    ("key", "indicator", "sentence"),
    [
        ("990100-某局-2024-own", GRANTED, "no report of that key"),
        (KEY, "requests.granted.everyone", "no form has this indicator"),
        (KEY, "requests.refused_third_party.total", "does not contain the cell"),
    ],
)
def test_what_is_not_there_is_told(archive: Archive, warc: Path, key: str, indicator: str, sentence: str) -> None:
    store(archive, warc, [page(("公开", "3", "4"))], {GRANTED: (0, 0, 2)})
    with pytest.raises(ArchiveError, match=sentence):
        evidence(archive.db, key, indicator)
