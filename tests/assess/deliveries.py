"""A recording made by hand, whose requests say what their answers carried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from suite.year_of_trouble import index as index_of

from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Sync, SyncState
from harness.district.data_model.roster import Roster
from harness.plan.plan import COMMON
from harness.recording.deliveries import RecordNumbers
from harness.recording.recording import Entry, LoggedRequest, Published, SnapshotTaken, Synced


@dataclass
class Year:
    """Days of one district, each with what was shared and the answers to an app that holds none."""

    entries: list[Entry] = field(default_factory=list)
    numbers: RecordNumbers = field(default_factory=RecordNumbers)

    def day(
        self, name: str, shared: Roster, *requests: LoggedRequest, held: Snapshot | None = None
    ) -> Year:
        self.numbers.learn(COMMON, shared)
        self.entries += [
            Published(district=COMMON, day=name, roster=shared, cast={}, at="2026-08-20T00:00:00Z"),
            *(
                replace(one, day=name, delivered=self.numbers.pack(COMMON, one.delivered.split()))
                for one in requests
            ),
            Synced(district=COMMON, day=name, sync=Sync(state=SyncState.COMPLETED), seconds=1.0),
            SnapshotTaken(district=COMMON, day=name, after="sync", snapshot=held or Snapshot()),
        ]
        return self

    @property
    def index(self) -> RecordingIndex:
        return index_of(*self.entries)


def asked(path: str, query: str = "", *, status: int = 404) -> LoggedRequest:
    """A request that got no good answer."""
    return answer(path, (), query=query, status=status, listed=None)


def answer(
    path: str,
    ids: Sequence[str],
    *,
    query: str = "limit=100",
    first: int = 0,
    listed: int | None = 0,
    status: int = 200,
) -> LoggedRequest:
    """A request and the records its answer carried; the rest of the list is only counted."""
    return LoggedRequest(
        district=COMMON,
        day="",
        during="sync",
        method="GET",
        path=path,
        query=query,
        status=status,
        records=len(ids),
        size=10,
        started=0.0,
        seconds=0.01,
        delivered=" ".join(ids),
        first=first,
        listed=len(ids) if listed == 0 else listed,
    )
