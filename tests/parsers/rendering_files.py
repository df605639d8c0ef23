"""Writes filled forms as Word, Excel and PDF files, merged cells and all."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from rendering import Sheet, html_spans

CHROMIUM = shutil.which("chromium")


def docx(title: str, printed: Sequence[Sheet]) -> bytes:
    """A Word document: the title, the headings, and tables with merged cells."""
    document = Document()
    document.add_paragraph(title)
    document.add_paragraph("一、总体情况")
    document.add_paragraph("本机关认真做好政府信息公开工作。")
    for sheet in printed:
        if sheet.heading:
            document.add_paragraph(sheet.heading)
        table = document.add_table(rows=sheet.height, cols=sheet.width)
        grid = [list(row.cells) for row in table.rows]
        for place in sheet.places:
            cell = grid[place.row][place.column]
            if place.rows > 1 or place.columns > 1:
                cell = cell.merge(grid[place.row + place.rows - 1][place.column + place.columns - 1])
            cell.text = place.text
    document.add_paragraph("五、存在的主要问题及改进情况")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(title: str, printed: Sequence[Sheet]) -> bytes:
    """A workbook of one sheet: title, headings and tables below each other, counts as numbers."""
    book = Workbook()
    page = book.active
    page.cell(1, 1, title)
    top = 3
    for sheet in printed:
        page.cell(top, 1, sheet.heading)
        top += 1
        for place in sheet.places:
            row, column = top + place.row, 1 + place.column
            page.cell(row, column, int(place.text) if place.text.isdigit() else place.text or None)
            if place.rows > 1 or place.columns > 1:
                page.merge_cells(
                    start_row=row,
                    start_column=column,
                    end_row=row + place.rows - 1,
                    end_column=column + place.columns - 1,
                )
        top += sheet.height + 1
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(title: str, printed: Sequence[Sheet], folder: Path) -> bytes:
    """A PDF with a text layer, printed by Chromium on A4: tables break over pages, headers are not repeated."""
    tables = "".join(f"<p>{sheet.heading}</p>{html_spans(sheet)}" for sheet in printed)
    page = folder / "report.html"
    page.write_text(
        '<!doctype html><meta charset="utf-8"><style>body{font:12px "Noto Sans CJK SC"}table{border-collapse:collapse}'
        "td{border:1px solid #000;padding:2px 4px}</style>"
        f"<h1>{title}</h1><p>一、总体情况</p><p>本机关认真做好政府信息公开工作。</p>{tables}"
        "<p>五、存在的主要问题及改进情况</p>",
        encoding="utf-8",
    )
    target = folder / "report.pdf"
    assert CHROMIUM
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    subprocess.run(
        [
            CHROMIUM,
            *quiet,
            f"--user-data-dir={folder / 'profile'}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return target.read_bytes()
