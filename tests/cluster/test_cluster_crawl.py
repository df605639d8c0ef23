"""A crawl on a cluster makes the archive that one machine makes, whoever crawls the shards and whatever befalls them.

`pytest -m long -s tests/cluster` prints what was compared.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest
import s3fs
import yaml
from clusters import AT_ONCE, COMMAND, QUICK, Municipality, assert_equal, ended, start, until, working
from moto.server import ThreadedMotoServer

DOCUMENT = Path(__file__).parents[2] / "docs" / "cluster.md"
pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


def asked(db: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(working(db))) as archive:
        return archive.execute(query).fetchall()


def test_two_processes_make_the_archive_that_one_makes_and_a_second_night_of_it(
    municipality: Municipality, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    before = len(municipality.site.requests)
    municipality.crawl(one)
    once = len(municipality.site.requests) - before
    run = municipality.crawl(two, "--cluster", "local:2")
    assert "36 sources: 27 ok" in run.stdout
    assert len(municipality.site.requests) - before == 2 * once, "the sites are asked as often"
    assert_equal(one / "archive.db", two / "archive.db")
    assert not list((two / "archive.var" / "crawl").rglob("*.*"))
    municipality.site.night = 2
    try:
        municipality.crawl(one)
        municipality.crawl(two, "--cluster", "local:2")
    finally:
        municipality.site.night = 1
    assert asked(two / "archive.db", "SELECT count(*) FROM revisions")[0][0] > 0
    assert asked(two / "archive.db", "SELECT count(*) FROM reports WHERE withdrawn IS NOT NULL")[0][0] > 0
    assert_equal(one / "archive.db", two / "archive.db")
    assert start(two, "check").wait(60) == 0


FEW = ("lz-szf", "lz-cyq", "lz-qyx", "lz-whbm", "lz-sfj", "lz-jtj", "lz-twjr", "lz-jgj", "lz-sjjj", "lz-xfj")


@pytest.fixture(scope="module")
def few(municipality: Municipality, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one machine makes of a few of the sources, of every kind."""
    directory = tmp_path_factory.mktemp("few")
    municipality.crawl(directory, *FEW)
    return directory / "archive.db"


def attempts(db: Path) -> set[str]:
    """Who wrote the WARC files: one name for each time that a shard was begun."""
    return {file.name.removesuffix(".warc.gz")[:-5] for file in db.with_suffix(".var").glob("warc/*.warc.gz")}


def test_workers_that_are_killed_lose_nothing_and_repeat_nothing(
    municipality: Municipality, few: Path, tmp_path: Path
) -> None:
    db, log = tmp_path / "archive.db", municipality.site.requests
    before = len(log)
    slowly = (*QUICK, "-s", "DOWNLOAD_DELAY=0.4")
    writer = start(tmp_path, "crawl", *FEW, "--sources", municipality.registry, *slowly, "--cluster", "local:2")
    try:
        crawl = db.with_suffix(".var") / "crawl"
        until(lambda: all(list(crawl.glob(f"*/{shard}/*.jsonl.gz")) for shard in ("001", "002")))
        children = psutil.Process(writer.pid).children(recursive=True)
        shards = [child for child in children if "ogi.cluster.shard" in child.cmdline()]
        assert len(shards) == 2
        for shard in shards:
            shard.parent().send_signal(signal.SIGKILL)
        psutil.wait_procs(shards, timeout=20)
        assert not any(shard.is_running() for shard in shards), "a shard does not outlive its worker"
        ended(writer)
    finally:
        if writer.poll() is None:
            writer.kill()
    assert len(attempts(db)) == 4, "both shards were begun anew"
    # What was asked for as the workers died was asked for once more.
    assert_equal(few, db, apart={"host_nights"})
    first = sorted(attempts(db))[::2]
    brought = asked(db, "SELECT warc, url FROM snapshots WHERE status = 200")
    known = {url for warc, url in brought if warc.startswith(tuple(first))}
    again = Counter(f"http://{host}:{municipality.site.port}{path}" for host, _, path, *_ in log[before:])
    assert known
    assert {url: count for url, count in again.items() if url in known and count > 1} == {}


def test_a_night_on_a_cluster_is_a_night(municipality: Municipality, tmp_path: Path) -> None:
    registry = tmp_path / "sources.csv"
    header, *lines = municipality.registry.read_text(encoding="utf-8").splitlines()
    chosen = [line for line in lines if line.split(",")[0] in ("lz-szf", "lz-cyq")]
    registry.write_text("\n".join([header, *chosen, ""]), encoding="utf-8")
    run = ended(start(tmp_path, "nightly", "--sources", registry, *QUICK, *AT_ONCE, "--cluster", "local:2"))
    assert "sources: 2; reports: " in run.stdout
    assert asked(tmp_path / "archive.db", "SELECT count(*) FROM reports")[0][0] > 0
    assert start(tmp_path, "check").wait(60) == 0


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of a local S3 server; the environment says how it is reached."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    reached = {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in (reached | {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}).items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem(skip_instance_cache=True).mkdir("ogi-test")
    yield "s3://ogi-test/archive"
    server.stop()


def documented_job() -> tuple[int, list[str]]:
    """How many indexes the Job in docs/cluster.md has, and the command that Kubernetes runs for each."""
    blocks = re.findall(r"^```yaml\n(.*?)^```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    (job,) = (read for block in blocks if (read := yaml.safe_load(block)).get("kind") == "Job")
    assert (job["apiVersion"], job["spec"]["completionMode"]) == ("batch/v1", "Indexed")
    (container,) = job["spec"]["template"]["spec"]["containers"]
    return job["spec"]["completions"], container["command"]


def test_shards_that_others_start_and_storage_in_a_bucket(
    municipality: Municipality, few: Path, tmp_path: Path, bucket: str
) -> None:
    """What Kubernetes does with the documented Job: the writer waits, and each index is a command of its own."""
    given = (*FEW, "--sources", municipality.registry, *QUICK, *AT_ONCE)
    completions, (*shell, line) = documented_job()
    assert "s3://ogi-archive/main" in line
    writer = start(tmp_path, "crawl", *given, "--storage", bucket, "--cluster", f"shards:{completions}")
    try:
        until(lambda: s3fs.S3FileSystem(skip_instance_cache=True).exists(f"{bucket}/crawl/plan.json"))
        for index in range(completions):
            elsewhere = tmp_path / f"pod-{index}"
            elsewhere.mkdir()
            pod = [*shell, f"{line.replace('s3://ogi-archive/main', bucket)} {shlex.join(map(str, given))}"]
            path = f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"
            told = os.environ | {"JOB_COMPLETION_INDEX": str(index), "PATH": path}
            run = subprocess.run(pod, cwd=elsewhere, env=told, capture_output=True, text=True, timeout=300)
            assert run.returncode == 0, run.stderr
            assert not list(elsewhere.iterdir()), "a shard leaves nothing but what it stored"
        ended(writer)
    finally:
        if writer.poll() is None:
            writer.kill()
    assert_equal(few, tmp_path / "archive.db")
    assert start(tmp_path, "check").wait(60) == 0


def test_what_the_shards_of_a_killed_writer_stored_is_brought_in_by_the_next(
    municipality: Municipality, few: Path, tmp_path: Path
) -> None:
    db, log = tmp_path / "archive.db", municipality.site.requests
    slowly = (*QUICK, "-s", "DOWNLOAD_DELAY=0.4")
    before = len(log)
    writer = start(tmp_path, "crawl", *FEW, "--sources", municipality.registry, *slowly, "--cluster", "local:2")
    crawl = db.with_suffix(".var") / "crawl"
    until(lambda: all(list(crawl.glob(f"*/{shard}/*.jsonl.gz")) for shard in ("001", "002")))
    started = psutil.Process(writer.pid).children(recursive=True)
    writer.kill()
    writer.communicate()
    assert not psutil.wait_procs(started, timeout=60)[1], "nothing outlives the writer"
    municipality.crawl(tmp_path, *FEW, "--cluster", "local:2")
    # Two runs, the second of which found part of the reports there, as where one machine is killed.
    assert_equal(few, db, apart={"runs", "source_states", "coverage_runs", "host_nights"})
    assert asked(db, "SELECT finished FROM runs ORDER BY id") == [(0,), (1,)]
    first = tuple(sorted(attempts(db))[:2])
    brought = asked(db, "SELECT warc, url FROM snapshots WHERE status = 200")
    known = {url for warc, url in brought if warc.startswith(first)}
    again = Counter(f"http://{host}:{municipality.site.port}{path}" for host, _, path, *_ in log[before:])
    assert known
    assert {url: count for url, count in again.items() if url in known and count > 1} == {}
