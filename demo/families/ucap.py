"""UCAP (开普): list.shtml pages or a JSON search behind them, articles wrapped in the software's own tags."""

from __future__ import annotations

import re
from html import escape

from demo import chrome
from demo.codes import digest
from demo.columns import Entry
from demo.exchange import Answer, Request
from demo.families.column import Column


class Ucap(Column):
    """Variants: query, page k at list.shtml?k; underscore, page k at xxgk_list_{k-1}.shtml; json, an empty list page
    whose script asks /common/search/."""

    @property
    def _folder(self) -> str:
        return self.source.column.rsplit("/", 1)[0]

    @property
    def _name(self) -> str:
        return self.source.column.rsplit("/", 1)[1].removesuffix(".shtml")

    @property
    def _channel(self) -> str:
        return digest("channel", self.source.id)

    def path_of(self, entry: Entry) -> str:
        """/{unit}/gknb/202401/{32 hexadecimal digits}.shtml."""
        return f"{self._folder}/{entry.published:%Y%m}/{digest('ucap', entry.key)}.shtml"

    def file_of(self, entry: Entry) -> str:
        """A file beside the article."""
        return f"{self._folder}/{entry.published:%Y%m}/{digest('ucap', entry.key)}/files/{digest('f', entry.key)}.docx"

    def _page_name(self, place: int) -> str:
        """The address, relative to the folder, of a list page counted from 0."""
        if place == 0:
            return f"{self._name}.shtml"
        if self.source.variant == "underscore":
            return f"{self._name}_{place}.shtml"
        return f"{self._name}.shtml?{place + 1}"

    def listing(self, request: Request) -> Answer | None:
        """The list pages, or the answers of the JSON search."""
        if self.source.variant == "json":
            if request.path == self.source.column:
                return self._shell()
            return self._search(request) if request.path == f"/common/search/{self._channel}" else None
        for place in range(self.page_count):
            if f"{self._folder}/{self._page_name(place)}" == request.target:
                return self._static(place)
        return None

    def _static(self, place: int) -> Answer:
        rows = "\n".join(
            f'<li><a href="{self.address}{self.path_of(entry)}" title="{escape(entry.title)}" target="_blank">'
            f"{escape(self.cut_title(entry, 26))}</a><span>{entry.published:%Y-%m-%d}</span></li>"
            for entry in self.page_entries(place)
        )
        last = self.page_count - 1
        steps = (("首页", 0), ("上一页", max(0, place - 1)), ("下一页", min(last, place + 1)), ("尾页", last))
        links = " ".join(f'<a href="{self._page_name(step)}">{name}</a>' for name, step in steps)
        return self.list_page(
            f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="xxgkMain"><ul class="infolist">
{rows}
</ul>
<div class="pages">共{len(self.entries)}条 第{place + 1}/{self.page_count}页 {links}</div></div>"""
        )

    def _shell(self) -> Answer:
        return self.list_page(
            f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="xxgkMain"><ul class="infolist" id="searchList"></ul><div id="pages"></div></div>
<script>
var channelId = "{self._channel}";
function load(page) {{
  $.getJSON("/common/search/{self._channel}?page=" + page
    + "&_pageSize={self.source.per_page}&_isAgg=true&_isJson=true&_template=index", show);
}}
load(1);
</script>"""
        )

    def _search(self, request: Request) -> Answer:
        page = request.fields.get("page", "1")
        place = int(page) - 1 if re.fullmatch(r"\d{1,6}", page) else 0
        results = [
            {
                "title": entry.title,
                "subTitle": "",
                "url": self.path_of(entry),
                "content": "",
                "contentHtml": "",
                "publishedTimeStr": f"{entry.published:%Y-%m-%d} 08:30:00",
                "domainMetaList": [
                    {
                        "resultList": [
                            {"key": "indexnumber", "value": entry.report.index_number if entry.report else ""},
                            {"key": "source", "value": entry.agency.name},
                            {"key": "pubdate", "value": f"{entry.published:%Y-%m-%d}"},
                        ]
                    }
                ],
            }
            for entry in (self.page_entries(place) if place >= 0 else ())
        ]
        data = {"total": len(self.entries), "page": place + 1, "rows": self.source.per_page, "results": results}
        return Answer.json({"code": 200, "msg": "success", "data": data}, self.newest)

    def article(self, entry: Entry) -> str:
        """The page's meta tags are those of its header include; title and body stand in the software's own tags."""
        appendix = ""
        if entry.shape in {"article_and_file", "cover_and_file"}:
            appendix = f'<p>附件：<a href="{self.address}{self.file_of(entry)}">{escape(entry.title)}.docx</a></p>'
        rows = "\n".join(
            f'<tr><td class="c1" align="center">{name}</td><td class="c2" colspan="3">{text}</td></tr>'
            for name, text in (
                (name, f"<publishtime>{text}</publishtime>" if name == "公开日期" else escape(text))
                for name, text in chrome.metadata(entry)
            )
        )
        inside = f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="xxgkArticle"><div class="article-tb"><table class="table_content"><tbody>
{rows}
</tbody></table></div>
<h1 class="article-title"><UCAPTITLE>{escape(entry.title)}</UCAPTITLE></h1>
<div class="article-content" id="zoomcon"><UCAPCONTENT>{self.body(entry)}</UCAPCONTENT>
{appendix}</div></div>
{chrome.related()}"""
        head = '<meta name="ColumnName" content="头部">\n<meta name="ColumnType" content="">'
        return chrome.page(self.site, entry.title, inside, head)
