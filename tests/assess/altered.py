"""Altered years: what the demo recorded, as an app would have that shows something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import Snapshot
from harness.recording.recording import Entry, SnapshotTaken

Place = tuple[str, str]
"""District and day of a sync."""


def shown(index: RecordingIndex, look: Callable[[Place, Snapshot], Snapshot]) -> RecordingIndex:
    """The year of an app that shows what `look` makes of each of its snapshots."""

    def change(entry: Entry) -> Entry:
        if not isinstance(entry, SnapshotTaken):
            return entry
        return replace(entry, snapshot=look((entry.district, entry.day), entry.snapshot))

    entries = tuple(map(change, index.recording.entries))
    return RecordingIndex(replace(index.recording, entries=entries))
