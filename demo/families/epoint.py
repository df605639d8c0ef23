"""Epoint WebBuilder (新点): static lists numbered by page, or a shell whose script posts JSON for its list."""

from __future__ import annotations

import json
from html import escape

from demo import chrome
from demo.codes import digest, number
from demo.columns import Entry
from demo.exchange import Answer, Request
from demo.families.column import Column

_LIST_CALL = "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"


def _guid(*words: object) -> str:
    whole = digest(*words)
    return "-".join((whole[:8], whole[8:12], whole[12:16], whole[16:20], whole[20:]))


class Epoint(Column):
    """Variants: static, moreinfo.html and then 2.html, 3.html …; post, govInfoPub.html with its JSON call."""

    @property
    def _category(self) -> str:
        return f"00{number('category', self.source.id, digits=1)}005002"

    @property
    def _site_guid(self) -> str:
        return _guid("site", self.source.host)

    @property
    def _folder(self) -> str:
        if self.source.variant == "static":
            return self.source.column.rsplit("/", 1)[0]
        return f"/zwgk/{self._category[:6]}/{self._category}"

    def path_of(self, entry: Entry) -> str:
        """/zwgk/002005/002005002/20230116/{guid}.html."""
        return f"{self._folder}/{entry.published:%Y%m%d}/{_guid('info', entry.key)}.html"

    def file_of(self, entry: Entry) -> str:
        """The attachment servlet of the software."""
        return (
            f"/EWB-FRONT/WebbuilderMIS/attach/downloadZtbAttach.jspx?attachGuid={_guid('file', entry.key)}"
            f"&appUrlFlag=ewb&siteGuid={self._site_guid}"
        )

    def listing(self, request: Request) -> Answer | None:
        """List pages, the script that names the site, or the list call."""
        if self.source.variant == "static":
            for place in range(self.page_count):
                if request.path == self._static_path(place):
                    return self._static(place)
            return None
        if request.target == self.source.column:
            return self._shell()
        if request.path == "/js/webBuilderCommon.js":
            text = f'var siteInfo = {{"siteGuid": "{self._site_guid}", "projectName": "/EWB-FRONT"}};\n'
            return Answer(text.encode(), "application/javascript; charset=utf-8")
        if request.path == _LIST_CALL and request.method == "POST":
            return self._call(request)
        return None

    def _static_path(self, place: int) -> str:
        """The address of a list page counted from 0."""
        return self.source.column if place == 0 else f"{self._folder}/{place + 1}.html"

    def _static(self, place: int) -> Answer:
        rows = "\n".join(
            f'<li class="ewb-list-node"><a href="{self.path_of(entry)}" title="{escape(entry.title)}">'
            f'{escape(self.cut_title(entry, 24))}</a><span class="ewb-list-date">{entry.published:%Y-%m-%d}</span></li>'
            for entry in self.page_entries(place)
        )
        pages = "".join(
            f'<li class="ewb-page-li"><a href="{self._static_path(step)}">{step + 1}</a></li>'
            for step in range(self.page_count)
        )
        return self.list_page(
            f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<ul class="ewb-list">
{rows}
</ul>
<div class="ewb-page"><ul>{pages}<li class="ewb-page-li"><span>{place + 1}/{self.page_count}</span></li></ul></div>
<script src="/js/webBuilderCommon.js"></script>"""
        )

    def _shell(self) -> Answer:
        return self.list_page(
            f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<ul class="ewb-list" id="infolist"></ul><div id="pager"></div>
<script src="/js/webBuilderCommon.js"></script>
<script>
var siteGuid = siteInfo.siteGuid, pageSize = {self.source.per_page}, categorynum = Util.getUrlParams("categorynum");
Util.ajax({{ url: siteInfo.projectName + "/rest/lightfrontaction/getgovinfolist", type: "post",
  data: JSON.stringify({{ deptcode: "", categorynum: categorynum, pageIndex: 0, pageSize: pageSize,
  siteGuid: siteGuid }}) }});
</script>"""
        )

    def _call(self, request: Request) -> Answer:
        try:
            asked = json.loads(request.body or b"{}")
            size = min(int(asked["pageSize"]), self.source.per_page)
            place = int(asked["pageIndex"])
            known = asked["siteGuid"] == self._site_guid and f"categorynum={asked['categorynum']}" in self.source.column
        except (ValueError, KeyError, TypeError):
            return Answer.json({"status": {"code": 500, "text": "参数错误"}})
        found = self.entries[place * size : (place + 1) * size] if known and place >= 0 and size > 0 else ()
        data = [
            {
                "title": self.cut_title(entry, 24),
                "realtitle": entry.title,
                "infourl": self.path_of(entry),
                "infodate": f"{entry.published:%Y-%m-%d}",
            }
            for entry in found
        ]
        return Answer.json({"custom": {"total": str(len(self.entries) if known else 0), "data": data}})

    def article(self, entry: Entry) -> str:
        """Body in div.ewb-article."""
        appendix = ""
        if entry.shape in {"article_and_file", "cover_and_file"}:
            appendix = f'<p>附件：<a href="{escape(self.file_of(entry))}">{escape(entry.title)}.docx</a></p>'
        inside = f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="ewb-article">{chrome.metadata_table(entry, "ewb-info-table")}
<h3 class="article-title">{escape(entry.title)}</h3>
<div class="info-sources">【信息时间：{entry.published:%Y-%m-%d} 信息来源：{entry.agency.name}】</div>
<div class="con">
{self.body(entry)}
{appendix}</div></div>"""
        return chrome.page(self.site, entry.title, inside, chrome.article_meta(entry))
