"""Connection: what an app needs to reach Clever for one district."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Where Clever is, as whom the app speaks to it, and which district is meant.

    There is no token in it: an app reads its district token from
    `GET {accounts}/oauth/tokens?owner_type=district` with HTTP Basic, as it would at Clever.
    """

    api: str
    """Base URL that stands for https://api.clever.com, without a trailing slash or version."""
    accounts: str
    """Base URL that stands for https://clever.com, without a trailing slash."""
    client_id: str
    client_secret: str = field(repr=False)
    district: str
    """Clever id of the district to sync."""
