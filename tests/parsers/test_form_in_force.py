"""Which form a table is on of which so little is left that all forms have it: that of the report's year."""

from __future__ import annotations

import pytest

import parsers
from demo.statutory import FORM_2021, requests_grid
from parsers.model import SourceHint


@pytest.mark.parametrize(("year", "form"), [(2025, "form_2021"), (2021, "form_2021"), (2020, "form_2019")])
def test_the_first_rows_of_a_table_are_on_the_form_of_the_year(year: int, form: str) -> None:
    rows = list(requests_grid(FORM_2021, lambda indicator: "6" if indicator.endswith("total") else "0"))[:6]
    table = "".join(
        "<tr>" + "".join(f"<td colspan='{cell.columns}' rowspan='{cell.rows}'>{cell.text}</td>" for cell in row)
        for row in rows
    )
    page = (
        f"<html><body><h1>凌州市教育局{year}年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>主动公开信息9条。</p>"
        f"<p>三、收到和处理政府信息公开申请情况</p><table>{table}</table><p>四、行政复议、行政诉讼情况</p></body></html>"
    )
    report = parsers.parse(page.encode(), "text/html; charset=utf-8", hint=SourceHint("990100", "凌州市教育局"))
    assert "requests.new_received.total" in report.figures
    assert report.form == form
    assert parsers.merge([report, report]).form == form
