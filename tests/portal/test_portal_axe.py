"""Accessibility: axe finds nothing serious on any page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from kept_examples import KeptExample
from portal_examples import BUREAU, report_key, serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

CHROMIUM = Path("/usr/bin/chromium")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], "resultTypes": ["violations"]}
PAGES = {
    "front": "/",
    "report": f"/report/{quote(report_key())}",
    "report-2019": f"/report/{quote(report_key(year=2019))}",
    "report-claims": f"/report/{quote(report_key(year=2023))}",
    "agency": f"/agency/{quote('990102-' + BUREAU)}",
    "region": "/region/990102",
    "agencies": "/agencies",
    "search": f"/search?q={quote('公开')}",
    "stories": "/stories",
    "story": "/story/failed_checks",
    "indicators": "/indicators",
    "indicator": "/indicator/requests.granted.total",
    "compare": "/compare",
    "methodology": "/methodology",
    "about": "/about",
    "download": "/download",
    "database": "/archive",
    "table": "/archive/reports",
    "query": "/archive/failed_checks",
    "row": "/archive/reports/1",
    "error": "/nothing",
    "dictionary": "/dictionary",
    "nights": "/nights",
    "night": "/night/1",
    "claim": f"/evidence/{quote(report_key(year=2023))}/claim/1",
}
# Datasette's own pages have no twin.
TWINS = {f"{name}-en": f"{path}{'&' if '?' in path else '?'}lang=en" for name, path in PAGES.items()}
TWINS = {name: path for name, path in TWINS.items() if not path.startswith("/archive")}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed at /usr/bin/chromium"),
]


@pytest.fixture(scope="module")
def page() -> Iterator[playwright.Page]:
    """A page of Chromium without a window."""
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium.new_page(viewport={"width": 1280, "height": 900})
        chromium.close()


def serious(page: playwright.Page, address: str) -> list[str]:
    """What axe finds serious or critical, with the first element of each."""
    page.goto(address)
    found = axe.Axe().run(page, options=RULES).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]} {each['nodes'][0].get('failureSummary', '')[:300]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


def test_axe_finds_nothing_serious(page: playwright.Page, archive_db: Path) -> None:
    with serving(archive_db) as (client, _):
        base = str(client.base_url).rstrip("/")
        found = {name: problems for name, path in (PAGES | TWINS).items() if (problems := serious(page, base + path))}
    assert not found


def test_axe_finds_nothing_serious_beside_a_kept_page(
    page: playwright.Page, kept: tuple[Path, dict[str, KeptExample]]
) -> None:
    with serving(kept[0]) as (client, _):
        base = str(client.base_url).rstrip("/")
        example = kept[1][".html"]
        assert not serious(page, f"{base}/evidence/{quote(example.key)}/requests.granted.total")


def test_axe_would_say_so(page: playwright.Page) -> None:
    page.set_content("<html lang=zh><title>t</title><main><h1>a</h1><img src=x><input></main>")
    found = axe.Axe().run(page, options=RULES).response["violations"]
    assert {"image-alt", "label"} <= {each["id"] for each in found}
