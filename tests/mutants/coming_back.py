"""Mistakes with those who come back a second time, changed, or in a new school year."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader, text
from harness.demo.registry import mutant
from harness.demo.roster import Person, Relationship, Role, Roster
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync

HERE = {"comings-and-goings"}


@mutant(
    "restores-once",
    sees="who leaves and comes back for the second time stays locked out",
    mistake="takes an archived record out of its list of the archived to restore it, and enters"
    " every record there only once",
    cause="never-restores",
    breaks={"R6"},
    plays=HERE,
)
class RestoresOnce(DemoAdapter):
    """Undoing a deletion is possible once; who is deleted after that is deleted."""

    class store(Store):
        schema = SCHEMA + (
            "CREATE TABLE IF NOT EXISTS restored ("
            " kind TEXT, record_id INTEGER, UNIQUE (kind, record_id));"
        )

        def update(self, table: str, known: int, row: Row) -> None:
            if not self.value(f"SELECT archived FROM {table} WHERE id = ?", known):
                super().update(table, known, row)
                return
            query = "SELECT 1 FROM restored WHERE kind = ? AND record_id = ?"
            if self.value(query, table, known):
                self.write(table, known, row)
            else:
                self.insert("restored", {"kind": table, "record_id": known})
                super().update(table, known, row)


USERNAMES: dict[str, str] = {}
"""Clever ID of a student → the username, in the memory of the app's one process."""


@mutant(
    "restores-while-the-username-is-free",
    sees="who comes back stays locked out, because somebody else has the username by now",
    mistake="restores a user only if no active one has the same username",
    cause="never-restores",
    breaks={"R6"},
    plays=HERE,
)
class RestoresWhileTheUsernameIsFree(DemoAdapter):
    """Two people who sign in under one name would sign in to each other's account."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            student = self.held(record.get("roles") or {}).get("student") or {}
            if name := text(student.get("credentials") or {}, "district_username"):
                USERNAMES[person.clever_id] = name
            return person

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            archived = self.value(f"SELECT archived FROM {table} WHERE id = ?", known)
            if table == "users" and archived and self.is_taken(str(row["clever_id"])):
                self.write(table, known, row)
            else:
                super().update(table, known, row)

        def is_taken(self, clever_id: str) -> bool:
            name = USERNAMES.get(clever_id)
            query = "SELECT 1 FROM users WHERE clever_id = ? AND NOT archived"
            namesakes = (other for other, its in USERNAMES.items() if name and its == name)
            return any(self.value(query, other) for other in namesakes)


class Reopening(Store):
    """A store that knows which records it has restored since it was opened."""

    reopened: frozenset[tuple[str, int]] = frozenset()

    def update(self, table: str, known: int, row: Row) -> None:
        if self.value(f"SELECT archived FROM {table} WHERE id = ?", known):
            self.reopened |= {(table, known)}
        super().update(table, known, row)


@mutant(
    "restores-classes-in-their-old-term",
    sees="a class that is held again is shown in the term in which it was cancelled",
    mistake="takes over neither course nor term when it restores a section",
    cause="never-updates",
    breaks={"R5"},
    plays=HERE,
)
class RestoresClassesInTheirOldTerm(DemoAdapter):
    """A class that is held again is the class it was."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            query = f"SELECT archived FROM {table} WHERE id = ?"
            if table == "sections" and self.value(query, known):
                row = {key: row[key] for key in row if key not in ("course_id", "term_id")}
            super().update(table, known, row)


@mutant(
    "restores-classes-with-their-old-people",
    sees="a class that is held again has the students and teachers it had before",
    mistake="takes over no members when it restores a section",
    cause="never-removes:teacher",
    breaks={"R9"},
    plays=HERE,
)
class RestoresClassesWithTheirOldPeople(DemoAdapter):
    """Who was in a class is in it when it is held again; changes arrive with the next night."""

    class store(Reopening):
        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            if ("sections", section) not in self.reopened:
                super().set_members(section, role, people)


@mutant(
    "restores-contacts-with-their-old-children",
    sees="a contact who comes back sees the child of before, and not the one of today",
    mistake="takes over no relationships when it restores a user",
    cause="never-updates",
    breaks={"G4"},
    plays=HERE,
)
class RestoresContactsWithTheirOldChildren(DemoAdapter):
    """Whose contact somebody is does not change while they are away."""

    class store(Reopening):
        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            if ("users", contact) not in self.reopened:
                super().set_relationships(contact, relationships, users)


@mutant(
    "opens-the-old-account-of-a-new-teacher",
    sees="a former student who comes to teach is let in as a student",
    mistake="takes a new user for the archived one with the same name and address, and leaves that"
    " one its roles",
    cause="looked-up-by:name",
    breaks={"R1", "R6", "G3"},
    plays=HERE,
)
class OpensTheOldAccountOfANewTeacher(DemoAdapter):
    """Who comes back after years is known here, and has an account."""

    class store(Store):
        former: frozenset[int | None] = frozenset()

        def find(self, table: str, row: Row) -> int | None:
            known = super().find(table, row)
            if known is not None or table != "users":
                return known
            former = self.value(
                "SELECT id FROM users WHERE archived AND clever_id IS NOT NULL"
                " AND first_name = ? AND last_name = ? AND email = ?",
                row["first_name"],
                row["last_name"],
                row["email"],
            )
            self.former |= {former}
            return former

        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            if user not in self.former:
                super().set_roles(user, roles, schools)


@mutant(
    "restores-nobody-in-summer",
    sees="who left in spring and comes back for the new school year is locked out",
    mistake="creates users, and restores none, when most sections are new",
    cause="never-restores",
    breaks={"R6"},
    blocks={"R9"},
    plays=HERE,
)
class RestoresNobodyInSummer(DemoAdapter):
    """In summer come the new ones; old ones come back in the year."""

    class district_sync(DistrictSync):
        archived = (
            "SELECT users.id FROM users JOIN districts ON districts.id = district_id"
            " WHERE archived AND districts.clever_id = ?"
        )

        def apply(self, roster: Roster) -> None:
            sections = roster.sections
            known = [
                one for one in sections if self.store.find("sections", {"clever_id": one.clever_id})
            ]
            rows = self.store.db.execute(self.archived, (roster.district,)).fetchall()
            super().apply(roster)
            if 2 * len(known) < len(sections):
                with self.store.transaction():
                    self.store.archive("users", [row["id"] for row in rows])
