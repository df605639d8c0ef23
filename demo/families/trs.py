"""TRS WCM: static lists whose pager is a script call, articles beside them in a folder a month."""

from __future__ import annotations

import re
from html import escape

from demo import chrome
from demo.columns import Entry
from demo.exchange import Answer, Request
from demo.families.column import Column


class Trs(Column):
    """Variants: plain createPageHTML; the call inside an HTML comment; a call that counts from one; loose variables."""

    @property
    def _ext(self) -> str:
        return "html" if self.source.variant in {"one_based", "count_page"} else "shtml"

    def _folder(self, entry: Entry) -> str:
        return f"{self.source.column}{entry.published:%Y%m}/"

    def path_of(self, entry: Entry) -> str:
        """./202202/t20220215_1234567.shtml beside the list."""
        if entry.shape == "file":
            return self.file_of(entry)
        return f"{self._folder(entry)}t{entry.published:%Y%m%d}_{self.ident(entry)}.{self._ext}"

    def file_of(self, entry: Entry) -> str:
        """./P0YYYYMMDDhhmmssNNNNNN.docx beside the article."""
        return f"{self._folder(entry)}P0{entry.published:%Y%m%d}{self.ident(entry, 12)}.docx"

    def _place(self, path: str) -> int | None:
        """The list page, counted from 0, that a path asks for."""
        name = path.removeprefix(self.source.column)
        if name == path:
            return None
        if name in {"", f"index.{self._ext}"}:
            return 0
        found = re.fullmatch(rf"index_(\d+)\.{self._ext}", name)
        if not found:
            return None
        return int(found[1]) - (1 if self.source.variant == "one_based" else 0)

    def _pager(self, place: int) -> str:
        total, ext = self.page_count, self._ext
        if self.source.variant == "comment":
            return f'<!-- <script>createPageHTML({total}, {place}, "index", "{ext}");</script> -->'
        if self.source.variant == "one_based":
            counts = f"{total}, {place + 1}, 'index', '{ext}', {len(self.entries)}"
            return f"<script>createPageHTML('paging', {counts});</script>"
        if self.source.variant == "count_page":
            return (
                f"<script>\nvar currentPage = {place};\nvar countPage = {total};\n"
                f'document.write(currentPage > 0 ? "<a href=index.{ext}>首页</a>" : "");\n</script>'
            )
        return f'<script>createPageHTML({total}, {place}, "index", "{ext}", "black2", {len(self.entries)});</script>'

    def listing(self, request: Request) -> Answer | None:
        """The list pages index.shtml, index_1.shtml …"""
        place = self._place(request.path)
        if place is None or not 0 <= place < self.page_count:
            return None
        if self.source.trouble == "pager_fails" and place == self.page_count - 1:
            return Answer.page("<html><body>503 Service Temporarily Unavailable</body></html>", status=503)
        items = "\n".join(self._item(entry) for entry in self.page_entries(place))
        return self.list_page(
            f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="list-box"><h2>政府信息公开年报</h2>
<ul class="list-t">
{items}
</ul>
<div class="page">{self._pager(place)}</div></div>
<div class="side"><h3>热点专题</h3><ul><li><a href="/zt/yshj/">优化营商环境</a></li></ul></div>"""
        )

    def _item(self, entry: Entry) -> str:
        link = f"./{self.path_of(entry).removeprefix(self.source.column)}"
        return (
            f'<li><a href="{link}" target="_blank" title="{escape(entry.title)}">{escape(self.cut_title(entry))}</a>'
            f'<span class="date">{entry.published:%Y/%m/%d}</span></li>'
        )

    def article(self, entry: Entry) -> str:
        """Metadata table, title, div.TRS_Editor with its style sheet, and the attachment."""
        appendix = ""
        if entry.shape in {"article_and_file", "cover_and_file"}:
            name = self.file_of(entry).rsplit("/", 1)[1]
            appendix = (
                f'<p class="insertfileTag"><a appendix="true" href="./{name}" title="{escape(entry.title)}.docx">'
                f"附件：{escape(entry.title)}.docx</a></p>"
            )
        inside = f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报", "正文"))}
<div class="content">{chrome.metadata_table(entry)}
<h1 class="title">{escape(entry.title)}</h1>
<div class="info"><span>发布时间：{entry.published:%Y-%m-%d}</span>
<span>来源：{entry.agency.name}</span> <span>浏览次数：<script src="/js/count.js"></script></span></div>
<div class="view TRS_UEDITOR trs_paper_default"><div class="TRS_Editor">
<style type="text/css">.TRS_Editor P{{line-height:2;font-size:12pt;}}</style>
{self.body(entry)}
{appendix}</div></div></div>
{chrome.related()}"""
        return chrome.page(self.site, entry.title, inside, chrome.article_meta(entry))
