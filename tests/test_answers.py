"""Answers say what the rehearsal proved of what the app holds, and admit whatever fails."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from apps import MUTANTS, QUICK, VARIANTS
from assess.untrue_claims import untrue_claims
from assess.wrong_answers import NOT_ASKED, contradictions, misshapen, unmentioned
from rehearsing import CATALOGUE, recorded, refuted_answers, rehearsed, with_outcome

from harness import session
from harness.assess.answer import Answer, AnswerSource
from harness.assess.check_result import Outcome
from harness.assess.facts.holding import sole_teacher
from harness.assess.facts.requests import events_read
from harness.assess.recording_index import RecordingIndex
from harness.assess.results import Results
from harness.catalogue.questions import selects
from harness.contract.profile import Profile
from harness.contract.snapshot import Status
from harness.contract.sync import Mode
from harness.contract.waivers import Attestation, Waiver
from harness.plan.plan import COMMON, Day
from harness.recording.recording import LoggedRequest, Recording, SnapshotTaken

pytestmark = pytest.mark.no_cover  # composed apps reach the same code

CAPPED = Path(__file__).parent / "recordings/demo-co-teacher-cap-of-two.recording.json.gz"
CHECKS = {
    row.id: row for mode in (Mode.FULL, Mode.EVENTS) for row in CATALOGUE.plan(mode=mode).scenarios
}.values()
EVERY_APP = [
    pytest.param(name, marks=[] if name in ("demo", *QUICK) else [pytest.mark.slow], id=name)
    for name in ("demo", *MUTANTS, *VARIANTS)
]


def by_question(results: Results) -> Mapping[str, Answer]:
    return {answer.question: answer for answer in results.answers}


def judged(recording: Recording, profile: Profile | None = None) -> Results:
    header = replace(recording.header, profile=profile or recording.header.profile)
    return session.judge_recording(
        replace(recording, header=header), CATALOGUE, with_histories=False
    )


def test_every_check_belongs_to_a_clause_of_an_answer_or_says_why_not() -> None:
    """By its own id, a pattern or a requirement; in a clause that says something if it fails."""
    clauses = [clause for question in CATALOGUE.questions for clause in question.clauses]
    speaking = {
        selector
        for clause in clauses
        if clause.no
        for selectors in (clause.checks, *(part.checks for part in clause.parts))
        for selector in selectors
    }

    for row in CHECKS:
        asked = any(selects(one, row.id, row.requirements) for one in speaking)
        assert asked or set(row.requirements) <= set(NOT_ASKED), row.id


@pytest.mark.parametrize("name", EVERY_APP)
def test_no_answer_contradicts_a_check(name: str) -> None:
    assert list(contradictions(rehearsed(name))) == []


@pytest.mark.parametrize("name", EVERY_APP)
def test_every_failing_check_shows_in_an_answer(name: str) -> None:
    assert unmentioned(rehearsed(name)) == []


@pytest.mark.parametrize("name", EVERY_APP)
def test_an_answer_is_a_few_sentences_and_never_a_raw_finding(name: str) -> None:
    assert list(misshapen(rehearsed(name))) == []


@pytest.mark.parametrize("name", EVERY_APP)
def test_no_answer_claims_what_a_finding_denies(name: str) -> None:
    """Of the same people or records, whichever check has found it."""
    assert list(untrue_claims(lambda: recorded(name), rehearsed(name))) == []


@pytest.mark.parametrize("name", EVERY_APP)
def test_no_answer_claims_what_the_recording_refutes(name: str) -> None:
    """Whatever the checks say: who is where is looked up again."""
    assert refuted_answers(name) == ()


def test_syncs_that_a_person_approved_are_no_ordinary_ones() -> None:
    """In every answer about what they brought, and with numbers."""
    answers = by_question(rehearsed("holds-mass-changes"))

    assert "waits for a person's approval" in answers["rollover"].answer or (
        "may wait for a person's approval" in answers["rollover"].answer
    )
    for question in ("deleted-records", "update-method"):
        assert re.search(r"In our rehearsal we held \w+ of \d+ syncs", answers[question].answer)
    for question in ("restored-records", "student-teacher-associations"):
        assert "until a person approves it" in answers[question].answer
    assert "approve" not in "".join(a.answer for a in rehearsed("demo").answers)


def test_an_app_that_follows_events_counts_its_full_syncs_alone() -> None:
    events = by_question(rehearsed("another-app-by-events"))["full-sync-possible"].answer
    full = by_question(rehearsed("demo"))["full-sync-possible"].answer

    assert "Besides the syncs that process events, a full sync can be started" in events
    assert re.search(r"our rehearsal had (two|three|four|five), and each", events)
    assert full.startswith("Yes. Every sync is a full one")


def test_events_that_are_asked_for_by_school_are_not_all_events() -> None:
    recording = recorded("another-app-by-events")
    entries = tuple(
        replace(entry, query=f"{entry.query}&school=5e1f")
        if isinstance(entry, LoggedRequest)
        else entry
        for entry in recording.entries
    )

    assert events_read(RecordingIndex(recording)) == "all events"
    assert events_read(RecordingIndex(replace(recording, entries=entries))) == (
        "events with the filter `school` only"
    )


@pytest.mark.slow
def test_only_teachers_wait_for_their_first_login() -> None:
    """Whoever is staff as well has an account from the sync."""
    answers = by_question(rehearsed("teachers-at-login"))

    for question in ("user-types", "co-teachers", "teacher-administrators"):
        assert "People who are only teachers get their accounts at their first" in (
            answers[question].answer
        )
    assert "assigns no teachers" not in answers["co-teachers"].answer


@cache
def capped() -> tuple[Recording, Results]:
    recording = session.load_recording(CAPPED)
    return recording, judged(recording)


@pytest.mark.slow
@pytest.mark.parametrize("waived", [pytest.param(False, marks=pytest.mark.exhaustive), True])
@pytest.mark.no_cover
def test_a_cap_of_co_teachers_is_said_even_if_the_failing_checks_are_waived(waived: bool) -> None:
    recording, results = capped()
    failing = with_outcome(results, Outcome.FAIL)
    expires = recording.header.run_date + timedelta(days=30)
    waivers = [
        Waiver(check=check, reason="Planned.", owner="Ada", expires=expires) for check in failing
    ]
    if waived:
        header = replace(recording.header, waivers=tuple(waivers))
        results = session.judge_recording(
            replace(recording, header=header), CATALOGUE, with_histories=False
        )

    assert failing
    assert by_question(results)["co-teachers"].answer == (
        "Co-teachers are supported, up to two per section."
    )


@pytest.mark.slow
def test_an_app_that_cuts_long_names_says_so() -> None:
    cut = by_question(rehearsed("tidies-every-text"))["missing-fields"].answer

    assert "Long names are shown cut, after 40 characters at the earliest (" in cut
    assert "shown cut" not in by_question(rehearsed("demo"))["missing-fields"].answer


def test_an_app_that_keeps_the_primary_teacher_says_so() -> None:
    answers = by_question(rehearsed("primary-teacher-only"))

    assert answers["co-teachers"].answer == "Only one teacher per section is supported so far."
    assert "students that Clever lists" in answers["student-teacher-associations"].answer
    assert "right teachers yet" in answers["student-teacher-associations"].answer


@pytest.mark.parametrize(("teachers", "sole"), [((), "one"), (("t", "u"), "")])
def test_an_app_without_co_teachers_is_known_by_all_its_sections(
    teachers: tuple[str, ...], sole: str
) -> None:
    """One that has lost its teacher says nothing against it, one with two does."""
    recording = recorded("primary-teacher-only")
    [*_, taken] = (
        entry
        for entry in recording.entries
        if isinstance(entry, SnapshotTaken) and (entry.district, entry.day) == (COMMON, Day.QUIET)
    )
    first, *others = taken.snapshot.sections
    changed = replace(
        taken.snapshot, sections=(replace(first, teachers=teachers, status=Status.ACTIVE), *others)
    )
    entries = [
        replace(entry, snapshot=changed) if entry is taken else entry for entry in recording.entries
    ]

    assert sole_teacher(RecordingIndex(replace(recording, entries=tuple(entries)))) == sole


@pytest.mark.slow
def test_what_an_app_does_not_hold_stands_in_no_answer_but_with_the_declared_reason() -> None:
    results = rehearsed("students-only")
    reason = "Lantern Reader for Home is for students alone."
    drafted = [a for a in results.answers if a.source is not AnswerSource.DECLARED]

    for answer in drafted:
        if answer.question == "match-users":
            continue
        sentences = re.split(r"(?<=[.]) ", answer.answer.replace(f": {reason}", f" for {reason}"))
        unheld = [s for s in sentences if re.search(r"teachers?\b|\bstaff\b|\bcontacts?\b", s)]
        assert not unheld or reason in answer.answer, answer
    assert by_question(results)["users-in-several-schools"].answer.endswith(
        "Our rehearsal had students in three schools."
    )


@pytest.mark.slow
def test_an_app_without_progress_says_nothing_of_work() -> None:
    answers = by_question(rehearsed("no-progress"))

    assert answers["stores-progress"].answer.startswith("No. Lantern Reader Lite")
    assert answers["progress-deleted"].answer.startswith("No, we do not store any.")
    for question in ("student-changes-class", "student-changes-school", "rollover"):
        assert "work" not in answers[question].answer


@pytest.mark.parametrize(
    ("name", "said"),
    [("demo", True), pytest.param("students-only", False, marks=pytest.mark.slow)],
)
def test_what_happens_on_login_is_not_applicable_to_an_app_that_syncs_everybody(
    name: str, said: bool
) -> None:
    """Of people whom no sync brings, nobody knows whether a login does."""
    answers = by_question(rehearsed(name))

    for question in ("login-records", "first-login", "later-logins"):
        answer = answers[question]
        assert answer.answer.startswith("Not applicable: ") is said
        assert not answer.waits
        assert "Your profile says so of nobody" in answer.reason


@pytest.mark.slow
@pytest.mark.exhaustive
def test_accounts_made_at_the_first_login_are_not_denied() -> None:
    """The sync brings no teachers: whether they have accounts is another matter."""
    recording = recorded("students-only")
    reason = "Accounts for teachers are made at the first login."
    profile = recording.header.profile
    profile = replace(
        profile,
        not_held={**profile.not_held, "teachers": reason},
        declares={"user-types": ("student", "teacher")},
    )
    results = judged(recording, profile)
    answers = by_question(results)

    assert not with_outcome(results, Outcome.FAIL)
    assert f"The sync creates no accounts for teachers: {reason}" in answers["user-types"].answer
    for answer in answers.values():
        assert "have no accounts" not in answer.answer, answer


@pytest.mark.slow
def test_nothing_is_said_to_be_restored_that_was_never_out_of_use() -> None:
    answer = by_question(rehearsed("never-archives"))["restored-records"]

    assert "back into use instead of creating" not in answer.answer
    assert not answer.answer.startswith("Yes")


@pytest.mark.slow
def test_a_leftover_teacher_does_not_deny_that_all_co_teachers_are_held() -> None:
    """A former teacher too many is a matter of R9; what was declared is true."""
    recording = recorded("keeps-last-years-teachers")
    profile = replace(recording.header.profile, declares={"co-teachers": ("yes",)})
    failing = with_outcome(judged(recording, profile), Outcome.FAIL)

    assert "declarations/co-teachers-are-supported-as-declared" not in failing
    assert failing


@pytest.mark.slow
def test_an_app_that_reads_nothing_is_not_said_to_read() -> None:
    recording = recorded("demo")
    silent = tuple(entry for entry in recording.entries if not isinstance(entry, LoggedRequest))
    answers = by_question(judged(replace(recording, entries=silent)))

    for question in ("update-on-login-or-batch", "update-method", "initial-sync-records"):
        assert "read" not in answers[question].answer.replace("does not read", "")
        assert "sync that reads" not in answers[question].answer
    assert answers["district-tokens"].source is AnswerSource.NEEDS_YOU
    assert answers["events-records"].source is AnswerSource.NEEDS_YOU


@pytest.mark.slow
@pytest.mark.exhaustive
def test_a_path_that_clever_does_not_have_is_no_kind_of_record() -> None:
    recording = recorded("demo")
    entries = tuple(
        replace(entry, path=entry.path.replace("/v3.1/terms", "/v3.1/v3.1/terms"))
        if isinstance(entry, LoggedRequest)
        else entry
        for entry in recording.entries
    )
    answers = by_question(judged(replace(recording, entries=entries)))

    assert answers["initial-sync-records"].answer == (
        "Schools, courses, sections, students, teachers, staff, district administrators and "
        "contacts."
    )


@pytest.mark.slow
def test_lists_that_are_not_read_to_their_end_are_named() -> None:
    answers = by_question(rehearsed("first-page-only"))

    assert answers["update-method"].answer.endswith(
        "The lists of courses, sections and users are not read to their end yet."
    )
    for name in ("demo", "large-pages", "another-app"):
        assert "to their end" not in by_question(rehearsed(name))["update-method"].answer


@pytest.mark.slow
def test_an_edit_about_people_who_are_not_there_shows_nothing() -> None:
    answer = by_question(rehearsed("first-page-only"))["create-groups"]

    assert answer.source is AnswerSource.DECLARED


def test_a_part_of_a_rehearsal_claims_nothing_that_it_did_not_play() -> None:
    recording = recorded("demo")
    plan = replace(recording.header.plan, selected=("student-returns",))
    header = replace(recording.header, plan=plan)
    answers = by_question(
        session.judge_recording(replace(recording, header=header), CATALOGUE, with_histories=False)
    )

    assert answers["restored-records"].answer == (
        "Our last rehearsal did not show whether archived students, teachers, staff, contacts, "
        "sections, courses and terms can be put back into use."
    )
    assert "did not show whether we recognize every record" in answers["key-identifier"].answer
    for question in ("user-types", "deleted-records", "rollover", "co-teachers"):
        assert answers[question].source is AnswerSource.NEEDS_YOU, answers[question]
        assert answers[question].reason == "The rehearsal could not prove the answer."


@pytest.mark.slow
def test_a_question_that_only_an_attestation_speaks_of_is_answered_by_it() -> None:
    recording = recorded("undeclared-matching")
    word = "Nobody uses the app before the district connects"
    attestation = Attestation(requirement="R4", statement=word, by="Ada", on=date(2026, 5, 4))
    header = replace(recording.header, attestations=(attestation,))
    answer = by_question(judged(replace(recording, header=header)))["match-users"]

    assert answer.answer == f"{word}."
    assert answer.source is AnswerSource.DECLARED
