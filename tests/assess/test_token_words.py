"""The draft about district tokens says where the app has them from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rehearsing import recorded

from harness.assess.facts.requests import token_reading
from harness.assess.recording_index import RecordingIndex
from harness.contract.adapter import Capability
from harness.recording.recording import Entry, LoggedRequest


@pytest.mark.parametrize(
    ("during", "pasted", "words"),
    [
        ("sync", False, "reading each district's token from Clever"),
        ("sync", True, "reading each district's token from Clever"),
        ("renew_token", True, "with a token for each district that an operator enters"),
        ("connect", False, "reading each district's token from Clever"),
        ("", False, "with one token per district"),
    ],
)
def test_an_operator_enters_what_no_sync_reads(during: str, words: str, *, pasted: bool) -> None:
    recording = recorded("demo")

    def asked(entry: Entry) -> Entry | None:
        if not (isinstance(entry, LoggedRequest) and entry.path == "/oauth/tokens"):
            return entry
        return replace(entry, during=during) if during else None

    more = {Capability.NEW_TOKEN} if pasted else set()
    capabilities = {*recording.header.capabilities, *more}
    altered = replace(
        recording,
        header=replace(recording.header, capabilities=tuple(sorted(capabilities))),
        entries=tuple(entry for each in recording.entries if (entry := asked(each))),
    )

    assert token_reading(RecordingIndex(altered)) == words
