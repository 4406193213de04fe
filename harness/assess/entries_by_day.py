"""Entries by day: what a recording holds of each district and day, and in the order of the year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from harness.contract.sync import Sync, SyncState
from harness.recording.recording import (
    AccountCreated,
    EditMade,
    Entry,
    Killed,
    LessonFinished,
    Published,
    Restarted,
    RunInterrupted,
    SnapshotTaken,
    Synced,
)


@dataclass(frozen=True, slots=True)
class Death:
    """An app that could not be asked any more and had to be started again."""

    moment: str
    """`before`, `during` or `after` the sync of the day."""
    words: str
    """The last ones."""
    for_good: bool
    """Whether it could not be started again."""


class EntriesByDay:
    """The entries of one attempt at the year, by district and day."""

    def __init__(self, attempt: Iterable[Entry]) -> None:
        self.published: dict[tuple[str, str], Published] = {}
        self.synced: dict[tuple[str, str], Synced] = {}
        self.snapshots: dict[tuple[str, str], list[SnapshotTaken]] = {}
        self.deaths: dict[tuple[str, str], Death] = {}
        self.kills: dict[tuple[str, str], Killed] = {}
        self.snapshots_taken: list[SnapshotTaken] = []
        self.lessons: list[LessonFinished] = []
        self.accounts: list[AccountCreated] = []
        self.edits: list[EditMade] = []
        self.interruptions: list[RunInterrupted] = []
        entries = tuple(attempt)
        # What an app holds that never asked Clever says nothing about how it syncs.
        unasked = any(isinstance(row, RunInterrupted) and row.asked_nothing for row in entries)
        for entry in entries:
            if not (unasked and isinstance(entry, (Synced, SnapshotTaken))):
                self._add(entry)

    def _add(self, entry: Entry) -> None:
        place = entry.district, entry.day
        match entry:
            case Published():
                self.published[place] = entry
            case Synced():
                self.synced[place] = entry
            case SnapshotTaken():
                self.snapshots.setdefault(place, []).append(entry)
                self.snapshots_taken.append(entry)
            case LessonFinished():
                self.lessons.append(entry)
            case AccountCreated():
                self.accounts.append(entry)
            case EditMade():
                self.edits.append(entry)
            case Restarted():
                self._died(entry)
            case Killed():
                self.kills[place] = entry
            case RunInterrupted():
                self.interruptions.append(entry)

    def _died(self, entry: Restarted) -> None:
        """Note when an app died; a sync it did not outlive until the snapshot after it failed."""
        place = entry.district, entry.day
        known = self.synced.get(place)
        snapshot_taken = any(taken.after == "sync" for taken in self.snapshots.get(place, ()))
        self.deaths[place] = died = _death(entry, known, snapshot_taken=snapshot_taken)
        if known and not snapshot_taken and died.moment == "after":
            ended = Sync(state=SyncState.FAILED, reason=entry.message)
            self.synced[place] = replace(known, sync=ended, approved=None)


def _death(entry: Restarted, known: Synced | None, *, snapshot_taken: bool) -> Death:
    """When an app died, by the sync of that day if it had ended, and by a snapshot after it."""
    moment, words = "after", entry.message
    if known is None:
        moment = "during" if entry.during in ("sync", "approve") else "before"
    elif not snapshot_taken and known.final.state in (SyncState.FAILED, SyncState.TIMED_OUT):
        moment, words = "during", known.final.reason
    return Death(moment, words, bool(entry.failed))
