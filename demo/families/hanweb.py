"""Hanweb JCMS (jpage): the list page holds its first records as XML inside a script, dataproxy.jsp gives the others."""

from __future__ import annotations

import re
from html import escape

from demo import chrome
from demo.codes import digest, number
from demo.columns import Entry
from demo.exchange import Answer, Request
from demo.families.column import Column

_PROXY = "/module/web/jpage/dataproxy.jsp"
_GROUP = 3


class Hanweb(Column):
    """Variants: record, a server that honours startrecord and endrecord and gives at most a group of three pages;
    page, one that ignores them and gives the page asked for."""

    @property
    def _column_id(self) -> str:
        found = re.search(r"/col/col(\d+)/", self.source.column)
        assert found
        return found[1]

    @property
    def _unit_id(self) -> int:
        return number("unit", self.source.id, digits=6)

    def path_of(self, entry: Entry) -> str:
        """/art/YYYY/M/D/art_{column}_{id}.html."""
        day = entry.published
        return f"/art/{day.year}/{day.month}/{day.day}/art_{self._column_id}_{self.ident(entry)}.html"

    def file_of(self, entry: Entry) -> str:
        """The download servlet with the file's digest."""
        return f"/module/download/downfile.jsp?classid=0&filename={digest('file', entry.key)}.docx"

    def _record(self, entry: Entry) -> str:
        day = f"{entry.published:%Y-%m-%d}"
        if self.source.variant == "page":
            day = f"{entry.published:%Y-%m-}\n {entry.published:%d}"
        return (
            f'<record><![CDATA[<li><a href=\'{self.path_of(entry)}\' target="_blank" title="{escape(entry.title)}">'
            f"{escape(self.cut_title(entry))}</a><span>{day}</span></li>]]></record>"
        )

    def _next_group(self, page: int, link: str) -> str:
        query = (
            f"page={page}&appid=1&webid=39&path=/&columnid={self._column_id}&unitid={self._unit_id}"
            f"&webname={self.site.name}&permissiontype=0"
        )
        return f'<nextgroup><![CDATA[<a href="{link}?{query}"></a>]]></nextgroup>'

    def listing(self, request: Request) -> Answer | None:
        """The list page, or a piece of the data store."""
        if request.path == self.source.column.partition("?")[0]:
            return self._first_page()
        if request.path == _PROXY:
            return self._data(request)
        return None

    def _first_page(self) -> Answer:
        size = self.source.per_page
        embedded = self.entries[: size if self.source.variant == "page" else size * _GROUP]
        more = len(self.entries) > len(embedded)
        group = self._next_group(1, _PROXY) if more else ""
        records = "\n".join(self._record(entry) for entry in embedded)
        return self.list_page(
            f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div id="{self._unit_id}" class="default_pgContainer"><script type="text/xml"><datastore>
{group}
<recordset>
{records}
</recordset>
</datastore></script></div>
<script type="text/javascript" src="/script/jpage/jquery.jpage.js"></script>
<script>
$(function(){{ $('#{self._unit_id}').jpage({{ themeName:'default', openCookies:false, dataBefore:'<ul>',
dataAfter:'</ul>', proxyUrl:'{_PROXY}', perPage:{size}, totalRecord:{len(self.entries)}, groupSize:{_GROUP},
barPosition:'bottom', ajaxParam:{{ col:1, appid:1, webid:39, path:'/', columnid:{self._column_id}, sourceContentType:1,
unitid:'{self._unit_id}', webname:'{self.site.name}', permissiontype:0 }} }}); }});
</script>"""
        )

    def _data(self, request: Request) -> Answer | None:
        fields = request.fields
        if fields.get("columnid") != self._column_id:
            return None
        if fields.get("unitid") != str(self._unit_id):
            return self._store((), None)
        size = self.source.per_page
        try:
            page = int(fields.get("page", "1"))
            start = int(fields.get("startrecord", "1"))
            end = int(fields.get("endrecord", str(size)))
        except ValueError:
            return Answer.page("<html><body>Internal Server Error</body></html>", status=500)
        if self.source.variant == "page":
            more = page * size < len(self.entries)
            return self._store(self.page_entries(page - 1) if page > 0 else (), page + 1 if more else None)
        if "startrecord" not in fields:
            return self._store((), None)
        return self._store(self.entries[max(0, start - 1) : min(end, start - 1 + size * _GROUP)], None)

    def _store(self, entries: tuple[Entry, ...], following: int | None) -> Answer:
        group = self._next_group(following, "./dataproxy.jsp") if following else ""
        records = "".join(self._record(entry) for entry in entries)
        return Answer.xml(
            f"<datastore><totalrecord>{len(self.entries)}</totalrecord><totalpage>{self.page_count}</totalpage>"
            f"{group}<recordset>{records}</recordset></datastore>",
            self.newest,
        )

    def article(self, entry: Entry) -> str:
        """Body in #zoom between the commented markers of the software."""
        appendix = ""
        if entry.shape in {"article_and_file", "cover_and_file"}:
            appendix = f'<p>附件：<a href="{escape(self.file_of(entry))}">{escape(entry.title)}.docx</a></p>'
        inside = f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="xxgk_main">{chrome.metadata_table(entry, "xxgkinfo")}
<h2 class="tit"><!--<$[标题名称(html)]>begin-->{escape(entry.title)}<!--<$[标题名称(html)]>end--></h2>
<div class="sub">发布日期：{entry.published:%Y-%m-%d} 来源：{entry.agency.name}
字体：[<a href="javascript:">大</a> <a href="javascript:">中</a> <a href="javascript:">小</a>]</div>
<div id="zoom" class="article-body"><!--ZJEG_RSS.content.begin--><meta name="ContentStart">
{self.body(entry)}
{appendix}<meta name="ContentEnd"><!--ZJEG_RSS.content.end--></div></div>"""
        return chrome.page(self.site, entry.title, inside, chrome.article_meta(entry))
