"""Full reads: which syncs read every list of the app from Clever again, and which did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from harness.assess.lists_read import ListRead, lists_read
from harness.assess.recording_index import RecordingIndex
from harness.contract.sync import SyncState

Place = tuple[str, str]
"""District and day."""
_Reach = tuple[str, str]
"""A list, and whether it was read from its beginning or to its end."""


@dataclass(frozen=True, slots=True)
class FullReads:
    """Of the syncs that completed and that Clever answered in full, how many read every list."""

    answered: int
    full: int

    @property
    def every_time(self) -> bool:
        return 0 < self.full == self.answered


def synced_places(index: RecordingIndex) -> list[Place]:
    """Every district and day with a sync, in the order of the year."""
    return [
        (district, day)
        for district in index.districts
        for day in index.days_of(district)
        if index.has_synced(district, day)
    ]


def full_reads(index: RecordingIndex, places: Iterable[Place]) -> FullReads:
    """How many of the syncs of these places read the lists that most of them read.

    Lists within a record are left out: a district without classes has none of their members.
    """
    reached = [reach for place in places if (reach := _reached(index, place))]
    times = Counter(part for reach in reached for part in reach)
    usual = {part for part, number in times.items() if 2 * number > len(reached)}
    return FullReads(len(reached), sum(usual <= reach for reach in reached) if usual else 0)


def _reached(index: RecordingIndex, place: Place) -> frozenset[_Reach]:
    """How far each list was read; nothing if the sync or one of Clever's answers failed."""
    if index.synced(*place).final.state is not SyncState.COMPLETED:
        return frozenset()
    requests = index.traffic.in_sync.get(place, ())
    lists = [each for each in lists_read(requests) if each.name.kind]
    if any(each.failure for each in lists):
        return frozenset()
    return frozenset(part for each in lists if each.name.whole for part in _reach_of(each))


def _reach_of(read: ListRead) -> Iterable[_Reach]:
    if read.pages and read.pages[0].first == 0:
        yield str(read.name), "beginning"
    if read.pages and read.pages[-1].first + read.pages[-1].records >= read.listed:
        yield str(read.name), "end"
