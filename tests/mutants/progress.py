"""Mistakes in keeping people's work."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection

from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.store import Store


@mutant(
    "forgets-work-of-archived",
    sees="who comes back finds the account without the work",
    mistake="deletes the progress of users it archives",
    cause="deletes-work-with-account",
    breaks={"R8"},
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
