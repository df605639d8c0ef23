"""How the tests run the command `ogi`, and what they expect of a mistake."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import demo

Run = subprocess.CompletedProcess[str]
Ogi = Callable[..., Run]
Reports = list[tuple[Path, demo.Expected]]
COMMAND = Path(sysconfig.get_path("scripts")) / "ogi"


def run_ogi(directory: Path, *arguments: object, **environment: str) -> Run:
    """Runs `ogi` in a directory and gives its exit status and what it printed."""
    return subprocess.run(
        [sys.executable, COMMAND, *map(str, arguments)],
        cwd=directory,
        env=os.environ | {"COLUMNS": "200"} | environment,
        capture_output=True,
        text=True,
    )


def the_sentence(run: Run) -> str:
    """The one sentence of a run that failed for something that its user did."""
    assert "Traceback" not in run.stderr
    (sentence,) = run.stderr.splitlines()
    assert sentence.startswith("ogi: ")
    return sentence
