"""OAuthClient: an app as it is registered with Clever."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.simulator.access.scopes import SECURE_SYNC


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthClient:
    """An app's credentials and what it may read."""

    id: str
    secret: str = field(repr=False)
    scopes: tuple[str, ...] = SECURE_SYNC
    redirect_uris: tuple[str, ...] = ()
    """The allow list of the login; the first is the primary one."""
    openid: bool = False
    """Whether Clever enabled OpenID Connect for it, so that a code also buys an identity token."""
    login_roles: tuple[str, ...] = ("student", "teacher", "staff", "district_admin")
    """The roles that may log in to it."""
    flags_impersonation: bool = True
    """Whether the callback tells that a district admin logs in as somebody else."""
    me_names_role: bool = True
    """Whether `/me` has the role as `data.type`, as recorded, rather than "user", as documented."""
