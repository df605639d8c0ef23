"""The commands of the documents, run as they stand there in a copy of the project."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from clone import DOCUMENTS, HOUSE, Clone, commands, why_not_run
from running import Reports

import demo

pytestmark = pytest.mark.long
WALKS = "CONTRIBUTING.md"  # test_walks.py goes through it
RUN = [
    pytest.param(document, id=document.name)
    for document in DOCUMENTS
    if document.name != WALKS
    and any(why_not_run(command) is None for command in commands(document.read_text(encoding="utf-8")))
]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory, reports: Reports) -> Iterator[Clone]:
    """The project after a first crawl, with the files that the documents speak of."""
    with demo.serve() as site:
        made = Clone.made(tmp_path_factory.mktemp("clone"), site)
        shutil.copy(reports[0][0], made.path / "report.html")
        shutil.copy(HOUSE / "tests" / "documents" / "lines-of-a-pdf-2022.txt", made.path / "report.txt")
        crawled = made.run("ogi crawl")
        assert crawled.returncode == 0, crawled.stderr
        yield made


@pytest.mark.parametrize("document", RUN)
def test_the_commands_of_a_document_do_what_they_say(clone: Clone, document: Path) -> None:
    for command in commands(document.read_text(encoding="utf-8")):
        if why_not_run(command) is None and shutil.which(command.split()[0], path=f"{clone.path}/.venv/bin:/usr/bin:."):
            run = clone.run(command.replace("/mnt/", "other-").replace("/srv/ogi/", "srv-"))
            assert run.returncode == 0, f"{command}\n{run.stdout}\n{run.stderr}"
            assert "Traceback" not in run.stderr, command
