"""ControlContext: what the control API works on: one Clever, its app and its days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from harness.simulator.access.clients import OAuthClient
from harness.simulator.control.body import ControlError
from harness.simulator.roster.publication import Publication
from harness.simulator.simulator import Simulator

JsonObject = dict[str, object]
"""An answer of the control API, before it is JSON."""


class ServedDays(Protocol):
    """The days a Clever can be moved through; whoever serves it brings them."""

    @property
    def days(self) -> tuple[str, ...]:
        """The names of the days, in order."""
        ...

    @property
    def today(self) -> str:
        """The day that is played."""
        ...

    def move_to(self, day: str) -> None:
        """Plays every day up to one that lies ahead; raises UsageError for any other."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlContext:
    """What the control API works on."""

    simulator: Simulator
    year: ServedDays
    url: Callable[[], str]
    """Base URL of the server."""

    @property
    def client(self) -> OAuthClient:
        return self.simulator.clients[0]

    def publication(self, district: str) -> Publication:
        """What a district shares; raises Refused for one that is not in play."""
        publication = self.simulator.publication(district)
        if publication is None:
            raise ControlError(404, f"There is no district {district}.")
        return publication


Endpoint = Callable[..., object]
"""Takes the context, the request and, where the path has one, the `identity`."""

Endpoints = dict[tuple[str, str], Endpoint]
"""By method and path below the prefix."""
