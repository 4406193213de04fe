"""Scope: the kinds that a requirement can be met for, and those that it has to be met for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from composed.held import KINDS, in_use
from composed.model import PaperDay
from composed.policies import NOT_HELD, Policies

from harness.district.data_model.records import roles_of

ROLES = {
    "student": "students",
    "teacher": "teachers",
    "staff": "staff",
    "district_admin": "district_admins",
    "contact": "contacts",
}
"""Role → its kind in the words of the profile."""
LIMITED = {
    "R9": frozenset({"sections", "students", "teachers"}),
    "G3": frozenset(ROLES.values()),
    "G4": frozenset({"contacts", "students"}),
    "G8": frozenset({"students", "teachers", "staff", "schools"}),
}
"""Requirement → the kinds that its text speaks of; others speak of all."""
AT_LOGIN = frozenset({"staff", "district_admins", "contacts"})
"""Roles of which accounts can be declared to come at the first login."""
COMPLETE = ("R1", "R2", "R9", "G3", "G5")
"""Requirements that standing scenarios look at for all that is held of these kinds."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Kinds and roles for which a requirement is met."""

    least: frozenset[str]
    most: frozenset[str]
    left_out: frozenset[str]
    """Kinds and roles that it has to say are declared not held."""


def scope_of(requirement: str, policies: Policies, days: Sequence[PaperDay]) -> Scope:
    """The scope of a requirement that is met by an app of which nothing is hidden."""
    held = frozenset(kind for day in days if day.calm for kind in _kinds(day))
    limit = LIMITED.get(requirement, frozenset((*KINDS, *ROLES.values())))
    named = frozenset(kind for day in days for kind in _named(day))
    complete = requirement in COMPLETE
    at_login = AT_LOGIN if policies.at_login else frozenset[str]()
    least = (held & limit) - at_login if complete else frozenset[str]()
    left_out = limit & frozenset(NOT_HELD[policies.holds]) if complete else frozenset[str]()
    return Scope(least, ((held | named) & limit) | {"progress"}, left_out)


def _named(day: PaperDay) -> set[str]:
    """The roles that Clever names of the users in use, also those that the app does not keep."""
    users = (day.day.roster.users.get(user.clever_id) for user in day.after.users)
    return {ROLES[role] for user in users if user for role in roles_of(user)}


def _kinds(day: PaperDay) -> set[str]:
    """The kinds and roles of what the app has in use after a day's sync."""
    kinds = {kind for kind in KINDS[:-1] if in_use(getattr(day.after, kind))}
    users = [user for user in day.after.users if in_use((user,))]
    return kinds | {ROLES[role.role] for user in users for role in user.roles}
