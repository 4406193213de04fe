"""Outcomes: what a judged scenario counts as, once levels, accusers and waivers are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from harness.assess.check_result import CheckResult, EvidenceLevel, Outcome, ResponsibleParty
from harness.assess.findings import Finding, FindingKind
from harness.assess.requirement_verdict import Level
from harness.catalogue.requirements import Requirement
from harness.recording.recording import Waiver

LONGEST_WAIVER = timedelta(days=90)


def settle(
    checks: Sequence[CheckResult],
    requirements: Mapping[str, Requirement],
    waivers: Sequence[Waiver],
    run_date: date,
) -> tuple[CheckResult, ...]:
    """The checks with warnings for SHOULDs, accusers for what is blocked, and live waivers."""
    levelled = [_levelled(check, requirements) for check in checks]
    accusers = _Accusers(f for check in levelled if _accuses(check) for f in check.findings)
    live = {w.check: w for w in waivers if not problem_with(w, levelled, run_date)}
    return tuple(_waived(_named(check, accusers), live) for check in levelled)


def problem_with(waiver: Waiver, checks: Sequence[CheckResult], run_date: date) -> str:
    """Why a waiver does not hold, as a sentence; "" for a live one."""
    check = next((row for row in checks if row.id == waiver.check), None)
    expires = date.fromisoformat(waiver.expires)
    if check is None:
        return f'The waiver for "{waiver.check}" matches no check of this rehearsal; remove it.'
    if expires < run_date:
        return f'The waiver for "{waiver.check}" expired on {waiver.expires}; fix the check.'
    if expires - run_date > LONGEST_WAIVER:
        return f'The waiver for "{waiver.check}" runs for more than 90 days; shorten it.'
    if check.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        return f'The check "{waiver.check}" no longer fails; remove its waiver.'
    return ""


def _levelled(check: CheckResult, requirements: Mapping[str, Requirement]) -> CheckResult:
    """A failed check warns when everything it verifies is a SHOULD."""
    levels = {requirements[name].level for name in check.requirements if name in requirements}
    if check.outcome is Outcome.FAIL and levels == {Level.SHOULD}:
        return replace(check, outcome=Outcome.WARN)
    return check


def _accuses(check: CheckResult) -> bool:
    return check.outcome in (Outcome.FAIL, Outcome.WARN)


class _Accusers:
    """The findings of failed checks, by what they are about."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_record: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in findings:
            self._by_record[finding.district, finding.clever_id].append(finding)

    def of(self, need: Finding) -> str:
        """Id of the finding that accuses what a blocked check could not get past; or ""."""
        known = self._by_record[need.district, need.clever_id]
        alike = [f for f in known if f.finding_kind is need.finding_kind]
        same_day = [f for f in alike if f.day == need.day]
        about_syncs = self._by_record[need.district, ""]
        best = (
            same_day
            or alike
            or known
            or [f for f in about_syncs if f.finding_kind is FindingKind.SYNC]
        )
        return best[0].id if best else ""


def _named(check: CheckResult, accusers: _Accusers) -> CheckResult:
    """A blocked check with the ids of the findings that accuse, or an error if there is none."""
    if check.outcome is not Outcome.BLOCKED or not check.findings:
        return check
    named = tuple(dict.fromkeys(found for need in check.findings if (found := accusers.of(need))))
    if named:
        return replace(check, findings=(), blocked_by=named[:5])
    return replace(
        check,
        outcome=Outcome.ERROR,
        evidence_level=EvidenceLevel.NONE,
        findings=(),
        responsible=ResponsibleParty.HARNESS,
        reason=f"No finding explains what blocks this check: {check.reason}",
    )


def _waived(check: CheckResult, live: Mapping[str, Waiver]) -> CheckResult:
    waiver = live.get(check.id)
    if waiver is None or not _accuses(check):
        return check
    return replace(check, waived=f"{waiver.reason} ({waiver.owner}, until {waiver.expires})")
