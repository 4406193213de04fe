"""Rejected records: which ones the app does not hold for values that are missing or odd in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress

from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON
from harness.suite.checks.missing_values import (
    Explanation,
    UnusualValue,
    unheard_of,
    unusual_values,
)
from harness.suite.checks.reading import taken_up
from harness.suite.checks.unlisted import kept_out


def rejected(
    index: RecordingIndex, district: str, day: str, kind: Kind
) -> Mapping[str, Explanation]:
    """Record the app does not hold → the unusual values that explain why.

    All records with such a value that were delivered are missing, though the app holds others of
    the same answer and of the same role. Nor does it hold one of the common district, where more
    people have each value.
    """
    key = ("rejected", district, day, kind)
    return index.cached(key, lambda: _rejected(index, district, day, kind))


def among_many(index: RecordingIndex, district: str, day: str, kind: Kind, clever_id: str) -> bool:
    """Whether a record is missing with many others, and no value of its own explains why.

    Then it is one of those that something else kept out. Records of tables of unusual values are
    unusual by design, and miss together, unless no class names them and that is the reason.
    """
    explained = rejected(index, district, day, kind)
    key = ("refused", district, day, kind)
    refused = index.cached(key, lambda: frozenset(_refused(index, district, day, kind)))
    others = refused - explained.keys()
    unexplained = others - index.generated(district, day)
    many = clever_id in unexplained and len(unexplained) > _FEW
    return many or (clever_id in others and kept_out(index, district, day, kind, clever_id))


def _refused(index: RecordingIndex, district: str, day: str, kind: Kind) -> list[str]:
    """What was delivered and is not held, though the app holds others of the answer and sort."""
    sought = index.expectations.expected_ids(kind, index.roster(district, day))
    held = index.holdings(district, day).active_ids[kind]
    missing = [i for i in sought if i not in held]
    return [i for i in missing if taken_up(index, district, day, kind, i)]


def _rejected(
    index: RecordingIndex, district: str, day: str, kind: Kind
) -> Mapping[str, Explanation]:
    roster = index.roster(district, day)
    records, sought = roster.of(kind), index.expectations.expected_ids(kind, roster)
    held = index.holdings(district, day).active_ids[kind]
    refused = _refused(index, district, day, kind)
    missing = [i for i in refused if not kept_out(index, district, day, kind, i)]
    if not missing:
        return {}
    having: dict[UnusualValue, set[str]] = defaultdict(set)
    for clever_id in missing:
        accepted = _accepted_of(index, district, day, kind, clever_id)
        for unusual in unusual_values(kind, records[clever_id]):
            if unusual not in accepted:
                having[unusual].add(clever_id)
    for clever_id in sought:
        if clever_id in held and having:
            for unusual in unusual_values(kind, records[clever_id]):
                having.pop(unusual, None)
    for unusual in _accepted(index, kind) if district != COMMON and having else ():
        having.pop(unusual, None)
    having = _beyond_chance(having, len(missing), len(sought))
    explanations: dict[str, Explanation] = {}
    # what is unheard of before the rest, the commonest first, the widest before its forms
    for unusual in sorted(
        having, key=lambda t: (not unheard_of(t), -len(having[t]), t.form != "missing")
    ):
        ids = having[unusual]
        alike = tuple(t for t in having if t.form == unusual.form and having[t] == ids)
        explanations |= dict.fromkeys(sorted(ids - explanations.keys()), alike)
    if not explanations:
        return {}
    return explanations | _alone_in_their_answers(index, district, day, kind, explanations)


def _accepted_of(
    index: RecordingIndex, district: str, day: str, kind: Kind, clever_id: str
) -> frozenset[UnusualValue]:
    """The unusual values with which a record was in use when it last was, before the day."""
    for earlier in reversed(index.before(district, day)):
        with suppress(NotReachedError):
            if clever_id in index.holdings(district, earlier).active_ids[kind]:
                record = index.roster(district, earlier).of(kind).get(clever_id)
                return frozenset(unusual_values(kind, record) if record else ())
    return frozenset()


def _accepted(index: RecordingIndex, kind: Kind) -> frozenset[UnusualValue]:
    """The unusual values of records of the common district that the app holds at first."""

    def work() -> frozenset[UnusualValue]:
        for day in index.days_of(COMMON)[:1]:
            held = index.holdings(COMMON, day).active_ids[kind]
            records = index.roster(COMMON, day).of(kind)
            return frozenset(
                unusual
                for clever_id in held & records.keys()
                for unusual in unusual_values(kind, records[clever_id])
            )
        return frozenset()

    return index.cached(("accepted values", kind), work)


def _alone_in_their_answers(
    index: RecordingIndex,
    district: str,
    day: str,
    kind: Kind,
    explanations: Mapping[str, Explanation],
) -> dict[str, Explanation]:
    """Records with the same values that came in answers of which the app holds nobody."""
    roster = index.roster(district, day)
    held = index.holdings(district, day).active_ids[kind]
    alike = {unusual: each for each in explanations.values() for unusual in each}
    absent = {
        i
        for i in index.expectations.expected_ids(kind, roster)
        if i not in held | set(explanations)
    }
    explained: dict[str, Explanation] = {}
    for clever_id in sorted(absent & index.deliveries.delivered(district, day).keys()):
        values = unusual_values(kind, roster.of(kind)[clever_id])
        if unusual := next((each for each in values if each in alike), None):
            explained[clever_id] = alike[unusual]
    return explained


_FEW = 5
"""Others that are missing from which on a whole batch may be."""
_CHANCE = 0.02
"""The likelihood from which on all that have a value may be missing for another reason."""


def _beyond_chance(
    having: Mapping[UnusualValue, set[str]], missing: int, sought: int
) -> dict[UnusualValue, set[str]]:
    """The values that explain something, though others are missing who do not have them.

    Who is alone in having a value may be missing because a whole batch of records is.
    """

    def explains(unusual: UnusualValue, explained: int) -> bool:
        ids = having[unusual]
        others = missing - explained - len(ids)
        return others < _FEW or (others / sought) ** len(ids) <= _CHANCE

    strong = {unusual for unusual in having if explains(unusual, 0)}
    covered: set[str] = set().union(*(having[unusual] for unusual in strong))
    return {
        unusual: ids
        for unusual, ids in having.items()
        if unusual in strong or explains(unusual, len(covered - ids))
    }
