"""Users: whether their schools and roles are those Clever shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from harness.assess.expectations import ROLE_KEYS
from harness.assess.findings import FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import HeldUser
from harness.district.data_model.records import Kind, User, roles_of, schools_of
from harness.plan.day_names import on
from harness.prose import counted
from harness.suite.checks.mirror import Difference, Mirror, NothingLeft
from harness.suite.checks.observation import Observation
from harness.suite.checks.sentences import short, spoken

_SCHOOLED = ("teachers", "staff", "students")
"""The roles that Clever gives schools, as keys of `HOLDABLE`."""


def schools(mirror: Mirror, ids: Iterable[str]) -> Observation:
    return _of_schools(mirror, ids, _schools)


def missing_schools(mirror: Mirror, ids: Iterable[str]) -> Observation:
    """The users who lack a school; one that is left over is no matter of it."""
    return _of_schools(mirror, ids, _missing_schools)


def roles(mirror: Mirror, ids: Iterable[str]) -> Observation:
    ids = tuple(ids)
    observation = mirror.compare_users(ids, "", _roles)
    for role in dict.fromkeys(role for i in ids for role in mirror.roles_of(i)):
        observation.leave_out(mirror.index.expectations.declared(ROLE_KEYS[role]))
    return observation


def lacks_roles(mirror: Mirror) -> bool:
    """Whether the app lacks roles of most users that it holds."""
    everybody = roles(mirror, mirror.roster.users)
    lacking = [f for f in everybody.findings if f.finding_kind is FindingKind.ROLE]
    return 2 * len(lacking) > everybody.examined


def role_schools(mirror: Mirror, ids: Iterable[str]) -> Observation:
    """Of these the users with several roles at schools; of all others `schools` says the same."""
    several = [i for i in ids if len(mirror.schooled_roles(i)) > 1]
    return _of_schools(mirror, several, _role_schools)


def schools_left_out(index: RecordingIndex) -> str:
    """The declaration by which an app has no schools of users to compare; or "".

    One that has no schools but shows their ids with its users keeps whom they belong to.
    """
    shown = index.cached("shows schools of users", lambda: _shows_schools(index))
    return index.expectations.declared("users.schools", *(() if shown else ("schools",)))


def _shows_schools(index: RecordingIndex) -> bool:
    return any(
        role.schools
        for taken in index.snapshots_taken
        for user in taken.snapshot.users
        for role in user.roles
    )


def _of_schools(
    mirror: Mirror, ids: Iterable[str], compare: Callable[[Mirror, User, HeldUser], Difference]
) -> Observation:
    """A comparison of schools: nothing is examined of roles that have none, such as contacts."""
    observation = Observation()
    observation.leave_out(schools_left_out(mirror.index))
    if not observation.not_applicable:
        ids = tuple(ids)
        nowhere = _without_roles(mirror, ids)
        placed = [clever_id for clever_id in ids if clever_id not in nowhere]
        observation = mirror.compare_users(placed, "", compare, "schools")
        for clever_id in sorted(nowhere):
            mirror.absent(observation, Kind.USERS, clever_id)
        if observation.unexamined:
            observation.needs += roles(mirror, sorted(nowhere)).findings
    observation.leave_out(mirror.index.expectations.declared("schools", *_SCHOOLED))
    for kind in observation.scope.keys() - {*_SCHOOLED, "schools"}:
        del observation.scope[kind]
    return observation


def _without_roles(mirror: Mirror, ids: Iterable[str]) -> frozenset[str]:
    """Who has schools at Clever, and in the app no role that could have any: a matter of roles."""
    users, rows_of = mirror.roster.users, mirror.holdings.active_rows
    return frozenset(
        clever_id
        for clever_id in ids
        if clever_id in users
        and schools_of(users[clever_id])
        and (rows := rows_of(Kind.USERS, clever_id))
        and not any(row.roles for row in rows if isinstance(row, HeldUser))
    )


def _missing_schools(mirror: Mirror, user: User, row: HeldUser) -> Difference:
    _, wanted = _schools_wanted(mirror, user, row)
    held = _held(row)
    return None if held.issuperset(wanted) else _schools(mirror, user, row)


def _schools_wanted(mirror: Mirror, user: User, row: HeldUser) -> tuple[list[str], list[str]]:
    """The schools Clever names for the roles that are held, and those of them that are held."""
    of_roles = list(schools_of(user, {role.role for role in row.roles}))  # a lost role is G3's
    return of_roles, _held_schools(mirror, of_roles)


def _held_schools(mirror: Mirror, schools: Iterable[str]) -> list[str]:
    """Those of these schools that the app has; all, if it keeps no schools but whom they have."""
    if not mirror.index.expectations.holds("schools"):
        return list(schools)
    known = mirror.holdings.active_ids[Kind.SCHOOLS]
    return [school for school in schools if school in known]


def _held(row: HeldUser) -> set[str]:
    """The schools of a row, but for roles that have none at Clever: those are an app's own idea,
    such as the schools of a contact's children."""
    return {school for held in row.roles if _has_schools(held.role) for school in held.schools}


def _has_schools(role: str) -> bool:
    return ROLE_KEYS.get(role) in _SCHOOLED


def _schools(mirror: Mirror, user: User, row: HeldUser) -> Difference:
    of_roles, wanted = _schools_wanted(mirror, user, row)
    held = _held(row)
    held -= set(of_roles) - set(wanted)
    held -= mirror.waited_for(held)
    if of_roles and not (wanted or held):
        return NothingLeft(Kind.SCHOOLS, of_roles)
    if set(wanted) == held:
        return None
    shared = list(schools_of(user, set(roles_of(user))))
    in_app = sorted(_held(row))
    return mirror.finding(
        FindingKind.SCHOOL,
        Kind.USERS,
        user["id"],
        f"Clever shares {short(mirror.index.name(user['id']))} with "
        f"{counted(len(shared), 'school')} {on(mirror.day)}, your app holds {len(in_app) or 'none'}"
        f"{mirror.apart(wanted, held)}.",
        field="schools",
        expected=mirror.spoken(shared),
        found=mirror.spoken(in_app),
    )


def _roles(mirror: Mirror, user: User, row: HeldUser) -> Difference:
    expectations = mirror.index.expectations
    free = {r for r in roles_of(user) if expectations.without_account(r, user, mirror.roster)}
    wanted = set(roles_of(user)) - free
    held = {role.role for role in row.roles if expectations.holds_role(role.role)} - free
    if roles_of(user) and not (wanted or held):
        return NothingLeft(Kind.USERS, [user["id"]])
    if wanted == held:
        return None
    return mirror.finding(
        FindingKind.ROLE,
        Kind.USERS,
        user["id"],
        f"At Clever {short(mirror.index.name(user['id']))} is {_as_roles(roles_of(user))} "
        f"{on(mirror.day)}, in your app {_as_roles({role.role for role in row.roles})}.",
        field="roles",
        expected=_as_roles(wanted),
        found=_as_roles(held),
    )


def _role_schools(mirror: Mirror, user: User, row: HeldUser) -> Difference:
    """Every role the app holds is at its own schools; a role it lacks is another matter."""
    shared_roles = roles_of(user)
    both = [held for held in row.roles if held.role in shared_roles and _has_schools(held.role)]
    nowhere: list[str] = []
    for held in both:
        shared = list(schools_of(user, {held.role}))
        wanted = _held_schools(mirror, shared)
        if set(held.schools) == set(wanted):
            nowhere += [] if wanted else shared
            continue
        return mirror.finding(
            FindingKind.SCHOOL,
            Kind.USERS,
            user["id"],
            f"Clever has {short(mirror.index.name(user['id']))} as {_as_roles([held.role])} at "
            f"{counted(len(shared), 'school')}, your app at {len(held.schools) or 'none'}"
            f"{mirror.apart(wanted, held.schools)}.",
            field=f"roles.{held.role}.schools",
            expected=mirror.spoken(shared),
            found=mirror.spoken(held.schools),
        )
    compared = any(held.schools for held in both)
    return NothingLeft(Kind.SCHOOLS, nowhere) if nowhere and not compared else None


def _as_roles(roles: Iterable[str]) -> str:
    words = sorted(role.replace("_", " ") for role in roles)
    return spoken(words, 4) if words else "without a role"
