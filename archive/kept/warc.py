"""Keeps responses as WARC/1.1 files that other tools can read, and finds them again."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import IO, Any, BinaryIO, Literal, NamedTuple, Protocol, Self
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.disk import sync
from archive.errors import ArchiveError
from archive.kept.mending import mend

SIZE_LIMIT = 1_000_000_000
BODY_LIMIT = 200_000_000
NOT_MODIFIED = 304
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/"

Headers = Sequence[tuple[bytes, bytes]]


class Place(NamedTuple):
    """Where a record begins: the name of its file within the WARC directory, and the offset in bytes."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A response kept before, to which a record of the same bytes refers. `fetched` is an ISO time in UTC."""

    url: str
    fetched: str
    place: Place


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and the response to it, as they went over the wire.

    `body` is the response's body as received: not decompressed, and without the chunks of its transfer. `fetched` is
    a time with a zone.
    """

    url: str
    fetched: datetime
    status: int
    headers: Headers
    body: bytes
    reason: str = ""
    method: str = "GET"
    request_headers: Headers = ()
    request_body: bytes = b""

    @property
    def sha256(self) -> str:
        """The digest of the body as received, as `snapshots.sha256` holds it."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class KeptResponse:
    """A response read back: `body` as it was received, `headers` with each byte as the character of that number."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), None)

    @property
    def content_type(self) -> str | None:
        """The response's Content-Type header."""
        return self.header("Content-Type")

    @property
    def content(self) -> bytes:
        """The body without its content encoding; as it is where that is none, or none that we can undo."""
        encoding = (self.header("Content-Encoding") or "").strip().lower()
        if encoding not in BufferedReader.get_supported_decompressors():
            return self.body
        content: bytes = BufferedReader(BytesIO(self.body), decomp_type=encoding).read(BODY_LIMIT)
        return content

    @property
    def document(self) -> tuple[bytes, str | None, str]:
        """What a reader is given of it: the content, the content type that the site said, the address."""
        return self.content, self.content_type, self.url


class _WireHeaders(StatusAndHeaders):  # type: ignore[misc]  # warcio carries no types
    """HTTP headers that are written byte for byte as they came, where warcio would quote what is not ASCII."""

    def __init__(self, first_line: str, headers: Headers) -> None:
        super().__init__(first_line, [], protocol="")
        lines = [_printable(first_line).encode("latin-1", "replace")]
        lines += [_one_line(name) + b": " + _one_line(value) for name, value in headers]
        self._wire = b"\r\n".join(lines) + b"\r\n\r\n"

    def to_ascii_bytes(self, filter_func: object = None) -> bytes:  # noqa: ARG002  # the signature is warcio's
        return self._wire


def _one_line(value: bytes) -> bytes:
    return re.sub(rb"[\r\n\x00]+", b" ", value).strip()


def _printable(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text)


def _safe_url(url: str) -> str:
    """The URL with white space, control characters and what is not ASCII quoted: a record's header is one line."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]|\\^`{}\"<>-._")


def _stored_headers(headers: Headers) -> Headers:
    # The body is kept without its transfer's chunks: a reader that believed the header would look for them.
    return [
        (b"X-Archive-Orig-Transfer-Encoding" if name.lower() == b"transfer-encoding" else name, value)
        for name, value in headers
    ]


def _digest(sha256: str) -> str:
    return "sha256:" + base64.b32encode(bytes.fromhex(sha256)).decode()


def _warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class WarcFile(Protocol):
    """A WARC file, wherever it lies; its text is what a user is told that it is called."""

    def open(self, mode: Literal["rb"], /) -> IO[bytes]:
        """The file, for reading at any offset. Raises OSError."""


class WarcDirectory(Protocol):
    """Where WARC files are found by their names: a directory, as a rule."""

    def __truediv__(self, name: str, /) -> WarcFile:
        """The file of that name."""


class WarcWriter:
    """Writes the exchanges of one run; a new file begins with each run and when `size_limit` bytes are passed.

    The files are called after the run, or after `series` where several processes write a run's files. `known` finds a
    response kept before by the SHA-256 of its body, so that the same bytes are kept once.
    A context manager. Used by one thread; another one may wait in `sync`.
    """

    def __init__(
        self,
        directory: Path,
        run_id: int,
        *,
        known: Callable[[str], Kept | None] | None = None,
        size_limit: int = SIZE_LIMIT,
        series: str | None = None,
    ) -> None:
        self._series = series or f"run{run_id:06d}"
        self._directory = directory
        self._run_id = run_id
        self._known = known
        self._size_limit = size_limit
        self._written: dict[str, Kept] = {}
        self._file: BinaryIO | None = None
        self._name = ""
        self._lock = Lock()
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(f"{directory}: cannot be made, {error.strerror}.") from error
        mend(directory)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def write(self, exchange: Exchange, unchanged: Kept | None = None) -> Place:
        """Writes a response and its request; returns where. What refers to the record has to wait for `sync`.

        `unchanged` is the response that the site's 304 confirms. A body that was kept before becomes a revisit record.
        Raises ArchiveError when the disk refuses.
        """
        sha256 = exchange.sha256
        original = None if exchange.status == NOT_MODIFIED else self._original(sha256, exchange.body)
        buffer = BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
        response = self._response(writer, exchange, sha256, unchanged, original)
        writer.write_request_response_pair(self._request(writer, exchange), response)
        place = self._append(buffer.getvalue())
        if exchange.body and original is None:
            self._written[sha256] = Kept(exchange.url, _warc_date(exchange.fetched), place)
        return place

    def sync(self) -> None:
        """Returns when every record written so far is on the disk. Raises ArchiveError when the disk refuses."""
        with self._lock:
            if self._file is None:
                return
            path, descriptor = self._directory / self._name, os.dup(self._file.fileno())
        try:
            os.fsync(descriptor)
        except OSError as error:
            raise _unwritable(path, error) from error
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Ends the file that is open, once it is on the disk. Raises ArchiveError when the disk refuses."""
        self.sync()
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _original(self, sha256: str, body: bytes) -> Kept | None:
        if not body:
            return None
        return self._written.get(sha256) or (self._known(sha256) if self._known else None)

    def _response(
        self, writer: WARCWriter, exchange: Exchange, sha256: str, unchanged: Kept | None, original: Kept | None
    ) -> Any:
        first_line = f"HTTP/1.1 {exchange.status} {exchange.reason}"
        http_headers = _WireHeaders(first_line, _stored_headers(exchange.headers))
        named = {"WARC-Date": _warc_date(exchange.fetched)}
        earlier = unchanged if exchange.status == NOT_MODIFIED else original
        if earlier is None:
            named["WARC-Payload-Digest"] = _digest(sha256)
            return writer.create_warc_record(
                _safe_url(exchange.url),
                "response",
                payload=BytesIO(exchange.body),
                length=len(exchange.body),
                http_headers=http_headers,
                warc_headers_dict=named,
            )
        if exchange.status == NOT_MODIFIED:
            named["WARC-Profile"] = _REVISIT + "server-not-modified"
        else:
            named["WARC-Profile"] = _REVISIT + "identical-payload-digest"
            named["WARC-Payload-Digest"] = _digest(sha256)
        named["WARC-Refers-To-Target-URI"] = _safe_url(earlier.url)
        named["WARC-Refers-To-Date"] = _printable(earlier.fetched)
        named["WARC-Refers-To-Filename"] = _printable(earlier.place.file)
        named["WARC-Refers-To-File-Offset"] = str(earlier.place.offset)
        return writer.create_warc_record(
            _safe_url(exchange.url), "revisit", http_headers=http_headers, warc_headers_dict=named
        )

    def _request(self, writer: WARCWriter, exchange: Exchange) -> Any:
        target = re.sub(r"^[a-z][a-z0-9+.-]*://[^/?#]*", "", _safe_url(exchange.url), flags=re.IGNORECASE) or "/"
        return writer.create_warc_record(
            _safe_url(exchange.url),
            "request",
            payload=BytesIO(exchange.request_body),
            length=len(exchange.request_body),
            http_headers=_WireHeaders(f"{exchange.method} {target.split('#')[0]} HTTP/1.1", exchange.request_headers),
        )

    def _append(self, data: bytes) -> Place:
        try:
            file = self._open_file()
            offset = file.tell()
            file.write(data)
            file.flush()
        except OSError as error:
            raise _unwritable(self._directory / self._name, error) from error
        return Place(self._name, offset)

    def _open_file(self) -> BinaryIO:
        if self._file is not None and self._file.tell() < self._size_limit:
            return self._file
        self.close()
        number = 0
        while self._file is None:
            number += 1
            self._name = f"{self._series}-{number:04d}.warc.gz"
            try:
                self._file = (self._directory / self._name).open("xb")
            except FileExistsError:
                continue
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._file.write(self._information())
        sync(self._directory)
        return self._file

    def _information(self) -> bytes:
        buffer = BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
        facts = {"software": "ogi-archive", "format": "WARC/1.1", "isPartOf": f"run {self._run_id}"}
        writer.write_record(writer.create_warcinfo_record(self._name, facts))
        return buffer.getvalue()


def _unwritable(path: Path, error: OSError) -> ArchiveError:
    return ArchiveError(f"{path}: cannot be written, {error.strerror}.")


def read_record(directory: WarcDirectory, file: str, offset: int) -> KeptResponse:
    """The response kept at a place; where that is a revisit record, with the body that it refers to.

    Raises ArchiveError when the file is not there, holds no response at that offset, or its digest differs.
    """
    record = _read(directory, file, offset)
    body, described = record.body, record
    if record.refers_to is not None:
        original = _read(directory, *record.refers_to)
        if original.refers_to is not None:
            raise ArchiveError(f"{directory / file}: the record at {offset} refers to one that has no body itself.")
        body = original.body
        described = original if record.status == NOT_MODIFIED else record
    if record.digest and record.digest != _digest(hashlib.sha256(body).hexdigest()):
        raise ArchiveError(f"{directory / file}: the record at {offset} is damaged, its digest differs.")
    return KeptResponse(record.url, described.status, described.headers, body)


class _Record(NamedTuple):
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    digest: str | None
    refers_to: Place | None


def _read(directory: WarcDirectory, file: str, offset: int) -> _Record:
    path = directory / file
    if Path(file).name != file:
        raise ArchiveError(f"{file}: not the name of a WARC file.")
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            record = next(iter(ArchiveIterator(stream, no_record_parse=True)), None)
            if record is None or record.rec_type not in {"response", "revisit"}:
                raise ArchiveError(f"{path}: holds no response at {offset}.")
            named = record.rec_headers.get_header
            block = record.raw_stream.read(BODY_LIMIT)
            if len(block) != int(named("Content-Length")):
                raise ArchiveError(f"{path}: the record at {offset} is cut short; see `ogi check`.")
            head, _, body = block.partition(b"\r\n\r\n")
            first_line, *lines = head.decode("latin-1").split("\r\n")
            refers_to = None
            if record.rec_type == "revisit":
                refers_to = Place(named("WARC-Refers-To-Filename"), int(named("WARC-Refers-To-File-Offset")))
            return _Record(
                url=named("WARC-Target-URI"),
                status=int(first_line.split()[1]),
                headers=tuple((name, value) for name, _, value in (line.partition(": ") for line in lines)),
                body=body,
                digest=named("WARC-Payload-Digest"),
                refers_to=refers_to,
            )
    except (OSError, ArchiveLoadFailed, EOFError, ValueError, IndexError, TypeError, zlib.error) as error:
        raise ArchiveError(f"{path}: the record at {offset} cannot be read; see `ogi check`.") from error
