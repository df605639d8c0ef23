"""Charts and the journeys of a reader in real Chromium: three cities compared, a story and an indicator taken away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from portal_examples import HOSTILE, figure, publish_reports, report, serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = Path("/usr/bin/chromium")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
CITIES = {"望槐区人民政府": "990103", "栖云县人民政府": "990121", "梓川县人民政府": "990122"}
FEW = "望槐区档案馆"
NASTY = f"梓川县{HOSTILE}局"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed at /usr/bin/chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The portal on an archive of three cities, and of an agency with a hostile name."""
    reports = [
        report(
            city,
            year,
            "form_2019" if year < 2021 else "form_2021",
            20 * number + year - 2018,
            region_code=code,
            region=city[:3],
            cells={
                f"requests.{row}.{column}": figure(value)
                for row, value in (
                    ("refused_state_secret", number),
                    ("granted", 19 * number + year - 2018),
                )
                for column in ("natural_person", "total")
            },
        )
        for number, (city, code) in enumerate({**CITIES, NASTY: "990122"}.items(), 1)
        for year in range(2019, 2024)
    ]
    reports += [report(FEW, year, requests=1, region_code="990103", region="望槐区") for year in (2022, 2023)]
    db = publish_reports(tmp_path_factory.mktemp("cities") / "archive.db", reports)
    with serving(db) as (client, _):
        yield str(client.base_url).rstrip("/")


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    """Chromium without a window."""
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


def listening(page: playwright.Page) -> list[str]:
    """What the page says on the console or in a dialog from now on; it should say nothing."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    return said


def taken(page: playwright.Page, button: str) -> tuple[str, bytes]:
    """The name and the bytes of what a click saves."""
    with page.expect_download() as taking:
        page.locator("figure.chart").first.get_by_role("button", name=button).click()
    return taking.value.suggested_filename, Path(taking.value.path()).read_bytes()


def test_three_cities_are_compared_and_taken_away(browser: playwright.Browser, address: str) -> None:
    page = browser.new_page(viewport=DESK)
    said = listening(page)
    page.goto(f"{address}/agency/{quote('990103-望槐区人民政府')}")
    page.get_by_role("link", name="与其他机构比较").click()
    for city in ("栖云县人民政府", "梓川县人民政府"):
        page.get_by_label("查找要加入的机构").fill(city)
        page.get_by_role("button", name="查找").click()
        page.get_by_role("link", name=f"加入 {city}").first.click()
    rows = page.locator("table.compared").first.locator("tbody tr")
    assert [row.inner_text().split("\t")[:2] for row in rows.all()] == [
        ["望槐区人民政府", "21"],
        ["栖云县人民政府", "41"],
        ["梓川县人民政府", "61"],
    ]
    drawn = page.locator("figure.chart").first
    assert drawn.locator("svg").is_visible()
    written = drawn.locator("svg").text_content() or ""
    assert "表式改变" in written
    assert "栖云县人民政府" in written
    page.reload()
    assert page.locator("table.compared").first.locator("tbody tr").count() == 3
    with page.expect_download() as taking:
        page.locator("p.take").get_by_role("link", name="CSV").first.click()
    lines = list(csv.DictReader(io.StringIO(Path(taking.value.path()).read_text(encoding="utf-8"), newline="")))
    assert {line["agency"] for line in lines} == CITIES.keys()
    page.go_back()
    assert not said
    page.close()


def test_a_chart_is_taken_as_svg_png_and_csv(browser: playwright.Browser, address: str) -> None:
    page = browser.new_page(viewport=DESK)
    said = listening(page)
    page.goto(f"{address}/agency/{quote('990103-望槐区人民政府')}")
    name, svg = taken(page, "SVG")
    assert name == "received.svg"
    assert svg.startswith(b"<svg")
    assert "望槐区人民政府：新收申请与不予公开" in svg.decode()
    assert taken(page, "PNG")[1].startswith(b"\x89PNG")
    lines = list(csv.reader(io.StringIO(taken(page, "CSV")[1].decode("utf-8-sig"), newline="")))
    assert lines[0] == ["年度或类别", "本年新收申请", "不予公开（合计）"]
    assert lines[1] == ["2019", "21", "1"]
    assert not said
    page.close()


def test_the_scale_of_a_chart_of_few_cases_counts_whole_ones(browser: playwright.Browser, address: str) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{address}/agency/{quote(f'990103-{FEW}')}")
    drawn = page.locator("figure.chart").first.locator("svg")
    drawn.wait_for()
    scale = drawn.locator("text").all_text_contents()
    assert "1" in scale
    assert "0.2" not in scale
    page.close()


def test_a_story_and_an_indicator_lead_to_their_files(browser: playwright.Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE)
    said = listening(page)
    page.goto(address)
    page.get_by_role("link", name="不予公开比例最高").click()
    assert page.locator("table.leads tbody tr").count() == 20
    with page.expect_download() as taking:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert "refusal_shares-" in taking.value.suggested_filename
    assert "20rows" in taking.value.suggested_filename
    page.get_by_role("link", name="指标").first.click()
    page.get_by_role("link", name="总计").first.click()
    with page.expect_download() as taking:
        page.locator("p.take").get_by_role("link", name="Excel").first.click()
    assert Path(taking.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    assert not said
    page.close()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_with_charts_fit_and_a_hostile_name_stays_text(
    browser: playwright.Browser, address: str, viewport: dict[str, int]
) -> None:
    page = browser.new_page(viewport=viewport)
    said = listening(page)
    nasty = quote(f"990122-{NASTY}", safe="")
    for path in (
        f"/agency/{nasty}",
        f"/compare?a={nasty}&i=requests.new_received.total",
        "/region/990122",
        "/stories",
        "/story/refusal_shares",
        "/indicators",
        "/indicator/requests.new_received.total",
        "/compare?lang=en",
    ):
        page.goto(address + path)
        out = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert out <= 0, path
        assert not said, path
    page.goto(f"{address}/agency/{nasty}")
    assert HOSTILE in (page.locator("figure.chart svg").first.text_content() or "")
    page.close()


def test_without_a_script_the_table_says_the_same(browser: playwright.Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/compare?a={quote('990103-望槐区人民政府')}&i=requests.new_received.total")
    assert not page.locator("figure.chart").first.is_visible()
    assert "21" in page.locator("table.compared").first.inner_text()
    context.close()
