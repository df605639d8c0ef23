"""The audit of the dependencies tells an advisory from an answer that it did not get."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2]
FINE = {"name": "a", "version": "1.0", "vulns": []}
KNOWN = {"name": "b", "version": "2.0", "vulns": [{"id": "PYSEC-0000-1", "fix_versions": ["2.1"]}]}
UNASKED = {"name": "c", "skip_reason": "c (3.0) could not be audited"}


def audit(directory: Path, answer: str | None) -> subprocess.CompletedProcess[str]:
    """The audit on a machine whose pip-audit gives that answer; None where there is no pip-audit."""
    if answer is not None:
        (directory / "answer").write_text(answer)
        (directory / "pip-audit").write_text(
            f'#!/bin/sh\nwhile read -r line; do echo "$line"; done <{directory}/answer\n'
        )
        (directory / "pip-audit").chmod(0o755)
    return subprocess.run(
        [sys.executable, HOUSE / ".ci" / "audit.py"], env={"PATH": str(directory)}, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([FINE], 0, ["1 packages of requirements-dev.lock audited, advisories: 0"]),
        ([FINE, KNOWN], 1, ["b 2.0: PYSEC-0000-1, mended in 2.1", "2 packages", "advisories: 1"]),
        ([UNASKED, KNOWN], 1, ["of 2 packages 1 have no answer", "c (3.0) could not be audited", "advisories: 1"]),
        ([UNASKED], 0, ["digests are checked at installation", "0 packages"]),
    ],
)
def test_what_is_known_of_the_packages(
    tmp_path: Path, packages: list[dict[str, Any]], status: int, said: list[str]
) -> None:
    run = audit(tmp_path, json.dumps({"dependencies": packages, "fixes": []}) + "\n")
    assert run.returncode == status, run.stderr
    for words in said:
        assert words in run.stdout


@pytest.mark.parametrize(("answer", "why"), [(None, "neither pip-audit nor uv"), ("no JSON\n", "ended with status 0")])
def test_an_audit_that_cannot_ask_says_so_and_is_no_failure(tmp_path: Path, answer: str | None, why: str) -> None:
    run = audit(tmp_path, answer)
    assert run.returncode == 0
    assert why in run.stdout
    assert "Traceback" not in run.stderr
