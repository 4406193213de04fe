"""One record against what a clause claims is found, and the clause then does not say yes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from assess import altered
from rehearsing import CATALOGUE, recorded, rehearsed

from harness.assess.clauses import Composer
from harness.assess.counterexamples import KNOWN, Counterexamples
from harness.assess.facts import facts
from harness.assess.kinds import Kinds
from harness.assess.recording_index import RecordingIndex
from harness.catalogue.questions import LOOKED_UP
from harness.contract.account_rules import AccountRule
from harness.contract.snapshot import HeldSection, HeldUser, Snapshot, Status
from harness.contract.sync import SyncState
from harness.plan.plan import COMMON, Day
from harness.recording.recording import Synced

PEOPLE = ("students", "teachers", "staff", "district_admins", "contacts")
Row = Callable[[HeldUser], HeldUser]


@cache
def demo() -> RecordingIndex:
    return RecordingIndex(recorded("demo"))


def showing(day: str, look: Callable[[Snapshot], Snapshot]) -> RecordingIndex:
    """The demo's year, if it had shown something else on one day of the common district."""
    return altered.shown(
        demo(), lambda place, taken: look(taken) if place == (COMMON, day) else taken
    )


def first_user(kind: Callable[[HeldUser], bool], change: Row) -> Callable[[Snapshot], Snapshot]:
    """Changes the first user of a kind."""

    def look(snapshot: Snapshot) -> Snapshot:
        first = next(user for user in snapshot.users if kind(user))
        users = (change(user) if user is first else user for user in snapshot.users)
        return replace(snapshot, users=tuple(users))

    return look


def first_section(change: Callable[[HeldSection], HeldSection]) -> Callable[[Snapshot], Snapshot]:
    def look(snapshot: Snapshot) -> Snapshot:
        first = next(row for row in snapshot.sections if row.students and row.teachers)
        sections = (change(row) if row is first else row for row in snapshot.sections)
        return replace(snapshot, sections=tuple(sections))

    return look


def archived(user: HeldUser) -> HeldUser:
    return replace(user, status=Status.ARCHIVED)


def without_schools(user: HeldUser) -> HeldUser:
    return replace(user, roles=tuple(replace(role, schools=()) for role in user.roles))


def with_one_role(user: HeldUser) -> HeldUser:
    return replace(user, roles=user.roles[:1])


def with_role(name: str) -> Callable[[HeldUser], bool]:
    return lambda user: any(role.role == name for role in user.roles)


def who_moved(user: HeldUser) -> bool:
    """A student who is at none of the schools of the day before."""
    before, now = (
        demo().roster(COMMON, day).users.get(user.clever_id)
        for day in (Day.FIRST_SHARE, Day.MIDYEAR)
    )
    at = [
        set(roles["student"]["schools"])
        for shared in (before, now)
        if shared and (roles := shared["roles"]).get("student")
    ]
    return len(at) == 2 and at[0].isdisjoint(at[1])


def without_the_unaddressed(snapshot: Snapshot) -> Snapshot:
    users = (user if user.email else archived(user) for user in snapshot.users)
    return replace(snapshot, users=tuple(users))


REFUTED = {
    "has an account": ("students", "user-types", first_user(with_role("student"), archived)),
    "is at all schools": (
        "staff", "users-in-several-schools", first_user(with_role("staff"), without_schools),
    ),
    "is at the new school": (
        "students", "student-changes-school", first_user(who_moved, without_schools),
    ),
    "has all roles": (
        "teachers", "teacher-administrators",
        first_user(lambda u: len(u.roles) > 1 and with_role("teacher")(u), with_one_role),
    ),
    "is in the sections": (
        "teachers", "student-teacher-associations",
        first_section(lambda row: replace(row, teachers=())),
    ),
    "is in each section": (
        "students", "users-with-several-sections",
        first_section(lambda row: replace(row, students=())),
    ),
    "has an account without an address": ("all", "missing-fields", without_the_unaddressed),
    "is brought in at rollover": (
        "sections", "rollover", lambda snapshot: replace(
            snapshot, sections=tuple(replace(r, status=Status.ARCHIVED) for r in snapshot.sections)
        ),
    ),
    "is archived at rollover": (
        "students", "rollover", lambda snapshot: replace(
            snapshot, users=tuple(replace(u, status=Status.ACTIVE) for u in snapshot.users)
        ),
    ),
    "is archived when it is gone": (
        "students", "deleted-records", lambda snapshot: replace(
            snapshot, users=tuple(replace(u, status=Status.ACTIVE) for u in snapshot.users)
        ),
    ),
    "is back in use": (
        "courses", "restored-records", lambda snapshot: replace(
            snapshot, courses=tuple(replace(r, status=Status.ARCHIVED) for r in snapshot.courses)
        ),
    ),
}  # fmt: skip
"""Claim → a kind, a question about it, and what the demo would have to show."""


def test_every_claim_that_a_question_can_make_is_looked_up() -> None:
    assert set(LOOKED_UP) == KNOWN


@pytest.mark.parametrize("claim", LOOKED_UP)
def test_a_clause_does_not_say_yes_if_one_record_is_against_it(claim: str) -> None:
    """Whatever the checks say, which all pass here."""
    kind, name, look = REFUTED[claim]
    day = {"is back in use": Day.RETURNS, "is archived when it is gone": Day.DEPARTURES}.get(
        claim, Day.ROLLOVER if "rollover" in claim else Day.MIDYEAR
    )
    index = showing(day, look)
    counterexamples = Counterexamples(index)
    question = next(row for row in CATALOGUE.questions if row.id == name)
    checks = rehearsed("demo").checks

    assert counterexamples.against(claim, kind)
    answer, before = (
        Composer(checks, facts(demo()), Kinds(demo()), demo().profile, against).compose(question)
        for against in (counterexamples, Counterexamples(demo()))
    )
    assert answer.text != before.text
    assert re.search(r"\b(not|yet)\b", answer.text)


@pytest.mark.parametrize("claim", LOOKED_UP)
def test_nothing_is_against_the_claims_of_the_demo(claim: str) -> None:
    assert [Counterexamples(demo()).against(claim, kind) for kind in PEOPLE] == [""] * len(PEOPLE)


def test_a_sync_that_was_stopped_is_no_ordinary_one() -> None:
    """What it did not bring is the sync's own matter, and the answer says that it may wait."""
    index = showing(Day.MIDYEAR, first_user(with_role("student"), archived))
    entries = tuple(
        replace(entry, sync=replace(entry.sync, state=SyncState.HELD))
        if isinstance(entry, Synced) and (entry.district, entry.day) == (COMMON, Day.MIDYEAR)
        else entry
        for entry in index.recording.entries
    )
    held = RecordingIndex(replace(index.recording, entries=entries))

    assert not Counterexamples(held).against("has an account", "students")


def test_who_needs_no_account_by_a_declaration_refutes_nothing() -> None:
    index = showing(Day.MIDYEAR, first_user(with_role("student"), archived))
    header = index.recording.header
    profile = replace(header.profile, accounts={"students": (AccountRule.AT_LOGIN,)})
    declared = RecordingIndex(replace(index.recording, header=replace(header, profile=profile)))

    assert not Counterexamples(declared).against("has an account", "students")


def test_whoever_is_missing_with_and_without_an_address_does_not_lack_one_for_it() -> None:
    """That a part of everybody is missing says nothing of those who have no address."""

    def every_fourth(snapshot: Snapshot) -> Snapshot:
        users = (u if n % 4 else archived(u) for n, u in enumerate(snapshot.users))
        return replace(snapshot, users=tuple(users))

    claim = "has an account without an address"

    assert not Counterexamples(showing(Day.MIDYEAR, every_fourth)).against(claim, "all")
