"""Account: somebody who used the app before the district connected Clever."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a vendor knows about such a person; there is no Clever ID of today.

    The wire form is `reports/schemas/account.schema.json`.
    """

    role: str
    """The role in Clever's words: student, teacher, staff, district_admin or contact."""
    first_name: str
    last_name: str
    email: str | None = None
    number: str | None = None
    """The number the school knows the person by: Clever's student_number or teacher_number."""
    school: str = ""
    """Name of the person's school, which need not be in the app yet."""
    former_clever_id: str | None = None
    """The Clever ID from version 2 of the API: Clever's `legacy_id` of the role, a student's `id`.

    For apps that stored it before they moved to version 3. It comes without address or number.
    """
    lessons: tuple[str, ...] = ()
    """Lessons finished so far; empty if the app keeps no progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """The created account, by the app's own ID, under which `local_users` lists it."""

    app_id: str
