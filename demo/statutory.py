"""The official forms of 2019 and 2021 as the example agencies fill them in: rows, columns, and tables as grids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

FORM_2019 = "form_2019"
FORM_2021 = "form_2021"

COLUMNS = ("natural_person", "org_business", "org_research", "org_public_benefit", "org_legal_service", "org_other")
TOTAL = "total"

REFUSED = (
    ("refused_state_secret", "属于国家秘密"),
    ("refused_other_law", "其他法律行政法规禁止公开"),
    ("refused_security_stability", "危及“三安全一稳定”"),
    ("refused_third_party", "保护第三方合法权益"),
    ("refused_internal_affairs", "属于三类内部事务信息"),
    ("refused_process_info", "属于四类过程性信息"),
    ("refused_enforcement_file", "属于行政执法案卷"),
    ("refused_admin_inquiry", "属于行政查询事项"),
)
UNAVAILABLE = (
    ("unavailable_not_held", "本机关不掌握相关政府信息"),
    ("unavailable_needs_creation", "没有现成信息需要另行制作"),
    ("unavailable_still_unclear", "补正后申请内容仍不明确"),
)
NOT_PROCESSED = (
    ("notprocessed_petition", "信访举报投诉类申请"),
    ("notprocessed_duplicate", "重复申请"),
    ("notprocessed_publication", "要求提供公开出版物"),
    ("notprocessed_excessive", "无正当理由大量反复申请"),
    ("notprocessed_confirm_reissue", "要求行政机关确认或重新出具已获取信息"),
)
OTHER = (
    ("other_no_correction", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_fee_unpaid", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_other", "其他"),
)
DISCLOSED = (
    ("granted", "（一）予以公开"),
    ("granted_part", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
)

REMEDY_KINDS = ("review", "suit_direct", "suit_after_review")
REMEDY_ENDS = ("upheld", "corrected", "other", "pending")
_REMEDY_LABELS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def outcome_rows(form: str) -> tuple[str, ...]:
    """The outcome rows of section three, total left out, in the order of the form."""
    last = ("other",) if form == FORM_2019 else tuple(code for code, _ in OTHER)
    groups = (DISCLOSED, REFUSED, UNAVAILABLE, NOT_PROCESSED)
    return tuple(code for group in groups for code, _ in group) + last


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table to be drawn: its text and how many columns and rows it covers; labels are not figures."""

    text: str
    columns: int = 1
    rows: int = 1
    label: bool = True


Grid = tuple[tuple[GridCell, ...], ...]
"""A table, row by row, as HTML holds it: a cell stands only in the row where it begins."""

Printed = Callable[[str], str]
"""Gives the text that an agency prints in the cell of an indicator."""


def _number(text: str, columns: int = 1) -> GridCell:
    return GridCell(text, columns=columns, label=False)


def _block(item: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], printed: Printed) -> Grid:
    """One block of section two, four columns wide: its last column is stretched where the block has fewer."""
    spans = [1] * len(heads)
    spans[-1] = 4 - len(heads)
    grid: list[tuple[GridCell, ...]] = [(GridCell(f"第二十条第（{item}）项", columns=4),)]
    grid.append(
        (GridCell("信息内容"), *(GridCell(text, columns=span) for text, span in zip(heads, spans, strict=True)))
    )
    for label, indicators in rows:
        numbers = (_number(printed(name), span) for name, span in zip(indicators, spans, strict=True))
        grid.append((GridCell(label), *numbers))
    return tuple(grid)


def _names(row: str, *columns: str) -> tuple[str, ...]:
    return tuple(f"{row}.{column}" for column in columns)


def proactive_grids(form: str, printed: Printed) -> tuple[Grid, ...]:
    """Section two as one grid a numbered item of article 20; put one under the other they are the whole table."""
    if form == FORM_2021:
        kept = ("issued", "repealed", "in_force")
        fate = ("本年处理决定数量",)
        return (
            _block(
                "一",
                ("本年制发件数", "本年废止件数", "现行有效件数"),
                (
                    ("规章", _names("a20_1.regulations", *kept)),
                    ("行政规范性文件", _names("a20_1.normative_documents", *kept)),
                ),
                printed,
            ),
            _block("五", fate, (("行政许可", ("a20_5.licensing.decisions",)),), printed),
            _block(
                "六",
                fate,
                (("行政处罚", ("a20_6.penalty.decisions",)), ("行政强制", ("a20_6.coercion.decisions",))),
                printed,
            ),
            _block(
                "八",
                ("本年收费金额（单位：万元）",),
                (("行政事业性收费", ("a20_8.admin_fees.amount",)),),
                printed,
            ),
        )
    made = ("newly_made", "newly_published", "published_total")
    items = ("items_prev_year", "items_change", "decisions")
    heads = ("上一年项目数量", "本年增/减", "处理决定数量")
    return (
        _block(
            "一",
            ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
            (("规章", _names("a20_1.regulations", *made)), ("规范性文件", _names("a20_1.normative_documents", *made))),
            printed,
        ),
        _block(
            "五",
            heads,
            (
                ("行政许可", _names("a20_5.licensing", *items)),
                ("其他对外管理服务事项", _names("a20_5.other_external_management", *items)),
            ),
            printed,
        ),
        _block(
            "六",
            heads,
            (("行政处罚", _names("a20_6.penalty", *items)), ("行政强制", _names("a20_6.coercion", *items))),
            printed,
        ),
        _block("八", heads[:2], (("行政事业性收费", _names("a20_8.admin_fees", *items[:2])),), printed),
        _block(
            "九",
            ("采购项目数量", "采购总金额"),
            (("政府集中采购", _names("a20_9.central_procurement", "projects", "amount")),),
            printed,
        ),
    )


def _request_cells(row: str, printed: Printed) -> tuple[GridCell, ...]:
    return tuple(_number(printed(f"requests.{row}.{column}")) for column in (*COLUMNS, TOTAL))


def requests_grid(form: str, printed: Printed) -> Grid:
    """Section three: ten columns, three of them labels."""
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    kinds = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
    rows: list[tuple[GridCell, ...]] = [
        (GridCell(note, columns=3, rows=3), GridCell("申请人情况", columns=7)),
        (GridCell("自然人", rows=2), GridCell("法人或其他组织", columns=5), GridCell("总计", rows=2)),
        tuple(GridCell(kind) for kind in kinds),
        (GridCell("一、本年新收政府信息公开申请数量", columns=3), *_request_cells("new_received", printed)),
        (GridCell("二、上年结转政府信息公开申请数量", columns=3), *_request_cells("carried_in", printed)),
    ]
    results: list[tuple[GridCell, ...]] = [
        (GridCell(label, columns=2), *_request_cells(code, printed)) for code, label in DISCLOSED
    ]
    groups = [("（三）不予公开", REFUSED), ("（四）无法提供", UNAVAILABLE), ("（五）不予处理", NOT_PROCESSED)]
    if form == FORM_2021:
        groups.append(("（六）其他处理", OTHER))
    for heading, members in groups:
        for place, (code, label) in enumerate(members, 1):
            first = (GridCell(heading, rows=len(members)),) if place == 1 else ()
            results.append((*first, GridCell(f"{place}.{label}"), *_request_cells(code, printed)))
    if form == FORM_2019:
        results.append((GridCell("（六）其他处理", columns=2), *_request_cells("other", printed)))
    results.append((GridCell("（七）总计", columns=2), *_request_cells("closed_total", printed)))
    rows.append((GridCell("三、本年度办理结果", rows=len(results)), *results[0]))
    rows.extend(results[1:])
    rows.append((GridCell("四、结转下年度继续办理", columns=3), *_request_cells("carried_out", printed)))
    return tuple(rows)


def remedies_grid(printed: Printed) -> Grid:
    """Section four: fifteen columns under three headings, one row of numbers."""
    ends = (*REMEDY_ENDS, TOTAL)
    return (
        (GridCell("行政复议", columns=5), GridCell("行政诉讼", columns=10)),
        (
            *(GridCell(label, rows=2) for label in _REMEDY_LABELS),
            GridCell("未经复议直接起诉", columns=5),
            GridCell("复议后起诉", columns=5),
        ),
        tuple(GridCell(label) for _ in range(2) for label in _REMEDY_LABELS),
        tuple(_number(printed(f"remedies.cases.{kind}_{end}")) for kind in REMEDY_KINDS for end in ends),
    )


def cut(grid: Grid) -> tuple[Grid, Grid]:
    """The table of section three cut in two before （五）不予处理, as a page break leaves it: no heading is repeated,
    the label that ran over both parts goes on as an empty cell."""
    at = next(place for place, row in enumerate(grid) if row[0].text.startswith("（五）"))
    outer = next(place for place, row in enumerate(grid) if row[0].text.startswith("三、"))
    label, *rest = grid[outer]
    above = at - outer
    upper = (*grid[:outer], (GridCell(label.text, rows=above), *rest), *grid[outer + 1 : at])
    lower = ((GridCell("", rows=label.rows - above), *grid[at]), *grid[at + 1 :])
    return upper, lower
