"""A declaration the rehearsal denies fails its own check and is flagged at its question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from rehearsing import CATALOGUE, recorded, with_outcome

from harness import session
from harness.assess.answer import AnswerSource
from harness.assess.check_result import CheckResult, Outcome
from harness.assess.results import Results, Verdict
from harness.contract.declarations import DECLARATIONS
from harness.contract.edit import EditKind, EditPersistence

pytestmark = pytest.mark.no_cover  # composed apps reach the same code

PLAN = CATALOGUE.plan()
Said = Mapping[str, tuple[str, ...]]

FALSE: Said = {
    "add-role": (EditPersistence.PERSISTS,),
    "create-user": (EditPersistence.NOT_POSSIBLE,),
    "create-group": (EditPersistence.NOT_POSSIBLE,),
    "split-section": (EditPersistence.OVERWRITTEN,),
    "add-student": (EditPersistence.PERSISTS,),
    "remove-student": (EditPersistence.NOT_POSSIBLE,),
    "rename-section": (EditPersistence.PERSISTS,),
    "matching-students": ("number",),
    "matching-teachers": ("none",),
    "api-version": ("3.0",),
    "user-types": ("student", "teacher", "staff", "contact"),
    **dict.fromkeys(
        ("daily-sync", "archives", "restores", "co-teachers", "several-schools", "keeps-progress"),
        ("no",),
    ),
}
"""Whatever can be declared, said of the reference though it is not so."""
SEEN = {
    "add-role": "nobody could do it",
    "create-user": "it was still there after later syncs",
    "create-group": "it was still there after later syncs",
    "split-section": "it was still there after later syncs",
    "add-student": "the next sync undid it",
    "remove-student": "the next sync undid it",
    "rename-section": "the next sync undid it",
    "matching-students": "Dana got one with the same e-mail",
    "matching-teachers": "Ms Ferri got one with the same e-mail",
    "api-version": "no requests were for 3.0",
    "user-types": "no accounts for district administrators; the app holds",
    "daily-sync": "it did,",
    "archives": "it did,",
    "restores": "it did,",
    "co-teachers": "it did,",
    "several-schools": "it did,",
    "keeps-progress": "it did,",
}


@cache
def judged(*claims: str) -> Results:
    """The reference's own rehearsal, judged as if its vendor had said these falsehoods only."""
    recording = recorded("demo")
    declares = {claim: FALSE[claim] for claim in claims}
    profile = replace(recording.header.profile, declares=declares)
    header = replace(recording.header, profile=profile)
    return session.judge_recording(
        replace(recording, header=header), CATALOGUE, with_histories=False
    )


def check_of(results: Results, claim: str) -> CheckResult:
    [found] = [
        row.id for row in PLAN.scenarios if f'Then "{claim}" is as the vendor declares' in row.steps
    ]
    return next(check for check in results.checks if check.id == found)


@pytest.mark.parametrize("claim", DECLARATIONS)
def test_a_false_declaration_fails_its_own_check(claim: str) -> None:
    check = check_of(judged(*DECLARATIONS), claim)

    assert check.outcome is Outcome.FAIL
    assert {finding.field for finding in check.findings} == {claim}
    assert SEEN[claim] in check.findings[0].sentence
    assert check.findings[0].expected == ", ".join(FALSE[claim])


def test_no_other_check_fails_of_it() -> None:
    results = judged(*DECLARATIONS)

    assert with_outcome(results, Outcome.FAIL) == {
        check_of(results, one).id for one in DECLARATIONS
    }
    assert results.verdict is Verdict.NOT_READY


@pytest.mark.slow
@pytest.mark.exhaustive
def test_one_false_declaration_is_flagged_at_its_questions_and_nowhere_else() -> None:
    results = judged("add-student")
    flagged = {row.question: row.contradiction for row in results.answers if row.contradiction}

    assert set(flagged) == {"edit-section-members", "edits-persist"}
    assert flagged["edits-persist"].startswith(
        "You declare that manually adding a student to a section"
    )
    assert results.exit_code == 1


@pytest.mark.no_cover
@pytest.mark.parametrize("claim", DECLARATIONS)
def test_what_is_not_declared_is_held_against_nobody(claim: str) -> None:
    results = judged()
    check = check_of(results, claim)

    assert check.outcome is Outcome.NOT_APPLICABLE
    assert check.reason == f"The vendor declares nothing about {DECLARATIONS[claim].what}."
    assert results.exit_code == 0


def test_every_claim_has_a_check_and_a_question() -> None:
    asked = {claim for question in CATALOGUE.questions for claim in question.claims}

    assert asked - {"accounts", "archiving"} == set(DECLARATIONS) == set(FALSE)
    assert len({check_of(judged(), claim).id for claim in DECLARATIONS}) == len(DECLARATIONS)


def test_edits_that_were_seen_are_answered_from_behaviour() -> None:
    answers = {row.question: row for row in judged().answers}

    assert answers["create-users"].source is AnswerSource.BEHAVIOUR
    assert answers["edit-permissions"].answer.startswith("No.")
    assert "the next sync undoes it" in answers["edit-section-members"].answer
    assert "groups" in answers["edits-persist"].answer


@pytest.mark.slow
def test_edits_nobody_made_are_answered_by_what_is_declared() -> None:
    results = session.judge_recording(recorded("no-progress"), CATALOGUE, with_histories=False)
    answers = {row.question: row for row in results.answers}

    assert answers["create-groups"].source is AnswerSource.DECLARED
    assert (
        answers["create-groups"].answer
        == "A group created in our application lasts until somebody undoes it."
    )
    assert answers["match-users"].source is AnswerSource.DECLARED


@pytest.mark.parametrize("kind", EditKind)
def test_edits_of_every_kind_are_placed(kind: EditKind) -> None:
    assert [act for act in PLAN.acts if act.edit == kind]
