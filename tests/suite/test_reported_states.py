"""A list that failed and was read whole in another way was read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rehearsing import recorded

from harness.assess.recording_index import RecordingIndex
from harness.plan.plan import COMMON, Day
from harness.recording.recording import Entry, LoggedRequest
from harness.suite.checks import reported_states


@pytest.mark.parametrize(
    ("path", "query", "unread"),
    [
        ("terms", "limit=1&count=true", False),
        ("users", "limit=7", False),
        ("sections/5a1/users", "limit=7", True),
        ("contacts", "limit=7", True),
    ],
)
def test_what_failed_was_read_if_its_list_was_read_in_another_way(
    path: str, query: str, *, unread: bool
) -> None:
    recording = recorded("demo")

    def also(entry: Entry) -> tuple[Entry, ...]:
        on = isinstance(entry, LoggedRequest) and (entry.district, entry.day) == (
            COMMON,
            Day.MIDYEAR,
        )
        if not (on and isinstance(entry, LoggedRequest) and entry.path.endswith("/terms")):
            return (entry,)
        version = entry.path.rpartition("/")[0]
        failed = replace(
            entry, path=f"{version}/{path}", query=query, status=500, fault="list-fails"
        )
        return failed, entry

    entries = tuple(each for entry in recording.entries for each in also(entry))
    index = RecordingIndex(replace(recording, entries=entries))

    found = reported_states.says_so(index, COMMON, (Day.MIDYEAR,))

    assert (found.examined, len(found.findings)) == ((1, 1) if unread else (0, 0))
