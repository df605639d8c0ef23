"""Opening an Office file (a zip of XML) within bounds, whoever sent it.

The archive is read here and not by an Office library, because those follow every relationship on opening: one that
points at a missing picture or style sheet, as WPS leaves them, costs the whole document, and nothing bounds what
they unpack.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from parsers.model import UnreadableError

MEMBERS = 10_000
MEMBER_BYTES = 48 << 20  # of one XML part; the largest report seen has 2 MB
TOTAL_BYTES = 256 << 20
RATIO = 200  # of unpacked to packed bytes, where much is unpacked
RATIO_FROM_BYTES = 16 << 20
XML_PARTS = (".xml", ".rels")


class Package:
    """The members of an Office file. Raises `UnreadableError` for what is damaged, encrypted or a bomb."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as error:
            raise UnreadableError("damaged", f"The file is not a whole Office document ({error}).") from error
        members = self._zip.infolist()
        total = sum(member.file_size for member in members)
        if len(members) > MEMBERS or total > TOTAL_BYTES or (total > RATIO_FROM_BYTES and total > RATIO * len(data)):
            message = f"The file would unpack to {total >> 20} MB in {len(members)} parts, which no report needs."
            raise UnreadableError("bomb", message)
        if any(member.flag_bits & 1 for member in members):
            raise UnreadableError("encrypted", "The file is encrypted; ask the agency for one without a password.")
        self._members = {member.filename.lstrip("/"): member for member in members}

    def xml_names(self) -> Iterator[str]:
        """The names of the members that are XML."""
        return (name for name in self._members if name.endswith(XML_PARTS))

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a member, never more than its directory entry says."""
        member = self._members.get(name)
        if member is None:
            raise UnreadableError("damaged", f"The file has no part {name}.")
        if member.file_size > MEMBER_BYTES:
            message = f"Its part {name} unpacks to {member.file_size >> 20} MB, which no report needs."
            raise UnreadableError("bomb", message)
        try:
            return self._zip.read(member)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise UnreadableError("damaged", f"Its part {name} is damaged ({error}).") from error

    def xml(self, name: str) -> etree._Element:
        """The root of an XML member. Entities are not expanded and nothing is fetched."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            root = etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableError("damaged", f"Its part {name} is not well-formed XML ({error}).") from error
        if etree.ElementTree(root).docinfo.internalDTD is not None:
            raise UnreadableError("bomb", f"Its part {name} declares a document type, which Office files never do.")
        return root

    def xml_if_sound(self, name: str) -> etree._Element | None:
        """The root of a member that a document can do without, or none where it is missing or damaged."""
        try:
            return self.xml(name)
        except UnreadableError:
            return None

    def repacked(self) -> bytes:
        """The XML members in a new archive whose sizes are true, for libraries that believe the directory entries."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as new:
            for name in self.xml_names():
                new.writestr(name, self.read(name))
        return packed.getvalue()
