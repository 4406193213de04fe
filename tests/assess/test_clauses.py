"""A clause says yes only of what passed, and admits what fails, whatever the other checks did."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from assess import altered
from rehearsing import CATALOGUE, recorded, rehearsed

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.clauses import Composer
from harness.assess.counterexamples import Counterexamples
from harness.assess.facts import Facts, facts
from harness.assess.findings import (
    IN_USE,
    OTHER_RELATIONSHIP,
    PRIMARY_TEACHER,
    Finding,
    FindingKind,
)
from harness.assess.kinds import Kinds
from harness.assess.matching import matching_words
from harness.assess.recording_index import RecordingIndex
from harness.catalogue.questions import Clause, Question, selects
from harness.contract.account_rules import ACCOUNT_HOLDERS, AccountRule
from harness.contract.archiving import Archiving
from harness.contract.profile import Profile
from harness.contract.rows import RowPer
from harness.contract.snapshot import Snapshot, Status
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON, Day

pytestmark = pytest.mark.no_cover  # other tests reach the same code

PROVED = [
    question
    for question in CATALOGUE.questions
    if question.comes_from != "vendor"
    and any(clause.parts and (clause.yes or clause.no) for clause in question.clauses)
]
EACH = pytest.mark.parametrize("question", PROVED, ids=[question.id for question in PROVED])


@cache
def index() -> RecordingIndex:
    return RecordingIndex(recorded("demo"))


@cache
def shown() -> Kinds:
    return Kinds(index())


@cache
def against() -> Counterexamples:
    return Counterexamples(index())


@cache
def known() -> Facts:
    return facts(index())


@cache
def about(name: str) -> frozenset[str]:
    """The checks that a question selects."""
    selectors = question(name).selectors
    return frozenset(
        check.id
        for check in rehearsed("demo").checks
        if any(selects(one, check.id, check.requirements) for one in selectors)
    )


def answer(
    question: Question,
    change: Callable[[CheckResult], CheckResult] = lambda check: check,
    profile: Profile | None = None,
) -> str:
    """The demo's answer, if its checks had come out otherwise."""
    asked = about(question.id)
    checks = [change(c) if c.id in asked else c for c in rehearsed("demo").checks]
    profile = profile or index().profile
    return Composer(checks, known(), shown(), profile, against()).compose(question).text


def says(texts: tuple[str, ...], answer: str) -> bool:
    return any(
        re.search(re.sub(r"\\{\w+\\}", ".+", re.escape(text)), answer)
        for text in texts
        if re.sub(r"{\w+}", "", text)
    )


def proved(question: Question) -> list[Clause]:
    """Its clauses that rest on checks of their own."""
    return [
        clause
        for clause in question.clauses
        if clause.checks or any(part.checks for part in clause.parts)
    ]


@EACH
@pytest.mark.parametrize(
    "outcome",
    [Outcome.BLOCKED, Outcome.ERROR, Outcome.NOT_RUN, Outcome.MANUAL, Outcome.NOT_APPLICABLE],
)
def test_what_was_not_proved_is_not_said(question: Question, outcome: Outcome) -> None:
    text = answer(question, lambda check: replace(check, outcome=outcome))

    for clause in proved(question):
        assert not says(clause.yes, text), text
        assert not says(clause.no, text), text
    assert not text.startswith("Yes")


@EACH
@pytest.mark.parametrize("outcome", [Outcome.FAIL, Outcome.WARN])
def test_what_fails_is_admitted_even_if_it_is_waived(question: Question, outcome: Outcome) -> None:
    text = answer(question, lambda check: replace(check, outcome=outcome))
    waived = answer(question, lambda check: replace(check, outcome=outcome, waived="Planned."))

    assert waived == text
    for clause in proved(question):
        assert not says(clause.yes, text), text
        assert says(clause.no, text) or not clause.no, text


@EACH
def test_one_check_that_fails_is_admitted(question: Question) -> None:
    """Each of its checks alone, while all others pass."""
    speaking = [clause for clause in proved(question) if clause.no]
    selectors = [
        one
        for clause in speaking
        for part in clause.parts
        for one in (*part.checks, *clause.checks)
    ]
    own = {
        check.id
        for check in rehearsed("demo").checks
        if any(selects(one, check.id, check.requirements) for one in selectors)
    }

    for name in own:
        text = answer(
            question,
            lambda check: replace(check, outcome=Outcome.FAIL) if check.id == name else check,  # noqa: B023
        )
        assert any(says(clause.no, text) for clause in speaking), (name, text)


def test_what_is_declared_away_is_left_out_unless_it_fails() -> None:
    question = next(one for one in PROVED if one.id == "deleted-records")
    without = replace(index().profile, not_held={"terms": "There are none."})

    assert "terms" in answer(question)
    assert "terms" not in answer(question, profile=without)
    assert "archived as they should be" in answer(
        question, lambda check: replace(check, outcome=Outcome.FAIL), without
    )


def test_an_answer_about_nothing_the_app_holds_gives_the_declared_reasons() -> None:
    question = next(one for one in PROVED if one.id == "teacher-administrators")
    reason = "their accounts are made at the first login"
    without = replace(index().profile, not_held={"teachers": reason})

    assert answer(question, profile=without) == (
        "Our sync does not bring teachers into the application. "
        "Their accounts are made at the first login."
    )


def question(name: str) -> Question:
    return next(one for one in CATALOGUE.questions if one.id == name)


def found_by(name: str, kind: FindingKind, requirement: str, of: Kind) -> list[CheckResult]:
    """What is answered if a check had found a difference about some record of the demo's year."""
    roster = index().roster(COMMON, Day.FIRST_SHARE)
    if of is Kind.USERS:
        who = next(i for i, user in roster.users.items() if "student" in user["roles"])
    else:
        who = next(iter(roster.of(of)))
    finding = Finding(
        check=name, day=Day.MIDYEAR, district=COMMON, finding_kind=kind, kind=of, clever_id=who,
        name="Somebody", sentence="Somebody is not as Clever says.", requirement=requirement,
    )  # fmt: skip
    return [
        replace(check, outcome=Outcome.FAIL, findings=(finding,)) if check.id == name else check
        for check in rehearsed("demo").checks
    ]


def drafted(name: str, checks: list[CheckResult]) -> str:
    return (
        Composer(checks, known(), shown(), index().profile, against()).compose(question(name)).text
    )


RENAMED = "identity/a-student-with-a-new-e-mail-address-keeps-the-account"
KEPT = "rollover/a-class-that-keeps-its-clever-id-has-next-year-s-students"
MOVED = "moving/a-student-with-a-new-school-and-a-new-address-keeps-the-account"


@pytest.mark.parametrize(
    ("check", "found", "accused", "of", "asked", "says", "not_said"),
    [
        (
            RENAMED, FindingKind.INACTIVE, "R6", Kind.USERS, "key-identifier",
            "did not show whether we recognize every record", "We do not recognize",
        ),
        (
            RENAMED, FindingKind.NEW_ACCOUNT, "R1", Kind.USERS, "key-identifier",
            "We do not recognize every record", "The Clever ID (`id`).",
        ),
        (
            KEPT, FindingKind.STUDENT, "R9", Kind.SECTIONS, "rollover",
            "We do not yet give classes the new year's people", "yet carry over",
        ),
        (
            MOVED, FindingKind.INACTIVE, "R6", Kind.USERS, "student-changes-school",
            "Some students who change schools are archived", "not yet keep the same account",
        ),
        (
            "standing/last-year-s-classes-and-leavers-are-archived-at-rollover",
            FindingKind.STUDENT_RELATIONSHIP, "G4", Kind.USERS, "rollover",
            "With an ordinary sync we", "do not yet",
        ),
        (
            "identity/a-teacher-with-a-new-sis-number-keeps-the-class",
            FindingKind.TEACHER, "R9", Kind.SECTIONS, "co-teachers",
            "some teachers do not have access to their sections yet", "Every teacher",
        ),
        (
            "values/people-without-an-e-mail-address",
            FindingKind.MISSING, "R7", Kind.USERS, "student-teacher-associations",
            "Not every section has the right students yet", "has the students and teachers",
        ),
        (
            "faults/nobody-is-lost-when-a-page-is-empty",
            FindingKind.UNREAD, "T1", Kind.USERS, "deleted-records",
            "we archive them instead of deleting them", "could not be read",
        ),
        (
            "rollover/the-classes-of-the-new-year-are-in-the-app-after-the-summer",
            FindingKind.INACTIVE, "R5", Kind.USERS, "rollover",
            "With an ordinary sync we bring in the new year's classes, carry over",
            "do not yet bring",
        ),
        (
            "leaving/a-student-who-comes-back-is-active-again",
            FindingKind.INACTIVE, "R6", Kind.USERS, "user-types",
            "Some accounts of students are archived although Clever shares these people.",
            "Not all",
        ),
        (
            "sharing/a-class-lists-a-student-who-is-not-shared",
            FindingKind.EXTRA, "G7", Kind.USERS, "student-teacher-associations",
            "Every section has the students and teachers that Clever lists", "Not every section",
        ),
        (
            "standing/no-piece-of-work-is-doubled",
            FindingKind.WORK_DOUBLED, "R8", Kind.USERS, "progress-deleted",
            "Some work is stored more than once.", "Work does not survive",
        ),
    ],
)  # fmt: skip
def test_an_answer_denies_what_was_found_and_nothing_else(
    check: str, found: FindingKind, accused: str, of: Kind, asked: str, says: str, not_said: str
) -> None:
    """A requirement that is only not proven is not denied, and no check counts for all it names."""
    text = drafted(asked, found_by(check, found, accused, of))

    assert says in text
    assert not_said not in text


CONDITIONS = [
    (
        {"accounts": dict.fromkeys(ACCOUNT_HOLDERS, (AccountRule.WITH_EMAIL,))},
        "have accounts only with an e-mail address.",
        ("user-types", "missing-fields", "student-teacher-associations", "co-teachers"),
    ),
    (
        {"accounts": {"students": (AccountRule.WITH_CLASS,)}},
        "Students get accounts only once a class lists them.",
        ("user-types", "deleted-records", "rollover", "users-without-sections"),
    ),
    (
        {"accounts": {"teachers": (AccountRule.AT_LOGIN,)}},
        "People who are only teachers get their accounts at their first login.",
        (
            "user-types",
            "student-teacher-associations",
            "users-without-sections",
            "co-teachers",
            "initial-sync-records",
        ),
    ),
    (
        {"archiving": Archiving(after_absences=3)},
        "A record is archived after 3 absences, not at once.",
        ("deleted-records", "rollover"),
    ),
    (
        {"not_held": {"terms.past-and-future": "classes are imported when they begin"}},
        "Only terms that are current, and their classes, are in our application: Classes are",
        ("student-teacher-associations", "deleted-records", "rollover", "initial-sync-records"),
    ),
    (
        {"rows": {"users": RowPer.ROLE}},
        "an account for each role",
        (
            "user-types",
            "users-in-several-schools",
            "teacher-administrators",
            "initial-sync-records",
        ),
    ),
    (
        {"rows": {"sections": RowPer.TEACHER, "terms": RowPer.SCHOOL}},
        "A section with several teachers is there once for each of them.",
        ("student-teacher-associations", "co-teachers", "initial-sync-records"),
    ),
]


@pytest.mark.parametrize(("declared", "says", "asked"), CONDITIONS, ids=lambda row: str(row)[:40])
def test_a_condition_of_the_profile_stands_in_every_answer_it_limits(
    declared: dict[str, Any], says: str, asked: tuple[str, ...]
) -> None:
    """And in no other; nobody is said to have an account with a condition and without one."""
    profile = replace(index().profile, **declared)
    header = replace(index().recording.header, profile=profile)
    stated = facts(RecordingIndex(replace(index().recording, header=header)))
    composer = Composer(rehearsed("demo").checks, stated, shown(), profile, against())

    for name in asked:
        text = composer.compose(question(name)).text
        assert says in text, name
        assert "one account" not in text or "account for each" not in text
    assert says not in " ".join(every_draft(list(rehearsed("demo").checks)))
    accounts = composer.compose(question("user-types")).text
    assert accounts.count("tudents") == 1 or "account for each role" in accounts


@pytest.mark.parametrize(
    ("check", "found", "field", "asked", "says", "not_said"),
    [
        (
            "roles/a-teacher-at-one-school-is-not-an-administrator-there",
            (FindingKind.SCHOOL, "G8"), "roles.teacher.schools", "teacher-administrators",
            "one account with both roles", "does not have exactly these roles",
        ),
        (
            "standing/every-role-is-at-its-own-schools-every-day",
            (FindingKind.SCHOOL, "G8"), "roles.student.schools", "users-in-several-schools",
            "Students, teachers and staff have one account each", "do not belong",
        ),
        (
            "roles/an-administrator-s-role-is-lost-while-the-teacher-stays",
            (FindingKind.INACTIVE, "R6"), "", "teacher-administrators",
            "are archived although Clever shares them", "does not have exactly these roles",
        ),
        (
            "moving/a-student-changes-class",
            (FindingKind.FIELD, "R5"), "grade", "student-changes-class",
            "All work stays", "not in exactly the classes",
        ),
        (
            "moving/a-student-who-changes-class-keeps-the-work",
            (FindingKind.INACTIVE, "R6"), "", "student-changes-class",
            "After the next sync the student is in the new class", "Work is not kept",
        ),
        (
            "roles/staff-of-both-kinds-have-accounts",
            (FindingKind.ROLE, "G3"), "roles", "user-types",
            "Students, teachers, district administrators and contacts have accounts.", "Not all",
        ),
        (
            "standing/every-sync-of-the-school-year-completes",
            (FindingKind.SYNC, "G1"), "approval", "update-method",
            "wait for a person's approval although nothing", "Not every sync completes",
        ),
        (
            "standing/every-sync-of-the-school-year-completes",
            (FindingKind.SYNC, "G1"), "approval", "missing-fields",
            "We accept missing", "Not every sync completes",
        ),
    ],
)  # fmt: skip
def test_an_answer_tells_one_sort_of_difference_from_another(
    check: str, found: tuple[FindingKind, str], field: str, asked: str, says: str, not_said: str
) -> None:
    """A role at a wrong school, an archived account and a needless approval are told apart."""
    roster = index().roster(COMMON, Day.FIRST_SHARE)
    both = next(i for i, u in roster.users.items() if {"teacher", "staff"} <= set(u["roles"]))
    who = "" if field == "approval" else both
    checks = [
        replace(
            row, findings=tuple(replace(one, field=field, clever_id=who) for one in row.findings)
        )
        for row in found_by(check, *found, Kind.USERS)
    ]
    text = drafted(asked, checks)

    assert says in text
    assert not_said not in text


@pytest.mark.parametrize(
    ("check", "found", "ending", "asked", "says", "not_said"),
    [
        (
            "moving/a-student-who-changes-school-belongs-to-the-new-one",
            (FindingKind.SCHOOL, "G2"), {"sentence": "Maya: Beach left over."},
            "student-changes-school", "still belong to the old school", "do not yet",
        ),
        (
            "co-teachers/a-co-teacher-leaves-a-class",
            (FindingKind.TEACHER, "R9"), {"sentence": "Art: Mr Okoye left over."},
            "co-teachers", "keep access to sections", "do not have access",
        ),
        (
            "leaving/a-student-who-comes-back-is-active-again",
            (FindingKind.NOT_RESTORED, "R6"), {"found": "archived"},
            "user-types", "Some accounts of students are archived", "Not all",
        ),
        (
            "faults/nobody-is-lost-when-clever-answers-late",
            (FindingKind.UNREAD, "T1"), {"found": "lost", "expected": IN_USE},
            "deleted-records", "could not be read are deleted", "are archived as well",
        ),
        (
            "moving/a-student-who-changes-class-keeps-the-work",
            (FindingKind.WORK_MOVED, "R8"), {},
            "stores-progress", "not all of it stays with its student", "Yes",
        ),
    ],
)  # fmt: skip
def test_an_answer_says_no_more_than_was_found(
    check: str,
    found: tuple[FindingKind, str],
    ending: dict[str, Any],
    asked: str,
    says: str,
    not_said: str,
) -> None:
    """What is left over, kept archived, deleted or with somebody else is said as that."""
    checks = [
        replace(row, findings=tuple(replace(one, **ending) for one in row.findings))
        for row in found_by(check, *found, Kind.USERS)
    ]
    text = drafted(asked, checks)

    assert says in text
    assert not_said not in text


def test_a_declared_key_that_was_not_tried_is_said_to_be_declared_alone() -> None:
    declares = {"matching-students": ("number",), "matching-teachers": ("email", "number")}
    profile = replace(index().profile, declares=declares)
    header = replace(index().recording.header, profile=profile)
    words = matching_words(RecordingIndex(replace(index().recording, header=header)))

    assert "Teachers are also matched by the teacher number, which our rehearsal did not" in words
    assert "Students are also matched" not in words


def test_nobody_is_said_to_be_matched_whom_the_sync_does_not_bring() -> None:
    recording = recorded("demo")
    without = replace(recording.header.profile, not_held={"teachers": "It is for students alone."})
    altered = replace(recording, header=replace(recording.header, profile=without))

    assert "Teachers are also matched" not in matching_words(RecordingIndex(altered))


def test_what_cannot_come_back_before_it_is_archived_is_not_left_unsaid() -> None:
    """With a declared waiting time only students come back late enough."""
    late = replace(index().profile, archiving=Archiving(after_absences=2))
    away = [
        replace(check, outcome=Outcome.NOT_APPLICABLE)
        if check.id.startswith(("leaving/", "whole-district/")) or "active-again" in check.id
        else check
        for check in rehearsed("demo").checks
    ]
    text = {
        profile.archiving: Composer(away, known(), shown(), profile, against())
        .compose(question("restored-records"))
        .text
        for profile in (late, index().profile)
    }

    assert "did not show whether archived" in text[late.archiving]
    assert "courses and terms can be put back" in text[late.archiving]
    assert "did not show" not in text[index().profile.archiving]


def test_what_another_district_s_sync_archives_is_no_account_in_use() -> None:
    checks = [
        replace(
            check,
            findings=tuple(
                replace(row, found="status: active then, archived now") for row in check.findings
            ),
        )
        for check in found_by(
            "standing/the-neighbour-district-stays-as-it-was",
            *(FindingKind.CHANGED, "G6", Kind.USERS),
        )
    ]

    assert "Some accounts of students are archived although" in drafted("user-types", checks)
    archived = drafted("deleted-records", checks)
    assert archived.startswith("When students, teachers")
    assert archived.endswith("Some students are archived although Clever shares them.")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("sections.teachers", "Our sync assigns no teachers to classes:"),
        ("teachers", "The teachers whom our sections list have no accounts:"),
    ],
)
def test_sections_without_teachers_associate_nobody_with_them(key: str, said: str) -> None:
    profile = replace(index().profile, not_held={key: "they have an app of their own"})
    header = replace(index().recording.header, profile=profile)
    stated = facts(RecordingIndex(replace(index().recording, header=header)))
    composer = Composer(rehearsed("demo").checks, stated, shown(), profile, against())

    assert composer.compose(question("student-teacher-associations")).text == (
        "In part, through sections. Every section has the students that Clever lists, and changes "
        f"arrive with the next sync. {said} They have an app of their own."
    )


def test_an_account_for_each_teacher_is_none_for_each_role() -> None:
    profile = replace(index().profile, rows={"users": RowPer.TEACHER})
    header = replace(index().recording.header, profile=profile)
    stated = facts(RecordingIndex(replace(index().recording, header=header)))
    composer = Composer(rehearsed("demo").checks, stated, shown(), profile, against())
    roles = composer.compose(question("teacher-administrators")).text

    assert "has one account with both roles" in roles
    schools = composer.compose(question("users-in-several-schools")).text
    assert "have one account or, as students, one for each of their teachers, together" in schools
    assert "A student has an account for each of their teachers." in (
        composer.compose(question("user-types")).text
    )


def test_an_account_for_each_class_has_both_roles_in_each() -> None:
    profile = replace(index().profile, rows={"users": RowPer.CLASS})
    header = replace(index().recording.header, profile=profile)
    stated = facts(RecordingIndex(replace(index().recording, header=header)))
    composer = Composer(rehearsed("demo").checks, stated, shown(), profile, against())

    text = composer.compose(question("teacher-administrators")).text
    assert "has an account for each class, with both roles in each, and can gain or lose" in text
    assert "one account" not in text


def test_who_comes_back_to_an_app_that_waits_is_seen_after_the_declared_time() -> None:
    """What such an app has archived by then is in a district of its own."""
    clause = question("restored-records").clauses[0]
    later = [
        [check for check in part.checks if check.startswith("archives-later/")]
        for part in clause.parts
    ]

    assert later
    assert all(later)


def test_an_app_with_an_account_for_each_school_keeps_none_when_students_move() -> None:
    text = {
        per: Composer(
            rehearsed("demo").checks,
            known(),
            shown(),
            replace(index().profile, rows={"users": per}),
            against(),
        )
        .compose(question("student-changes-school"))
        .text
        for per in (RowPer.SCHOOL, RowPer.ROLE)
    }

    assert "With the next sync students belong to the new school" in text[RowPer.SCHOOL]
    assert "students keep the same account" in text[RowPer.ROLE]


def test_who_is_missing_and_in_no_section_leaves_no_gap_there() -> None:
    roster = index().roster(COMMON, Day.MIDYEAR)
    members = {i for row in roster.sections.values() for i in (*row["students"], *row["teachers"])}
    people = {
        listed: next(
            i
            for i, u in roster.users.items()
            if "student" in u["roles"] and (i in members) is listed
        )
        for listed in (True, False)
    }
    for listed, who in people.items():
        checks = [
            replace(check, findings=tuple(replace(row, clever_id=who) for row in check.findings))
            for check in found_by(RENAMED, FindingKind.MISSING, "R2", Kind.USERS)
        ]
        gap = "Not every section has the right students yet"
        assert (gap in drafted("student-teacher-associations", checks)) is listed


def every_draft(checks: list[CheckResult]) -> list[str]:
    composer = Composer(checks, known(), shown(), index().profile, against())
    return [composer.compose(question).text for question in CATALOGUE.questions]


SET = CATALOGUE.requirements
FOLLOWING = {"E1", "E2"}
"""What the demo is not asked."""


@pytest.mark.parametrize("requirement", sorted(SET.requirements.keys() - FOLLOWING - {"D1"}))
def test_a_draft_says_so_whatever_requirement_is_not_met(requirement: str) -> None:
    """And whichever kind of difference accuses of it; contradicted declarations stand beside it."""
    right = every_draft(list(rehearsed("demo").checks))
    verifying = next(c.id for c in rehearsed("demo").checks if requirement in c.requirements)
    owned = [kind for kind, owners in SET.ownership.items() if requirement in owners]
    shapes = [kind for kind in FindingKind if kind in owned] or [FindingKind.FIELD]
    teachers = index().roster(COMMON, Day.FIRST_SHARE).users
    both = next(i for i, user in teachers.items() if {"teacher", "staff"} <= {*user["roles"]})
    of_both = requirement == "G8"  # a student has one role

    for shape in shapes:
        failing = [
            replace(
                check,
                findings=tuple(
                    replace(row, clever_id=both if of_both else row.clever_id)
                    for row in check.findings
                ),
            )
            for check in found_by(verifying, shape, requirement, Kind.USERS)
        ]
        assert every_draft(failing) != right, shape


@pytest.mark.parametrize(
    ("requirement", "state", "says"),
    [
        ("T1", "archived", "Some students that only could not be read are archived as well"),
        ("E1", "lost", "Some students are deleted instead of archived."),
    ],
)
def test_what_could_not_be_read_is_said_beside_what_no_longer_appears(
    requirement: str, state: str, says: str
) -> None:
    """Later, when Clever answers again, a record is not out of use for want of a page."""
    checks = [
        replace(
            check,
            findings=tuple(replace(row, expected=IN_USE, found=state) for row in check.findings),
        )
        for check in found_by(
            "faults/nobody-is-lost-when-a-page-is-empty",
            *(FindingKind.UNREAD, requirement, Kind.USERS),
        )
    ]
    text = drafted("deleted-records", checks)

    assert says in text
    assert text.startswith("When students, teachers") is (requirement == "T1")


RETRIES = {
    "faults/failed-requests-are-sent-again": "send failed requests again",
    "faults/a-student-who-arrives-while-requests-are-limited-is-in-the-app": (
        "take in the day's changes while requests are limited"
    ),
    "faults/a-student-who-arrives-while-a-connection-drops-is-in-the-app": (
        "take in the day's changes when connections drop"
    ),
    "faults/the-app-pauses-between-retries": "pause before retries",
    "faults/after-five-failed-retries-the-app-stops-for-the-day": "stop after five retries",
    "faults/the-app-waits-until-the-rate-limit-is-reset": "wait until the rate limit is reset",
    "faults/refused-requests-are-not-repeated": "give up what Clever refuses",
    "lists/requests-with-a-token-that-is-refused-are-not-repeated": "give up what Clever refuses",
}
"""Check of T2 or T3 → what an app does not do that fails it."""


@pytest.mark.parametrize("failing", RETRIES)
def test_an_app_that_fails_one_check_of_retries_is_not_said_to_fail_the_others(
    failing: str,
) -> None:
    text = answer(
        question("update-method"),
        lambda check: replace(check, outcome=Outcome.WARN) if check.id == failing else check,
    )

    assert f"When requests fail, we do not always do this yet: {RETRIES[failing]}." in text


def test_every_check_of_retries_has_words_of_its_own() -> None:
    checks = rehearsed("demo").checks
    assert {c.id for c in checks if {"T2", "T3"} & {*c.requirements}} == RETRIES.keys()


LATER = dict.fromkeys(("students", "teachers"), (AccountRule.AT_LOGIN,))
NOT_USED = dict.fromkeys(("staff", "district_admins", "contacts"), "Only classes use it.")


def at_login(index: RecordingIndex, name: str) -> str:
    """An answer of an app in which students and teachers have no account before a login."""
    profile = replace(index.profile, accounts=LATER, not_held=NOT_USED)
    header = replace(index.recording.header, profile=profile)
    told = RecordingIndex(replace(index.recording, header=header))
    checks = [
        replace(check, outcome=Outcome.NOT_APPLICABLE) if check.id in about(name) else check
        for check in rehearsed("demo").checks
    ]
    return (
        Composer(checks, facts(told), Kinds(told), profile, Counterexamples(told))
        .compose(question(name))
        .text
    )


NONE_YET = "Students and teachers get their accounts at their first login. Before that, they have"


@pytest.mark.parametrize(
    ("name", "whom"),
    [
        ("student-teacher-associations", "students and teachers"),
        ("student-changes-class", "students"),
        ("users-with-several-sections", "students and teachers"),
        ("co-teachers", "teachers"),
    ],
)
def test_classes_that_list_people_without_accounts_are_no_gap(name: str, whom: str) -> None:
    text = at_login(index(), name)

    assert text.startswith(NONE_YET)
    assert text.endswith(f"Every section lists the {whom} Clever names, with or without one.")


def test_classes_that_list_others_than_clever_names_are_not_praised() -> None:
    def without_teachers(place: altered.Place, taken: Snapshot) -> Snapshot:
        return replace(taken, sections=tuple(replace(s, teachers=()) for s in taken.sections))

    altogether = altered.shown(index(), without_teachers)

    assert at_login(altogether, "co-teachers") == f"{NONE_YET} none."
    assert "lists the students Clever names" in at_login(altogether, "student-teacher-associations")


def test_an_answer_gives_no_reasons_for_something_else() -> None:
    """That work is not stored is not declared where nobody has an account to do any with."""
    assert at_login(index(), "progress-deleted") == ""
    assert "Only classes use it." in at_login(index(), "users-in-several-schools")


def test_people_who_get_accounts_at_login_are_among_the_records_that_are_read() -> None:
    """Though nobody has logged in, and so nobody is shown."""
    nobody = altered.shown(index(), lambda place, taken: replace(taken, users=()))

    text = at_login(nobody, "initial-sync-records")

    assert "students and teachers" in text
    assert "staff" not in text


def test_accounts_that_are_archived_while_clever_fails_are_not_said_to_be_missing() -> None:
    fails, back = (
        "faults/nobody-is-lost-when-a-page-is-empty",
        "leaving/a-student-who-comes-back-is-active-again",
    )
    inactive = found_by(back, FindingKind.INACTIVE, "T6", Kind.USERS)
    [archived] = next(check.findings for check in inactive if check.id == back)
    unread = replace(archived, finding_kind=FindingKind.UNREAD, requirement="T1", check=fails)
    found = {back: archived, fails: replace(unread, found="archived", expected=IN_USE)}
    checks = [
        replace(check, outcome=Outcome.FAIL, findings=(found[check.id],))
        if check.id in found
        else check
        for check in rehearsed("demo").checks
    ]

    def without(place: altered.Place, taken: Snapshot) -> Snapshot:
        users = tuple(
            replace(row, status=Status.ARCHIVED) if row.clever_id == archived.clever_id else row
            for row in taken.users
        )
        return replace(taken, users=users) if place == (COMMON, Day.MIDYEAR) else taken

    seen = altered.shown(index(), without)
    composer = Composer(checks, known(), shown(), seen.profile, Counterexamples(seen))
    text = composer.compose(question("user-types")).text

    assert "Some accounts of students are archived although Clever shares these people." in text
    assert "Not all" not in text


def in_use_alone(place: altered.Place, taken: Snapshot) -> Snapshot:
    """What an app shows that keeps nothing of what it no longer reads."""
    rows: dict[str, Any] = {
        kind: tuple(
            replace(row, app_id=row.clever_id)
            for row in getattr(taken, kind)
            if row.status is Status.ACTIVE
        )
        for kind in ("schools", "terms", "courses", "sections", "users")
    }
    return replace(taken, includes_archived=False, **rows)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("deleted-records", "no longer appear in Clever's API, they are out of use after the next"),
        ("restored-records", "Clever ID appears again, students, teachers, staff, contacts, "),
        ("restored-records", "are in use again after the next sync."),
    ],
)
def test_what_is_shown_while_it_is_in_use_is_not_said_to_be_archived(name: str, says: str) -> None:
    """Of an app that keeps nothing of what it no longer reads, those checks do not apply."""
    seen = altered.shown(index(), in_use_alone)
    checks = [
        replace(check, outcome=Outcome.NOT_APPLICABLE)
        if selects("*/*archived*", check.id, check.requirements)
        else check
        for check in rehearsed("demo").checks
    ]
    composer = Composer(checks, facts(seen), Kinds(seen), seen.profile, Counterexamples(seen))

    text = composer.compose(question(name)).text

    assert says in text
    assert "archive" not in text


JOINED = "co-teachers/a-co-teacher-becomes-primary-and-the-primary-teacher-stays"
CHANGED = "contacts/a-contact-s-relationship-to-a-child-changes"
WITHDRAWN = "leaving/a-term-that-is-withdrawn-is-archived"
BACK = "leaving/a-course-that-comes-back-is-active-again"


@pytest.mark.parametrize(
    ("asked", "found", "says", "not_said"),
    [
        (
            "student-teacher-associations",
            (JOINED, FindingKind.TEACHER, "R9", Kind.SECTIONS, PRIMARY_TEACHER),
            "Not every section has the right primary teacher yet.",
            "the right teachers",
        ),
        (
            "users-with-several-sections",
            (JOINED, FindingKind.TEACHER, "R9", Kind.SECTIONS, PRIMARY_TEACHER),
            "can be in several sections at once",
            "not in exactly the sections",
        ),
        (
            "co-teachers",
            (JOINED, FindingKind.TEACHER, "R9", Kind.SECTIONS, PRIMARY_TEACHER),
            "which of them is the primary teacher is not right in every section yet",
            "do not have access",
        ),
        (
            "initial-sync-records",
            (CHANGED, FindingKind.STUDENT_RELATIONSHIP, "G4", Kind.USERS, OTHER_RELATIONSHIP),
            "Some contacts have another relationship to a student than Clever names.",
            "do not belong to exactly the students",
        ),
        (
            "student-teacher-associations",
            (
                "leaving/a-student-who-leaves-is-archived",
                FindingKind.INACTIVE,
                "R6",
                Kind.USERS,
                "",
            ),
            "whom sections list have archived accounts, although Clever shares them.",
            "Not every section has",
        ),
        (
            "student-teacher-associations",
            (WITHDRAWN, FindingKind.INACTIVE, "R6", Kind.SECTIONS, ""),
            "Some sections are archived although Clever shares them.",
            "not in our application",
        ),
        (
            "restored-records",
            (BACK, FindingKind.FIELD, "R5", Kind.SECTIONS, "course"),
            "contacts, sections, courses and terms back into use",
            "did not show",
        ),
    ],
)
def test_an_answer_says_what_is_wrong_with_a_record_that_is_there(
    asked: str, found: tuple[str, FindingKind, str, Kind, str], says: str, not_said: str
) -> None:
    """Its value, its state or its place in a list, and not that it is missing."""
    name, kind, requirement, of, field = found
    checks = found_by(name, kind, requirement, of)
    [failing] = [check for check in checks if check.id == name]
    findings = tuple(replace(finding, field=field) for finding in failing.findings)
    checks[checks.index(failing)] = replace(failing, findings=findings)

    text = drafted(asked, checks)

    assert says in text
    assert not_said not in text
