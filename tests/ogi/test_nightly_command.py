"""`ogi nightly` on a few sites of the example: what is published only after everything went well, and who is told."""

from __future__ import annotations

import json
import socketserver
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email import message_from_string
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from running import Ogi, Run, the_sentence

import demo
from archive.lock import writing
from archive.opening import open_published
from ogi.errors import UserError
from ogi.nights.settings import load

GOOD = ("lz-jyj", "lz-mzj")
REFUSING = "lz-slj"
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


@contextmanager
def nightly(ogi: Ogi, directory: Path, site: demo.DemoSite, sources: tuple[str, ...]) -> Iterator[Any]:
    """Runs nights on some of the example's sources."""
    header, *lines = demo.registry(site.port).splitlines()
    chosen = [line for line in lines if line.split(",")[0] in sources]
    assert len(chosen) == len(sources)
    (directory / "sources.csv").write_text("\n".join([header, *chosen, ""]), encoding="utf-8")

    def run(*arguments: str, settings: str | None = None) -> Run:
        more: list[str] = []
        if settings is not None:
            (directory / "night.toml").write_text(settings, encoding="utf-8")
            more = ["--settings", "night.toml"]
        options = [f"-s{name}={value}" for name, value in FAST.items()]
        return ogi("nightly", "--sources", "sources.csv", "--allow-private", *options, *more, *arguments)

    yield run


def report(directory: Path) -> dict[str, Any]:
    newest = max((directory / "archive.var" / "runs").glob("night-*.json"))
    told: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
    return told


def states(told: dict[str, Any]) -> dict[str, str]:
    return {step["name"]: step["state"] for step in told["steps"]}


def test_a_good_night_and_the_one_after_it(ogi: Ogi, tmp_path: Path, site: demo.DemoSite) -> None:
    with nightly(ogi, tmp_path, site, GOOD) as night:
        first = night(settings='[backup]\ndirectory = "safe"\n')
        assert first.returncode == 0, first.stdout + first.stderr
        told = report(tmp_path)
        assert set(states(told).values()) == {"done"}
        assert told["crawl"]["new"]["count"] == told["published"]["reports"] > 5
        assert [source["state"] for source in told["crawl"]["sources"]] == ["ok", "ok"]
        extracts = tmp_path / "archive.var" / "extracts"
        subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=extracts, check=True)
        assert list((tmp_path / "safe").glob("*/SHA256SUMS"))
        page = max((tmp_path / "archive.var" / "runs").glob("night-*.html")).read_text(encoding="utf-8")
        assert "凌州市教育局" in page

        second = night()
        assert second.returncode == 0, second.stdout + second.stderr
        told = report(tmp_path)
        assert [told["crawl"][what]["count"] for what in ("new", "revised", "withdrawn")] == [0, 0, 0]
        assert [(source["before"], source["state"]) for source in told["crawl"]["sources"]] == [("ok", "unchanged")] * 2
    with closing(open_published(tmp_path / "archive.db")) as published:
        (kept,) = published.execute("SELECT summary FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    assert json.loads(kept)["sources"] == told["crawl"]["sources"]


def test_a_second_start_is_told_who_runs_since_when(ogi: Ogi, tmp_path: Path, site: demo.DemoSite) -> None:
    with nightly(ogi, tmp_path, site, GOOD) as night, writing(tmp_path / "archive.var"):
        run = night()
    assert run.returncode == 2
    assert "writes here since 20" in the_sentence(run)


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


def test_an_alarm_is_told_by_mail_and_webhook(ogi: Ogi, tmp_path: Path, site: demo.DemoSite) -> None:
    with (
        listening(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox)) as (mail_port, mails),
        listening(ThreadingHTTPServer(("127.0.0.1", 0), Hook)) as (hook_port, posts),
        nightly(ogi, tmp_path, site, (GOOD[0], REFUSING)) as night,
    ):
        run = night(
            settings=f'[mail]\nto = ["keeper@example.org"]\nhost = "127.0.0.1"\nport = {mail_port}\n'
            f'[webhook]\nurl = "http://127.0.0.1:{hook_port}/"\n'
        )
    assert run.returncode == 1, run.stdout + run.stderr
    assert "alarm: 1 of 2 sources could not be read to their end" in run.stdout
    (mail,), (post,) = mails, posts
    message = message_from_string(mail, policy=default)
    assert message["Subject"].strip() == "ogi nightly: alarms: 1; sources: 2; reports: 7 new, 0 revised, 0 withdrawn"
    assert "1 of 2 sources could not be read to their end" in message.get_content()
    assert post["exit_status"] == 1
    assert post["alarms"] == report(tmp_path)["alarms"]


def test_who_cannot_be_told_does_not_stop_the_night(ogi: Ogi, tmp_path: Path, site: demo.DemoSite) -> None:
    with nightly(ogi, tmp_path, site, GOOD[:1]) as night:
        run = night(settings='[mail]\nto = ["a@example.org"]\nhost = "127.0.0.1"\nport = 1\nwhen = "always"\n')
    assert run.returncode == 0, run.stdout + run.stderr
    assert "no mail could be sent through 127.0.0.1 port 1" in run.stderr
    assert (tmp_path / "archive.db").exists()


def test_a_damaged_working_archive_ends_the_night_and_what_was_published_stays(
    ogi: Ogi, tmp_path: Path, site: demo.DemoSite
) -> None:
    with nightly(ogi, tmp_path, site, GOOD[:1]) as night:
        assert night(settings='[backup]\ndirectory = "safe"\n').returncode == 0
        before = (tmp_path / "archive.db").read_bytes()
        working = tmp_path / "archive.var" / "working.db"
        for end in ("-wal", "-shm"):
            working.with_name(working.name + end).unlink(missing_ok=True)
        data = bytearray(working.read_bytes())
        data[4096 : 4096 * 30] = b"\xff" * (4096 * 29)
        working.write_bytes(data)
        run = night()
        assert run.returncode == 2
        told = report(tmp_path)
        assert states(told)["check"] == "failed"
        assert states(told)["publish"] == "skipped"
        assert "ogi restore" in told["steps"][0]["said"]
        assert (tmp_path / "archive.db").read_bytes() == before
        assert ogi("restore", "safe").returncode == 0
        assert night().returncode == 0


def test_a_full_disk_is_an_alarm_before_anything_is_asked(ogi: Ogi, tmp_path: Path, site: demo.DemoSite) -> None:
    with nightly(ogi, tmp_path, site, GOOD[:1]) as night:
        run = night(settings="[thresholds]\nfree_gigabytes = 1e9\n")
    assert run.returncode == 2
    assert states(report(tmp_path))["crawl"] == "skipped"
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
