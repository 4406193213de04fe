"""The database of a composed app: a row for each record, or several, and the lessons done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Row:
    """A row of the app's database."""

    app_id: str
    kind: str
    key: tuple[str, ...]
    clever_id: str
    active: bool = True
    missed: bool = False
    """Whether the last sync did not contain it."""
    modified: str = ""
    """`last_modified` of what it was updated with."""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Database:
    """What the app holds for one district."""

    rows: dict[str, Row] = field(default_factory=dict)
    by_key: dict[tuple[str, ...], Row] = field(default_factory=dict)
    """Kind and key → the row that has them."""
    lessons: list[tuple[str, str, str]] = field(default_factory=list)
    """Account, lesson, and the row of the section it was done in, or ""."""


def people_in_use(held: Database) -> set[str]:
    """The Clever IDs of the users with an active row."""
    return {row.clever_id for row in held.rows.values() if row.kind == "users" and row.active}
