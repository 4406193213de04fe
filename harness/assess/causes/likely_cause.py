"""LikelyCause: what is behind a group of findings, its remedy, and the findings it explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind, Record, User
from harness.prose import joined

Rule = Callable[[RecordingIndex, Sequence[Finding]], Iterator["LikelyCause"]]


@dataclass(frozen=True, slots=True)
class LikelyCause:
    id: str
    """What the app does wrong, in a word or two; after a colon, with which value."""
    sentence: str
    remedy: str
    behind: list[Finding]


def shaped(
    findings: Sequence[Finding], *finding_kinds: FindingKind, kind: Kind | None = None
) -> list[Finding]:
    """The findings of some shapes, of one kind of record if it is given."""
    return [
        f for f in findings if f.finding_kind in finding_kinds and (kind is None or f.kind == kind)
    ]


def shared(index: RecordingIndex, finding: Finding, day: str = "") -> Record | None:
    """What Clever shares of a finding's record on its day, or on another one."""
    try:
        roster = index.roster(finding.district, day or finding.day)
        return roster.of(Kind(finding.kind)).get(finding.clever_id)
    except (NotReachedError, ValueError):
        return None


def user(index: RecordingIndex, finding: Finding) -> User | None:
    """The user a finding is about, as last shared up to its day."""
    if finding.kind != Kind.USERS:
        return None
    for day in (finding.day, *reversed(index.before(finding.district, finding.day))):
        found = index.roster(finding.district, day).users.get(finding.clever_id)
        if found is not None:
            return found
    return None


def kinds_of(findings: Sequence[Finding]) -> str:
    """The kinds the findings are about, as one says them."""
    found = {finding.kind for finding in findings}
    return joined([str(kind) for kind in reversed(Kind) if kind in found]) or "records"


def own_words(index: RecordingIndex, findings: Sequence[Finding]) -> str:
    """What the app says of records it skipped, most frequent first, as a sentence; or ""."""
    reasons = Counter(
        skipped.reason
        for district, day in {(finding.district, finding.day) for finding in findings}
        if index.has_synced(district, day)
        for skipped in index.synced(district, day).final.skipped
        if skipped.reason and any(f.clever_id == skipped.clever_id for f in findings)
    )
    return f' Your app says: "{reasons.most_common(1)[0][0]}".' if reasons else ""
