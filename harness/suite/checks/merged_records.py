"""Merged records: which ones the app holds as another record, with a value in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.assess.findings import Finding, FindingKind
from harness.assess.identifying_values import IDENTIFYING_VALUES, IdentifyingValue, merging
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.assess.scope import kinds_of
from harness.district.data_model.records import Kind, Record, roles_of
from harness.suite.checks.every_day.days import calm_days
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.reading import taken_up
from harness.suite.checks.rejected_records import rejected
from harness.suite.checks.sentences import NOUNS, short
from harness.suite.checks.sorts_missing import of_missing_sorts


def _exact_number(record: Record) -> list[str]:
    roles = roles_of(record).values()  # type: ignore[arg-type]
    numbers = (role.get(key) for role in roles for key in ("sis_id", "staff_id"))
    return [str(number) for number in numbers if number]


_WEAK = ("created", "school", "grades", "username")
"""What records share by chance, and what an app may want to be unique without looking it up."""
_MANY = 9
"""Times as many records that nothing explains: what kept those out kept these out as well."""
_VALUES: Sequence[IdentifyingValue] = (
    *(value for value in IDENTIFYING_VALUES if value.name not in _WEAK),
    IdentifyingValue("exact number", "number", Kind.USERS, _exact_number),
)


def merged(index: RecordingIndex, district: str, day: str, kind: Kind) -> Mapping[str, Finding]:
    """Record the app does not hold → the finding that it is one with another there.

    It was delivered, and shares a value with a record that is held; and the app holds hardly ever
    several records that share this value.
    """
    key = ("merged", district, day, kind)
    return index.cached(key, lambda: _merged(index, district, day, kind))


def _merged(index: RecordingIndex, district: str, day: str, kind: Kind) -> Mapping[str, Finding]:
    roster = index.roster(district, day)
    sought = index.expectations.expected_ids(kind, roster)
    held = index.holdings(district, day).active_ids[kind]
    missing = {i for i in sought if i not in held}
    missing = {i for i in missing if taken_up(index, district, day, kind, i)}
    missing -= rejected(index, district, day, kind).keys()
    missing -= of_missing_sorts(index, district, day)
    if not missing:
        return {}
    records = {i: roster.of(kind)[i] for i in sought}
    findings: dict[str, Finding] = {}
    for value in _VALUES:
        groups = merging(value, records, held) if value.kind is kind else None
        for ids in (groups or {}).values():
            others = sorted(ids & held)
            for clever_id in sorted(ids & missing - findings.keys()) if others else ():
                index.cached(("holders", district, day, kind), set[str]).add(others[0])
                findings[clever_id] = _finding(
                    index, district, day, kind, clever_id, others[0], value.words
                )
    unexplained = len(missing) - len(findings)
    if unexplained >= _MANY * max(1, len(findings)):
        index.cached(("holders", district, day, kind), set[str]).clear()
        return {}  # something else kept most of them out, and these as well
    return findings


def holders(index: RecordingIndex, district: str, day: str, kind: Kind) -> frozenset[str]:
    """The records as which others are held: whose values they show says nothing more."""
    merged(index, district, day, kind)
    return frozenset(index.cached(("holders", district, day, kind), set[str]))


def none_merged(index: RecordingIndex) -> Observation:
    """No two records are held as one, in any district on any calm day."""
    observation = Observation()
    for district in index.districts:
        examined: set[str] = set()
        for day in [calm.day for calm in calm_days(index, district)]:
            for kind in KINDS:
                shared = index.roster(district, day).of(kind).keys()
                in_use = index.holdings(district, day).active_ids[kind] & shared
                as_another = merged(index, district, day, kind)
                for clever_id in sorted((in_use | as_another.keys()) - examined):
                    observation.saw(kinds_of(index, district, kind, clever_id))
                    if clever_id in as_another:
                        observation.findings.append(as_another[clever_id])
                examined |= in_use | as_another.keys()
    return observation


def _finding(
    index: RecordingIndex,
    district: str,
    day: str,
    kind: Kind,
    clever_id: str,
    other: str,
    words: str,
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
        f"Your app has no {what} of {noun}{short(record.name, 30)} on {day}, only of "
        f"{short(index.name(other), 30)}, {which} the same {words}.",
        field=words,
        expected=f"two {what}s",
        found=f"one {what}",
    )
