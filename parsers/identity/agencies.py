"""What an agency is, told by its name: its kind, its level and its field of work."""

from __future__ import annotations

import re
from functools import cache

from parsers.identity.regions import Region

_FIELDS = {
    "development_reform": "发展和改革 发展改革 发展与改革 发展改革和 发改",
    "education": "教育 教体 教委 教科",
    "science": "科学技术 科技 科学和技术",
    "industry_it": "工业和信息化 工信 经济和信息化 经信 工业信息化 经济信息化 工业和科技 工业经济",
    "ethnic_religious": "民族宗教 民族事务 宗教事务 民族和宗教 民宗",
    "public_security": "公安",
    "civil_affairs": "民政",
    "justice": "司法",
    "finance": "财政",
    "hr_social": "人力资源和社会保障 人力资源 人社 人力社保 社会保障 社会保险",
    "natural_resources": "自然资源 国土资源 规划 不动产",
    "ecology": "生态环境 环境保护 环保",
    "housing": "住房和城乡建设 住房 住建 城乡建设 建设局 建设委 建设和 建设交通 房屋 房产 房管",
    "transport": "交通",
    "water": "水利 水务",
    "agriculture": "农业农村 农业 农牧 畜牧 农水",
    "commerce": "商务",
    "culture_tourism": "文化 旅游 文旅 文广 文体 广播电视 新闻出版",
    "health": "卫生健康 卫健 卫生 健康 中医药 疾病预防控制",
    "veterans": "退役军人",
    "emergency": "应急管理 应急 安全生产监督",
    "audit": "审计",
    "foreign": "外事 外国专家 侨务 外办",
    "sasac": "国有资产监督管理 国有资产 国资",
    "market": "市场监督管理 市场监管 市场和质量 工商行政 质量技术监督 食品药品 药品监督",
    "sports": "体育",
    "statistics": "统计",
    "medical_insurance": "医疗保障 医保",
    "urban_management": "城市管理 综合行政执法 综合执法 城管 行政执法 城市综合",
    "rural_revitalisation": "乡村振兴 扶贫",
    "gov_services": "政务服务 行政审批 行政服务 大数据 数据局 数据管理 数据资源 数据发展 政务管理",
    "petition": "信访",
    "forestry": "林业 林草 园林 绿化 草原",
    "financial_supervision": "地方金融 金融",
    "grain": "粮食",
    "housing_fund": "住房公积金 公积金",
}
_FIELD_OF = {word: field for field, words in _FIELDS.items() for word in words.split()}
_FIELD_WORDS = re.compile("|".join(sorted(_FIELD_OF, key=len, reverse=True)))

_GOVERNMENT_OFFICE = re.compile(
    r"(?:人民政府|政府|行政公署|[省市区县旗州盟])(?:办公[室厅]|办)$|^(?:人民政府|政府)?办公[室厅]$"
    r"|(?:管理委员会|管委会|党政)办公室$"
)
_GOVERNMENT = re.compile(r"(?:人民政府|行政公署|行署|政府)$")
_STREET = re.compile(r"街道(?:办事处|办)?$")
_TOWN = re.compile(r"(?:[镇乡]|苏木)(?:人民政府|政府)?$|街道(?:办事处|办)?$")
_ZONE = re.compile(
    r"(?:开发区|高新区|经开区|园区|新区|新城|保税区|示范区|试验区|度假区|风景区|景区|名胜区|合作区|港区|实验区|商务区|工业区|产业园|科技园|工业园|保税港区"
    r"|自贸区|片区|口岸)"
)
_ZONE_OF_OFFICE = re.compile(rf".*{_ZONE.pattern}(?:管理委员会|管委会)?(?=.)")
_NO_WORK = re.compile("人民政府|商务(?:中心)?区")
# A zone's own name stands for its committee, as a street's does for its office.
_ZONE_ALONE = re.compile(r"(?:开发区|高新区|经开区|园区|新区|保税区|示范区|试验区|度假区|风景区|名胜区|合作区|管理区)$")
_DISTRICT_WITHOUT_CODE = re.compile(r"[\u4e00-\u9fff]{2,5}区[\u4e00-\u9fff]{3,}")
_COMMITTEE = re.compile(r"(?:管理委员会|管委会)$")
_SUPERVISORY = re.compile(r"(?:监督管理|城市管理|交通管理|市政管理)(?:委员会)$")
_VERTICAL = re.compile(
    r"税务局|海关$|气象局|烟草专卖|邮政管理局|银保监|金融监督管理总局|金融监管总局|监管分局$|国家统计局.*调查队|海事局|消防救援"
    r"|人民银行|外汇管理|证监局|国家安全局|通信管理局|矿山安全监察|煤矿安全监察|出入境边防"
)
_INSTITUTION = re.compile(
    r"(?:中心|馆|院|所|站|学校|小学|中学|大学|学院|幼儿园|医院|报社|电视台|广播电视台|集团|公司|协会|学会|基金会|联合会|联合社|服务局"
    r"|总队|支队|大队|考试院|党校|文联|科协|残联)$"
)
_ORGAN = re.compile(
    r"(?:局|厅|委|委员会|办公室|办公厅|办|政府|处|中心|院|馆|所|站|队|公司|集团|学校|大学|学院|中学|小学|医院|银行|社|会|部|街道|街|镇|乡|苏木|署"
    r"|联|台|园|库|海关|基地|指挥部|参事室|研究室|公署|行署|机关|农场|林场)$"
)


def is_organ_name(name: str) -> bool:
    """Return whether some words can be the name of an agency."""
    return (
        2 < len(name) <= 32
        and bool(_ORGAN.search(name) or _ZONE_ALONE.search(name))
        and not re.search(r"[，。；：、:;,0-9]|我[局委办厅]|关于|报告|情况|结合|根据|按照|现将|以下", name)
    )


@cache
def kind(rest: str) -> str:
    """Return the kind of an agency by its name without the division: government, office, department, dispatched …"""
    if not rest or _GOVERNMENT.search(rest):
        return "government"
    if "汇总" in rest or rest in {"各部门", "市直部门", "县直部门", "区直部门"}:
        return "aggregate"
    if _GOVERNMENT_OFFICE.search(rest):
        return "office"
    if _STREET.search(rest) or _is_zone_committee(rest) or _ZONE_ALONE.search(rest):
        return "dispatched"
    if _TOWN.search(rest):
        return "government"
    if _INSTITUTION.search(rest) and not rest.endswith(("行政审批服务局", "政务服务局", "数据和政务服务局")):
        return "institution"
    return "department"


def level(rest: str, region: Region | None) -> str | None:
    """Return an agency's level: of its own kind where it has one (township, zone, vertical), else of its division."""
    if _VERTICAL.search(rest):
        return "vertical"
    if _TOWN.search(rest):
        return "township"
    if _is_zone_committee(rest) or _ZONE.search(rest) or _DISTRICT_WITHOUT_CODE.match(rest):
        return "zone"
    return region.level if region else None


def _is_zone_committee(rest: str) -> bool:
    return bool(_COMMITTEE.search(rest)) and not _SUPERVISORY.search(rest)


def field(rest: str) -> str:
    """Return an agency's field of work by the first words of its name that tell one, the longest of them."""
    sort = kind(rest)
    if sort == "office":
        return "government_office"
    office = _NO_WORK.sub("", rest)
    found = _FIELD_WORDS.search(_ZONE_OF_OFFICE.sub("", office)) or _FIELD_WORDS.search(office)
    if found and sort != "government":
        return _FIELD_OF[found[0]]
    return "general_government" if sort in {"government", "dispatched", "aggregate"} else "other"
