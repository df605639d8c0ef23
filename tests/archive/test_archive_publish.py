"""Publication: whole or not at all, checked, readable by anyone, and never at the cost of what is there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from by_hand import Crawl, figures, report

from archive.errors import ArchiveError
from archive.publish import publish, var_directory
from archive.states import SourceState
from archive.store import Archive

WIDE = "requests_granted_total, remedies_cases_review_total, a20_1_regulations_issued, a20_8_admin_fees_amount"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def rows(path: Path, sql: str) -> list[Any]:
    with reading(path) as connection:
        return connection.execute(sql).fetchall()


def finish(crawl: Crawl, **states: SourceState) -> Path:
    for source, state in states.items():
        crawl.archive.set_state(crawl.run_id, source, state, {})
    crawl.archive.end_run(crawl.run_id, finished=True, summary={})
    return crawl.archive.path


def test_the_published_file_holds_what_was_stored_and_the_tables_for_readers(crawl: Crawl, published: Path) -> None:
    crawl.store(report(figures=figures(requests__granted__total=4, a20_8__admin_fees__amount=59237.2449)))
    crawl.store(report(year=2020, form="form_2019", figures=figures("form_2019")), "http://a.example/2020", b"2")
    counts = publish(finish(crawl, jyj=SourceState.OK), published)
    assert (counts.reports, counts.agencies, counts.sources, counts.failed_checks) == (2, 1, 1, 2)
    assert counts.figures == 200 + 198
    assert counts.size == published.stat().st_size
    assert rows(published, f"SELECT report_key, agency, region, year, {WIDE} FROM figures_wide ORDER BY year DESC") == [
        ("990100-凌州市教育局-2024-own", "凌州市教育局", "凌州市", 2024, 4, 0, 0, 59237.2449),
        ("990100-凌州市教育局-2020-own", "凌州市教育局", "凌州市", 2020, 0, 0, None, None),
    ]
    assert rows(published, "SELECT count(*) FROM figures") == [(398,)]
    assert rows(published, "SELECT count(*) FROM visits") == [(0,)]
    assert rows(published, "SELECT count(*) > 0 FROM sqlite_stat1") == [(1,)]
    assert rows(published, "PRAGMA integrity_check") == [("ok",)]
    assert sorted(path.name for path in published.parent.iterdir()) == ["archive.db", "archive.var"]


def test_every_indicator_has_a_column_of_its_own(crawl: Crawl, published: Path) -> None:
    crawl.store(report())
    publish(finish(crawl), published)
    ids = {name.replace(".", "_") for (name,) in rows(published, "SELECT DISTINCT id FROM indicators")}
    assert len(ids) == rows(published, "SELECT count(DISTINCT id) FROM indicators")[0][0]
    columns = {name for _, name, *_ in rows(published, "PRAGMA table_info(figures_wide)")}
    assert ids <= columns
    assert len(columns) < 2000


def test_corrections_show_in_the_wide_table(crawl: Crawl, published: Path) -> None:
    key = crawl.store(report()).report_key
    corrections = published.with_name("corrections.csv")
    lines = (
        f"{key},requests.granted.total,{value},编者,误读,{day}" for value, day in ((9, "2026-01-01"), (5, "2026-03-01"))
    )
    corrections.write_text("\n".join(["report_key,indicator,value,who,why,date", *lines]), encoding="utf-8")
    publish(finish(crawl), published, corrections=corrections)
    assert rows(published, "SELECT requests_granted_total FROM figures_wide") == [(5,)]


def test_the_file_opens_on_read_only_media(crawl: Crawl, published: Path, tmp_path: Path) -> None:
    crawl.store(report())
    publish(finish(crawl), published)
    assert rows(published, "PRAGMA journal_mode") == [("delete",)]
    with closing(sqlite3.connect(f"{published.as_uri()}?immutable=1", uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM figures_wide").fetchone() == (1,)
    assert not list(tmp_path.glob("archive.db-*"))


def test_a_reader_keeps_the_old_file_and_the_next_sees_the_new_one(crawl: Crawl, published: Path) -> None:
    crawl.store(report())
    publish(finish(crawl), published)
    with reading(published) as early:
        assert early.execute("SELECT count(*) FROM reports").fetchone() == (1,)
        crawl.store(report(year=2023), "http://a.example/2023", b"2")
        publish(crawl.archive.path, published)
        assert early.execute("SELECT count(*) FROM figures_wide").fetchone() == (1,)
        with reading(published) as late:
            assert late.execute("SELECT count(*) FROM figures_wide").fetchone() == (2,)


def test_publishing_twice_gives_the_same_rows(crawl: Crawl, published: Path) -> None:
    crawl.store(report())
    publish(finish(crawl, jyj=SourceState.OK), published)
    with reading(published) as connection:
        first = list(connection.iterdump())
    publish(crawl.archive.path, published)
    with reading(published) as connection:
        assert list(connection.iterdump()) == first


def test_an_error_leaves_the_published_file_as_it_was(
    crawl: Crawl, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl.store(report())
    publish(finish(crawl), published)
    before = published.read_bytes()
    crawl.archive.db.execute("PRAGMA foreign_keys = OFF")
    crawl.archive.db.execute("UPDATE reports SET agency_id = 99")
    with pytest.raises(ArchiveError, match="a row of reports refers to a missing row of agencies"):
        publish(crawl.archive.path, published)
    assert published.read_bytes() == before
    assert sorted(path.name for path in published.parent.iterdir()) == ["archive.db", "archive.var"]


@pytest.mark.parametrize("content", ["这不是数据库" * 100, ""])
def test_what_is_not_an_archive_is_not_replaced(crawl: Crawl, published: Path, content: str) -> None:
    published.write_text(content, encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"archive\.db: (not an SQLite database|holds no archive)"):
        publish(finish(crawl), published)
    assert published.read_text(encoding="utf-8") == content


def test_an_archive_that_holds_more_is_not_replaced(crawl: Crawl, published: Path) -> None:
    crawl.store(report())
    publish(finish(crawl), published)
    other = published.parent / "other.var" / "working.db"
    Archive(other).close()
    with pytest.raises(ArchiveError, match="holds 1 reports that the working archive does not know"):
        publish(other, published)
    assert rows(published, "SELECT count(*) FROM reports") == [(1,)]


def test_nothing_to_publish(published: Path) -> None:
    with pytest.raises(ArchiveError, match="nothing to publish yet"):
        publish(var_directory(published) / "working.db", published)
    with pytest.raises(ArchiveError, match="nothing to publish yet"):
        publish(published.parent, published)


def test_a_directory_in_the_way(crawl: Crawl, published: Path) -> None:
    published.mkdir()
    with pytest.raises(ArchiveError, match="a directory"):
        publish(finish(crawl), published)


def test_a_lost_working_archive_begins_with_what_was_published(crawl: Crawl, published: Path) -> None:
    crawl.store(report())
    publish(finish(crawl), published)
    crawl.archive.close()
    shutil.rmtree(var_directory(published))
    with Archive(var_directory(published) / "working.db") as again:
        second = Crawl(again, again.begin_run("crawl"))
        assert second.store(report()).outcome == "unchanged"
        assert "figures_wide" not in again.db.table_names()
    publish(var_directory(published) / "working.db", published)
    assert rows(published, "SELECT count(*) FROM reports") == [(1,)]


def test_var_directory() -> None:
    assert var_directory(Path("archive.db")) == Path("archive.var")
    assert var_directory(Path("/data/x.db")) == Path("/data/x.var")


PUBLISH = """
import os, sys
from pathlib import Path
import archive.publish as room
step = sys.argv[3]
def stop(*given, **named):
    os.kill(os.getpid(), 9)
if step == "replace":
    Path.replace = stop
else:
    setattr(room, step, stop)
room.publish(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("step", ["_finish", "make_coverage", "_check", "sync", "replace"])
def test_a_kill_at_any_step_leaves_the_published_file_whole(crawl: Crawl, published: Path, step: str) -> None:
    crawl.store(report())
    working = finish(crawl)
    publish(working, published)
    before = published.read_bytes()
    crawl.store(report(year=2023), "http://a.example/2023", b"2")
    crawl.archive.close()
    killed = subprocess.run([sys.executable, "-c", PUBLISH, str(working), str(published), step], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert published.read_bytes() == before
    assert publish(working, published).reports == 2
    assert sorted(path.name for path in published.parent.iterdir()) == ["archive.db", "archive.var"]


PUBLISH_WITHOUT_ROOM = """
import resource, sys
from pathlib import Path
from archive.errors import ArchiveError
from archive.publish import publish
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    publish(Path(sys.argv[1]), Path(sys.argv[2]))
except ArchiveError as error:
    print(error)
"""


def test_a_full_disk_leaves_the_published_file_as_it_was(crawl: Crawl, published: Path) -> None:
    crawl.store(report())
    working = finish(crawl)
    publish(working, published)
    before = published.read_bytes()
    crawl.archive.close()
    command = [sys.executable, "-c", PUBLISH_WITHOUT_ROOM, str(working), str(published)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "the disk is full or failing" in told.stdout, told.stderr
    assert published.read_bytes() == before
    assert sorted(path.name for path in published.parent.iterdir()) == ["archive.db", "archive.var"]


READ_UNTIL_TOLD = """
import sqlite3, sys
from contextlib import closing
from pathlib import Path
path = Path(sys.argv[1])
print("ready", flush=True)
looked, seen = 0, set()
while not path.with_name("stop").exists():
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        whole = db.execute(
            "SELECT * FROM (SELECT count(*) FROM reports), (SELECT count(*) FROM figures_wide),"
            " (SELECT count(*) FROM remedies)"
        ).fetchone()
        assert len(set(whole)) == 1, whole
        looked, seen = looked + 1, seen | {whole[0]}
print(looked, sorted(seen))
"""


def test_a_reader_in_another_process_sees_whole_publications_only(crawl: Crawl, published: Path) -> None:
    crawl.store(report(year=2010))
    publish(crawl.archive.path, published)
    command = [sys.executable, "-c", READ_UNTIL_TOLD, str(published)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
        for year in range(2011, 2021):
            crawl.store(report(year=year), f"http://a.example/{year}", str(year).encode())
            publish(crawl.archive.path, published)
        published.with_name("stop").touch()
        looked, seen = reader.stdout.readline().split(maxsplit=1)
    assert reader.returncode == 0
    assert int(looked) > 10
    assert set(json.loads(seen)) <= set(range(1, 12))


STORE_UNTIL_KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from by_hand import Crawl, report
from archive.store import Archive, SourceLine
with Archive(Path(sys.argv[1])) as archive:
    archive.register([SourceLine("jyj", "990100", "凌州市教育局", "http://jyj.lingzhou.example/nb/")])
    crawl = Crawl(archive, archive.begin_run("crawl"))
    for year in range(1000, 3000):
        crawl.store(report(year=year), f"http://a.example/{year}", str(year).encode())
        print(year, flush=True)
"""


def test_a_kill_while_storing_leaves_whole_reports_and_the_next_run_goes_on(working: Path, published: Path) -> None:
    command = [sys.executable, "-c", STORE_UNTIL_KILLED, str(working), str(Path(__file__).parent)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        stored = [int(process.stdout.readline()) for _ in range(20)]
        process.send_signal(signal.SIGKILL)
    with Archive(working) as again:
        second = Crawl(again, again.begin_run("crawl"))
        for year in stored:
            outcome = second.store(report(year=year), f"http://a.example/{year}", str(year).encode()).outcome
            assert outcome == "unchanged"
        again.end_run(second.run_id, finished=True, summary={})
    assert publish(working, published).reports >= len(stored)
    counted = "SELECT count(DISTINCT n) FROM (SELECT count(*) AS n FROM figures GROUP BY report_id)"
    assert rows(published, counted) == [(1,)]
    assert rows(published, "SELECT finished, ended IS NULL FROM runs ORDER BY id") == [(0, 1), (1, 0)]
