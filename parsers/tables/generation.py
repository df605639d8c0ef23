"""Tells which generation of the official form the figures of a report belong to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from parsers.forms import forms


def detect_form(figures: Iterable[str]) -> str | None:
    """The form whose own indicators were found, judged by section two first; None where nothing tells.

    Requests and remedies are worded alike in both forms, but for 其他处理 (one row in 2019, three since 2021).
    """
    found = set(figures)
    own = {form.id: found & _own_indicators(form.id) for form in forms().values()}
    for kinds in (lambda name: not name.startswith("requests."), lambda name: name.startswith("requests.")):
        counts = sorted(((sum(map(kinds, names)), form) for form, names in own.items()), reverse=True)
        if counts[0][0] > counts[1][0]:
            return counts[0][1]
    return None


@cache
def _own_indicators(form_id: str) -> frozenset[str]:
    others = {i.id for form in forms().values() if form.id != form_id for i in form.indicators()}
    return frozenset(i.id for i in forms()[form_id].indicators()) - others
