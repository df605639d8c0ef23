"""WARC files: what is kept comes back, other tools can read it, and a kill loses only what was in flight."""

from __future__ import annotations

import gzip
import hashlib
import os
import random
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.errors import ArchiveError
from archive.kept.mending import damaged, mend
from archive.kept.warc import Exchange, Kept, WarcWriter, read_record

NOON = datetime(2026, 1, 28, 12, 0, tzinfo=UTC)
PAGE = "<html>凌州市教育局2025年政府信息公开工作年度报告</html>".encode()


def exchange(url: str = "http://jyj.lingzhou.example/a.html", body: bytes = PAGE, **more: object) -> Exchange:
    facts: dict[str, object] = {
        "url": url,
        "fetched": NOON,
        "status": 200,
        "reason": "OK",
        "headers": [(b"Content-Type", b"text/html; charset=utf-8")],
        "body": body,
        "request_headers": [(b"Host", b"jyj.lingzhou.example")],
    }
    return Exchange(**(facts | more))  # type: ignore[arg-type]  # the tests name the fields that they change


def check(directory: Path) -> None:
    """`warcio check` finds nothing wrong in any file."""
    files = [str(path) for path in directory.glob("*.warc.gz")]
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def records(directory: Path) -> list[tuple[str, str | None]]:
    found = []
    for path in sorted(directory.glob("*.warc.gz")):
        with path.open("rb") as stream:
            found += [
                (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
                for record in ArchiveIterator(stream)
            ]
    return found


def test_a_response_comes_back_as_it_was_received(tmp_path: Path) -> None:
    headers = [
        (b"Content-Type", b"text/html"),
        (b"Content-Encoding", b"gzip"),
        (b"Content-Disposition", "attachment; filename=年报.html".encode("gb18030")),
    ]
    squeezed = gzip.compress(PAGE)
    with WarcWriter(tmp_path, 1) as writer:
        place = writer.write(exchange(body=squeezed, headers=headers))
    kept = read_record(tmp_path, *place)
    assert (kept.url, kept.status, kept.content_type) == ("http://jyj.lingzhou.example/a.html", 200, "text/html")
    assert kept.body == squeezed
    assert kept.content == PAGE
    assert [(name.encode("latin-1"), value.encode("latin-1")) for name, value in kept.headers] == headers
    assert headers[2][1] in gzip.decompress((tmp_path / place.file).read_bytes())
    assert [kind for kind, _ in records(tmp_path)] == ["warcinfo", "response", "request"]
    check(tmp_path)


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    body = os.urandom(100_000)
    with WarcWriter(tmp_path, 1) as writer:
        first = writer.write(exchange("http://a.example/1.pdf", body))
        size = (tmp_path / first.file).stat().st_size
        again = writer.write(exchange("http://b.example/copy.pdf", body))
    assert (tmp_path / first.file).stat().st_size - size < 2_000
    assert read_record(tmp_path, *again).body == body
    assert read_record(tmp_path, *again).url == "http://b.example/copy.pdf"
    assert records(tmp_path)[3:] == [("revisit", "http://b.example/copy.pdf"), ("request", "http://b.example/copy.pdf")]
    check(tmp_path)


def test_a_later_run_refers_to_what_an_earlier_one_kept(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, 1) as writer:
        first = writer.write(exchange())
    known = {
        hashlib.sha256(PAGE).hexdigest(): Kept("http://jyj.lingzhou.example/a.html", "2026-01-28T12:00:00Z", first)
    }
    with WarcWriter(tmp_path, 2, known=known.get) as writer:
        second = writer.write(exchange())
    assert second.file != first.file
    assert read_record(tmp_path, *second).body == PAGE
    check(tmp_path)


def test_a_not_modified_answer_gives_the_page_it_confirms(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, 1) as writer:
        first = writer.write(exchange())
        kept = Kept("http://jyj.lingzhou.example/a.html", "2026-01-28T12:00:00Z", first)
        confirmed = writer.write(exchange(status=304, reason="Not Modified", body=b"", headers=[]), unchanged=kept)
    answer = read_record(tmp_path, *confirmed)
    assert (answer.status, answer.body, answer.content_type) == (200, PAGE, "text/html; charset=utf-8")
    check(tmp_path)


def test_a_new_file_begins_when_one_is_full(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, 7, size_limit=20_000) as writer:
        places = [writer.write(exchange(f"http://a.example/{n}", os.urandom(9_000))) for n in range(6)]
    assert [place.file for place in places] == [f"run000007-{n:04d}.warc.gz" for n in (1, 1, 1, 2, 2, 2)]
    assert read_record(tmp_path, *places[5]).url == "http://a.example/5"
    check(tmp_path)


def test_line_breaks_in_addresses_and_headers_make_no_header(tmp_path: Path) -> None:
    evil = exchange(
        "http://a.example/x\r\nWARC-Type: conversion\r\n\r\nHTTP/1.1 200 OK",
        reason="OK\r\nX-Evil: 1",
        headers=[(b"X-A", b"1\r\nX-Evil: 1\r\n\r\n<b>"), (b"X-B\r\nX-Evil", b"2")],
        method="GET",
        request_headers=[(b"Cookie", b"a\nX-Evil: 1")],
    )
    with WarcWriter(tmp_path, 1) as writer:
        place = writer.write(evil)
    kept = read_record(tmp_path, *place)
    assert kept.body == PAGE
    assert "X-Evil" not in dict(kept.headers)
    assert "\n" not in kept.url
    assert [kind for kind, _ in records(tmp_path)] == ["warcinfo", "response", "request"]
    check(tmp_path)


def test_a_body_without_its_chunks_is_read_whole(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, 1) as writer:
        place = writer.write(exchange(headers=[(b"Transfer-Encoding", b"chunked")]))
    with (tmp_path / place.file).open("rb") as stream:
        bodies = [r.content_stream().read() for r in ArchiveIterator(stream) if r.rec_type == "response"]
    assert bodies == [PAGE]


@pytest.mark.parametrize("cut", [1, 5, 40, 200, 700])
def test_a_torn_last_record_is_cut_off_by_the_next_run(tmp_path: Path, cut: int) -> None:
    with WarcWriter(tmp_path, 1) as writer:
        kept = [writer.write(exchange(f"http://a.example/{n}", os.urandom(2_000))) for n in range(3)]
    path = tmp_path / kept[0].file
    whole = path.stat().st_size
    lost_from = kept[2].offset
    with path.open("r+b") as file:
        file.truncate(whole - cut)
    with WarcWriter(tmp_path, 2) as writer:
        place = writer.write(exchange())
    assert place.file != path.name
    assert list(damaged(path)) == []
    assert path.stat().st_size >= lost_from
    assert read_record(tmp_path, *kept[1]).url == "http://a.example/1"
    check(tmp_path)


def test_a_file_that_holds_nothing_whole_goes(tmp_path: Path) -> None:
    (tmp_path / "run000001-0001.warc.gz").write_bytes(b"\x1f\x8b\x08\x00torn")
    assert mend(tmp_path) == 8
    assert list(tmp_path.iterdir()) == []


def test_whole_records_behind_a_damaged_one_stay_where_they_are(tmp_path: Path) -> None:
    squeezed = [(b"Content-Encoding", b"gzip")]
    with WarcWriter(tmp_path, 1) as writer:
        kept = [
            writer.write(exchange(f"http://a.example/{n}", gzip.compress(os.urandom(2_000)), headers=squeezed))
            for n in range(4)
        ]
    path = tmp_path / kept[0].file
    data = bytearray(path.read_bytes())
    data[kept[1].offset + 300] ^= 0xFF
    path.write_bytes(data[:-40])
    torn = len(data) - 40
    assert mend(tmp_path) == torn - path.stat().st_size
    for number in (0, 2, 3):
        assert read_record(tmp_path, *kept[number]).url == f"http://a.example/{number}"
    (gap,) = damaged(path)
    assert kept[1].offset <= gap.start < gap.end <= kept[2].offset
    assert not gap.unfinished
    assert mend(tmp_path) == 0


def test_damage_at_the_end_that_is_no_unfinished_record_is_put_aside(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, 1) as writer:
        kept = [writer.write(exchange(f"http://a.example/{n}", random.Random(n).randbytes(2_000))) for n in range(2)]
    path = tmp_path / kept[0].file
    data = bytearray(path.read_bytes())
    data[kept[1].offset + 300 :] = b"\xff" * (len(data) - kept[1].offset - 300)
    path.write_bytes(data)
    cut = mend(tmp_path)
    (aside,) = tmp_path.glob("*.damaged-*")
    assert aside.read_bytes() == data[-cut:]
    assert read_record(tmp_path, *kept[0]).url == "http://a.example/0"
    check(tmp_path)


def test_a_file_being_written_is_left_alone(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, 1) as writer:
        place = writer.write(exchange())
        with (tmp_path / place.file).open("ab") as other:
            other.write(b"half")
        assert mend(tmp_path) == 0
    assert mend(tmp_path) == 4


def test_a_damaged_record_is_named(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, 1) as writer:
        place = writer.write(exchange(body=os.urandom(5_000)))
    path = tmp_path / place.file
    data = bytearray(path.read_bytes())
    data[place.offset + 2_000] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=r"run000001-0001\.warc\.gz: (the record at \d+|holds no response) "):
        read_record(tmp_path, *place)


@pytest.mark.parametrize("file", ["missing.warc.gz", "../secret.warc.gz"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, file: str) -> None:
    with pytest.raises(ArchiveError, match=file):
        read_record(tmp_path, file, 0)


WRITE_UNTIL_KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from archive.kept.warc import Exchange, WarcWriter
with WarcWriter(Path(sys.argv[1]), 1) as writer:
    for n in range(100_000):
        url = f"http://a.example/{n}"
        place = writer.write(Exchange(url, datetime.now(UTC), 200, [], os.urandom(50_000)))
        print(place.file, place.offset, url, flush=True)
"""


def test_what_was_handed_out_survives_a_kill(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITE_UNTIL_KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        handed_out = [process.stdout.readline() for _ in range(25)]
        process.send_signal(signal.SIGKILL)
        handed_out += process.stdout.readlines()
    for line in handed_out:
        if line.endswith("\n"):
            file, offset, url = line.split()
            assert read_record(tmp_path, file, int(offset)).url == url
    mend(tmp_path)
    check(tmp_path)
