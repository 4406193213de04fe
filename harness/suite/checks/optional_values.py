"""Grades, primary schools and dates of terms: whether those an app shows are Clever's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from harness.assess import optional_values
from harness.assess.findings import Finding, FindingKind
from harness.assess.optional_values import GRADE, OPTIONAL_VALUES, UNNUMBERED, OptionalValue
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import Held
from harness.district.data_model.records import Kind, Record
from harness.plan.day_names import on
from harness.suite.checks.mirror import Difference, Mirror, NothingLeft
from harness.suite.checks.observation import Observation
from harness.suite.checks.sentences import short


def compared(mirror: Mirror, ids: Mapping[Kind, Sequence[str]]) -> Observation:
    """The values that the app shows, of these users and terms."""
    observation = Observation()
    for value in optional_values.shown(mirror.index):
        observation.add(_of_value(mirror, value, ids[value.kind]))
    return observation


def grades(mirror: Mirror, ids: Iterable[str]) -> Observation | None:
    """The grades of these students; None if the app shows nobody's."""
    if GRADE not in optional_values.shown(mirror.index):
        return None
    return _of_value(mirror, GRADE, ids)


def declared(index: RecordingIndex) -> Observation:
    """What the app is declared not to keep of them."""
    observation = Observation()
    for key in dict.fromkeys((*(value.key for value in OPTIONAL_VALUES), UNNUMBERED)):
        if key in index.profile.not_held:
            observation.leave_out(index.expectations.declared(key))
    return observation


def _of_value(mirror: Mirror, value: OptionalValue, ids: Iterable[str]) -> Observation:
    def compare(mirror: Mirror, record: Record, row: Held) -> Difference:
        return _difference(mirror, value, record, row)

    also = ("schools",) if value.field == "primary_school" else ()
    return mirror.compare(value.kind, ids, (value.key,), compare, also)


def _difference(mirror: Mirror, value: OptionalValue, record: Record, row: Held) -> Difference:
    if optional_values.agrees(mirror.index, value, record, row):
        return None
    shared, held = value.shared(record) or "", value.held(row) or ""
    if value.field == "primary_school":
        schools = mirror.holdings.active_ids[Kind.SCHOOLS]
        if shared and mirror.index.expectations.holds("schools") and shared not in schools:
            return NothingLeft(Kind.SCHOOLS, [shared])
        shared, held = (mirror.title(school) if school else "" for school in (shared, held))
    return _finding(mirror, value, record, shared, held)


def _finding(
    mirror: Mirror, value: OptionalValue, record: Record, shared: str, held: str
) -> Finding:
    name = short(mirror.index.name(record["id"]))
    says = f"says {short(held)}" if held else "has none"
    return mirror.finding(
        FindingKind.FIELD,
        value.kind,
        record["id"],
        f"The {value.words} of {name} at Clever is {short(shared) or 'empty'} {on(mirror.day)}, "
        f"your app {says}.",
        field=value.field,
        expected=shared,
        found=held,
    )
