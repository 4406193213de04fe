"""Sync: one run that makes the app hold what a district shares.

Everything is read before anything is written, and written in one transaction. So a record that
could not be read is never taken for one that is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.contract.sync import Sync, SyncState
from harness.demo.client import Stopped
from harness.demo.matching import Matching
from harness.demo.reader import Reader
from harness.demo.roster import Person, Roster
from harness.demo.rows import course_row, school_row, section_row, term_row, user_row
from harness.demo.store import Row, Store

Ids = Mapping[str, int]
"""Clever id → our own id, of everything in this reading."""


class DistrictSync:
    """One district, brought from Clever into the store."""

    matching = Matching

    def __init__(self, reader: Reader, store: Store) -> None:
        self.reader = reader
        self.store = store

    def run(self) -> Sync:
        """Target, then applies; tells how it ended and never raises."""
        try:
            roster = self.read()
            self.apply(roster)
        except Stopped as stop:
            return Sync(state=SyncState.REFUSED, reason=f"{stop}; nothing was changed.")
        except Exception as error:
            # The night's job must report a bad district and go on with the next one.
            return Sync(state=SyncState.FAILED, reason=f"{type(error).__name__}: {error}")
        return Sync(state=SyncState.COMPLETED, log=summary(roster))

    def read(self) -> Roster:
        return self.reader.read()

    def apply(self, roster: Roster) -> None:
        """All of the reading, or nothing of it."""
        with self.store.transaction():
            district = self.store.connect(roster.district)
            self.store.write("districts", district, {"name": roster.name})
            saved = self.save(district, roster)
            self.link(roster, saved)
            for table, ids in saved.items():
                self.store.archive(table, self.gone(table, district, ids, roster))

    def save(self, district: int, roster: Roster) -> dict[str, Ids]:
        """Creates, updates and restores the records; for each table, who is who."""
        schools = self.keep("schools", district, map(school_row, roster.schools))
        terms = self.keep("terms", district, map(term_row, roster.terms))
        courses = self.keep("courses", district, map(course_row, roster.courses))
        sections = self.keep(
            "sections",
            district,
            (section_row(section, schools, courses, terms) for section in roster.sections),
        )
        self.match(district, roster.people)
        users = self.keep("users", district, map(user_row, roster.people))
        return {
            "schools": schools,
            "terms": terms,
            "courses": courses,
            "sections": sections,
            "users": users,
        }

    def match(self, district: int, people: Iterable[Person]) -> None:
        """Gives people the accounts they had before Clever, once: from then on the id is enough."""
        matching = self.matching(self.store, district)
        if matching.accounts:
            new = [p for p in people if self.store.find("users", user_row(p)) is None]
            for person, account in matching.accounts_of(new):
                self.store.write("users", account, user_row(person))

    def keep(self, table: str, district: int, rows: Iterable[Row]) -> Ids:
        return {str(row["clever_id"]): self.store.save(table, district, row) for row in rows}

    def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
        """What was in use and is not in this reading: deleted or no longer shared, all the same."""
        return self.store.active(table, district) - set(ids.values())

    def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
        """Roles, relationships and classes. Ids of records not shared with us are left out."""
        users = saved["users"]
        for person in roster.people:
            user = users[person.clever_id]
            self.store.set_roles(user, person.roles, saved["schools"])
            self.store.set_relationships(user, person.relationships, users)
        for section in roster.sections:
            row = saved["sections"][section.clever_id]
            self.store.set_members(row, "teacher", self.known(section.teachers, users))
            self.store.set_members(row, "student", self.known(section.students, users))

    def known(self, people: Iterable[str], users: Ids) -> list[int]:
        """Our ids of those people that the district shares with us."""
        return [users[person] for person in people if person in users]


def summary(roster: Roster) -> str:
    """One line for the sync log."""
    return (
        f"{len(roster.schools)} schools, {len(roster.terms)} terms, {len(roster.courses)} courses,"
        f" {len(roster.sections)} sections and {len(roster.people)} people read and applied"
    )
