"""All sites of the example municipality together: which host answers what, in that night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from demo import chrome
from demo.columns import entries
from demo.exchange import Answer, Request
from demo.families.column import Column
from demo.families.epoint import Epoint
from demo.families.eportal import Eportal
from demo.families.gkmlpt import Gkmlpt
from demo.families.hanweb import Hanweb
from demo.families.jpaas import Jpaas
from demo.families.longxun import Longxun
from demo.families.plain import Plain
from demo.families.trs import Trs
from demo.families.ucap import Ucap
from demo.families.vsb import Vsb
from demo.sources import SITES, SOURCES, Site, Source

FAMILIES: Mapping[str, type[Column]] = {
    "trs": Trs,
    "hanweb": Hanweb,
    "ucap": Ucap,
    "gkmlpt": Gkmlpt,
    "vsb": Vsb,
    "jpaas": Jpaas,
    "epoint": Epoint,
    "longxun": Longxun,
    "eportal": Eportal,
    "plain": Plain,
}


@dataclass(frozen=True, slots=True)
class Served:
    """An answer with the validators that its host sends: both, etag, date or none."""

    answer: Answer
    validators: str = "none"


def column_of(source: Source, port: int, night: int) -> Column | None:
    """The column behind a registry line; None where its software belongs to no family."""
    family = FAMILIES.get(source.family)
    if family is None:
        return None
    held = () if source.trouble == "empty" else entries(source, night)
    return family(SITES[source.host], source, held, port)


class Municipality:
    """Answers for every host. Nothing changes after it is made, so threads may share it."""

    def __init__(self, port: int, night: int) -> None:
        self.night = night
        self._columns: dict[str, list[Column]] = {host: [] for host in SITES}
        self._sources: dict[str, list[Source]] = {host: [] for host in SITES}
        for source in SOURCES:
            self._sources[source.host].append(source)
            column = column_of(source, port, night)
            if column is not None:
                self._columns[source.host].append(column)

    @property
    def hosts(self) -> list[str]:
        """The host names."""
        return list(SITES)

    def answer(self, host: str, request: Request) -> Served | None:
        """What the host says to the request; None where it closes the connection without a word."""
        site = SITES.get(host)
        if site is None:
            return Served(Answer.page("<html><body><h1>400 Bad Request</h1></body></html>", status=400))
        trouble = self._trouble(host)
        if trouble == "closed":
            return None
        if request.path == "/robots.txt":
            return Served(_robots(trouble))
        refusal = _REFUSALS.get(trouble or "")
        if refusal is not None:
            return Served(refusal)
        if trouble == "gone":
            return Served(_not_found(site))
        if trouble == "unknown_software" and request.path == self._sources[host][0].column:
            return Served(Answer.page(_APPLICATION, site.encoding))
        if request.path == "/":
            return Served(Answer.page(self._front(site), site.encoding), site.validators)
        for column in self._columns[host]:
            found = column.answer(request)
            if found is not None:
                return Served(found, site.validators)
        return Served(_not_found(site))

    def _trouble(self, host: str) -> str | None:
        """What ails a whole host; a pager that fails and an empty list ail a column only."""
        return next((source.trouble for source in self._sources[host] if source.trouble), None)

    def _front(self, site: Site) -> str:
        """The site's first page, with a way to every annual-report column on it."""
        links = "\n".join(
            f'<li><a href="{source.column}">{source.agency or "部门"}政府信息公开年报</a></li>'
            for source in self._sources[site.host]
        )
        inside = f"""<div class="index"><h2>政府信息公开</h2><ul>
<li><a href="/zwgk/gkzn/">政府信息公开指南</a></li>
{links}
</ul></div>"""
        return chrome.page(site, "首页", inside)


def _robots(trouble: str | None) -> Answer:
    rules = "Disallow: /" if trouble == "robots" else "Disallow: /search/\nDisallow: /admin/"
    return Answer(f"User-agent: *\n{rules}\n".encode(), "text/plain; charset=utf-8")


def _not_found(site: Site) -> Answer:
    inside = (
        '<div class="error"><h1>404</h1><p>抱歉，您访问的页面不存在或已删除。</p><p><a href="/">返回首页</a></p></div>'
    )
    return Answer.page(chrome.page(site, "页面不存在", inside), site.encoding, status=404)


_REFUSALS: Mapping[str, Answer] = {
    "challenge": Answer(
        b"<html><head><meta charset=\"utf-8\"><script>document.cookie='__jsl_clearance_s=1763.'+(+!![])+'|-1|x;"
        b"path=/';location.href=location.pathname+location.search;</script></head><body></body></html>",
        headers={"Set-Cookie": "__jsluid_h=0123456789abcdef0123456789abcdef; path=/"},
    ),
    "412": Answer(
        b'<!DOCTYPE html><html><head><meta charset="utf-8"><script>var $_ts={};$_ts.nsd=4711;</script>'
        b'<script src="/4QbVtADbnLVIc/c.FxJzG50F.js"></script></head><body></body></html>',
        status=412,
    ),
    "521": Answer(
        b"<script>document.cookie=('_')+('_')+('jsl_clearance=')+(1+[])+'|0|x;max-age=3600;path=/';"
        b"location.href=location.pathname</script>",
        status=521,
        headers={"Set-Cookie": "__jsluid_s=fedcba9876543210fedcba9876543210; path=/"},
    ),
}

_APPLICATION = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>凌州市数据局</title></head>'
    '<body><div id="app"></div><script type="module" src="/app/assets/index-5f2c91.js"></script></body></html>'
)
