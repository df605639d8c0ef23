"""Reading older office files: with LibreOffice where it is installed, with a stand-in for how it may misbehave."""

from __future__ import annotations

import io
import os
import shutil
import time
from pathlib import Path

import docx
import pytest

from parsers.documents import read_document
from parsers.documents.office import older
from parsers.model import Paragraph, UnreadableError

OLE_FILE = older.OLE + bytes(2000)
RTF_FILE = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 SimSun;}}\f0 \u20940?\u24030?\u24066?2024 OGI\par"
    rb" \trowd\cellx2000\cellx4000 \intbl A\cell 12\cell\row}"
)

WORD_XML_FILE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>
<w:p><w:r><w:t>凌州市2024 OGI</w:t></w:r></w:p>
<w:tbl><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>
<w:tr><w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc>
<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:wordDocument>""".encode()


@pytest.fixture(autouse=True)
def forget_fence() -> None:
    older._fenced.cache_clear()  # each test has a PATH of its own


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Puts a program named soffice first on the PATH; `$out` is the folder it was told to write to."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(
        "#!/bin/sh\n"
        'echo "$@" > "' + str(tmp_path / "arguments") + '"\n'
        'while [ "$1" != "--outdir" ]; do shift; done; out="$2"\n' + script + "\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def refused(data: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as raised:
        older.read(data)
    assert str(raised.value).endswith(".")
    return raised.value


def test_without_libreoffice_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    error = refused(OLE_FILE)
    assert error.code == "needs_libreoffice"
    assert "libreoffice-writer" in str(error)


def test_an_encrypted_file_is_refused_before_it_is_converted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(OLE_FILE + older.ENCRYPTED).code == "encrypted"


def test_the_converted_document_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("凌州市教育局")
    made.add_table(rows=1, cols=2).cell(0, 1).text = "12"
    stream = io.BytesIO()
    made.save(stream)
    (tmp_path / "made.docx").write_bytes(stream.getvalue())
    stand_in(tmp_path, monkeypatch, f'cp "{tmp_path}/made.docx" "$out/report.docx"')
    document = older.read(OLE_FILE)
    assert document.media == "doc"
    assert [block.text for block in document.paragraphs] == ["凌州市教育局"]
    assert [cell.text for table in document.tables for cell in table.cells] == ["", "12"]
    arguments = (tmp_path / "arguments").read_text(encoding="utf-8")
    assert "-env:UserInstallation=file://" in arguments
    folder = arguments.split("--outdir ")[1].split()[0]
    assert not Path(folder).exists()


def test_a_converter_that_hangs_is_stopped_with_its_children(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(older, "SECONDS", 1)
    beat = tmp_path / "beat"
    stand_in(tmp_path, monkeypatch, f'(while true; do date >> "{beat}"; sleep 0.05; done) & sleep 100')
    begun = time.monotonic()
    assert refused(OLE_FILE).code in ("conversion_timeout", "conversion_failed")
    assert time.monotonic() - begun < 20
    size = beat.stat().st_size
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        assert beat.stat().st_size == size


def test_a_converter_that_makes_nothing_is_a_problem(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path, monkeypatch, "echo source file could not be loaded; exit 0")
    error = refused(OLE_FILE)
    assert error.code == "conversion_failed"
    assert "could not be loaded" in str(error)


def test_a_converter_that_makes_rubbish_is_a_problem(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path, monkeypatch, 'echo rubbish > "$out/report.docx"')
    assert refused(OLE_FILE).code == "damaged"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("data", "media"), [(RTF_FILE, "rtf"), (WORD_XML_FILE, "xml")], ids=["rtf", "Word 2003 XML"])
def test_libreoffice_converts(data: bytes, media: str) -> None:
    document = read_document(data, url="http://www.lingzhou.example/report.doc")
    assert document.media == media
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["凌州市2024 OGI"]
    assert [cell.text for table in document.tables for cell in table.cells] == ["A", "12"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_refuses_what_is_no_document() -> None:
    assert refused(OLE_FILE).code in ("conversion_failed", "damaged")
