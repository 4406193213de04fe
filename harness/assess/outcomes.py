"""Outcomes: what a judged scenario counts as, once levels, accusers and waivers are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from harness.assess.check_result import (
    CheckResult,
    EvidenceLevel,
    Outcome,
    ResponsibleParty,
    StepState,
)
from harness.assess.findings import Finding, FindingKind
from harness.assess.ownership import Ownership, accused_by, owner, owners
from harness.assess.requirement_verdict import Level
from harness.catalogue.requirements import Requirement, RequirementSet
from harness.recording.recording import Waiver

LONGEST_WAIVER = timedelta(days=90)


def settle(
    checks: Sequence[CheckResult],
    requirements: RequirementSet,
    waivers: Sequence[Waiver],
    run_date: date,
    written_wrongly: Collection[str] = (),
    *,
    whole: bool = True,
) -> tuple[CheckResult, ...]:
    """The checks with each finding accusing one requirement, and with live waivers.

    Warnings are for SHOULDs; what is blocked names the findings that accuse. `written_wrongly` are
    the ids of findings about values that the app does not only fail to update. A rehearsal that is
    not `whole` may have ended before the check was judged that accuses.
    """
    owned = [_owned(check, requirements.ownership, written_wrongly) for check in checks]
    reported = [f for c in owned for f in c.findings if f.requirement in c.requirements]
    own = _Accusers(reported, requirements.ownership)
    levelled = [
        _levelled(_without_others(check, own), requirements.requirements) for check in owned
    ]
    reported = [f for check in levelled if _accuses(check) for f in check.findings]
    accusers = _Accusers(reported, requirements.ownership)
    live = {w.check: w for w in waivers if not problem_with(w, levelled, run_date)}
    named = (_named(check, accusers, whole=whole) for check in levelled)
    return tuple(_waived(check, live) for check in named)


def problem_with(waiver: Waiver, checks: Sequence[CheckResult], run_date: date) -> str:
    """Why a waiver does not hold, as a sentence; "" for a live one."""
    check = next((row for row in checks if row.id == waiver.check), None)
    expires = waiver.expires
    if check is None:
        return f'The waiver for "{waiver.check}" matches no check of this rehearsal; remove it.'
    if expires < run_date:
        return f'The waiver for "{waiver.check}" expired on {waiver.expires}; fix the check.'
    if expires - run_date > LONGEST_WAIVER:
        return f'The waiver for "{waiver.check}" runs for more than 90 days; shorten it.'
    if check.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        return f'The check "{waiver.check}" no longer fails; remove its waiver.'
    return ""


def _owned(
    check: CheckResult, ownership: Ownership, written_wrongly: Collection[str]
) -> CheckResult:
    """A failed check whose findings each say of which requirement they accuse."""
    if not _accuses(check):
        return check
    findings = (
        replace(
            row,
            requirement=owner(
                row, check.requirements, ownership, written=row.id in written_wrongly
            ),
        )
        for row in check.findings
    )
    return replace(check, findings=tuple(findings))


def _without_others(check: CheckResult, own: _Accusers) -> CheckResult:
    """A failed check without what another requirement's check accuses; blocked if none is left."""
    if not _accuses(check):
        return check
    left = tuple(
        row for row in check.findings if row.requirement in check.requirements or not own.alike(row)
    )
    if left == check.findings:
        return check
    if left:
        more = f" (and {len(left) - 1:,} more)" if len(left) > 1 else ""
        return replace(check, findings=left, reason=f"{left[0].sentence}{more}")
    if declared := next((s for s in check.steps if s.state is StepState.NOT_APPLICABLE), None):
        return replace(
            check,
            outcome=Outcome.NOT_APPLICABLE,
            evidence_level=EvidenceLevel.NONE,
            findings=(),
            reason=declared.reason,
        )
    return replace(check, outcome=Outcome.BLOCKED, evidence_level=EvidenceLevel.NONE)


def _levelled(check: CheckResult, requirements: Mapping[str, Requirement]) -> CheckResult:
    """A failed check warns when everything it accuses of is a SHOULD."""
    levels = {requirements[name].level for name in accused_by(check) if name in requirements}
    if check.outcome is Outcome.FAIL and levels == {Level.SHOULD}:
        return replace(check, outcome=Outcome.WARN)
    return check


def _accuses(check: CheckResult) -> bool:
    return check.outcome in (Outcome.FAIL, Outcome.WARN)


class _Accusers:
    """The findings of failed checks, by what they are about."""

    def __init__(self, findings: Iterable[Finding], ownership: Ownership) -> None:
        self._ownership = ownership
        self._by_record: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        self._by_owner: dict[str, list[Finding]] = defaultdict(list)
        self._of_lists: dict[tuple[FindingKind, str], list[Finding]] = defaultdict(list)
        for finding in findings:
            self._by_owner[finding.requirement].append(finding)
            self._by_record[finding.district, finding.clever_id].append(finding)
            if not finding.clever_id and finding.field:
                self._of_lists[finding.finding_kind, finding.field].append(finding)

    def alike(self, finding: Finding) -> bool:
        """Whether a finding of the same difference accuses about the same record."""
        return any(
            row.finding_kind is finding.finding_kind and row.requirement == finding.requirement
            for row in self._by_record[finding.district, finding.clever_id]
        )

    def of(self, need: Finding) -> str:
        """Id of the finding that accuses what a blocked check could not get past; or "".

        When no check reports the record itself, it is a finding under a requirement that can own
        such a difference.
        """
        if of_list := self._of_list(need):
            return of_list.id
        known = self._by_record[need.district, need.clever_id]
        alike = [f for f in known if f.finding_kind is need.finding_kind]
        same_day = [f for f in alike if f.day == need.day]
        about_syncs = self._by_record[need.district, ""]
        best = (
            same_day
            or alike
            or known
            or [f for f in about_syncs if f.finding_kind is FindingKind.SYNC]
            or [f for name in owners(need, self._ownership) for f in self._by_owner[name]]
        )
        return best[0].id if best else ""

    def _of_list(self, need: Finding) -> Finding | None:
        """What was reported of the same list or path, of this district or of another."""
        if need.clever_id or not need.field:
            return None
        known = self._of_lists[need.finding_kind, need.field]
        same = [finding for finding in known if finding.district == need.district]
        return next(iter(same or known), None)


def _named(check: CheckResult, accusers: _Accusers, *, whole: bool) -> CheckResult:
    """A blocked check with the ids of the findings that accuse; without any it is our error."""
    if check.outcome is not Outcome.BLOCKED or not check.findings:
        return check
    named = tuple(
        dict.fromkeys(accuser for need in check.findings if (accuser := accusers.of(need)))
    )
    if named:
        return replace(check, findings=(), blocked_by=named[:5])
    if not whole:
        reason = f"The rehearsal ended before it showed what blocks this check: {check.reason}"
        level = EvidenceLevel.NONE
        return replace(
            check, outcome=Outcome.NOT_RUN, evidence_level=level, findings=(), reason=reason
        )
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
