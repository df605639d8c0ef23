"""Document blocks as a Word file, written by hand as the smallest package that Word opens."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from demo.narrative import Block, Sheet
from demo.statutory import Grid, GridCell

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def document(title: str, blocks: Sequence[Block]) -> bytes:
    """The bytes of a .docx with a title, paragraphs, and tables whose merged cells are gridSpan and vMerge."""
    inside = [_paragraph(title, centred=True)]
    inside += [_table(block.rows) if isinstance(block, Sheet) else _paragraph(block.text) for block in blocks]
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{_W}"><w:body>{"".join(inside)}<w:sectPr/></w:body></w:document>'
    )
    parts = (("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELATIONS), ("word/document.xml", text))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts:
            entry = zipfile.ZipInfo(name, date_time=(2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, part)
    return packed.getvalue()


def _paragraph(text: str, *, centred: bool = False) -> str:
    layout = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else ""
    return f'<w:p>{layout}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _table(grid: Grid) -> str:
    width = sum(cell.columns for cell in grid[0])
    columns = '<w:gridCol w:w="900"/>' * width
    rows = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in _rows(grid, width))
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'


def _rows(grid: Grid, width: int) -> list[list[str]]:
    """The cells of every row as Word wants them: one that runs over rows stands in each of them again."""
    drawn: list[list[str]] = []
    running: dict[int, tuple[int, int]] = {}
    for row in grid:
        waiting = list(row)
        cells: list[str] = []
        column = 0
        while column < width:
            if column in running:
                left, columns = running.pop(column)
                cells.append(_cell(GridCell("", columns=columns), merge="<w:vMerge/>"))
                rows = left
            else:
                cell = waiting.pop(0)
                columns, rows = cell.columns, cell.rows
                cells.append(_cell(cell, merge='<w:vMerge w:val="restart"/>' if rows > 1 else ""))
            if rows > 1:
                running[column] = (rows - 1, columns)
            column += columns
        drawn.append(cells)
    return drawn


def _cell(cell: GridCell, merge: str) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{span}{merge}</w:tcPr>{_paragraph(cell.text)}</w:tc>'
