"""What an app leaves wrong that was killed in the middle of a sync, and does right otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, kinds_of
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.prose import counted

_FIX = (
    "Write what a sync changes in one transaction, or so that the next sync writes all of it "
    "again. Let nobody wait for a lock whose owner is dead, and store cursors, stamps and the time "
    "of the last sync together with what was read, never before."
)


def killed_midway(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What is wrong since a kill, and of a kind that is wrong nowhere else."""
    since = [f for f in findings if f.day and index.killed_by_then(f.district, f.day)]
    elsewhere = {finding.finding_kind for finding in findings if finding not in since}
    behind = [finding for finding in since if finding.finding_kind not in elsewhere]
    if behind:
        yield LikelyCause("app-killed", _words(behind), _FIX, behind)


def _words(behind: Sequence[Finding]) -> str:
    failed = [finding for finding in behind if finding.finding_kind is FindingKind.SYNC]
    if failed:
        return (
            "After your app was killed in the middle of a sync, "
            f"{counted(len({(f.district, f.day) for f in failed}), 'sync')} did not complete: "
            f"{failed[0].sentence}"
        )
    wrong = {(finding.kind, finding.clever_id) for finding in behind}
    return (
        f"Killed in the middle of a sync, your app leaves {len(wrong)} {kinds_of(behind)} wrong; "
        f"syncs that end leave none: {behind[0].sentence}"
    )
