"""Mistakes in keeping people's work."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection, Iterable

from harness.demo.adapter import DemoAdapter
from harness.demo.store import Store


class HistoryTiedToSection(DemoAdapter):
    """Work is done in a class, so it belongs to the class."""

    class store(Store):
        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            super().set_members(section, role, people)
            self.db.execute(
                "DELETE FROM progress WHERE section_id = ? AND user_id NOT IN"
                " (SELECT user_id FROM members WHERE section_id = ?)",
                (section, section),
            )

        def archive(self, table: str, rows: Collection[int]) -> None:
            super().archive(table, rows)
            if table == "sections":
                self.each("DELETE FROM progress WHERE section_id = ?", ((row,) for row in rows))


class ForgetsWorkOfArchived(DemoAdapter):
    """The account can come back; what was on its bookshelf is cleared with the locker."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            super().archive(table, rows)
            if table == "users":
                self.each("DELETE FROM progress WHERE user_id = ?", ((row,) for row in rows))
