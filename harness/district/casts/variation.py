"""Variation: one value by which a record of a generated table differs from an ordinary one."""

from __future__ import annotations

from dataclasses import dataclass

from harness.district.data_model.raw import Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """A value in one field, or none there."""

    path: str
    """The field, as a dotted path into the record."""
    words: str
    """What is unusual about it: `in capitals`, `null`."""
    value: str
    """As it is sent; "" if nothing is."""
    raw: Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """A field that the table does not vary, and why."""

    path: str
    why: str
