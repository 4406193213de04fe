"""Between syncs: what Clever shared before a sync and then, and what the app had in use before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind
from harness.district.data_model.roster import Roster


@dataclass(frozen=True, slots=True)
class Step:
    """From one sync of a district to the next."""

    district: str
    day: str
    """That of the later sync."""
    then: Roster
    now: Roster
    held: frozenset[str]
    """The Clever IDs of a kind that the app had in use after the earlier sync."""


def steps(index: RecordingIndex, kind: Kind) -> Iterator[Step]:
    """Every step of every district whose two sides the app shows."""
    for district in index.districts:
        for earlier, day in pairwise(index.days_of(district)):
            try:
                held = index.holdings(district, earlier).active_ids[kind]
                index.holdings(district, day)
            except NotReachedError:
                continue
            then, now = index.roster(district, earlier), index.roster(district, day)
            yield Step(district, day, then, now, held)
