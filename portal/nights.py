"""The report of a night as one HTML file that needs nothing beside it, in the look of the portal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from portal import shown
from portal.naming import named
from portal.reasons import reason
from portal.words import LANGUAGES, Speaker

ROOM = Path(__file__).parent


def night_file(night: Mapping[str, Any], tongue: str = LANGUAGES[0]) -> str:
    """The report that `ogi nightly` made (its JSON values), as HTML; every text in it is escaped."""
    environment = Environment(loader=FileSystemLoader(ROOM / "templates"), autoescape=True)
    environment.filters["number"] = shown.number
    environment.filters["moment"] = shown.moment
    environment.globals["reason"] = reason
    environment.globals["named"] = named
    look = (ROOM / "static" / "portal.css").read_text(encoding="utf-8")
    return environment.get_template("night_file.html").render(night=night, t=Speaker(tongue), look=look)
