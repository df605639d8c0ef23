"""The environment says in one sentence what is missing on a machine, and takes only what the lock knows."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
TOOLS = ("sh", "cat", "cksum", "dirname", "rm")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A copy of what makes the environment, and a bin/ with the few tools that every machine has."""
    (tmp_path / "deploy").mkdir()
    for name in ("deploy/environment.sh", "requirements.lock", "pyproject.toml"):
        shutil.copy(HOUSE / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / "bin" / tool).symlink_to(found)
    return tmp_path


def add_python(machine: Path, name: str, version: str, *, has_venv: bool) -> None:
    """Put a Python on the machine that knows its version and whether it has its venv module."""
    major, minor = map(int, version.split("."))
    script = machine / "bin" / name
    script.write_text(
        "#!/bin/sh\n"
        'case "$*" in\n'
        "'-m venv'*) exit 1 ;;\n"
        f"*ensurepip*) exit {0 if has_venv else 1} ;;\n"
        f"*'< (3, 11)'*) exit {0 if (major, minor) >= (3, 11) else 1} ;;\n"
        f"*) echo {version} ;;\n"
        "esac\n"
    )
    script.chmod(0o755)


def make_environment(machine: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [machine / "deploy" / "environment.sh"], env={"PATH": str(machine / "bin")}, capture_output=True, text=True
    )


def the_sentence(run: subprocess.CompletedProcess[str]) -> str:
    assert run.returncode == 2
    assert run.stdout == ""
    (sentence,) = run.stderr.splitlines()
    return sentence


def test_a_machine_without_python_is_told_so(machine: Path) -> None:
    assert "Python 3.11 or later is needed and python3 does not run" in the_sentence(make_environment(machine))


def test_an_old_python_is_named_with_its_version(machine: Path) -> None:
    add_python(machine, "python3", "3.9", has_venv=True)
    assert "Python 3.11 or later is needed and only 3.9 is here" in the_sentence(make_environment(machine))


def test_a_missing_venv_module_is_named_with_its_package(machine: Path) -> None:
    add_python(machine, "python3", "3.12", has_venv=False)
    assert "the package is python3.12-venv" in the_sentence(make_environment(machine))


def test_nothing_is_made_when_something_is_missing(machine: Path) -> None:
    add_python(machine, "python3", "3.12", has_venv=False)
    make_environment(machine)
    assert not (machine / ".venv").exists()


def test_the_newest_python_with_a_venv_module_is_chosen(machine: Path) -> None:
    add_python(machine, "python3.13", "3.13", has_venv=False)
    add_python(machine, "python3.12", "3.12", has_venv=True)
    add_python(machine, "python3", "3.9", has_venv=True)
    assert "python3.12 could not make .venv" in the_sentence(make_environment(machine))


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A package that is no other than its one file."""
    file = tmp_path / "tampered-1.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("tampered.py", "")
        made.writestr("tampered-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tampered\nVersion: 1.0\n")
        made.writestr("tampered-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr("tampered-1.0.dist-info/RECORD", "")
    return file


@pytest.mark.parametrize("known", [None, "of another file"])
def test_a_package_is_taken_only_with_the_digest_of_the_lock(machine: Path, wheel: Path, known: str | None) -> None:
    digest = f" --hash=sha256:{hashlib.sha256(known.encode()).hexdigest()}" if known else ""
    (machine / "requirements.lock").write_text(f"tampered @ {wheel.as_uri()}{digest}\n")
    run = subprocess.run([machine / "deploy" / "environment.sh"], env=os.environ, capture_output=True, text=True)
    assert run.returncode == 2
    assert "hash" in run.stderr.lower()
    assert "environment: the packages of requirements.lock could not be installed" in run.stderr
    assert not list((machine / ".venv").rglob("tampered*"))
