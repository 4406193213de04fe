"""Parts: which part of what each sync had to apply an app loses, over all syncs of the year.

Compared is sync by sync, not record by record: one change lost in each of them, all of it where
there is little, whatever came on a later page, or some of a kind where there is much of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from harness.assess.causes.contrast.applied import AppliedChange, SyncChanges, changes_by_sync
from harness.assess.causes.contrast.split import Split
from harness.assess.causes.likely_cause import LikelyCause, Rule, part, shaped
from harness.assess.causes.lookups import AMISS, best_match
from harness.assess.causes.members import sides
from harness.assess.findings import Finding
from harness.assess.recording_index import RecordingIndex
from harness.contract.sync import Mode
from harness.district.data_model.records import Kind
from harness.prose import counted, joined

_LEAST = 3
"""So many syncs must show it."""
_NEARLY, _HALF, _HARDLY = 0.8, 0.5, 0.1
_CHANCE = 0.01
"""So likely may everything arrive by chance where there is little."""
_MOST = 0.5
"""A part explains at least so much of what is wrong with records."""

_Part = tuple[str, str, str]
"""Name, sentence and remedy."""


def part_lost(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """The same part of every sync is lost, and that is behind most of what is wrong."""
    about = [finding for finding in findings if finding.clever_id]
    if not about:
        return
    by_events = index.recording.header.mode is Mode.EVENTS
    syncs = [
        sync
        for sync in changes_by_sync(index)
        if sync.seen and sync.calm and sync.scene.read_lists != by_events
    ]
    if sum(bool(sync.missed) for sync in syncs) < _LEAST:
        return
    missed = {
        (sync.scene.district, change.clever_id)
        for sync in changes_by_sync(index)
        for change in (sync.changes if sync.missed else ())
        if not change.arrived
    }
    behind = [finding for finding in about if _is_about(index, finding, missed)]
    if len(behind) < _MOST * len(about):
        return
    for find in _PARTS:
        if lost_part := find(index, syncs):
            if find is not _much or not _are_merged(index, behind):
                yield LikelyCause(*lost_part, behind)
            return


def _are_merged(index: RecordingIndex, findings: Sequence[Finding]) -> bool:
    """Whether most of these are one record with another of the same value: of many there are more.

    Where much comes at once, more of it is alike.
    """
    alike = 0
    for kind in Kind:
        amiss = shaped(findings, *AMISS, kind=kind)
        match = best_match(index, kind, amiss) if amiss else None
        alike += len(match.behind) if match and match.merges else 0
    return alike >= _HALF * len(findings)


def _is_about(index: RecordingIndex, finding: Finding, missed: Collection[tuple[str, str]]) -> bool:
    ids = {finding.clever_id}
    for listing in sides(index, [finding]):
        ids |= listing.missing | listing.left_over
    return any((finding.district, clever_id) in missed for clever_id in ids)


def _first_or_last(index: RecordingIndex, syncs: Sequence[SyncChanges]) -> _Part | None:
    """In nearly every sync the first event, or the last, did not arrive, and nearly all others."""
    if index.recording.header.mode is not Mode.EVENTS:
        return None
    orders = [sync.changes for sync in syncs], [_own(sync) for sync in syncs]
    for order, (place, word) in product(orders, ((0, "first"), (-1, "last"))):
        edges = [changes[place] for changes in order if changes[place].arrived is not None]
        lost = sum(change.arrived is False for change in edges)
        others = sum(len(sync.seen) for sync in syncs) - len(edges)
        missed = sum(len(sync.missed) for sync in syncs) - lost
        if lost >= _LEAST and lost >= _NEARLY * len(edges) and missed <= _HARDLY * others:
            return (
                f"loses-part:{word}-event",
                f"Your app does not apply the {word} event of a sync: in {part(lost, len(edges))} "
                f"syncs whose {word} event shows in a snapshot, that one is not applied; of the "
                f"{others:,} other events, {missed or 'none'}.",
                "Apply every event after the stored cursor, from the first to the last: "
                "`starting_after` already leaves out the event that it names.",
            )
    return None


def _own(sync: SyncChanges) -> Sequence[AppliedChange]:
    """The changes of what an app holds: some leave out events of the district before they count."""
    return [change for change in sync.changes if change.kind is not Kind.DISTRICTS]


def _later_pages(index: RecordingIndex, syncs: Sequence[SyncChanges]) -> _Part | None:
    """Nearly all that did not arrive came on a page after the first, and nearly all there."""
    first, later = (
        [
            change
            for sync in syncs
            for change in sync.seen
            if (page := sync.scene.pages.get(change.clever_id)) and (page[0] > 1) == is_later
        ]
        for is_later in (False, True)
    )
    lost, lost_first = (sum(change.arrived is False for change in each) for each in (later, first))
    if not lost:
        return None
    split = Split(
        lost, lost + lost_first, len(later) - lost, len(later) + len(first) - lost - lost_first
    )
    if not split.tells(len(_PARTS)):
        return None
    listed = "events" if index.recording.header.mode is Mode.EVENTS else "records"
    return (
        "loses-part:later-pages",
        f"Your app reads the later pages of {listed} and applies the first one alone: of "
        f"{len(later):,} changes on later pages, {lost:,} are not in it; of {len(first):,} on the "
        f"first page, {lost_first or 'none'}.",
        "Apply each page as you read it, or all of them at the end; let nothing that the first "
        "page brought, such as its last time or cursor, leave out what comes after it.",
    )


def _little(index: RecordingIndex, syncs: Sequence[SyncChanges]) -> _Part | None:
    """Nothing arrives of syncs with few changes, and everything of those with more."""
    nothing = [sync for sync in syncs if len(sync.missed) >= _NEARLY * len(sync.seen)]
    everything = [sync for sync in syncs if not sync.missed]
    if len(nothing) < _LEAST:
        return None
    most = max(len(sync.changes) for sync in nothing)
    larger = [sync for sync in syncs if len(sync.changes) > most]
    smaller = [sync for sync in syncs if sync not in larger]
    whole = [sync for sync in larger if sync in everything]
    if len(whole) < max(_LEAST, 0.9 * len(larger)) or len(nothing) < 0.6 * len(smaller):
        return None
    least = min(len(sync.changes) for sync in whole)
    return (
        "loses-part:few-changes",
        f"Your app does not apply the changes of a sync in which there are few: in "
        f"{part(len(nothing), len(smaller))} syncs with {most} changes or fewer it applied none or "
        f"hardly any, and everything in {part(len(whole), len(larger))} with {least} or more.",
        "Apply whatever a sync has read before it says that it completed, however little it is.",
    )


def _much(index: RecordingIndex, syncs: Sequence[SyncChanges]) -> _Part | None:
    """Where many of a sort change at once, some do not arrive; where few do, all arrive."""
    if lost_part := _much_of(_groups(syncs, by_kind=True)):
        return lost_part
    return None if _by_type(syncs) else _much_of(_groups(syncs, by_kind=False))


def _by_type(syncs: Sequence[SyncChanges]) -> bool:
    """Whether hardly anything of some types arrives, and nearly all of others."""
    arrived: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for change in (change for sync in syncs for change in sync.seen):
        arrived[str(change.kind), change.action].append(change.arrived is not False)
    parts = [sum(of_type) / len(of_type) for of_type in arrived.values() if len(of_type) >= _LEAST]
    return bool(parts) and min(parts) <= 1 - _NEARLY and max(parts) >= _NEARLY


def _groups(syncs: Sequence[SyncChanges], *, by_kind: bool) -> Sequence[_ChangeGroup]:
    """What came, changed or went with each sync, kind by kind or of all kinds together."""
    by_group: dict[tuple[str, ...], list[AppliedChange]] = defaultdict(list)
    for number, sync in enumerate(syncs):
        for change in sync.seen:
            kind = str(change.kind) if by_kind else "records"
            by_group[str(number), kind, change.action].append(change)
    return [_ChangeGroup(f"{kind}.{action}", own) for (_, kind, action), own in by_group.items()]


@dataclass(frozen=True, slots=True)
class _ChangeGroup:
    """The changes of one sort with one sync."""

    sort: str
    changes: Sequence[AppliedChange]

    @property
    def size(self) -> int:
        return len(self.changes)

    @property
    def lost(self) -> int:
        return sum(change.arrived is False for change in self.changes)


def _much_of(groups: Sequence[_ChangeGroup]) -> _Part | None:
    some = [group for group in groups if group.lost]
    if len(some) < 2 or any(group.lost == group.size for group in some):
        return None  # what loses all of something loses no part of much
    sorts, least = sorted({group.sort for group in some}), min(group.size for group in some)
    whole = [group for group in groups if group.sort in sorts and not group.lost]
    small = [group for group in whole if group.size < least]
    lost = sum(group.lost for group in some)
    everything = sum(group.size for group in [*some, *whole] if group.size >= least)
    enough = least >= _LEAST and len(small) >= max(_LEAST, _HALF * len(whole))
    by_chance = (1 - lost / everything) ** sum(group.size for group in small)
    if not enough or lost > _NEARLY * everything or by_chance > _CHANCE:
        return None
    most = max(group.size for group in small)
    return (
        "loses-part:many-changes",
        f"Your app applies a part of what changes where much does: where a sync had {least:,} or "
        f"more of {joined([f'`{sort}`' for sort in sorts])}, {lost:,} of {everything:,} did not "
        f"arrive; where it had {most:,} or fewer, in {counted(len(small), 'case')}, all did.",
        "Look at how a sync goes through many records: a batch, a limit, or an offset into a list "
        "that becomes shorter as it is worked off, leaves some out.",
    )


_PARTS: Sequence[Callable[[RecordingIndex, Sequence[SyncChanges]], _Part | None]] = (
    _first_or_last,
    _later_pages,
    _little,
    _much,
)
PARTS: tuple[Rule, ...] = (part_lost,)
