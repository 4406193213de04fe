"""Deliveries: which records an answer held, as ranges of numbers.

The records of a district are numbered in the order their ids were first published, so a page of a
list is one short range on whatever day it was asked for, and both sides can count alike: whoever
records, and whoever reads the recording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from harness.district.data_model.roster import Roster
from harness.recording.rosters import KINDS


class RecordNumbers:
    """The numbers of every district's records; learns them from what is published."""

    def __init__(self) -> None:
        self._ids: dict[str, list[str]] = {}
        self._numbers: dict[str, dict[str, int]] = {}

    def learn(self, district: str, roster: Roster) -> None:
        """Number what this roster has and no earlier one of the district had, by ascending id."""
        ids = self._ids.setdefault(district, [])
        numbers = self._numbers.setdefault(district, {})
        published = chain.from_iterable(roster.of(kind) for kind in KINDS)
        for clever_id in sorted(clever_id for clever_id in published if clever_id not in numbers):
            numbers[clever_id] = len(ids)
            ids.append(clever_id)

    def pack(self, district: str, clever_ids: Iterable[str]) -> str:
        """These records as text: `0-99,104`; an id without a number stands as it is."""
        numbers = self._numbers.get(district, {})
        known = sorted(numbers[clever_id] for clever_id in clever_ids if clever_id in numbers)
        unknown = sorted(clever_id for clever_id in clever_ids if clever_id not in numbers)
        return ",".join(chain(_ranges(known), unknown))

    def unpack(self, district: str, packed: str) -> Iterator[str]:
        """The ids behind such a text; raises ValueError when it speaks of an unknown number."""
        ids = self._ids.get(district, [])
        for part in packed.split(",") if packed else ():
            if len(part) == _ID_LENGTH and "-" not in part:
                yield part
                continue
            first, _, last = part.partition("-")
            start, stop = int(first), int(last or first) + 1
            if stop > len(ids):
                raise ValueError(f"found record number {stop - 1} of {len(ids)}")
            yield from ids[start:stop]


_ID_LENGTH = 24
"""Hexadecimal digits of a Clever ID; no number has as many."""


def _ranges(numbers: list[int]) -> Iterator[str]:
    """Ascending numbers as runs: `[0, 1, 2, 5]` → `0-2`, `5`."""
    start = end = None
    for number in numbers:
        if end is not None and number == end + 1:
            end = number
            continue
        if end is not None:
            yield f"{start}-{end}" if end != start else f"{start}"
        start = end = number
    if end is not None:
        yield f"{start}-{end}" if end != start else f"{start}"
