"""What a user of a cluster can do wrong: one sentence each, and exit status 2."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from crawler.sources import load
from ogi.cluster import options
from ogi.cluster.shard import PLAN, Plan, registry_digest
from ogi.main import cli

HEADER = "id,region_code,agency,listing_url,platform,first_year,note"
LINE = "a,990100,凌州市教育局,http://jyj.lingzhou.example/nb/,,,"


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "sources.csv"
    path.write_text(f"{HEADER}\n{LINE}\n", encoding="utf-8")
    return path


def sentence(*arguments: object) -> str:
    """The one sentence of a command that fails."""
    run = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    said = [line for line in run.stderr.splitlines() if line.strip() and not line.startswith("crawling")]
    assert run.exit_code == 2, run.output
    assert len(said) == 1, run.output
    return said[0]


def test_without_the_extra_the_answer_says_how_to_get_it(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "find_spec", lambda name: None)
    for command in (
        ["crawl", "--sources", registry, "--cluster", "local:2"],
        ["crawl", "--sources", registry, "--storage", "shared", "--shard", "1/2"],
    ):
        said = sentence(*command)
        assert said == "ogi: a cluster needs packages that are not installed: pip install 'ogi-archive[cluster]'."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cluster", "nonsense"], "nonsense: no scheduler's address"),
        (["--cluster", "tcp://192.0.2.1:8786"], "the way there is not encrypted"),
        (["--cluster", "tls://127.0.0.1:1"], "tls://127.0.0.1:1: no Dask scheduler answers there (TLS expects"),
        (["--cluster", "shards:2"], "name it with --storage"),
        (["--shard", "3/2"], "3/2 is no shard; write K/N"),
        (["--shard", "0/2"], "0/2 is no shard; write K/N"),
        (["--shard", "1/2", "--cluster", "local:2"], "name only one of them"),
        (["--storage", "shared"], "name that with --cluster"),
        (["--shard", "1/2", "--storage", "nosuch://place"], "nosuch://place: no storage that can be used here"),
        (["--shard", "1/2", "--storage", "shared"], "begin one with `ogi crawl --cluster shards:2`"),
    ],
)
def test_a_mistake_is_one_sentence(registry: Path, arguments: list[str], said: str) -> None:
    assert said in sentence("crawl", "--sources", registry, *arguments)


def test_a_night_on_a_cluster_is_told_the_same_mistakes(registry: Path) -> None:
    assert "name that with --cluster" in sentence("nightly", "--sources", registry, "--storage", "shared")


def test_a_shard_must_be_of_the_crawl_that_waits(registry: Path) -> None:
    plan = registry.parent / "shared" / PLAN
    plan.parent.mkdir(parents=True)
    begun = "2026-11-23T00:00:00Z"
    plan.write_bytes(msgspec.json.encode(Plan("crawl/run", 1, 4, registry_digest(load(registry)), "another", begun)))
    shard = ("crawl", "--sources", registry, "--storage", "shared", "--shard")
    assert "is cut into 4 shards, not 2" in sentence(*shard, "1/2")
    assert "reads with another version than the writer" in sentence(*shard, "1/4")
    registry.write_text(f"{HEADER}\n{LINE}\n{LINE.replace('a,', 'b,', 1).replace('jyj', 'czj')}\n", encoding="utf-8")
    assert "of another registry" in sentence(*shard, "1/4")


def test_another_archives_crawl_in_the_storage_is_left_alone(registry: Path) -> None:
    plan = registry.parent / "shared" / PLAN
    plan.parent.mkdir(parents=True)
    plan.write_bytes(msgspec.json.encode(Plan("crawl/run", 7, 2, "", "", "2026-11-23T00:00:00Z")))
    said = sentence("crawl", "--sources", registry, "--storage", "shared", "--cluster", "shards:2")
    assert "a crawl of another archive, begun 2026-11-23T00:00:00Z, lies there" in said
    assert plan.exists()


def test_shards_that_nobody_starts_are_not_waited_for_for_ever(registry: Path) -> None:
    soon = ("-s", "OGI_SILENT_HOURS=0.0003", "-s", "OGI_PARCEL_SECONDS=0.2")
    said = sentence("crawl", "--sources", registry, "--storage", "shared", "--cluster", "shards:2", *soon)
    assert "of 2 shards, 1, 2 did not come to an end: nothing has come of them in 0.0003 hours." in said
    assert not (registry.parent / "archive.db").exists()
