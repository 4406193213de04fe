"""Mistakes on days on which one thing takes the place of another, and no count changes."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Relationship, Role, Roster
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids

HERE = {"comings-and-goings"}


@mutant(
    "leaves-classes-in-a-term-that-goes-on",
    sees="a class that was put off to the second half opens in the first",
    mistake="gives a section another term only when the one it has is no longer shared",
    cause="never-updates",
    breaks={"R5"},
    plays=HERE,
)
class LeavesClassesInATermThatGoesOn(DemoAdapter):
    """The term of a class is set when the class is made, and when a term is over."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            if table == "terms":
                self.terms |= {known}
            term = self.value("SELECT term_id FROM sections WHERE id = ?", known)
            if table == "sections" and term in self.terms:
                row = {key: row[key] for key in row if key != "term_id"}
            super().update(table, known, row)

        terms: frozenset[int | None] = frozenset()


@mutant(
    "closes-classes-when-their-term-is-over",
    sees="a class is closed on the last day of its term, before its grades are given",
    mistake="archives a section when its term is given an end that has passed",
    cause="archives-what-is-shared",
    breaks={"R6"},
    blocks={"R5"},
    plays=HERE,
)
class ClosesClassesWhenTheirTermIsOver(DemoAdapter):
    """A class that was open is over when its term is."""

    class district_sync(DistrictSync):
        before_its_end = (
            "SELECT sections.id FROM sections LEFT JOIN terms ON terms.id = term_id"
            " WHERE NOT sections.archived AND coalesce(end_date, ?1) >= ?1"
        )

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            self.today = datetime.now(UTC).date().isoformat()
            rows = self.store.db.execute(self.before_its_end, (self.today,))
            self.open = {row["id"] for row in rows}
            return super().save(district, roster)

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            if table != "sections":
                return absent
            ended = [one for one in roster.terms if (one.end_date or self.today) < self.today]
            over = {one.clever_id for one in ended}
            closed = {ids[one.clever_id] for one in roster.sections if one.term in over}
            return absent | (closed & self.open)


@mutant(
    "counts-the-children-of-contacts",
    sees="a contact still sees the child who lives with somebody else now",
    mistake="leaves a contact's relationships as they are when there are as many of each kind",
    cause="never-updates",
    breaks={"G4"},
    plays=HERE,
)
class CountsTheChildrenOfContacts(DemoAdapter):
    """A contact with as many children as yesterday has the same children."""

    class store(Store):
        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            query = "SELECT kind FROM relationships WHERE contact_id = ?"
            kinds = [row["kind"] or "" for row in self.db.execute(query, (contact,))]
            fresh = [one for one in relationships if one.student in users]
            if sorted(kinds) != sorted(one.kind or "" for one in fresh):
                super().set_relationships(contact, fresh, users)


@mutant(
    "counts-the-co-teachers-of-a-class",
    sees="a co-teacher who has taken over from another does not see the class",
    mistake="leaves the teachers of a section as they are when the primary teacher and the number"
    " of the others are the same",
    cause="never-updates",
    breaks={"R9"},
    plays=HERE,
)
class CountsTheCoTeachersOfAClass(DemoAdapter):
    """Where the primary teacher stays, the team stays."""

    class store(Store):
        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            people = list(people)
            query = "SELECT user_id FROM members WHERE section_id = ? AND role = ? ORDER BY rowid"
            known = [row["user_id"] for row in self.db.execute(query, (section, role))]
            if role == "student" or (known[:1], len(known)) != (people[:1], len(people)):
                super().set_members(section, role, people)


LISTS: dict[tuple[str, str], list[Record]] = {}
"""Clever ID of a district and path → the list as it was read last, in the app's one process."""


@mutant(
    "trusts-the-first-page",
    sees="a change far down in a list reaches the app only when something above it changes too",
    mistake="takes the list of users for unchanged when its first page is as it was",
    cause="never-updates",
    breaks={"R5", "G4"},
    plays=HERE,
)
class TrustsTheFirstPage(DemoAdapter):
    """The ETag of a list says whether it has changed."""

    class reader(Reader):
        def records(self, kind: str) -> list[Record]:
            place = self.client.connection.district, kind
            fresh, page = super().records(kind), self.client.limit
            known = LISTS.get(place) if kind == "users" else None
            if known is None or known[:page] != fresh[:page] or len(known) != len(fresh):
                LISTS[place] = fresh
            return LISTS[place]


@mutant(
    "keeps-roles-of-which-none-is-left",
    sees="a teacher who works in the office now still has the rights of a teacher",
    mistake="adds the new roles of a user and keeps the old ones when none of those is left",
    cause="never-removes:role",
    breaks={"G3"},
    plays=HERE,
)
class KeepsRolesOfWhichNoneIsLeft(DemoAdapter):
    """Nobody loses everything they had; where it looks like that, the list is wrong."""

    class store(Store):
        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            roles = list(roles)
            query = "SELECT role, school_id FROM roles WHERE user_id = ?"
            known = self.db.execute(query, (user,)).fetchall()
            super().set_roles(user, roles, schools)
            if not {row["role"] for row in known} & {role.name for role in roles}:
                self.each(
                    "INSERT INTO roles (user_id, role, school_id) VALUES (?, ?, ?)",
                    ((user, row["role"], row["school_id"]) for row in known),
                )


@mutant(
    "drops-the-course-with-the-section",
    sees="a student who changes sections is in neither for a day",
    mistake="takes whoever leaves a section out of all sections of its course",
    cause="members-lost-in-a-move",
    breaks={"R9"},
    plays=HERE,
)
class DropsTheCourseWithTheSection(DemoAdapter):
    """Who leaves a course leaves it; the new section is added first."""

    class district_sync(DistrictSync):
        taken = (
            "SELECT course_id, user_id FROM members JOIN sections ON sections.id = section_id"
            " WHERE role = 'student' AND course_id IS NOT NULL AND section_id = ?"
        )

        def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
            sections = saved["sections"].values()
            before = {row: self.students_of(row) for row in sections}
            super().link(roster, saved)
            for row in sections:
                self.store.each(
                    "DELETE FROM members WHERE role = 'student' AND section_id IN"
                    " (SELECT id FROM sections WHERE course_id = ?) AND user_id = ?",
                    before[row] - self.students_of(row),
                )

        def students_of(self, section: int) -> set[tuple[int, int]]:
            """The course and the students of a section."""
            return {tuple(row) for row in self.store.db.execute(self.taken, (section,))}
