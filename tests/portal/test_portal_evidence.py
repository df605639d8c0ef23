"""From a figure on the page to the kept page: marked, proved, harmless; withheld or missing pages say so."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from kept_examples import TYPES, KeptExample
from lxml import html
from portal_examples import Get

from portal.beside import ByHand, beside
from portal.edition import PortalError, datasette

INDICATOR = "requests.granted.total"


class Shown:
    """A portal in this process on a copy of the archive, and its client."""

    def __init__(self, db: Path, by_hand: ByHand | None = None) -> None:
        self.db = db
        self._runner = asyncio.Runner()
        self._datasette = datasette(db, by_hand=by_hand)

    def get(self, path: str, method: str = "get") -> httpx.Response:
        """Fetches a page."""
        answer: httpx.Response = self._runner.run(self._datasette.client._request(method, path))
        return answer

    def close(self) -> None:
        """Ends the process that lays pages out."""
        beside(self._datasette).pages.close()
        self._runner.close()


@pytest.fixture(scope="module")
def shown(kept: tuple[Path, dict[str, KeptExample]]) -> Iterator[Shown]:
    portal = Shown(kept[0])
    yield portal
    portal.close()


def evidence_of(example: KeptExample, indicator: str = INDICATOR) -> str:
    return f"/evidence/{quote(example.key)}/{indicator}"


@pytest.mark.parametrize("ending", TYPES)
def test_a_figure_leads_to_its_cell_in_the_kept_page(
    shown: Shown, kept: tuple[Path, dict[str, KeptExample]], ending: str
) -> None:
    example = kept[1][ending]
    report = html.document_fromstring(shown.get(f"/report/{quote(example.key)}").text)
    (link,) = report.xpath(f"//table[@id='table-requests']//a[contains(@href, '/{INDICATOR}')]/@href")
    answer = shown.get(link)
    assert answer.status_code == 200
    page = html.document_fromstring(answer.text)
    assert example.sha256 in answer.text
    assert "已核对，与采集时一致" in answer.text
    assert example.url in answer.text
    (frame,) = page.xpath("//iframe")
    assert frame.get("sandbox") == ""
    inside = shown.get(frame.get("src").partition("#")[0])
    cells = html.document_fromstring(inside.text).xpath("//*[@id='cell']")
    if ending == ".pdf":
        assert "data:image/png;base64," in inside.text
        assert "页" in page.xpath("//dl")[0].text_content()
    else:
        (cell,) = cells
        assert example.report.figures[INDICATOR].raw.strip() in cell.text_content()
    original = shown.get(page.xpath("//a[contains(@href, '/original')]/@href")[0])
    assert original.content == example.path.read_bytes()


def test_the_frame_may_do_nothing_and_the_original_is_only_for_saving(
    shown: Shown, kept: tuple[Path, dict[str, KeptExample]]
) -> None:
    example = kept[1][".html"]
    policy = shown.get(f"/kept/{example.sha256}").headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert "allow-" not in policy
    original = shown.get(f"/kept/{example.sha256}/original")
    assert original.headers["content-type"] == "application/octet-stream"
    assert original.headers["content-disposition"].startswith("attachment;")
    assert quote(example.path.name) in original.headers["content-disposition"]
    assert original.headers["x-content-type-options"] == "nosniff"
    assert original.headers["content-security-policy"] == policy


def test_what_is_not_there_is_said(shown: Shown, kept: tuple[Path, dict[str, KeptExample]]) -> None:
    key = quote(kept[1][".html"].key)
    for path in (f"/evidence/{key}/requests.nothing.total", f"/evidence/nobody/{INDICATOR}", f"/kept/{'0' * 64}"):
        assert shown.get(path).status_code == 404
    other = shown.get(f"/kept/{kept[1]['.html'].sha256}?report=nobody&indicator={INDICATOR}")
    assert other.status_code == 200
    assert 'id="cell"' not in other.text


def test_an_archive_without_its_kept_files_says_so(kept: tuple[Path, dict[str, KeptExample]], tmp_path: Path) -> None:
    alone = Shown(Path(shutil.copy(kept[0], tmp_path / "alone.db")))
    answer = alone.get(evidence_of(kept[1][".html"]))
    assert "不在这台服务器上" in answer.text
    assert "<iframe" not in answer.text
    assert "未能核对" in answer.text
    assert alone.get(f"/kept/{kept[1]['.html'].sha256}/original").status_code == 404
    alone.close()


def test_bytes_that_are_not_those_that_were_fetched_are_not_shown(
    kept: tuple[Path, dict[str, KeptExample]], tmp_path: Path
) -> None:
    db = Path(shutil.copy(kept[0], tmp_path / "archive.db"))
    shutil.copytree(kept[0].with_suffix(".var") / "warc", tmp_path / "archive.var" / "warc")
    (file,) = (tmp_path / "archive.var" / "warc").iterdir()
    content = bytearray(file.read_bytes())
    content[1500] ^= 255
    file.write_bytes(content)
    damaged = Shown(db)
    said = [damaged.get(evidence_of(example)).text for example in kept[1].values()]
    assert any("摘要不符" in text and "<iframe" not in text for text in said)
    damaged.close()


def test_a_withheld_page_says_why_and_shows_nothing(kept: tuple[Path, dict[str, KeptExample]], tmp_path: Path) -> None:
    by_address, by_report = kept[1][".html"], kept[1][".txt"]
    withheld = tmp_path / "withheld.csv"
    withheld.write_text(
        "what,reason,who,date\n"
        f"{by_address.url},刊有<b>个人电话</b>,编辑部,2026-11-20\n"
        f"{by_report.key},法院裁定,编辑部,2026-11-21\n",
        encoding="utf-8",
    )
    replies = tmp_path / "replies.csv"
    replies.write_text(
        f'report_key,text,who,date,source\n{by_address.key},"表格有误，<i>已更正</i>。",某局办公室,2026-11-22,来信\n',
        encoding="utf-8",
    )
    shown = Shown(kept[0], ByHand(withheld, replies))
    for example, reason in ((by_address, "个人电话"), (by_report, "法院裁定")):
        answer = shown.get(evidence_of(example))
        assert reason in answer.text
        assert "<b>个人" not in answer.text
        assert "<iframe" not in answer.text
        assert "已核对" in answer.text
        assert shown.get(f"/kept/{example.sha256}").status_code == 451
        refused = shown.get(f"/kept/{example.sha256}/original")
        assert refused.status_code == 451
        assert len(refused.content) < 1000
    report = shown.get(f"/report/{quote(by_address.key)}").text
    assert "表格有误，&lt;i&gt;已更正" in report
    assert "某局办公室" in report
    assert "刊有" in report
    assert "表格有误" not in shown.get(f"/report/{quote(by_report.key)}").text
    shown.close()


def test_a_slip_in_what_is_kept_by_hand_is_one_sentence(archive_db: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "withheld.csv"
    wrong.write_text("what,reason,who,date\nx,y,z,today\n", encoding="utf-8")
    with pytest.raises(PortalError, match=r"withheld\.csv:2: the date 'today' must be like"):
        datasette(archive_db, by_hand=ByHand(withheld=wrong))


def test_a_report_without_kept_bytes_still_says_where_its_figures_stood(get: Get) -> None:
    key = quote("990102-澄原区教育局-2022-own")
    answer = get(f"/evidence/{key}/{INDICATOR}")
    assert re.search(r"第 1 个表，第 1 行，第 1 列", answer.text)
    assert "不在这台服务器上" in answer.text
    blank = get(f"/evidence/{key}/requests.refused_third_party.total")
    assert "空白，不是 0" in blank.text


def test_what_is_withheld_vanishes_at_once(
    kept: tuple[Path, dict[str, KeptExample]], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    example = kept[1][".html"]
    withheld, replies = tmp_path / "withheld.csv", tmp_path / "replies.csv"
    withheld.write_text("what,reason,who,date\n", encoding="utf-8")
    replies.write_text("report_key,text,who,date,source\n", encoding="utf-8")
    shown = Shown(kept[0], ByHand(withheld, replies))
    before = shown.get(f"/kept/{example.sha256}")
    assert before.status_code == 200
    assert before.headers["cache-control"] == "private, no-cache"
    with withheld.open("a", encoding="utf-8") as file:
        file.write(f"{example.url},刊有个人电话,编辑部,2026-11-20\n")
    with replies.open("a", encoding="utf-8") as file:
        file.write(f"{example.key},已更正。,某局办公室,2026-11-22,来信\n")
    assert shown.get(f"/kept/{example.sha256}").status_code == 451
    assert shown.get(f"/kept/{example.sha256}/original").status_code == 451
    assert "某局办公室" in shown.get(f"/report/{quote(example.key)}").text
    # a slip takes nothing back, and the log says it once
    withheld.write_text("what,reason,who,date\nx,y,z,today\n", encoding="utf-8")
    for _ in range(2):
        assert shown.get(f"/kept/{example.sha256}").status_code == 451
    assert sum("withheld.csv:2: the date 'today'" in record.message for record in caplog.records) == 1
    withheld.unlink()
    assert shown.get(f"/kept/{example.sha256}").status_code == 451
    withheld.write_text("what,reason,who,date\n", encoding="utf-8")
    assert shown.get(f"/kept/{example.sha256}").status_code == 200
    shown.close()
