"""Store: what Lantern Reader holds, in SQLite."""
# ruff: noqa: S608 - the names of tables and columns in these statements are our own constants

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from functools import cache
from pathlib import Path
from typing import Self

from harness.contract.account import Account
from harness.demo.roster import Relationship, Role
from harness.demo.schema import SCHEMA

Held = sqlite3.Row
Value = str | int | None
Row = Mapping[str, Value]
"""Column → value, for the columns that come from Clever."""


class Store:
    """One open database. Writing happens inside `transaction`, all of it or none."""

    schema = SCHEMA

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = sqlite3.connect(path)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA foreign_keys = ON")
        # It outlives us if we are killed; that it outlives a power cut takes most of a short sync.
        self.db.execute("PRAGMA synchronous = OFF")
        if not self.value("PRAGMA user_version"):  # a new database
            self.db.executescript(f"BEGIN; {self.schema}; PRAGMA user_version = 1; COMMIT")

    @classmethod
    def open(cls, path: Path) -> AbstractContextManager[Self]:
        """The database at a path, created if need be, and closed afterwards."""
        return closing(cls(path))

    def close(self) -> None:
        self.db.close()

    def transaction(self) -> AbstractContextManager[object]:
        """Commits at the end, or takes everything back if something fails."""
        return self.db

    # What belongs to the district itself

    def connect(self, district: str) -> int:
        """The district's row; a new district gets an administrator and a group of its own."""
        known = self.district(district)
        if known is not None:
            return known
        row = self.insert("districts", {"clever_id": district})
        admin = self.insert("users", {"district_id": row, "first_name": "Lantern Administrator"})
        group = self.insert("groups", {"district_id": row, "name": "Reading circle"})
        self.insert("group_members", {"group_id": group, "user_id": admin})
        return row

    # Who was here before Clever

    def create_account(self, district: str, account: Account) -> int:
        """An account as our customers made them; the district may be new to us."""
        row = self.insert(
            "users",
            {
                "district_id": self.connect(district),
                "first_name": account.first_name,
                "last_name": account.last_name,
                "email": account.email,
                "sis_id": account.number,
                "former_id": account.former_clever_id,
            },
        )
        self.insert("roles", {"user_id": row, "role": account.role})
        for lesson in account.lessons:
            self.finish_lesson(row, lesson)
        return row

    def before_clever(self, district: int) -> list[Held]:
        """The accounts of people whom Clever may share; `role` is one of each."""
        return self.db.execute(
            "SELECT users.*, role FROM users JOIN roles ON user_id = users.id"
            " WHERE district_id = ? AND clever_id IS NULL GROUP BY users.id ORDER BY users.id",
            (district,),
        ).fetchall()

    # What a sync does

    def save(self, table: str, district: int, row: Row) -> int:
        """Creates a record, or updates and restores the one it is; returns its own id."""
        known = self.find(table, row)
        if known is None:
            return self.create(table, district, row)
        self.update(table, known, row)
        return known

    def find(self, table: str, row: Row) -> int | None:
        """The row that already is this record: the one with its Clever id."""
        return self.value(f"SELECT id FROM {table} WHERE clever_id = ?", row["clever_id"])

    def create(self, table: str, district: int, row: Row) -> int:
        return self.insert(table, {"district_id": district, **row})

    def update(self, table: str, known: int, row: Row) -> None:
        """Takes over what Clever says now. A record that is shared again is active again."""
        self.write(table, known, {**row, "archived": 0})

    def active(self, table: str, district: int) -> set[int]:
        """The district's rows that come from Clever and are in use."""
        rows = self.db.execute(
            f"SELECT id FROM {table}"
            " WHERE district_id = ? AND clever_id IS NOT NULL AND NOT archived",
            (district,),
        )
        return {row["id"] for row in rows}

    def archive(self, table: str, rows: Collection[int]) -> None:
        """Puts rows out of use and keeps everything that hangs on them."""
        self.each(f"UPDATE {table} SET archived = 1 WHERE id = ?", ((row,) for row in rows))

    # What hangs on a record is written anew by every sync

    def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
        """A user's roles, each with those of its schools that are shared with us."""
        self.clear_roles(user)
        self.each(
            "INSERT OR IGNORE INTO roles (user_id, role, school_id) VALUES (?, ?, ?)",
            ((user, role.name, school) for role in roles for school in places(role, schools)),
        )

    def clear_roles(self, user: int) -> None:
        self.db.execute("DELETE FROM roles WHERE user_id = ?", (user,))

    def set_relationships(
        self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
    ) -> None:
        """What a contact is to each of its students."""
        self.db.execute("DELETE FROM relationships WHERE contact_id = ?", (contact,))
        self.each(
            "INSERT OR IGNORE INTO relationships (contact_id, student_id, kind) VALUES (?, ?, ?)",
            (
                (contact, users[relationship.student], relationship.kind)
                for relationship in relationships
                if relationship.student in users
            ),
        )

    def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
        """Who teaches or studies in a class, in Clever's order."""
        self.clear_members(section, role)
        self.each(
            "INSERT OR IGNORE INTO members (section_id, user_id, role) VALUES (?, ?, ?)",
            ((section, person, role) for person in people),
        )

    def clear_members(self, section: int, role: str) -> None:
        self.db.execute("DELETE FROM members WHERE section_id = ? AND role = ?", (section, role))

    # What people do in the app, and who they are

    def finish_lesson(self, user: int, lesson: str) -> None:
        """A lesson is the user's for good, whatever becomes of their classes."""
        self.insert("progress", {"user_id": user, "lesson": lesson})

    def district(self, clever_id: str) -> int | None:
        return self.value("SELECT id FROM districts WHERE clever_id = ?", clever_id)

    def user(self, district: str, clever_id: str) -> int | None:
        """The account a person signs in to: an active one of this district."""
        return self.value(
            "SELECT users.id FROM users JOIN districts ON districts.id = district_id"
            " WHERE users.clever_id = ? AND districts.clever_id = ? AND NOT archived",
            clever_id,
            district,
        )

    # Plain SQL

    def value(self, query: str, *values: Value) -> int | None:
        """The first column of the first row."""
        row = self.db.execute(query, values).fetchone()
        return None if row is None else row[0]

    def insert(self, table: str, row: Row) -> int:
        cursor = self.db.execute(inserting(table, tuple(row)), tuple(row.values()))
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def write(self, table: str, known: int, row: Row) -> None:
        self.db.execute(updating(table, tuple(row)), (known, *row.values()))

    def each(self, statement: str, rows: Iterable[tuple[Value, ...]]) -> None:
        if batch := tuple(rows):
            self.db.executemany(statement, batch)


@cache
def inserting(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


@cache
def updating(table: str, columns: tuple[str, ...]) -> str:
    """A statement that leaves a row alone which is as it should be."""
    values = ", ".join(f"{column} = ?{place}" for place, column in enumerate(columns, 2))
    differs = " OR ".join(f"{column} IS NOT ?{place}" for place, column in enumerate(columns, 2))
    return f"UPDATE {table} SET {values} WHERE id = ?1 AND ({differs})"


def places(role: Role, schools: Mapping[str, int]) -> Sequence[int | None]:
    """Our ids of a role's schools, or one None for a role without any."""
    return [schools[school] for school in role.schools if school in schools] or [None]
