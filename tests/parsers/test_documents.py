"""Every document of tests/documents parses to what stands beside it.

A new document is put into the folder and this test run once: it writes the expectation and fails, until a person has
compared the two. To change an expectation, delete it and do the same.
"""

from __future__ import annotations

import json

import pytest
from expectations import DOCUMENTS, differences, documents, expectation, shown, written

import parsers


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_a_document_and_what_it_must_parse_to(document):
    beside = expectation(document)
    found = json.loads(json.dumps(shown(parsers.parse(document.read_bytes()))))
    if not beside.exists():
        beside.write_text(written(found), encoding="utf-8")
        pytest.fail(f"review me: tests/documents/{beside.name}", pytrace=False)
    expected = json.loads(beside.read_text(encoding="utf-8"))
    changed = list(differences(expected, found))
    if changed:
        pytest.fail("\n".join([f"{document.name} parses to something else:", *changed]), pytrace=False)


def test_no_expectation_without_its_document():
    names = {path.stem for path in documents()}
    assert len(names) == len(documents()), "two documents share a name: the expectation of both would be one file"
    assert {path.stem for path in DOCUMENTS.glob("*.json")} <= names
