"""Roll-up: what an assertion comes to, and that a scenario is as strong as its weakest one."""

from __future__ import annotations

from collections.abc import Sequence

from harness.assess.check_result import Outcome
from harness.assess.scope import covered
from harness.suite.checks.observation import Observation

WEAKEST_FIRST = (
    Outcome.FAIL,
    Outcome.ERROR,
    Outcome.NOT_APPLICABLE,
    Outcome.BLOCKED,
    Outcome.NOT_RUN,
    Outcome.MANUAL,
    Outcome.PASS,
)
"""What an app can never be asked is not applicable before anything else about it is open."""


def outcome_of(assertion: Observation) -> Outcome:
    """What one assertion came to, over all that it observed."""
    if assertion.findings:
        return Outcome.FAIL
    if assertion.undecided or assertion.unexamined:
        return Outcome.BLOCKED
    if assertion.manual:
        return Outcome.MANUAL
    if assertion.examined:
        return Outcome.PASS
    return Outcome.NOT_APPLICABLE if assertion.not_applicable else Outcome.BLOCKED


def weakest(assertions: Sequence[Observation]) -> Observation:
    """The assertion that decides what the scenario came to; the first of several."""
    deciding = [assertion for assertion in assertions if not assertion.decides_nothing]
    return min(
        deciding or assertions, key=lambda assertion: WEAKEST_FIRST.index(outcome_of(assertion))
    )


def why_not(assertion: Observation) -> str:
    """Why an assertion does not hold or could not be judged, in a sentence; "" when it passes."""
    match outcome_of(assertion):
        case Outcome.FAIL:
            more = len(assertion.findings) - 1
            return f"{assertion.findings[0].sentence}{f' (and {more:,} more)' if more else ''}"
        case Outcome.BLOCKED if assertion.undecided:
            return assertion.undecided
        case Outcome.BLOCKED if assertion.examined:
            return f"Nothing was left to examine of {covered(assertion.unexamined)}."
        case Outcome.BLOCKED:
            return "Nothing was left to examine."
        case Outcome.MANUAL:
            return assertion.manual
        case Outcome.NOT_APPLICABLE:
            return str(assertion.not_applicable)
        case _:
            return ""
