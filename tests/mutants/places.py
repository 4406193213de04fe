"""Mistakes about schools, courses and terms."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.mutants.keeping import DUPLICATES_ALLOWED
from harness.demo.reader import Reader, text
from harness.demo.registry import mutant
from harness.demo.roster import Course, Role, Roster, School, Section, Term
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


@mutant(
    "one-course-per-name",
    sees="classes of different courses stand under one",
    mistake="takes courses of one name for the same",
    cause="looked-up-by:name",
    breaks={"R1"},
    blocks={"R5"},
)
class OneCoursePerName(DemoAdapter):
    """A course is what it is called."""

    class reader(Reader):
        label = "name"

        def read(self) -> Roster:
            self.first: dict[str, str] = {}
            self.same: dict[str, str] = {}
            roster = super().read()
            courses = (one for one in roster.courses if self.same[one.clever_id] == one.clever_id)
            return replace(roster, courses=tuple(courses))

        def course(self, record: Record) -> Course:
            said = text(record, self.label) or record["id"]
            self.same[record["id"]] = self.first.setdefault(said, record["id"])
            return super().course(record)

        def section(self, record: Record) -> Section:
            section = super().section(record)
            return replace(section, course=self.same.get(section.course or ""))


@mutant(
    "one-course-per-number",
    sees="classes stand under courses that they do not teach",
    mistake="takes courses of one `number` for the same",
    cause="looked-up-by:number",
    breaks={"R1"},
    size="full",
)
class OneCoursePerNumber(DemoAdapter):
    """Districts number their courses, and a number is there to be unique."""

    class reader(OneCoursePerName.reader):
        label = "number"


@mutant(
    "leaves-out-other-terms",
    sees="classes cannot be prepared before their term begins",
    mistake="leaves out terms that are over or have not begun, and their sections",
    cause="not-of-today",
    breaks={"R2"},
)
class LeavesOutOtherTerms(DemoAdapter):
    """Yesterday's classes are over and tomorrow's are not there yet."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            others = {one.clever_id for one in roster.terms if not self.is_current(one)}
            return replace(
                roster,
                terms=tuple(one for one in roster.terms if one.clever_id not in others),
                sections=tuple(one for one in roster.sections if one.term not in others),
            )

        def is_current(self, term: Term) -> bool:
            today = date.today().isoformat()  # noqa: DTZ011 - the school's calendar
            return (term.start_date or today) <= today <= (term.end_date or today)


@mutant(
    "merges-campuses",
    sees="two schools are one",
    mistake="takes schools of one address and telephone number for the same",
    cause="looked-up-by:address",
    breaks={"R1", "G2", "G8"},
    blocks={"R5"},
)
class MergesCampuses(DemoAdapter):
    """Two schools in one building with one telephone are one customer."""

    class reader(Reader):
        def read(self) -> Roster:
            self.first: dict[str, str] = {}
            self.same: dict[str, str] = {}
            roster = super().read()
            schools = (one for one in roster.schools if one.clever_id not in self.same)
            return replace(roster, schools=tuple(schools))

        def school(self, record: Record) -> School:
            building = text(record.get("location") or {}, "address"), text(record, "phone")
            first = self.first.setdefault(str(building), record["id"])
            if first != record["id"]:
                self.same[record["id"]] = first
            return super().school(record)

        def section(self, record: Record) -> Section:
            section = super().section(record)
            return replace(section, school=self.same.get(section.school or "", section.school))

        def role(self, name: str, fields: Record) -> Role:
            role = super().role(name, fields)
            schools = dict.fromkeys(self.same.get(one, one) for one in role.schools)
            return replace(role, schools=tuple(schools))


@mutant(
    "one-school-of-a-name",
    sees="everybody of two schools of one name is at the same one",
    mistake="finds schools by district and name instead of Clever id",
    cause="looked-up-by:name",
    breaks={"R1", "G2"},
    plays={"odd-values"},
)
class OneSchoolOfAName(DemoAdapter):
    """A district does not call two of its schools the same."""

    class store(Store):
        schema = DUPLICATES_ALLOWED

        def save(self, table: str, district: int, row: Row) -> int:
            self.district_id = district
            return super().save(table, district, row)

        def find(self, table: str, row: Row) -> int | None:
            known = super().find(table, row)
            if table != "schools" or known is not None:
                return known
            query = "SELECT id FROM schools WHERE name = ? AND district_id = ?"
            return self.value(query, row["name"], self.district_id)


@mutant(
    "names-schools-once",
    sees="a school that was renamed has the old name",
    mistake="writes the name of a school when it is created, and never again",
    cause="never-updates",
    breaks={"R5"},
)
class NamesSchoolsOnce(DemoAdapter):
    """A school is entered with its contract, and so is its name."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            kept = {column: value for column, value in row.items() if column != "name"}
            super().update(table, known, kept if table == "schools" else row)


@mutant(
    "new-school-for-new-grades",
    sees="a school stands twice after it has got other grades",
    mistake="finds schools by Clever id, lowest and highest grade",
    cause="looked-up-by:grades",
    breaks={"R1"},
)
class NewSchoolForNewGrades(DemoAdapter):
    """A school is bought for its grades; with others it is another customer."""

    class reader(Reader):
        def school(self, record: Record) -> School:
            grades = f"{record.get('low_grade')} to {record.get('high_grade')}"
            return replace(super().school(record), name=f"{record.get('name')}\n{grades}")

    class store(Store):
        schema = DUPLICATES_ALLOWED.replace("name TEXT\n", "name TEXT,\n    grades TEXT\n")

        def save(self, table: str, district: int, row: Row) -> int:
            if table == "schools":
                name, _, grades = str(row["name"]).partition("\n")
                row = {**row, "name": name, "grades": grades}
            return super().save(table, district, row)

        def find(self, table: str, row: Row) -> int | None:
            if table != "schools":
                return super().find(table, row)
            query = "SELECT id FROM schools WHERE clever_id = ? AND grades = ?"
            return self.value(query, row["clever_id"], row["grades"])


@mutant(
    "knows-schools-of-the-first-night",
    sees="the school that opened in spring is not in the list, and its people have no school",
    mistake="creates schools in the first sync of a district, and never again",
    cause="newcomers-left-out:school",
    breaks={"R5"},
    blocks={"R6", "G2"},
    plays={"comings-and-goings"},
)
class KnowsSchoolsOfTheFirstNight(DemoAdapter):
    """Schools are chosen with the district when it signs up."""

    class district_sync(DistrictSync):
        def read(self) -> Roster:
            roster = super().read()
            district = self.store.district(roster.district)
            if district is None or not self.store.active("schools", district):
                return roster
            chosen = [
                school
                for school in roster.schools
                if self.store.find("schools", {"clever_id": school.clever_id})
            ]
            return replace(roster, schools=tuple(chosen))


@mutant(
    "seats-people-before-schools",
    sees="the people of a school that has just opened have no school until the next night",
    mistake="links users with the schools that the store had before the sync",
    cause="a-sync-late",
    breaks={"G2"},
    plays={"comings-and-goings"},
)
class SeatsPeopleBeforeSchools(DemoAdapter):
    """Schools are looked up when an import begins; the first import of a district is by hand."""

    class district_sync(DistrictSync):
        def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
            known = {i: row for i, row in saved["schools"].items() if row in self.before}
            super().link(roster, {**saved, "schools": known or saved["schools"]})

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            rows = self.store.db.execute(
                "SELECT id FROM schools WHERE district_id = ?", (district,)
            )
            self.before = {row["id"] for row in rows}
            return super().save(district, roster)
