"""Acting: what people do in the app, asked of the adapter and written down as it was done."""

from __future__ import annotations

from harness.adapters.loaded import LoadedAdapter
from harness.contract.account import Account
from harness.contract.adapter import Capability
from harness.contract.connection import Connection
from harness.contract.edit import Edit, EditKind
from harness.district.data_model.records import Role, User, roles_of, schools_of
from harness.plan.calendar_day import CalendarDay
from harness.plan.names import listed
from harness.plan.plan import OldAccount, PlacedAct
from harness.recording.recording import AccountCreated, EditMade, LessonFinished

NAMES = {
    EditKind.CREATE_USER: "Rehearsal guest",
    EditKind.CREATE_GROUP: "Rehearsal group",
    EditKind.SPLIT_SECTION: "Rehearsal subgroup",
    EditKind.RENAME_SECTION: "Rehearsal class",
}
"""What users and groups that people make are called, and classes that they rename."""
STRANGER = "Robin", "Sandoval-Whitlock"
"""The teacher whose number a student has as well."""


def perform(
    adapter: LoadedAdapter, connection: Connection, day: CalendarDay, act: PlacedAct
) -> LessonFinished | AccountCreated | EditMade:
    """Have it done; an app that does not let people do it is recorded, never raised."""
    placed = {
        "district": day.district,
        "day": day.day,
        "edge_case": act.edge_case,
        "person": act.person,
        "act": act.act,
    }
    if act.account:
        account = _account(adapter, day, act, act.account)
        app_id, refused = adapter.create_account(connection, account)
        return AccountCreated(
            **placed,
            kind=act.account,
            lesson="".join(account.lessons),
            app_id=app_id,
            refused=refused,
        )
    if act.edit:
        edit = _edit(day, act, act.edit)
        return EditMade(
            **placed,
            kind=edit.kind,
            section=act.section,
            name=edit.name,
            refused=_by_hand(adapter, connection, edit),
        )
    lesson = _lesson(act)
    refused = _finish(adapter, connection, _clever_id(day, act, act.person), lesson)
    return LessonFinished(**placed, lesson=lesson, refused=refused)


def _lesson(act: PlacedAct) -> str:
    """A name for the piece of work that no other act has."""
    parts = (act.edge_case, act.person, act.day, act.account or "")
    return f"lesson {'/'.join(filter(None, parts))}"


def _finish(adapter: LoadedAdapter, connection: Connection, clever_id: str, lesson: str) -> str:
    if Capability.PROGRESS not in adapter.capabilities:
        return "the adapter cannot let a person finish a lesson (capability progress)"
    return adapter.finish_lesson(connection, clever_id, lesson)


def _by_hand(adapter: LoadedAdapter, connection: Connection, change: Edit) -> str:
    if Capability.EDITS not in adapter.capabilities:
        return "the adapter cannot let people edit anything (capability edits)"
    return adapter.edit(connection, change)


def _edit(day: CalendarDay, act: PlacedAct, kind: EditKind) -> Edit:
    users = tuple(_clever_id(day, act, name) for name in listed(act.person))
    grouping = kind in (EditKind.CREATE_GROUP, EditKind.SPLIT_SECTION)
    alone = kind in (EditKind.ADD_ROLE, EditKind.ADD_STUDENT, EditKind.REMOVE_STUDENT)
    return Edit(
        kind=kind,
        user=users[0] if alone else "",
        section=_clever_id(day, act, act.section) if act.section else "",
        role=Role.STAFF if kind is EditKind.ADD_ROLE else "",
        name=NAMES.get(kind, ""),
        users=users if grouping else (),
    )


def _clever_id(day: CalendarDay, act: PlacedAct, name: str) -> str:
    return day.cast[act.edge_case][name]


def _account(adapter: LoadedAdapter, day: CalendarDay, act: PlacedAct, kind: OldAccount) -> Account:
    """The account somebody had before Clever, after what Clever will share of the person."""
    user = day.roster.users[_clever_id(day, act, act.person)]
    role, former_id = next(iter(user["roles"])), ""
    school = next(iter(schools_of(user)), "")
    first, last = user["name"].get("first", ""), user["name"].get("last", "")
    district = day.roster.district["id"]  # a database may still hold the year of another run
    number, email = _number(user), f"{act.edge_case}.{kind}@{district}.example.net"
    match kind:
        case OldAccount.EMAIL:
            number, email = "", user.get("email", "")
        case OldAccount.CAPITALS:
            number, email = "", _in_other_capitals(user.get("email", ""))
        case OldAccount.NUMBER:
            pass
        case OldAccount.NAME:
            number += "77"  # longer than any number of the district
        case OldAccount.ROLE:
            role, (first, last) = "teacher", STRANGER
        case OldAccount.FORMER_ID:
            number, email, (role, former_id) = "", "", _former_id(user)
        case OldAccount.SHARED:
            number, email = "", user.get("email", "")
        case OldAccount.MIXED:
            email = day.roster.users[_clever_id(day, act, act.other)].get("email", "")
    return Account(
        role=role,
        first_name=first,
        last_name=last,
        email=email or None,
        number=number or None,
        school=day.roster.schools[school]["name"] if school else "",
        former_clever_id=former_id or None,
        lessons=(_lesson(act),) if Capability.PROGRESS in adapter.capabilities else (),
    )


def _in_other_capitals(email: str) -> str:
    """The same address: as people type it, without capitals or with a capital for each name."""
    return email.title() if email == email.lower() else email.lower()


def _former_id(user: User) -> tuple[Role, str]:
    """The last of the user's roles, and its Clever ID in version 2; a student's is today's.

    https://dev.clever.com/docs/api-v3-upgrade-guide
    """
    role, held = list(roles_of(user).items())[-1]
    return Role(role), str(held.get("legacy_id") or user["id"])


def _number(user: User) -> str:
    """What a school knows a student or a teacher by."""
    student, teacher = user["roles"].get("student"), user["roles"].get("teacher")
    if student:
        return student.get("student_number") or student["sis_id"]
    return teacher["sis_id"] if teacher else ""
