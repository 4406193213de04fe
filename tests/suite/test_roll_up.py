"""A scenario is as strong as its weakest assertion."""

from __future__ import annotations

from itertools import product

import pytest

from harness.assess.check_result import Outcome
from harness.assess.expectations import Declared
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordRef
from harness.district.data_model.records import Kind
from harness.suite.checks.observation import Observation
from harness.suite.roll_up import outcome_of, weakest, why_not

FINDING = Finding(
    check="",
    day="midyear",
    district="common",
    finding_kind=FindingKind.SCHOOL,
    kind="users",
    clever_id="1",
    name="Mira",
    sentence="Clever shares Mira with two schools, your app holds one.",
)
DECLARED = Declared(("terms",), "The vendor declares that it does not hold terms: no need")
ART = RecordRef("Art", Kind.SECTIONS, "2")


def saw(*kinds: str) -> Observation:
    observation = Observation()
    for kind in kinds:
        observation.saw([kind])
    return observation


def failing() -> Observation:
    observation = saw("students")
    observation.findings.append(FINDING)
    return observation


def left_out() -> Observation:
    observation = Observation()
    observation.leave_out(DECLARED)
    return observation


def lacking(*others: str) -> Observation:
    observation = saw(*others)
    observation.lacks(["sections"], ART)
    return observation


ASSERTIONS = {
    Outcome.FAIL: failing(),
    Outcome.NOT_APPLICABLE: left_out(),
    Outcome.BLOCKED: Observation(undecided="It cannot be told."),
    Outcome.MANUAL: Observation(manual="A person has to say."),
    Outcome.PASS: saw("students"),
}
ORDER = list(ASSERTIONS)


@pytest.mark.parametrize("outcome", ORDER)
def test_an_assertion_alone(outcome: Outcome) -> None:
    assert outcome_of(ASSERTIONS[outcome]) is outcome
    assert bool(why_not(ASSERTIONS[outcome])) is (outcome is not Outcome.PASS)


@pytest.mark.parametrize(("one", "other"), list(product(ORDER, ORDER)))
def test_of_two_assertions_the_weaker_decides(one: Outcome, other: Outcome) -> None:
    decides = weakest([ASSERTIONS[one], ASSERTIONS[other]])

    assert outcome_of(decides) is min(one, other, key=ORDER.index)


def test_what_examined_nothing_is_blocked() -> None:
    assert outcome_of(Observation()) is Outcome.BLOCKED
    assert outcome_of(weakest([saw("students"), Observation()])) is Outcome.BLOCKED


def test_a_kind_that_was_left_out_narrows() -> None:
    observation = saw("sections")
    observation.add(left_out())

    assert outcome_of(observation) is Outcome.PASS
    assert list(observation.not_held) == ["terms"]
    assert observation.scope == {"sections": 1}


def test_a_kind_of_which_nothing_was_examined_is_not_proven() -> None:
    assert outcome_of(lacking("students")) is Outcome.BLOCKED
    assert why_not(lacking("students")) == "Nothing was left to examine of sections."
    assert outcome_of(lacking("students", "sections")) is Outcome.PASS


def test_what_is_asked_of_nobody_leaves_the_scenario_to_its_other_assertions() -> None:
    """Where no sync sets up any account, schools and classes are in it all the same."""
    nobody = left_out()
    nobody.decides_nothing = True

    assert outcome_of(weakest([saw("sections"), nobody])) is Outcome.PASS
    assert outcome_of(weakest([lacking("students"), nobody])) is Outcome.BLOCKED
    assert outcome_of(weakest([nobody])) is Outcome.NOT_APPLICABLE
