"""A request as a site sees it and the answer that it gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Request:
    """`path` and `query` as sent; `body` is the raw body of a POST."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""

    @property
    def target(self) -> str:
        """Path and query together."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the query and of a form body; the body wins."""
        sent = parse_qsl(self.query, keep_blank_values=True)
        return dict(sent + parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, media type and bytes; `modified` is the day that Last-Modified states, where the host sends it."""

    body: bytes
    content_type: str = "text/html"
    status: int = 200
    modified: date | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def page(cls, text: str, encoding: str = "utf-8", modified: date | None = None, status: int = 200) -> Answer:
        """An HTML page. A page in an old encoding leaves it to its own meta tag to say so."""
        kind = "text/html; charset=utf-8" if encoding == "utf-8" else "text/html"
        return cls(text.encode("gb18030" if encoding == "gb2312" else encoding), kind, status, modified)

    @classmethod
    def json(cls, value: object, modified: date | None = None) -> Answer:
        """A JSON document."""
        text = json.dumps(value, ensure_ascii=False)
        return cls(text.encode(), "application/json; charset=utf-8", modified=modified)

    @classmethod
    def xml(cls, text: str, modified: date | None = None) -> Answer:
        """An XML document."""
        return cls(text.encode(), "text/xml; charset=utf-8", modified=modified)
