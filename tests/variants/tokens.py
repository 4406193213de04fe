"""Apps whose operators enter the tokens of districts."""

from __future__ import annotations

from typing import Any

import httpx

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client
from harness.demo.registry import variant


@variant("has-tokens-pasted", "an operator pastes the tokens, and a refused district is paused")
class HasTokensPasted(DemoAdapter):
    """Whoever looks after a district pastes its token, and another one if Clever refuses it."""

    def __init__(self, database: str | None = None, **options: Any) -> None:
        super().__init__(database, **options)
        self.pasted: dict[str, str] = {}
        self.paused: set[str] = set()

    def connect(self, connection: Connection) -> None:
        super().connect(connection)
        self.paste(connection)

    def renew_token(self, connection: Connection) -> None:
        self.paste(connection)
        self.paused.discard(connection.district)

    def paste(self, connection: Connection) -> None:
        with self.http() as http:
            token = super().open_client(http, connection).token()
        self.pasted[connection.district] = token

    def open_client(self, http: httpx.Client, connection: Connection) -> Client:
        client = super().open_client(http, connection)
        client._token = self.pasted.get(connection.district)
        return client

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        if connection.district in self.paused:
            return Sync(state=SyncState.REFUSED, reason="Paused until somebody enters a token.")
        ended = super().sync(connection, mode)
        if "answered with 401" in ended.reason:
            self.paused.add(connection.district)
        return ended
