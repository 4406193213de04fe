"""A check over everything gives way to findings about the same record, of its day or before."""

from __future__ import annotations

import pytest

from harness.assess.check_result import CheckResult, EvidenceLevel, Outcome
from harness.assess.findings import Finding, FindingKind
from harness.district.data_model.records import Kind
from harness.plan.plan import Day
from harness.suite.checks.observation import Observation
from harness.suite.giving_way import Accused


def about(day: Day, kind: FindingKind) -> Finding:
    return Finding(
        check="a/check",
        day=day,
        district="common",
        finding_kind=kind,
        kind=Kind.USERS,
        clever_id="0" * 24,
        name="Bea Kvam",
        sentence="Something is wrong with Bea Kvam.",
        expected="this",
        found="that",
    )


def lost(requirement: str, day: Day) -> CheckResult:
    return CheckResult(
        id=f"faults/{requirement}",
        feature="faults",
        rule="",
        name="",
        line=1,
        requirements=(requirement,),
        outcome=Outcome.FAIL,
        evidence_level=EvidenceLevel.OBSERVED,
        findings=(about(day, FindingKind.UNREAD),),
    )


@pytest.mark.parametrize("check", [lost("T1", Day.SERVER_ERRORS), lost("T6", Day.RECOVERY)])
@pytest.mark.parametrize(("day", "own"), [(Day.MIDYEAR, 1), (Day.RECOVERY, 0)])
def test_what_faults_take_away_excuses_nothing_of_the_days_before_it(
    check: CheckResult, day: Day, own: int
) -> None:
    values = Observation(findings=[about(day, FindingKind.FIELD)], examined=9)

    left = Accused([check]).besides(values, ("R5",))

    assert len(left.findings) == own
    assert len(left.needs) == 1 - own


@pytest.mark.parametrize("day", [Day.MIDYEAR, Day.RECOVERY])
def test_what_faults_left_behind_is_said_once_whatever_day_shows_it(day: Day) -> None:
    values = Observation(findings=[about(day, FindingKind.FIELD)], examined=9)

    left = Accused([lost("T6", Day.RECOVERY)]).besides(values, ("T6",))

    assert not left.findings
    assert left.needs
