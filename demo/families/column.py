"""What all families share: a column of documents that answers requests for its lists, articles and files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date

from demo import chrome
from demo.codes import number
from demo.columns import Entry
from demo.documents import docx, html
from demo.exchange import DOCX, Answer, Request
from demo.narrative import Block, Line
from demo.sources import Site, Source


class Column(ABC):
    """A column of a site. `address` is its origin with the port, for families that print whole addresses."""

    def __init__(self, site: Site, source: Source, entries: tuple[Entry, ...], port: int) -> None:
        self.site = site
        self.source = source
        self.entries = entries
        self.address = f"http://{source.host}:{port}"
        self._articles = {self.path_of(entry): entry for entry in entries}
        self._files = {self.file_of(entry): entry for entry in entries if entry.shape != "article"}

    @abstractmethod
    def path_of(self, entry: Entry) -> str:
        """The path (and query) of an entry's article, or of its file where the list leads straight to it."""

    @abstractmethod
    def file_of(self, entry: Entry) -> str:
        """The path (and query) of the Word file that belongs to an entry."""

    @abstractmethod
    def listing(self, request: Request) -> Answer | None:
        """The answer where the request is for a list page or for list data."""

    @abstractmethod
    def article(self, entry: Entry) -> str:
        """The whole page of an article."""

    def answer(self, request: Request) -> Answer | None:
        """The answer to any request for something of this column; None for what is not its own."""
        for known in (request.target, request.path):
            if known in self._files:
                entry = self._files[known]
                return Answer(docx.document(entry.title, entry.blocks), DOCX, modified=entry.modified)
            if known in self._articles:
                entry = self._articles[known]
                return Answer.page(self.article(entry), self.site.encoding, entry.modified)
        return self.listing(request)

    @property
    def newest(self) -> date:
        """The day of the last change in the column."""
        return max(entry.modified for entry in self.entries) if self.entries else date(2021, 1, 4)

    @property
    def page_count(self) -> int:
        """How many list pages there are; an empty column has one."""
        return max(1, -(-len(self.entries) // self.source.per_page))

    def page_entries(self, place: int) -> tuple[Entry, ...]:
        """The entries of a list page, counted from 0."""
        size = self.source.per_page
        return self.entries[place * size : (place + 1) * size]

    def ident(self, entry: Entry, digits: int = 7) -> int:
        """The number that the site's software gave an entry."""
        return number(self.source.id, entry.key, digits=digits)

    def body(self, entry: Entry) -> str:
        """The inside of an article: its text, or a cover that points to the file."""
        blocks: tuple[Block, ...] = entry.blocks
        if entry.shape == "cover_and_file":
            blocks = (Line(f"现将《{entry.title}》予以公布，全文见附件。"),)
        layout = entry.agency.look.layout if entry.report else "clean"
        drawn = html.body(blocks, layout, entry.key)
        return drawn.replace("text-indent:2em", "text-indent:32px") if entry.cosmetic else drawn

    def cut_title(self, entry: Entry, length: int = 22) -> str:
        """The link text as lists print it: long titles end in …"""
        return entry.title if len(entry.title) <= length else f"{entry.title[: length - 1]}…"

    def list_page(self, inside: str, title: str = "政府信息公开年报") -> Answer:
        """A list page in the site's frame."""
        meta = f'<meta name="ColumnName" content="{title}">\n<meta name="ColumnType" content="信息公开年报">'
        return Answer.page(chrome.page(self.site, title, inside, meta), self.site.encoding, self.newest)
