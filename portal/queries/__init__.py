"""Every SQL query of the portal, a module a page, where a test can explain it."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules


def every() -> dict[str, str]:
    """Every query that a page asks, by "module.NAME"; its parameters are named, and a name means one thing in all."""
    found: dict[str, str] = {}
    for module in iter_modules(__path__):
        held = vars(import_module(f"{__name__}.{module.name}"))
        found |= {
            f"{module.name}.{name}": sql
            for name, sql in held.items()
            if name.isupper() and not name.startswith("_") and isinstance(sql, str)
        }
    return found
