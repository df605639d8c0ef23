"""Chance that falls the same way on every machine and in every Python version."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1


class Dice:
    """A splitmix64 generator seeded by any words; the same words give the same throws for ever."""

    def __init__(self, *seed: object) -> None:
        words = "|".join(str(part) for part in seed)
        self._state = int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big")

    def _throw(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)

    def below(self, end: int) -> int:
        """A whole number from 0 to `end` - 1; 0 where `end` is 1 or less."""
        return self._throw() % end if end > 1 else 0

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True in `percent` of a hundred throws."""
        return self.below(100) < percent

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]

    def index(self, weights: Sequence[int]) -> int:
        """A place in `weights`, each as likely as its weight."""
        mark = self.below(sum(weights))
        for place, weight in enumerate(weights):
            mark -= weight
            if mark < 0:
                return place
        return len(weights) - 1

    def share(self, total: int, weights: Sequence[int]) -> list[int]:
        """`total` things thrown one by one into boxes of these weights; how many lie in each."""
        boxes = [0] * len(weights)
        for _ in range(total):
            boxes[self.index(weights)] += 1
        return boxes
