"""Mistakes about what the numbers of a student information system look like."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from mutants.picky import Picky, role_of

from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot, Work
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.registry import mutant


@mutant(
    "needs-digits-in-numbers",
    sees="people whose number has letters have no account",
    mistake="leaves out students and teachers whose `sis_id` is no number",
    cause="odd-value:sis_id",
    breaks={"R2"},
)
class NeedsDigitsInNumbers(DemoAdapter):
    """The column of numbers takes numbers."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            held = (role_of(record, role).get("sis_id") for role in ("student", "teacher"))
            return [int(number, 16) for number in held if number] or True


@mutant(
    "has-short-numbers",
    sees="people with a very short or a very long number have no account",
    mistake="leaves out students and teachers whose `sis_id` has not 2 to 32 characters",
    cause="odd-value:sis_id",
    breaks={"R2"},
)
class HasShortNumbers(DemoAdapter):
    """A number has two digits at least, and the column takes thirty-two."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            held = (role_of(record, role).get("sis_id") for role in ("student", "teacher"))
            return all(2 <= len(number) <= 32 for number in held if number)


@mutant(
    "lends-by-card-number",
    sees="a child sees the work of somebody in another district",
    mistake="keeps work by the number an account has in its district, in one list for all",
    cause="work-of-another-district",
    breaks={"R8"},
)
class LendsByCardNumber(DemoAdapter):
    """Card 17 has one list of loans, and every library has a card 17."""

    @cached_property
    def loans(self) -> dict[int, set[str]]:
        return {}

    def snapshot(self, connection: Connection) -> Snapshot:
        held = super().snapshot(connection)
        cards = {
            user.app_id: card
            for card, user in enumerate(sorted(held.users, key=lambda user: int(user.app_id)))
        }
        for work in held.progress:
            if work.account in cards:
                self.loans.setdefault(cards[work.account], set()).add(work.lesson)
        lent = (
            Work(account=account, lesson=lesson)
            for account, card in cards.items()
            for lesson in sorted(self.loans.get(card, ()))
        )
        return replace(held, progress=tuple(dict.fromkeys((*held.progress, *lent))))
