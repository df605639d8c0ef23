"""The running text of a report, sections one, five and six: what it claims agrees with the report's own tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from demo.agencies import Agency
from demo.dice import Dice
from demo.figures import Figures, figures, group
from demo.statutory import COLUMNS, FORM_2019, GridCell


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the report; level 1 heads a statutory section, level 2 a part of it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; `role` is proactive, requests, remedies, or other."""

    rows: tuple[tuple[GridCell, ...], ...]
    role: str = "other"


Block = Heading | Line | Sheet


@dataclass(slots=True)
class Story:
    """The text of a report as it is told; `claims` keeps the figures that it states, by the codes of the archive."""

    agency: Agency
    year: int
    cells: Figures
    form: str
    dice: Dice
    claims: dict[str, int] = field(default_factory=dict)

    def claim(self, code: str, value: int) -> str:
        """Notes the figure and gives it as text."""
        self.claims[code] = value
        return str(value)

    def count(self, indicator: str) -> int:
        """A whole figure of the report's own tables."""
        return int(self.cells[indicator])


def tell(agency: Agency, year: int, cells: Figures, form: str) -> Story:
    """Begins the text of a report whose tables hold `cells`."""
    return Story(agency, year, cells, form, Dice("story", agency.key, year))


def introduction(story: Story) -> list[Block]:
    """The paragraph before section one, with the period that the figures count."""
    agency, year = story.agency, story.year
    lead = story.dice.choice(
        (
            f"根据《中华人民共和国政府信息公开条例》第五十条，{agency.name}编制本报告。",
            f"本报告由{agency.name}依照《中华人民共和国政府信息公开条例》和国务院办公厅规定的格式编写。",
            f"依照《中华人民共和国政府信息公开条例》，现公布{agency.name}{year}年度政府信息公开情况。",
        )
    )
    period = story.dice.choice(
        (
            f"所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
            f"报告中的数据自{year}年1月1日起统计，至{year}年12月31日止。",
        )
    )
    return [Line(f"{lead}{period}本报告为示例，机构与数字均系虚构。")]


def section_one(story: Story) -> list[Block]:
    """一、总体情况: the five customary parts, and a further table where the agency is used to give one."""
    blocks: list[Block] = [Heading("一、总体情况")]
    for heading, part in (
        ("（一）主动公开", _published),
        ("（二）依申请公开", _requested),
        ("（三）政府信息管理", _managed),
        ("（四）平台建设", _platforms),
        ("（五）监督保障", _supervised),
    ):
        blocks += [Heading(heading, 2), *part(story)]
    return blocks


def _elsewhere(story: Story, items: int) -> str:
    """Where else items were published: governments are on Douyin since 2021."""
    if story.agency.government and story.year > 2020:
        return f"抖音号发布{story.claim('pub_douyin', items)}"
    return f"其他渠道公开{story.claim('pub_other', items)}"


def _published(story: Story) -> list[Block]:
    agency, dice = story.agency, story.dice
    base = 2400 if agency.government else 180 + agency.size * 3
    website = dice.between(base * 8 // 10, base * 12 // 10)
    wechat = dice.between(base // 4, base // 2)
    other = dice.between(5, 60)
    interpreted = dice.between(2, 18)
    first, second, third = agency.subjects.split()
    blocks: list[Block] = [
        Line(
            f"{story.year}年，{agency.we}主动公开政府信息{story.claim('pub_total', website + wechat + other)}条，"
            f"其中通过政府网站公开{story.claim('pub_website', website)}条，"
            f"“{agency.account}”微信公众号发布{story.claim('pub_wechat', wechat)}条，"
            f"{_elsewhere(story, other)}条。"
        ),
        Line(
            dice.choice(
                (
                    f"围绕{first}、{second}等群众常问的事项充实公开内容，"
                    f"发布政策解读材料{story.claim('policy_interpretations', interpreted)}篇。",
                    f"{first}和{third}方面的信息做到随产生、随公开，"
                    f"全年制作政策解读{story.claim('policy_interpretations', interpreted)}个。",
                )
            )
        ),
    ]
    if agency.look.further_table:
        blocks += _conferences(story) if agency.government else _by_subject(story, website)
    if story.form != FORM_2019 and story.count("a20_1.normative_documents.in_force"):
        made = story.claim("normative_issued_text", story.count("a20_1.normative_documents.issued"))
        gone = story.count("a20_1.normative_documents.repealed")
        kept = story.count("a20_1.normative_documents.in_force")
        blocks.append(Line(f"本年制发行政规范性文件{made}件，废止{gone}件，现行有效{kept}件，文本和清理结果均已上网。"))
    return blocks


def _conferences(story: Story) -> list[Block]:
    """Press conferences of the year, one a row."""
    dice = story.dice
    held = dice.between(3, 7)
    topics = (
        "重点项目建设进展",
        "优化营商环境",
        "污染防治情况",
        "民生实事完成情况",
        "安全生产形势",
        "文旅季活动安排",
        "秋粮生产",
    )
    rows = [tuple(GridCell(text) for text in ("序号", "时间", "主题", "备注"))]
    for place in range(held):
        month = 1 + place * 12 // held
        rows.append(
            (
                GridCell(str(place + 1), label=False),
                GridCell(f"{month}月{dice.between(3, 27)}日"),
                GridCell(f"{topics[place]}新闻发布会"),
                GridCell("市政府新闻办召开" if dice.chance(60) else ""),
            )
        )
    return [Line(f"全年召开新闻发布会{story.claim('press_conferences', held)}场，情况如下："), Sheet(tuple(rows))]


def _by_subject(story: Story, website: int) -> list[Block]:
    """Where the website's items belong, by subject; the parts add up to the whole."""
    subjects = (*story.agency.subjects.split(), "其他")
    shares = story.dice.share(website, (30, 25, 20, 25))
    rows = [tuple(GridCell(text) for text in ("信息类别", "公开数量（条）"))]
    rows += [(GridCell(name), GridCell(str(share), label=False)) for name, share in zip(subjects, shares, strict=True)]
    rows.append((GridCell("合计"), GridCell(str(website), label=False)))
    return [Line("网站公开信息的分类情况见下表："), Sheet(tuple(rows))]


def _requested(story: Story) -> list[Block]:
    agency, dice = story.agency, story.dice
    new, carried_in = story.count("requests.new_received.total"), story.count("requests.carried_in.total")
    closed, carried_out = story.count("requests.closed_total.total"), story.count("requests.carried_out.total")
    if new == 0 and carried_in == 0:
        story.claim("req_received_text", 0)
        return [Line(f"{story.year}年，{agency.we}未收到政府信息公开申请。")]
    online, letter, inperson = dice.share(new, (70, 22, 8))
    where = "各级行政机关共" if agency.government else "共"
    told = (
        f"{story.year}年，{agency.we}{where}收到政府信息公开申请{story.claim('req_received_text', new)}件，"
        f"其中网络申请{story.claim('req_channel_online', online)}件、"
        f"信函申请{story.claim('req_channel_letter', letter)}件、"
        f"当面申请{story.claim('req_channel_inperson', inperson)}件"
    )
    told += f"；上年结转{carried_in}件。" if carried_in else "，无上年结转。"
    told += f"全年办结{story.claim('req_closed_text', closed)}件"
    told += (
        f"，结转下年度继续办理{story.claim('req_carried_text', carried_out)}件。" if carried_out else "，全部按时答复。"
    )
    blocks: list[Block] = [Line(told)]
    names = (("disclosed", "予以公开和部分公开"), ("refused", "不予公开"), ("unavailable", "无法提供"),
             ("not_processed", "不予处理"), ("other", "其他处理"))  # fmt: skip
    results = "、".join(f"{word}{group(story.cells, name)}件" for name, word in names if group(story.cells, name))
    if closed:
        blocks.append(Line(f"办结的申请中，{results}。"))
    blocks.append(Line(_compared(story, new)))
    return blocks


def _compared(story: Story, new: int) -> str:
    """Who asked, and how many more or fewer than the year before (where the year before is on record)."""
    natural = story.count("requests.new_received.natural_person")
    bodies = sum(story.count(f"requests.new_received.{column}") for column in COLUMNS[1:])
    who = f"新收申请中，自然人提出{natural}件，法人或其他组织提出{bodies}件"
    if story.year - 1 not in story.agency.years:
        return f"{who}。"
    change = new - int(figures(story.agency, story.year - 1)["requests.new_received.total"])
    if change == 0:
        return f"{who}，总量与上年持平。"
    return f"{who}，总量比上年{'增加' if change > 0 else '减少'}{abs(change)}件。"


def _managed(story: Story) -> list[Block]:
    return [
        Line(
            story.dice.choice(
                (
                    "公文起草时即注明公开属性，不予公开的写明依据；信息发布前经承办科室和保密员两级审查。",
                    "落实信息发布的登记和复核，过期、失效内容按季度清理，历年文件统一标注时效。",
                    f"对{story.year - 1}年以前公开的信息作了一次回看，更正错链，补齐索引号。",
                )
            )
        )
    ]


def _platforms(story: Story) -> list[Block]:
    return [
        Line(
            story.dice.choice(
                (
                    f"政府信息公开专栏按法定主动公开内容分栏；“{story.agency.account}”由专人值守，留言当日转办。",
                    "网站改版后首页设年报、指南和依申请公开三个直达入口，老年人可用大字版浏览。",
                    "政务服务大厅设政府信息查阅点，配自助终端，纸质目录每月更新。",
                )
            )
        )
    ]


def _supervised(story: Story) -> list[Block]:
    dice = story.dice
    held, trained = dice.between(1, 3), dice.between(18, 140)
    return [
        Line(
            f"全年举办政务公开培训{story.claim('trainings_held', held)}次，"
            f"{story.claim('trainees', trained)}人次参加；把公开工作列入年度考核，"
            + ("社会评议中未收到投诉，未发生责任追究。" if dice.chance(60) else "本年度没有需要追究责任的情形。")
        )
    ]


def section_five(story: Story) -> list[Block]:
    """五、存在的主要问题及改进情况."""
    dice = story.dice
    first, second, _ = story.agency.subjects.split()
    troubles = (
        f"{first}方面的信息专业性强，解读不够通俗",
        f"{second}的历史档案数字化程度不高，查找费时",
        "个别科室公开时限意识不强，存在临近期限集中上传的现象",
        "依申请公开答复的说理部分偏短，申请人看不明白",
        "新媒体与网站内容未能同步更新",
    )
    cures = (
        "编写图文问答，请办事群众试读后再发布",
        "安排经费分批扫描旧档，建成后按目录开放查询",
        "按月提示到期事项，逾期未公开的在局务会上通报",
        "请法律顾问参与疑难答复，统一告知书文本",
        "指定同一责任人审签网站和新媒体稿件",
    )
    one = dice.below(len(troubles))
    two = (one + 1 + dice.below(len(troubles) - 1)) % len(troubles)
    return [
        Heading("五、存在的主要问题及改进情况"),
        Line(f"{story.year}年的主要问题：一是{troubles[one]}；二是{troubles[two]}。"),
        Line(
            f"改进措施：针对第一个问题，{cures[one]}；针对第二个问题，{cures[two]}。"
            f"{story.year + 1}年上半年检查落实情况。"
        ),
    ]


def section_six(story: Story) -> list[Block]:
    """六、其他需要报告的事项: always whether information-processing fees were charged."""
    dice = story.dice
    unpaid = int(story.cells.get("requests.other_fee_unpaid.total", 0))
    story.claim("info_fee_amount", 0)
    fee = f"{story.year}年，{story.agency.we}未收取政府信息处理费。"
    if unpaid:
        fee = f"{story.year}年发出信息处理费收费通知{unpaid}件，申请人均未缴纳，实际收取0元。"
    npc, cppcc = dice.between(1, 30), dice.between(1, 40)
    return [
        Heading("六、其他需要报告的事项"),
        Line(fee),
        Line(
            f"承办人大代表建议{story.claim('npc_suggestions', npc)}件、"
            f"政协委员提案{story.claim('cppcc_proposals', cppcc)}件，"
            f"共{story.claim('npc_cppcc_total', npc + cppcc)}件，可以公开的答复已在网站公开。"
        ),
    ]
