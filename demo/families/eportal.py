"""eportal: every page is /eportal/ui with a pageId; articles add their key, list pages their module and number."""

from __future__ import annotations

import re
from html import escape

from demo import chrome
from demo.codes import digest, number
from demo.columns import Entry
from demo.exchange import Answer, Request
from demo.families.column import Column


class Eportal(Column):
    """The list's second page asks for currentPage=2 of the list's own module."""

    @property
    def _page_id(self) -> str:
        return self.source.column.partition("pageId=")[2]

    @property
    def _module(self) -> str:
        return digest("module", self.source.id)

    @property
    def _column_id(self) -> int:
        return number("column", self.source.id, digits=6)

    def path_of(self, entry: Entry) -> str:
        """/eportal/ui?pageId=…&articleKey=…&columnId=…"""
        return f"/eportal/ui?pageId={self._page_id}&articleKey={self.ident(entry)}&columnId={self._column_id}"

    def file_of(self, entry: Entry) -> str:
        """/eportal/fileDir/… with a digest."""
        return f"/eportal/fileDir/resource/cms/{entry.published:%Y/%m}/{digest('eportal', entry.key)[:24]}.docx"

    def listing(self, request: Request) -> Answer | None:
        """A list page; requests for another page or module are not its own."""
        fields = request.fields
        if request.path != "/eportal/ui" or fields.get("pageId") != self._page_id or "articleKey" in fields:
            return None
        page = fields.get("currentPage", "1")
        place = int(page) - 1 if re.fullmatch(r"\d{1,6}", page) and fields.get("moduleId") == self._module else 0
        place = min(max(0, place), self.page_count - 1)
        rows = "\n".join(
            f'<li><a href="{escape(self.path_of(entry))}" title="{escape(entry.title)}" target="_blank">'
            f"{escape(self.cut_title(entry, 24))}</a><span>[{entry.published:%Y-%m-%d}]</span></li>"
            for entry in self.page_entries(place)
        )
        steps = " ".join(
            f'<a href="/eportal/ui?pageId={self._page_id}&amp;currentPage={step + 1}&amp;moduleId={self._module}'
            f'&amp;formKey=GOV_OPEN&amp;columnName=">{step + 1}</a>'
            for step in range(self.page_count)
        )
        return self.list_page(
            f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="portlet" id="{self._module}"><ul class="list">
{rows}
</ul>
<div class="easysite-total-page">共<b>{place + 1}/{self.page_count}</b>页 {len(self.entries)}条 {steps}</div></div>"""
        )

    def article(self, entry: Entry) -> str:
        """Body in div.easysite-news-text."""
        appendix = ""
        if entry.shape in {"article_and_file", "cover_and_file"}:
            appendix = f'<p>附件：<a href="{self.file_of(entry)}">{escape(entry.title)}.docx</a></p>'
        inside = f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="easysite-article">{chrome.metadata_table(entry, "gov-open-table")}
<h1>{escape(entry.title)}</h1>
<div class="easysite-news-describe">日期：{entry.published:%Y-%m-%d} 来源：{entry.agency.name}</div>
<div class="easysite-news-text">
{self.body(entry)}
{appendix}</div></div>"""
        return chrome.page(self.site, entry.title, inside, chrome.article_meta(entry))
