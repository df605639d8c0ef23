"""Compare: a shareable address, official words, breaks where figures must not be joined, and a whole file."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote, urlencode

import httpx
from lxml import html
from portal_examples import BUREAU, GOVERNMENT, Get

KEYS = (f"990102-{BUREAU}", f"990121-{GOVERNMENT}")


def address(*series: str, path: str = "/compare", keys: tuple[str, ...] = KEYS, **more: str) -> str:
    asked = [("a", key) for key in keys] + [("i", name) for name in series]
    return f"{path}?{urlencode([*asked, *more.items()])}"


def page(answer: httpx.Response) -> html.HtmlElement:
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def table(shown: html.HtmlElement, number: int = 0) -> dict[str, list[str]]:
    lines = shown.xpath("//table[contains(@class, 'compared')]")[number].xpath("./tbody/tr")
    return {text(line.xpath("./th")[0]): [text(cell) for cell in line.xpath("./td")] for line in lines}


def test_agencies_stand_side_by_side_year_by_year_each_scope_by_itself(get: Get) -> None:
    shown = page(get(address("requests.new_received.total", to="2023")))
    assert table(shown) == {
        BUREAU: ["4", "7", "9", "1,230 ≠", "4"],
        f"{GOVERNMENT} 汇总": ["·", "·", "·", "4", "缺"],
    }
    breaks = [text(cell) for cell in shown.xpath("//td[contains(@class, 'break')]")]
    assert breaks == ["9"]
    assert shown.xpath("//figure[contains(@class, 'chart')]")


def test_what_no_line_may_join_is_called_so_and_blank_is_not_zero(get: Get) -> None:
    shown = page(
        get(address("a20_1.regulations.in_force", "requests.carried_out.total", "requests.other.total", to="2023"))
    )
    assert table(shown)[BUREAU] == ["不可比", "不可比", "0", "0 ≠", "0"]
    assert table(shown, 1)[BUREAU] == ["0", "0", "0", "空", "0"]
    assert table(shown, 2)[BUREAU][2] == "0 ∑"


def test_a_share_stands_with_its_denominator_or_not_at_all(get: Get) -> None:
    shown = page(get(address("disclosure_rate", to="2023")))
    assert table(shown)[BUREAU][:4] == ["— n=4", "— n=7", "— n=9", "100.0% n=1,230 ≠"]


def test_agencies_are_found_added_and_removed_by_links_alone(get: Get) -> None:
    found = page(get(f"/compare?q={quote('教育')}&i=refused_share"))
    (add,) = found.xpath("//a[starts-with(@aria-label, '加入')]/@href")
    assert "i=refused_share" in add
    chosen = page(get(add))
    assert list(table(chosen)) == [BUREAU]
    (remove,) = chosen.xpath("//a[starts-with(@aria-label, '移除')]/@href")
    assert "还没有选机构" in text(page(get(remove)))


def test_the_address_holds_the_years_and_the_language(get: Get) -> None:
    shown = page(get(address("requests.new_received.total", **{"from": "2020", "to": "2021", "lang": "en"})))
    heads = [text(head) for head in shown.xpath("//table[contains(@class, 'compared')]/thead//th")]
    assert heads == ["Agency", "2020", "2021"]
    assert "Compare" in text(shown.xpath("//h1")[0])
    assert shown.xpath("//input[@name='lang']/@value")[0] == "en"


def test_the_file_holds_what_the_tables_show_with_series_and_sources(get: Get) -> None:
    taken = get(address("requests.new_received.total", "refused_share", path="/compare.csv"))
    lines = list(csv.DictReader(io.StringIO(taken.text, newline="")))
    assert len(lines) == int(taken.headers["x-row-count"]) == 12
    received = {
        (line["agency"], line["year"]): line["value"] for line in lines if line["series"].startswith("requests")
    }
    assert received[BUREAU, "2022"] == "1230"
    shares = {(line["agency"], line["year"]): line["share_of"] for line in lines if line["series"] == "refused_share"}
    assert shares[BUREAU, "2020"] == "7"
    assert get(address(path="/compare.csv", keys=())).headers["x-row-count"] == "0"


def test_nonsense_in_the_address_is_left_out(get: Get) -> None:
    shown = page(get(address("no.such.thing", "1); drop", keys=("nobody", "'"), **{"from": "²", "q": "%"})))
    assert "还没有选机构" in text(shown)
    assert get(address("no.such.thing", path="/compare.csv")).status_code == 200


def test_hostile_names_are_text_in_a_charts_figures(get: Get) -> None:
    body = get(address("requests.new_received.total")).text
    figures = body.split('<script type="application/json">')[1].split("</script>")[0]
    assert "<" not in figures
    assert "&" not in figures
