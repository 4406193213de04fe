"""Outcomes roll up to requirements and to the run, and nothing bad ever makes a verdict better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.assess.check_result import CheckResult, EvidenceLevel, Outcome, ResponsibleParty
from harness.assess.findings import Finding, FindingKind
from harness.assess.outcomes import problem_with, settle
from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Verdict
from harness.assess.to_do import to_do
from harness.assess.verdicts import EXIT_CODES, partial_exit, requirement_verdict, run_verdict
from harness.catalogue.requirements import Requirement, RequirementSet, Verification
from harness.contract.waivers import Attestation, Waiver

TODAY = date(2026, 11, 23)


def requirement(
    name: str = "R6", level: str = "MUST", verified: Verification = Verification.SCENARIOS
) -> Requirement:
    return Requirement(
        id=name,
        level=level,
        area="Archiving",
        title="What disappears is archived",
        text="It is archived.",
        source="A guide",
        verified=verified,
        reason="" if verified is Verification.SCENARIOS else "Nobody can see it.",
        impact="Work is lost.",
    )


def finding(
    check: str, clever_id: str = "1" * 24, finding_kind: FindingKind = FindingKind.LOST
) -> Finding:
    return Finding(
        check=check,
        day="departures",
        district="common",
        finding_kind=finding_kind,
        kind="users",
        clever_id=clever_id,
        name="Maya",
        sentence="Clever no longer shares Maya, your app deleted her.",
    )


def check(
    name: str = "leaving/one",
    outcome: Outcome = Outcome.PASS,
    *,
    requirements: tuple[str, ...] = ("R6",),
    findings: tuple[Finding, ...] = (),
) -> CheckResult:
    return CheckResult(
        id=name,
        feature="leaving.feature",
        rule="What disappears is archived",
        name=name,
        line=1,
        requirements=requirements,
        outcome=outcome,
        evidence_level=EvidenceLevel.OBSERVED,
        reason="" if outcome is Outcome.PASS else "a reason",
        findings=findings,
        responsible=ResponsibleParty.HARNESS if outcome is Outcome.ERROR else None,
        examined=1,
    )


def rule_set(
    rules: dict[str, Requirement], ownership: Mapping[str, Sequence[str]] | None = None
) -> RequirementSet:
    return RequirementSet(date="", digest="", requirements=rules, ownership=ownership or {})


def verdict_of(checks: list[CheckResult], *, problems: tuple[str, ...] = ()) -> Verdict:
    row = requirement_verdict(requirement(), checks, ())
    return run_verdict([row], checks, waiver_problems=problems, contradictions=())


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ((Outcome.PASS, Outcome.FAIL, Outcome.ERROR), RequirementState.NOT_MET),
        ((Outcome.PASS, Outcome.BLOCKED), RequirementState.NOT_PROVEN),
        ((Outcome.PASS, Outcome.ERROR), RequirementState.NOT_PROVEN),
        ((Outcome.PASS, Outcome.NOT_RUN), RequirementState.NOT_PROVEN),
        ((Outcome.PASS, Outcome.NOT_APPLICABLE), RequirementState.MET),
        ((Outcome.PASS, Outcome.MANUAL), RequirementState.MANUAL),
        ((Outcome.NOT_APPLICABLE, Outcome.MANUAL), RequirementState.MANUAL),
        ((Outcome.BLOCKED, Outcome.MANUAL), RequirementState.NOT_PROVEN),
        ((Outcome.FAIL, Outcome.MANUAL), RequirementState.NOT_MET),
        ((Outcome.NOT_APPLICABLE,), RequirementState.NOT_APPLICABLE),
        ((), RequirementState.NOT_PROVEN),
    ],
)
def test_a_requirement_is_as_good_as_its_worst_check(
    outcomes: tuple[Outcome, ...], state: RequirementState
) -> None:
    checks = [check(f"leaving/{number}", outcome) for number, outcome in enumerate(outcomes)]

    assert requirement_verdict(requirement(), checks, ()).state is state


def test_what_no_scenario_observes_waits_for_a_word() -> None:
    row = requirement("R4", verified=Verification.ATTESTATION)
    word = Attestation(requirement="R4", statement="By number.", by="Pat", on=date(2026, 11, 1))

    assert requirement_verdict(row, [], ()).state is RequirementState.MANUAL
    assert requirement_verdict(row, [], [word]).state is RequirementState.ATTESTED


def test_a_word_stands_in_for_what_a_scenario_could_not_tell() -> None:
    word = Attestation(requirement="R6", statement="By number.", by="Pat", on=date(2026, 11, 1))
    checks = [check("matching/a", Outcome.MANUAL), check("matching/b", Outcome.PASS)]

    told = requirement_verdict(requirement(), checks, [word])
    denied = requirement_verdict(requirement(), [*checks, check("c", Outcome.FAIL)], [word])

    assert (told.state, told.reason) == (RequirementState.ATTESTED, "By number. (Pat, 2026-11-01)")
    assert denied.state is RequirementState.NOT_MET


def test_no_word_replaces_what_scenarios_tell() -> None:
    word = Attestation(requirement="R6", statement="By number.", by="Pat", on=date(2026, 11, 1))
    passes = check("matching/a", Outcome.PASS)

    shown = requirement_verdict(requirement(), [passes], [word])
    hidden = requirement_verdict(requirement(), [passes, check("b", Outcome.BLOCKED)], [word])

    assert shown.state is RequirementState.MET
    assert hidden.state is RequirementState.NOT_PROVEN


def test_nothing_checked_is_incomplete() -> None:
    assert verdict_of([]) is Verdict.INCOMPLETE
    assert verdict_of([check(outcome=Outcome.NOT_APPLICABLE)]) is Verdict.INCOMPLETE


def test_a_proven_breach_outranks_incompleteness() -> None:
    checks = [check("leaving/a", Outcome.ERROR), check("leaving/b", Outcome.FAIL)]

    assert verdict_of(checks) is Verdict.NOT_READY


def test_exit_codes_are_those_of_the_documentation() -> None:
    assert {str(verdict): code for verdict, code in EXIT_CODES.items()} == {
        "READY": 0,
        "READY_WITH_CONDITIONS": 0,
        "NOT_READY": 1,
        "INCOMPLETE": 3,
    }


OUTCOMES = st.lists(st.sampled_from(list(Outcome)), max_size=6)
RANK = [Verdict.READY, Verdict.READY_WITH_CONDITIONS, Verdict.INCOMPLETE, Verdict.NOT_READY]


@given(OUTCOMES)
def test_adding_a_failing_check_never_improves_a_verdict(outcomes: list[Outcome]) -> None:
    checks = [check(f"leaving/{number}", outcome) for number, outcome in enumerate(outcomes)]
    worse = [*checks, check("leaving/more", Outcome.FAIL)]

    assert RANK.index(verdict_of(worse)) >= RANK.index(verdict_of(checks))
    assert verdict_of(worse) is Verdict.NOT_READY


@given(OUTCOMES)
def test_only_a_pass_over_records_can_lead_to_ready(outcomes: list[Outcome]) -> None:
    checks = [check(f"leaving/{number}", outcome) for number, outcome in enumerate(outcomes)]

    if verdict_of(checks) in (Verdict.READY, Verdict.READY_WITH_CONDITIONS):
        assert Outcome.PASS in outcomes
        assert not {Outcome.ERROR, Outcome.BLOCKED, Outcome.NOT_RUN, Outcome.FAIL} & set(outcomes)


def test_a_breach_of_a_should_only_warns() -> None:
    rules = {"R10": requirement("R10", level="SHOULD")}
    broken = check("a", Outcome.FAIL, requirements=("R10",), findings=(finding("a"),))

    assert settle([broken], rule_set(rules), (), TODAY)[0].outcome is Outcome.WARN


def test_a_blocked_check_names_the_finding_that_accuses() -> None:
    accuser = check("standing/a", Outcome.FAIL, findings=(finding("standing/a"),))
    blocked = check("leaving/b", Outcome.BLOCKED, findings=(finding(""),))

    settled = settle([blocked, accuser], rule_set({"R6": requirement()}), (), TODAY)

    assert settled[0].outcome is Outcome.BLOCKED
    assert settled[0].blocked_by == (accuser.findings[0].id,)
    assert settled[0].findings == ()


def test_a_blocked_check_that_nobody_accuses_is_our_error() -> None:
    blocked = check("leaving/b", Outcome.BLOCKED, findings=(finding(""),))

    settled = settle([blocked], rule_set({"R6": requirement()}), (), TODAY)

    assert settled[0].outcome is Outcome.ERROR
    assert settled[0].responsible is ResponsibleParty.HARNESS


def test_a_rehearsal_that_ended_early_need_not_say_what_blocks_a_check() -> None:
    blocked = check("leaving/b", Outcome.BLOCKED, findings=(finding(""),))

    settled = settle([blocked], rule_set({"R6": requirement()}), (), TODAY, whole=False)

    assert (settled[0].outcome, settled[0].responsible) == (Outcome.NOT_RUN, None)
    assert settled[0].reason.startswith("The rehearsal ended before it showed what blocks")


def test_what_a_rehearsal_that_ended_early_leaves_open_is_told_once() -> None:
    open_ = [check("a", Outcome.NOT_RUN), check("b", Outcome.NOT_RUN)]
    rows = [requirement_verdict(requirement(), [one], ()) for one in open_]

    told = to_do(rows, (), (), open_, (), "stopped: the disk is full")

    assert len(told) == 1
    assert told[0].startswith("R6, R6: not proven, because the rehearsal ended early.")
    assert told[0].endswith("rehearse again: stopped: the disk is full")
    assert len(to_do(rows, (), (), open_, ())) == 2


def waiver(expires: str = "2027-01-01", name: str = "leaving/one") -> Waiver:
    return Waiver(
        check=name, reason="Mended in spring", owner="Pat", expires=date.fromisoformat(expires)
    )


def test_a_live_waiver_turns_a_breach_into_a_condition() -> None:
    failed = check(outcome=Outcome.FAIL, findings=(finding("leaving/one"),))
    settled = settle(
        [failed, check("leaving/two")], rule_set({"R6": requirement()}), [waiver()], TODAY
    )

    assert "Pat, until 2027-01-01" in settled[0].waived
    assert verdict_of(list(settled)) is Verdict.READY_WITH_CONDITIONS


@pytest.mark.parametrize("outcome", [Outcome.ERROR, Outcome.BLOCKED, Outcome.NOT_RUN])
def test_what_was_not_judged_cannot_be_waived(outcome: Outcome) -> None:
    settled = settle(
        [check(outcome=outcome), check("leaving/two")],
        rule_set({"R6": requirement()}),
        [waiver()],
        TODAY,
    )

    assert settled[0].waived == ""
    assert verdict_of(list(settled)) is Verdict.INCOMPLETE


@pytest.mark.parametrize(
    ("one", "outcome", "words"),
    [
        (waiver("2026-11-22"), Outcome.FAIL, "expired on 2026-11-22"),
        (waiver("2027-03-01"), Outcome.FAIL, "for more than 90 days"),
        (waiver(), Outcome.PASS, "no longer fails"),
        (waiver(name="leaving/none"), Outcome.FAIL, "matches no check"),
    ],
    ids=["expired", "too long", "stale", "unknown"],
)
def test_a_waiver_that_does_not_hold_is_a_breach(one: Waiver, outcome: Outcome, words: str) -> None:
    checks = [check(outcome=outcome)]

    problem = problem_with(one, checks, TODAY)

    assert words in problem
    assert verdict_of([check()], problems=(problem,)) is Verdict.NOT_READY


def test_a_waiver_may_last_exactly_ninety_days() -> None:
    checks = [check(outcome=Outcome.FAIL)]

    assert problem_with(waiver("2027-02-21"), checks, TODAY) == ""
    assert problem_with(waiver("2027-02-22"), checks, TODAY) != ""


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ((Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.WARN), 0),
        ((Outcome.PASS, Outcome.BLOCKED), 1),
        ((Outcome.PASS, Outcome.FAIL), 1),
        ((Outcome.NOT_APPLICABLE,), 1),
        ((), 1),
    ],
)
def test_a_part_holds_only_if_all_of_it_holds(outcomes: tuple[Outcome, ...], code: int) -> None:
    checks = [check(f"leaving/{number}", outcome) for number, outcome in enumerate(outcomes)]

    assert partial_exit(checks) == code


def test_a_part_that_stopped_is_incomplete_unless_it_is_known_to_fail() -> None:
    passed, failed = check(), check("leaving/other", Outcome.FAIL)

    assert partial_exit([passed], whole=False) == 3
    assert partial_exit([passed, failed], whole=False) == 1


def test_what_does_not_apply_says_why_most_of_it_does_not() -> None:
    """The first check may be about a declaration that few apps make."""
    reasons = ["Nothing is declared about waiting.", "Nobody works in the app.", "No groups."]
    checks = [
        replace(check(f"leaving/{number}", Outcome.NOT_APPLICABLE), reason=reasons[number % 3])
        for number in (0, 2, 1, 4)
    ]

    verdict = requirement_verdict(requirement(), checks, ())

    assert (verdict.state, verdict.reason) == (RequirementState.NOT_APPLICABLE, reasons[1])
