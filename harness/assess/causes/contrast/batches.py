"""Batches: what is missing in whole runs of Clever's list, which begin and end at round places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import gcd

from harness.assess.causes.contrast.list_ends import list_ends_lost
from harness.assess.causes.likely_cause import LikelyCause, Rule, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind

_LEAST = 20
"""So many of a list must be missing."""
_SMALLEST = 10
"""Records of the smallest batch that shows."""


@dataclass(frozen=True, slots=True)
class _Runs:
    """The runs of one list that are missing, from the first record after to the last one of it."""

    district: str
    listed: int
    runs: Sequence[tuple[int, int]]
    behind: Sequence[Finding]

    @property
    def lost(self) -> int:
        return sum(stop - start for start, stop in self.runs)

    @property
    def edges(self) -> Sequence[int]:
        """Where a run begins or ends within the list."""
        edges = (edge for run in self.runs for edge in run)
        return [edge for edge in edges if edge not in (0, self.listed)]


def batches_lost(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Records of a kind are missing in whole batches, and not from one place of each list on."""
    for kind in Kind:
        missing = shaped(findings, FindingKind.MISSING, kind=kind)
        districts = dict.fromkeys(finding.district for finding in missing)
        lists = [runs for district in districts if (runs := _runs(index, kind, missing, district))]
        edges = [edge for batch in lists for edge in batch.edges]
        step = gcd(*edges) if edges else 0
        if step < _SMALLEST or len(set(edges)) < 2:
            continue
        lost, listed = sum(batch.lost for batch in lists), sum(batch.listed for batch in lists)
        start, stop = lists[0].runs[0]
        yield LikelyCause(
            "loses-part:batches",
            f"Your app lacks {lost:,} of {listed:,} {kind} in whole runs of Clever's list, which "
            f"begin and end at multiples of {step}: numbers {start + 1:,} to {stop:,} of the "
            f"{lists[0].district} district.",
            "Your app handles these records in batches and loses some as a whole, as when one of "
            "their records is refused: store all others, and report what was refused.",
            [finding for batch in lists for finding in batch.behind],
        )


def _runs(
    index: RecordingIndex, kind: Kind, missing: Sequence[Finding], district: str
) -> _Runs | None:
    """The runs that are missing after the first sync, if these are long and few.

    Later, what is new lies between what was there.
    """
    try:
        first = index.days_of(district)[0]
        held = index.holdings(district, first).active_ids[kind]
        expected = sorted(index.expectations.expected_ids(kind, index.roster(district, first)))
    except (NotReachedError, IndexError):
        return None
    runs: list[tuple[int, int]] = []
    reached = 0
    for absent, group in groupby(clever_id not in held for clever_id in expected):
        stop = reached + len(list(group))
        if absent:
            runs.append((reached, stop))
        reached = stop
    absent_then = {clever_id for start, stop in runs for clever_id in expected[start:stop]}
    behind = [f for f in missing if f.district == district and f.clever_id in absent_then]
    lost = len(absent_then)
    if lost < _LEAST or lost < _SMALLEST * len(runs) or lost == len(expected):
        return None
    return _Runs(district, len(expected), runs, behind)


BATCHES: tuple[Rule, ...] = (list_ends_lost, batches_lost)
