"""The portal on a published archive of the example reports."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from kept_examples import KeptExample, keep_documents
from portal_examples import Get, example_reports, publish_reports

from portal.edition import datasette


@pytest.fixture(scope="session")
def archive_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published archive of the example reports."""
    return publish_reports(tmp_path_factory.mktemp("portal") / "archive.db", example_reports())


@pytest.fixture(scope="session")
def get(archive_db: Path) -> Iterator[Get]:
    """Fetches a page from the portal's real Datasette, in this process."""
    shown = datasette(archive_db)
    with asyncio.Runner() as runner:

        def fetch(path: str, method: str = "get", **more: object) -> httpx.Response:
            return runner.run(shown.client._request(method, path, **more))

        yield fetch


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, KeptExample]]:
    """A published archive with its kept files, and its reports by the ending of their file."""
    db = tmp_path_factory.mktemp("kept") / "archive.db"
    return db, keep_documents(db)
