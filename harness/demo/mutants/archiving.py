"""Mistakes in what happens when records disappear from Clever and come back."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app
# ruff: noqa: S608 - the names of tables in these statements are our own constants

from __future__ import annotations

from collections.abc import Collection, Mapping

from harness.demo.adapter import DemoAdapter
from harness.demo.roster import Roster
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


class HardDelete(DemoAdapter):
    """Privacy law: whoever is gone from Clever is gone from our database."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            if table == "users":
                self.each("DELETE FROM progress WHERE user_id = ?", ((row,) for row in rows))
            self.each(f"DELETE FROM {table} WHERE id = ?", ((row,) for row in rows))


class NeverArchives(DemoAdapter):
    """Accounts that are not used do no harm."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            pass


class ForgetsTermsAndCourses(DemoAdapter):
    """Archiving was built for people and classes; terms and courses came later."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            if table not in ("terms", "courses"):
                super().archive(table, rows)


class NeverRestores(DemoAdapter):
    """Archiving was a decision; nobody decided to undo it."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            self.write(table, known, row)


class NeverRestoresTermsAndCourses(DemoAdapter):
    """Restoring was built for people and classes; a term that is over stays over."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            if table in ("terms", "courses"):
                self.write(table, known, row)
            else:
                super().update(table, known, row)


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


class RestoresPeopleWithoutClasses(DemoAdapter):
    """People are put into classes when they are new or move, and who returns does neither."""

    class district_sync(RestoresEmptyClasses.district_sync):
        table = "users"
        closed = "SELECT id FROM users WHERE archived AND district_id = ?"
        empties = "DELETE FROM members WHERE user_id = ?"


class CrossesDistricts(DemoAdapter):
    """Whoever was not in tonight's data has left. It worked as long as we had one customer."""

    class store(Store):
        def active(self, table: str, district: int) -> set[int]:
            query = f"SELECT id FROM {table} WHERE clever_id IS NOT NULL AND NOT archived"
            return {row["id"] for row in self.db.execute(query)}


class IgnoresUnsharing(DemoAdapter):
    """As long as a class lists a student, the student is at school."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            if table != "users":
                return absent
            listed = {id for one in roster.sections for id in (*one.teachers, *one.students)}
            return absent - {self.store.find("users", {"clever_id": id}) for id in listed}


class ClosesClassesOfAMissingTerm(DemoAdapter):
    """A class without its term cannot take place."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            if table != "sections":
                return absent
            terms = {term.clever_id for term in roster.terms}
            return absent | {ids[one.clever_id] for one in roster.sections if one.term not in terms}
