"""The export of a composed app: what it shows of its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from composed.database import Database, Row, people_in_use
from composed.policies import Policies

from harness.contract.snapshot import (
    Held,
    HeldCourse,
    HeldRole,
    HeldSchool,
    HeldSection,
    HeldTerm,
    HeldUser,
    Snapshot,
    Status,
    StudentRelationship,
    Work,
)


def shown(policies: Policies, rows: Snapshot) -> Snapshot:
    """What an app shows of all its rows."""
    if policies.export == "all":
        return rows
    users = tuple(filter(_active, rows.users))
    accounts = {user.app_id for user in users}
    return Snapshot(
        schools=tuple(filter(_active, rows.schools)),
        terms=tuple(filter(_active, rows.terms)),
        courses=tuple(filter(_active, rows.courses)),
        sections=tuple(filter(_active, rows.sections)),
        users=users,
        progress=tuple(work for work in rows.progress if work.account in accounts),
        includes_archived=False,
    )


def _active(row: Held) -> bool:
    return row.status is Status.ACTIVE


def all_rows(policies: Policies, held: Database) -> Snapshot:
    """All that an app has, archived or not."""
    people = people_in_use(held)
    return Snapshot(
        schools=_of(held, "schools", _named(HeldSchool)),
        terms=_of(held, "terms", _named(HeldTerm)),
        courses=_of(held, "courses", _named(HeldCourse)),
        sections=_of(held, "sections", lambda row: _section(policies, row, people)),
        users=_of(held, "users", lambda row: _user(policies, row)),
        progress=tuple(
            Work(account=account, lesson=lesson)
            for account, lesson, section in held.lessons
            if not section or _enrolled(held, account, section)
        ),
    )


def _enrolled(held: Database, account: str, section: str) -> bool:
    row, user = held.rows.get(section), held.rows[account]
    return row is not None and user.clever_id in row.values["students"]


def _section(policies: Policies, row: Row, people: set[str]) -> HeldSection:
    links = {name: row.values[name] for name in ("school", "course", "term")}
    if policies.holds == "no-schools":
        links["school"] = None
    if policies.holds == "no-terms-courses":
        links["course"] = links["term"] = None
    members: dict[str, Any] = {
        role: tuple(key for key in row.values[role] if key in people)
        for role in ("students", "teachers")
    }
    return HeldSection(**_ids(row), name=row.values["name"], **links, **members)


def _user(policies: Policies, row: Row) -> HeldUser:
    schools = policies.holds != "no-schools"
    first, last = row.values["first_name"], row.values["last_name"]
    if policies.names == "joined":
        first, last = " ".join(filter(None, (first, last))), None
    return HeldUser(
        **_ids(row),
        first_name=first,
        last_name=last,
        email=row.values["email"],
        roles=tuple(
            HeldRole(role=role, schools=at if schools else ())
            for role, at in row.values["roles"].items()
        ),
        student_relationships=tuple(
            StudentRelationship(student=student, relationship=relationship)
            for student, relationship in row.values["children"]
        ),
    )


def _of(held: Database, kind: str, shape: Callable[[Row], Any]) -> Any:
    return tuple(shape(row) for row in held.rows.values() if row.kind == kind)


def _ids(row: Row) -> dict[str, Any]:
    status = Status.ACTIVE if row.active else Status.ARCHIVED
    return {"clever_id": row.clever_id, "app_id": row.app_id, "status": status}


def _named(shape: type[Any]) -> Callable[[Row], Any]:
    return lambda row: shape(**_ids(row), name=row.values["name"])
