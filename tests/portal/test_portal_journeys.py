"""The journeys of a reader in real Chromium: to the evidence of a figure, and through the example municipality.

With SCREENSHOTS=docs/images in the environment, what the reader sees is kept there for the documentation.
"""

from __future__ import annotations

import csv
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pdfplumber
import pytest
from kept_examples import KeptExample
from PIL import Image
from portal_examples import serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = Path("/usr/bin/chromium")
WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed at /usr/bin/chromium"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    """Chromium without a window."""
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def demo_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the portal on the example municipality, crawled and published by `ogi demo`."""
    db = tmp_path_factory.mktemp("demo") / "archive.db"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    ogi = Path(sys.executable).with_name("ogi")
    command = [sys.executable, str(ogi), "demo", "--db", str(db), "--no-serve", "--site-port", str(port)]
    made = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert made.returncode == 0, made.stderr
    with serving(db) as (client, _):
        yield str(client.base_url).rstrip("/")


def test_the_marked_cell_is_in_sight_and_nothing_of_the_page_runs(
    browser: playwright.Browser, kept: tuple[Path, dict[str, KeptExample]]
) -> None:
    example = kept[1][".html"]
    with serving(kept[0]) as (client, _):
        base = str(client.base_url).rstrip("/")
        for viewport in WIDTHS.values():
            page = browser.new_page(viewport=viewport)
            said: list[str] = []
            asked: list[str] = []
            page.on("console", lambda message, said=said: said.append(message.text))
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(f"{base}/evidence/{quote(example.key)}/requests.granted.total")
            page.locator("iframe").scroll_into_view_if_needed()
            cell = page.frame_locator("iframe").locator("#cell")
            assert cell.inner_text().strip() == example.report.figures["requests.granted.total"].raw.strip()
            playwright.expect(cell).to_be_in_viewport()
            assert not said
            assert all(url.startswith((base, "data:")) for url in asked)
            page.close()


@pytest.mark.long
@pytest.mark.parametrize("width", WIDTHS)
def test_a_reader_goes_through_the_example(
    browser: playwright.Browser, demo_archive: str, tmp_path: Path, width: str
) -> None:
    page = browser.new_page(viewport=WIDTHS[width])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    def look(name: str) -> None:
        keep(page.screenshot(), f"{name}-{width}")

    # an agency, and a sum that does not hold
    page.goto(demo_archive)
    look("1-front")
    page.get_by_label("查找机构或地区").fill("自然资源")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="凌州市自然资源和规划局", exact=True).click()
    look("2-agency")
    page.locator("a.mark.failed").first.click()
    row = page.locator("#table-requests").get_by_role("row", name="（一）予以公开")
    assert "≠" in row.inner_text()
    page.evaluate("document.querySelector('#table-requests').scrollIntoView()")
    look("3-failed-sum")
    # its evidence, and that of a sentence
    row.get_by_role("link").last.click()
    assert page.get_by_text("已核对，与采集时一致").is_visible()
    cell = page.frame_locator("iframe").locator("#cell")
    assert cell.inner_text().strip() == "76"
    playwright.expect(cell).to_be_in_viewport()
    look("4-evidence")
    page.go_back()
    page.locator("#claims td a").first.click()
    sentence = page.frame_locator("iframe").locator("mark#cell")
    playwright.expect(sentence).to_be_in_viewport()
    assert sentence.inner_text() in page.locator(".citation").inner_text()
    look("5-sentence")
    # three governments beside each other; the address is the comparison
    page.get_by_role("navigation", name="主要页面").get_by_role("link", name="比较").click()
    for place in ("澄原区", "望槐区", "栖云县"):
        page.get_by_label("查找要加入的机构").fill(f"{place}人民政府")
        page.get_by_role("button", name="查找").click()
        page.get_by_role("link", name=f"加入 {place}人民政府").click()
    assert page.locator("table.compared").first.locator("tbody tr").count() == 3
    page.goto(page.url)
    page.locator("table.compared").first.scroll_into_view_if_needed()
    page.locator("figure.chart svg").first.wait_for()
    page.evaluate("document.querySelector('table.compared').scrollIntoView()")
    look("6-compare")
    # the file of a city's rows, opened as Excel does
    page.goto(f"{demo_archive}/archive/figures_wide?region_code=990100&year=2023")
    with page.expect_download() as taking:
        page.locator("main a[href*='excel=1'][href*='year=2023']").first.click()
    name = taking.value.suggested_filename
    file = tmp_path / name
    taking.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert f"-{len(rows)}rows-excel.csv" in name
    assert {"凌州市教育局", "凌州市自然资源和规划局"} <= {row["agency"] for row in rows}
    opened_by_office(file, "凌州市教育局", len(rows))
    # a search, and the other language
    page.goto(demo_archive)
    page.get_by_role("navigation", name="主要页面").get_by_role("link", name="检索").click()
    page.get_by_label("检索词").fill("抖音")
    page.get_by_role("button", name="检索").click()
    assert page.locator("mark").first.inner_text() == "抖音"
    look("8-search")
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("heading", name="Full text search").is_visible()
    assert page.locator("mark").first.inner_text() == "抖音"
    page.locator("ol.hits a").first.click()
    assert "Statutory tables" in page.content() or "Figures in the text" in page.content()
    page.evaluate("scrollTo(0, 0)")
    look("9-english")
    assert not said
    page.close()


def keep(picture: bytes, name: str) -> None:
    """Keeps a picture for the documentation where that is asked for, in few colours, so that it is small."""
    if directory := os.environ.get("SCREENSHOTS"):
        drawn = Image.open(BytesIO(picture)).convert("RGB").quantize(96, dither=Image.Dither.NONE)
        drawn.save(Path(directory) / f"{name}.png", optimize=True)


def opened_by_office(file: Path, word: str, rows: int) -> None:
    """LibreOffice opens the file with right Chinese and every row; where it is not installed, nothing is asked."""
    office = shutil.which("soffice")
    if office is None:
        return
    # comma, double quote, UTF-8, from line 1: what its window proposes; without a window it does not look at the file
    command = [office, "--headless", "--infilter=CSV:44,34,76,1", "--convert-to", "xlsx"]
    command += ["--outdir", str(file.parent), str(file)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    sheet = openpyxl.load_workbook(file.with_suffix(".xlsx"), read_only=True).worksheets[0]
    read = list(sheet.iter_rows(values_only=True))
    assert len(read) == rows + 1
    assert any(word in row for row in read)
    if os.environ.get("SCREENSHOTS"):
        picture_of(office, [row[1:2] + row[3:8] for row in read], file.with_name("sheet.xlsx"))


def picture_of(office: str, rows: list[tuple[object, ...]], file: Path) -> None:
    """Keeps a picture of what LibreOffice has read: these rows, printed."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for column, width in zip("ABCDEF", (26, 10, 8, 12, 8, 14), strict=True):
        book.worksheets[0].column_dimensions[column].width = width
    book.save(file)
    command = [office, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    with pdfplumber.open(file.with_suffix(".pdf")) as printed:
        drawn = BytesIO()
        printed.pages[0].to_image(resolution=90).original.save(drawn, "PNG")
    keep(drawn.getvalue(), "7-spreadsheet")
