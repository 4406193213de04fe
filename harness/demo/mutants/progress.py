"""Mistakes in keeping people's work."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection, Iterable

from harness.demo.adapter import DemoAdapter
from harness.demo.store import Store


class HistoryTiedToSection(DemoAdapter):
    """Work is done in a class. Who leaves it, or whose class is closed, hands the books in."""

    class store(Store):
        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            before = self.members(section)
            super().set_members(section, role, people)
            self.hand_in(before - self.members(section))

        def archive(self, table: str, rows: Collection[int]) -> None:
            if table == "sections":
                self.hand_in({member for row in rows for member in self.members(row)})
            super().archive(table, rows)

        def members(self, section: int) -> set[int]:
            query = "SELECT user_id FROM members WHERE section_id = ?"
            return {row["user_id"] for row in self.db.execute(query, (section,))}

        def hand_in(self, users: Iterable[int]) -> None:
            self.each("DELETE FROM progress WHERE user_id = ?", ((user,) for user in users))


class ForgetsWorkOfArchived(DemoAdapter):
    """The account can come back; what was on its bookshelf is cleared with the locker."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            super().archive(table, rows)
            if table == "users":
                self.each("DELETE FROM progress WHERE user_id = ?", ((row,) for row in rows))


class LeavesWorkInTheBrowser(DemoAdapter):
    """Work is kept in the browser until the sign-out, and nobody signs out."""

    class store(Store):
        def finish_lesson(self, user: int, lesson: str) -> None:
            pass
