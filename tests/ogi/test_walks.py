"""The walks of CONTRIBUTING.md, gone through in a copy of the project: a city, a family of sites, a form."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from clone import HOUSE, Clone, commands
from running import Reports

import demo

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]
TEXT = (HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8")
GIVEN = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LISTING = "https://jyj.example.gov.cn/zfxxgk/nb/"  # of CONTRIBUTING.md


def walk(heading: str) -> str:
    """The section of that heading."""
    return TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.fixture(scope="module")
def site() -> Iterator[demo.DemoSite]:
    with demo.serve() as served:
        yield served


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory, site: demo.DemoSite) -> Clone:
    return Clone.made(tmp_path_factory.mktemp("clone"), site)


def run(clone: Clone, command: str) -> subprocess.CompletedProcess[str]:
    done = clone.run(command)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


def replace(file: Path, changes: dict[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for pattern, other in changes.items():
        text, times = re.subn(pattern, other, text, count=1, flags=re.MULTILINE)
        assert times == 1, pattern
    file.write_text(text, encoding="utf-8")


def test_a_new_city(clone: Clone) -> None:
    add, check, crawl, serve = commands(walk("A new city in five minutes"))
    registry = clone.path / "crawler" / "sources.csv"
    lines = registry.read_text(encoding="utf-8").splitlines()
    (education,) = [line.split(",") for line in lines if line.startswith("lz-jyj,")]
    others = [line for line in lines if not line.startswith("lz-jyj,")]
    registry.write_text("\n".join([*others, ""]), encoding="utf-8")

    line = run(clone, add.replace(LISTING, education[3])).stdout.strip()
    assert registry.read_text(encoding="utf-8").splitlines() == [*others, line]
    assert line.split(",")[:4] == [crawl.split()[2], *education[1:4]]
    assert "2 sources in 1 regions, no mistakes" in run(clone, check).stdout
    assert " ok " in run(clone, crawl).stdout
    assert "The portal is at" in run(clone, serve).stdout
    with closing(sqlite3.connect(clone.path / "try.db")) as db:
        found = db.execute("SELECT r.year FROM reports r JOIN agencies a ON a.id = r.agency_id ORDER BY 1").fetchall()
    expected = [each for each in demo.expected() if each.source_id == "lz-jyj"]
    assert [year for (year,) in found] == sorted(each.year for each in expected)


def test_a_new_family_of_sites(clone: Clone) -> None:
    section = walk("A new family of sites in an hour")
    (try_it,) = commands(section)
    for name, content in NAMED.findall(section):
        (clone.path / name).parent.mkdir(exist_ok=True)
        (clone.path / name).write_text(content, encoding="utf-8")
    imported = {r"(from crawler\.platforms import .*), xxgk$": r"\1, village, xxgk"}
    listed = {r"^    generic,$": "    village,\n    generic,"}
    replace(clone.path / "crawler" / "platforms" / "__init__.py", imported | listed)
    assert " passed" in run(clone, try_it).stdout
    run(clone, "ruff check --fix --quiet crawler/platforms && ruff format --check crawler/platforms")


def test_a_new_form(clone: Clone, reports: Reports) -> None:
    section = walk("A new form")
    copy, look, compare, every = commands(section)
    run(clone, copy)
    further, name = [content for language, content in GIVEN.findall(section) if language == "toml"]
    form = clone.path / copy.split()[2]
    head = {"id": '"form_2027"', "since": "2027", "words": '["本年答复件数"]'}
    replace(form, {f"^{name} = .*$": f"{name} = {value}" for name, value in head.items()})
    form.write_text(f"{form.read_text(encoding='utf-8')}\n{further}", encoding="utf-8")
    document = clone.path / look.split()[-1]
    document.write_text(first_report(reports), encoding="utf-8")

    shown = run(clone, look).stdout
    assert re.search(r"form +form_2027", shown)
    assert re.search(r"政策咨询 +31\b", shown)
    first = clone.run(compare)
    assert "review me" in first.stdout, first.stdout + first.stderr
    read = json.loads(document.with_suffix(".json").read_text(encoding="utf-8"))
    assert (read["year"], read["form"]) == (2027, "form_2027")
    assert " passed" in run(clone, compare).stdout
    assert " passed" in run(clone, every).stdout, "the forms before are told from the new one"

    replace(clone.path / "portal" / "words.toml", {r"^\[form\]$": f"[form]\n{name}"})
    where = "--source lz-mzj --url http://a.lingzhou.example/2027.html"
    run(clone, f"ogi add {document.relative_to(clone.path)} {where} --db form.db")
    smoke = "from pathlib import Path; from portal.smoke import smoke; print(smoke(Path('form.db')))"
    assert run(clone, f'python -c "{smoke}"').stdout.strip() == "[]"
    with closing(sqlite3.connect(clone.path / "form.db")) as db:
        cells = db.execute("SELECT form, value FROM figures WHERE indicator = 'a20_9.consultations.answered'")
        assert cells.fetchall() == [("form_2027", 31)]


def first_report(reports: Reports) -> str:
    """A report of the example on the form of 2021, carried to 2027 and to the further table."""
    file, expected = next((file, expected) for file, expected in reports if expected.form == "form_2021")
    page = file.read_text(encoding="utf-8").replace(str(expected.year + 1), "2028").replace(str(expected.year), "2027")
    before, heading, after = page.partition("三、收到和处理")
    rows = ("第二十条第（九）项",), ("信息内容", "本年答复件数"), ("政策咨询", "31")
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"{before}<table>{cells}</table>{heading}{after}"
