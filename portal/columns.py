"""What the columns of every table are called, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from portal.catalogue import dictionary
from portal.words import LANGUAGES

# Tables of the form itself, whose columns are those of the form.
STATUTORY = ("requests", "remedies")

Columns = Mapping[str, Mapping[str, str]]


def columns_by_language(described: Columns, labels: Iterable[Any]) -> Mapping[str, Columns]:
    """The columns of every table with what they are called: by language, then table.

    `described` are the Chinese ones, in their order; `labels` the rows of `queries.dictionary.LABELS`. A column for
    which a language has no word is called as in Chinese.
    """
    statutory = _statutory(labels)
    found: dict[str, Columns] = {LANGUAGES[0]: described}
    for tongue in LANGUAGES[1:]:
        known = dictionary(tongue)
        found[tongue] = {
            table: {
                name: known["tables"].get(table, {}).get("columns", {}).get(name)
                or statutory.get((table, name))
                or known["columns"].get(name)
                or text
                for name, text in columns.items()
            }
            for table, columns in described.items()
        }
    return found


def _statutory(labels: Iterable[Any]) -> dict[tuple[str, str], str]:
    """What the columns that hold statutory figures are called in English, by table and column."""
    found: dict[tuple[str, str], str] = {}
    for row in labels:
        if row["table"] in STATUTORY:
            found.setdefault((row["table"], row["column"]), row["label_en"].split(" / ")[-1])
        found.setdefault(("figures_wide", row["id"].replace(".", "_")), row["label_en"])
    return found
