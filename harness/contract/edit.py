"""Edit: what a teacher or an administrator changes in the app by hand, beside the sync."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EditKind(StrEnum):
    """The six edits Clever's certification guide asks about."""

    ADD_ROLE = "add-role"  # `user` gets the further `role`
    CREATE_USER = "create-user"  # a user called `name`, whom Clever does not know
    CREATE_GROUP = "create-group"  # a group called `name` of `users`
    SPLIT_SECTION = "split-section"  # a subgroup of `section` called `name`, of `users`
    ADD_STUDENT = "add-student"  # `user` joins `section`
    REMOVE_STUDENT = "remove-student"  # `user` leaves `section`


class EditPersistence(StrEnum):
    """What becomes of an edit."""

    PERSISTS = "persists"  # until somebody changes it by hand
    OVERWRITTEN = "overwritten"  # by the next sync
    NOT_POSSIBLE = "not-possible"  # the app does not let anybody make it


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit. Ids are Clever ids; the wire form is `reports/schemas/edit.schema.json`."""

    kind: EditKind
    user: str = ""
    section: str = ""
    role: str = ""
    """Clever's word for the role that is added."""
    name: str = ""
    """What to call the user or group that is made; the snapshot shows it under this name."""
    users: tuple[str, ...] = ()
    """Members of the group that is made."""
