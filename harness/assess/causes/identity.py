"""Why records double, change hands or come as new ones: what the app looks them up by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex

_REMEDY = "Look records up by Clever ID before adding them, and by nothing else."


def doubled(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """The same records are added again and again."""
    changed = [f for f in shaped(findings, FindingKind.CHANGED) if "now" in f.found]
    twice = [f for f in shaped(findings, FindingKind.DUPLICATE) if f.expected == "one record"]
    if changed and twice:
        yield LikelyCause(
            "adds-again",
            f"Every sync adds {kinds_of(twice)} that your app already holds.",
            _REMEDY,
            [*changed, *twice],
        )
    elif twice:
        yield LikelyCause(
            "adds-again", f"Your app holds duplicate {kinds_of(twice)}.", _REMEDY, twice
        )


def rebuilt(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Records keep their Clever id and lose the app's own."""
    changed = [f for f in shaped(findings, FindingKind.CHANGED) if "app_id" in f.found]
    if changed:
        kinds = {f.kind for f in changed}
        new = [f for f in shaped(findings, FindingKind.NEW_ACCOUNT) if f.kind in kinds]
        yield LikelyCause(
            "recreates",
            f"Every sync recreates {kinds_of(changed)}, with new IDs in your app.",
            "Update records in place; whatever refers to the old ones is lost.",
            [*changed, *new],
        )


def replaced(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Who comes back gets another record than before."""
    if behind := shaped(findings, FindingKind.NEW_ACCOUNT):
        lost = shaped(findings, FindingKind.LOST)
        if not lost:
            yield LikelyCause(
                "new-record-for-known",
                f"Your app gives {kinds_of(behind)} with a known Clever ID a new record.",
                _REMEDY,
                behind,
            )


IDENTITY: tuple[Rule, ...] = (doubled, rebuilt, replaced)
