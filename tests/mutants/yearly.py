"""Mistakes with a new school year, in which the classes are new and the people stay."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from harness.contract.declarations import YES
from harness.demo.adapter import DemoAdapter
from harness.demo.mutants.keeping import DUPLICATES_ALLOWED
from harness.demo.profile import DECLARES, PROFILE
from harness.demo.registry import mutant
from harness.demo.roster import Roster, Section
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids

CLASSES = (
    "SELECT sections.clever_id FROM sections JOIN districts ON districts.id = district_id"
    " WHERE districts.clever_id = ?"
)
SCHOOLS = (
    "SELECT user_id, school_id FROM roles JOIN users ON users.id = user_id"
    " WHERE role = 'student' AND district_id = ?"
)
TEACHERS = (
    "SELECT courses.name AS course, users.clever_id FROM members"
    " JOIN users ON users.id = user_id JOIN sections ON sections.id = section_id"
    " JOIN courses ON courses.id = course_id"
    " WHERE members.role = 'teacher' AND NOT sections.archived AND users.district_id ="
    " (SELECT id FROM districts WHERE clever_id = ?)"
)
STUDENTS = TEACHERS.replace("AS course,", "AS course, section_id,").replace(
    "'teacher'", "'student'"
)


class YearlySync(DistrictSync):
    """Knows a new school year by its classes: there were some before, and most are new."""

    new_year = False

    def apply(self, roster: Roster) -> None:
        rows = self.store.db.execute(CLASSES, (roster.district,))
        before = {row["clever_id"] for row in rows}
        again = [one for one in roster.sections if one.clever_id in before]
        self.new_year = bool(before) and 2 * len(again) < len(roster.sections)
        super().apply(self.as_new_year(roster) if self.new_year else roster)

    def as_new_year(self, roster: Roster) -> Roster:
        return roster


@mutant(
    "keeps-last-years-classes",
    sees="last year's classes are still open",
    mistake="archives no section when most sections are new",
    cause="keeps-active",
    breaks={"R6"},
)
class KeepsLastYearsClasses(DemoAdapter):
    """Teachers look things up in last year's classes, so those stay open."""

    class district_sync(YearlySync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            return set() if self.new_year and table == "sections" else absent


@mutant(
    "takes-moving-up-for-leaving",
    sees="who goes on to the middle school is locked out",
    mistake="archives students none of whose schools is one of last year's",
    cause="archives-what-is-shared",
    breaks={"R6"},
    blocks={"G2"},
)
class TakesMovingUpForLeaving(DemoAdapter):
    """Who has finished the last grade of a school has left it, and gives the licence back."""

    class district_sync(YearlySync):
        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            self.before = self.schools(district)
            return super().save(district, roster)

        def schools(self, district: int) -> Mapping[int, set[int]]:
            found: dict[int, set[int]] = {}
            for row in self.store.db.execute(SCHOOLS, (district,)):
                found.setdefault(row["user_id"], set()).add(row["school_id"])
            return found

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            if table != "users" or not self.new_year:
                return absent
            now = self.schools(district)
            moved = {user for user, old in self.before.items() if not old & now.get(user, set())}
            return absent | moved


@mutant(
    "keeps-graduates",
    sees="who has finished school can still sign in",
    mistake="archives nobody of grade 12 when most sections are new",
    cause="keeps-active",
    breaks={"R6"},
)
class KeepsGraduates(DemoAdapter):
    """Who has finished school may go on reading with us."""

    class district_sync(YearlySync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            if table != "users" or not self.new_year:
                return absent
            grades = self.store.db.execute("SELECT id FROM users WHERE grade = '12'")
            return absent - {row["id"] for row in grades}


@mutant(
    "keeps-last-years-teachers",
    sees="a class shows whoever taught its course last year",
    mistake="takes the teacher of a new section from last year's section with the same course",
    cause="members-of-another-class",
    breaks={"R9"},
)
class KeepsLastYearsTeachers(DemoAdapter):
    """A course is taught by whoever taught it last year."""

    class district_sync(YearlySync):
        def as_new_year(self, roster: Roster) -> Roster:
            names = {course.clever_id: course.name for course in roster.courses}
            taught: dict[str, set[str]] = {}
            for row in self.store.db.execute(TEACHERS, (roster.district,)):
                taught.setdefault(row["course"], set()).add(row["clever_id"])

            def as_before(section: Section) -> Section:
                known = taught.get(names.get(section.course or "") or "", set())
                alone = len(known) == 1 and len(section.teachers) == 1
                return replace(section, teachers=tuple(known)) if alone else section

            return replace(roster, sections=tuple(map(as_before, roster.sections)))


@mutant(
    "keeps-last-years-students",
    sees="who has gone on to another school is still in a class of the old one",
    mistake="takes the students of a new section from last year's section with the same course",
    cause="members-of-another-class",
    breaks={"R9"},
    blocks={"R5"},
)
class KeepsLastYearsStudents(DemoAdapter):
    """A course goes on with whoever took it last year."""

    class district_sync(YearlySync):
        def as_new_year(self, roster: Roster) -> Roster:
            names = {course.clever_id: course.name for course in roster.courses}
            classes: dict[str, dict[int, list[str]]] = {}
            for row in self.store.db.execute(STUDENTS, (roster.district,)):
                taken = classes.setdefault(row["course"], {})
                taken.setdefault(row["section_id"], []).append(row["clever_id"])

            def as_before(section: Section) -> Section:
                known = classes.get(names.get(section.course or "") or "", {})
                alone = next(iter(known.values())) if len(known) == 1 else section.students
                return replace(section, students=tuple(alone))

            return replace(roster, sections=tuple(map(as_before, roster.sections)))


@mutant(
    "adds-to-kept-classes",
    sees="last year's students are in a class that goes on",
    mistake="removes no member from sections that are not new in a new school year",
    cause="never-removes:student",
    breaks={"R9"},
    blocks={"R5"},
)
class AddsToKeptClasses(DemoAdapter):
    """A class that goes on has its members already, and gets new ones, as it declares."""

    profile = replace(PROFILE, declares={**DECLARES, "daily-sync": (YES,)})

    class store(Store):
        kept: frozenset[int] = frozenset()

        def clear_members(self, section: int, role: str) -> None:
            if section not in self.kept:
                super().clear_members(section, role)

    class district_sync(YearlySync):
        store: AddsToKeptClasses.store

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            if self.new_year:
                self.store.kept = frozenset(self.store.active("sections", district))
            return super().save(district, roster)


@mutant(
    "new-class-for-a-new-year",
    sees="a class that goes on stands twice",
    mistake="creates a second record for a section that is not new in a new school year",
    cause="new-record-for-known",
    breaks={"R1"},
)
class NewClassForANewYear(DemoAdapter):
    """What a class was last year is put away, and the class begins anew."""

    class store(Store):
        schema = DUPLICATES_ALLOWED
        last_year: frozenset[int] = frozenset()

        def find(self, table: str, row: Row) -> int | None:
            if table != "sections":
                return super().find(table, row)
            query = "SELECT max(id) FROM sections WHERE clever_id = ?"
            known = self.value(query, row["clever_id"])
            return None if known in self.last_year else known

    class district_sync(YearlySync):
        store: NewClassForANewYear.store

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            if self.new_year:
                self.store.last_year = frozenset(self.store.active("sections", district))
            return super().save(district, roster)


@mutant(
    "clears-shelves-in-summer",
    sees="the work of all years before is gone",
    mistake="deletes the progress of users when most sections are new",
    cause="work-tied-to-class",
    breaks={"R8"},
)
class ClearsShelvesInSummer(DemoAdapter):
    """A new school year begins with an empty shelf."""

    class district_sync(YearlySync):
        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            saved = super().save(district, roster)
            if self.new_year:
                query = "DELETE FROM progress WHERE user_id = ?"
                self.store.each(query, ((row,) for row in saved["users"].values()))
            return saved
