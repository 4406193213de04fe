"""Findings of one pattern are named as one likely cause, and two causes are told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from apps import QUICK
from rehearsing import recorded, rehearsed

from harness.assess.causes import causes
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.assess.results import CheckResult, EvidenceLevel, Outcome

CAUSES = {
    "first-page-only": "it reads the first page only",
    "hard-delete": "Your app deletes users, sections, courses, terms and schools",
    "keyed-on-email": "looks users up by e-mail",
    "primary-teacher-only": "it reads `teacher`",
    "one-school-per-student": "it reads `school`",
    "drops-admins": "only staff are missing: that role is filtered out",
    "drops-people-without-email": "without an e-mail address are missing",
    "drops-people-without-classes": "without a class are missing",
    "keyed-on-sis-id": "looks users up by sis_id",
    "merges-namesakes": "merges users by name",
    "co-teacher-cap-of-two": "it keeps room for two",
    "not-idempotent": "adds users again",
    "rebuilds-classes": "makes sections anew",
    "never-updates": "stay as they were when they were first read",
    "history-tied-to-section": "it hangs on a class or an enrolment",
    "forgets-work-of-archived": "Work is deleted when its owner is archived",
    "leaves-work-in-the-browser": "never shows in your app",
    "cuts-long-names": "are cut at",
    "misreads-the-term": "it does not read `term_id`",
    "drops-contact-relationships": "belong to nobody in your app",
    "matches-by-name": "matches accounts from before Clever by name",
    "merges-across-roles": "by number, whatever role",
    "doubles-matched-accounts": "makes new accounts beside those",
    "loses-work-on-match": "loses the work in them",
    "wipes-own-groups": "delete users or groups that Clever knows nothing of",
    "claims-another-version": "did not see: api-version",
    "never-archives": "active that Clever no longer shares",
    "never-restores": "does not bring archived",
    "advances-its-cursor-first": "goes on after them",
    "keeps-its-cursor-in-memory": "goes on after them",
    "applies-newest-first": "Where events outdate each other",
    "creates-again-what-it-met": "when the event that created them comes again",
    "trips-over-known-records": "stops at events",
    "loses-patience": "for gone that it could not read",
    "needs-a-free-class-name": "takes names of sections for unique",
    "never-clears": "never empties a value",
    "names-schools-once": "existing schools stay as they were",
    "cuts-addresses-at-plus": "lose what follows a plus sign",
    "three-columns-for-schools": "no more than 3 schools",
    "four-children-per-contact": "no more than 4 students",
    "two-contacts-per-student": "it leaves some relationships out",
    "takes-the-first-token": "read another district",
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[] if n in QUICK else [pytest.mark.slow], id=n) for n in CAUSES],
)
def test_a_mistake_is_named_as_the_first_cause(name: str) -> None:
    found = rehearsed(name).causes

    assert CAUSES[name] in found[0].sentence, [cause.sentence for cause in found]
    assert found[0].remedy


@pytest.mark.slow
def test_two_causes_at_once_are_told_apart() -> None:
    both = [
        check
        for name in ("first-page-only", "primary-teacher-only")
        for check in rehearsed(name).checks
    ]

    found = causes(RecordingIndex(recorded("first-page-only")), both)

    said = " ".join(cause.sentence for cause in found)
    assert CAUSES["first-page-only"] in said
    assert CAUSES["primary-teacher-only"] in said


def test_an_unknown_pattern_says_so() -> None:
    odd = Finding(
        check="standing/odd",
        day="midyear",
        district="common",
        finding_kind=FindingKind.STUDENT,
        kind="sections",
        clever_id="0" * 24,
        name="Art",
        sentence="Clever has 2 students in Art on midyear, your app 1: Maya missing.",
        expected="Maya and Leo",
        found="Leo",
    )
    check = CheckResult(
        id="standing/odd",
        feature="standing.feature",
        rule="",
        name="odd",
        line=1,
        requirements=("R9",),
        outcome=Outcome.FAIL,
        evidence_level=EvidenceLevel.OBSERVED,
        findings=(odd, replace(odd, clever_id="1" * 24)),
    )

    [cause] = causes(RecordingIndex(recorded("demo")), [check])

    assert cause.sentence.startswith("2 findings fit no pattern we know: Clever has 2 students")
    assert cause.requirements == ("R9",)


def test_a_flawless_app_has_no_causes() -> None:
    assert rehearsed("demo").causes == ()
