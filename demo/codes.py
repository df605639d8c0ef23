"""Codes as Chinese sites print them: unified social credit codes, index numbers, digests for addresses."""

from __future__ import annotations

import hashlib

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def digest(*words: object) -> str:
    """32 hexadecimal digits made of the words, as sites use them in addresses."""
    return hashlib.sha256("|".join(str(word) for word in words).encode()).hexdigest()[:32]


def number(*words: object, digits: int = 7) -> int:
    """A number of exactly `digits` digits made of the words."""
    low = int(10 ** (digits - 1))
    return low + int(digest(*words), 16) % (9 * low)


def organisation_code(*words: object) -> str:
    """A nine-place organisation code with its check digit (GB 11714)."""
    body = f"0{number(*words, digits=7)}"
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(_ORG_WEIGHTS, body, strict=True)) % 11
    return body + ("X" if rest == 10 else str(rest % 11))


def credit_code(region_code: str, organisation: str) -> str:
    """The unified social credit code of an organ (11…) registered in that region, with its check digit (GB 32100)."""
    body = f"11{region_code}{organisation}"
    total = sum(weight * _USCC_ALPHABET.index(letter) for weight, letter in zip(_USCC_WEIGHTS, body, strict=True))
    return body + _USCC_ALPHABET[(31 - total % 31) % 31]
