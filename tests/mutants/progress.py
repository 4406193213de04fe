"""Mistakes in keeping people's work."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection, Iterable

from harness.demo.adapter import DemoAdapter
from harness.demo.export import PROGRESS, Export
from harness.demo.registry import mutant
from harness.demo.schema import SCHEMA
from harness.demo.store import Held, Row, Store

ON_SHELVES = PROGRESS.replace("users.id = user_id", "coalesce(users.email, users.id) = shelf")
"""The work of a district, each piece with whoever has the address that it is stored under."""


@mutant(
    "forgets-work-of-archived",
    sees="who comes back finds the account without the work",
    mistake="deletes the progress of users it archives",
    cause="deletes-work-with-account",
    breaks={"R8"},
    plays={"comings-and-goings"},
)
class ForgetsWorkOfArchived(DemoAdapter):
    """The account can come back; what was on its bookshelf is cleared with the locker."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            super().archive(table, rows)
            if table == "users":
                self.each("DELETE FROM progress WHERE user_id = ?", ((row,) for row in rows))


@mutant(
    "leaves-work-in-the-browser",
    sees="what was finished is not there the next time",
    mistake="does not store a finished lesson",
    cause="work-never-appears",
    breaks={"R8"},
    blocks={"R1", "R4", "R6"},
)
class LeavesWorkInTheBrowser(DemoAdapter):
    """Work is kept in the browser until the sign-out, and nobody signs out."""

    class store(Store):
        def finish_lesson(self, user: int, lesson: str) -> None:
            pass


@mutant(
    "keeps-work-under-the-address",
    sees="children who swap addresses have each other's work, or one of them has all of it",
    mistake="stores work under the e-mail address, and moves it there when somebody has another",
    cause="work-moves:email",
    breaks={"R8"},
)
class KeepsWorkUnderTheAddress(DemoAdapter):
    """The bookshelves are another service, to which people are their addresses."""

    class store(Store):
        schema = SCHEMA.replace("lesson TEXT NOT NULL", "lesson TEXT NOT NULL, shelf TEXT")

        def finish_lesson(self, user: int, lesson: str) -> None:
            self.insert("progress", {"user_id": user, "lesson": lesson, "shelf": self.shelf(user)})

        def write(self, table: str, known: int, row: Row) -> None:
            if table == "users" and row.get("email"):
                change = "UPDATE progress SET shelf = ? WHERE shelf = ?"
                self.db.execute(change, (row["email"], self.shelf(known)))
            super().write(table, known, row)

        def shelf(self, user: int) -> int | None:
            return self.value("SELECT coalesce(email, id) FROM users WHERE id = ?", user)

    class export(Export):
        def rows(self, query: str) -> Iterable[Held]:
            return super().rows(ON_SHELVES if query == PROGRESS else query)
