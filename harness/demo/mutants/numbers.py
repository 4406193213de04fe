"""Mistakes about what the numbers of a student information system look like."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.mutants.picky import Picky, role_of


class NeedsDigitsInNumbers(DemoAdapter):
    """The column of numbers takes numbers."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            held = (role_of(record, role).get("sis_id") for role in ("student", "teacher"))
            return [int(number, 16) for number in held if number] or True


class HasShortNumbers(DemoAdapter):
    """A number has two digits at least, and the column takes thirty-two."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            held = (role_of(record, role).get("sis_id") for role in ("student", "teacher"))
            return all(2 <= len(number) <= 32 for number in held if number)
