"""Snapshots: whether the app can be read, alike twice, and without asking Clever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from harness.adapters.loaded import LoadedAdapter
from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot
from harness.doctor.asking import Answered, Asking
from harness.doctor.diagnosis import Diagnosis, State
from harness.errors import AdapterError, SnapshotInvalid
from harness.prose import counted, few, joined

LISTS = (
    *("schools", "terms", "courses", "sections", "users"),
    *("progress", "local_users", "local_groups"),
)


def before_sync(
    adapter: LoadedAdapter, asking: Asking, connection: Connection
) -> Iterator[Diagnosis]:
    """What the app says of a district it has never synced: nothing, in the right shape."""
    tried = "snapshot before"
    try:
        answer = asking.ask("snapshot", lambda: adapter.snapshot(connection))
    except SnapshotInvalid as error:
        yield Diagnosis.of(tried, error)
        return
    except AdapterError as error:
        yield Diagnosis.of(tried, error, state=State.NOTE)
        return
    held = counted_rows(answer.value, LISTS[:5])
    if held:
        yield Diagnosis(
            tried=tried,
            came=f"before its first sync the district has {held}",
            do="Return what the app holds for `connection.district` alone.",
            state=State.WRONG,
        )
    else:
        yield Diagnosis(tried=tried, came="fits the schema, and is empty as it should be")


def after_sync(first: Answered[Snapshot], again: Answered[Snapshot]) -> Iterator[Diagnosis]:
    """What two snapshots show between which nothing happened."""
    yield Diagnosis(
        tried="snapshot",
        came=f"fits the schema: {counted_rows(first.value) or 'it is empty'}",
    )
    if changed := _changed(first.value, again.value):
        yield Diagnosis(
            tried="snapshot again",
            came=f"differs from the one right before it: {joined(changed)}",
            do="Return stored values only: no new IDs, no rows that come and go.",
            state=State.WRONG,
        )
    else:
        yield Diagnosis(tried="snapshot again", came="is the same as right before")
    asked = [row.path for answer in (first, again) for row in answer.exchanges]
    if asked:
        yield Diagnosis(
            tried="snapshot source",
            came=f"the app asked Clever meanwhile: {few(list(dict.fromkeys(asked)))}",
            do="Answer from what the app has stored, never from Clever.",
            state=State.WRONG,
        )


def counted_rows(snapshot: Snapshot, lists: Sequence[str] = LISTS) -> str:
    """What is in a snapshot, in words; "" for nothing."""
    return joined(
        [
            f"{len(rows):,} {name.replace('_', ' ')}"
            for name in lists
            if (rows := getattr(snapshot, name))
        ]
    )


def _changed(first: Snapshot, again: Snapshot) -> list[str]:
    """The lists that differ, with how; their order says nothing."""
    changed = []
    for name in LISTS:
        before = Counter(map(repr, getattr(first, name)))
        after = Counter(map(repr, getattr(again, name)))
        if before != after:
            rows = max((before - after).total(), (after - before).total())
            changed.append(f"{counted(rows, 'row')} of {name}")
    return changed
