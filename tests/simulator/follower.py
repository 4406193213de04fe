"""An app that reads everything once and from then on follows the events, over HTTP answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from simulator.town import Caller

from harness.district.data_model.records import Kind

Held = dict[str, dict[str, dict[str, Any]]]
"""Kind → id → record as the Data API shows it."""


class Follower:
    """What the app holds; `cursor` is the id of the last event it processed."""

    def __init__(self, app: Caller, version: str = "v3.1") -> None:
        self.app = app
        self.version = version
        self.cursor = self.newest()
        self.held = self.everything()

    def newest(self) -> str:
        page = self._page(f"/{self.version}/events?ending_before=last&limit=1")
        return str(page["data"][0]["data"]["id"]) if page["data"] else ""

    def everything(self) -> Held:
        """A full sync."""
        return {
            kind: {
                record["data"]["id"]: record["data"]
                for page in self._walk(f"/{self.version}/{kind}?limit=500")
                for record in page["data"]
            }
            for kind in Kind
        }

    def news(self, limit: int = 100) -> list[dict[str, Any]]:
        """The events since the cursor, which stays where it is."""
        after = f"&starting_after={self.cursor}" if self.cursor else ""
        pages = self._walk(f"/{self.version}/events?limit={limit}{after}")
        return [event["data"] for page in pages for event in page["data"]]

    def apply(self, events: list[dict[str, Any]]) -> None:
        for event in events:
            apply(self.held, event)
            self.cursor = event["id"]

    def _walk(self, target: str) -> Iterator[dict[str, Any]]:
        for _ in range(10_000):
            page = self._page(target)
            yield page
            links = {link["rel"]: link["uri"] for link in page["links"]}
            if "next" not in links:
                return
            target = links["next"]
        raise AssertionError("the walk does not end")

    def _page(self, target: str) -> dict[str, Any]:
        self.app.simulator.reset_rate_limits()
        answer = self.app.get(target)
        assert answer.status == 200, (target, answer.body)
        page: dict[str, Any] = json.loads(answer.body)
        return page


def apply(held: Held, event: dict[str, Any]) -> None:
    """Writes one event into what is held: an upsert or a removal, whatever was there."""
    kind, _, action = event["type"].partition(".")
    record = event["data"]["object"]
    if action == "deleted":
        held[kind].pop(record["id"], None)
    else:
        held[kind][record["id"]] = as_read(record)


def as_read(told: dict[str, Any]) -> dict[str, Any]:
    """The object of an event as the Data API shows the same record."""
    if "roles" not in told:
        return told
    roles = dict(told["roles"])
    if "student" in roles:
        roles["student"] = {**roles["student"], "email": told["email"]}
    if "contact" in roles:
        flat = ("relationship", "type", "students")
        roles["contact"] = {k: said for k, said in roles["contact"].items() if k not in flat}
    return {**told, "roles": roles}


def undone(record: dict[str, Any], previous: dict[str, Any]) -> dict[str, Any]:
    """The record with its previous attributes put back; null takes a field away."""
    found = dict(record)
    for name, old in previous.items():
        now = record.get(name)
        if old is None:
            del found[name]
        elif isinstance(old, dict) and isinstance(now, dict) and name != "name":
            found[name] = undone(now, old)
        else:
            found[name] = old
    return found


def timeless(held: Held) -> Held:
    """What is held without the one field that moves although no event tells of it."""
    return {
        kind: {
            identity: {name: said for name, said in record.items() if name != "last_modified"}
            for identity, record in records.items()
        }
        for kind, records in held.items()
    }
