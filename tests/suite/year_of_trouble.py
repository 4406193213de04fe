"""A recording made by hand: what a small town shared, what an app held of it, and how it asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from simulator import town

from harness.assess.recording_index import RecordingIndex
from harness.contract.profile import Profile
from harness.contract.snapshot import (
    HeldCourse,
    HeldRole,
    HeldSchool,
    HeldSection,
    HeldTerm,
    HeldUser,
    Snapshot,
    Status,
    StudentRelationship,
)
from harness.contract.sync import Mode, Sync, SyncState
from harness.district.data_model.records import User, roles_of
from harness.district.data_model.roster import Roster
from harness.plan.plan import COMMON, Plan
from harness.recording.recording import (
    Entry,
    Header,
    LoggedRequest,
    Published,
    Recording,
    SnapshotTaken,
    Synced,
)

HEADER = Header(
    rosterready="0.1.0",
    adapter="python:app:App",
    run_date=date(2026, 8, 20),
    seed=1,
    salt="s",
    mode=Mode.FULL,
    plan=Plan(scenarios=(), days={COMMON: ()}),
    plan_hash="",
    requirement_set="",
    profile=Profile(),
    capabilities=(),
)


def index(*entries: Entry) -> RecordingIndex:
    return RecordingIndex(Recording(header=HEADER, entries=entries, ended="completed", seconds=1.0))


def day(
    name: str,
    *,
    held: Snapshot | None = None,
    shared: Roster | None = None,
    requests: Sequence[LoggedRequest] = (),
    state: SyncState = SyncState.COMPLETED,
) -> list[Entry]:
    """What one day brought: the app asked, its sync ended, and this is what it held."""
    shared = shared or town.roster()
    return [
        Published(district=COMMON, day=name, roster=shared, cast={}, at="2026-08-20T00:00:00Z"),
        *(replace(one, day=name) for one in requests),
        Synced(district=COMMON, day=name, sync=Sync(state=state, reason="so"), seconds=1.0),
        SnapshotTaken(district=COMMON, day=name, after="sync", snapshot=held or all_of(shared)),
    ]


def request(
    path: str = "/v3.1/users", *, status: int = 200, fault: str = "", started: float = 0.0
) -> LoggedRequest:
    return LoggedRequest(
        district=COMMON,
        day="",
        during="sync",
        method="GET",
        path=path,
        query="limit=100",
        status=status,
        records=1,
        size=10,
        started=started,
        seconds=0.01,
        fault=fault,
    )


def failed(times: int, *, fault: str = "server-errors", pause: float = 1.0) -> list[LoggedRequest]:
    """One request that fails so many times in a row, with a pause between."""
    return [
        request(status=503, fault=fault, started=turn * (pause + 0.01)) for turn in range(times)
    ]


def all_of(roster: Roster) -> Snapshot:
    """Everything a roster has, as an app without any mistake holds it."""
    return Snapshot(
        schools=tuple(HeldSchool(clever_id=key, app_id=f"app-{key}") for key in roster.schools),
        terms=tuple(HeldTerm(clever_id=key, app_id=f"app-{key}") for key in roster.terms),
        courses=tuple(HeldCourse(clever_id=key, app_id=f"app-{key}") for key in roster.courses),
        sections=tuple(
            HeldSection(
                clever_id=key,
                app_id=f"app-{key}",
                teachers=tuple(row["teachers"]),
                students=tuple(row["students"]),
            )
            for key, row in roster.sections.items()
        ),
        users=tuple(_user(user) for user in roster.users.values()),
    )


def _user(user: User) -> HeldUser:
    related = user["roles"].get("contact", {}).get("student_relationships") or ()
    return HeldUser(
        clever_id=user["id"],
        app_id=f"app-{user['id']}",
        roles=tuple(
            HeldRole(role=name, schools=tuple(role.get("schools") or ()))
            for name, role in roles_of(user).items()
        ),
        student_relationships=tuple(StudentRelationship(student=one["student"]) for one in related),
    )


def less(held: Snapshot, clever_id: str) -> Snapshot:
    """The snapshot without one user."""
    return replace(held, users=tuple(one for one in held.users if one.clever_id != clever_id))


def archived(held: Snapshot, clever_id: str) -> Snapshot:
    """The snapshot with one user put out of use."""
    return replace(
        held,
        users=tuple(
            replace(one, status=Status.ARCHIVED) if one.clever_id == clever_id else one
            for one in held.users
        ),
    )


def emptied(held: Snapshot, section: str) -> Snapshot:
    """The snapshot with one class without its students."""
    return replace(
        held,
        sections=tuple(
            replace(one, students=()) if one.clever_id == section else one for one in held.sections
        ),
    )
