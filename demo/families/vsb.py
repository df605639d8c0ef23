"""VSB (博达): static lists whose older pages count down, articles under /info/{column}/."""

from __future__ import annotations

from html import escape

from demo import chrome
from demo.codes import number
from demo.columns import Entry
from demo.exchange import Answer, Request
from demo.families.column import Column


class Vsb(Column):
    """The first page is zfxxgknb.htm, the next zfxxgknb/3.htm, then 2.htm and 1.htm, the oldest."""

    @property
    def _stem(self) -> str:
        return self.source.column.removesuffix(".htm")

    @property
    def _column_id(self) -> int:
        return number("tree", self.source.id, digits=4)

    @property
    def _owner(self) -> int:
        return number("owner", self.source.id, digits=10)

    def path_of(self, entry: Entry) -> str:
        """/info/1785/50257.htm."""
        return f"/info/{self._column_id}/{self.ident(entry, 5)}.htm"

    def file_of(self, entry: Entry) -> str:
        """The download servlet of the software."""
        return (
            "/system/_content/download.jsp?urltype=news.DownloadAttachUrl"
            f"&owner={self._owner}&wbfileid={self.ident(entry, 8)}"
        )

    def _path(self, place: int) -> str:
        """The address of a list page counted from 0, the newest."""
        return self.source.column if place == 0 else f"{self._stem}/{self.page_count - place}.htm"

    def listing(self, request: Request) -> Answer | None:
        """A list page; its links go up by one level more on the older pages."""
        for place in range(self.page_count):
            if request.path == self._path(place):
                return self._page(place)
        return None

    def _page(self, place: int) -> Answer:
        depth = self._path(place).count("/") - 1
        up = "../" * depth
        rows = "\n".join(
            f'<li id="line_u8_{line}"><a href="{up.removesuffix("/") or "."}{self.path_of(entry)}" '
            f'title="{escape(entry.title)}" target="_blank">{escape(self.cut_title(entry, 24))}</a>'
            f"<span>{entry.published:%Y年%m月%d日}</span></li>"
            for line, entry in enumerate(self.page_entries(place))
        )
        pager = []
        if place > 0:
            pager.append(f'<span class="p_prev"><a href="{self._relative(place, place - 1)}">上页</a></span>')
        if place + 1 < self.page_count:
            pager.append(f'<span class="p_next"><a href="{self._relative(place, place + 1)}">下页</a></span>')
            pager.append(f'<span class="p_last"><a href="{self._relative(place, self.page_count - 1)}">尾页</a></span>')
        return self.list_page(
            f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="list"><ul>
{rows}
</ul>
<div class="pb_sys_common"><span class="p_t">共{len(self.entries)}条</span>
<span class="p_t">{place + 1}/{self.page_count}</span> {" ".join(pager)}</div></div>"""
        )

    def _relative(self, here: int, there: int) -> str:
        """The link from one list page to another."""
        name = self._path(there).rsplit("/", 1)[1]
        if here == 0:
            return f"{self._stem.rsplit('/', 1)[1]}/{name}"
        return f"../{name}" if there == 0 else name

    def article(self, entry: Entry) -> str:
        """Body in #vsb_content inside the software's form."""
        appendix = ""
        if entry.shape in {"article_and_file", "cover_and_file"}:
            appendix = (
                f'<ul class="attach"><li>附件【<a href="{escape(self.file_of(entry))}" target="_blank">'
                f'{escape(entry.title)}.docx</a>】已下载<span id="nattach"></span>次</li></ul>'
            )
        inside = f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报", "正文"))}
<form name="_newscontent_fromname"><div class="content">
{chrome.metadata_table(entry, "xxgk_xl")}
<h1>{escape(entry.title)}</h1>
<div class="xx">发布时间：{entry.published:%Y年%m月%d日} 作者：{entry.agency.name}
点击：<script>_showDynClicks("wbnews", {self._owner}, {self.ident(entry, 5)})</script></div>
<div id="vsb_content"><div class="v_news_content">
{self.body(entry)}
</div></div>{appendix}
</div></form>"""
        return chrome.page(self.site, entry.title, inside, chrome.article_meta(entry))
