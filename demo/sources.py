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
    """A registry line and the column behind it. `variant` is the family's own way of paging; `column` is the address
    of the listing on its host; a source of several agencies is a portal's column that names each in its titles."""

    id: str
    host: str
    family: str
    column: str
    agencies: tuple[Agency, ...]
    per_page: int = 6
    variant: str = ""
    trouble: Trouble | None = None
    platform: str = ""
    note: str = ""

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
        Site(_host("jyj"), "凌州市教育局", encoding="gb2312"),
        Site(_host("scjgj"), "凌州市市场监督管理局", validators="date"),
        Site(_host("www.chengyuan"), "澄原区人民政府", validators="etag"),
        Site(_host("gaj"), "凌州市公安局", validators="both"),
        Site(_host("wjw"), "凌州市卫生健康委员会"),
        Site(_host("swj"), "凌州市水务局"),
        Site(_host("sjj"), "凌州市审计局"),
        Site(_host("yjj"), "凌州市应急管理局"),
        Site(_host("tjj"), "凌州市统计局"),
        Site(_host("tyj"), "凌州市体育局"),
        Site(_host("xczxj"), "凌州市乡村振兴局"),
        Site(_host("xfj"), "凌州市信访局"),
        Site(_host("sjjj"), "凌州市数据局"),
        Site(_host("twjr"), "凌州市退役军人事务局"),
    )
}


def _source(key: str, host: str, family: str, column: str, **more: object) -> Source:
    agencies = tuple(AGENCIES[name] for name in key.split())
    return Source(f"lz-{agencies[0].key}", _host(host), family, column, agencies, **more)  # type: ignore[arg-type]  # fields of Source by name


SOURCES: tuple[Source, ...] = (
    _source("szf", "www", "trs", "/zwgk/zfxxgk/zfxxgknb/", per_page=5, platform="trs"),
    _source("mzj", "www", "trs", "/zwgk/bmxxgk/smzj/gknb/", per_page=5, variant="count_page"),
    _source("jyj", "jyj", "trs", "/zfxxgk/zfxxgknb_1916/", per_page=5, variant="comment"),
    _source("scjg", "scjgj", "trs", "/xxgk/xxgknb/", per_page=4, variant="one_based", platform="trs"),
    _source("cyq", "www.chengyuan", "hanweb", "/col/col61490/index.html", per_page=4, variant="record",
            platform="hanweb"),
    _source("cyjy", "www.chengyuan", "hanweb", "/col/col61533/index.html?uid=247686&pageNum=1", per_page=4,
            variant="record"),
    _source("gaj", "gaj", "hanweb", "/col/col12291/index.html", per_page=5, variant="page"),
    _source("wjw", "wjw", "hanweb", "/col/col45810/index.html", per_page=3, variant="record", platform="hanweb"),
    _source("swj", "swj", "trs", "/zfxxgk/gknb/", trouble="robots"),
    _source("sjj", "sjj", "trs", "/xxgk/gknb/", trouble="challenge"),
    _source("yjj", "yjj", "trs", "/zwgk/zfxxgknb/", trouble="412"),
    _source("tjj", "tjj", "trs", "/zfxxgk/ndbg/", trouble="521"),
    _source("tyj", "tyj", "trs", "/zfxxgk/zfxxgknb/", trouble="closed"),
    _source("xczx", "xczxj", "trs", "/zfxxgk/zfxxgknb/", trouble="gone"),
    _source("xfj", "xfj", "trs", "/zfxxgk/zfxxgknb/", trouble="empty", platform="trs"),
    _source("sjjj", "sjjj", "unknown", "/app/disclosure/reports", trouble="unknown_software"),
    _source("twjr", "twjr", "trs", "/zfxxgk/zfxxgknb/", per_page=4, trouble="pager_fails"),
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
}
