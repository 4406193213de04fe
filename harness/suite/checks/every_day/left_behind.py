"""Left behind: whether a difference on the first calm day after a fault comes from the fault.

It does if it was there after a sync that could not read everything. What a sync that read all of
Clever did is a matter of the fault only if no calm day shows anything of its sort.
"""

from __future__ import annotations

from harness.assess.findings import Finding
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind
from harness.suite.checks.every_day.topics import Topic
from harness.suite.checks.every_day.values import Key, differences
from harness.suite.checks.lost_anyway import read_in_full
from harness.suite.checks.mirror import Mirror


def is_left_behind(index: RecordingIndex, key: Key, finding: Finding, since: str) -> bool:
    """Whether a difference shows after a sync that did not read everything, since a calm day.

    If the app cannot be looked at after the first of these syncs, it counts as left behind.
    """
    district, day = finding.district, finding.day
    between = [d for d in index.before(district, day) if d in index.after(district, since)]
    try:
        shown = [each for each in (*between, day) if _shows(index, key, finding, each)]
    except NotReachedError:
        return True
    return not shown or not read_in_full(index, district, shown[0])


def is_crowded_out(before: Mirror, now: Mirror, kind: Kind) -> bool:
    """Whether whoever is lost made room for others: as many are in use as before, and some of
    those that are shared lacked before already."""
    sought = before.index.expectations.expected_ids(kind, before.roster)
    then = before.holdings.active_ids[kind] & before.roster.of(kind).keys()
    in_use = now.holdings.active_ids[kind] & now.roster.of(kind).keys()
    return len(in_use) >= len(then) and any(clever_id not in then for clever_id in sought)


def _shows(index: RecordingIndex, key: Key, finding: Finding, day: str) -> bool:
    topic, _, clever_id = key
    mirror, kind = Mirror(index, finding.district, day, "sync"), Kind(finding.kind)
    in_use, shared = clever_id in mirror.holdings.active_ids[kind], mirror.roster.of(kind)
    if topic is Topic.IN_USE:
        return clever_id in shared and not in_use
    if topic is Topic.LEFT_OVER:
        return clever_id not in shared and in_use
    if clever_id not in shared:
        return False
    return any(key == other for other, _ in differences(mirror, {**_NOBODY, kind: [clever_id]}))


_NOBODY: dict[Kind, list[str]] = {kind: [] for kind in Kind}
