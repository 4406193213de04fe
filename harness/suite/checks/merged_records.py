"""Merged records: which ones the app holds as another record, with a value in common."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from harness.assess.findings import Finding, FindingKind
from harness.assess.identifying_values import IDENTIFYING_VALUES, IdentifyingValue
from harness.assess.recording_index import KINDS, RecordingIndex, RecordRef
from harness.assess.scope import kinds_in
from harness.assess.shared_values import pairs_sharing
from harness.district.data_model.records import Kind, Record, roles_of
from harness.plan.day_names import on
from harness.suite.checks import takeovers
from harness.suite.checks.every_day.days import calm_days
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.reading import taken_up
from harness.suite.checks.rejected_records import rejected
from harness.suite.checks.sentences import NOUNS, short
from harness.suite.checks.sorts import of_missing_sorts, sorts_of


def _exact_number(record: Record) -> list[str]:
    roles = roles_of(record).values()  # type: ignore[arg-type]
    numbers = (role.get(key) for role in roles for key in ("sis_id", "staff_id"))
    return [str(number) for number in numbers if number]


_WEAK = ("created", "school", "grades", "username")
"""What records share by chance, and what an app may want to be unique without looking it up."""
_ODD = 10
"""Times as likely to be left out as others of their sort: who shares a value is often odd else."""
_CHANCE = 0.05
"""The likelihood from which on all who share a value may have been left out for another reason."""
_VALUES: Sequence[IdentifyingValue] = (
    *(value for value in IDENTIFYING_VALUES if value.name not in _WEAK),
    IdentifyingValue("exact number", "number", Kind.USERS, _exact_number),
)


@dataclass(frozen=True, slots=True)
class _Twin:
    """The record as which another is held, and the value they have in common."""

    clever_id: str
    value: IdentifyingValue


def merged(index: RecordingIndex, district: str, day: str, kind: Kind) -> Mapping[str, Finding]:
    """Record the app does not hold → the finding that it is one with another there.

    Either it took over the record of another in another district; or it is inferred, as follows.
    It has no row, not even an archived one. It was delivered, and shares a value with a record
    that is held; of the pairs of the same roles that share this value the app holds hardly ever
    both; and what else keeps such records out, if anything does, would hardly have kept out all of
    these.
    """
    held = index.holdings(district, day).rows(kind)
    shared = index.roster(district, day).of(kind)
    elsewhere = takeovers.of_other_districts(index, district, kind)
    taken = {i: elsewhere[i] for i in elsewhere if i in shared and i not in held}
    return {**taken, **_inferred(index, district, day, kind)}


def _inferred(index: RecordingIndex, district: str, day: str, kind: Kind) -> Mapping[str, Finding]:
    return {
        clever_id: _finding(index, district, day, kind, clever_id, twin)
        for clever_id, twin in _twins(index, district, day, kind).items()
    }


def holders(index: RecordingIndex, district: str, day: str, kind: Kind) -> frozenset[str]:
    """The records as which others are held: whose values they show says nothing more."""
    return frozenset(twin.clever_id for twin in _twins(index, district, day, kind).values())


def _twins(index: RecordingIndex, district: str, day: str, kind: Kind) -> Mapping[str, _Twin]:
    key = ("twins", district, day, kind)
    return index.cached(key, lambda: _all_twins(index, district, day, kind))


def _all_twins(index: RecordingIndex, district: str, day: str, kind: Kind) -> Mapping[str, _Twin]:
    sought = index.expectations.expected_ids(kind, index.roster(district, day))
    held = index.holdings(district, day).active_ids[kind]
    absent = {*sought} - index.holdings(district, day).rows(kind).keys()
    missing = {i for i in absent if taken_up(index, district, day, kind, i)}
    if missing:
        missing -= rejected(index, district, day, kind).keys()
        missing -= of_missing_sorts(index, district, day)
    if not missing:
        return {}
    records = {i: index.roster(district, day).of(kind)[i] for i in sought}
    merging = [
        {i: _Twin(other, value) for i, other in pairs.held_twins.items() if i in missing}
        for value in _VALUES
        if value.kind is kind
        for pairs in pairs_sharing(value, records, held)
        if pairs.merging
    ]
    others = missing.difference(*merging)
    all_twins: dict[str, _Twin] = {}
    for twins in merging:
        chance = max(
            _by_chance(index, district, day, kind, twins, others),
            _by_chance_of_newcomers(index, district, kind, twins),
        )
        if chance <= _CHANCE:
            all_twins = twins | all_twins
    return all_twins


def _by_chance_of_newcomers(
    index: RecordingIndex, district: str, kind: Kind, twins: Collection[str]
) -> float:
    """How likely it is that these are all missing because newcomers are left out now and then.

    Whoever was shared on the first day of the district is no newcomer.
    """
    first = index.roster(district, index.days_of(district)[0]).of(kind)
    if any(clever_id in first for clever_id in twins):
        return 0.0
    absent, arrived = index.cached(("newcomers of", kind), lambda: _newcomers(index, kind))
    return math.prod(min(1.0, _ODD * absent / max(1, absent + arrived)) for _ in twins)


def _newcomers(index: RecordingIndex, kind: Kind) -> tuple[int, int]:
    """How many came after the first day of their district, were delivered and are absent, although
    they share no value with anybody; and how many are there."""
    absent = arrived = 0
    for district in index.districts:
        days = index.days_of(district)
        known = set(index.roster(district, days[0]).of(kind))
        for day in [calm.day for calm in calm_days(index, district) if calm.day != days[0]]:
            roster = index.roster(district, day)
            sought = index.expectations.expected_ids(kind, roster)
            new = [clever_id for clever_id in sought if clever_id not in known]
            known.update(new)
            held = index.holdings(district, day)
            arrived += sum(i in held.active_ids[kind] for i in new)
            missing = [i for i in new if not held.all_of(kind, i)]
            if missing:
                records, delivered = roster.of(kind), index.deliveries.delivered(district, day)
                values = _shared_values(kind, records.values())
                absent += sum(
                    i in delivered and not values.intersection(_values_of(kind, records[i]))
                    for i in missing
                )
    return absent, arrived


def _values_of(kind: Kind, record: Record) -> Iterable[tuple[str, str]]:
    return ((v.name, shared) for v in _VALUES if v.kind is kind for shared in v.of(record))


def _shared_values(kind: Kind, records: Iterable[Record]) -> frozenset[tuple[str, str]]:
    """The values that more than one of these records have."""
    times = Counter(value for record in records for value in set(_values_of(kind, record)))
    return frozenset(value for value, number in times.items() if number > 1)


def _by_chance(
    index: RecordingIndex,
    district: str,
    day: str,
    kind: Kind,
    twins: Iterable[str],
    others: Collection[str],
) -> float:
    """How likely it is that what left out all others who are missing left these out as well."""
    sorts = sorts_of(index, district, day, kind)
    everybody, without = Counter(sorts.values()), Counter(sorts[i] for i in others)
    return math.prod(min(1, _ODD * without[sorts[i]] / everybody[sorts[i]]) for i in twins)


def merged_alike(
    index: RecordingIndex, district: str, day: str, record: RecordRef
) -> Finding | None:
    """What shows that the app holds as one what agrees in a value, where a record does or lacks it.

    What lacks the value is the record of nothing, like all others that lack it. Of users, values
    that are missing or in common have more meanings.
    """
    if record.kind is Kind.USERS:
        return None
    shared = index.roster(district, day).of(record.kind)
    held = index.holdings(district, day).active_ids[record.kind]
    own = shared.get(record.clever_id)
    for value, finding in _merging_values(index, record.kind).items() if own else ():
        known = {each for i in held & shared.keys() for each in value.of(shared[i])}
        if own and (not value.of(own) or known.intersection(value.of(own))):
            return finding
    return None


def _merging_values(index: RecordingIndex, kind: Kind) -> Mapping[IdentifyingValue, Finding]:
    """The values by which records of a kind are held as one, each with the first such finding."""

    def look() -> Mapping[IdentifyingValue, Finding]:
        by_value: dict[IdentifyingValue, Finding] = {}
        for district in index.districts:
            for day in [calm.day for calm in calm_days(index, district)][:1]:
                for clever_id, twin in _twins(index, district, day, kind).items():
                    if twin.value not in by_value:
                        finding = _finding(index, district, day, kind, clever_id, twin)
                        by_value[twin.value] = finding
        return by_value

    return index.cached(("merging values", kind), look)


def none_merged(index: RecordingIndex) -> Observation:
    """No two records are held as one, in any district on any calm day."""
    observation = Observation()
    for district in index.districts:
        examined: set[str] = set()
        for day in [calm.day for calm in calm_days(index, district)]:
            for kind in KINDS:
                shared = index.roster(district, day).of(kind).keys()
                in_use = index.holdings(district, day).active_ids[kind] & shared
                as_another = _inferred(index, district, day, kind)
                fresh, kinds = (
                    (in_use | as_another.keys()) - examined,
                    kinds_in(index, district, kind),
                )
                observation.saw_all([kinds(clever_id) for clever_id in fresh])
                observation.findings += [as_another[i] for i in sorted(fresh & as_another.keys())]
                examined |= in_use | as_another.keys()
    return observation


def _finding(
    index: RecordingIndex,
    district: str,
    day: str,
    kind: Kind,
    clever_id: str,
    twin: _Twin,
) -> Finding:
    record, what = index.record_of(kind, clever_id), "account" if kind is Kind.USERS else "record"
    noun, which = f"the {NOUNS[kind]} ", "which has"
    if kind is Kind.USERS:
        noun, which = "", "who has"
    return about(
        record,
        district,
        day,
        FindingKind.DUPLICATE,
        f"Your app has no {what} of {noun}{short(record.name, 30)} {on(day)}, only of "
        f"{short(index.name(twin.clever_id), 30)}, {which} the same {twin.value.words}.",
        field=twin.value.words,
        expected=f"two {what}s",
        found=f"one {what}",
    )
