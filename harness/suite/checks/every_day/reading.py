"""Reading: whether a record that is not as Clever has it reached the app at all.

What a first sync leaves unread, such as every page but the first, is reported of that sync; later
days say nothing new about the records there.
"""

from __future__ import annotations

from collections.abc import Collection

from harness.assess.recording_index import RecordingIndex
from harness.contract.sync import Mode
from harness.district.data_model.records import Kind


def reached(
    index: RecordingIndex, district: str, day: str, kind: Kind, ids: Collection[str]
) -> frozenset[str]:
    """Those of these records that are not among what the app leaves unread in every sync.

    None of them in a recording that does not say what was delivered.
    """
    first = index.days_of(district)[0]
    expected = index.expectations.expected_ids(kind, index.roster(district, first))
    if index.holdings(district, first, "sync").active_ids[kind].issuperset(expected):
        return frozenset(ids)  # it left nothing unread
    if not index.deliveries_known:
        return frozenset()
    if index.recording.header.mode is Mode.FULL:
        key = ("delivered on", district, day)
        delivered = index.cached(key, lambda: index.deliveries.delivered_on(district, day))
        return delivered.intersection(ids)
    return frozenset(index.deliveries.delivered(district, day).keys() & ids)
