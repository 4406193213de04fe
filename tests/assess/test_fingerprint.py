"""An answer of a person is stale once a check under it comes to something else or covers less."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from rehearsing import CATALOGUE, recorded, rehearsed

from harness.assess.answer import Answer
from harness.assess.check_result import CheckResult, Outcome
from harness.assess.counterexamples import Counterexamples
from harness.assess.drafts import Drafts
from harness.assess.facts import Facts, facts
from harness.assess.kinds import Kinds
from harness.assess.recording_index import RecordingIndex
from harness.catalogue.questions import Question

QUESTIONS = {question.id: question for question in CATALOGUE.questions}
ASKED = QUESTIONS["missing-fields"]
UNDER_IT = "values/people-without-an-e-mail-address"
BESIDE_IT = "courses-and-terms/two-courses-with-the-same-name-stay-separate"


@cache
def _known() -> tuple[RecordingIndex, Facts, Kinds]:
    index = RecordingIndex(recorded("demo"))
    return index, facts(index), Kinds(index)


def _answer(
    question: Question = ASKED,
    given: str = "",
    check: str = "",
    change: Callable[[CheckResult], CheckResult] = lambda check: check,
    *,
    whole: bool = True,
) -> Answer:
    """The demo's answer in the vendor's own words, if one check had come out otherwise."""
    index, known, kinds = _known()
    checks = [change(row) if row.id == check else row for row in rehearsed("demo").checks]
    profile = replace(
        index.profile,
        answers={question.id: "Somebody looks at them."},
        fingerprints={question.id: given} if given else {},
    )
    return Drafts(checks, known, kinds, profile, Counterexamples(index), whole=whole).answer(
        question
    )


def test_an_answer_stays_fresh_while_its_evidence_does() -> None:
    mark = _answer().fingerprint

    again = _answer(given=mark)

    assert len(mark) == 12
    assert (again.fingerprint, again.stale) == (mark, "")
    assert not again.waits


@pytest.mark.parametrize(
    "change",
    [
        lambda check: replace(check, outcome=Outcome.FAIL),
        lambda check: replace(check, scope={"teachers": 4}),
        lambda check: replace(check, not_held=("contacts",)),
    ],
    ids=["outcome", "scope", "not held"],
)
def test_an_answer_is_stale_once_its_evidence_changes(
    change: Callable[[CheckResult], CheckResult],
) -> None:
    mark = _answer().fingerprint

    changed = _answer(given=mark, check=UNDER_IT, change=change)

    assert changed.stale == (
        "What this answer rests on has changed since it was given: the fingerprint is now "
        f"{changed.fingerprint}, it was {mark}."
    )
    assert changed.waits


@pytest.mark.parametrize(
    ("check", "change"),
    [
        (UNDER_IT, lambda check: replace(check, examined=7, scope=dict.fromkeys(check.scope, 7))),
        (BESIDE_IT, lambda check: replace(check, outcome=Outcome.FAIL)),
    ],
    ids=["other numbers", "another check"],
)
def test_an_answer_is_not_stale_for_what_it_does_not_rest_on(
    check: str, change: Callable[[CheckResult], CheckResult]
) -> None:
    assert any(row.id == check for row in rehearsed("demo").checks)
    assert _answer(check=check, change=change).fingerprint == _answer().fingerprint


def test_an_answer_without_a_fingerprint_is_never_stale() -> None:
    answer = _answer(check=UNDER_IT, change=lambda check: replace(check, outcome=Outcome.FAIL))

    assert answer.stale == ""


def test_an_answer_that_rests_on_no_check_has_no_fingerprint() -> None:
    assert _answer(QUESTIONS["setup-steps"]).fingerprint == ""


def test_a_part_of_the_year_makes_no_answer_stale() -> None:
    assert _answer(given="0123456789ab", whole=False).stale == ""
