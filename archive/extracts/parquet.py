"""Extracts as Parquet, a few rows at a time; needs the extra `extract` (pyarrow)."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from sqlite_utils import Database

from archive.extracts.tables import Extract, column_types

_ROWS_AT_ONCE = 50_000
AVAILABLE = find_spec("pyarrow") is not None


def write_parquet(db: Database, extract: Extract, path: Path) -> int:
    """Writes an extract; returns its rows. Dates are dates, codes are text, what is blank is null."""
    import pyarrow
    import pyarrow.parquet

    kinds = {"integer": pyarrow.int64(), "number": pyarrow.float64(), "date": pyarrow.date32()}
    types = column_types(db, extract)
    schema = pyarrow.schema([(name, kinds.get(kind, pyarrow.string())) for name, kind in types.items()])
    coming, rows = extract.read(db), 0
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(coming, _ROWS_AT_ONCE)):
            columns = []
            for column, field in zip(zip(*batch, strict=True), schema, strict=True):
                plain = pyarrow.string() if pyarrow.types.is_date(field.type) else field.type
                columns.append(pyarrow.array(column, type=plain).cast(field.type))
            writer.write_batch(pyarrow.record_batch(columns, schema=schema))
            rows += len(batch)
    return rows
