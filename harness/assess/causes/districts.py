"""What the sync of one district does to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind
from harness.prose import counted

_LOSSES = (
    FindingKind.CHANGED,
    FindingKind.UNREAD,
    FindingKind.INACTIVE,
    FindingKind.MISSING,
    FindingKind.LOST,
    FindingKind.NOT_RESTORED,
)


def touched(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Records changed between two syncs of their district, while another district synced."""
    behind = [f for f in shaped(findings, *_LOSSES) if _touched(index, f)]
    if behind:
        districts = {finding.district for finding in behind}
        yield LikelyCause(
            "touches-another-district",
            f"The sync of one district changes another: {len(behind)} {kinds_of(behind)} of "
            f"{counted(len(districts), 'district')} changed while that district was not synced.",
            "Limit every lookup, update and archiving step to the district being synced.",
            behind,
        )


def _touched(index: RecordingIndex, finding: Finding) -> bool:
    district, day = finding.district, finding.day
    earlier = index.before(district, day) if day in index.days_of(district) else ()
    if not finding.clever_id or not finding.kind:
        return False
    kind = Kind(finding.kind)
    try:
        if index.has_synced(district, day):
            now = index.holdings(district, day, "publish")
            then = index.holdings(district, earlier[-1])
        else:
            now = index.holdings(district, day)
            last = [one for one in index.days_of(district) if index.has_synced(district, one)]
            then = index.holdings(district, last[-1])
    except (NotReachedError, IndexError):
        return False
    was = sorted(row.status for row in then.all_of(kind, finding.clever_id))
    return was != sorted(row.status for row in now.all_of(kind, finding.clever_id))


DISTRICTS: tuple[Rule, ...] = (touched,)
