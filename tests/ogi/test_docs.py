"""The documents and the commands agree: what is named exists, and what exists is named."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from clone import DOCUMENTS, HOUSE, commands, why_not_run

from ogi.main import COMMANDS, cli

# What the commands begin with that test_docs_run.py and test_walks.py run.
PROGRAMS = re.compile(r"(\.venv/bin/)?(ogi|pytest|scrapy|datasette|frictionless|warcio|sqlite3|sha256sum|cp) ")
NAMED = re.compile(r"(?<!/srv/)(?<!=)\bogi ([a-z]+)((?: [^\n`|#]+)?)")


def command(name: str) -> click.Command | None:
    return cli.get_command(click.Context(cli), name)


documents = pytest.mark.parametrize("document", DOCUMENTS, ids=[document.name for document in DOCUMENTS])


@documents
def test_the_commands_and_options_of_the_documents_exist(document: Path) -> None:
    for name, rest in NAMED.findall(document.read_text(encoding="utf-8")):
        found = command(name)
        assert found is not None, f"ogi {name}"
        known = {option for parameter in found.params for option in parameter.opts} | {"--help"}
        assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", rest)) <= known, f"ogi {name}{rest}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_documents_and_explains_itself(name: str) -> None:
    assert f"`ogi {name}" in (HOUSE / "docs" / "commands.md").read_text(encoding="utf-8")
    found = command(name)
    assert found is not None
    assert found.help
    assert all(option.help for option in found.params if isinstance(option, click.Option))


@documents
def test_every_command_of_a_document_is_run_or_it_is_said_why_not(document: Path) -> None:
    for found in commands(document.read_text(encoding="utf-8")):
        assert why_not_run(found) or PROGRAMS.match(found), f"{document.name}: {found}"


@documents
def test_links_between_the_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8"))
    assert not [link for link in links if not (document.parent / link).exists()]


def test_every_test_that_the_threat_model_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (HOUSE / "docs" / "security.md").read_text(encoding="utf-8"))
    assert len(named) > 25
    for file, name in named:
        assert f"def {name}(" in (HOUSE / file).read_text(encoding="utf-8"), f"{file}::{name}"
