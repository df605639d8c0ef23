"""Tells which generation of the official form the figures of a report belong to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from parsers.forms import forms


def detect_form(figures: Iterable[str]) -> str | None:
    """The form whose cells were found, judged by section two first; None where nothing tells it from another.

    Requests and remedies are worded alike in both forms, but for 其他处理 (one row in 2019, three since 2021).
    """
    found = set(figures)
    requests = {name for name in found if name.startswith("requests.")}
    for told in (found - requests, requests):
        for form in forms():
            if told and all(_speak_for(told, form, other) for other in forms() if other != form):
                return form
    return None


def form_in_force(figures: Iterable[str], year: int | None) -> str | None:
    """The form that was in force for a year, where it has all the cells that were found; None where they are of another
    form, or none were found."""
    found = set(figures)
    for name, form in forms().items():
        in_force = year is not None and form.since <= year <= (form.until or year)
        if in_force and found and found <= _cells(name):
            return name
    return None


def _speak_for(told: set[str], form: str, other: str) -> bool:
    """Whether more cells are the form's alone than the other's; of a form that only adds cells, one has to be there."""
    ours, theirs = len(told & _alone(form, other)), len(told & _alone(other, form))
    return ours > theirs or (ours == theirs and not _alone(form, other))


@cache
def _alone(form: str, other: str) -> frozenset[str]:
    """The cells of a form that another has not."""
    return _cells(form) - _cells(other)


@cache
def _cells(form: str) -> frozenset[str]:
    """The cells of a form."""
    return frozenset(each.id for each in forms()[form].indicators())
