"""Checks the codes that index numbers (索引号) begin with, and tells which division registered the organ."""

from __future__ import annotations

import re

from parsers.identity.regions import Region, regions

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_OLD_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_CODE = re.compile(rf"(?<![0-9A-Z])1[1239]\d{{6}}[{_ALPHABET}]{{10}}(?![0-9A-Z])")


def credit_code(index_number: str) -> str | None:
    """Return the unified social credit code (GB 32100) of an organ that an index number begins with, if it is sound.

    Both its own check digit and that of the organisation code inside it (GB 11714) must be right.
    """
    found = _CREDIT_CODE.search(index_number.upper())
    if found is None:
        return None
    code = found[0]
    total = sum(_ALPHABET.index(character) * weight for character, weight in zip(code, _WEIGHTS, strict=False))
    sound = _ALPHABET[(31 - total % 31) % 31] == code[17] and is_organisation_code(code[8:17])
    return code if sound else None


def is_organisation_code(code: str) -> bool:
    """Return whether nine characters are an organisation code with the right check digit (GB 11714)."""
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return False
    total = sum(int(character, 36) * weight for character, weight in zip(code, _OLD_WEIGHTS, strict=False))
    return "0123456789X0"[11 - total % 11] == code[8]


def registrar(index_number: str) -> Region | None:
    """Return the division whose office registered the organ, None where the number tells none.

    The organ that publishes may be an institution of the author's: only the division can be taken from it.
    """
    code = credit_code(index_number)
    return regions().get(code[2:8]) if code else None
