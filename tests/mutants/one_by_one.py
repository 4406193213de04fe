"""Mistakes that spare students: what changes of others, and does so alone, is not taken over."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.mutants.keeping import DUPLICATES_ALLOWED
from harness.demo.registry import mutant
from harness.demo.roster import Relationship, Role, Roster
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync

HERE = {"comings-and-goings"}


class ByAddress(Store):
    """Knows whoever is in no class by their e-mail address."""

    schema = DUPLICATES_ALLOWED
    in_class: frozenset[str] = frozenset()

    def find(self, table: str, row: Row) -> int | None:
        if table != "users" or row["clever_id"] in self.in_class or not row["email"]:
            return super().find(table, row)
        return self.value("SELECT id FROM users WHERE email = ?", row["email"])


@mutant(
    "knows-staff-by-their-address",
    sees="a new address gives a secretary and a guardian an empty account",
    mistake="looks up users without a class by their e-mail address",
    cause="looked-up-by:email",
    breaks={"R1", "R6", "R9"},
    blocks={"G4"},
    plays=HERE,
)
class KnowsStaffByTheirAddress(DemoAdapter):
    """Only students and teachers have work to lose, so that only they have a number."""

    store = ByAddress

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            assert isinstance(self.store, ByAddress)
            self.store.in_class = frozenset(
                person.clever_id
                for person in roster.people
                if {"student", "teacher"} & {role.name for role in person.roles}
            )
            super().apply(roster)


@mutant(
    "gives-schools-with-the-role",
    sees="a teacher who teaches at a second school does not see it",
    mistake="takes schools of a role away, and adds none to a role that an account has",
    cause="never-adds:school",
    breaks={"G2"},
    blocks={"G8"},
    plays=HERE,
)
class GivesSchoolsWithTheRole(DemoAdapter):
    """The schools of a role are entered when somebody gets it."""

    class store(Store):
        schema = SCHEMA + (
            "CREATE TABLE IF NOT EXISTS entered ("
            " user_id INTEGER, role TEXT, UNIQUE (user_id, role));"
        )

        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            query = "SELECT role, school_id FROM roles WHERE user_id = ?"
            had = {(row["role"], row["school_id"]) for row in self.db.execute(query, (user,))}
            query = "SELECT role FROM entered WHERE user_id = ?"
            entered = {row["role"] for row in self.db.execute(query, (user,))}
            kept = [
                role
                if role.name not in entered
                else replace(
                    role,
                    schools=tuple(
                        one for one in role.schools if (role.name, schools.get(one)) in had
                    ),
                )
                for role in roles
            ]
            super().set_roles(user, kept, schools)
            self.db.execute("DELETE FROM entered WHERE user_id = ?", (user,))
            self.each("INSERT INTO entered VALUES (?, ?)", {(user, role.name) for role in kept})


@mutant(
    "links-contacts-once",
    sees="a guardian does not see the second child",
    mistake="writes the relationships of a contact who has none, and leaves all others",
    cause="never-updates",
    breaks={"G4"},
    plays=HERE,
)
class LinksContactsOnce(DemoAdapter):
    """Whose guardian somebody is was taken for something that does not change."""

    class store(Store):
        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            query = "SELECT count(*) FROM relationships WHERE contact_id = ?"
            if not self.value(query, contact):
                super().set_relationships(contact, relationships, users)


@mutant(
    "never-parts-contacts-from-children",
    sees="somebody who looks after a child no longer can still see the child's work",
    mistake="adds relationships to contacts and never removes any",
    cause="never-removes:student",
    breaks={"G4"},
    plays=HERE,
)
class NeverPartsContactsFromChildren(DemoAdapter):
    """Who once was a guardian was taken for a guardian for good."""

    class store(Store):
        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            fresh = [one for one in relationships if one.student in users]
            for one in fresh:
                query = "DELETE FROM relationships WHERE contact_id = ? AND student_id = ?"
                self.db.execute(query, (contact, users[one.student]))
            self.each(
                "INSERT INTO relationships (contact_id, student_id, kind) VALUES (?, ?, ?)",
                ((contact, users[one.student], one.kind) for one in fresh),
            )
