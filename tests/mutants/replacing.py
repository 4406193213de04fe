"""Mistakes in which a record that goes on at Clever is another one in the app."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Mapping, Sequence

from variants.views import RowPerRole

from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.store import Row, Store


class NewRows(Store):
    """Moves whatever hangs on a record to a row of another id."""

    hanging: Mapping[str, Sequence[tuple[str, str]]] = {
        "schools": (("sections", "school_id"), ("roles", "school_id")),
        "terms": (("sections", "term_id"),),
        "courses": (("sections", "course_id"),),
        "sections": (("members", "section_id"),),
        "users": (
            *(("roles", "user_id"), ("members", "user_id"), ("progress", "user_id")),
            *(("relationships", "contact_id"), ("relationships", "student_id")),
            ("group_members", "user_id"),
        ),
    }

    def moved(self, table: str, known: int) -> int:
        """The new id of a row."""
        new = (self.value("SELECT seq FROM sqlite_sequence WHERE name = ?", table) or 0) + 1
        self.db.execute("PRAGMA defer_foreign_keys = ON")
        self.db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (new, table))
        self.db.execute(f"UPDATE {table} SET id = ? WHERE id = ?", (new, known))
        for other, column in self.hanging[table]:
            self.db.execute(f"UPDATE {other} SET {column} = ? WHERE {column} = ?", (new, known))
        return new


@mutant(
    "new-rows-for-new-names",
    sees="links to whoever was renamed lead nowhere",
    mistake="makes a new row for a record that is renamed, and moves all that hangs on it there",
    cause="looked-up-by:name",
    breaks={"R1"},
)
class NewRowsForNewNames(DemoAdapter):
    """What has another name is something else, and takes everything along."""

    class store(NewRows):
        def save(self, table: str, district: int, row: Row) -> int:
            known = self.find(table, row)
            if known is not None and self.renamed(table, known, row):
                self.moved(table, known)
            return super().save(table, district, row)

        def renamed(self, table: str, known: int, row: Row) -> bool:
            then = self.db.execute(f"SELECT * FROM {table} WHERE id = ?", (known,)).fetchone()
            names = ("last_name", "first_name") if table == "users" else ("name",)
            return any(then[name] != row[name] for name in names)


@mutant(
    "new-rows-of-each-role-for-new-names",
    sees="who marries has other accounts, with the work of the old ones",
    mistake="keeps an account for each role, as declared, and makes new ones when the name changes",
    cause="looked-up-by:name",
    breaks={"R1"},
)
class NewRowsOfEachRoleForNewNames(RowPerRole):
    """An account is known by a name and a role."""

    class store(NewRowsForNewNames.store):
        def renamed(self, table: str, known: int, row: Row) -> bool:
            return table == "users" and super().renamed(table, known, row)
