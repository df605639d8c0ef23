"""The documents and the commands agree: what is named exists, and what exists is named."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from ogi.main import COMMANDS, cli

HOUSE = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "README.zh.md", "CONTRIBUTING.md", "docs/commands.md", "docs/data.md", "docs/operations.md")
NAMED = re.compile(r"(?<!/srv/)\bogi ([a-z]+)((?: [^\n`|#]+)?)")


def command(name: str) -> click.Command | None:
    return cli.get_command(click.Context(cli), name)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_commands_and_options_of_the_documents_exist(document: str) -> None:
    for name, rest in NAMED.findall((HOUSE / document).read_text(encoding="utf-8")):
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


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_between_the_documents_lead_somewhere(document: str) -> None:
    path = HOUSE / document
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert not [link for link in links if not (path.parent / link).exists()]


def test_every_test_that_the_threat_model_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (HOUSE / "docs" / "security.md").read_text(encoding="utf-8"))
    assert len(named) > 25
    for file, name in named:
        assert f"def {name}(" in (HOUSE / file).read_text(encoding="utf-8"), f"{file}::{name}"
