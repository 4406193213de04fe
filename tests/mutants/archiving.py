"""Mistakes in what happens when records disappear from Clever and come back."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection, Mapping

from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


@mutant(
    "forgets-terms-and-courses",
    sees="terms and courses that are gone stay in use",
    mistake="archives schools, sections and users, but no terms and courses",
    cause="keeps-active",
    breaks={"R6"},
)
class ForgetsTermsAndCourses(DemoAdapter):
    """Archiving was built for people and classes; terms and courses came later."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            if table not in ("terms", "courses"):
                super().archive(table, rows)


@mutant(
    "never-restores-terms-and-courses",
    sees="a term that comes back stays closed",
    mistake="leaves terms and courses archived that are shared again",
    cause="never-restores",
    breaks={"R6"},
    blocks={"R5"},
)
class NeverRestoresTermsAndCourses(DemoAdapter):
    """Restoring was built for people and classes; a term that is over stays over."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            if table in ("terms", "courses"):
                self.write(table, known, row)
            else:
                super().update(table, known, row)


@mutant(
    "restores-empty-classes",
    sees="a class that comes back is empty until the next night",
    mistake="restores a section without its teachers and students",
    cause="restores-without:student",
    breaks={"R9"},
)
class RestoresEmptyClasses(DemoAdapter):
    """Members are those who came since last night, and a class that returns was not there then."""

    class district_sync(DistrictSync):
        table = "sections"
        closed = "SELECT id FROM sections WHERE archived AND district_id = ?"
        empties = "DELETE FROM members WHERE section_id = ?"

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            closed = {row["id"] for row in self.store.db.execute(self.closed, (district,))}
            saved = super().save(district, roster)
            self.reopened = closed.intersection(saved[self.table].values())
            return saved

        def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
            super().link(roster, saved)
            self.store.each(self.empties, ((row,) for row in self.reopened))


@mutant(
    "restores-people-without-classes",
    sees="who comes back has no classes until the next night",
    mistake="restores a user without the sections that name them",
    cause="restores-without:student",
    breaks={"R9"},
    plays={"comings-and-goings"},
)
class RestoresPeopleWithoutClasses(DemoAdapter):
    """People are put into classes when they are new or move, and who returns does neither."""

    class district_sync(RestoresEmptyClasses.district_sync):
        table = "users"
        closed = "SELECT id FROM users WHERE archived AND district_id = ?"
        empties = "DELETE FROM members WHERE user_id = ?"


@mutant(
    "ignores-unsharing",
    sees="a student who is no longer shared can still sign in",
    mistake="archives users only when no section lists them any more",
    cause="keeps-active",
    breaks={"G7"},
    blocks={"R6"},
)
class IgnoresUnsharing(DemoAdapter):
    """As long as a class lists a student, the student is at school."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            if table != "users":
                return absent
            listed = {id for one in roster.sections for id in (*one.teachers, *one.students)}
            return absent - {self.store.find("users", {"clever_id": id}) for id in listed}


@mutant(
    "closes-classes-of-a-missing-term",
    sees="a class without a term cannot be opened",
    mistake="archives sections whose term is not shared",
    cause="archives-what-is-shared",
    breaks={"R7"},
    blocks={"R5", "R6", "R9"},
)
class ClosesClassesOfAMissingTerm(DemoAdapter):
    """A class without its term cannot take place."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            if table != "sections":
                return absent
            terms = {term.clever_id for term in roster.terms}
            return absent | {ids[one.clever_id] for one in roster.sections if one.term not in terms}


@mutant(
    "compares-from-the-second-on",
    sees="the student who is first in the list has left, and can still sign in",
    mistake="compares the list of before with the new one from its second entry on",
    cause="keeps-active",
    breaks={"R6"},
)
class ComparesFromTheSecondOn(DemoAdapter):
    """Both lists have been sorted, and the loop begins where lists begin: at 1."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            query = (
                f"SELECT id FROM {table} WHERE district_id = ? AND clever_id IS NOT NULL"
                " AND NOT archived ORDER BY clever_id LIMIT 1"
            )
            return super().gone(table, district, ids, roster) - {self.store.value(query, district)}


@mutant(
    "compares-to-the-end-of-the-new-list",
    sees="a class that was the last of the list is no longer held, and still open",
    mistake="compares two sorted lists as far as the new one goes, and archives nothing after it",
    cause="keeps-active",
    breaks={"R6"},
    plays={"comings-and-goings"},
)
class ComparesToTheEndOfTheNewList(DemoAdapter):
    """Both lists are sorted, and read side by side until the new one ends."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            query = f"SELECT id FROM {table} WHERE district_id = ? AND clever_id > ?"
            after = self.store.db.execute(query, (district, max(ids, default="")))
            return super().gone(table, district, ids, roster) - {row["id"] for row in after}


@mutant(
    "leaves-reopened-schools-closed",
    sees="a school that opens again after a mistake is not in the list",
    mistake="leaves schools archived that are shared again",
    cause="never-restores",
    breaks={"R6"},
    blocks={"G2", "R5"},
)
class LeavesReopenedSchoolsClosed(DemoAdapter):
    """A school that has closed does not open again; and nobody looked at a district by mistake."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            if table == "schools":
                self.write(table, known, row)
            else:
                super().update(table, known, row)


@mutant(
    "takes-an-empty-role-for-a-failure",
    sees="the only administrator of a district leaves, and can still sign in",
    mistake="archives nobody of a role that no user has any more",
    cause="keeps-active",
    breaks={"R6"},
    plays={"old-data"},
)
class TakesAnEmptyRoleForAFailure(DemoAdapter):
    """A list without anybody is one that could not be read."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            if table != "users":
                return absent
            roles = {role.name for person in roster.people for role in person.roles}
            rows = self.store.db.execute("SELECT user_id, role FROM roles")
            return absent - {row["user_id"] for row in rows if row["role"] not in roles}
