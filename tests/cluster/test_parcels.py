"""What a shard did is done again elsewhere, from its parcels alone; a parcel that is none is refused."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

import parsers
from archive.errors import ArchiveError
from archive.states import Outcome, SourceState
from archive.store import Archive, Snapshot, SourceLine
from archive.storing.reading import Reading
from ogi.cluster.equality import differences
from ogi.cluster.piece import Gathered, KeptLine, Piece, VisitedLine, decoded, encoded
from ogi.cluster.seeds import cut
from ogi.cluster.shard import read_parcel, store_parcel
from ogi.cluster.storage import Storage
from parsers.model import Report

HOST = "http://jyj.lingzhou.example"
PAGE = Path(__file__).parents[1] / "documents" / "requests-cut-in-three-no-header.html"
NOW = "2026-11-23T00:00:00Z"


def report(agency: str) -> Report:
    read = parsers.parse(PAGE.read_bytes(), "text/html", f"{HOST}/1.html")
    return replace(read, agency=agency, year=read.year or 2023, ok=True)


def fill(archive: Archive, source: str, host: str, agency: str) -> None:
    """A source is gone through."""
    if not archive.db.table("runs").count:
        archive.begin_run("crawl")
    archive.register([SourceLine(source, "990100", None, f"{host}/nb/")])
    url = f"{host}/1.html"
    archive.note_asked("2026-11-23", host.removeprefix("http://"), requests=1, length=7)
    kept = archive.keep(Snapshot(f"GET {url}", url, NOW, 200, "text/html", 7, f"digest of {url}", "run.warc.gz", 0))
    stored = archive.store(
        Reading.of(report(agency)), source_id=source, url=url, snapshots=[(kept, "article")], run_id=1
    )
    evidence = {"outcomes": {str(stored.outcome): 1}}
    if isinstance(archive, Piece):
        archive.conclude(VisitedLine(source, SourceState.OK, evidence, 1, []))
    else:
        archive.set_state(1, source, SourceState.OK, evidence)


def registered(path: Path) -> Archive:
    archive = Archive(path)
    archive.begin_run("crawl")
    archive.register(SourceLine(name, "990100", None, f"{HOST}/{name}/nb/") for name in ("a", "b"))
    return archive


def brought(pieces: list[Path], whole: Path) -> Gathered:
    gathered = Gathered()
    with registered(whole) as archive:
        for path in pieces:
            with Piece(path) as piece:
                gathered.bring_in(decoded(piece.due()[1]), archive, 1)
    return gathered


def test_two_pieces_make_what_one_archive_would_be(tmp_path: Path) -> None:
    hosts = {"a": HOST, "b": "http://czj.lingzhou.example"}
    pieces = []
    for source, host in hosts.items():
        pieces.append(tmp_path / source / "working.db")
        with Piece(pieces[-1]) as piece:
            fill(piece, source, host, f"凌州市{source}局")
    with Archive(tmp_path / "one" / "working.db") as one:
        for source, host in hosts.items():
            fill(one, source, host, f"凌州市{source}局")
    brought(pieces, tmp_path / "two" / "working.db")
    with Archive(tmp_path / "two" / "working.db") as two:
        two.register(SourceLine(source, "990100", None, f"{host}/nb/") for source, host in hosts.items())
    found = differences(tmp_path / "one" / "working.db", tmp_path / "two" / "working.db")
    assert [each for each in found if not each.equal] == []
    assert {each.table: each.rows for each in found}["reports"] == (2, 2)


def test_what_another_shard_had_first_is_a_copy_and_the_state_says_so(tmp_path: Path) -> None:
    pieces = []
    for source in ("a", "b"):
        pieces.append(tmp_path / source / "working.db")
        with Piece(pieces[-1]) as piece:
            fill(piece, source, f"{HOST}/{source}", "凌州市教育局")
    visits = brought(pieces, tmp_path / "whole" / "working.db").visits
    assert visits["a"].evidence["outcomes"] == {str(Outcome.NEW): 1}
    assert visits["b"].evidence["outcomes"] == {str(Outcome.COPY): 1}


def test_a_source_that_was_not_gone_through_is_not_due_but_what_was_kept_is(tmp_path: Path) -> None:
    with Piece(tmp_path / "working.db") as piece:
        fill(piece, "a", HOST, "凌州市教育局")
        numbers, _ = piece.due()
        piece.delivered(numbers)
        url = f"{HOST}/2.html"
        kept = piece.keep(Snapshot(f"GET {url}", url, NOW, 200, None, 7, "digest", "run.warc.gz", 9))
        piece.store(Reading.of(report("凌州市财政局")), source_id="a", url=url, snapshots=[(kept, "article")], run_id=1)
        lines = decoded(piece.due()[1])
    assert [type(line) for line in lines] == [KeptLine]


def test_a_seed_knows_what_its_shard_has_and_nothing_else(tmp_path: Path) -> None:
    with Archive(tmp_path / "whole" / "working.db") as whole:
        fill(whole, "a", HOST, "凌州市教育局")
        fill(whole, "b", "http://czj.lingzhou.example", "凌州市财政局")
    seed = tmp_path / "seed" / "working.db"
    cut(tmp_path / "whole" / "working.db", seed, lambda host: host.startswith("jyj."), ["a"], NOW)
    with Piece(seed) as piece:
        assert piece.held(f"GET {HOST}/1.html") is not None
        assert piece.held("GET http://czj.lingzhou.example/1.html") is None
        assert list(piece.standing("a")) == [f"{HOST}/1.html"]
        assert len(piece.stored_snapshots("a")) == 1
        assert piece.asked("2026-11-23") == {"jyj.lingzhou.example": (1, 7)}
        assert piece.unfinished_since(piece.begin_run("crawl")) == NOW
        url = f"{HOST}/1.html"
        (kept,) = piece.stored_snapshots("a")
        same = piece.store(
            Reading.of(report("凌州市教育局")), source_id="a", url=url, snapshots=[(kept, "article")], run_id=2
        )
        assert same.outcome is Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no gzip", "no parcel that this version can read"),
        (gzip.compress(b'{"type":"unheard of"}\n'), "no parcel that this version can read"),
        (gzip.compress(b'{"type":"kept","snapshot":{}}\n'), "no parcel that this version can read"),
    ],
    ids=["no gzip", "an unheard-of line", "a snapshot of nothing"],
)
def test_what_is_no_parcel_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    storage = Storage(str(tmp_path))
    storage.write("crawl/1.jsonl.gz", content)
    with pytest.raises(ArchiveError, match=said):
        read_parcel(storage, "crawl/1.jsonl.gz")


def test_a_parcel_cannot_have_files_written_elsewhere(tmp_path: Path) -> None:
    storage = Storage(str(tmp_path))
    line = KeptLine(Snapshot("GET x", "x", NOW, 200, None, 1, "d", "../../working.db", 0))
    store_parcel(storage, "crawl/1", encoded(line))
    with pytest.raises(ArchiveError, match="is not the name of a WARC file"):
        read_parcel(storage, "crawl/1.jsonl.gz")


def test_a_stored_file_is_seen_whole_or_not_at_all(tmp_path: Path) -> None:
    storage = Storage(str(tmp_path / "shared"))
    (tmp_path / "file").write_bytes(b"content")
    storage.put(tmp_path / "file", "warc/run-0001.warc.gz")
    (tmp_path / "shared" / "warc" / "run-0002.warc.gz.new").write_bytes(b"half")
    assert storage.sizes("warc") == {"run-0001.warc.gz": 7}
    assert storage.read("warc/none") is None
    storage.get("warc/run-0001.warc.gz", tmp_path / "here" / "run-0001.warc.gz")
    assert (tmp_path / "here" / "run-0001.warc.gz").read_bytes() == b"content"
    storage.remove("warc")
    assert storage.sizes("warc") == {}


def test_a_line_comes_back_as_it_was_written() -> None:
    said = KeptLine(Snapshot("GET x", "x", NOW, 304, None, 0, "d", "run.warc.gz", 5, etag='"1"'))
    (back,) = decoded(encoded(said))
    assert msgspec.structs.asdict(back) == msgspec.structs.asdict(said)
