"""gkmlpt, the disclosure catalogue of one province: a script shell, a JSON interface, articles inside JSON."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from html import escape

from demo import chrome
from demo.codes import number
from demo.columns import Entry
from demo.exchange import DOCX, Answer, Request
from demo.families.column import Column


class Gkmlpt(Column):
    """Variants: detail, the body is JSON-escaped HTML inside the page's configuration; portal, it stands in the page;
    escaped, as detail with titles written as %uXXXX in the list."""

    @property
    def _root(self) -> str:
        """The catalogue's root with its unit: /gkmlpt or /czj/gkmlpt."""
        return self.source.column.partition("/index")[0]

    @property
    def _category(self) -> int:
        return int(self.source.column.partition("#")[2])

    @property
    def _sid(self) -> str:
        return str(number("sid", self.source.id, digits=6))

    def path_of(self, entry: Entry) -> str:
        """/gkmlpt/content/9/9103/post_9103540.html, or /…/content/post_9103540.html on the portal."""
        ident = str(self.ident(entry))
        if self.source.variant == "portal":
            return f"{self._root.removesuffix('/gkmlpt')}/zwgk/content/post_{ident}.html"
        return f"{self._root}/content/{ident[0]}/{ident[:4]}/post_{ident}.html"

    def file_of(self, entry: Entry) -> str:
        """/attachment/1/1658/1658591/12541123.docx."""
        folder = str(self.ident(entry))
        return f"{self._root}/attachment/0/{folder[:3]}/{folder}/{self.ident(entry, 8)}.docx"

    def listing(self, request: Request) -> Answer | None:
        """The shell, or a page of the interface; page 0 is page 1, and there is none beyond the last."""
        if request.path.rstrip("/") == f"{self._root}/index":
            return self._shell()
        if request.path != f"{self._root}/api/all/{self._category}":
            return None
        fields = request.fields
        page = fields.get("page", "1")
        place = max(0, int(page) - 1) if re.fullmatch(r"\d{1,6}", page) else self.page_count
        if place >= self.page_count or fields.get("sid") != self._sid:
            return Answer.page("<html><body><h1>404 Not Found</h1></body></html>", status=404)
        counts = {"id": self._category, "name": "政府信息公开年报", "post_count": len(self.entries)}
        articles = [self._article_line(entry) for entry in self.page_entries(place)]
        return Answer.json({"classify": counts, "articles": articles, "total": len(self.entries)}, self.newest)

    def _article_line(self, entry: Entry) -> dict[str, object]:
        title = entry.title
        if self.source.variant == "escaped":
            title = "".join(letter if letter.isascii() else f"%u{ord(letter):04X}" for letter in title)
        seconds = int(datetime.combine(entry.published, time(1, 5), UTC).timestamp())
        files = []
        if entry.shape in {"article_and_file", "cover_and_file"}:
            files = [{"id": self.ident(entry, 8), "name": f"{entry.title}.docx", "type": "docx", "mime": DOCX,
                      "url": f"{self.address}{self.file_of(entry)}"}]  # fmt: skip
        return {
            "id": self.ident(entry),
            "title": title,
            "document_number": "",
            "identifier": entry.report.index_number if entry.report else "",
            "publisher": entry.agency.name,
            "created_at": f"{entry.published:%Y-%m-%d} 09:05:00",
            "display_publish_time": seconds,
            "create_time": seconds,
            "url": f"{self.address}{self.path_of(entry)}",
            "post_url": f"{self.address}{self.path_of(entry)}",
            "attachment": files,
            "is_expired": False,
            "is_abolished": False,
        }

    def _configuration(self, **more: object) -> str:
        children = [
            {"id": ident, "name": name, "parent": 700, "children": [], "jump_url": "", "post_count": count}
            for ident, name, count in (
                (705, "政府信息公开指南", 1),
                (self._category, "政府信息公开年报", len(self.entries)),
            )
        ]
        top = {"id": 700, "name": "政府信息公开", "parent": 0, "children": children, "jump_url": "", "post_count": 0}
        tree = [top]
        config = {"SID": self._sid, "SERVICE_AREA_ID": 99, "ROOT": self._root, "TREE": tree, **more}
        text = json.dumps(config, ensure_ascii=False)
        for letter in "<>&":
            text = text.replace(letter, f"\\u{ord(letter):04X}")
        return f"<script>\nwindow._CONFIG = {text};\n</script>"

    def _shell(self) -> Answer:
        inside = (
            f'<div id="app" class="gkmlpt"></div>\n{self._configuration()}\n'
            f'<script src="{self._root}/assets/js/app.a81f03.js"></script>'
        )
        return self.list_page(inside, "政府信息公开目录")

    def article(self, entry: Entry) -> str:
        """The metadata table rendered, the body in _CONFIG.DETAIL; on the portal the body rendered too."""
        appendix = ""
        if entry.shape in {"article_and_file", "cover_and_file"}:
            appendix = f'<p><a href="{self.address}{self.file_of(entry)}">{escape(entry.title)}.docx</a></p>'
        content = f"{self.body(entry)}\n{appendix}"
        if self.source.variant == "portal":
            inside = f'<div class="article-content">{content}</div>'
        else:
            detail = {**self._article_line(entry), "title": entry.title, "content": content}
            show = "document.getElementById('app').innerHTML = window._CONFIG.DETAIL.content;"
            inside = f'<div id="app"></div>\n{self._configuration(DETAIL=detail)}\n<script>{show}</script>'
        whole = f"""{chrome.breadcrumb(self.site, ("政府信息公开", "政府信息公开年报"))}
<div class="classify">{chrome.metadata_table(entry)}</div>
<h1 class="title">{escape(entry.title)}</h1>
<div class="date">发布日期：{entry.published:%Y-%m-%d} 浏览次数：-</div>
{inside}"""
        return chrome.page(self.site, entry.title, whole, chrome.article_meta(entry))
