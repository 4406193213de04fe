"""Verdicts: from outcomes of checks to each requirement, and from those to the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.ownership import accused_by, verified_by
from harness.assess.requirement_verdict import Level, RequirementState, RequirementVerdict
from harness.assess.results import Verdict
from harness.assess.scope import covered, not_kept
from harness.catalogue.requirements import Requirement, Verification
from harness.prose import counted
from harness.recording.recording import Attestation

EXIT_CODES = {
    Verdict.READY: 0,
    Verdict.READY_WITH_CONDITIONS: 0,
    Verdict.NOT_READY: 1,
    Verdict.INCOMPLETE: 3,
}
_UNPROVEN = (Outcome.BLOCKED, Outcome.ERROR, Outcome.NOT_RUN)


def requirement_verdict(
    requirement: Requirement, checks: Sequence[CheckResult], attestations: Sequence[Attestation]
) -> RequirementVerdict:
    """The verdict of one requirement over the checks that verify it."""
    own = [check for check in checks if requirement.id in verified_by(check)]
    attested = [row for row in attestations if row.requirement == requirement.id]
    state, reason = _state(requirement, own, attested)
    return RequirementVerdict(
        id=requirement.id,
        level=Level(requirement.level),
        title=requirement.title,
        text=requirement.text,
        source=requirement.source,
        area=requirement.area,
        state=state,
        reason=reason,
        checks=tuple(check.id for check in own),
        covers=_keys(key for check in own if check.outcome is Outcome.PASS for key in check.scope),
        leaves_out=_keys(key for check in own for key in check.not_held),
        impact=requirement.impact,
    )


def _state(
    requirement: Requirement, checks: Sequence[CheckResult], attested: Sequence[Attestation]
) -> tuple[RequirementState, str]:
    failed = [c for c in checks if requirement.id in accused_by(c)]
    unproven = [c for c in checks if c.outcome in _UNPROVEN or accused_by(c) - {requirement.id}]
    manual = [c for c in checks if c.outcome is Outcome.MANUAL]
    passed = [c for c in checks if c.outcome is Outcome.PASS]
    if failed:
        return RequirementState.NOT_MET, _accusation(requirement, failed[0])
    if unproven:
        return RequirementState.NOT_PROVEN, f"{unproven[0].name}: {unproven[0].reason}"
    if attested and manual:
        return RequirementState.ATTESTED, _word(attested[0])
    if manual:
        return RequirementState.MANUAL, manual[0].reason
    if passed:
        return RequirementState.MET, _met(passed, checks)
    if attested:
        return RequirementState.ATTESTED, _word(attested[0])
    if checks:
        return RequirementState.NOT_APPLICABLE, _most_common([check.reason for check in checks])
    match requirement.verified:
        case Verification.ATTESTATION:
            return RequirementState.MANUAL, requirement.reason
        case Verification.NOT:
            return RequirementState.NOT_OBSERVABLE, requirement.reason
        case Verification.SCENARIOS:
            return RequirementState.NOT_PROVEN, "No scenario that verifies it was selected."


def _most_common(reasons: Sequence[str]) -> str:
    """The reason of most checks, the first of several: others are about a few of them."""
    return max(dict.fromkeys(reasons), key=reasons.count)


def _accusation(requirement: Requirement, check: CheckResult) -> str:
    """What a check accuses of under one requirement, in a sentence."""
    rows = [row for row in check.findings if row.requirement == requirement.id]
    more = f" (and {len(rows) - 1:,} more)" if len(rows) > 1 else ""
    return f"{rows[0].sentence}{more}" if rows else check.reason


def _met(passed: Sequence[CheckResult], checks: Sequence[CheckResult]) -> str:
    """For what a requirement is met, and over how much: `Met for users; the app does not ...`."""
    # Where no kind of record was looked at, what was examined are syncs or requests.
    records = counted(sum(check.examined for check in passed if check.scope), "record")
    covering = f", covering {records}" if any(check.scope for check in passed) else ""
    counts = f"{_scenarios(len(passed))}{covering}."
    covers = covered(key for check in passed for key in check.scope)
    lacks = not_kept(key for check in checks for key in check.not_held)
    scope = "; ".join(filter(None, (covers and f"Met for {covers}", lacks)))
    return f"{scope[:1].upper()}{scope[1:]}. {counts}" if scope else counts


def _keys(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _word(attested: Attestation) -> str:
    return f"{attested.statement} ({attested.by}, {attested.on})"


def run_verdict(
    requirements: Sequence[RequirementVerdict],
    checks: Sequence[CheckResult],
    *,
    waiver_problems: Sequence[str],
    contradictions: Sequence[str],
    open_answers: int = 0,
) -> Verdict:
    """The verdict of a whole rehearsal; a proven breach outranks incompleteness."""
    levels = {row.id: row.level for row in requirements}
    breaches = [
        check
        for check in checks
        if check.outcome is Outcome.FAIL
        and not check.waived
        and any(levels.get(name) is Level.MUST for name in accused_by(check))
    ]
    if breaches or waiver_problems or contradictions:
        return Verdict.NOT_READY
    unproven = any(row.state is RequirementState.NOT_PROVEN for row in requirements)
    open_checks = any(check.outcome in _UNPROVEN for check in checks)
    if unproven or open_checks or not any(c.outcome is Outcome.PASS for c in checks):
        return Verdict.INCOMPLETE
    conditions = (
        open_answers > 0
        or any(row.state is RequirementState.MANUAL for row in requirements)
        or any(check.outcome is Outcome.WARN or check.waived for check in checks)
    )
    return Verdict.READY_WITH_CONDITIONS if conditions else Verdict.READY


def partial_exit(checks: Sequence[CheckResult], *, whole: bool = True) -> int:
    """0 when everything that was selected holds, else 1: what is blocked does not hold.

    3 when the rehearsal stopped before its end, and no check fails.
    """
    if not whole and not any(check.outcome is Outcome.FAIL for check in checks):
        return EXIT_CODES[Verdict.INCOMPLETE]
    fine = (Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.WARN, Outcome.MANUAL)
    held = all(check.outcome in fine or check.waived for check in checks)
    return 0 if held and any(check.outcome is Outcome.PASS for check in checks) else 1


def _scenarios(number: int) -> str:
    return "1 scenario passed" if number == 1 else f"{number} scenarios passed"
