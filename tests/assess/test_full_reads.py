"""A sync that completed without a list, or not from its beginning, was no full one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from rehearsing import recorded

from harness.assess.facts.full_reads import full_reads, synced_places
from harness.assess.facts.requests import update_style
from harness.assess.facts.syncs import full_syncs
from harness.assess.recording_index import RecordingIndex
from harness.plan.plan import COMMON, Day
from harness.recording.recording import LoggedRequest


def without(left_out: Callable[[LoggedRequest], bool]) -> RecordingIndex:
    """The demo, if it had not made some of its requests on a calm day."""
    recording = recorded("demo")
    entries = tuple(
        entry
        for entry in recording.entries
        if not (
            isinstance(entry, LoggedRequest)
            and (entry.district, entry.day) == (COMMON, Day.QUIET)
            and left_out(entry)
        )
    )
    return RecordingIndex(replace(recording, entries=entries))


def test_every_sync_of_the_demo_is_a_full_one() -> None:
    index = RecordingIndex(recorded("demo"))
    reads = full_reads(index, synced_places(index))

    assert reads.every_time
    assert reads.full < len(synced_places(index))  # Clever does not answer all of them in full
    assert f"each of the {reads.full} completed syncs" in full_syncs(index)
    assert update_style(index).endswith("reads from Clever again every time.")


@pytest.mark.parametrize(
    "left_out",
    [
        lambda request: request.path.endswith("/schools"),
        lambda request: request.path.endswith("/users") and request.first == 0,
        lambda request: request.path.endswith("/users") and request.first > 0,
    ],
    ids=["a list", "its beginning", "its end"],
)
def test_one_sync_that_leaves_something_out_denies_that_every_sync_is_a_full_one(
    left_out: Callable[[LoggedRequest], bool],
) -> None:
    index = without(left_out)
    reads = full_reads(index, synced_places(index))

    assert reads.full == reads.answered - 1
    assert full_syncs(index).startswith("A sync can be started on demand.")
    assert f"{reads.full} of the {reads.answered} completed syncs" in full_syncs(index)
    assert update_style(index) == "With a batched sync."
