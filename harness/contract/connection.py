"""Connection: what an app needs to reach Clever for one district."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Where Clever is, which credentials the app uses, and which district it syncs.

    It contains no token: an app reads its district token from
    `GET {accounts}/oauth/tokens?owner_type=district` with HTTP Basic, as it does with Clever.
    """

    api: str
    """Base URL that replaces https://api.clever.com, without a trailing slash or version."""
    accounts: str
    """Base URL that replaces https://clever.com, without a trailing slash."""
    client_id: str
    client_secret: str = field(repr=False)
    district: str
    """Clever ID of the district."""
    district_name: str = ""
    """What the district is called at Clever, for apps in which operators enter it."""
    schools: tuple[str, ...] = ()
    """Clever IDs of the schools it shares, for apps in which operators enter them."""
    day: str = ""
    """Today in the district, as YYYY-MM-DD: a rehearsal is a school year of a few minutes.

    For apps that count days, such as those of an absence. Timestamps at Clever are real ones.
    """
