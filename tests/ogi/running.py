"""How the tests run the command `ogi`, and what they expect of a mistake."""

from __future__ import annotations

import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path

import demo

Run = subprocess.CompletedProcess[str]
Ogi = Callable[..., Run]
Reports = list[tuple[Path, demo.Expected]]
COMMAND = Path(sysconfig.get_path("scripts")) / "ogi"


def the_sentence(run: Run) -> str:
    """The one sentence of a run that failed for something that its user did."""
    assert "Traceback" not in run.stderr
    (sentence,) = run.stderr.splitlines()
    assert sentence.startswith("ogi: ")
    return sentence
