"""Clever, as endpoints and faults know it: its apps, tokens, districts and time."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from harness.district.data_model.roster import Roster
from harness.simulator.access.clients import OAuthClient
from harness.simulator.access.logins import Logins
from harness.simulator.access.signer import Signer
from harness.simulator.access.tokens import Token, Tokens
from harness.simulator.http.message import Header, Request
from harness.simulator.roster.publication import Publication


class Clever(Protocol):
    """One Clever with its apps and districts. The simulator is one."""

    tokens: Tokens
    logins: Logins
    signer: Signer

    def now(self) -> float:
        """Protocol time in Unix seconds."""
        ...

    def request_id(self) -> Header:
        """A new `x-request-id`."""
        ...

    def client(self, identity: str) -> OAuthClient | None:
        """The registered app with that id."""
        ...

    def bearer(self, request: Request) -> Token | None:
        """The token a request carries, if it is in force."""
        ...

    def district_tokens(self, client: OAuthClient) -> tuple[Token, ...]:
        """An app's tokens for the districts in play."""
        ...

    @property
    def districts(self) -> tuple[str, ...]:
        """The Clever ids of the districts in play, in the order they connected."""
        ...

    def publication(self, district: str) -> Publication | None:
        """What a district shares at the moment."""
        ...

    def district_time(self, publication: Publication) -> datetime:
        """The moment it is for a district."""
        ...

    def publish(self, roster: Roster, *, at: datetime) -> None:
        """Makes a roster the district's current one."""
        ...

    def rotate(self, district: str, *, at: datetime) -> None:
        """Gives the district new tokens; the old ones stop working."""
        ...
