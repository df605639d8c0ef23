"""The example sites: which host serves which agencies' columns, with which family of software, and in what state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from demo.agencies import AGENCIES, Agency

DOMAIN = "lingzhou.example"

Trouble = Literal["robots", "challenge", "412", "521", "closed", "gone", "empty", "unknown_software", "pager_fails"]

STATE_OF_TROUBLE: dict[Trouble | None, str] = {
    None: "ok",
    "robots": "refused",
    "challenge": "refused",
    "412": "refused",
    "521": "refused",
    "closed": "unreachable",
    "gone": "moved",
    "empty": "empty",
    "unknown_software": "broken",
    "pager_fails": "cut_short",
}


@dataclass(frozen=True, slots=True)
class Site:
    """A host: the name that it bears, the validators that it sends, the encoding of its pages."""

    host: str
    name: str
    validators: Literal["both", "etag", "date", "none"] = "none"
    encoding: Literal["utf-8", "gb2312"] = "utf-8"


@dataclass(frozen=True, slots=True)
class Source:
    """A registry line and the column behind it. `column` is the address of the listing on its host; `variant` is the
    family's own way of paging; `keys` name the agencies: a column of several names each in its titles."""

    id: str
    name: str
    family: str
    column: str
    keys: str
    per_page: int = 5
    variant: str = ""
    trouble: Trouble | None = None
    platform: str = ""

    @property
    def host(self) -> str:
        """The host that serves it."""
        return _host(self.name)

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """The agencies whose reports the column holds."""
        return tuple(AGENCIES[key] for key in self.keys.split())

    @property
    def agency(self) -> str:
        """The agency that the registry names; none where a column belongs to several."""
        return self.agencies[0].name if len(self.agencies) == 1 else ""

    @property
    def region_code(self) -> str:
        """The division that the registry names."""
        return self.agencies[0].region_code

    @property
    def state(self) -> str:
        """The state in which this source must end the first night."""
        return STATE_OF_TROUBLE[self.trouble]


def _host(name: str) -> str:
    return f"{name}.{DOMAIN}"


SITES: dict[str, Site] = {
    site.host: site
    for site in (
        Site(_host("www"), "凌州市人民政府", validators="both"),
        Site(_host("www.chengyuan"), "澄原区人民政府", validators="etag"),
        Site(_host("www.wanghuai"), "望槐区人民政府", validators="date"),
        Site(_host("www.qiyun"), "栖云县人民政府"),
        Site(_host("www.zichuan"), "梓川县人民政府", validators="both"),
        Site(_host("jyj"), "凌州市教育局", encoding="gb2312"),
        Site(_host("gaj"), "凌州市公安局", validators="both"),
        Site(_host("czj"), "凌州市财政局", validators="etag"),
        Site(_host("zrzyj"), "凌州市自然资源和规划局", validators="both"),
        Site(_host("sthjj"), "凌州市生态环境局", validators="both"),
        Site(_host("wjw"), "凌州市卫生健康委员会"),
        Site(_host("scjgj"), "凌州市市场监督管理局", validators="date"),
        Site(_host("zjj"), "凌州市住房和城乡建设局", validators="both"),
        Site(_host("rsj"), "凌州市人力资源和社会保障局", validators="both"),
        Site(_host("sfj"), "凌州市司法局", validators="both"),
        Site(_host("jtj"), "凌州市交通运输局", validators="etag"),
        Site(_host("wglj"), "凌州市文化广电旅游局", validators="both"),
        Site(_host("swj"), "凌州市商务局", validators="both"),
        Site(_host("nyj"), "凌州市农业农村局", validators="both"),
        Site(_host("kjj"), "凌州市科学技术局", validators="both"),
        Site(_host("mzj"), "凌州市民族宗教事务局", validators="etag"),
        Site(_host("jgj"), "凌州市机关事务管理局", validators="date"),
        Site(_host("slj"), "凌州市水务局"),
        Site(_host("sjj"), "凌州市审计局"),
        Site(_host("yjj"), "凌州市应急管理局"),
        Site(_host("tjj"), "凌州市统计局"),
        Site(_host("tyj"), "凌州市体育局"),
        Site(_host("xczxj"), "凌州市乡村振兴局"),
        Site(_host("xfj"), "凌州市信访局", validators="both"),
        Site(_host("sjjj"), "凌州市数据局"),
        Site(_host("twjrj"), "凌州市退役军人事务局"),
    )
}

SOURCES: tuple[Source, ...] = (
    Source("lz-szf", "www", "trs", "/zwgk/zfxxgk/zfxxgknb/", "szf", platform="trs"),
    Source("lz-mzj", "www", "trs", "/zwgk/bmxxgk/smzj/gknb/", "mzj", variant="count_page"),
    Source("lz-jyj", "jyj", "trs", "/zfxxgk/zfxxgknb_1916/", "jyj", variant="comment"),
    Source("lz-scjg", "scjgj", "trs", "/xxgk/xxgknb/", "scjg", per_page=4, variant="one_based", platform="trs"),
    Source("lz-cyq", "www.chengyuan", "hanweb", "/col/col61490/index.html", "cyq", 4, "record", platform="hanweb"),
    Source("lz-cyjy", "www.chengyuan", "hanweb", "/col/col61533/index.html?uid=247686&pageNum=1", "cyjy", 4, "record"),
    Source("lz-gaj", "gaj", "hanweb", "/col/col12291/index.html", "gaj", variant="page"),
    Source("lz-wjw", "wjw", "hanweb", "/col/col45810/index.html", "wjw", 3, "record", platform="hanweb"),
    Source("lz-qyx", "www.qiyun", "ucap", "/qyx/gknb/list.shtml", "qyx", variant="query", platform="ucap"),
    Source("lz-qymz", "www.qiyun", "ucap", "/xmzj/gknb/xxgk_list.shtml", "qymz", 4, "underscore"),
    Source("lz-czj", "czj", "ucap", "/czj/zfxxgknb/list.shtml", "czj", variant="json"),
    Source("lz-zcx", "www.zichuan", "gkmlpt", "/gkmlpt/index#721", "zcx", variant="detail", platform="gkmlpt"),
    Source("lz-zccz", "www.zichuan", "gkmlpt", "/czj/gkmlpt/index#1203", "zccz", 8, "portal"),
    Source("lz-zrzy", "zrzyj", "gkmlpt", "/gkmlpt/index#88", "zrzy", variant="escaped"),
    Source("lz-whq", "www.wanghuai", "vsb", "/zwgk/zfxxgknb.htm", "whq", 4, platform="vsb"),
    Source("lz-whbm", "www.wanghuai", "vsb", "/zwgk/bmxx/bmgknb.htm", "whmz whsf whsl", 6),
    Source("lz-sthj", "sthjj", "vsb", "/xxgk/gknb.htm", "sthj"),
    Source("lz-zjj", "zjj", "jpaas", "/col/col1229/index.html", "zjj"),
    Source("lz-rsj", "rsj", "epoint", "/dynamic/zwgk/govInfoPub.html?deptcode=&categorynum=003001003", "rsj",
           variant="post"),
    Source("lz-sfj", "sfj", "epoint", "/zwgk/002005/002005002/moreinfo.html", "sfj", variant="static"),
    Source("lz-jtj", "jtj", "longxun", "/content/column/6791573", "jtj", variant="column"),
    Source("lz-wgl", "wglj", "longxun", "/public/column/6598831?type=3", "wgl", variant="tab"),
    Source("lz-swu", "swj", "eportal", "/eportal/ui?pageId=1962003", "swu"),
    Source("lz-nyj", "nyj", "plain", "/zfxxgk/zfxxgknb/1.html", "nyj", variant="numbered"),
    Source("lz-kjj", "kjj", "plain", "/zwgk/nb/index.html", "kjj", 4, "frame"),
    Source("lz-mzzj", "mzj", "plain", "/xxgk/nb/list.html", "mzzj", variant="script"),
    Source("lz-jgj", "jgj", "plain", "/zfxxgknb/2025n/", "jgj", variant="only"),
    Source("lz-slj", "slj", "trs", "/zfxxgk/gknb/", "slj", trouble="robots"),
    Source("lz-sjj", "sjj", "trs", "/xxgk/gknb/", "sjj", trouble="challenge"),
    Source("lz-yjj", "yjj", "trs", "/zwgk/zfxxgknb/", "yjj", trouble="412"),
    Source("lz-tjj", "tjj", "trs", "/zfxxgk/ndbg/", "tjj", trouble="521"),
    Source("lz-tyj", "tyj", "trs", "/zfxxgk/zfxxgknb/", "tyj", trouble="closed"),
    Source("lz-xczx", "xczxj", "trs", "/zfxxgk/zfxxgknb/", "xczx", trouble="gone"),
    Source("lz-xfj", "xfj", "trs", "/zfxxgk/zfxxgknb/", "xfj", trouble="empty", platform="trs"),
    Source("lz-sjjj", "sjjj", "unknown", "/app/disclosure/reports", "sjjj", trouble="unknown_software"),
    Source("lz-twjr", "twjrj", "trs", "/zfxxgk/zfxxgknb/", "twjr", 4, trouble="pager_fails"),
)  # fmt: skip


Shape = Literal["article", "article_and_file", "cover_and_file", "file"]
"""How a document is given: its whole text as an article; the same with a Word file; a cover article with a Word file; a
list item that is the Word file itself."""

SHAPES: dict[tuple[str, int], Shape] = {
    ("wjw", 2021): "article_and_file",
    ("wjw", 2022): "article_and_file",
    ("wjw", 2023): "cover_and_file",
    ("scjg", 2023): "file",
    ("szf", 2024): "article_and_file",
    ("zcx", 2022): "article_and_file",
    ("sthj", 2022): "article_and_file",
    ("rsj", 2022): "article_and_file",
    ("qyx", 2021): "cover_and_file",
}
