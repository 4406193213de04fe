"""Delivery: the records that an answer carries whole, for the traffic log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Delivery:
    """A part of a list, or a record by itself; the ids are looked up when somebody asks."""

    ids: Callable[[int, int], Sequence[str]]
    """The ids of the records at the places start to stop of the list."""
    start: int
    stop: int
    total: int | None = None
    """How many records the list has; None for a record by itself."""
    lost: bool = False
    """Whether the connection ended before the answer was written."""

    @classmethod
    def of_one(cls, clever_id: str) -> Delivery:
        """A record that was asked for by its own path."""
        return cls(lambda _start, _stop: (clever_id,), 0, 1)

    @property
    def clever_ids(self) -> tuple[str, ...]:
        """The Clever ids of the records, in the order of the answer; none if it was lost."""
        return () if self.lost else tuple(self.ids(self.start, self.stop))
