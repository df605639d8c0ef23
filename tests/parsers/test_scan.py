"""Scans and pictures of tables: recognised cell by cell, and never a wrong figure."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import scanning
from balanced import balanced
from PIL import Image
from rendering import sheets
from rendering_files import CHROMIUM, pdf

import parsers
from parsers.documents.printed import scan
from parsers.forms import forms
from parsers.model import Report, SourceHint
from parsers.tables import numbers

recognises = [
    pytest.mark.skipif(not scan.is_installed(), reason="nothing recognises pictures here: pip install .[ocr]"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium, which prints the pages, is not installed"),
]
TITLE = "凌州市教育局{year}年政府信息公开工作年度报告"
Worsening = Callable[[Image.Image], Image.Image]


class Printed:
    """A filled form, printed: its cell texts and the pictures of its pages."""

    def __init__(self, name: str, folder: Path, change: dict[str, str] | None = None) -> None:
        form = forms()[name]
        self.figures = balanced(form, random.Random(name)) | (change or {})
        folder.mkdir(exist_ok=True)
        self.pages = scanning.pictures(pdf(TITLE.format(year=form.since), sheets(form, self.figures), folder))

    def compared(self, report: Report) -> Counter[str]:
        """How many figures are right, left out (NULL), missing, wrong (a 0 for a blank and a blank for a 0 too)."""
        found: Counter[str] = Counter()
        for name, text in self.figures.items():
            figure, meant = report.figures.get(name), numbers.read(text)
            if figure is None:
                found["missing"] += 1
            elif figure.kind == "text":
                found["left out"] += 1
            else:
                found["right" if (figure.value, figure.kind) == (meant.value, meant.kind) else "wrong"] += 1
        found["wrong"] += len(report.figures.keys() - self.figures.keys())
        return found


@pytest.fixture(scope="module", params=["form_2021", pytest.param("form_2019", marks=pytest.mark.long)])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return Printed(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is for the nightly run; a test may stand on a busy machine."""
    monkeypatch.setattr(scan, "SECONDS", 250)


def codes(report: Report) -> set[str]:
    return {problem.code for problem in report.problems}


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 300), mode: str = "L") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 255).save(out, kind)
    return out.getvalue()


# --- without the extra ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF"])
def test_a_picture_that_nothing_here_recognises_says_what_to_install(monkeypatch, kind):
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    report = parsers.parse(picture(kind))
    assert not report.ok
    (problem,) = report.problems
    assert problem.code == "needs_ocr"
    assert "pip install .[ocr]" in problem.message


def test_what_was_listed_about_an_unrecognised_picture_is_kept(monkeypatch):
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    report = parsers.parse(picture(), hint=SourceHint(agency="凌州市教育局", title=TITLE.format(year=2023)))
    assert (report.ok, report.year, report.agency) == (True, 2023, "凌州市教育局")
    assert not report.figures
    assert "needs_ocr" in codes(report)


# --- with it ----------------------------------------------------------------------------------------------------------


class TestRecognised:
    pytestmark = recognises

    def test_a_scanned_pdf_is_read_whole(self, printed):
        report = parsers.parse(scanning.written(printed.pages, "PDF"))
        assert printed.compared(report) == {"right": len(printed.figures), "wrong": 0}
        assert (report.ok, report.agency, report.media) == (True, "凌州市教育局", "pdf")
        assert report.form == f"form_{report.year}"
        assert {figure.method for figure in report.figures.values()} == {"ocr"}
        assert all(figure.place.startswith("page ") for figure in report.figures.values())
        assert [section.number for section in report.sections] == [1, 2, 3, 4, 5]

    @pytest.mark.long
    def test_where_the_agencys_sums_are_wrong_nothing_bears_the_figures_out(self, tmp_path):
        wrong = "requests.granted.natural_person"
        printed = Printed("form_2021", tmp_path / "wrong", {wrong: "9999"})
        report = parsers.parse(scanning.written(printed.pages, "PDF"))
        assert report.figures[wrong].value is None
        assert report.figures[wrong].raw == "9999"
        assert report.figures["requests.granted.total"].value is None
        assert report.figures["requests.closed_total.natural_person"].value is None
        assert report.figures["requests.granted_part.org_other"].value is not None
        assert "ocr_unsure" in codes(report)
        assert not [check for check in report.checks if check.rule in {"A1", "A2"} and check.result == "fail"]

    @pytest.mark.long
    @pytest.mark.parametrize(
        ("worsen", "least"),
        [
            (scanning.askew, 0.95),
            (scanning.coarse, 0.5),
            (scanning.grey_noise, 0.5),
            (scanning.blurred, 0.5),
            (scanning.dirty, 0.3),
        ],
    )
    def test_a_bad_scan_loses_figures_but_gives_none_that_is_wrong(self, printed, worsen: Worsening, least: float):
        report = parsers.parse(scanning.written([worsen(page) for page in printed.pages], "TIFF"))
        found = printed.compared(report)
        assert found["wrong"] == 0
        assert found["right"] >= least * len(printed.figures)

    @pytest.mark.long
    def test_a_long_picture_of_all_pages(self, printed):
        report = parsers.parse(scanning.written([scanning.below_each_other(printed.pages)], "PNG"))
        found = printed.compared(report)
        assert found["wrong"] == 0
        assert found["right"] >= 0.5 * len(printed.figures)

    @pytest.mark.parametrize(
        "data",
        [
            picture()[:60],
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
            b"\xff\xd8\xff" + b"\x00" * 500,
            picture("TIFF")[:-40],
            picture(size=(1, 1)),
            picture(size=(3000, 2)),
            picture(size=(12000, 6000), mode="1"),
        ],
        ids=["cut", "no PNG", "no JPEG", "cut TIFF", "a dot", "a line", "too large"],
    )
    def test_what_is_no_readable_picture_is_a_problem(self, data):
        report = parsers.parse(data)
        assert not report.ok
        assert codes(report) & {"damaged", "picture_too_large", "no_text"}

    def test_noise_is_no_report(self):
        out = io.BytesIO()
        Image.effect_noise((900, 700), 120).save(out, "PNG")
        report = parsers.parse(out.getvalue())
        assert not report.ok
        assert not report.figures
