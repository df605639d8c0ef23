"""The pages in a real browser: nothing sticks out, nothing is refused by the policy, nothing is said on the console."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from portal_examples import BUREAU, GOVERNMENT, report_key, serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = Path("/usr/bin/chromium")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PAGES = {
    "front": "/",
    "front-en": "/?lang=en",
    "report": f"/report/{quote(report_key())}",
    "report-2019": f"/report/{quote(report_key(year=2019))}",
    "report-hostile": f"/report/{quote(report_key(GOVERNMENT, 2022, 'whole'))}",
    "agency": f"/agency/{quote('990102-' + BUREAU)}",
    "region": "/region/990102",
    "agencies": "/agencies",
    "download": "/download",
    "database": "/archive",
    "table": "/archive/reports",
    "question": "/archive/failed_checks",
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed at /usr/bin/chromium"),
]


@pytest.fixture(scope="module")
def address(archive_db: Path) -> Iterator[str]:
    """The portal in a process of its own."""
    with serving(archive_db) as (client, _):
        yield str(client.base_url).rstrip("/")


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    """Chromium without a window."""
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_fits_and_is_quiet(
    browser: playwright.Browser, address: str, tmp_path: Path, viewport: dict[str, int]
) -> None:
    page = browser.new_page(viewport=viewport)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
    for name, path in PAGES.items():
        page.goto(address + path)
        sticking_out = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert sticking_out <= 0, name
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        assert not said, name
    page.close()


def test_a_reader_finds_an_agency_and_a_failed_sum(browser: playwright.Browser, address: str) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(address)
    page.get_by_label("查找机构或地区").fill("澄原区教育局")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=BUREAU).click()
    page.get_by_role("link", name="3 处不平").click()
    granted = page.locator("#table-requests").get_by_role("row", name="（一）予以公开")
    assert "1,234 ≠ 1,230" in granted.inner_text()
    page.get_by_role("link", name="English").click()
    assert "Reports" in page.get_by_role("navigation", name="Main pages").first.inner_text()
    page.close()


def test_a_reader_without_a_mouse_finds_an_agency(browser: playwright.Browser, address: str) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.type("澄原区教育局")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agencies?q=*")
    page.get_by_role("link", name=BUREAU).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/agency/*")
    page.go_back()
    assert page.get_by_role("link", name=BUREAU).is_visible()
    page.close()


def test_a_reader_takes_the_excel_file(browser: playwright.Browser, address: str) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{address}/download")
    with page.expect_download() as taking:
        page.get_by_role("row", name="requests").get_by_role("link", name="Excel").click()
    assert taking.value.suggested_filename.startswith("requests-")
    assert Path(taking.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    page.close()
