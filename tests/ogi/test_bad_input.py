"""What a user gets wrong: one sentence that says what to do, an exit status that is not zero, and nothing lost."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from running import Ogi, Reports, the_sentence

HEADER = "id,region_code,agency,listing_url,platform,first_year,note\n"
GOOD_LINE = "lz-a,990100,凌州市教育局,http://www.lingzhou.example/a/,,2020,\n"
BAD_LINE = "lz-b,990100,凌州市教育局,ftp://www.lingzhou.example/b/,,2020,\n"


@pytest.fixture
def bad_files(tmp_path: Path) -> dict[str, str]:
    """Names of files that cannot be read, each with the code of the problem that says why."""
    (tmp_path / "directory").mkdir()
    (tmp_path / "empty.html").touch()
    (tmp_path / "pdf.txt").write_bytes(b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")
    return {"missing.html": "file_missing", "directory": "file_is_directory", "empty.html": "file_empty", "pdf.txt": ""}


@pytest.mark.parametrize("name", ["missing.html", "directory", "empty.html", "pdf.txt"])
def test_a_file_that_cannot_be_read(ogi: Ogi, bad_files: dict[str, str], name: str) -> None:
    run = ogi("parse", name)
    assert run.returncode == 3
    line = json.loads(run.stdout)
    assert (line["file"], line["ok"]) == (name, False)
    (problem,) = line["problems"]
    assert problem["message"]
    assert problem["code"].startswith(bad_files[name])
    assert name in the_sentence(run)


def test_the_other_files_are_still_read(ogi: Ogi, bad_files: dict[str, str], reports: Reports) -> None:
    report = reports[0][0]
    run = ogi("parse", *bad_files, report)
    assert run.returncode == 3
    assert [json.loads(line)["ok"] for line in run.stdout.splitlines()] == [False] * len(bad_files) + [True]


@pytest.mark.parametrize("command", [("crawl",), ("sources",)])
def test_a_registry_with_a_bad_line(ogi: Ogi, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "sources.csv").write_text(HEADER + GOOD_LINE + BAD_LINE)
    run = ogi(*command, "--sources", "sources.csv")
    assert run.returncode == 2
    assert the_sentence(run).startswith("ogi: sources.csv, line 3: ")
    assert [file.name for file in tmp_path.iterdir()] == ["sources.csv"]


def test_a_registry_that_is_missing(ogi: Ogi) -> None:
    run = ogi("crawl", "--sources", "nowhere.csv")
    assert run.returncode == 2
    assert "nowhere.csv" in the_sentence(run)


def test_a_source_that_the_registry_does_not_have(ogi: Ogi, tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text(HEADER + GOOD_LINE)
    run = ogi("crawl", "--sources", "sources.csv", "lz-z")
    assert run.returncode == 2
    assert "lz-z" in the_sentence(run)


def no_database(archive: Path) -> None:
    archive.write_bytes(b"no database\n" * 99)


def nothing(archive: Path) -> None:
    archive.touch()


def of_another_program(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


SERVE, CHECK, EXTRACT = ("serve", "--port", "0"), ("check",), ("extract", "out")
DEMO, CRAWL = ("demo", "--no-serve"), ("crawl", "--sources", "sources.csv")


@pytest.mark.parametrize(
    ("command", "make"),
    [
        *((command, no_database) for command in (SERVE, CHECK, EXTRACT, DEMO, CRAWL)),
        *((command, nothing) for command in (SERVE, CRAWL)),
        *((command, of_another_program) for command in (SERVE, CRAWL)),
    ],
)
def test_a_file_that_is_no_archive(
    ogi: Ogi, tmp_path: Path, command: tuple[str, ...], make: Callable[[Path], None]
) -> None:
    archive = tmp_path / "archive.db"
    (tmp_path / "sources.csv").write_text(HEADER + GOOD_LINE)
    make(archive)
    before = archive.read_bytes()
    run = ogi(*command)
    assert run.returncode == 2
    assert "archive.db" in the_sentence(run)
    assert archive.read_bytes() == before


@pytest.mark.parametrize("command", [SERVE, CHECK, EXTRACT])
def test_an_archive_that_is_missing(ogi: Ogi, tmp_path: Path, command: tuple[str, ...]) -> None:
    run = ogi(*command)
    assert run.returncode == 2
    assert "archive.db" in the_sentence(run)
    assert not list(tmp_path.iterdir())


def test_a_directory_in_the_place_of_the_archive(ogi: Ogi, tmp_path: Path) -> None:
    (tmp_path / "archive.db").mkdir()
    run = ogi("demo", "--no-serve")
    assert run.returncode == 2
    assert "archive.db" in the_sentence(run)


def test_a_port_that_is_taken(ogi: Ogi, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with socket.create_server(("127.0.0.1", 0)) as shortly:
            free = shortly.getsockname()[1]  # the usual ones may be those of a demo that is running
        for option, other in (("--port", "--site-port"), ("--site-port", "--port")):
            run = ogi("demo", option, port, other, free)
            assert run.returncode == 2
            assert the_sentence(run) == (
                f"ogi: port {port} cannot be used (Address already in use); name another with {option}."
            )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (("crawl", "-s", "DOWNLOAD_DELAY"), "DOWNLOAD_DELAY is not NAME=VALUE"),
        (("parse",), "FILE"),
        (("serve", "--port", "http"), "'http' is not a valid integer"),
        (("crawll",), "crawll"),
    ],
)
def test_a_command_that_is_used_wrongly(ogi: Ogi, command: tuple[str, ...], named: str) -> None:
    run = ogi(*command)
    assert run.returncode == 2
    assert named in the_sentence(run)
    assert "--help" in run.stderr
