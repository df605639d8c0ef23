"""The JSON API as it is documented: the ten worked examples answer, with the keys and kinds of values they show."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from portal_examples import Get

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"^## \d+\. (.+?)\n.*?curl 'http://127\.0\.0\.1:8001(.+?)'\n```\n\n```json\n(.+?)\n```",
    PAGE,
    re.DOTALL | re.MULTILINE,
)


def rows(answer: Any) -> list[dict[str, Any]]:
    return list(answer if isinstance(answer, list) else answer["rows"])


def test_there_are_ten() -> None:
    assert len(EXAMPLES) == 10


@pytest.mark.parametrize(("path", "shown"), [pytest.param(path, shown, id=name) for name, path, shown in EXAMPLES])
def test_a_worked_example_answers_as_shown(get: Get, path: str, shown: str) -> None:
    answer = get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    documented, found = json.loads(shown), answer.json()
    assert type(found) is type(documented)
    if isinstance(documented, dict):
        assert documented.keys() <= found.keys()
    assert rows(found), "an example shows something"
    assert rows(found)[0].keys() == rows(documented)[0].keys()
    for name, value in rows(found)[0].items():
        kinds = {type(row[name]) for row in (*rows(documented), *rows(found))} - {type(None)}
        assert len(kinds) <= 1, (name, value)


def test_what_the_page_says_of_errors_and_files_holds(get: Get) -> None:
    wrong = get("/archive/nothing.json")
    assert wrong.status_code == 404
    assert wrong.json()["ok"] is False
    assert get("/archive/reports.json?_shape=objects&_size=1").json()["next_url"]
    assert get("/download/reports.csv?year=2022").headers["x-row-count"] == "2"
    assert "/dictionary" in PAGE
    assert get("/dictionary").status_code == 200
