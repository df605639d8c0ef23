"""The portal as a process: it serves, turns to a new publication, and says in one sentence why it cannot."""

from __future__ import annotations

import shutil
import signal
import socket
import sqlite3
import time
from pathlib import Path

import httpx
import pytest
from portal_examples import example_reports, publish_reports, report, report_key, serving

from portal.edition import PortalError
from portal.server import _listen, serve


def reports_shown(client: httpx.Client) -> int:
    """How many reports the archive that is shown holds."""
    return int(client.get("/archive/reports.json?_size=0").json()["filtered_table_rows_count"])


def test_turns_to_a_new_publication_without_refusing_a_request(tmp_path: Path) -> None:
    db = publish_reports(tmp_path / "archive.db", [report(year=2020, form="form_2019")])
    with serving(db) as (client, process):
        assert reports_shown(client) == 1
        assert "1</b> 报告" in client.get("/").text
        for year in (2021, 2022):
            publish_reports(db, [report(year=year)])
            answers = []

            def turned(year: int = year, answers: list[int] = answers) -> bool:
                answers.append(client.get("/").status_code)
                return reports_shown(client) == year - 2019

            await_condition(turned, "still the old archive")
            assert set(answers) == {200}
        assert client.get(f"/report/{report_key(year=2022)}").status_code == 200
        assert "3</b> 报告" in client.get("/").text
        assert client.get("/download/reports.csv").headers["x-row-count"] == "3"
        await_condition(lambda: open_files(process.pid, db.name) <= 4, "replaced files stay open")


def await_reports(client: httpx.Client, number: int) -> None:
    await_condition(lambda: reports_shown(client) == number, f"never {number} reports")


def await_condition(condition, otherwise: str) -> None:  # type: ignore[no-untyped-def]  # a small helper of this file
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, otherwise


def open_files(pid: int, name: str) -> int:
    """How many descriptors of the process hold a file of that name, replaced ones among them."""
    links = Path(f"/proc/{pid}/fd")
    if not links.exists():
        pytest.skip("no /proc here")
    return sum(name in str(link.readlink()) for link in links.iterdir() if link.is_symlink())


def test_stays_with_the_old_edition_when_the_new_file_cannot_be_shown(tmp_path: Path) -> None:
    db = publish_reports(tmp_path / "archive.db", [report(year=2021)])
    good = tmp_path / "good.db"
    shutil.copy(db, good)
    with serving(db) as (client, process):
        broken = tmp_path / "broken.db"
        broken.write_bytes(good.read_bytes()[:20000])
        broken.replace(db)
        assert process.stderr is not None
        assert "damaged" in process.stderr.readline()
        assert reports_shown(client) == 1
        db.unlink()
        assert "no archive here" in process.stderr.readline()
        assert client.get("/").status_code == 200
        publish_reports(db, [report(year=2022)])
        await_reports(client, 2)


def test_ends_quietly_when_interrupted(tmp_path: Path) -> None:
    db = publish_reports(tmp_path / "archive.db", [report(year=2021)])
    with serving(db) as (client, process):
        assert client.get("/").status_code == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (out, err) == ("", "")
    assert process.returncode == 0


def test_a_broken_download_does_not_look_whole(tmp_path: Path) -> None:
    db = publish_reports(tmp_path / "archive.db", example_reports())
    with sqlite3.connect(db) as connection:
        connection.executemany(
            "insert into requests (report_id, outcome) values (99, ?)", [(f"outcome {n}",) for n in range(20000)]
        )
        connection.execute("create index counted on requests(total)")  # rows are counted without the damaged page
    damage_table(db, "requests")
    with serving(db) as (client, _), pytest.raises(httpx.RemoteProtocolError):
        client.get("/download/requests.csv")


def damage_table(db: Path, table: str) -> None:
    """Overwrites the last leaf page of a table, which reading comes to late."""
    with sqlite3.connect(db) as connection:
        (page,) = connection.execute(
            "select pageno from dbstat where name = ? and pagetype = 'leaf' order by path desc", (table,)
        ).fetchone()
        (size,) = connection.execute("pragma page_size").fetchone()
    with db.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def test_an_answer_in_two_parts_does_not_wait_for_an_acknowledgement() -> None:
    with _listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_taken_port_is_one_sentence(archive_db: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortalError, match=f"port {port} .*another with --port"):
            serve(archive_db, port=port)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "no archive here"),
        (b"", "not an SQLite database"),
        (b"PK\x03\x04 a spreadsheet, perhaps", "not an SQLite database"),
    ],
)
def test_a_file_that_is_no_archive_is_one_sentence(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    db = tmp_path / "archive.db"
    if content is not None:
        db.write_bytes(content)
    with pytest.raises(PortalError, match=sentence):
        serve(db, port=0)


def test_a_truncated_archive_is_one_sentence(tmp_path: Path, archive_db: Path) -> None:
    db = tmp_path / "archive.db"
    db.write_bytes(archive_db.read_bytes()[:-4096])
    with pytest.raises(PortalError, match="damaged"):
        serve(db, port=0)


def test_another_database_and_a_directory_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("create table t (a)")
    with pytest.raises(PortalError, match="not a published archive"):
        serve(other, port=0)
    with pytest.raises(PortalError, match="not a file"):
        serve(tmp_path, port=0)
