"""Open items: what a reader still has to look at, worst first."""

from __future__ import annotations

from harness.assess.answer import Answer, AnswerSource
from harness.assess.check_result import CheckResult, Outcome
from harness.assess.requirement_verdict import RequirementVerdict
from harness.assess.results import Cause, Results
from harness.report import labels

_OPEN = (Outcome.FAIL, Outcome.ERROR, Outcome.BLOCKED, Outcome.NOT_RUN, Outcome.WARN)


def checks(results: Results) -> list[CheckResult]:
    """Checks that fail, warn or have no verdict."""
    unproven = [check for check in results.checks if check.outcome in _OPEN]
    return sorted(unproven, key=lambda check: labels.rank(labels.OUTCOMES, check.outcome))


def requirements(results: Results) -> list[RequirementVerdict]:
    """Every requirement, the worst verdict first."""
    return sorted(results.requirements, key=lambda row: labels.rank(labels.STATES, row.state))


def contradictions(results: Results) -> list[Answer]:
    """Answers that what was observed denies."""
    return [answer for answer in results.answers if answer.contradiction]


def unanswered(results: Results) -> list[Answer]:
    """Questions that only the vendor can answer."""
    return [answer for answer in results.answers if answer.source is AnswerSource.NEEDS_YOU]


def stale(results: Results) -> list[Answer]:
    """The vendor's own answers under which the evidence has changed."""
    return [answer for answer in results.answers if answer.stale]


def cause_of(results: Results, sentence: str) -> Cause | None:
    """The likely cause that a line of the to-do list is about, if it is about one."""
    return next((cause for cause in results.causes if cause.to_do == sentence), None)


def first_cause(results: Results) -> Cause | None:
    """The likely cause that the to-do list begins with, if it has any."""
    named = (cause_of(results, sentence) for sentence in results.to_do)
    return next((cause for cause in named if cause), None)
