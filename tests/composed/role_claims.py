"""Claims about roles, their schools, and the students of contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from composed.claim import Claim, Claims, Days, calm
from composed.held import Shared, by_clever_id, in_use
from composed.model import PaperDay
from composed.policies import Policies


def schools_are_complete(policies: Policies, days: Days) -> Claims:
    """G2: a user belongs to all schools of all roles."""
    for day, user, right, held in _roles(policies, days):
        if {s for at in right.values() for s in at} != {s for at in held.values() for s in at}:
            opened = right.keys() != held.keys() or _any_row_is_right(policies, day, user, right)
            opened |= _kept_archived(day, user, right)
            yield Claim(day, f"schools of {user}: {held}, not {right}", open=opened)


def roles_are_complete(policies: Policies, days: Days) -> Claims:
    """G3: a user has all roles and no others."""
    for day, user, right, held in _roles(policies, days, unread=policies.at_login):
        if right.keys() != held.keys():
            opened = _any_row_is_right(policies, day, user, right) or _kept_archived(
                day, user, right
            )
            # A role can come with the first login, and whoever left the last class is not read.
            opened |= policies.at_login
            yield Claim(day, f"roles of {user}: {list(held)}, not {list(right)}", open=opened)


def roles_have_their_schools(policies: Policies, days: Days) -> Claims:
    """G8: a role counts at its own schools."""
    for day, user, right, held in _roles(policies, days):
        several = sum(bool(at) for at in right.values()) > 1  # of one role it is G2's
        roles = right.keys() & held.keys()
        if several and any(set(right[role]) != set(held[role]) for role in roles):
            opened = _any_row_is_right(policies, day, user, right) or _kept_archived(
                day, user, right
            )
            # A school too many or too few is G2's, whatever role it is of.
            opened |= {s for at in right.values() for s in at} != {
                s for at in held.values() for s in at
            }
            yield Claim(day, f"schools of the roles of {user}: {held}, not {right}", open=opened)


Roles = Mapping[str, tuple[str, ...]]


def _any_row_is_right(policies: Policies, day: PaperDay, user: str, right: Roles) -> bool:
    """Whether a second row, which is R1's unless it is declared, is all that is wrong."""
    rows = by_clever_id(day.after).get(("users", user), [])
    shown = [{one.role: set(one.schools) for one in row.roles} for row in rows if in_use((row,))]
    wanted = {role: set(at) for role, at in right.items()}
    for_children = policies.tenancy == "row-per-child" and "contact" not in right
    several = policies.several_rows and not for_children
    return len(shown) > 1 and not several and wanted in shown


def _kept_archived(day: PaperDay, user: str, right: Roles) -> bool:
    """Whether a row of this user is archived that should be in use: R6's, not what it lacks."""
    rows = by_clever_id(day.after).get(("users", user), [])
    wanted = {(role, school) for role, at in right.items() for school in at or ("",)}
    return any(
        (one.role, school) in wanted
        for row in rows
        if not in_use((row,))
        for one in row.roles
        for school in one.schools or ("",)
    )


def _roles(
    policies: Policies, days: Days, *, unread: bool = False
) -> Iterator[tuple[PaperDay, str, Roles, Roles]]:
    """Every user in use on a calm day who was delivered, or whoever: the roles with their schools,
    and those held."""
    for day in calm(days):
        shared = Shared.on(day, policies)
        looked_at = shared.records if unread else shared.records & day.read
        for (kind, key), held in by_clever_id(day.after).items():
            if kind == "users" and (kind, key) in looked_at and in_use(held):
                roles: dict[str, tuple[str, ...]] = {}
                for row in held:
                    if in_use((row,)):
                        for one in row.roles:
                            roles[one.role] = roles.get(one.role, ()) + one.schools
                yield day, key, shared.roles(key), roles


def contacts_have_their_students(policies: Policies, days: Days) -> Claims:
    """G4: a contact's relationships are those Clever names."""
    for day in calm(days):
        shared = Shared.on(day, policies)
        for (kind, key), rows in by_clever_id(day.after).items():
            active = [row for row in rows if in_use((row,))]
            if kind != "users" or not active or (kind, key) not in shared.records & day.read:
                continue
            held = [_ties((row,)) for row in active]
            right, every = shared.relationships(key), _ties(active)
            is_contact = any(one.role == "contact" for row in active for one in row.roles)
            if is_contact and every != right:
                opened = len(held) > 1 and not policies.several_rows and right in held
                archived = _ties(row for row in rows if not in_use((row,)))
                opened |= bool(right & archived)  # a row that is not restored is R6's
                yield Claim(day, f"{key} belongs to {every}, not {right}", open=opened)


def _ties(rows: Iterable[Any]) -> set[tuple[str, str | None]]:
    return {
        (one.student, one.relationship or None) for row in rows for one in row.student_relationships
    }
