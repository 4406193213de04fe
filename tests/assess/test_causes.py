"""Findings of one pattern are named as one likely cause, and two causes are told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from apps import QUICK
from rehearsing import recorded, rehearsed

from harness.assess.causes import causes
from harness.assess.check_result import CheckResult, EvidenceLevel, Outcome
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex

CAUSES = {
    "first-page-only": "it reads the first page only",
    "hard-delete": "Your app deletes users, sections, courses, terms and schools",
    "keyed-on-email": "looks users up by e-mail",
    "primary-teacher-only": "it reads `teacher`",
    "one-school-per-student": "it reads `school`",
    "drops-admins": "only staff are missing: that role is filtered out",
    "drops-people-without-email": "without an e-mail address are missing",
    "drops-people-without-classes": "without a class are missing",
    "keyed-on-sis-id": "with the same `sis_id`",
    "merges-namesakes": "merges users by name",
    "co-teacher-cap-of-two": "it has two fields for them",
    "not-idempotent": "adds users that your app already holds",
    "rebuilds-classes": "recreates sections",
    "never-updates": "never updates existing",
    "history-tied-to-section": "stored with a class or enrollment",
    "forgets-work-of-archived": "Work is deleted when its owner is archived",
    "leaves-work-in-the-browser": "never appears in your app",
    "cuts-long-names": "are truncated to",
    "misreads-the-term": "it does not read `term_id`",
    "drops-contact-relationships": "have no student in your app",
    "matches-by-name": "matches accounts from before Clever by name",
    "merges-across-roles": "by number, ignoring the role",
    "doubles-matched-accounts": "creates second accounts",
    "loses-work-on-match": "loses the work in them",
    "wipes-own-groups": "delete users or groups that exist only in your app",
    "claims-another-version": "contradicts your declarations: api-version",
    "never-archives": "active that Clever no longer shares",
    "never-restores": "does not restore archived",
    "advances-its-cursor-first": "skips the events it had not applied",
    "keeps-its-cursor-in-memory": "skips the events it had not applied",
    "applies-newest-first": "When events supersede each other",
    "creates-again-what-it-met": "when its `created` event is delivered twice",
    "trips-over-known-records": "Syncs fail on events",
    "loses-patience": "that it failed to read as removed",
    "needs-a-free-class-name": "assumes that section names are unique",
    "never-clears": "never clears a value",
    "names-schools-once": "never updates existing schools",
    "cuts-addresses-at-plus": "removes the tag after a plus sign",
    "three-columns-for-schools": "no more than 3 schools",
    "four-children-per-contact": "no more than 4 students",
    "two-contacts-per-student": "it skips some relationships",
    "takes-the-first-token": "read a different district",
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

    assert cause.sentence.startswith("2 findings fit no known pattern: Clever has 2 students")
    assert cause.requirements == ("R9",)


def test_a_flawless_app_has_no_causes() -> None:
    assert rehearsed("demo").causes == ()
