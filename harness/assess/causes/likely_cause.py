"""LikelyCause: what is behind a group of findings, its remedy, and the findings it explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.contract.sync import Mode, SyncState
from harness.district.data_model.records import Kind, Record, User
from harness.plan.faults import MISSING_RECORD, SHORT_PAGE
from harness.plan.plan import OUTAGES
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


def was_away(index: RecordingIndex, finding: Finding) -> bool:
    """Whether Clever did not share a record on a day before, after it had shared it.

    Or shared the same person under another Clever ID.
    """
    try:
        days = index.before(finding.district, finding.day)
        there = [shared(index, finding, day) is not None for day in days]
    except NotReachedError:
        return False
    linked = (
        finding.kind == Kind.USERS
        and len(index.linked_clever_ids(finding.district, finding.clever_id)) > 1
    )
    return linked or (any(there) and not all(there[there.index(True) :]))


def was_gone(index: RecordingIndex, finding: Finding) -> bool:
    """Whether the app, which shows archived records too, had no row of a record that it had had."""
    if not finding.kind:
        return False
    rows: list[bool] = []
    for day in index.before(finding.district, finding.day):
        try:
            held = index.holdings(finding.district, day)
        except NotReachedError:
            continue
        if not held.snapshot.includes_archived:
            return False
        rows.append(bool(held.all_of(Kind(finding.kind), finding.clever_id)))
    return any(rows) and not all(rows[rows.index(True) :])


def ended_badly(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether a sync failed, though Clever answered as on any other day, but for one record."""
    if not index.has_synced(district, day) or index.incident(district, day) in OUTAGES:
        return False
    if index.synced(district, day).final.state not in (
        SyncState.FAILED,
        SyncState.REFUSED,
        SyncState.TIMED_OUT,
    ):
        return False
    hit = index.traffic.requests_hit(district, day)
    return all(_PASSABLE.intersection(request.fault.split("+")) for request in hit)


_PASSABLE = frozenset(("slow", MISSING_RECORD, SHORT_PAGE))
"""Faults under which every list can be read with the first answer to each request."""


def by_events(index: RecordingIndex, findings: Sequence[Finding]) -> bool:
    """Whether most of these showed after syncs that read events, and no list of records."""
    if index.recording.header.mode is not Mode.EVENTS:
        return False
    places = [(f.district, f.day) for f in findings]
    alone = {place for place in set(places) if _reads_events_alone(index, *place)}
    return 2 * sum(place in alone for place in places) > len(places)


def _reads_events_alone(index: RecordingIndex, district: str, day: str) -> bool:
    paths = [request.path for request in index.traffic.asked(district, day)]
    lists = any(path.endswith(f"/{kind}") for path in paths for kind in KINDS)
    return not lists and any(path.endswith("/events") for path in paths)


def user(index: RecordingIndex, finding: Finding) -> User | None:
    """The user a finding is about, as last shared up to its day."""
    if finding.kind != Kind.USERS:
        return None
    for day in (finding.day, *reversed(index.before(finding.district, finding.day))):
        record = index.roster(finding.district, day).users.get(finding.clever_id)
        if record is not None:
            return record
    return None


def part(number: int, of: int) -> str:
    """How many of a number, before a noun in the plural: `all 12`, `11 of 12`, `1 of 1`."""
    return f"all {of:,}" if number == of > 1 else f"{number:,} of {of:,}"


def kinds_of(findings: Sequence[Finding]) -> str:
    """The kinds the findings are about, as one says them."""
    kinds = {finding.kind for finding in findings}
    return joined([str(kind) for kind in reversed(Kind) if kind in kinds]) or "records"


def own_words(index: RecordingIndex, findings: Sequence[Finding]) -> str:
    """What the app says of records it skipped, most frequent first, as a sentence; or ""."""
    reasons = Counter(
        skipped.reason
        for district, day in dict.fromkeys((finding.district, finding.day) for finding in findings)
        if index.has_synced(district, day)
        for skipped in index.synced(district, day).final.skipped
        if skipped.reason and any(f.clever_id == skipped.clever_id for f in findings)
    )
    return f' Your app says: "{reasons.most_common(1)[0][0]}".' if reasons else ""
