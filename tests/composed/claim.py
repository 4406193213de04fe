"""A claim: one breach of the text of a requirement, on one day on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from composed.model import PaperDay


@dataclass(frozen=True, slots=True)
class Claim:
    """One breach, or what could be taken for one."""

    day: PaperDay
    what: str
    open: bool = False
    """Whether the texts let another requirement own it."""

    def __str__(self) -> str:
        return f"{self.day.day.district} {self.day.day.day}: {self.what}"


Claims = Iterator[Claim]
Days = Sequence[PaperDay]


def calm(days: Days) -> Iterator[PaperDay]:
    """The days on which Clever answers well."""
    return (day for day in days if day.calm)
