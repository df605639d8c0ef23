"""What stands in a column: the annual reports, and the documents beside them that are none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from demo import incidents
from demo.agencies import Agency
from demo.dice import Dice
from demo.figures import account
from demo.narrative import Block, Line, Sheet
from demo.reports import AnnualReport, annual_report
from demo.sources import SHAPES, Shape, Source
from demo.statutory import GridCell


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a column; `key` is what its address is made of, `report` is None for a near miss.
    `again` marks a report that stands in its column under another address already."""

    key: str
    title: str
    published: date
    modified: date
    agency: Agency
    blocks: tuple[Block, ...]
    report: AnnualReport | None = None
    shape: Shape = "article"
    again: bool = False

    @property
    def cosmetic(self) -> bool:
        """Whether only the look of the page has changed since the first night."""
        return self.report is not None and "cosmetic" in self.report.flags


def entries(source: Source, night: int) -> tuple[Entry, ...]:
    """All documents of a source's column in that night, newest first."""
    found: list[Entry] = []
    for agency in source.agencies:
        years = incidents.years(agency.key, agency.years, night)
        found += [_report_entry(annual_report(agency.key, year, night), night) for year in years]
        found += [replace(entry, key=f"{entry.key}-again", again=True) for entry in found if _reposted(entry)]
        found += near_misses(agency)
    return tuple(sorted(found, key=lambda entry: (entry.published, entry.key), reverse=True))


def _reposted(entry: Entry) -> bool:
    return entry.report is not None and (entry.report.agency.key, entry.report.year) == incidents.REPOSTED


def _report_entry(report: AnnualReport, night: int) -> Entry:
    touched = night > 1 and report.flags & {"silently_changed", "cosmetic", "added"}
    return Entry(
        key=f"{report.agency.key}-{report.year}",
        title=report.title,
        published=report.published,
        modified=incidents.SECOND_NIGHT if touched else report.published,
        agency=report.agency,
        blocks=report.blocks,
        report=report,
        shape=SHAPES.get((report.agency.key, report.year), "article"),
    )


def near_misses(agency: Agency) -> list[Entry]:
    """Documents that stand in the same columns and are no annual reports; each agency posts some of the kinds."""
    made = [
        _guide(agency),
        _rules(agency),
        _rule_of_law(agency, 2023),
        _quarter(agency, 2022, 3),
        _quarter(agency, 2024, 1),
        _call(agency, 2021),
        _enforcement(agency, 2023),
        _priorities(agency, 2024),
        _budget(agency, 2022),
    ]
    dice = Dice("near misses", agency.key)
    least = 3 if agency.size < 8 else 5
    while len(made) > least and dice.chance(55):
        made.pop(dice.below(len(made)))
    return made


def _entry(agency: Agency, kind: str, title: str, day: date, *blocks: Block) -> Entry:
    moved = day + timedelta(days=Dice("day", agency.key, kind).below(12))
    return Entry(f"{agency.key}-{kind}", title, moved, moved, agency, blocks)


def _table(*rows: tuple[str, ...]) -> Sheet:
    return Sheet(tuple(tuple(GridCell(text) for text in row) for row in rows))


def _guide(agency: Agency) -> Entry:
    return _entry(
        agency,
        "guide",
        f"{agency.name}政府信息公开指南",
        date(2021, 4, 6),
        Line(f"本指南说明怎样取得{agency.name}的政府信息。本机关每年1月31日前公布上一年度政府信息公开工作年度报告。"),
        Line("申请可以当面、邮寄或者在网上提出，自收到申请之日起二十个工作日内答复。"),
    )


def _rules(agency: Agency) -> Entry:
    return _entry(
        agency,
        "rules",
        f"{agency.name}政府信息公开制度",
        date(2020, 9, 10),
        Line("第一条 为使公开成为日常工作，制定本制度。"),
        Line("第二条 文件签发之日起二十个工作日内公开。第三条 每年一月编写政府信息公开工作年度报告。"),
    )


def _rule_of_law(agency: Agency, year: int) -> Entry:
    return _entry(
        agency,
        f"law-{year}",
        f"{agency.name}{year}年法治政府建设年度报告",
        date(year + 1, 3, 1),
        Line(f"{year}年，{agency.we}推进依法行政，办理行政复议答复和行政应诉，开展法治培训四次。"),
        Line("存在的主要问题：基层执法力量不足。改进情况：开展轮训。"),
    )


def _quarter(agency: Agency, year: int, quarter: int) -> Entry:
    dice = Dice("quarter", agency.key, year, quarter)
    rows = [("统计指标", "单位", "统计数")]
    for name, unit in (
        ("主动公开政府信息数", "条"),
        ("收到政府信息公开申请数", "件"),
        ("申请办结数", "件"),
        ("举报投诉数量", "件"),
    ):
        rows.append((name, unit, str(dice.below(90))))
    title = f"{agency.name}{year}年第{'一二三四'[quarter - 1]}季度政府信息公开情况统计表"
    return _entry(
        agency,
        f"quarter-{year}-{quarter}",
        title,
        date(year, quarter * 3, 12),
        _table(*rows),
    )


def _call(agency: Agency, year: int) -> Entry:
    return _entry(
        agency,
        f"call-{year}",
        f"关于做好{year}年政府信息公开工作年度报告编制和发布工作的通知",
        date(year, 12, 10),
        Line(f"各科室、直属单位：请于{year + 1}年1月12日前报送{year}年政府信息公开数据和文字材料。"),
        Line(
            "报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六部分，格式见国办公开办函〔2021〕30号。"
        ),
    )


def _enforcement(agency: Agency, year: int) -> Entry:
    licensing, penalty, coercion = account(agency.key, year).decisions
    return _entry(
        agency,
        f"enforcement-{year}",
        f"{agency.name}{year}年度行政执法数据年报",
        date(year + 1, 1, 9),
        Line(f"{year}年度行政执法总体情况如下。"),
        _table(
            ("行政许可", "行政处罚", "行政强制", "行政检查"),
            (str(licensing), str(penalty), str(coercion), str(penalty * 3)),
        ),
    )


def _priorities(agency: Agency, year: int) -> Entry:
    return _entry(
        agency,
        f"priorities-{year}",
        f"{year}年{agency.name}政务公开工作要点",
        date(year, 5, 8),
        Line("一、抓好重点领域公开。二、规范依申请公开。三、做好政策解读。"),
    )


def _budget(agency: Agency, year: int) -> Entry:
    dice = Dice("budget", agency.key, year)
    return _entry(
        agency,
        f"budget-{year}",
        f"{agency.name}{year}年度部门决算公开说明",
        date(year + 1, 9, 4),
        Line(f"{year}年度收入总计{dice.between(300, 9000)}.{dice.between(10, 99)}万元，支出与收入持平。"),
    )
