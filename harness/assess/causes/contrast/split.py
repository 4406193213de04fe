"""Split: how well a feature divides what is wrong from what is right, and whether by chance."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma

_MOST = 0.8
"""So much of what is wrong has the feature, and so much of what has the feature is wrong."""
_CHANCE = 0.001
"""So likely may a split be among all features that are tried, were they dealt at random."""
_CONTRAST = 5
"""So many right ones without the feature must be there, or it is everybody's."""


@dataclass(frozen=True, slots=True)
class Split:
    """The wrong and the right ones, and how many of each have a feature."""

    wrong_with: int
    wrong: int
    right_with: int
    right: int

    @property
    def coverage(self) -> float:
        """How much of what is wrong has the feature."""
        return self.wrong_with / self.wrong

    @property
    def precision(self) -> float:
        """How much of what has the feature is wrong."""
        return self.wrong_with / (self.wrong_with + self.right_with)

    @property
    def strength(self) -> float:
        """From 0 to 1: only what covers much and covers little else is strong."""
        if not self.wrong_with:
            return 0.0
        return 2 * self.coverage * self.precision / (self.coverage + self.precision)

    def tells(self, tried: int) -> bool:
        """Whether the feature sets the wrong ones apart, of so many features that are tried."""
        return (
            self.wrong_with > 0
            and self.coverage >= _MOST
            and self.precision >= _MOST
            and self.right - self.right_with >= _CONTRAST
            and self.chance() * tried < _CHANCE
        )

    def chance(self) -> float:
        """How likely so many of the wrong ones have the feature if it is dealt at random."""
        everything, having = self.wrong + self.right, self.wrong_with + self.right_with
        most = min(self.wrong, having)
        return min(
            1.0, sum(self._likely(n, everything, having) for n in range(self.wrong_with, most + 1))
        )

    def _likely(self, number: int, everything: int, having: int) -> float:
        if self.wrong - number > everything - having:
            return 0.0
        ways = _ways(having, number) + _ways(everything - having, self.wrong - number)
        return exp(ways - _ways(everything, self.wrong))


def _ways(of: int, number: int) -> float:
    """The logarithm of the number of ways to choose some of several."""
    return lgamma(of + 1) - lgamma(number + 1) - lgamma(of - number + 1)
