"""Topics: what a difference is about, and so which requirement it belongs to."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """What a difference between Clever and the app is about."""

    NEW = "new"  # R5: shared for the first time, and not in use
    VALUES = "values"  # R5: a name, a link or an address
    IN_USE = "in use"  # R6: shared before, still or again, and not in use
    LEFT_OVER = "left over"  # R6: no longer shared, and in use or deleted
    STRANGERS = "strangers"  # G7: never shared, and in use
    MEMBERS = "members"  # R9
    SCHOOLS = "schools"  # G2
    ROLES = "roles"  # G3
    RELATIONSHIPS = "relationships"  # G4
    ROLE_SCHOOLS = "role schools"  # G8
    AFTER_FAULTS = "after faults"  # T6: anything the fault days left behind
    EVENTS = "events"  # E1: anything a full sync mended that events had not
