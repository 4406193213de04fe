"""Mistakes about classes: who is in them, and which class is which."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.mutants.keeping import DUPLICATES_ALLOWED
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Roster, Section
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


@mutant(
    "co-teacher-cap-of-three",
    sees="the fourth teacher of a class does not see it",
    mistake="keeps the first three `teachers` of a section",
    cause="fixed-number:teacher",
    breaks={"R9"},
)
class CoTeacherCapOfThree(DemoAdapter):
    """Three name tags fit on a door."""

    class reader(Reader):
        def teachers(self, section: Record) -> tuple[str, ...]:
            return super().teachers(section)[:3]


@mutant(
    "five-columns-for-teachers",
    sees="the sixth teacher of a class does not see it",
    mistake="keeps the first five `teachers` of a section",
    cause="fixed-number:teacher",
    breaks={"R9"},
)
class FiveColumnsForTeachers(DemoAdapter):
    """Our class table has five columns for teachers; nobody has more."""

    class reader(Reader):
        def teachers(self, section: Record) -> tuple[str, ...]:
            return super().teachers(section)[:5]


@mutant(
    "replaces-the-primary",
    sees="who was the first teacher of a class is no teacher of it any more",
    mistake="takes out the former first of `teachers` when another one is first",
    cause="replaces-primary:teacher",
    breaks={"R9"},
)
class ReplacesThePrimary(DemoAdapter):
    """When a class gets another first teacher, the old one has handed it over."""

    class store(Store):
        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            people, query = (
                list(people),
                ("SELECT user_id FROM members WHERE section_id = ? AND role = 'teacher'"),
            )
            first = self.value(f"{query} ORDER BY rowid", section)
            if role == "teacher" and people[:1] != [first]:
                people = [one for one in people if one != first]
            super().set_members(section, role, people)


@mutant(
    "thirty-five-seats",
    sees="some students of large classes do not see them",
    mistake="keeps the first thirty-five `students` of a section",
    cause="fixed-number:student",
    breaks={"R9"},
    blocks={"R5"},
    size="full",
)
class ThirtyFiveSeats(DemoAdapter):
    """A room has thirty-five seats at most."""

    class reader(Reader):
        def students(self, section: Record) -> tuple[str, ...]:
            return super().students(section)[:35]


@mutant(
    "seven-classes-per-student",
    sees="a student with many classes misses the last ones",
    mistake="puts a student into seven sections at most",
    cause="fixed-number:class",
    breaks={"R9"},
    blocks={"R5"},
)
class SevenClassesPerStudent(DemoAdapter):
    """A school day has seven periods."""

    class reader(Reader):
        def read(self) -> Roster:
            self.timetable = Counter[str]()
            return super().read()

        def students(self, section: Record) -> tuple[str, ...]:
            students = super().students(section)
            self.timetable.update(students)
            return tuple(one for one in students if self.timetable[one] <= 7)


@mutant(
    "classes-are-linked-once",
    sees="a class stands under last month's course or term",
    mistake="writes course and term of a section when it is created, and never again",
    cause="never-updates",
    breaks={"R5"},
    plays={"comings-and-goings"},
)
class ClassesAreLinkedOnce(DemoAdapter):
    """What is taught in a class, and when, is decided when it is set up."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            links = ("course_id", "term_id") if table == "sections" else ()
            super().update(table, known, {key: row[key] for key in row if key not in links})


@mutant(
    "new-class-for-a-new-name",
    sees="a class stands twice after its teacher or period has changed",
    mistake="finds sections by Clever id and name",
    cause="looked-up-by:name",
    breaks={"R1"},
)
class NewClassForANewName(DemoAdapter):
    """A class is known by its name; another name is another class."""

    class store(Store):
        schema = DUPLICATES_ALLOWED

        def find(self, table: str, row: Row) -> int | None:
            if table != "sections":
                return super().find(table, row)
            query = "SELECT id FROM sections WHERE clever_id = ? AND name IS ?"
            return self.value(query, row["clever_id"], row["name"])


@mutant(
    "needs-a-free-class-name",
    sees="most classes of the new school year are missing",
    mistake="creates no section whose name an older one of the school has",
    cause="needs-unique-names",
    breaks={"R5"},
    blocks={"R9"},
)
class NeedsAFreeClassName(DemoAdapter):
    """No two classes of a school have one name, and those of last year still have theirs."""

    class district_sync(DistrictSync):
        def read(self) -> Roster:
            roster = super().read()
            query = (
                "SELECT sections.clever_id, schools.clever_id AS school, sections.name"
                " FROM sections LEFT JOIN schools ON schools.id = school_id"
            )
            held = self.store.db.execute(query).fetchall()
            known = {row["clever_id"] for row in held}
            taken = {(row["school"], row["name"]) for row in held}
            sections = (
                one
                for one in roster.sections
                if one.clever_id in known or (one.school, one.name) not in taken
            )
            return replace(roster, sections=tuple(sections))


@mutant(
    "merges-classes-of-one-name",
    sees="two groups of one course are one class",
    mistake="takes sections of one name, course and school for the same",
    cause="looked-up-by:name",
    breaks={"R1", "R9"},
    blocks={"R5"},
)
class MergesClassesOfOneName(DemoAdapter):
    """A class that stands twice in the list was entered twice."""

    class reader(Reader):
        def read(self) -> Roster:
            roster, sections = super().read(), dict[tuple[str | None, ...], Section]()
            for section in roster.sections:
                key = (section.name, section.course, section.school)
                first = sections.setdefault(key, section)
                sections[key] = replace(
                    first, students=tuple(dict.fromkeys((*first.students, *section.students)))
                )
            return replace(roster, sections=tuple(sections.values()))


@mutant(
    "closes-classes-with-their-term",
    sees="a class cannot be opened when its term got other days",
    mistake="archives the sections of a term that is no longer shared",
    cause="archives-what-is-shared",
    breaks={"R2", "R6"},
    blocks={"R5", "R9"},
)
class ClosesClassesWithTheirTerm(DemoAdapter):
    """When a term is over, so are its classes."""

    class district_sync(DistrictSync):
        ending = (
            "SELECT sections.id, terms.clever_id FROM sections JOIN terms ON terms.id = term_id"
            " WHERE sections.district_id = ?"
        )

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            shared = {term.clever_id for term in roster.terms}
            rows = self.store.db.execute(self.ending, (district,))
            self.over = {row["id"] for row in rows if row["clever_id"] not in shared}
            return super().save(district, roster)

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            return absent | self.over if table == "sections" else absent


@mutant(
    "co-teachers-as-students",
    sees="co-teachers find themselves among the students of their classes",
    mistake="takes everybody in a section but its primary teacher for a student",
    cause="teachers-as-students",
    breaks={"R9"},
    blocks={"R5"},
)
class CoTeachersAsStudents(DemoAdapter):
    """A class has one teacher; all others in it are there to learn."""

    class reader(Reader):
        def teachers(self, section: Record) -> tuple[str, ...]:
            return super().teachers(section)[:1]

        def students(self, section: Record) -> tuple[str, ...]:
            return super().students(section) + super().teachers(section)[1:]
