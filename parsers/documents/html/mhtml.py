"""Reads a page that Word or a browser saved with its pictures in one file (.mht, or such a file named .doc)."""

from __future__ import annotations

import email
from email import policy

from parsers.documents import html
from parsers.model import Document, UnreadableError


def read(data: bytes) -> Document:
    """Read the first page among the parts of the file.

    Raises UnreadableError where there is none, or what the page has wrong.
    """
    message = email.message_from_bytes(data.lstrip(), policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return html.read(content, str(part.get("Content-Type", "")))
    raise UnreadableError("damaged", "The file is an archive of a page, and holds no page.")
