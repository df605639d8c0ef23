"""Pages of one report each, in few words, for the tests of whose report a document is."""

from __future__ import annotations

from parsers import sections
from parsers.identity import Identity, identify
from parsers.model import Cell, Document, Paragraph, SourceHint, Table

SIX = (
    *("一、总体情况", "2022年，我局公开信息12条。", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"),
    *("四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"),
)
WORDS = (
    *("第二十条第（一）项", "信息内容", "商业企业", "法律服务机构", "一、本年新收政府信息公开申请数量", "结果维持"),
    *("尚未审结", "复议后起诉"),
)


def form(value: str = "") -> Table:
    """A table with the form's words and thirty cells of one value."""
    return Table(
        1, tuple(Cell(text, row, 0) for row, text in enumerate(WORDS)) + tuple(Cell(value, 9, n) for n in range(30))
    )


def known(
    *lines: str,
    title: str | None = None,
    meta: dict[str, str] | None = None,
    hint: SourceHint | None = None,
    table: Table | None = None,
) -> Identity:
    """What is known of a page with these lines, this title and these statements of itself."""
    blocks = tuple(Paragraph(line) for line in lines) + ((table,) if table else ())
    document = Document("html", blocks, titles=(title,) if title else (), meta=meta or {})
    return identify(document, sections.divide(document).sections, hint)
