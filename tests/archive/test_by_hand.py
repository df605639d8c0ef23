"""Withheld pages and replies, as people keep them by hand: what a line says, and the sentence for a slip."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.replies import read_replies
from archive.withheld import read_withheld


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def test_the_files_that_are_kept_are_sound() -> None:
    read_withheld()
    read_replies()


def test_a_page_is_withheld_by_its_address_or_its_report(tmp_path: Path) -> None:
    path = written(
        tmp_path / "withheld.csv",
        "what,reason,who,date",
        "https://a.example/1.html,刊有个人电话,编辑部,2026-11-20",
        "990102-某局-2022-own,法院裁定,编辑部,2026-11-21",
    )
    assert [withheld.date for withheld in read_withheld(path).values()] == ["2026-11-20", "2026-11-21"]


def test_the_replies_to_a_report_stand_in_the_order_of_their_dates(tmp_path: Path) -> None:
    path = written(
        tmp_path / "replies.csv",
        "report_key,text,who,date,source",
        'a-b-2022-own,"二，",某局,2026-02-02,邮件',
        "a-b-2022-own,一,某局,2026-01-02,https://a.example/",
    )
    assert [reply.text for reply in read_replies(path)["a-b-2022-own"]] == ["一", "二，"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("https://a.example/,,编辑部,2026-11-20", "withheld.csv:2: what, reason and who must be filled in."),
        ("https://a.example/,因由,编辑部,20/11/2026", "withheld.csv:2: the date '20/11/2026' must be like 2026-11-22."),
    ],
)
def test_a_slip_is_a_sentence_with_its_line(tmp_path: Path, line: str, sentence: str) -> None:
    with pytest.raises(ArchiveError) as slip:
        read_withheld(written(tmp_path / "withheld.csv", "what,reason,who,date", line))
    assert str(slip.value).endswith(sentence)
    with pytest.raises(ArchiveError, match="every field must be filled in"):
        read_replies(written(tmp_path / "replies.csv", "report_key,text,who,date,source", "a,,b,2026-01-01,c"))
