"""龙讯 (openness): an annual-report tab that shows each year's report in place, or columns with a script pager."""

from __future__ import annotations

import re
from html import escape

from demo import chrome
from demo.codes import digest, number
from demo.columns import Entry
from demo.exchange import Answer, Request
from demo.families.column import Column


class Longxun(Column):
    """Variants: column, a list at /content/column/{id} with Ls.pagination; tab, the annual-report tab of the
    disclosure module, /public/column/{organ}?type=3, which shows the report of the year that is asked for."""

    @property
    def _organ(self) -> int:
        return number("organ", self.source.id, digits=7)

    @property
    def _reports(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.report)

    def path_of(self, entry: Entry) -> str:
        """/public/{organ}/{content}.html, or the tab with the report year."""
        if self.source.variant == "tab" and entry.report:
            return f"{self.source.column}&timeFrame={entry.report.year}&hasContent=true"
        return f"/public/{self._organ}/{self.ident(entry, 8)}.html"

    def file_of(self, entry: Entry) -> str:
        """/download/ and a digest."""
        return f"/download/{digest('longxun', entry.key)}"

    def listing(self, request: Request) -> Answer | None:
        """A page of the column, or the tab."""
        if self.source.variant == "tab":
            if request.target == self.source.column:
                return self._tab()
            return None
        if request.path != self.source.column:
            return None
        page = request.fields.get("pageIndex", "1")
        place = int(page) - 1 if re.fullmatch(r"\d{1,6}", page) else 0
        if not 0 <= place < self.page_count:
            return self._page((), place)
        return self._page(self.page_entries(place), place)

    def _page(self, entries: tuple[Entry, ...], place: int) -> Answer:
        rows = "\n".join(
            f'<li><a href="{self.path_of(entry)}" title="{escape(entry.title)}">{escape(self.cut_title(entry, 24))}</a>'
            f'<span class="right date">{entry.published:%Y-%m-%d}</span></li>'
            for entry in entries
        )
        ident = self.source.column.rsplit("/", 1)[1]
        return self.list_page(
            f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<ul class="doc_list list-{ident}">
{rows}
</ul>
<div class="page-container" id="page_{ident}"></div>
<script>
Ls.pagination("#page_{ident}", function(pageIndex){{
  location.href='{self.address}{self.source.column}?pageIndex=' + pageIndex;
}},{{currPage:({place}+1),pageCount:{self.page_count}}});
</script>"""
        )

    def _tab(self) -> Answer:
        tabs = (("政府信息公开指南", 1), ("政府信息公开制度", 2), ("政府信息公开年报", 3), ("法定主动公开内容", 4))
        root = self.source.column.partition("?")[0]
        heads = "".join(f'<li><a href="{root}?type={kind}">{name}</a></li>' for name, kind in tabs)
        years = "\n".join(
            f'<li><a href="{escape(self.path_of(entry))}" title="{escape(entry.title)}">{entry.title}</a>'
            f'<span class="date">{entry.published:%Y-%m-%d}</span></li>'
            for entry in self._reports
        )
        return self.list_page(
            f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="xxgk_nav"><ul>{heads}</ul></div>
<ul class="year_list">
{years}
</ul>
<script>Ls.pagination("#page_public", function(pageIndex){{}},{{currPage:(0+1),pageCount:1}});</script>"""
        )

    def article(self, entry: Entry) -> str:
        """Metadata table and body in div.j-fontContent."""
        appendix = ""
        if entry.shape in {"article_and_file", "cover_and_file"}:
            appendix = f'<p class="attach"><a href="{self.file_of(entry)}">{escape(entry.title)}.docx</a></p>'
        inside = f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="xxgk-wz">{chrome.metadata_table(entry, "table_suoyin")}
<h1 class="wztit">{escape(entry.title)}</h1>
<div class="wzcon j-fontContent clearfix">
{self.body(entry)}
{appendix}</div></div>"""
        return chrome.page(self.site, entry.title, inside, chrome.article_meta(entry))
