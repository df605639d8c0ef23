"""Sites of no family: numbered pages, a list in a frame, a list in a script, a column that shows its only article."""

from __future__ import annotations

import json
from html import escape

from demo import chrome
from demo.columns import Entry
from demo.exchange import Answer, Request
from demo.families.column import Column


class Plain(Column):
    """Variants: numbered, 1.html and then 2.html; frame, the same list inside an iframe of the same host; script, all
    entries in a variable of the page; only, the column's address shows its single article."""

    @property
    def _folder(self) -> str:
        return self.source.column.rsplit("/", 1)[0]

    def path_of(self, entry: Entry) -> str:
        """/…/202301/content_1500366.html, or the column itself where it holds this article alone."""
        if self.source.variant == "only" and entry.report:
            return self.source.column
        return f"{self._folder}/{entry.published:%Y%m}/content_{self.ident(entry)}.html"

    def file_of(self, entry: Entry) -> str:
        """A file in the site's own folder of files."""
        return f"/files/{entry.published:%Y%m}/{self.ident(entry, 9)}.docx"

    def _path(self, place: int) -> str:
        """The address of a list page counted from 0."""
        name = "nblist_" if self.source.variant == "frame" else ""
        return f"{self._folder}/{name}{place + 1}.html"

    def listing(self, request: Request) -> Answer | None:
        """The list pages, and the page around them where they stand in a frame."""
        if self.source.variant == "script":
            return self._script() if request.path == self.source.column else None
        if self.source.variant == "frame" and request.path == self.source.column:
            frame = f'<iframe id="list" src="{self._path(0)}" width="100%" height="600" frameborder="0"></iframe>'
            return self.list_page(f"{chrome.breadcrumb(self.site, ('政府信息公开', '政府信息公开年报'))}\n{frame}")
        for place in range(self.page_count):
            if request.path == self._path(place):
                return self._page(place)
        return None

    def _page(self, place: int) -> Answer:
        rows = "\n".join(
            f'<li><a href="{self.path_of(entry)}" title="{escape(entry.title)}">{escape(self.cut_title(entry, 24))}</a>'
            f"<em>{entry.published:%Y-%m-%d}</em></li>"
            for entry in self.page_entries(place)
        )
        steps = " ".join(f'<a href="{self._path(step)}">{step + 1}</a>' for step in range(self.page_count))
        if place + 1 < self.page_count:
            steps += f' <a href="{self._path(place + 1)}">下一页</a>'
        inside = f'<ul class="news-list">\n{rows}\n</ul>\n<div class="pagination">共 {self.page_count} 页 {steps}</div>'
        if self.source.variant == "frame":
            return Answer.page(f'<html><head><meta charset="utf-8"></head><body>\n{inside}\n</body></html>')
        return self.list_page(f"{chrome.breadcrumb(self.site, ('政府信息公开', '政府信息公开年报'))}\n{inside}")

    def _script(self) -> Answer:
        rows = [
            {"title": entry.title, "url": self.path_of(entry), "daytime": f"{entry.published:%Y-%m-%d}"}
            for entry in self.entries
        ]
        data = json.dumps([{"infolist": rows}], ensure_ascii=False)
        return self.list_page(
            f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div id="list"></div>
<script>
var dataList={data};
var pagesData={{"curPageNo":1,"pageTotal":1}};
</script>"""
        )

    def article(self, entry: Entry) -> str:
        """Title, date and body without any mark of a software."""
        appendix = ""
        if entry.shape in {"article_and_file", "cover_and_file"}:
            appendix = f'<p>附件：<a href="{self.file_of(entry)}">{escape(entry.title)}</a></p>'
        inside = f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
{chrome.metadata_table(entry)}
<h1>{escape(entry.title)}</h1>
<p class="source">{entry.published:%Y-%m-%d} {entry.agency.name}</p>
<div class="article">
{self.body(entry)}
{appendix}</div>"""
        return chrome.page(self.site, entry.title, inside, chrome.article_meta(entry))
