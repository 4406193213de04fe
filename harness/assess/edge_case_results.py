"""Edge-case results: for each its outcome, its cast, and the difference that was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.recording_index import NotReachedError, RecordingIndex, RecordRef
from harness.assess.results import CastMember, EdgeCaseResult
from harness.catalogue.edge_cases import EdgeCase
from harness.district.data_model.records import Kind, full_name
from harness.plan.plan import COMMON, PlannedScenario

_WORST = (
    Outcome.FAIL,
    Outcome.ERROR,
    Outcome.BLOCKED,
    Outcome.NOT_RUN,
    Outcome.WARN,
    Outcome.MANUAL,
    Outcome.PASS,
    Outcome.NOT_APPLICABLE,
)


def edge_case_results(
    index: RecordingIndex,
    edge_cases: Mapping[str, EdgeCase],
    planned: Sequence[PlannedScenario],
    checks: Sequence[CheckResult],
) -> tuple[EdgeCaseResult, ...]:
    """One result for every edge case in play, in order of group and id."""
    in_play: dict[str, list[PlannedScenario]] = defaultdict(list)
    for row in planned:
        in_play[row.edge_case].append(row)
    own: dict[str, list[CheckResult]] = defaultdict(list)
    for check in checks:
        own[check.edge_case].append(check)
    cases = [case for case in edge_cases.values() if case.id in in_play]
    return tuple(
        _result(index, case, own[case.id], in_play[case.id])
        for case in sorted(cases, key=lambda case: (case.group, case.id))
    )


def _result(
    index: RecordingIndex,
    case: EdgeCase,
    checks: list[CheckResult],
    planned: Sequence[PlannedScenario],
) -> EdgeCaseResult:
    outcome = min((c.outcome for c in checks), key=_WORST.index, default=Outcome.NOT_RUN)
    findings = [finding for check in checks for finding in check.findings]
    reasons = [c.reason for c in checks if c.outcome is outcome and c.outcome is not Outcome.PASS]
    home = planned[0].district or COMMON
    day = findings[0].day if findings else _day(index, home, planned)
    return EdgeCaseResult(
        id=case.id,
        group=case.group,
        title=case.title,
        why=case.why,
        provenance=str(case.provenance),
        outcome=outcome,
        difference=findings[0].sentence if findings else (reasons[0] if reasons else ""),
        members=_members(index, home, case, day),
        checks=tuple(check.id for check in checks),
    )


def _day(index: RecordingIndex, home: str, planned: Sequence[PlannedScenario]) -> str:
    """The last day the scenarios of a case speak of, as far as it was played."""
    played = index.days_of(home)
    spoken = {day for row in planned for day in row.days}
    reached = [day for day in played if day in spoken]
    return reached[-1] if reached else ""


def _members(index: RecordingIndex, home: str, case: EdgeCase, day: str) -> tuple[CastMember, ...]:
    if not day:
        return ()
    members = []
    for name in case.cast.members:
        try:
            person = index.cast(home, day, case.id, name)
            members.append(_member(index, home, person, day))
        except NotReachedError:
            continue
    return tuple(members)


def _member(index: RecordingIndex, home: str, person: RecordRef, day: str) -> CastMember:
    return CastMember(
        name=person.name,
        full_name=_full_name(index, home, person, day),
        kind=person.kind,
        clever_id=person.clever_id,
        district=home,
    )


def _full_name(index: RecordingIndex, home: str, person: RecordRef, day: str) -> str:
    for each in (day, *index.days_of(home)):
        record = index.record(home, each, person)
        if record is not None:
            if person.kind is Kind.USERS:
                return full_name(record)  # type: ignore[arg-type]
            return str(record.get("name") or "")
    return ""
