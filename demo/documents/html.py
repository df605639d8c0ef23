"""Document blocks drawn as HTML the ways agencies do it: clean, pasted from Word, or nested in one layout table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from demo.agencies import Layout
from demo.dice import Dice
from demo.narrative import Block, Heading, Line, Sheet
from demo.statutory import GridCell

_WORD_P = 'style="text-indent: 2em; line-height: 2; text-align: justify; font-family: 仿宋_GB2312;" align=""'
_WORD_CELL = 'style="text-align: center; line-height: 1.5; font-family: 宋体;"'


def body(blocks: Sequence[Block], layout: Layout, *seed: object) -> str:
    """The blocks as the inside of an article; `seed` decides where a Word paste splits its runs."""
    dice = Dice("paste", *seed)
    if layout == "word":
        return "\n".join(_pasted(block, dice) for block in blocks)
    drawn = "\n".join(_clean(block) for block in blocks)
    if layout == "nested":
        return (
            '<table width="100%" border="0" cellspacing="0" cellpadding="0" class="bt-content"><tbody><tr>'
            f'<td valign="top">\n{drawn}\n</td></tr></tbody></table>'
        )
    return drawn


def _clean(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<p><strong>{escape(block.text)}</strong></p>" if block.level == 1 else f"<p>{escape(block.text)}</p>"
    if isinstance(block, Line):
        return f'<p style="text-indent:2em">{escape(block.text)}</p>'
    rows = "\n".join(f"<tr>{''.join(_clean_cell(cell) for cell in row)}</tr>" for row in block.rows)
    return f'<table border="1" cellspacing="0" cellpadding="0" width="100%"><tbody>\n{rows}\n</tbody></table>'


def _spans(cell: GridCell) -> str:
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return columns + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")


def _clean_cell(cell: GridCell) -> str:
    text = escape(cell.text, quote=False) or "&nbsp;"
    return f'<td{_spans(cell)} align="center">{text}</td>'


def _pasted(block: Block, dice: Dice) -> str:
    if isinstance(block, Sheet):
        rows = "\n".join(
            "  <tr>\n" + "\n".join(_pasted_cell(cell, dice) for cell in row) + "\n  </tr>" for row in block.rows
        )
        return (
            '<div align="center">\n<table style="BORDER-COLLAPSE:collapse;mso-table-layout-alt:fixed" border="1" '
            f'cellspacing="0" cellpadding="2" bordercolor="#000000">\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>'
        )
    face = "方正黑体_GBK" if isinstance(block, Heading) else "方正仿宋_GBK"
    return f"<p {_WORD_P}>{_runs(block.text, dice, face)}<span><o:p></o:p></span></p>"


def _pasted_cell(cell: GridCell, dice: Dice) -> str:
    if not cell.text:
        inside = f'<p {_WORD_CELL}><span style="font-family: 宋体;"><o:p>&nbsp;</o:p></span></p>'
    else:
        inside = f"<p {_WORD_CELL}>{_runs(cell.text, dice)}<span><o:p></o:p></span></p>"
        if cell.label and dice.chance(10):
            inside = f"<p {_WORD_CELL}><span><o:p>&nbsp;</o:p></span></p>\n    {inside}"
    return f'    <td{_spans(cell)} valign="center">\n    {inside}\n    </td>'


def _runs(text: str, dice: Dice, face: str | None = None) -> str:
    """The text as Word's runs: a few spans that begin anywhere, in the middle of words and numbers too."""
    runs: list[str] = []
    rest = text
    while rest:
        length = len(rest) if len(rest) < 3 and dice.chance(60) else dice.between(1, max(1, min(len(rest), 24)))
        piece, rest = escape(rest[:length], quote=False), rest[length:]
        if face and dice.chance(70):
            piece = f'<font face="{face}">{piece}</font>'
        runs.append(f"<span>{piece}</span>")
    return "".join(runs)
