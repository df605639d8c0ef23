"""The set of extracts: opened by the tools that people use, and whole or visibly not."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import pandas
import pyarrow.parquet
import pytest
from by_hand import Crawl, figures, report
from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.extracts import directory
from archive.extracts.directory import write_extracts
from archive.extracts.tables import EXTRACTS
from archive.opening import open_published
from archive.publish import publish
from archive.states import SourceState
from parsers.model import Claim

HEADING = "report_key,indicator,value,who,why,date"
KEY = "990100-凌州市教育局-2024-own"


@pytest.fixture
def published(crawl: Crawl, tmp_path: Path) -> Database:
    formula = Claim("pub_website", 3, 3, 3, None, "条", 1, "=HYPERLINK(1)公开3条。", (0, 1))
    crawl.store(report(claims=(formula,), figures=figures(requests__granted__total=4, a20_8__admin_fees__amount=1.25)))
    crawl.store(report(year=2020, form="form_2019", figures=figures("form_2019")), "http://a.example/2020", b"2")
    crawl.store(
        report(agency="石景山区教育局", region_code="010107", region="示例", year=2021), "http://a.example/3", b"3"
    )
    crawl.archive.set_state(crawl.run_id, "jyj", SourceState.OK, {})
    crawl.archive.end_run(crawl.run_id, finished=True, summary={})
    publish(crawl.archive.path, tmp_path / "archive.db")
    return open_published(tmp_path / "archive.db")


@pytest.fixture
def extracts(published: Database, tmp_path: Path) -> Path:
    write_extracts(published, tmp_path / "extracts", lambda _: None)
    return tmp_path / "extracts"


def schema(extracts: Path, name: str) -> dict[str, str]:
    package = json.loads((extracts / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = (each for each in package["resources"] if each["name"] == name)
    return {field["name"]: field["type"] for field in resource["schema"]["fields"]}


def read(extracts: Path, name: str) -> pandas.DataFrame:
    """An extract as pandas reads it with the package's schema."""
    kinds = {"integer": "Int64", "number": "Float64", "string": "string", "date": "string"}
    types = schema(extracts, name)
    dates = [column for column, kind in types.items() if kind == "date"]
    return pandas.read_csv(
        extracts / f"{name}.csv", dtype={column: kinds[kind] for column, kind in types.items()}, parse_dates=dates
    )


def test_every_file_of_the_plan_is_there(extracts: Path) -> None:
    names = ("figures-wide", "figures-long", "requests", "remedies", "proactive", "claims", "checks", "coverage")
    expected = {f"{name}.csv" for name in (*names, "agencies", "dictionary", "measures", "figures-wide-2020")}
    expected |= {"figures-long.csv.gz", "figures-wide.parquet", "figures-long.parquet", "province-990000.xlsx"}
    expected |= {"figures-wide-province-990000.csv", "datapackage.json", "SHA256SUMS", "README.txt"}
    found = {path.name for path in extracts.iterdir()}
    assert expected <= found
    assert {f"{name}-excel.csv" for name in names} <= found


def test_the_digests_and_rows_are_true(extracts: Path) -> None:
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=extracts, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout
    named = {line.split("  ")[1] for line in (extracts / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    assert named == {path.name for path in extracts.iterdir()} - {"SHA256SUMS"}
    for resource in json.loads((extracts / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        with (extracts / resource["path"]).open(encoding="utf-8", newline="") as file:
            assert sum(1 for _ in csv.reader(file)) - 1 == resource["rows"], resource["name"]


def test_frictionless_finds_the_package_valid_and_a_truncated_file_not(
    extracts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(extracts)
    assert frictionless.validate("datapackage.json").valid
    whole = (extracts / "requests.csv").read_bytes()
    (extracts / "requests.csv").write_bytes(whole[: whole.rindex(b"\r\n", 0, -2) + 2])  # a row less, and nothing torn
    validated = frictionless.validate("datapackage.json")
    assert not validated.valid
    assert {error.type for task in validated.tasks for error in task.errors} >= {"hash-count"}


def test_codes_keep_their_zeros_and_dates_are_dates(extracts: Path) -> None:
    wide = read(extracts, "figures-wide")
    assert sorted(wide["region_code"]) == ["010107", "990100", "990100"]
    assert str(wide["published"].dtype).startswith("datetime64")
    assert wide.loc[wide["year"] == 2024, "a20_8_admin_fees_amount"].item() == 1.25
    assert wide.loc[wide["year"] == 2020, "a20_8_admin_fees_amount"].isna().all()
    long = read(extracts, "figures-long")
    assert len(long) == 598
    assert long["value"].sum() == 4 + 1.25 + 8


def test_pandas_reads_every_extract_as_the_package_says(extracts: Path, published: Database) -> None:
    package = json.loads((extracts / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        frame = read(extracts, resource["name"])
        assert len(frame) == resource["rows"], resource["name"]
        for column, kind in schema(extracts, resource["name"]).items():
            filled = frame[column].dropna()
            if kind == "date" and len(filled):
                assert str(frame[column].dtype).startswith("datetime64"), (resource["name"], column)
            if column == "region_code":
                assert filled.str.fullmatch(r"\d{6}").all(), resource["name"]
    assert set(read(extracts, "coverage")["region_code"]) == {"010107", "990100"}


def test_the_long_file_holds_what_the_view_says(crawl: Crawl, tmp_path: Path) -> None:
    crawl.store(report(figures=figures(requests__granted__total=4)))
    crawl.store(report(year=2018, form="stat_2014", figures=figures("stat_2014")), "http://a.example/2018", b"2")
    crawl.store(report(year=2017, form=None, figures={}), "http://a.example/2017", b"3")
    crawl.store(report(year=2016, form=None, figures=figures()), "http://a.example/2016", b"4")
    crawl.archive.end_run(crawl.run_id, finished=True, summary={})
    corrections = tmp_path / "corrections.csv"
    corrected = f"{HEADING}\n{KEY},requests.granted.total,5,甲,misread,2026-11-22\n"
    corrections.write_text(corrected + f"{KEY},requests.refused_third_party.total,,甲,blank,2026-11-22\n", "utf-8")
    publish(crawl.archive.path, tmp_path / "archive.db", corrections=corrections)
    db = open_published(tmp_path / "archive.db")
    (long,) = (extract for extract in EXTRACTS if extract.name == "figures-long")
    assert sorted(long.read(db), key=str) == sorted(db.execute(long.query).fetchall(), key=str)
    assert sum(row[-1] for row in long.read(db)) == 2


@pytest.mark.long
def test_libreoffice_opens_every_file_made_for_spreadsheets(extracts: Path, tmp_path: Path) -> None:
    """Each is turned into plain CSV by LibreOffice: the same rows, Chinese and all.

    A spreadsheet takes 000000 in CSV for a number, as it must without a schema; in a workbook codes keep their zeros.
    """
    files = [*sorted(extracts.glob("*-excel.csv")), *sorted(extracts.glob("*.xlsx"))]
    as_text = "44,34,76,1,,0,false,true,false,false,false,-1"  # comma, quote, UTF-8; every sheet
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--infilter=CSV:44,34,76,1", "--convert-to", f"csv:Text - txt - csv (StarCalc):{as_text}"]
    opened = tmp_path / "opened"
    subprocess.run([*command, "--outdir", opened, *files], check=True, capture_output=True, timeout=240)
    for file in files:
        if file.suffix == ".csv":
            assert values(shown(opened / f"{file.stem}-{file.stem}.csv")) == values(shown(file)), file.name
            continue
        for sheet in openpyxl.load_workbook(file, read_only=True).worksheets:
            rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
            read_back = shown(opened / f"{file.stem}-{sheet.title}.csv")
            assert values(read_back) == values(rows), (file.name, sheet.title)
    codes = {row[2] for row in shown(opened / "province-010000-figures-wide.csv")}
    assert codes == {"region_code", "010107"}


def values(rows: list[list[str]]) -> list[list[float | str]]:
    """The rows of a sheet without the blank cells at their ends."""
    found = []
    for row in rows:
        cells = [value(cell) for cell in row]
        while cells and cells[-1] == "":
            cells.pop()
        found.append(cells)
    return found


def value(cell: str) -> float | str:
    """What a cell is to a spreadsheet: 0.0 and 0 are the same."""
    return float(cell) if cell.replace(".", "", 1).isdecimal() else cell


def shown(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


def test_excel_gets_a_mark_and_no_formula_but_numbers_as_they_are(extracts: Path) -> None:
    plain, excel = ((extracts / f"claims{kind}.csv").read_bytes() for kind in ("", "-excel"))
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert excel.startswith(b"\xef\xbb\xbf")
    assert b",=HYPERLINK" in plain
    assert b",'=HYPERLINK" in excel


def test_the_compressed_file_holds_the_same(extracts: Path) -> None:
    assert (
        gzip.decompress((extracts / "figures-long.csv.gz").read_bytes()) == (extracts / "figures-long.csv").read_bytes()
    )


def test_parquet_keeps_text_dates_and_blanks(extracts: Path) -> None:
    wide = pyarrow.parquet.read_table(extracts / "figures-wide.parquet")
    assert sorted(wide["region_code"].to_pylist()) == ["010107", "990100", "990100"]
    assert str(wide.schema.field("published").type).startswith("date32")
    assert pyarrow.parquet.read_metadata(extracts / "figures-long.parquet").num_rows == 598


def test_a_regions_workbook(extracts: Path) -> None:
    book = openpyxl.load_workbook(extracts / "province-990000.xlsx", read_only=True)
    assert book.sheetnames[:3] == ["about", "figures-wide", "reports"]
    head, *lines = book["figures-wide"].iter_rows(values_only=True)
    assert sorted(line[head.index("year")] for line in lines) == [2020, 2024]
    assert {line[head.index("region_code")] for line in lines} == {"990100"}
    assert any(
        "CC" in str(row[0]) or "Creative Commons" in str(row[0]) for row in book["about"].iter_rows(values_only=True)
    )
    assert len(list(book["dictionary"].rows)) == 460


def test_source_licence_and_citation_are_written_down(extracts: Path) -> None:
    package = json.loads((extracts / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    said = (extracts / "README.txt").read_text(encoding="utf-8")
    assert "Creative Commons Attribution 4.0" in said
    assert "Cite as:" in said


def test_another_set_takes_the_place_of_the_one_before_whole(extracts: Path, published: Database) -> None:
    (extracts / "figures-wide-1999.csv").write_text("of an older edition", encoding="utf-8")
    write_extracts(published, extracts, lambda _: None)
    assert not (extracts / "figures-wide-1999.csv").exists()
    assert {path.name for path in extracts.parent.iterdir() if "extracts" in path.name} == {"extracts"}


def test_a_set_that_fails_leaves_the_one_before(
    extracts: Path, published: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in extracts.iterdir()}

    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(directory, "write_workbook", full)
    with pytest.raises(ArchiveError, match="No space left"):
        write_extracts(published, extracts, lambda _: None)
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in extracts.iterdir()} == before
    assert {path.name for path in extracts.parent.iterdir() if "extracts" in path.name} == {"extracts"}


def test_a_directory_of_other_things_is_left_alone(published: Database, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ArchiveError, match="holds other files"):
        write_extracts(published, tmp_path / "thesis", lambda _: None)
    with pytest.raises(ArchiveError, match="not a directory"):
        write_extracts(published, tmp_path / "thesis" / "chapter.txt", lambda _: None)
