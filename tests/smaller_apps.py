"""Smaller apps: the demo's year as an app would have played it that keeps less.

Each entry takes one thing of `HOLDABLE`, and nothing else, out of what the demo shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from rehearsing import CATALOGUE, recorded

from harness import session
from harness.assess.expectations import ROLE_KEYS
from harness.assess.results import Results
from harness.contract.account_rules import AccountRule
from harness.contract.snapshot import HeldUser, LocalRecord, Snapshot
from harness.recording.recording import AccountCreated, Recording, SnapshotTaken

Less = Callable[[Snapshot], Snapshot]


def judged(
    less: Less, *not_held: str, at_login: Iterable[str] = (), unable: Iterable[str] = ()
) -> Results:
    """The demo's year, judged as if its app showed less and were declared not to hold this.

    `at_login` are the people who get their accounts so, `unable` the capabilities it lacks.
    """
    recording = recorded("demo")
    entries = tuple(
        replace(entry, snapshot=less(entry.snapshot)) if isinstance(entry, SnapshotTaken) else entry
        for entry in recording.entries
    )
    profile = replace(
        recording.header.profile,
        not_held=dict.fromkeys(not_held, "No use."),
        accounts=dict.fromkeys(at_login, (AccountRule.AT_LOGIN,)),
        declares={"user-types": tuple(r for r, key in ROLE_KEYS.items() if key not in not_held)},
    )
    capabilities = tuple(name for name in recording.header.capabilities if name not in {*unable})
    header = replace(recording.header, profile=profile, capabilities=capabilities)
    return session.judge_recording(
        replace(recording, header=header, entries=entries), CATALOGUE, with_histories=False
    )


def without(*keys: str) -> Less:
    """What an app shows that holds none of this."""

    def less(held: Snapshot) -> Snapshot:
        for key in keys:
            held = WITHOUT[key](held)
        return held

    return less


def _sections(**emptied: Any) -> Less:
    return lambda held: replace(
        held, sections=tuple(replace(row, **emptied) for row in held.sections)
    )


def _users(change: Callable[[HeldUser], HeldUser]) -> Less:
    return lambda held: replace(held, users=tuple(map(change, held.users)))


def _nameless(kind: str) -> Less:
    def less(held: Snapshot) -> Snapshot:
        rows = tuple(replace(row, name=None) for row in getattr(held, kind))
        fewer: Mapping[str, Any] = {kind: rows}
        return replace(held, **fewer)

    return less


def _nowhere(user: HeldUser) -> HeldUser:
    return replace(user, roles=tuple(replace(role, schools=()) for role in user.roles))


def _in_turn(*steps: Less) -> Less:
    def less(held: Snapshot) -> Snapshot:
        for step in steps:
            held = step(held)
        return held

    return less


def _without_role(role: str) -> Less:
    """Without the users who have this role only; the role of others is left out."""

    def less(held: Snapshot) -> Snapshot:
        gone = {row.clever_id for row in held.users if {r.role for r in row.roles} == {role}}
        accounts = {row.app_id: row for row in held.users if row.clever_id in gone}
        before = recorded_accounts() & accounts.keys()
        local = (
            LocalRecord(app_id=i, name=f"{accounts[i].first_name} {accounts[i].last_name}")
            for i in before
        )
        return replace(
            held,
            users=tuple(
                _without(role, row, gone) for row in held.users if row.clever_id not in gone
            ),
            sections=tuple(
                replace(
                    row,
                    teachers=tuple(i for i in row.teachers if role != "teacher" and i not in gone),
                    students=tuple(i for i in row.students if i not in gone),
                )
                for row in held.sections
            ),
            progress=tuple(work for work in held.progress if work.account not in accounts),
            local_users=(*held.local_users, *local),
        )

    return less


def _without(role: str, user: HeldUser, gone: set[str]) -> HeldUser:
    links = () if role == "contact" else user.student_relationships
    return replace(
        user,
        roles=tuple(held for held in user.roles if held.role != role),
        student_relationships=tuple(link for link in links if link.student not in gone),
    )


def recorded_accounts() -> set[str]:
    """Accounts from before Clever: nobody takes those over whom the app does not hold."""
    recording: Recording = recorded("demo")
    return {entry.app_id for entry in recording.entries if isinstance(entry, AccountCreated)} - {""}


WITHOUT: Mapping[str, Less] = {
    "schools": _in_turn(
        lambda held: replace(held, schools=()), _sections(school=None), _users(_nowhere)
    ),
    "terms": _in_turn(lambda held: replace(held, terms=()), _sections(term=None)),
    "courses": _in_turn(lambda held: replace(held, courses=()), _sections(course=None)),
    "sections": lambda held: replace(held, sections=()),
    **{key: _without_role(role) for role, key in ROLE_KEYS.items()},
    "progress": lambda held: replace(held, progress=()),
    "terms.dates": lambda held: replace(
        held, terms=tuple(replace(row, start_date=None, end_date=None) for row in held.terms)
    ),
    **{f"{kind}.name": _nameless(kind) for kind in ("schools", "terms", "courses", "sections")},
    "sections.school": _sections(school=None),
    "sections.course": _sections(course=None),
    "sections.term": _sections(term=None),
    "sections.teachers": _sections(teachers=()),
    "sections.primary_teacher": lambda held: replace(
        held,
        sections=tuple(replace(row, teachers=tuple(sorted(row.teachers))) for row in held.sections),
    ),
    "sections.students": _sections(students=()),
    "users.name": _users(lambda row: replace(row, first_name=None, last_name=None)),
    "users.email": _users(lambda row: replace(row, email=None)),
    "users.grade": _users(lambda row: replace(row, grade=None)),
    "users.schools": _users(_nowhere),
    "users.primary_school": _users(lambda row: replace(row, primary_school=None)),
    "users.student_relationships": _users(lambda row: replace(row, student_relationships=())),
}
"""Key of `HOLDABLE` → what an app shows that holds none of it."""
