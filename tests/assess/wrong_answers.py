"""Drafts of answers that contradict a check, conceal what fails, or cannot be sent as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsing import CATALOGUE, with_outcome

from harness.assess.answer import Answer, AnswerSource
from harness.assess.check_result import Outcome
from harness.assess.results import Results
from harness.catalogue.questions import Question

QUESTIONS = {question.id: question for question in CATALOGUE.questions}
LACKING = ("Our sync does not set up ", "We do not store ")
NOT_ASKED = {
    "D1": "what is declared is compared at the questions it is declared about",
}
"""Requirement → why no answer speaks of the checks that verify it."""


def admits(question: Question, answer: str) -> bool:
    """Whether an answer has a sentence that stands in the catalogue for what is not met."""
    texts = [text for clause in question.clauses for text in (*clause.no, *clause.found.values())]
    patterns = [re.sub(r"\\{\w+\\}", ".+", re.escape(text)) for text in texts]
    return any(re.search(one, answer) for one in patterns) or any(w in answer for w in LACKING)


def contradictions(results: Results) -> Iterator[Answer]:
    """Answers that say yes, or admit nothing, while a check of theirs fails."""
    failing = with_outcome(results, Outcome.FAIL, Outcome.WARN)
    declarations = {check.id for check in results.checks if check.requirements == ("D1",)}
    for answer in results.answers:
        if failing.intersection(answer.evidence) - declarations:
            admitted = admits(QUESTIONS[answer.question], answer.answer)
            if not admitted or answer.answer.startswith("Yes"):
                yield answer
        elif failing.intersection(answer.evidence) and not answer.contradiction:
            yield answer


def unmentioned(results: Results) -> list[str]:
    """The failing checks that show in no answer, although the guide asks about them."""
    shown = {one for a in results.answers if a.answer or a.contradiction for one in a.evidence}
    return [
        check.id
        for check in results.checks
        if check.outcome in (Outcome.FAIL, Outcome.WARN)
        and set(check.requirements) - NOT_ASKED.keys()
        and check.id not in shown
    ]


def misshapen(results: Results) -> Iterator[Answer]:
    """Answers that quote a finding, are no whole sentences, or are too long."""
    findings = {finding.sentence for check in results.checks for finding in check.findings}
    for answer in results.answers:
        text = answer.answer
        quoted = any(sentence in text for sentence in findings)
        drafted = answer.source in (AnswerSource.BEHAVIOUR, AnswerSource.TRAFFIC)
        whole = text[:1].isupper() and text.endswith(".") and len(text) < 700
        if quoted or "{" in text or "  " in text or (drafted and not whole):
            yield answer
