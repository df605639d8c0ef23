"""The storage that all machines of a cluster share: a directory or a bucket, as fsspec addresses it.

warc/                           every WARC file of the archive
crawl/plan.json                 the crawl that is under way
crawl/RUN/SHARD/seed.db.gz      what is known of a shard's hosts and sources as the crawl begins
crawl/RUN/SHARD/owner           who crawls the shard
crawl/RUN/SHARD/*.jsonl.gz      what was collected, parcel by parcel
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal

import fsspec

from archive.errors import ArchiveError

_UNFINISHED = ".new"
# What is read at a time of a file far away: a record, as a rule.
_BLOCK = 1 << 18


class Storage:
    """A place for files by name, at `url` (a path, s3://bucket/prefix, or whatever else fsspec has a driver for).

    How to reach it (keys, an endpoint) is read from where the driver reads it: the environment, fsspec's own
    configuration. Every method raises ArchiveError where the storage fails.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        with self._errors():
            try:
                self._files, self._root = fsspec.url_to_fs(url, use_listings_cache=False)
            except (ValueError, ImportError) as error:
                raise ArchiveError(f"{url}: no storage that can be used here: {error}.") from error

    def __truediv__(self, name: str) -> Stored:
        """A file by its name, as `archive.kept.warc.read_record` asks for it."""
        return Stored(self, name)

    def put(self, file: Path, name: str) -> None:
        """Stores a file under a name; nobody sees it before it is whole."""
        with self._errors():
            self._files.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)
            self._files.put_file(str(file), self._path(name + _UNFINISHED))
            self._files.mv(self._path(name + _UNFINISHED), self._path(name))

    def write(self, name: str, content: bytes) -> None:
        """Stores bytes under a name; nobody sees them before they are whole."""
        with self._errors():
            self._files.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(self._path(name + _UNFINISHED), content)
            self._files.mv(self._path(name + _UNFINISHED), self._path(name))

    def get(self, name: str, file: Path) -> None:
        """Brings a stored file here, on the disk when this returns. A file that lies here already is left alone."""
        with self._errors():
            if not (file.exists() and file.stat().st_size == self._files.size(self._path(name))):
                file.parent.mkdir(parents=True, exist_ok=True)
                fresh = file.with_name(f".{file.name}{_UNFINISHED}")
                self._files.get_file(self._path(name), str(fresh))
                fresh.replace(file)
            with file.open("rb") as written:
                os.fsync(written.fileno())

    def read(self, name: str) -> bytes | None:
        """The bytes stored under a name; None where there is nothing."""
        with self._errors():
            try:
                content: bytes = self._files.cat_file(self._path(name))
            except FileNotFoundError:
                return None
            return content

    def open(self, name: str) -> IO[bytes]:
        """A stored file, for reading parts of it. Raises OSError, as a file does."""
        stream: IO[bytes] = self._files.open(self._path(name), "rb", block_size=_BLOCK)
        return stream

    def sizes(self, directory: str) -> dict[str, int]:
        """The names of the files below a directory, within it, in their order, with their sizes in bytes."""
        with self._errors():
            found = self._files.find(self._path(directory), detail=True)
        start = len(self._path(directory)) + 1
        return {path[start:]: said["size"] for path, said in sorted(found.items()) if not path.endswith(_UNFINISHED)}

    def remove(self, directory: str) -> None:
        """Removes a file, or a directory with all in it; nothing where there is none."""
        with self._errors():
            if self._files.exists(self._path(directory)):
                self._files.rm(self._path(directory), recursive=True)

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ArchiveError(f"{self.url}: the storage fails: {error.strerror or error}.") from error
        except Exception as error:
            # The drivers raise what their libraries do.
            if type(error).__module__.partition(".")[0] in {"botocore", "aiobotocore", "aiohttp"}:
                raise ArchiveError(f"{self.url}: the storage fails: {error}.") from error
            raise


class Stored:
    """A WARC file in the storage."""

    def __init__(self, storage: Storage, name: str) -> None:
        self._storage = storage
        self._name = f"warc/{name}"

    def __str__(self) -> str:
        return f"{self._storage.url}/{self._name}"

    def open(self, mode: Literal["rb"], /) -> IO[bytes]:  # noqa: ARG002  # there is no other
        """The file, for reading at any offset."""
        return self._storage.open(self._name)


def share_warc(storage: Storage, warc: Path) -> None:
    """Brings the WARC files of an archive that are not yet in the storage there."""
    there: dict[str, Any] = storage.sizes("warc")
    for file in sorted(warc.glob("*.warc.gz")):
        if there.get(file.name) != file.stat().st_size:
            storage.put(file, f"warc/{file.name}")
