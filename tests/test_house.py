"""Holds the house to its plan: imports run one way, every module says what it is for, nothing grows too long."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
MAY_IMPORT = {
    "parsers": set[str](),
    "archive": {"parsers"},
    "crawler": {"archive", "parsers"},
    "portal": {"archive"},
    "demo": set[str](),
    "ogi": {"archive", "crawler", "demo", "parsers", "portal"},
}
TOP_LEVEL = {
    *MAY_IMPORT,
    *("tests", "benchmarks", "deploy", "docs", ".ci"),
    *("README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "Makefile", ".gitignore"),
    *("pyproject.toml", "requirements.lock", "requirements-dev.lock", "scrapy.cfg"),
}
LONGEST_MODULE = 400  # lines: what one person can hold in their head
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
# What belongs to one machine or one network: people's directories, scratch space, and where packages come from.
FOREIGN = re.compile(
    r"(?<![\w.:/-])/(?:root|home|work|tmp|Users)/\w"
    r"|--(?:extra-)?index-url|--find[-]links|--trusted[-]host|https?://registry\.|https?://[\w.-]+/simple\b"
)


def committed() -> list[Path]:
    """Every file that git knows or would add, relative to the house."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        check=True,
    )
    names = sorted({Path(name) for name in listed.stdout.decode().split("\0") if name})
    return [name for name in names if (HOUSE / name).is_file()]


FILES = committed()
MODULES = [name for name in FILES if name.suffix == ".py"]
ROOM_MODULES = [name for name in MODULES if name.parts[0] in MAY_IMPORT]
NAMED = {".".join(name.with_suffix("").parts).removesuffix(".__init__"): name for name in ROOM_MODULES}


def imported(module: Path) -> Iterator[tuple[int, str]]:
    """The line and the top-level package of every import in a module, also those inside functions."""
    for node in ast.walk(ast.parse((HOUSE / module).read_bytes())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                package = module.parent.parts
                above = package[: len(package) - node.level + 1]
                yield node.lineno, above[0] if above else "(outside of its package)"
            else:
                yield node.lineno, (node.module or "").split(".")[0]


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_imports_run_one_way(room: str) -> None:
    ours = set(MAY_IMPORT) | {"tests", "benchmarks", "(outside of its package)"}
    wrong = [
        f"{module}:{line} imports {package}"
        for module in ROOM_MODULES
        if module.parts[0] == room
        for line, package in imported(module)
        if package in ours - MAY_IMPORT[room] - {room}
    ]
    assert not wrong


def needed(module: Path) -> Iterator[Path]:
    """The modules of ours that a module imports, also for its types alone or inside a function."""
    for node in ast.walk(ast.parse((HOUSE / module).read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            found = NAMED.get(name) or NAMED.get(name.rpartition(".")[0])
            if found and found != module:
                yield found


def test_no_modules_need_each_other_in_a_circle() -> None:
    TopologicalSorter({module: set(needed(module)) for module in ROOM_MODULES}).prepare()


def test_every_module_says_what_it_is_for() -> None:
    silent = []
    for module in MODULES:
        docstring = ast.get_docstring(ast.parse((HOUSE / module).read_bytes()))
        first = docstring.split("\n\n")[0] if docstring else ""
        if not first.rstrip().endswith("."):
            silent.append(str(module))
    assert not silent, "a module opens with one sentence that says what it is for"


def test_no_module_is_too_long() -> None:
    lengths = {str(module): len((HOUSE / module).read_bytes().splitlines()) for module in MODULES}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_MODULE}


def test_no_module_has_an_empty_name() -> None:
    assert not [str(name) for name in FILES if {part.split(".")[0] for part in name.parts} & EMPTY_NAMES]


def test_the_top_level_is_the_plan() -> None:
    assert {name.parts[0] for name in FILES} <= TOP_LEVEL


def test_nothing_names_one_machine_or_where_its_packages_come_from() -> None:
    found = []
    for name in FILES:
        content = (HOUSE / name).read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            if match := FOREIGN.search(line):
                found.append(f"{name}:{number}: {match[0]}")
    assert not found


def test_the_two_locks_agree() -> None:
    pinned = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)
    run = dict(pinned.findall((HOUSE / "requirements.lock").read_text()))
    develop = dict(pinned.findall((HOUSE / "requirements-dev.lock").read_text()))
    assert run.items() <= develop.items()


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = (HOUSE / "requirements-dev.lock").read_text()
    names = [re.match(r"[A-Za-z0-9_.-]+", line)[0] for line in asked]  # type: ignore[index]  # each line has a name
    assert not [name for name in names if not re.search(rf"^{re.escape(name)}==", locked, re.MULTILINE)]
