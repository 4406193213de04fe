"""Changed alone: values that an app takes over only if something else of the record has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from harness.assess.causes.arrived_values import FieldChange, in_words, taken_over
from harness.assess.causes.likely_cause import LikelyCause, kinds_of, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.assess.written_values import LINKS, was_right
from harness.district.data_model.records import Kind
from harness.prose import counted, joined

_STAMPS = frozenset({"last_modified"})
"""What says that a record has changed, and is no change itself."""


def changed_alone(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Links of classes that changed alone are as before; those that changed with others are not."""
    about = [f for f in shaped(findings, FindingKind.FIELD) if f.field in LINKS]
    behind = [f for f in about if was_right(index, f)]
    if not behind or len(behind) < len(about):
        return
    if any(_changes(index, FieldChange.missed(f)) != {LINKS[f.field]} for f in behind):
        return
    arrived = [len(changed) for changed in _taken_over(index, behind)]
    if not arrived or min(arrived) == 1:
        return
    words = joined([in_words(field) for field in sorted({f.field for f in behind})])
    yield LikelyCause(
        "never-updates",
        f"Your app does not take over the {words} of {kinds_of(behind)} of which nothing else "
        f"changes: {counted(len(behind), 'value')} {_is(len(behind))} as before; "
        f"{counted(len(arrived), 'change')} of {words} that came with another reached it.",
        "To see whether a record has changed compare everything that you store of it, not a part; "
        "or write every record in every sync.",
        behind,
    )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _taken_over(index: RecordingIndex, behind: Sequence[Finding]) -> Iterator[set[str]]:
    """What changed of each class whose link, one of these, changed and is up to date in the app."""
    fields = {f.field for f in behind}
    days = [(district, day) for district in index.districts for day in index.days_of(district)]
    for change in taken_over(index, behind, days):
        if change.kind is Kind.SECTIONS and change.field in fields:
            yield _changes(index, change)


def _changes(index: RecordingIndex, change: FieldChange) -> set[str]:
    """The keys of a record in which it differs from that of the day before."""
    earlier = index.before(change.district, change.day)
    if not earlier:
        return set()
    then, now = (
        cast(Mapping[str, Any], index.roster(change.district, day).of(change.kind))
        for day in (earlier[-1], change.day)
    )
    old, new = then.get(change.clever_id), now.get(change.clever_id)
    if not (old and new):
        return set()
    return {key for key in (old.keys() | new.keys()) - _STAMPS if old.get(key) != new.get(key)}
