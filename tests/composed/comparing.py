"""Comparing: where the harness judges a composed app other than the oracle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from composed.model import PaperDay, year
from composed.oracle import Expected, expected
from composed.policies import Policies
from composed.rehearsal import calendar, plan, rehearsed

from harness.recording.recording import Recording, SnapshotTaken, Synced


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One requirement of one app."""

    policies: Policies
    requirement: str
    state: str
    reason: str
    expected: Expected
    findings: tuple[str, ...] = ()

    def __str__(self) -> str:
        found = "".join(f"\n    {sentence}" for sentence in self.findings)
        return (
            f"{self.policies}: {self.requirement} is {self.state}, expected {self.expected}\n"
            f"    {self.reason}{found}"
        )


def compared(policies: Policies) -> tuple[list[Disagreement], list[str]]:
    """Where harness and oracle disagree about an app, and days on which it was not as on paper."""
    recording, results = rehearsed(policies)
    days = year(policies, plan(), calendar())
    oracle = expected(policies, days)
    different = [
        Disagreement(
            policies,
            row.id,
            str(row.state),
            row.reason,
            oracle[row.id],
            tuple(
                f"{check.id}: {finding.day} {finding.sentence}"
                for check in results.checks
                if row.id in check.requirements
                for finding in check.findings[:2]
            )[:6],
        )
        for row in results.requirements
        if row.id in oracle and row.state not in oracle[row.id].states
    ]
    return different, _unlike(recording, days)


def _unlike(recording: Recording, days: Sequence[PaperDay]) -> list[str]:
    """The days on which the app held, or reported, something else than on paper."""
    seen: dict[tuple[str, str], list[object]] = {}
    for entry in recording.entries:
        if isinstance(entry, Synced):
            seen.setdefault((entry.district, entry.day), []).append(entry.sync.state)
        elif isinstance(entry, SnapshotTaken) and entry.after == "sync":
            seen.setdefault((entry.district, entry.day), []).append(entry.snapshot)
    return [
        f"{day.day.district} {day.day.day}"
        for day in days
        if seen.get((day.day.district, day.day.day)) != [day.sync.state, day.after]
    ]
