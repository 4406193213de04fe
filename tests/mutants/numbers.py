"""Mistakes about what the numbers of a student information system look like."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from mutants.picky import Picky, role_of

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
