"""Mistakes about who people are: their roles, and the schools they belong to."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.mutants.identity import DUPLICATES_ALLOWED
from harness.demo.reader import Reader
from harness.demo.roster import Person, Role, Roster, Section
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store


class DropsPeopleWithoutASchool(DemoAdapter):
    """Every account is filed under a school; families come with their children."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            return replace(roster, people=tuple(filter(self.is_filed, roster.people)))

        def is_filed(self, person: Person) -> bool:
            return any(role.schools or role.name == "contact" for role in person.roles)


class TwoRolesPerUser(DemoAdapter):
    """An account has a role and, if need be, a second one."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            return replace(person, roles=person.roles[:2])


class ThreeColumnsForSchools(DemoAdapter):
    """Who travels has three schools; nobody has more."""

    class reader(Reader):
        columns = 3

        def role(self, name: str, fields: Record) -> Role:
            role = super().role(name, fields)
            return replace(role, schools=role.schools[: self.columns])


class RolesNeverReturn(DemoAdapter):
    """A right that was taken away was taken away for a reason."""

    class store(Store):
        schema = SCHEMA + (
            "CREATE TABLE IF NOT EXISTS former ("
            " user_id INTEGER, role TEXT, UNIQUE (user_id, role));"
        )

        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            query = "SELECT role FROM {} WHERE user_id = ?"
            before = {row["role"] for row in self.db.execute(query.format("roles"), (user,))}
            former = {row["role"] for row in self.db.execute(query.format("former"), (user,))}
            kept = [one for one in roles if one.name not in former]
            super().set_roles(user, kept, schools)
            self.each(
                "INSERT INTO former (user_id, role) VALUES (?, ?)",
                ((user, role) for role in before - {one.name for one in kept}),
            )


class DropsPortalOnlyStaff(DemoAdapter):
    """Who is in Clever for the portal only does not come to us."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            return replace(roster, people=tuple(one for one in roster.people if one.roles))

        def person(self, record: Record) -> Person:
            person, roles = super().person(record), record["roles"]
            portal_only = [*roles] == ["staff"] and roles["staff"].get("roles") == ["PortalOnly"]
            return replace(person, roles=()) if portal_only else person


class MergesParentsWithStaff(DemoAdapter):
    """A teacher whose child goes to the school needs no second account."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            staff = (one for one in roster.people if self.is_a("teacher", one))
            names = {f"{one.first_name} {one.last_name}" for one in staff}
            others = (
                one
                for one in roster.people
                if not (self.is_a("contact", one) and one.last_name in names)
            )
            return replace(roster, people=tuple(others))

        def is_a(self, role: str, person: Person) -> bool:
            return any(one.name == role for one in person.roles)


class RolesAreSetOnce(DemoAdapter):
    """Roles are given with the account. Who wants another one calls the support."""

    class store(Store):
        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            if not self.value("SELECT count(*) FROM roles WHERE user_id = ?", user):
                super().set_roles(user, roles, schools)


class OneListOfSchools(DemoAdapter):
    """Where somebody works is one list; what they are is another."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            schools = dict.fromkeys(school for role in person.roles for school in role.schools)
            return replace(
                person,
                roles=tuple(
                    replace(role, schools=tuple(schools)) if role.schools else role
                    for role in person.roles
                ),
            )


class AccountPerSchool(DemoAdapter):
    """Schools buy their own licences, so a student has an account at the school."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            student = record["roles"].get("student") or {}
            return replace(super().person(record), grade=student.get("school"))

    class store(Store):
        schema = DUPLICATES_ALLOWED

        def find(self, table: str, row: Row) -> int | None:
            known = super().find(table, row)
            if table != "users" or known is None:
                return known
            query = "SELECT id FROM users WHERE clever_id = ? AND grade IS ?"
            return self.value(query, row["clever_id"], row["grade"])


class GuestsLeftOut(DemoAdapter):
    """A class is filled with students of its school."""

    class reader(Reader):
        def read(self) -> Roster:
            self.home: dict[str, str] = {}
            roster = super().read()
            return replace(roster, sections=tuple(map(self.without_guests, roster.sections)))

        def person(self, record: Record) -> Person:
            for role in record["roles"].values():
                if (role or {}).get("school"):
                    self.home[record["id"]] = role["school"]
            return super().person(record)

        def without_guests(self, section: Section) -> Section:
            return replace(section, students=self.at_home(section, section.students))

        def at_home(self, section: Section, people: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(one for one in people if self.home.get(one) in (section.school, None))


class VisitingTeachersLeftOut(DemoAdapter):
    """A class is taught by the teachers of its school."""

    class reader(GuestsLeftOut.reader):
        def without_guests(self, section: Section) -> Section:
            return replace(section, teachers=self.at_home(section, section.teachers))


class DistrictAdminsAreStaff(DemoAdapter):
    """Whoever runs something has one kind of account."""

    class reader(Reader):
        def role(self, name: str, fields: Record) -> Role:
            role = super().role(name, fields)
            return replace(role, name="staff") if name == "district_admin" else role


class FollowsThePrimarySchool(DemoAdapter):
    """A student whose primary school is another one has left the first."""

    class reader(Reader):
        def role(self, name: str, fields: Record) -> Role:
            role, primary = super().role(name, fields), fields.get("school")
            return replace(
                role, schools=tuple(sorted(role.schools, key=lambda one: one != primary))
            )

    class store(Store):
        schema = SCHEMA + (
            "CREATE TABLE IF NOT EXISTS homes (user_id INTEGER UNIQUE, school_id INTEGER);"
        )

        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            kept = [self.at_home(user, role, schools) for role in roles]
            super().set_roles(user, kept, schools)

        def at_home(self, user: int, role: Role, schools: Mapping[str, int]) -> Role:
            homes = [one for one in role.schools if one in schools]
            if role.name != "student" or not homes:
                return role
            home = schools[homes[0]]
            self.db.execute("INSERT OR IGNORE INTO homes VALUES (?, ?)", (user, home))
            first = self.value("SELECT school_id FROM homes WHERE user_id = ?", user)
            left = set() if first == home else {first}
            return replace(role, schools=tuple(one for one in homes if schools[one] not in left))
