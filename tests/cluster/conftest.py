"""The example municipality while it is served."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from clusters import Municipality

import demo


@pytest.fixture(scope="module")
def municipality(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Municipality]:
    registry = tmp_path_factory.mktemp("municipality") / "sources.csv"
    with demo.serve() as site:
        registry.write_text(demo.registry(site.port), encoding="utf-8")
        yield Municipality(site, registry)
