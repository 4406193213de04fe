"""Changed alone: values that an app takes over only if something else of the record has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from harness.assess.causes.likely_cause import LikelyCause, kinds_of, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.optional_values import WORDS
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.assess.written_values import LINKS, shows_now, was_right
from harness.district.data_model.records import Kind, Record
from harness.prose import counted, joined

_STAMPS = frozenset({"last_modified"})
"""What says that a record has changed, and is no change itself."""


def changed_alone(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Links of classes that changed alone are as before; those that changed with others are not."""
    about = [f for f in shaped(findings, FindingKind.FIELD) if f.field in LINKS]
    behind = [f for f in about if was_right(index, f)]
    if not behind or len(behind) < len(about) or not all(_alone(index, f) for f in behind):
        return
    fields = sorted({f.field for f in behind})
    along = sum(_arrived_along(index, field) for field in fields)
    if not along or any(_arrived_alone(index, field) for field in fields):
        return
    words = joined([WORDS.get(field, field) for field in fields])
    yield LikelyCause(
        "never-updates",
        f"Your app does not take over the {words} of {kinds_of(behind)} of which nothing else "
        f"changes: {counted(len(behind), 'value')} {_is(len(behind))} as before; "
        f"{counted(along, 'change')} of {words} that came with another reached it.",
        "To see whether a record has changed compare everything that you store of it, not a part; "
        "or write every record in every sync.",
        behind,
    )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _alone(index: RecordingIndex, finding: Finding) -> bool:
    earlier = index.before(finding.district, finding.day)
    if not earlier:
        return False
    kind, days = Kind(finding.kind), (earlier[-1], finding.day)
    then, now = (index.roster(finding.district, day).of(kind) for day in days)
    old, new = then.get(finding.clever_id), now.get(finding.clever_id)
    return bool(old and new) and _changed(old, new) == {LINKS[finding.field]}


def _changed(old: Record | None, new: Record | None) -> set[str]:
    then, now = cast(Mapping[str, Any], old), cast(Mapping[str, Any], new)
    keys = (then.keys() | now.keys()) - _STAMPS
    return {key for key in keys if then.get(key) != now.get(key)}


def _arrived_along(index: RecordingIndex, field: str) -> int:
    """How many of its changes that came with others the app has taken over."""
    return sum(len(changed) > 1 for changed in _arrived(index, field))


def _arrived_alone(index: RecordingIndex, field: str) -> int:
    return sum(len(changed) == 1 for changed in _arrived(index, field))


def _arrived(index: RecordingIndex, field: str) -> Iterator[set[str]]:
    """What changed of each class whose link changed and is up to date in the app."""
    for district in index.districts:
        for day in index.days_of(district):
            if not (earlier := index.before(district, day)):
                continue
            now = index.roster(district, day).sections
            then = index.roster(district, earlier[-1]).sections
            try:
                held = index.holdings(district, day)
            except NotReachedError:
                continue
            for clever_id in now.keys() & then.keys():
                new, old = now[clever_id], then[clever_id]
                changed = _changed(old, new) if new is not old else set()
                row = held.active(Kind.SECTIONS, clever_id) if LINKS[field] in changed else None
                if row is not None and shows_now(index, Kind.SECTIONS, new, row, field):
                    yield changed
