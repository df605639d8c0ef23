"""`ogi nightly` on a few sites of the example: what is published only after everything went well, and who is told."""

from __future__ import annotations

import json
import os
import re
import shutil
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email import message_from_string
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from running import COMMAND, Run, run_ogi, the_sentence

import demo
from archive.lock import writing
from archive.opening import open_published
from ogi.errors import UserError
from ogi.nightly import AUTOGROUP, NICE
from ogi.nights.settings import load

GOOD = ("lz-jyj", "lz-mzj")
REFUSING = "lz-slj"
EXTRACTS = Path("archive.var", "extracts")
FAST = {
    "OGI_LOOPBACK_HOSTS": "lingzhou.example",
    "AUTOTHROTTLE_ENABLED": 0,
    "DOWNLOAD_DELAY": 0,
    "RETRY_TIMES": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
}


@pytest.fixture(scope="module")
def site() -> Iterator[demo.DemoSite]:
    with demo.serve() as served:
        yield served


Night = Callable[..., Run]


def nights_in(directory: Path, site: demo.DemoSite, sources: tuple[str, ...]) -> Night:
    """What runs nights of some of the example's sources in a directory."""
    header, *lines = demo.registry(site.port).splitlines()
    chosen = [line for line in lines if line.split(",")[0] in sources]
    assert len(chosen) == len(sources)
    (directory / "sources.csv").write_text("\n".join([header, *chosen, ""]), encoding="utf-8")

    def run(settings: str = "") -> Run:
        (directory / "night.toml").write_text(settings, encoding="utf-8")
        options = [f"-s{name}={value}" for name, value in FAST.items()]
        files = ["--sources", "sources.csv", "--settings", "night.toml"]
        return run_ogi(directory, "nightly", *files, "--allow-private", *options)

    return run


@dataclass(frozen=True, slots=True)
class Home:
    """A directory, and what runs nights in it."""

    path: Path
    night: Night


@pytest.fixture(scope="module")
def after_a_night(tmp_path_factory: pytest.TempPathFactory, site: demo.DemoSite) -> tuple[Path, Run]:
    """The directory of a first night with a backup, to be copied, and how that night ended."""
    directory = tmp_path_factory.mktemp("night")
    return directory, nights_in(directory, site, GOOD)('[backup]\ndirectory = "safe"\n')


@pytest.fixture
def home(tmp_path: Path, after_a_night: tuple[Path, Run], site: demo.DemoSite) -> Home:
    """A copy of it."""
    shutil.copytree(after_a_night[0], tmp_path, dirs_exist_ok=True)
    return Home(tmp_path, nights_in(tmp_path, site, GOOD))


def report(directory: Path) -> dict[str, Any]:
    newest = max((directory / "archive.var" / "runs").glob("night-*.json"))
    told: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
    return told


def states(told: dict[str, Any]) -> dict[str, str]:
    return {step["name"]: step["state"] for step in told["steps"]}


def test_a_good_night(after_a_night: tuple[Path, Run]) -> None:
    directory, run = after_a_night
    assert run.returncode == 0, run.stdout + run.stderr
    told = report(directory)
    assert set(states(told).values()) == {"done"}
    assert told["crawl"]["new"]["count"] == told["published"]["reports"] > 5
    assert [source["state"] for source in told["crawl"]["sources"]] == ["ok", "ok"]
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=directory / EXTRACTS, check=True)
    assert list((directory / "safe").glob("*/SHA256SUMS"))
    page = max((directory / "archive.var" / "runs").glob("night-*.html")).read_text(encoding="utf-8")
    assert "凌州市教育局" in page


def test_a_night_without_news_and_without_a_mail_server(home: Home) -> None:
    run = home.night('[mail]\nto = ["a@example.org"]\nhost = "127.0.0.1"\nport = 1\nwhen = "always"\n')
    assert run.returncode == 0, run.stdout + run.stderr
    assert "no mail could be sent through 127.0.0.1 port 1" in run.stderr
    told = report(home.path)
    assert [told["crawl"][what]["count"] for what in ("new", "revised", "withdrawn")] == [0, 0, 0]
    assert [(source["before"], source["state"]) for source in told["crawl"]["sources"]] == [("ok", "unchanged")] * 2
    with closing(open_published(home.path / "archive.db")) as published:
        (kept,) = published.execute("SELECT summary FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    assert json.loads(kept)["sources"] == told["crawl"]["sources"]


def test_a_second_start_is_told_who_runs_since_when(home: Home) -> None:
    with writing(home.path / "archive.var"):
        run = home.night()
    assert run.returncode == 2
    assert "writes here since 20" in the_sentence(run)


@pytest.mark.skipif(not AUTOGROUP.is_file() or not AUTOGROUP.read_text(), reason="sessions have no weight here")
def test_a_night_in_a_session_of_its_own_weighs_less_than_the_portal(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text(demo.registry(1), encoding="utf-8")
    command = [sys.executable, COMMAND, "nightly", "--sources", "sources.csv", "--allow-private"]
    with subprocess.Popen(command, cwd=tmp_path, start_new_session=True, stdout=subprocess.DEVNULL) as night:
        try:
            said = ""
            while night.poll() is None and not said.endswith(f"nice {NICE}\n"):
                said = Path(f"/proc/{night.pid}/autogroup").read_text()
            assert os.getpriority(os.PRIO_PROCESS, night.pid) == NICE
        finally:
            night.kill()


class Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP as it takes to be handed a mail."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                mail = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    mail += part
                self.server.received.append(mail.decode())  # type: ignore[attr-defined]  # a list of this test
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                return


class Hook(BaseHTTPRequestHandler):
    """Takes what is posted."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(json.loads(body))  # type: ignore[attr-defined]  # a list of this test
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def listening(server: socketserver.TCPServer) -> Iterator[tuple[int, list[Any]]]:
    received: list[Any] = []
    server.received = received  # type: ignore[attr-defined]  # what its handler fills
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1], received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_alarm_is_told_by_mail_and_webhook(tmp_path: Path, site: demo.DemoSite) -> None:
    with (
        listening(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox)) as (mail_port, mails),
        listening(ThreadingHTTPServer(("127.0.0.1", 0), Hook)) as (hook_port, posts),
    ):
        run = nights_in(tmp_path, site, (GOOD[0], REFUSING))(
            f'[mail]\nto = ["keeper@example.org"]\nhost = "127.0.0.1"\nport = {mail_port}\n'
            f'[webhook]\nurl = "http://127.0.0.1:{hook_port}/"\n'
        )
    assert run.returncode == 1, run.stdout + run.stderr
    assert "alarm: 1 of 2 sources could not be read to their end" in run.stdout
    (mail,), (post,) = mails, posts
    message = message_from_string(mail, policy=default)
    assert message["Subject"].strip() == "ogi nightly: alarms: 1; sources: 2; reports: 7 new, 0 revised, 0 withdrawn"
    assert "1 of 2 sources could not be read to their end" in message.get_content()
    assert re.search(f"{REFUSING} +refused +.*robots.txt", message.get_content())
    assert post["exit_status"] == 1
    assert post["alarms"] == report(tmp_path)["alarms"]


def test_a_damaged_working_archive_ends_the_night_and_what_was_published_stays(home: Home) -> None:
    before = (home.path / "archive.db").read_bytes()
    working = home.path / "archive.var" / "working.db"
    for end in ("-wal", "-shm"):
        working.with_name(working.name + end).unlink(missing_ok=True)
    data = bytearray(working.read_bytes())
    data[4096 : 4096 * 30] = b"\xff" * (4096 * 29)
    working.write_bytes(data)
    run = home.night()
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    told = report(home.path)
    assert states(told)["check"] == "failed"
    assert states(told)["publish"] == "skipped"
    assert "ogi restore" in told["steps"][0]["said"]
    assert (home.path / "archive.db").read_bytes() == before
    assert run_ogi(home.path, "restore", "safe").returncode == 0
    assert run_ogi(home.path, "check").returncode == 0


def test_a_backup_that_cannot_be_written_takes_nothing_back(home: Home) -> None:
    (home.path / "no directory").touch()
    run = home.night('[backup]\ndirectory = "no directory"\n')
    assert run.returncode == 2
    told = report(home.path)
    assert (states(told)["publish"], states(told)["backup"]) == ("done", "failed")
    assert "backup failed; what was published stands" in run.stdout


def test_a_full_disk_is_an_alarm_before_anything_is_asked(home: Home) -> None:
    run = home.night("[thresholds]\nfree_gigabytes = 1e9\n")
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert states(report(home.path))["crawl"] == "skipped"
    assert "GB are free on the disk" in run.stdout


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("[thresholds]\nfree = 1\n", "thresholds.free is no setting"),
        ("[alarm]\nfree = 1\n", "no table [alarm]"),
        ('[thresholds]\nsilent_nights = "3"\n', "silent_nights is '3'; it takes a value such as 3"),
        ('[mail]\nwhen = "never"\n', 'mail.when is "alarm" or "always"'),
        ("[mail", "not TOML"),
    ],
)
def test_a_slip_in_the_settings_is_a_sentence(tmp_path: Path, settings: str, says: str) -> None:
    (tmp_path / "night.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(UserError) as slip:
        load(tmp_path / "night.toml")
    assert says in slip.value.message
