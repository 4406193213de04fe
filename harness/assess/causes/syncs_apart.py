"""SyncsApart: the one sort of sync after which something is wrong, by how these syncs went."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from harness.assess.causes.contrast.feature_table import APPROVED
from harness.assess.causes.contrast.scene import SyncScene, scene, scenes
from harness.assess.findings import Finding
from harness.assess.recording_index import RecordingIndex
from harness.prose import counted

Place = tuple[str, str]
"""District and day of a sync."""
_NEARLY = 0.95
_LEAST = 2
"""So many syncs of a sort must show it."""


@dataclass(frozen=True, slots=True)
class SyncsApart:
    """The syncs of one sort, and what to look at in it."""

    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _SyncSort:
    words: str
    is_so: Callable[[SyncScene], bool]
    remedy: str


_SORTS: Sequence[_SyncSort] = (
    _SyncSort("that your app held and a person approved", lambda sync: sync.was_approved, APPROVED),
    _SyncSort(
        "that your app refused, held or ended as failed",
        lambda sync: not sync.completed,
        "Roll back all that a sync has applied when it does not complete, or apply the rest.",
    ),
    _SyncSort(
        "in which Clever did not answer well",
        lambda sync: sync.was_hit,
        "Ask again for what failed, and apply nothing before everything is read.",
    ),
    _SyncSort(
        "that came after one that did not complete",
        lambda sync: sync.after_failure,
        "Start each sync from what the last complete one left, and drop what a broken one kept.",
    ),
)


def which_syncs(index: RecordingIndex, findings: Sequence[Finding]) -> SyncsApart | None:
    """The sort of sync after which nearly all of these are wrong, if other syncs change as much."""
    by_sync = _by_sync(findings)
    moving = {(each.district, each.day) for each in scenes(index) if _changes(each)}
    for sort in _SORTS:
        of_sort = {place for place in moving if sort.is_so(scene(index, *place))}
        others = moving - of_sort
        wrong = sum(number for place, number in by_sync.items() if place in of_sort)
        if (
            len(of_sort & by_sync.keys()) >= _LEAST
            and len(others) > len(of_sort)
            and wrong >= _NEARLY * len(findings)
        ):
            besides = len(others & by_sync.keys())
            return SyncsApart(
                f"{'Nearly every' if wrong < len(findings) else 'Every'} such difference follows "
                f"one of the {counted(len(of_sort), 'sync')} {sort.words}; of the {len(others):,} "
                f"other syncs with changes, {besides or 'none'} shows any.",
                sort.remedy,
            )
    return None


def _by_sync(findings: Sequence[Finding]) -> Mapping[Place, int]:
    numbers: dict[Place, int] = {}
    for finding in findings:
        place = finding.district, finding.day
        numbers[place] = numbers.get(place, 0) + 1
    return numbers


def _changes(each: SyncScene) -> bool:
    """Whether Clever shares something else than with the sync before."""
    return each.then is not None and each.then is not each.now
