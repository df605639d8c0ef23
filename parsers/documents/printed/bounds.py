"""What the pages of no report draw: those beyond it are left out before they cost memory and time."""

from __future__ import annotations

from dataclasses import dataclass


class BeyondError(Exception):
    """What is drawn is beyond a bound: `whole` where it is the document's, else the page's."""

    def __init__(self, what: str, whole: bool) -> None:
        super().__init__(what)
        self.whole = whole


@dataclass(slots=True)
class Amount:
    """How much pages draw: characters, paths of lines and areas, bytes of drawing commands."""

    characters: int = 0
    paths: int = 0
    commands: int = 0


A_PAGE = Amount(40_000, 10_000, 1_000_000)
# The longest report known has 60,000 characters.
A_DOCUMENT = Amount(120_000, 40_000, 8_000_000)


def count(on_page: Amount, drawn: Amount, what: str, more: int) -> None:
    """Add to what a page, and the document with it, draw of something; raises BeyondError where that is too much."""
    for counted, most in ((on_page, A_PAGE), (drawn, A_DOCUMENT)):
        amount = getattr(counted, what) + more
        setattr(counted, what, amount)
        if amount > getattr(most, what):
            raise BeyondError(what, whole=counted is drawn)
