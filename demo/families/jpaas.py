"""Hanweb jpaas: a static column page whose list is a fragment asked from the publishing gateway."""

from __future__ import annotations

import json
import re
from html import escape

from demo import chrome
from demo.codes import digest, number
from demo.columns import Entry
from demo.exchange import Answer, Request
from demo.families.column import Column

_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"


class Jpaas(Column):
    """The gateway gives the first page unless paramJson names another; a bare pageNo is ignored."""

    @property
    def _query(self) -> dict[str, str]:
        return {
            "webId": str(number("web", self.source.host, digits=3)),
            "pageId": digest("page", self.source.id),
            "parseType": "bulidstatic",
            "pageType": "column",
            "tagId": "列表",
            "tplSetId": digest("template", self.source.host),
        }

    def path_of(self, entry: Entry) -> str:
        """/art/2025/art_{32 hexadecimal digits}.html."""
        return f"/art/{entry.published.year}/art_{digest('jpaas', entry.key)}.html"

    def file_of(self, entry: Entry) -> str:
        """The gateway's download call."""
        return f"/api-gateway/jpaas-web-server/front/document/file-download?fileUrl=/{digest('file', entry.key)}.docx"

    def listing(self, request: Request) -> Answer | None:
        """The column page, or the fragment."""
        if request.path == self.source.column:
            return self._column_page()
        if request.path != _UNIT:
            return None
        fields = request.fields
        if any(fields.get(name) != value for name, value in self._query.items()):
            return Answer.json({"success": False, "code": "500", "message": "参数错误", "data": None})
        try:
            wanted = json.loads(fields.get("paramJson", "{}"))
            page, size = int(wanted.get("pageNo", 1)), int(wanted.get("pageSize", self.source.per_page))
        except (ValueError, TypeError, AttributeError):
            page, size = 1, self.source.per_page
        size = max(1, min(size, self.source.per_page))
        found = self.entries[(page - 1) * size : page * size] if page > 0 else ()
        rows = "".join(
            f'<li class="clearfix"><a href="{self.path_of(entry)}" title="{escape(entry.title)}" target="_blank">'
            f'{escape(self.cut_title(entry, 24))}</a><span class="bt-right">{entry.published:%Y-%m-%d}</span></li>'
            for entry in found
        )
        html = f'<ul>{rows}</ul><div class="pagination" rows="{size}" count="{len(self.entries)}"></div>'
        return Answer.json({"success": True, "code": "200", "data": {"html": html}}, self.newest)

    def _column_page(self) -> Answer:
        query = re.sub(r'"', "'", json.dumps(self._query, ensure_ascii=False, separators=(",", ":")))
        return self.list_page(
            f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="bt-list" id="unit_{digest("unit", self.source.id)[:8]}" url="{_UNIT}" queryData="{query}"></div>
<script src="/jpaas-web-server/js/unit.js"></script>"""
        )

    def article(self, entry: Entry) -> str:
        """Body in #zoom."""
        appendix = ""
        if entry.shape in {"article_and_file", "cover_and_file"}:
            appendix = f'<p>附件：<a href="{escape(self.file_of(entry))}">{escape(entry.title)}.docx</a></p>'
        inside = f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="xxgk-detail">{chrome.metadata_table(entry, "xxgk-detail-table")}
<h1 class="bt-title">{escape(entry.title)}</h1>
<p class="bt-date">发布时间：{entry.published:%Y-%m-%d}</p>
<div id="zoom" class="con_text">
{self.body(entry)}
{appendix}</div></div>"""
        return chrome.page(self.site, entry.title, inside, chrome.article_meta(entry))
