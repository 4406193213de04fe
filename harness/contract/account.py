"""Account: somebody who was in the app before Clever was connected."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a vendor knows of such a person; there is no Clever id yet.

    The wire form is `reports/schemas/account.schema.json`.
    """

    role: str
    """Clever's word for what the person is: student, teacher, staff, district_admin or contact."""
    first_name: str
    last_name: str
    email: str | None = None
    number: str | None = None
    """The number the school knows the person by: Clever's student_number or teacher_number."""
    school: str = ""
    """Name of the person's school, which need not be in the app yet."""
    lessons: tuple[str, ...] = ()
    """Work done in the account so far; empty when the app keeps no progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """The account that was made, by the app's own id: the one `local_users` shows it under."""

    app_id: str
