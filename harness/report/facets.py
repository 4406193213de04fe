"""Facets: by what a reader narrows the HTML report down: outcome, requirement, area.

Requirements and questions have states of their own; each is found under the outcome that asks the
same of the reader, so that one filter goes over the whole report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from harness.assess.answer import Answer
from harness.assess.check_result import CheckResult, Outcome
from harness.assess.requirement_verdict import Level, RequirementState, RequirementVerdict
from harness.assess.results import EdgeCaseResult, Results
from harness.report import anchors
from harness.report.labels import OUTCOMES
from harness.report.references import References

_NO_VERDICT = (Outcome.ERROR, Outcome.BLOCKED, Outcome.NOT_RUN)
_LIKE = {
    RequirementState.MET: Outcome.PASS,
    RequirementState.ATTESTED: Outcome.PASS,
    RequirementState.MANUAL: Outcome.MANUAL,
    RequirementState.NOT_OBSERVABLE: Outcome.NOT_APPLICABLE,
    RequirementState.NOT_APPLICABLE: Outcome.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One button of the filter."""

    value: str
    word: str
    symbol: str = ""
    tone: str = "quiet"


class Facets:
    """The filter's buttons, and the attributes by which they find their items."""

    def __init__(self, results: Results, references: References) -> None:
        self._results, self._references = results, references
        self._areas = {row.id: row.area for row in results.requirements}

    def outcomes(self) -> list[Chip]:
        """The outcomes that occur, worst first."""
        rows = map(self._outcomes_of_requirement, self._results.requirements)
        answers = {_outcome_of_answer(answer) for answer in self._results.answers}
        present = {check.outcome for check in self._results.checks}.union(answers, *rows)
        return [
            Chip(outcome, outcome_words.word, outcome_words.symbol, outcome_words.tone)
            for outcome, outcome_words in OUTCOMES.items()
            if outcome in present
        ]

    def requirements(self) -> list[Chip]:
        return [Chip(anchors.of_requirement(row.id), row.id) for row in self._results.requirements]

    def areas(self) -> list[Chip]:
        names = dict.fromkeys(row.area for row in self._results.requirements if row.area)
        return [Chip(_key(name), name) for name in names]

    def of_requirement(self, row: RequirementVerdict) -> Markup:
        area = Markup(' data-area="{}"').format(_key(row.area)) if row.area else ""
        return self._attributes(self._outcomes_of_requirement(row), [row.id]) + area

    def of_check(self, check: CheckResult) -> Markup:
        return self._attributes([check.outcome], check.requirements)

    def of_edge_case(self, case: EdgeCaseResult) -> Markup:
        return self._attributes([case.outcome], self._behind(case.checks))

    def of_answer(self, answer: Answer) -> Markup:
        return self._attributes([_outcome_of_answer(answer)], self._behind(answer.evidence))

    def _behind(self, evidence: Iterable[str]) -> list[str]:
        """The requirements that stand behind ids of checks and requirements."""
        checks, names = self._references.checks, dict[str, None]()
        for key in evidence:
            names |= dict.fromkeys(checks[key].requirements if key in checks else (key,))
        return list(names)

    def _outcomes_of_requirement(self, row: RequirementVerdict) -> list[Outcome]:
        if row.state is RequirementState.NOT_MET:
            return [Outcome.FAIL if row.level is Level.MUST else Outcome.WARN]
        if row.state is RequirementState.NOT_PROVEN:
            checks = (self._references.checks.get(key) for key in row.checks)
            outcomes = {check.outcome for check in checks if check}
            return [outcome for outcome in _NO_VERDICT if outcome in outcomes] or [Outcome.NOT_RUN]
        return [_LIKE[row.state]]

    def _attributes(self, outcomes: Iterable[str], requirements: Iterable[str]) -> Markup:
        known = [requirement for requirement in requirements if requirement in self._areas]
        return Markup('data-outcome="{}" data-requirement="{}"').format(
            " ".join(outcomes), " ".join(map(anchors.of_requirement, known))
        )


def _outcome_of_answer(answer: Answer) -> Outcome:
    if answer.contradiction:
        return Outcome.FAIL
    return Outcome.MANUAL if answer.waits else Outcome.PASS


def _key(area: str) -> str:
    return anchors.of_requirement(area.lower().replace(" ", "-"))
