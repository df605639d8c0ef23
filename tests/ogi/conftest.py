"""The command `ogi` as a user runs it, and files for it to read."""

from __future__ import annotations

import os
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
from running import COMMAND, Ogi, Reports, Run

import demo


@pytest.fixture
def ogi(tmp_path: Path) -> Ogi:
    """Runs `ogi` in an empty directory and gives its exit status and what it printed."""

    def run(*arguments: object, **environment: str) -> Run:
        return subprocess.run(
            [sys.executable, COMMAND, *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ | {"COLUMNS": "200"} | environment,
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """A few reports of the example municipality as files, with what stands in them."""
    directory = tmp_path_factory.mktemp("reports")
    chosen = [expected for expected in demo.expected() if expected.media == "html"][:3]
    files: Reports = []
    with demo.serve() as site:
        for number, expected in enumerate(chosen):
            connection = HTTPConnection("127.0.0.1", site.port)
            connection.request("GET", expected.path, headers={"Host": expected.host})
            file = directory / f"{number}.html"
            file.write_bytes(connection.getresponse().read())
            connection.close()
            files.append((file, expected))
    return files
