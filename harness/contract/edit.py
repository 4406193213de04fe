"""Edit: a manual change that a teacher or an administrator makes in the app."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EditKind(StrEnum):
    """The six edits Clever's certification guide asks about, and the name of a class."""

    ADD_ROLE = "add-role"  # `user` gets another `role`
    CREATE_USER = "create-user"  # a user called `name`, unknown to Clever
    CREATE_GROUP = "create-group"  # a group called `name` of `users`
    SPLIT_SECTION = "split-section"  # a subgroup of `section` called `name`, of `users`
    ADD_STUDENT = "add-student"  # `user` joins `section`
    REMOVE_STUDENT = "remove-student"  # `user` leaves `section`
    RENAME_SECTION = "rename-section"  # `section` is called `name` from now on


class EditPersistence(StrEnum):
    """What becomes of an edit."""

    PERSISTS = "persists"  # until somebody undoes it
    OVERWRITTEN = "overwritten"  # by the next sync
    NOT_POSSIBLE = "not-possible"  # the app does not let anybody make it


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit. IDs are Clever IDs; the wire form is `reports/schemas/edit.schema.json`."""

    kind: EditKind
    user: str = ""
    section: str = ""
    role: str = ""
    """The added role, in Clever's words."""
    name: str = ""
    """The name of the new user or group, or the section's new one, as the snapshot shows it."""
    users: tuple[str, ...] = ()
    """Members of the new group."""
