"""Rejected records: which ones the app does not hold for values that are missing or odd in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import (
    Kind,
)
from harness.suite.checks.missing_values import (
    Explanation,
    UnusualValue,
    unheard_of,
    unusual_values,
)
from harness.suite.checks.reading import taken_up


def rejected(
    index: RecordingIndex, district: str, day: str, kind: Kind
) -> Mapping[str, Explanation]:
    """Record the app does not hold → the unusual values that explain why.

    All records with such a value that were delivered are missing, though the app holds others of
    the same answer and of the same role.
    """
    key = ("rejected", district, day, kind)
    return index.cached(key, lambda: _rejected(index, district, day, kind))


def _rejected(
    index: RecordingIndex, district: str, day: str, kind: Kind
) -> Mapping[str, Explanation]:
    roster = index.roster(district, day)
    records, sought = roster.of(kind), index.expectations.expected_ids(kind, roster)
    held = index.holdings(district, day).active_ids[kind]
    missing = [i for i in sought if i not in held]
    missing = [i for i in missing if taken_up(index, district, day, kind, i)]
    if not missing:
        return {}
    having: dict[UnusualValue, set[str]] = defaultdict(set)
    for clever_id in missing:
        for unusual in unusual_values(kind, records[clever_id]):
            having[unusual].add(clever_id)
    for clever_id in sought:
        if clever_id in held and having:
            for unusual in unusual_values(kind, records[clever_id]):
                having.pop(unusual, None)
    explanations: dict[str, Explanation] = {}
    # what is unheard of before the rest, the commonest first, the widest before its forms
    for unusual in sorted(
        having, key=lambda t: (not unheard_of(t), -len(having[t]), t.form != "missing")
    ):
        ids = having[unusual]
        alike = tuple(t for t in having if t.form == unusual.form and having[t] == ids)
        explanations |= dict.fromkeys(sorted(ids - explanations.keys()), alike)
    return explanations
