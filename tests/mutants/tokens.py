"""Mistakes with the token that an operator enters."""

from __future__ import annotations

from variants.tokens import HasTokensPasted

from harness.contract.connection import Connection
from harness.demo.registry import mutant


@mutant(
    "stays-paused",
    sees="the district has a new token, and its new students have no accounts",
    mistake="stores the new token of a district and leaves the district paused",
    cause="sync-breaks-down",
    breaks={"T6"},
    blocks={"G10", "T1"},
    plays={"lists-fail"},
)
class StaysPaused(HasTokensPasted):
    """The form has a field for the token, and the pause is on another page."""

    def renew_token(self, connection: Connection) -> None:
        self.paste(connection)
