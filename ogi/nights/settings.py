"""The settings of a night: one TOML file, laid over the one that comes with the program."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ogi.errors import UserError

SHIPPED = Path(__file__).with_name("night.toml")
WHEN = ("alarm", "always")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Beyond which a night is alarming; what each one means stands in `night.toml`."""

    sources_in_trouble: float
    unreadable_documents: float
    silent_nights: int
    free_gigabytes: float
    hours: float


@dataclass(frozen=True, slots=True)
class Mail:
    """To whom a mail goes, and through which server."""

    to: list[str]
    sender: str
    host: str
    port: int
    starttls: bool
    user: str
    password_variable: str
    when: str


@dataclass(frozen=True, slots=True)
class Webhook:
    """Which address is told."""

    url: str
    when: str


@dataclass(frozen=True, slots=True)
class NightSettings:
    """All settings of a night."""

    thresholds: Thresholds
    backup: Path | None
    mail: Mail
    webhook: Webhook


def load(path: Path | None) -> NightSettings:
    """The settings in `path` over those shipped; only the shipped ones without a path.

    Raises UserError, naming the file and the setting, for what is no TOML, unknown, or of the wrong kind.
    """
    tables = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    if path is not None:
        _lay_over(tables, path)
    for table in ("mail", "webhook"):
        if tables[table]["when"] not in WHEN:
            raise UserError(f'{path}: {table}.when is "alarm" or "always", not "{tables[table]["when"]}".')
    directory = tables["backup"]["directory"]
    return NightSettings(
        Thresholds(**tables["thresholds"]),
        Path(directory) if directory else None,
        Mail(**tables["mail"]),
        Webhook(**tables["webhook"]),
    )


def _lay_over(tables: dict[str, dict[str, Any]], path: Path) -> None:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: not TOML, {error}.") from error
    for table, values in given.items():
        if table not in tables or not isinstance(values, dict):
            raise UserError(f"{path}: there is no table [{table}]; the tables are {', '.join(tables)}.")
        for name, value in values.items():
            if name not in tables[table]:
                raise UserError(f"{path}: {table}.{name} is no setting; there are {', '.join(tables[table])}.")
            shipped = tables[table][name]
            value = float(value) if isinstance(shipped, float) and type(value) is int else value
            if type(value) is not type(shipped) or (isinstance(value, list) and not all(map(_is_text, value))):
                raise UserError(f"{path}: {table}.{name} is {value!r}; it takes a value such as {shipped!r}.")
            tables[table][name] = value


def _is_text(value: object) -> bool:
    return isinstance(value, str)
