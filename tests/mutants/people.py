"""Mistakes about who people are: their roles, and the schools they belong to."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.mutants.keeping import DUPLICATES_ALLOWED
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Person, Role, Roster, Section
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync


@mutant(
    "drops-people-without-a-school",
    sees="district administrators have no account",
    mistake="leaves out users none of whose roles names a school",
    cause="odd-value:schools",
    breaks={"R2"},
    blocks={"G3"},
)
class DropsPeopleWithoutASchool(DemoAdapter):
    """Every account is filed under a school; families come with their children."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            return replace(roster, people=tuple(filter(self.is_filed, roster.people)))

        def is_filed(self, person: Person) -> bool:
            return any(role.schools or role.name == "contact" for role in person.roles)


@mutant(
    "two-roles-per-user",
    sees="who teaches, leads a school and runs the district is only two of these",
    mistake="keeps the first two roles of a user",
    cause="fixed-number:role",
    breaks={"G3"},
)
class TwoRolesPerUser(DemoAdapter):
    """An account has a role and, if need be, a second one."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            return replace(person, roles=person.roles[:2])


@mutant(
    "teachers-are-no-staff",
    sees="a teacher who works in the office as well cannot open what is for the staff",
    mistake="leaves out the role `staff` of users who are teachers",
    cause="drops-role:staff",
    breaks={"G3"},
    blocks={"G8"},
)
class TeachersAreNoStaff(DemoAdapter):
    """Every teacher is on the staff; nobody needs to be told."""

    class reader(Reader):
        def held(self, roles: dict[str, Record | None]) -> dict[str, Record]:
            held = super().held(roles)
            return {role: held[role] for role in held if role != "staff" or "teacher" not in held}


@mutant(
    "three-columns-for-schools",
    sees="who works for the whole district sees three schools",
    mistake="keeps the first three `schools` of a role",
    cause="fixed-number:school",
    breaks={"G2"},
)
class ThreeColumnsForSchools(DemoAdapter):
    """Who travels has three schools; nobody has more."""

    class reader(Reader):
        columns = 3

        def role(self, name: str, fields: Record) -> Role:
            role = super().role(name, fields)
            return replace(role, schools=role.schools[: self.columns])


@mutant(
    "roles-never-return",
    sees="who is an administrator again has no more rights than without",
    mistake="keeps a list of former roles of a user and never gives them again",
    cause="membership-stays-ended:role",
    breaks={"G3"},
    plays={"comings-and-goings"},
)
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


@mutant(
    "drops-portal-only-staff",
    sees="librarians have no account",
    mistake="leaves out staff whose `roles` are `PortalOnly`",
    cause="odd-value:roles",
    breaks={"R2", "R6", "R7"},
    blocks={"G2", "G3", "R1"},
    size="full",
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


@mutant(
    "merges-parents-with-staff",
    sees="a teacher has no account as a parent",
    mistake="takes a contact with the name of a teacher for the teacher",
    cause="looked-up-by:name",
    breaks={"R1"},
)
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


@mutant(
    "merges-parents-with-their-accounts",
    sees="a teacher has no account as a parent",
    mistake="takes a contact with the name and the address of a teacher for the teacher",
    cause="looked-up-by:name",
    breaks={"R1"},
)
class MergesParentsWithTheirAccounts(DemoAdapter):
    """A name alone may be another's. With the address as well it is the same person."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            teachers = {
                (f"{one.first_name} {one.last_name}", one.email)
                for one in roster.people
                if one.email and any(role.name == "teacher" for role in one.roles)
            }
            others = (one for one in roster.people if (one.last_name, one.email) not in teachers)
            return replace(roster, people=tuple(others))


@mutant(
    "roles-are-set-once",
    sees="who becomes an administrator has no more rights than before",
    mistake="writes the roles of a user when the account is created, and never again",
    cause="never-updates",
    breaks={"G2", "G3"},
    blocks={"G8"},
)
class RolesAreSetOnce(DemoAdapter):
    """Roles are given with the account. Who wants another one calls the support."""

    class store(Store):
        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            if not self.value("SELECT count(*) FROM roles WHERE user_id = ?", user):
                super().set_roles(user, roles, schools)


@mutant(
    "one-list-of-schools",
    sees="an administrator of one school sees the reports of another",
    mistake="gives every role of a user the schools of all of them",
    cause="schools-of-all-roles",
    breaks={"G8"},
)
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


@mutant(
    "one-school-for-everybody",
    sees="who works at two schools is missing in the first",
    mistake="keeps the last of a user's schools, whatever the role",
    cause="fixed-number:school",
    breaks={"G2"},
    blocks={"G8"},
)
class OneSchoolForEverybody(DemoAdapter):
    """The schools are read one after the other, and each writes itself into its people."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            last = sorted(school for role in person.roles for school in role.schools)[-1:]
            roles = (
                replace(role, schools=tuple(last)) if role.schools else role
                for role in person.roles
            )
            return replace(person, roles=tuple(roles))


@mutant(
    "account-at-every-school",
    sees="who works at two schools is told to choose between two accounts",
    mistake="keeps a row of a user for each school",
    cause="row-per-school",
    breaks={"R1"},
    blocks={"G2", "G3"},
)
class AccountAtEverySchool(DemoAdapter):
    """A school has its own list of people, and Clever's IDs repeat from list to list."""

    def snapshot(self, connection: Connection) -> Snapshot:
        """What the app holds, with a row for each school of a user."""
        held = super().snapshot(connection)
        users = (
            replace(user, app_id=f"{user.app_id}{f'-{number}' if number else ''}")
            for user in held.users
            for number, _ in enumerate(sorted({s for r in user.roles for s in r.schools} or {""}))
        )
        return replace(held, users=tuple(users))


@mutant(
    "account-per-school",
    sees="a student who changes school starts from nothing",
    mistake="finds students by Clever id and primary school",
    cause="looked-up-by:school",
    breaks={"R1", "R6"},
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


@mutant(
    "guests-left-out",
    sees="students do not see their classes at other schools",
    mistake="leaves out students whose primary school is another than the section's",
    cause="leaves-out-guests:student",
    breaks={"R9"},
    blocks={"R5"},
)
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


@mutant(
    "visiting-teachers-left-out",
    sees="teachers do not see their classes at other schools",
    mistake="leaves out teachers whose primary school is another than the section's",
    cause="leaves-out-guests:teacher",
    breaks={"R9"},
)
class VisitingTeachersLeftOut(DemoAdapter):
    """A class is taught by the teachers of its school."""

    class reader(GuestsLeftOut.reader):
        def without_guests(self, section: Section) -> Section:
            return replace(section, teachers=self.at_home(section, section.teachers))


@mutant(
    "district-admins-are-staff",
    sees="who runs the district has the rights of one school",
    mistake="makes staff of `district_admin`",
    cause="takes-one-role-for-another",
    breaks={"G3"},
)
class DistrictAdminsAreStaff(DemoAdapter):
    """Whoever runs something has one kind of account."""

    class reader(Reader):
        def role(self, name: str, fields: Record) -> Role:
            role = super().role(name, fields)
            return replace(role, name="staff") if name == "district_admin" else role


@mutant(
    "invites-administrators-once",
    sees="who runs the district since spring has no account",
    mistake="creates `district_admin` users in the first sync of a district, and never again",
    cause="newcomers-left-out:district-administrator",
    breaks={"R5"},
    blocks={"R1", "R6", "G3"},
    plays={"comings-and-goings"},
)
class InvitesAdministratorsOnce(DemoAdapter):
    """Administrators are invited when a district signs up."""

    class district_sync(DistrictSync):
        def read(self) -> Roster:
            roster = super().read()
            district = self.store.district(roster.district)
            if district is None or not self.store.active("users", district):
                return roster
            return replace(roster, people=tuple(filter(self.is_invited, roster.people)))

        def is_invited(self, person: Person) -> bool:
            runs = {role.name for role in person.roles} == {"district_admin"}
            return not runs or self.store.find("users", {"clever_id": person.clever_id}) is not None


@mutant(
    "has-one-seat-for-a-successor",
    sees="the second new administrator of the year has no account",
    mistake="creates one `district_admin` user of a district after its first sync, and no other",
    cause="unknown",
    breaks={"R5"},
    plays={"comings-and-goings"},
)
class HasOneSeatForASuccessor(InvitesAdministratorsOnce):
    """A district has as many seats for administrators as at first, and one for a change."""

    class district_sync(InvitesAdministratorsOnce.district_sync):
        def is_invited(self, person: Person) -> bool:
            if super().is_invited(person):
                return True
            district = self.reader.client.connection.district
            return SUCCESSORS.setdefault(district, person.clever_id) == person.clever_id


SUCCESSORS: dict[str, str] = {}
"""District → the administrator who came after its first sync."""


@mutant(
    "keeps-administrators-above-schools",
    sees="who runs the district and begins to work at a school sees nothing of it",
    mistake="gives users whose only role is `district_admin` no other",
    cause="fixed-number:role",
    breaks={"G3"},
    plays={"comings-and-goings"},
)
class KeepsAdministratorsAboveSchools(DemoAdapter):
    """Whoever runs the district has all rights, and needs no more."""

    class store(Store):
        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            query = "SELECT DISTINCT role FROM roles WHERE user_id = ?"
            before = {row["role"] for row in self.db.execute(query, (user,))}
            now = tuple(roles)
            if before == {"district_admin"} <= {role.name for role in now}:
                now = tuple(role for role in now if role.name == "district_admin")
            super().set_roles(user, now, schools)


@mutant(
    "follows-the-primary-school",
    sees="students lose a school they still go to",
    mistake="takes the first school away when `school` names another one of `schools`",
    cause="replaces-primary:school",
    breaks={"G2"},
)
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


@mutant(
    "takes-roles-from-people-with-one-alone",
    sees="who gives up running the district still runs it, since there are two other roles",
    mistake="removes roles, and schools of a role, only from users who have one role left",
    cause="never-removes:role",
    breaks={"G2", "G3"},
    blocks={"G8"},
)
class TakesRolesFromPeopleWithOneAlone(DemoAdapter):
    """A user with one role is simple. Further roles are added by a form of their own."""

    class store(Store):
        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            roles = list(roles)
            query = "SELECT role, school_id FROM roles WHERE user_id = ?"
            before = [tuple(row) for row in self.db.execute(query, (user,))]
            super().set_roles(user, roles, schools)
            if len(roles) > 1:
                adding = "INSERT OR IGNORE INTO roles (user_id, role, school_id) VALUES (?, ?, ?)"
                now = [tuple(row) for row in self.db.execute(query, (user,))]
                self.each(adding, ((user, *pair) for pair in before if pair not in now))
