"""Mistakes of apps to which some list is not worth stopping for."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from typing import Any

import httpx

from harness.contract.connection import Connection
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.reader import Reader
from harness.demo.registry import mutant


class Lenient(Reader):
    """Takes a list that fails for one that the district does not have."""

    optional: tuple[str, ...] = ()

    def records(self, kind: str) -> list[Record]:
        try:
            return super().records(kind)
        except Stopped:
            if kind in self.optional:
                return []
            raise


@mutant(
    "terms-are-optional",
    sees="after a hiccup of Clever's all terms are gone",
    mistake="takes a list of terms that cannot be read for an empty one",
    cause="answer-not-understood",
    breaks={"T1", "T7"},
)
class TermsAreOptional(DemoAdapter):
    """Not every district has terms, so nothing stops for them."""

    class reader(Lenient):
        optional = ("terms",)


@mutant(
    "courses-are-optional",
    sees="after a hiccup of Clever's all courses are gone",
    mistake="takes a list of courses that cannot be read for an empty one",
    cause="answer-not-understood",
    breaks={"T1", "T7"},
)
class CoursesAreOptional(DemoAdapter):
    """Not every district has courses, so nothing stops for them."""

    class reader(Lenient):
        optional = ("courses",)


@mutant(
    "schools-are-optional",
    sees="after a hiccup of Clever's nobody has a school",
    mistake="takes a list of schools that cannot be read for an empty one",
    cause="failure-as-empty",
    breaks={"T1", "T7"},
)
class SchoolsAreOptional(DemoAdapter):
    """Schools are names on a page; classes and people matter."""

    class reader(Lenient):
        optional = ("schools",)


@mutant(
    "gives-up-schools",
    sees="after a hiccup of Clever's nobody has a school, for good",
    mistake="takes a list of schools that cannot be read for empty, and never asks for it again",
    cause="list-read-once",
    breaks={"T1", "T6", "T7"},
)
class GivesUpSchools(DemoAdapter):
    """A district whose schools cannot be read shares none, so there is no use in asking."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.without_schools: set[str] = set()

    def open_client(self, http: httpx.Client, connection: Connection) -> Client:
        client = super().open_client(http, connection)
        assert isinstance(client, self.client)
        client.without_schools = self.without_schools
        return client

    class client(Client):
        without_schools: set[str]
        """The districts whose schools could not be read once."""

    class reader(Reader):
        client: GivesUpSchools.client

        def records(self, kind: str) -> list[Record]:
            given_up, district = self.client.without_schools, self.client.connection.district
            if kind != "schools":
                return super().records(kind)
            try:
                return [] if district in given_up else super().records(kind)
            except Stopped:
                given_up.add(district)
                return []


class LenientByRole(Reader):
    """Reads users role by role, and takes a list of some role that fails for nobody."""

    optional: tuple[str, ...] = ()

    def records(self, kind: str) -> list[Record]:
        if kind != "users":
            return super().records(kind)
        people: dict[str, Record] = {}
        for role in ("student", "teacher", "staff", "district_admin", "contact"):
            try:
                listed = by_role(self.client, role)
            except Stopped:
                if role not in self.optional:
                    raise
                listed = []
            people.update((record["id"], record) for record in listed)
        return list(people.values())


@mutant(
    "contacts-are-optional",
    sees="after a hiccup of Clever's families are locked out",
    mistake="reads users role by role, and takes contacts that cannot be read for none",
    cause="failure-as-empty",
    breaks={"T1", "T7"},
)
class ContactsAreOptional(DemoAdapter):
    """Most districts share no contacts."""

    class reader(LenientByRole):
        optional = ("contact",)


@mutant(
    "employees-are-optional",
    sees="after a hiccup of Clever's teachers are locked out",
    mistake="reads users role by role, and takes teachers or staff that cannot be read for none",
    cause="failure-as-empty",
    breaks={"T1", "T7"},
)
class EmployeesAreOptional(DemoAdapter):
    """Students come first; who teaches them can wait for the next night."""

    class reader(LenientByRole):
        optional = ("teacher", "staff")


def by_role(client: Client, role: str) -> list[Record]:
    """Everybody with a role."""
    start = f"{client.connection.api}/{client.version}/users?limit={client.limit}&role={role}"
    return [item["data"] for page in client.pages(start) for item in client.items(page, start)]
