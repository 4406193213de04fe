"""Person: somebody of a district, as an app that they log in to sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from harness.district.data_model.records import User, full_name, roles_of
from harness.simulator.access.scopes import has_secure_sync

if TYPE_CHECKING:
    from harness.simulator.access.clients import OAuthClient
    from harness.simulator.roster.publication import Publication
    from harness.simulator.routing.clever import Clever

_BASIC = {
    "student": "read:students_basic",
    "teacher": "read:teachers_basic",
    "staff": "read:school_admins_basic",
    "district_admin": "read:district_admins_basic",
}
"""The scope that lets an app without Secure Sync know each role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A user record as the app's scopes show it, and the roles in which they may log in."""

    user: User
    roles: tuple[str, ...]

    @property
    def name(self) -> str:
        return full_name(self.user)

    def role(self, wanted: str = "") -> str:
        """The wanted role if they may log in with it, else their first."""
        return wanted if wanted in self.roles else self.roles[0]


def record_of(publication: Publication, client: OAuthClient, identity: str) -> User | None:
    """A person's record as an app sees it at a login, v3.1; None when they are not shared."""
    if has_secure_sync(client.scopes):
        return publication.visible_to(client.scopes).roster.users.get(identity)
    user = publication.roster.users.get(identity)
    return None if user is None else _basic(user, client.scopes)


def find_person(
    clever: Clever, client: OAuthClient, identity: str, district: str = ""
) -> Person | None:
    """Somebody who may log in to the app, in one district or any; None for everybody else."""
    for searched in (district,) if district else clever.districts:
        publication = clever.publication(searched)
        user = record_of(publication, client, identity) if publication else None
        if user is not None:
            return _person(user, client)
    return None


def people_of(clever: Clever, client: OAuthClient, district: str) -> Iterator[Person]:
    """Everybody of a district who may log in to the app, by name."""
    publication = clever.publication(district)
    if publication is None:
        return
    users = (record_of(publication, client, identity) for identity in publication.roster.users)
    people = (_person(user, client) for user in users if user is not None)
    yield from sorted(
        (person for person in people if person is not None),
        key=lambda person: (person.name.casefold(), person.user["id"]),
    )


def _person(user: User, client: OAuthClient) -> Person | None:
    roles = tuple(role for role in roles_of(user) if role in client.login_roles)
    return Person(user=user, roles=roles) if roles else None


def _basic(user: User, scopes: tuple[str, ...]) -> User | None:
    """Names, address and ids: all that an app gets that has logins only.

    Such a record has empty `schools`, and of each role its `legacy_id` (dev.clever.com, single
    sign-on overview and its example of a person with two roles).
    """
    roles: dict[str, Any] = {}
    for role, held in roles_of(user).items():
        if _BASIC.get(role) in scopes:
            kept: dict[str, Any] = {"schools": []} if "schools" in held else {}
            roles[role] = {**kept, "legacy_id": held.get("legacy_id", user["id"])}
    if not roles:
        return None
    kept_fields = {name: value for name, value in user.items() if name != "lms_status"}
    return cast(User, {**kept_fields, "roles": roles})
