"""Picky: handles each record on its own, as one should, and leaves out what its rules refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from harness.demo.client import Client, Record

WRONG = (AttributeError, IndexError, KeyError, TypeError, ValueError)


class Picky(Client):
    """Skips the records of some lists that it cannot make sense of, or that raise on the way."""

    paths: ClassVar[tuple[str, ...]] = ("users",)

    def records(self, path: str) -> list[Record]:
        records = super().records(path)
        return [one for one in records if self.passes(one)] if path in self.paths else records

    def passes(self, record: Record) -> bool:
        try:
            return bool(self.accepts(record))
        except WRONG:
            return False

    def accepts(self, record: Record) -> object:
        """Anything truthy lets a record in."""
        return record


def role_of(record: Record, name: str) -> Mapping[str, Any]:
    """A role of a user, empty when they do not have it."""
    role: Mapping[str, Any] = record["roles"].get(name) or {}
    return role
