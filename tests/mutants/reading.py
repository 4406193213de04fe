"""Mistakes in what is read from Clever, and in what is left of it."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.reader import Reader, text
from harness.demo.registry import mutant
from harness.demo.roster import Person, Relationship, Role, Roster, Section


@mutant(
    "drops-admins",
    sees="staff and district administrators have no account",
    mistake="keeps the roles student, teacher and contact and leaves out everybody without one",
    cause="role-left-out",
    breaks={"R2", "G3"},
    blocks={"R5", "R6", "R9", "G2", "G8"},
)
class DropsAdmins(DemoAdapter):
    """Only students and teachers read with us, and their families."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            people = map(self.without_admin_roles, roster.people)
            return replace(roster, people=tuple(one for one in people if one.roles))

        def without_admin_roles(self, person: Person) -> Person:
            wanted = ("student", "teacher", "contact")
            return replace(person, roles=tuple(one for one in person.roles if one.name in wanted))


@mutant(
    "drops-people-without-classes",
    sees="students and teachers without a class have no account",
    mistake="keeps only those students and teachers that a section names",
    cause="people-from-sections",
    breaks={"R2", "R6"},
    blocks={"G2", "R1", "R4", "R9"},
)
class DropsPeopleWithoutClasses(DemoAdapter):
    """Whoever is in no class has nothing to do in our app."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            busy = {id for one in roster.sections for id in (*one.teachers, *one.students)}
            people = (one for one in roster.people if one.clever_id in busy or self.free(one))
            return replace(roster, people=tuple(people))

        def free(self, person: Person) -> bool:
            return not any(role.name in ("student", "teacher") for role in person.roles)


@mutant(
    "drops-people-without-email",
    sees="people without an e-mail address have no account",
    mistake="leaves out users whose `email` is empty",
    cause="odd-value:email",
    breaks={"R7"},
    blocks={"R1", "R5", "G4"},
)
class DropsPeopleWithoutEmail(DemoAdapter):
    """Without an address nobody can sign in, so there is no use in an account."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            return replace(roster, people=tuple(one for one in roster.people if one.email))


@mutant(
    "one-school-per-employee",
    sees="teachers and staff of several schools see only one",
    mistake="keeps the first of the `schools` of teachers and staff",
    cause="fixed-number:school",
    breaks={"G2"},
)
class OneSchoolPerEmployee(DemoAdapter):
    """Where somebody works is one drop-down box in our settings."""

    class reader(Reader):
        def role(self, name: str, fields: Record) -> Role:
            role = super().role(name, fields)
            return role if name == "student" else replace(role, schools=role.schools[:1])


@mutant(
    "one-role-per-user",
    sees="a teacher who is also an administrator is only one of them",
    mistake="keeps the first role of a user",
    cause="fixed-number:role",
    breaks={"G3"},
    blocks={"G8"},
)
class OneRolePerUser(DemoAdapter):
    """An account is of one kind: that of the first role in the answer."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            return replace(person, roles=person.roles[:1])


@mutant(
    "merges-colleagues",
    sees="two employees of one name share an account",
    mistake="takes teachers, staff and administrators of one name for the same person",
    cause="looked-up-by:name",
    breaks={"R1"},
    blocks={"R5", "R6"},
)
class MergesColleagues(DemoAdapter):
    """A teacher and an administrator of one name are the same person, so they get one account."""

    class reader(Reader):
        suspects: frozenset[str] = frozenset({"teacher", "staff", "district_admin"})

        def read(self) -> Roster:
            roster, accounts = super().read(), dict[tuple[str | None, ...], Person]()
            for person in roster.people:
                twin = accounts.setdefault(self.name_of(person), person)
                if twin is not person:
                    both = replace(twin, roles=(*twin.roles, *person.roles))
                    accounts[self.name_of(person)] = both
            return replace(roster, people=tuple(accounts.values()))

        def name_of(self, person: Person) -> tuple[str | None, ...]:
            if any(role.name in self.suspects for role in person.roles):
                return person.first_name, person.last_name
            return (person.clever_id,)


@mutant(
    "merges-namesakes",
    sees="two students of one name share an account",
    mistake="takes students of one name for the same person",
    cause="looked-up-by:name",
    breaks={"R1"},
    blocks={"R2"},
)
class MergesNamesakes(DemoAdapter):
    """Two students of one name are one student whom the district entered twice."""

    class reader(MergesColleagues.reader):
        suspects = frozenset({"student"})


@mutant(
    "drops-contact-relationships",
    sees="contacts belong to no student",
    mistake="leaves out `student_relationships`",
    cause="nobody-has-any:student",
    breaks={"G4"},
)
class DropsContactRelationships(DemoAdapter):
    """Contacts are an address book; who belongs to whom is in the district's own system."""

    class reader(Reader):
        def relationships(self, contact: Record) -> tuple[Relationship, ...]:
            return ()


@mutant(
    "one-relationship-per-contact",
    sees="an aunt of one child is shown as the parent of another",
    mistake="gives a contact its first relationship to all of its students",
    cause="other-relationships",
    breaks={"G4"},
)
class OneRelationshipPerContact(DemoAdapter):
    """A parent is a parent."""

    class reader(Reader):
        def relationships(self, contact: Record) -> tuple[Relationship, ...]:
            students = super().relationships(contact)
            return tuple(replace(one, kind=students[0].kind) for one in students)


@mutant(
    "invents-people",
    sees="accounts named “Unknown” appear in class lists",
    mistake="creates an account for every id in a section that is not among the users",
    cause="invents-accounts",
    breaks={"G7"},
    blocks={"R6"},
)
class InventsPeople(DemoAdapter):
    """A class names a student we cannot see, so we make a placeholder until we can."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            seen = {person.clever_id for person in roster.people}
            unseen = {id for one in roster.sections for id in one.students} - seen
            placeholders = (Person(clever_id=id, last_name="Unknown") for id in sorted(unseen))
            return replace(roster, people=(*roster.people, *placeholders))


@mutant(
    "asks-an-old-version",
    sees="nothing, until Clever switches the old version off",
    mistake="asks for the district in version 2.1 and ignores that there is no answer",
    cause="old-version",
    breaks={"R3"},
)
class AsksAnOldVersion(DemoAdapter):
    """The district's name still comes the old way; nobody has missed it."""

    class client(Client):
        def records(self, path: str) -> list[Record]:
            if path != "districts":
                return super().records(path)
            self.version, version = "v2.1", self.version
            try:
                return super().records(path)
            except Stopped:
                return []
            finally:
                self.version = version


@mutant(
    "keeps-the-token",
    sees="one day nothing is updated any more",
    mistake="stores a district's token and never asks for it again",
    cause="dead-token",
    breaks={"G1"},
    blocks={"G6"},
)
class KeepsTheToken(DemoAdapter):
    """A district's token is asked for once, when its contract is signed."""

    class client(Client):
        kept: ClassVar[dict[str, str]] = {}

        def token(self) -> str:
            district = self.connection.district
            if district not in self.kept:
                self.kept[district] = super().token()
            return self.kept[district]


@mutant(
    "misreads-the-term",
    sees="classes belong to no term",
    mistake="reads the term of a section from `term` instead of `term_id`",
    cause="link-not-read",
    breaks={"R2"},
    blocks={"R1", "R5", "R6"},
)
class MisreadsTheTerm(DemoAdapter):
    """A class has `school` and `course`, so of course it has `term`."""

    class reader(Reader):
        def section(self, record: Record) -> Section:
            return replace(super().section(record), term=text(record, "term"))


@mutant(
    "cuts-long-names",
    sees="people with a long last name are called something else",
    mistake="keeps the first twelve characters of a last name",
    cause="cut-short",
    breaks={"R2"},
    blocks={"R5"},
)
class CutsLongNames(DemoAdapter):
    """Twelve characters fit on a name tag."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            return replace(person, last_name=person.last_name and person.last_name[:12])


@mutant(
    "joins-by-school",
    sees="who has classes in a second school does not see them",
    mistake="leaves out members of a section whose first school is another than the section's",
    cause="leaves-out-guests:student",
    breaks={"R9"},
    blocks={"R5"},
)
class JoinsBySchool(DemoAdapter):
    """Classes are filled school by school, each with the people of that school."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            roles = ((person.clever_id, role) for person in roster.people for role in person.roles)
            self.home = {id: role.schools[0] for id, role in roles if role.schools}
            return replace(roster, sections=tuple(map(self.locals_only, roster.sections)))

        def locals_only(self, section: Section) -> Section:
            return replace(
                section,
                teachers=tuple(
                    id for id in section.teachers if self.home.get(id) == section.school
                ),
                students=tuple(
                    id for id in section.students if self.home.get(id) == section.school
                ),
            )


@mutant(
    "drops-the-first-digit-of-ids",
    sees="nobody can log in through Clever, though everybody is there",
    mistake="takes the first character of every user's Clever ID for a prefix and cuts it off",
    cause="ids-altered",
    breaks={"R2", "R6", "G7"},
    blocks={"D1", "G2", "G20", "G3", "G4", "G8", "R1", "R4", "R5", "R7", "R8", "R9", "T2", "T6"},
)
class DropsTheFirstDigitOfIds(DemoAdapter):
    """Ids of the old system began with a letter for the district."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            people = tuple(replace(one, clever_id=one.clever_id[1:]) for one in roster.people)
            return replace(roster, people=people)
