"""The ground truth keeps the forms' accounts, year by year, except where it says that it does not."""

from __future__ import annotations

import csv
import io
from collections import Counter

import demo
from demo.agencies import AGENCIES
from demo.statutory import COLUMNS, REMEDY_ENDS, REMEDY_KINDS, outcome_rows

ALL = (*COLUMNS, "total")


def _value(report: demo.Expected, name: str) -> int | float:
    return report.figures[name] or 0


def test_it_is_as_large_as_a_municipality_needs_to_be() -> None:
    reports = demo.expected()
    assert len({report.agency for report in reports}) >= 14
    assert len(reports) > 60
    assert {report.year for report in reports} == set(range(2019, 2026))
    assert {report.form for report in reports} == {"form_2019", "form_2021"}
    assert len({(report.agency, report.year) for report in reports}) == len(reports)


def test_every_report_fills_every_cell_of_its_form() -> None:
    sizes = {(report.form, len(report.figures)) for report in demo.expected()}
    assert sizes == {("form_2019", 198), ("form_2021", 200)}


def test_the_same_call_gives_the_same_truth() -> None:
    first, second = demo.expected(), demo.expected()
    assert first == second
    assert demo.registry(80) == demo.registry(80)
    city = next(report for report in first if report.source_id == "lz-szf" and report.year == 2023)
    assert (_value(city, "requests.new_received.total"), city.published.isoformat()) == (886, "2024-03-06")


def test_sums_hold_but_where_the_truth_says_otherwise() -> None:
    for report in demo.expected():
        rows = ("new_received", "carried_in", *outcome_rows(report.form), "closed_total", "carried_out")
        broken = set()
        for row in rows:
            parts = sum(_value(report, f"requests.{row}.{column}") for column in COLUMNS)
            if parts != _value(report, f"requests.{row}.total"):
                broken.add(("A1", row))
        for column in ALL:
            closed = _value(report, f"requests.closed_total.{column}")
            if closed != sum(_value(report, f"requests.{row}.{column}") for row in outcome_rows(report.form)):
                broken.add(("A2", column))
            left = _value(report, f"requests.new_received.{column}") + _value(report, f"requests.carried_in.{column}")
            if left != closed + _value(report, f"requests.carried_out.{column}"):
                broken.add(("A3", column))
        for kind in REMEDY_KINDS:
            ends = sum(_value(report, f"remedies.cases.{kind}_{end}") for end in REMEDY_ENDS)
            if ends != _value(report, f"remedies.cases.{kind}_total"):
                broken.add(("A4", kind))
        assert broken == set(report.failing), (report.agency, report.year)
        assert ("does_not_balance" in report.flags) == bool(broken)
    wrong = [report for report in demo.expected() if report.failing]
    assert [(report.agency, report.year) for report in wrong] == [("凌州市自然资源和规划局", 2023)]
    assert {rule for rule, _ in wrong[0].failing} == {"A1", "A2", "A3", "A4"}


def test_what_is_carried_out_of_a_year_is_carried_into_the_next() -> None:
    by_year = {(report.agency, report.year): report for report in demo.expected()}
    chained = 0
    for (agency, year), report in by_year.items():
        before = by_year.get((agency, year - 1))
        if before is None:
            continue
        chained += 1
        for column in ALL:
            came = _value(report, f"requests.carried_in.{column}")
            assert came == _value(before, f"requests.carried_out.{column}"), (agency, year, column)
        if report.form == before.form == "form_2021":
            stock = "a20_1.normative_documents"
            moved = _value(report, f"{stock}.issued") - _value(report, f"{stock}.repealed")
            assert _value(report, f"{stock}.in_force") == _value(before, f"{stock}.in_force") + moved
        if report.form == before.form == "form_2019":
            items = _value(before, "a20_6.penalty.items_prev_year") + _value(before, "a20_6.penalty.items_change")
            assert _value(report, "a20_6.penalty.items_prev_year") == items
    assert chained > 60


def test_only_the_city_makes_rules_and_counts_are_plausible() -> None:
    for report in demo.expected():
        rules = [value for name, value in report.figures.items() if name.startswith("a20_1.regulations.")]
        if report.agency != "凌州市人民政府":
            assert not any(rules)
        counts = [value for name, value in report.figures.items() if not name.endswith((".amount", ".items_change"))]
        assert all(value is None or (isinstance(value, int) and value >= 0) for value in counts)
    received = {key: [] for key in ("lz-szf", "lz-jgj")}
    for report in demo.expected():
        if report.source_id in received:
            received[report.source_id].append(_value(report, "requests.new_received.total"))
    assert all(300 <= count <= 3000 for count in received["lz-szf"])
    assert all(count <= 10 for count in received["lz-jgj"])


def test_the_city_counts_its_parts() -> None:
    reports = {(report.agency, report.year): report for report in demo.expected() if not report.failing}
    row = "requests.granted_part.natural_person"
    city = _value(reports["凌州市人民政府", 2022], row)
    parts = [
        report
        for (agency, year), report in reports.items()
        if year == 2022 and agency != "凌州市人民政府" and (report.region_code == "990100" or "人民政府" in agency)
    ]
    assert len(parts) > 15
    assert sum(_value(part, row) for part in parts) <= city


def test_late_missing_and_blank() -> None:
    reports = demo.expected()
    assert [(report.agency, report.year) for report in reports if "late" in report.flags] == [
        ("凌州市住房和城乡建设局", 2022)
    ]
    assert demo.MISSING_YEARS == {"lz-scjg": (2021,)}
    assert not [report for report in reports if report.source_id == "lz-scjg" and report.year == 2021]
    for report in reports:
        blank = [name for name, value in report.figures.items() if value is None]
        assert bool(blank) == ("zeros_blank" in report.flags)
        assert all(report.raw[name] == "" for name in blank)


def test_the_registry_names_every_source_once_with_its_state() -> None:
    lines = list(csv.DictReader(io.StringIO(demo.registry(8080))))
    assert list(lines[0]) == ["id", "region_code", "agency", "listing_url", "platform", "first_year", "note"]
    assert [line["id"] for line in lines] == list(demo.SOURCE_STATES)
    assert len({line["id"] for line in lines}) == len(lines)
    assert all(line["listing_url"].startswith("http://") and ":8080/" in line["listing_url"] for line in lines)
    states = Counter(demo.SOURCE_STATES.values())
    assert set(states) == {"ok", "empty", "refused", "unreachable", "moved", "cut_short", "broken"}
    found = {report.source_id for report in demo.expected()}
    assert found == {name for name, state in demo.SOURCE_STATES.items() if state in {"ok", "cut_short"}}


def test_codes_carry_their_check_digits() -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    for agency in AGENCIES.values():
        code = agency.credit_code
        assert len(code) == 18
        assert code[2:8] == agency.region_code
        total = sum(alphabet.index(letter) * pow(3, place, 31) for place, letter in enumerate(code[:17]))
        assert (total + alphabet.index(code[17])) % 31 == 0


def test_the_second_night_changes_one_figure_removes_one_report_and_adds_one() -> None:
    first = {(report.agency, report.year): report for report in demo.expected()}
    second = {(report.agency, report.year): report for report in demo.expected(night=2)}
    assert set(first) - set(second) == {("凌州市生态环境局", 2020)}
    assert set(second) - set(first) == {("凌州市市场监督管理局", 2021)}
    assert {"added", "late"} <= second["凌州市市场监督管理局", 2021].flags
    changed = {key for key in set(first) & set(second) if first[key].figures != second[key].figures}
    assert changed == {("凌州市公安局", 2024)}
    before, after = first["凌州市公安局", 2024].figures, second["凌州市公安局", 2024].figures
    assert [name for name in before if before[name] != after[name]] == ["a20_6.penalty.decisions"]
