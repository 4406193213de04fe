"""Mistakes with ids that are new after every sync."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from variants.passing_ids import RebuildsEverything

from harness.contract.snapshot import Work
from harness.demo.registry import mutant


@mutant(
    "leaves-work-with-the-old-ids",
    sees="everybody's lessons are gone in the morning",
    mistake="gives users new ids, as declared, and leaves their work with the old ones",
    cause="work-tied-to-class",
    breaks={"R1", "R6", "R8"},
)
class LeavesWorkWithTheOldIds(RebuildsEverything):
    """Lessons are in a database of another team, which knows users by their ids."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.done: dict[str, int] = {}

    def linked(
        self, progress: Iterable[Work], accounts: Collection[str], number: int
    ) -> Iterable[Work]:
        for work in progress:
            if work.account in accounts:
                self.done.setdefault(work.lesson, number)
        now = [work for work in progress if self.done.get(work.lesson, number) == number]
        return super().linked(now, accounts, number)
