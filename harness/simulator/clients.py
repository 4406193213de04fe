"""Client: an app as it is registered with Clever."""

from __future__ import annotations

from dataclasses import dataclass, field

SECURE_SYNC = (
    "read:district_admins_limited",
    "read:ell_status",
    "read:frl_status",
    "read:iep_status",
    "read:school_admins_limited",
    "read:sections_limited",
    "read:student_contacts",
    "read:students_launchpad",
    "read:students_limited",
    "read:teachers_limited",
    "read:user_id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """An app's credentials and what it may read."""

    id: str
    secret: str = field(repr=False)
    scopes: tuple[str, ...] = SECURE_SYNC
    redirect_uris: tuple[str, ...] = ()
    """The allow list of the login; the first is the primary one."""
