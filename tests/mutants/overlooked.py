"""Mistakes of apps that compare a part of a record to see whether it has changed at all."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Person, Relationship, Roster, Section
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


class _ComparesColumns(Store):
    """A class is written only if one of these columns has changed."""

    columns: tuple[str, ...] = ()

    def update(self, table: str, known: int, row: Row) -> None:
        if table == "sections" and not self.differs(known, row):
            row = {"clever_id": row["clever_id"]}
        super().update(table, known, row)

    def differs(self, known: int, row: Row) -> bool:
        held = self.db.execute("SELECT * FROM sections WHERE id = ?", (known,)).fetchone()
        return any(held[column] != row[column] for column in self.columns)


@mutant(
    "compares-classes-without-their-course",
    sees="a class is listed under a course it has left",
    mistake="writes a class only if its name, school or term has changed",
    cause="never-updates",
    breaks={"R5"},
)
class ComparesClassesWithoutTheirCourse(DemoAdapter):
    """A class of another course has another name."""

    class store(_ComparesColumns):
        columns = ("name", "school_id", "term_id")


@mutant(
    "compares-classes-without-their-school",
    sees="a class that moved is shown where nobody is",
    mistake="writes a class only if its name, course or term has changed",
    cause="never-updates",
    breaks={"R5"},
)
class ComparesClassesWithoutTheirSchool(DemoAdapter):
    """Terms belong to schools, so a class of another school has another term."""

    class store(_ComparesColumns):
        columns = ("name", "course_id", "term_id")


@mutant(
    "sets-classes-with-strangers-aside",
    sees="whoever joins a class never appears in it, because the class lists somebody unknown",
    mistake="leaves a class as it was if it lists somebody who is not shared",
    cause="classes-left-for-strangers",
    breaks={"R9"},
    blocks={"R5"},
)
class SetsClassesWithStrangersAside(DemoAdapter):
    """A class that cannot be linked whole waits until everybody in it is there."""

    class district_sync(DistrictSync):
        def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
            users = saved["users"]
            whole = [
                section
                for section in roster.sections
                if not self.is_new(saved["sections"][section.clever_id])
                and users.keys() >= {*section.students, *section.teachers}
            ]
            new = [
                section
                for section in roster.sections
                if self.is_new(saved["sections"][section.clever_id])
            ]
            super().link(replace(roster, sections=(*whole, *new)), saved)

        def is_new(self, section: int) -> bool:
            found = self.store.value("SELECT 1 FROM members WHERE section_id = ?", section)
            return found is None


@mutant(
    "comes-back-with-the-roles-of-before",
    sees="somebody who came back as a teacher still has the rights of the office",
    mistake="adds the roles of an account that is restored to those it had before",
    cause="never-removes:role",
    breaks={"G2", "G3"},
    plays={"comings-and-goings"},
)
class ComesBackWithTheRolesOfBefore(DemoAdapter):
    """An archived account is restored as it was, and gets what is new."""

    class store(Store):
        restored: frozenset[int] = frozenset()

        def update(self, table: str, known: int, row: Row) -> None:
            archived = f"SELECT archived FROM {table} WHERE id = ?"
            if table == "users" and self.value(archived, known):
                self.restored |= {known}
            super().update(table, known, row)

        def clear_roles(self, user: int) -> None:
            if user not in self.restored:
                super().clear_roles(user)


@mutant(
    "keeps-what-a-contact-was",
    sees="a contact is shown as a grandparent, of whom the district no longer says so",
    mistake="writes what a contact is to a child only if Clever says it",
    cause="other-relationships",
    breaks={"G4"},
)
class KeepsWhatAContactWas(DemoAdapter):
    """An empty relationship is one that nobody has filled in yet."""

    class store(Store):
        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            rows = self.db.execute(
                "SELECT student_id, kind FROM relationships WHERE contact_id = ?", (contact,)
            )
            known = {row["student_id"]: row["kind"] for row in rows}
            said = [
                one if one.kind else replace(one, kind=known.get(users.get(one.student, 0)))
                for one in relationships
            ]
            super().set_relationships(contact, said, users)


@mutant(
    "five-children-a-contact",
    sees="a foster mother sees five of six children",
    mistake="links a contact with five children at most",
    cause="fixed-number:student",
    breaks={"G4"},
)
class FiveChildrenAContact(DemoAdapter):
    """The table of contacts has five columns for children."""

    class reader(Reader):
        def relationships(self, contact: Mapping[str, object]) -> tuple[Relationship, ...]:
            return super().relationships(contact)[:5]


NOTHING = {"null", "none", "n/a", "-"}


@mutant(
    "takes-null-for-nobody",
    sees="a mother called Null has no account",
    mistake="leaves out contacts whose last name is Null, None or N/A",
    cause="odd-value:name",
    breaks={"R2"},
    plays={"odd-values"},
)
class TakesNullForNobody(DemoAdapter):
    """Rows of an export without a contact have such a name."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            people = [one for one in roster.people if not self.is_nobody(one)]
            return replace(roster, people=tuple(people))

        def is_nobody(self, person: Person) -> bool:
            return not person.first_name and (person.last_name or "").lower() in NOTHING


@mutant(
    "compares-classes-by-who-is-in-them",
    sees="the former primary teacher still gives the grades",
    mistake="links the people of a class anew only if its name or the set of them has changed",
    cause="order-kept:teacher",
    breaks={"R9"},
)
class ComparesClassesByWhoIsInThem(DemoAdapter):
    """A class whose name and people are what they were has not changed."""

    class district_sync(DistrictSync):
        def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
            changed = []
            for section in roster.sections:
                mark = self.mark(section, saved["users"])
                if MARKS.get((roster.district, section.clever_id)) != mark:
                    MARKS[roster.district, section.clever_id] = mark
                    changed.append(section)
            super().link(replace(roster, sections=tuple(changed)), saved)

        def mark(self, section: Section, users: Ids) -> object:
            people = [*section.teachers, *section.students]
            return section.name, frozenset(self.known(people, users))


@mutant(
    "compares-classes-by-their-ends",
    sees="a student who took another's place in a class is not in it",
    mistake="links a class anew only if the number, the first or the last of its students changes",
    cause="never-updates",
    breaks={"R9"},
)
class ComparesClassesByTheirEnds(ComparesClassesByWhoIsInThem):
    """Where a list begins and ends as before, and is as long, nothing has changed."""

    class district_sync(ComparesClassesByWhoIsInThem.district_sync):
        def mark(self, section: Section, users: Ids) -> object:
            students = self.known(section.students, users)
            teachers = tuple(section.teachers)
            return section.name, teachers, len(students), *students[:1], *students[-1:]


MARKS: dict[tuple[str, str], object] = {}
"""District and class → what was compared of it in the sync before."""


@mutant(
    "full-classes-take-nobody",
    sees="a student who joins the choir is not in it",
    mistake="adds nobody to a class that has a hundred students already",
    cause="fixed-number:student",
    breaks={"R9"},
    size="full",
)
class FullClassesTakeNobody(DemoAdapter):
    """No room has more than a hundred seats."""

    class store(Store):
        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            query = "SELECT user_id FROM members WHERE section_id = ? AND role = ?"
            rows = self.db.execute(query, (section, role))
            before = {row["user_id"] for row in rows}
            if role == "student" and len(before) >= 100:
                people = [person for person in people if person in before]
            super().set_members(section, role, people)


@mutant(
    "cuts-names-at-commas",
    sees="a student is called Reed, and the report says Reed, Jr.",
    mistake="takes what follows a comma in a last name for the first name, and drops it",
    cause="cut-short",
    breaks={"R2"},
    plays={"odd-values"},
)
class CutsNamesAtCommas(DemoAdapter):
    """Names come as `last, first` from other systems."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            return replace(person, last_name=person.last_name and person.last_name.split(",")[0])
