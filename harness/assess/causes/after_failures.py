"""What a sync that failed leaves to the next one, which takes it for today's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, shaped, shared
from harness.assess.causes.members import NOUNS
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.sync import Mode, SyncState

_AFTER_FAULTS = "T6"
_CHANGES = (FindingKind.FIELD, FindingKind.NOT_ARCHIVED, *NOUNS)


def kept_what_failed(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What changed around a sync that failed is not there after the next, as it is on other days.

    That it is there on other days is why the requirement is T6. Events that are skipped have causes
    of their own.
    """
    if index.recording.header.mode is Mode.EVENTS:
        return
    behind = [f for f in shaped(findings, *_CHANGES) if _follows_a_failure(index, f)]
    if not any(finding.requirement == _AFTER_FAULTS for finding in behind):
        return
    first = min(behind, key=lambda f: len(index.before(f.district, f.day)))
    failed = index.before(first.district, first.day)[-1]
    yield LikelyCause(
        "keeps-what-failed-syncs-read",
        f"Your app's sync on {failed} did not complete, and the next one completed without what "
        "had changed on that day or since, while changes on other days arrive: "
        f"{first.sentence}",
        "Let nothing of a sync that failed count: read every list again, and move the cursor, the "
        "time of the last sync or the number of the run only when a sync has completed.",
        behind,
    )


def _follows_a_failure(index: RecordingIndex, finding: Finding) -> bool:
    """Whether a record changed since the last sync that completed, and one failed since."""
    days = index.before(finding.district, finding.day) if finding.clever_id else ()
    good = [day for day in days if _completed(index, finding.district, day)]
    if not good or good[-1] == days[-1]:
        return False
    return shared(index, finding, good[-1]) != shared(index, finding)


def _completed(index: RecordingIndex, district: str, day: str) -> bool:
    try:
        return index.synced(district, day).final.state is SyncState.COMPLETED
    except NotReachedError:
        return False
