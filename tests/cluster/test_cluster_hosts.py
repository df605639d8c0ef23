"""Sources that lead to hosts of several shards, and a Dask cluster of separate programs behind TLS."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from clusters import AT_ONCE, COMMAND, QUICK, Municipality, assert_equal, ended, start, until, working
from distributed import Security

import demo
from crawler.sources import shard_of

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]
HEADER = "id,region_code,agency,listing_url,platform,first_year,note"
LIST = "<html><head><title>政府信息公开年报</title></head><body><ul>{}</ul></body></html>"
ROW = "<li><a href='{0}' title='{1}'>{1}</a><span>2024-01-15</span></li>"


@contextmanager
def sites(pages: dict[str, bytes]) -> Iterator[tuple[int, list[str]]]:
    """Serves pages by `host/path`; gives the port and the log of what was asked."""
    log: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = (self.headers["Host"] or "").partition(":")[0] + self.path
            log.append(name)
            body = pages.get(name, b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], log
    server.shutdown()
    server.server_close()


def reports(site: demo.DemoSite, number: int) -> list[tuple[str, bytes]]:
    """Pages of reports with their titles, each of another agency."""
    chosen = {each.agency: each for each in demo.expected() if each.media == "html" and each.year == 2023}
    found = []
    for expected in list(chosen.values())[:number]:
        connection = HTTPConnection("127.0.0.1", site.port)
        connection.request("GET", expected.path, headers={"Host": expected.host})
        title = f"{expected.agency}2023年政府信息公开工作年度报告"
        found.append((title, connection.getresponse().read()))
        connection.close()
    return found


def test_a_source_that_leads_to_another_shards_host_is_crawled_when_nobody_else_asks(tmp_path: Path) -> None:
    first = next(f"a{n}.elsewhere.example" for n in range(99) if shard_of(f"a{n}.elsewhere.example", 2) == 1)
    second = next(f"b{n}.elsewhere.example" for n in range(99) if shard_of(f"b{n}.elsewhere.example", 2) == 2)
    with demo.serve() as site:
        pages = reports(site, 3)
    served = {f"{second}/{number}.html": body for number, (_, body) in enumerate(pages)}
    with sites(served) as (port, log):
        address = {number: f"http://{second}:{port}/{number}.html" for number in range(3)}
        rows = [ROW.format(address[number], title) for number, (title, _) in enumerate(pages)]
        served[f"{first}/nb/"] = LIST.format("".join(rows[:2])).encode()
        served[f"{second}/nb/"] = LIST.format(rows[2]).encode()
        registry = tmp_path / "sources.csv"
        lines = [f"{name},990100,,http://{host}:{port}/nb/,,," for name, host in (("a", first), ("b", second))]
        registry.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
        archives = []
        for name, cluster in (("one", ()), ("two", ("--cluster", "local:2"))):
            (tmp_path / name).mkdir()
            log.clear()
            run = ended(start(tmp_path / name, "crawl", "--sources", registry, *QUICK, *AT_ONCE, *cluster))
            assert "2 sources: 2 ok." in run.stdout
            assert "3 reports read: 3 new." in run.stdout
            archives.append(tmp_path / name / "archive.db")
            pages_asked = Counter(page for page in log if not page.endswith("/robots.txt"))
            assert max(pages_asked.values()) == 1, "no page is asked for twice"
    # A robots.txt that is not there is asked for by each process.
    assert_equal(*archives, apart={"host_nights"})


@contextmanager
def dask(directory: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A scheduler and two workers with certificates; gives the address and the environment that names the files."""
    security = Security.temporary()
    environment = dict(os.environ)
    for name, text in (
        ("CA_FILE", security.tls_ca_file),
        ("CERT", security.tls_client_cert),
        ("KEY", security.tls_client_key),
    ):
        file = directory / f"{name}.pem"
        file.write_text(text)
        roles = ("",) if name == "CA_FILE" else ("SCHEDULER__", "WORKER__", "CLIENT__")
        environment |= {f"DASK_DISTRIBUTED__COMM__TLS__{role}{name}": str(file) for role in roles}
    environment["DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION"] = "true"
    told = directory / "scheduler.json"
    scheduler = ["scheduler", "--protocol", "tls", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    worker = ["worker", "--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--memory-limit", "0"]
    started = [
        subprocess.Popen(
            [COMMAND.with_name("dask"), *command, "--scheduler-file", str(told)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in (scheduler, worker)
    ]
    try:
        yield until(lambda: told.exists() and json.loads(told.read_text() or "{}").get("address")), environment
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(30)


def test_a_dask_cluster_with_certificates_crawls_and_reads_again(municipality: Municipality, tmp_path: Path) -> None:
    sources = ("lz-szf", "lz-cyq", "lz-sfj")
    (tmp_path / "one").mkdir()
    municipality.crawl(tmp_path / "one", *sources)
    with dask(tmp_path) as (address, environment):
        assert address.startswith("tls://")
        cluster = ("--cluster", address, "--storage", tmp_path / "shared")
        municipality.crawl(tmp_path / "two", *sources, *cluster, **environment)
        assert_equal(tmp_path / "one" / "archive.db", tmp_path / "two" / "archive.db")
        for name, where in (("one", ()), ("two", cluster)):
            db = tmp_path / name / "archive.db"
            _misread(working(db))
            run = ended(start(tmp_path / name, "reparse", *where, **environment))
            assert "; 5 figures differ." in run.stdout, run.stdout
    assert_equal(tmp_path / "one" / "archive.db", tmp_path / "two" / "archive.db")


def _misread(db: Path) -> None:
    """As if an older parser had taken some cells for 999."""
    with closing(sqlite3.connect(db)) as archive, archive:
        archive.execute(
            "UPDATE requests SET total = 999 WHERE outcome = 'new_received' AND report_id IN"
            " (SELECT id FROM reports WHERE form = 'form_2021' ORDER BY report_key LIMIT 5)"
        )
        archive.execute("UPDATE reports SET content_sha256 = 'of an older parser' WHERE form = 'form_2021'")
