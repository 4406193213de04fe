"""Mistakes with the tokens of several districts."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from httpx import codes

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.registry import mutant


@mutant(
    "tries-the-next-token",
    sees="when a district revokes its token, its students are gone and others are there",
    mistake="goes on with the token of another district when Clever refuses the district's own",
    cause="token-of-another-district",
    breaks={"G6", "T1", "T6", "T7"},
    plays={"lists-fail"},
)
class TriesTheNextToken(DemoAdapter):
    """There is a list of tokens, and one of them always works."""

    class client(Client):
        def records(self, path: str) -> list[Record]:
            try:
                return super().records(path)
            except Stopped as stop:
                mine = self.connection.district
                others = [token for whose, token in self.tokens().items() if whose != mine]
                if stop.status != codes.UNAUTHORIZED or not others:
                    raise
                self._token = others[0]
                return super().records(path)
