"""Why an app that follows events differs from Clever after its full syncs, and not after others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.contract.sync import Mode
from harness.plan.day_names import on
from harness.prose import capitalized, counted, joined

_NEARLY = 0.8
_LEFT: dict[str, tuple[FindingKind, ...]] = {
    "{} that Clever no longer shares in use": (FindingKind.NOT_ARCHIVED,),
    "{} that Clever shares again out of use": (FindingKind.NOT_RESTORED, FindingKind.INACTIVE),
    "{} that is new out": (FindingKind.MISSING,),
    "{} with former values or lists": (
        *(FindingKind.FIELD, FindingKind.STUDENT, FindingKind.TEACHER, FindingKind.SCHOOL),
        *(FindingKind.ROLE, FindingKind.STUDENT_RELATIONSHIP),
    ),
}
"""What a full sync leaves undone, after "leaves" → the findings that show it."""
_KINDS = tuple(kind for kinds in _LEFT.values() for kind in kinds)


def in_part(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that differs does so after a sync, not the first, in which lists were read."""
    if index.recording.header.mode is not Mode.EVENTS:
        return
    full = index.cached("later full syncs", lambda: _later_full_syncs(index))
    different = [f for f in shaped(findings, *_KINDS) if f.clever_id]
    behind = [f for f in different if (f.district, f.day) in full]
    if not behind or len(behind) < _NEARLY * len(different):
        return
    days = list(dict.fromkeys(f.day for f in behind))
    left = [
        words.format(counted(len(records), "record"))
        for words, kinds in _LEFT.items()
        if (records := {f.clever_id for f in shaped(behind, *kinds)})
    ]
    yield LikelyCause(
        "full-sync-in-part",
        f"{capitalized(on(*days))} your app reads the lists, as in a full sync, and leaves "
        f"{joined(left)}; {len(behind)} of {len(different)} such differences are of full syncs.",
        "Let every full sync do what the first one does: create, update and restore what the lists "
        "have, and archive what they do not. No later event brings what it leaves out.",
        behind,
    )


def _later_full_syncs(index: RecordingIndex) -> frozenset[tuple[str, str]]:
    """District and day of syncs after the first that read lists; none if most of them do."""
    later = [(district, day) for district in index.districts for day in index.days_of(district)[1:]]
    full = frozenset(place for place in later if _reads_lists(index, *place))
    return full if 2 * len(full) < len(later) else frozenset()


def _reads_lists(index: RecordingIndex, district: str, day: str) -> bool:
    try:
        lists = index.deliveries.lists(district, day)
    except NotReachedError:
        return False
    return any(read.name.kind in KINDS for read in lists)
