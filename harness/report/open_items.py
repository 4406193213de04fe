"""Open items: what a reader still has to look at, worst first."""

from __future__ import annotations

from harness.assess.answer import Answer, AnswerSource
from harness.assess.check_result import CheckResult, Outcome
from harness.assess.results import Results
from harness.report import labels

_OPEN = (Outcome.FAIL, Outcome.ERROR, Outcome.BLOCKED, Outcome.NOT_RUN, Outcome.WARN)


def checks(results: Results) -> list[CheckResult]:
    """Checks that fail, warn or have no verdict."""
    unproven = [check for check in results.checks if check.outcome in _OPEN]
    return sorted(unproven, key=lambda check: labels.rank(labels.OUTCOMES, check.outcome))


def contradictions(results: Results) -> list[Answer]:
    """Answers that what was observed denies."""
    return [answer for answer in results.answers if answer.contradiction]


def unanswered(results: Results) -> list[Answer]:
    """Questions that only the vendor can answer."""
    return [answer for answer in results.answers if answer.source is AnswerSource.NEEDS_YOU]


def checks_behind(results: Results, sentence: str) -> tuple[str, ...]:
    """The checks that a line of the to-do list is about, if a cause is behind it."""
    return next((cause.checks for cause in results.causes if cause.to_do == sentence), ())
