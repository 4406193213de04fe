"""One fault, one accusation: a finding accuses the requirement that owns the difference."""

from __future__ import annotations

from assess.test_verdicts import TODAY, check, finding, requirement, rule_set

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.findings import FindingKind
from harness.assess.outcomes import settle
from harness.assess.ownership import DIFFERENCES, owner
from harness.assess.requirement_verdict import RequirementState
from harness.assess.verdicts import requirement_verdict
from harness.catalogue.requirements import load_requirements
from harness.resources import REPORTS

TABLE = load_requirements(REPORTS / "requirements.yaml").ownership
RULES = {name: requirement(name) for name in ("R1", "G2")}
SCHOOL = FindingKind.SCHOOL
SCHOOLS = check("schools/a", Outcome.FAIL, requirements=("G2",),
                findings=(finding("schools/a", finding_kind=SCHOOL),))  # fmt: skip
KEY = check("schools/b", Outcome.FAIL, requirements=("R1",),
            findings=(finding("schools/b", finding_kind=SCHOOL),))  # fmt: skip


def settled(*checks: CheckResult) -> tuple[CheckResult, ...]:
    return settle(checks, rule_set(RULES, TABLE), (), TODAY)


def state_of(name: str, checks: tuple[CheckResult, ...]) -> RequirementState:
    return requirement_verdict(RULES[name], checks, ()).state


def test_every_difference_has_an_owner() -> None:
    assert TABLE.keys() == set(DIFFERENCES)


def test_the_owner_that_a_check_verifies_is_accused_before_the_usual_one() -> None:
    missing = finding("a", finding_kind=FindingKind.MISSING)

    assert owner(missing, ("R7",), TABLE) == "R7"
    assert owner(missing, ("R9",), TABLE) == "R2"


def test_a_difference_that_another_requirement_owns_blocks() -> None:
    accuser, blocked = settled(SCHOOLS, KEY)

    assert (accuser.outcome, accuser.findings[0].requirement) == (Outcome.FAIL, "G2")
    assert blocked.outcome is Outcome.BLOCKED
    assert blocked.blocked_by == (accuser.findings[0].id,)
    assert state_of("G2", (accuser, blocked)) is RequirementState.NOT_MET
    assert state_of("R1", (accuser, blocked)) is RequirementState.NOT_PROVEN


def test_a_difference_that_nobody_else_found_accuses_its_owner_from_here() -> None:
    checks = settled(KEY)

    assert checks[0].outcome is Outcome.FAIL
    assert state_of("G2", checks) is RequirementState.NOT_MET
    assert state_of("R1", checks) is RequirementState.NOT_PROVEN
