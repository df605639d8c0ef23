"""The registry: what it may hold, and the line and sentence of each mistake in it."""

from pathlib import Path

import pytest

from crawler import sources
from crawler.sources import HEADER, Source, SourcesError, chosen, load

GOOD = "lz-jyj,990100,凌州市教育局,http://jyj.lingzhou.example/zwgk/zfxxgknb/,trs,2019,示例"


def registry(tmp_path: Path, *lines: str, header: str = ",".join(HEADER)) -> Path:
    path = tmp_path / "sources.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def mistakes(path: Path) -> list[str]:
    with pytest.raises(SourcesError) as raised:
        load(path)
    return raised.value.mistakes


def test_the_shipped_registry_is_valid_and_says_that_nothing_was_verified() -> None:
    shipped = load(Path(sources.__file__).with_name("sources.csv"))
    assert len(shipped) > 300
    assert all(source.note.startswith("candidate, not verified") for source in shipped)
    assert any(not source.agency for source in shipped), "portals' columns name no single agency"


def test_a_line_becomes_a_source_with_its_line_number(tmp_path: Path) -> None:
    found = load(registry(tmp_path, GOOD, "", "lz-szf,990100,,https://www.lingzhou.example/nb/,,,"))
    assert found == [
        Source(
            "lz-jyj", "990100", "凌州市教育局", "http://jyj.lingzhou.example/zwgk/zfxxgknb/", "trs", 2019, "示例", 2
        ),
        Source("lz-szf", "990100", "", "https://www.lingzhou.example/nb/", "", None, "", 4),
    ]


def test_a_registry_saved_by_excel_with_a_mark_at_its_beginning_is_read(tmp_path: Path) -> None:
    path = registry(tmp_path, GOOD)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert [source.id for source in load(path)] == ["lz-jyj"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (GOOD.replace("lz-jyj,", ",", 1), "id is missing"),
        (GOOD.replace("990100", ""), "region_code is missing"),
        (GOOD.replace("http://jyj.lingzhou.example/zwgk/zfxxgknb/", ""), "listing_url is missing"),
        (GOOD.replace("lz-jyj", "教育局"), "small letters"),
        (GOOD.replace("990100", "379999"), "379999 is not in the list of administrative divisions"),
        (GOOD.replace("http://", "ftp://"), "must be an http:// or https:// address"),
        (GOOD.replace("http://jyj.lingzhou.example", "file://"), "must be an http:// or https:// address"),
        (GOOD.replace("jyj.lingzhou.example", "127.0.0.1:8000"), "private address; use --allow-private"),
        (GOOD.replace("jyj.lingzhou.example", "0x7f.1"), "private address; use --allow-private"),
        (GOOD.replace("jyj.lingzhou.example", "[::1]"), "private address; use --allow-private"),
        (GOOD.replace("jyj.lingzhou.example", "jyj.lingzhou.example:99999"), "is not an address"),
        (GOOD.replace("trs", "wordpress"), "the platform wordpress is unknown"),
        (GOOD.replace("2019", "19"), "first_year 19 is not a year"),
        (GOOD.replace("2019", "二〇一九"), "is not a year"),
        (GOOD + ",more", "8 fields where the header has 7"),
        ("lz-jyj,990100", "2 fields where the header has 7"),
    ],
)
def test_each_mistake_is_a_file_a_line_number_and_a_sentence(tmp_path: Path, line: str, said: str) -> None:
    path = registry(tmp_path, "", line)
    (mistake,) = mistakes(path)
    assert mistake.startswith(f"{path}, line 3: ")
    assert said in mistake
    assert mistake.endswith(".")


def test_all_mistakes_are_told_not_only_the_first(tmp_path: Path) -> None:
    told = mistakes(
        registry(tmp_path, GOOD.replace("990100", "1"), GOOD, GOOD.replace("trs", "x").replace("lz-", "l-"))
    )
    assert [mistake.partition("line ")[2][:1] for mistake in told] == ["2", "3", "3", "4", "4"]


def test_ids_and_listings_may_be_given_once_only(tmp_path: Path) -> None:
    other = GOOD.replace("http://jyj.lingzhou.example/zwgk/zfxxgknb/", "http://b.lingzhou.example/nb/")
    same = GOOD.replace("lz-jyj", "lz-two").replace("http://", "https://").replace("zfxxgknb/", "zfxxgknb")
    told = mistakes(registry(tmp_path, GOOD, other, same))
    assert "line 3: the id lz-jyj is already that of line 2." in told[0]
    assert "line 4: the listing https://jyj.lingzhou.example/zwgk/zfxxgknb is already that of line 2." in told[1]


def test_private_hosts_are_allowed_when_that_is_asked_for(tmp_path: Path) -> None:
    path = registry(tmp_path, GOOD.replace("jyj.lingzhou.example", "127.0.0.1:8000"))
    assert load(path, allow_private=True)[0].listing_url == "http://127.0.0.1:8000/zwgk/zfxxgknb/"


def test_what_is_no_registry_is_said_in_a_sentence(tmp_path: Path) -> None:
    assert "the header must be id,region_code" in mistakes(registry(tmp_path, GOOD, header="id,agency,url"))[0]
    assert "no source in it" in mistakes(registry(tmp_path))[0]
    assert "No such file" in mistakes(tmp_path / "none.csv")[0]
    assert "Is a directory" in mistakes(tmp_path)[0]
    latin = tmp_path / "gbk.csv"
    latin.write_bytes((",".join(HEADER) + "\n" + GOOD).encode("gbk"))
    assert "line 2: not UTF-8" in mistakes(latin)[0]
    quote = registry(tmp_path, GOOD.replace("示例", '"示例'))
    assert "not a CSV file" in mistakes(quote)[0]


def test_sources_are_chosen_by_their_ids_and_an_unknown_one_is_named(tmp_path: Path) -> None:
    found = load(registry(tmp_path, GOOD, GOOD.replace("jyj", "mzj")))
    assert [source.id for source in chosen(found, ["lz-mzj"], "sources.csv")] == ["lz-mzj"]
    with pytest.raises(SourcesError, match=r"sources.csv: no source nowhere"):
        chosen(found, ["lz-jyj", "nowhere"], "sources.csv")
