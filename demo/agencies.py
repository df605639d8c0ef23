"""The agencies of the example municipality 凌州市 (示例省): who they are, how busy, and how they lay out a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from demo.codes import credit_code, organisation_code

YEARS = range(2019, 2026)
CITY_CODE = "990100"
REGIONS = {"990100": "凌州市", "990102": "澄原区", "990103": "望槐区", "990121": "栖云县", "990122": "梓川县"}

Layout = Literal["clean", "word", "nested", "cut", "blocks"]
Digits = Literal["plain", "wide", "padded", "grouped"]
Signs = Literal["plain", "words", "signs"]
TitleForm = Literal["name_first", "year_first", "long_year", "short_name", "brief"]


@dataclass(frozen=True, slots=True)
class Look:
    """How an agency's reports look.

    layout: clean tables; Word-pasted cells; everything nested in one layout table; section three cut in two; section
    two as a table an item. blanks: zeros are left blank. digits and signs: how numbers are printed. numbering: what
    stands after the numbers of the rows. typo: 预期 where 逾期 is meant.
    """

    layout: Layout = "clean"
    title: TitleForm = "name_first"
    digits: Digits = "plain"
    signs: Signs = "plain"
    numbering: str = "."
    blanks: bool = False
    typo: bool = False
    further_table: bool = False


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: `size` is the usual number of requests a year, `work` the usual numbers of licensing, penalty and
    coercion decisions and of fees in yuan; `subjects`, three words, are what people ask it about."""

    key: str
    name: str
    region_code: str
    size: int
    work: tuple[int, int, int, int]
    subjects: str
    look: Look = field(default_factory=Look)
    government: bool = False
    missing: frozenset[int] = frozenset()
    first_year: int = 2019
    dates: Mapping[int, date] = field(default_factory=dict)

    @property
    def region(self) -> str:
        """The name of its division: 凌州市, 澄原区 …"""
        return REGIONS[self.region_code]

    @property
    def short(self) -> str:
        """The name as neighbours use it: 市教育局 for 凌州市教育局, 县民政局 for 栖云县民政局."""
        return self.region[-1] + self.name.removeprefix(self.region)

    @property
    def we(self) -> str:
        """How the agency speaks of itself: 全市, 全区, 我局, 我委."""
        if self.government:
            return "全" + self.region[-1]
        return "我" + ("委" if self.name.endswith("委员会") else "局")

    @property
    def account(self) -> str:
        """The name of its account on social platforms: 凌州教育发布."""
        core = self.name.removeprefix(self.region).removesuffix("局").removesuffix("委员会")
        return f"{self.region[:-1]}{'' if self.government else core}发布"

    @property
    def organisation(self) -> str:
        """Its nine-place organisation code."""
        return organisation_code("agency", self.key)

    @property
    def credit_code(self) -> str:
        """Its eighteen-place unified social credit code."""
        return credit_code(self.region_code, self.organisation)

    @property
    def years(self) -> tuple[int, ...]:
        """The report years that it has published."""
        return tuple(year for year in YEARS if year >= self.first_year and year not in self.missing)


_ALL = (
    Agency("szf", "凌州市人民政府", CITY_CODE, 140, (0, 0, 0, 0), "征地拆迁 财政预决算 规划审批",
           government=True, look=Look(layout="blocks", further_table=True, digits="grouped")),
    Agency("cyq", "澄原区人民政府", "990102", 60, (320, 140, 12, 865400), "旧城改造 房屋征收 学区划分",
           government=True, look=Look(layout="clean", title="year_first", signs="signs")),
    Agency("whq", "望槐区人民政府", "990103", 42, (260, 95, 6, 403250), "老旧小区改造 征收补偿 河道整治",
           government=True, look=Look(layout="nested", title="name_first", signs="words")),
    Agency("qyx", "栖云县人民政府", "990121", 35, (410, 120, 9, 318000), "宅基地审批 林地流转 移民安置",
           government=True, look=Look(layout="word", title="long_year")),
    Agency("zcx", "梓川县人民政府", "990122", 28, (190, 88, 4, 226700), "耕地补偿 采砂许可 通村公路",
           government=True, look=Look(layout="cut", title="name_first")),
    Agency("jyj", "凌州市教育局", CITY_CODE, 11, (96, 3, 0, 0), "招生入学 民办学校审批 教师招聘",
           look=Look(layout="word", title="short_name", digits="padded", signs="plain", further_table=True)),
    Agency("gaj", "凌州市公安局", CITY_CODE, 64, (18400, 9150, 830, 2364000), "出警记录 户籍档案 交通处罚依据",
           look=Look(layout="clean", title="year_first", typo=True)),
    Agency("mzj", "凌州市民政局", CITY_CODE, 6, (24, 2, 0, 0), "社会救助 养老机构 行政区划",
           look=Look(layout="word", title="name_first", blanks=True)),
    Agency("czj", "凌州市财政局", CITY_CODE, 9, (5, 11, 0, 0), "预决算 专项资金 政府采购",
           look=Look(layout="clean", title="long_year", further_table=True, signs="words")),
    Agency("zrzy", "凌州市自然资源和规划局", CITY_CODE, 120, (2650, 74, 8, 1253600), "征地批复 规划许可 不动产登记",
           look=Look(layout="cut", title="name_first")),
    Agency("sthj", "凌州市生态环境局", CITY_CODE, 26, (148, 212, 31, 0), "环评批复 监测数据 处罚决定",
           look=Look(layout="nested", title="year_first", signs="signs")),
    Agency("wjw", "凌州市卫生健康委员会", CITY_CODE, 13, (1320, 164, 0, 45800), "医疗机构校验 疫苗接种 医疗纠纷",
           look=Look(layout="clean", title="long_year", numbering="．")),
    Agency("scjg", "凌州市市场监督管理局", CITY_CODE, 38, (21300, 1480, 96, 312500), "投诉举报结果 企业登记 抽检结果",
           look=Look(layout="blocks", title="name_first"), missing=frozenset({2021})),
    Agency("zjj", "凌州市住房和城乡建设局", CITY_CODE, 58, (3120, 187, 2, 0), "房屋征收 物业管理 竣工备案",
           look=Look(layout="word", title="name_first", signs="signs"), dates={2022: date(2023, 2, 17)}),
    Agency("rsj", "凌州市人力资源和社会保障局", CITY_CODE, 17, (610, 22, 0, 128300), "工伤认定 社保缴费 职称评审",
           look=Look(layout="clean", title="brief", digits="wide")),
    Agency("jtj", "凌州市交通运输局", CITY_CODE, 15, (8730, 960, 140, 0), "客运许可 公路工程 超限处罚",
           look=Look(layout="nested", title="name_first", numbering="、")),
    Agency("wgl", "凌州市文化广电旅游局", CITY_CODE, 4, (212, 37, 0, 0), "文物保护 旅行社许可 娱乐场所",
           look=Look(layout="clean", title="year_first", blanks=True)),
    Agency("tjj", "凌州市统计局", CITY_CODE, 3, (0, 4, 0, 0), "普查数据 统计执法 统计公报"),
    Agency("sjj", "凌州市审计局", CITY_CODE, 4, (0, 0, 0, 0), "审计公告 整改情况 经济责任"),
    Agency("yjj", "凌州市应急管理局", CITY_CODE, 10, (340, 96, 5, 0), "事故调查 安全许可 应急预案"),
    Agency("slj", "凌州市水务局", CITY_CODE, 8, (175, 29, 3, 0), "水价 取水许可 河湖管护"),
    Agency("tyj", "凌州市体育局", CITY_CODE, 2, (12, 0, 0, 0), "场馆开放 赛事审批 彩票公益金"),
    Agency("xczx", "凌州市乡村振兴局", CITY_CODE, 3, (0, 0, 0, 0), "衔接资金 帮扶项目 驻村选派",
           first_year=2021),
    Agency("xfj", "凌州市信访局", CITY_CODE, 2, (0, 0, 0, 0), "信访办理 领导接访 复查复核"),
    Agency("twjr", "凌州市退役军人事务局", CITY_CODE, 5, (0, 0, 0, 0), "安置政策 优抚补助 就业培训",
           look=Look(layout="clean", title="name_first")),
    Agency("sjjj", "凌州市数据局", CITY_CODE, 2, (0, 0, 0, 0), "数据开放 平台采购 政务服务", first_year=2023),
    Agency("sfj", "凌州市司法局", CITY_CODE, 12, (64, 5, 0, 0), "律师执业 公证收费 行政复议决定",
           look=Look(layout="cut", title="year_first")),
    Agency("swu", "凌州市商务局", CITY_CODE, 3, (48, 2, 0, 0), "成品油零售 家电补贴 展会资金", look=Look(blanks=True)),
    Agency("nyj", "凌州市农业农村局", CITY_CODE, 9, (290, 41, 6, 0), "宅基地 农机补贴 高标准农田",
           look=Look(layout="word", title="long_year", digits="wide")),
    Agency("kjj", "凌州市科学技术局", CITY_CODE, 2, (0, 0, 0, 0), "项目立项 高企认定 科研经费", first_year=2021),
    Agency("mzzj", "凌州市民族宗教事务局", CITY_CODE, 1, (7, 0, 0, 0), "场所登记 民族成份 清真食品", first_year=2020,
           look=Look(layout="nested", title="year_first")),
    Agency("jgj", "凌州市机关事务管理局", CITY_CODE, 1, (0, 0, 0, 0), "公务用车 办公用房 机关食堂", first_year=2025),
    Agency("cyjy", "澄原区教育局", "990102", 5, (31, 0, 0, 0), "学区划分 课后服务 教师调动",
           look=Look(layout="word", title="name_first", blanks=True), first_year=2020),
    Agency("qymz", "栖云县民政局", "990121", 2, (6, 0, 0, 0), "低保认定 殡葬管理 地名命名",
           look=Look(layout="clean", title="short_name")),
    Agency("zccz", "梓川县财政局", "990122", 3, (2, 1, 0, 0), "惠农补贴 预算公开 债务情况",
           look=Look(layout="clean", title="name_first", numbering="、")),
    Agency("whmz", "望槐区民政局", "990103", 3, (9, 0, 0, 0), "社会救助 社区建设 婚姻登记",
           look=Look(layout="clean", title="name_first"), first_year=2021),
    Agency("whsf", "望槐区司法局", "990103", 2, (0, 0, 0, 0), "法律援助 行政复议 社区矫正",
           look=Look(layout="word", title="name_first", blanks=True), first_year=2022),
    Agency("whsl", "望槐区水利局", "990103", 4, (27, 8, 1, 15600), "河道采砂 水土保持 饮水安全",
           look=Look(layout="cut", title="name_first"), first_year=2021),
)  # fmt: skip

AGENCIES: dict[str, Agency] = {agency.key: agency for agency in _ALL}


def parts(agency: Agency) -> tuple[Agency, ...]:
    """The agencies whose figures a government's report includes: county bureaus in a county's, city bureaus and
    county governments in the city's; none for a bureau."""
    if not agency.government:
        return ()
    if agency.region_code == CITY_CODE:
        return tuple(
            other for other in _ALL if other is not agency and (other.region_code == CITY_CODE) != other.government
        )
    return tuple(other for other in _ALL if other.region_code == agency.region_code and other is not agency)
