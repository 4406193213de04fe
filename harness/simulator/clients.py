"""Client: an app as it is registered with Clever."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.simulator.scopes import SECURE_SYNC


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """An app's credentials and what it may read."""

    id: str
    secret: str = field(repr=False)
    scopes: tuple[str, ...] = SECURE_SYNC
    redirect_uris: tuple[str, ...] = ()
    """The allow list of the login; the first is the primary one."""
