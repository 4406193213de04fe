"""Comparing: where the harness judges an app other than the oracle, or says what is not so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assess.sentence_claims import Year
from assess.untrue_sentences import unclaimed, untrue
from assess.wrong_answers import contradictions, misshapen, unmentioned
from composed.model import PaperDay, year
from composed.oracle import MET, Expected, expected
from composed.policies import Policies
from composed.rehearsal import calendar, plan, rehearsed
from composed.scope import scope_of

from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Results
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is wrong with the judging of one app, or with its description on paper."""

    disagreements: tuple[Disagreement, ...]
    unlike: tuple[str, ...]
    """The days on which the app was not as on paper."""
    untrue: tuple[str, ...]
    """Sentences of findings that are not so, or that nobody can tell of."""
    answers: tuple[str, ...]
    """Drafts that contradict a check or conceal it, and checks that show in none."""


def compared(policies: Policies) -> Comparison:
    """Plays and judges an app, and compares that with the oracle and with what the app held."""
    recording, results = rehearsed(policies)
    days = year(policies, plan(), calendar())
    oracle = expected(policies, days)
    different = _scopes(policies, results, oracle, days)
    different += [
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
    return Comparison(
        tuple(different),
        tuple(_unlike(recording, days)),
        tuple(_untrue(recording, results)),
        tuple(_answers(results)),
    )


def _untrue(recording: Recording, results: Results) -> Iterator[str]:
    held = Year(recording)
    findings = [finding for check in results.checks for finding in check.findings]
    for sentence, so in untrue(held, findings):
        yield f"{sentence} (it is {so})"
    for sentence in unclaimed(held, findings):
        yield f"{sentence} (nothing counts this again)"


def _answers(results: Results) -> Iterator[str]:
    for answer in (*contradictions(results), *misshapen(results)):
        yield f"{answer.question}: {answer.answer}"
    for check in unmentioned(results):
        yield f"{check} fails, and no answer says so"


def _scopes(
    policies: Policies,
    results: Results,
    oracle: Mapping[str, Expected],
    days: Sequence[PaperDay],
) -> list[Disagreement]:
    """Where a requirement is met for kinds that nothing was examined of, or not for all that was.

    What something else may hide need not be covered.
    """
    found = []
    for row in results.requirements:
        if row.id in oracle and row.state is RequirementState.MET and row.covers:
            scope, covers = scope_of(row.id, policies, days), frozenset(map(str, row.covers))
            if unsaid := scope.left_out - {*row.leaves_out}:
                found.append(
                    Disagreement(
                        policies,
                        f"{row.id} scope",
                        "silent",
                        row.reason,
                        Expected(unsaid, "declared not held, and left out"),
                    )
                )
            least = scope.least if oracle[row.id].states == {MET} else frozenset[str]()
            if not least <= covers <= scope.most:
                kinds = least - covers or covers - scope.most
                why = "lacks" if least - covers else "has examined nothing of"
                found.append(
                    Disagreement(
                        policies,
                        f"{row.id} scope",
                        "too narrow" if least - covers else "too wide",
                        row.reason,
                        Expected(scope.most, f"{why} {', '.join(sorted(kinds))}"),
                    )
                )
    return found


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
        if seen.get((day.day.district, day.day.day)) != [day.sync.state, day.shown]
    ]
