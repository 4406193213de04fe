"""Satchel: a tiny homework app that takes its rosters from Clever and keeps them in JSON files.

One file holds one district. A record is found by its Clever id, has an id of our own that never
changes, and is archived rather than deleted. Standard library only.
"""

from __future__ import annotations

import base64
import http.client
import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]
"""A JSON object: one of Clever's, or a row of ours."""

RETRIES = 5
KINDS = ("schools", "terms", "courses", "sections", "users")


class SyncStoppedError(Exception):
    """A district cannot be read completely now; the reason is a sentence for the operator."""


class Clever:
    """Clever's API for one district. A list is read whole, or SyncStoppedError is raised."""

    # Clever is reached directly, whatever proxies this machine has.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def __init__(self, api: str, accounts: str, client: tuple[str, str], district: str) -> None:
        self.api = api
        self.headers = {"Authorization": f"Bearer {self.token(accounts, client, district)}"}

    def token(self, accounts: str, client: tuple[str, str], district: str) -> str:
        """The district's token, asked for in every sync, since districts rotate theirs."""
        basic = base64.b64encode(":".join(client).encode()).decode()
        url = f"{accounts}/oauth/tokens?owner_type=district"
        granted = self.get(url, {"Authorization": f"Basic {basic}"})["data"]
        for token in granted:
            if token["owner"]["id"] == district:
                return str(token["access_token"])
        raise SyncStoppedError(f"Clever lists no token for district {district}")

    def records(self, kind: str) -> Iterator[Record]:
        """Every record of a kind: the links lead from page to page until there is no next one."""
        path: str | None = f"/v3.1/{kind}?limit=100"
        while path is not None:
            page = self.get(self.api + path, self.headers)
            if not isinstance(page, dict) or not isinstance(page.get("data"), list):
                raise SyncStoppedError(f"{path} was answered without a list of {kind}")
            for item in page["data"]:
                yield item["data"]
            links = {link["rel"]: link["uri"] for link in page["links"]}
            path = links.get("next")

    def get(self, url: str, headers: dict[str, str]) -> Record:
        """One answer; a rate limit or a failure of Clever's is waited out, five times at most."""
        trouble, pause = "", 0.1
        for attempt in range(RETRIES + 1):
            if attempt:
                time.sleep(min(pause, 60))
                pause *= 2
            try:
                request = urllib.request.Request(url, headers=headers)
                with self.opener.open(request, timeout=10) as answer:
                    found: Record = json.load(answer)
                    return found
            except urllib.error.HTTPError as error:
                trouble = f"status {error.code}"
                error.close()
                if error.code != 429 and error.code < 500:
                    break  # asking again would not help
                if error.code == 429:  # the header is a moment, in Unix seconds
                    reset = float(error.headers.get("x-ratelimit-reset", 0))
                    pause = max(pause, reset - time.time())
            except (OSError, ValueError, http.client.HTTPException) as error:
                trouble = str(error)
        raise SyncStoppedError(f"{url} could not be read: {trouble}")


class Satchel:
    """The app: a folder with one file for each district."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def sync(self, clever: Clever, district: str) -> str:
        """Read everything, then take it over; when that raises, nothing was changed."""
        reading = {kind: list(clever.records(kind)) for kind in KINDS}
        held = self.read(district)
        for kind, records in reading.items():
            take_over(held[kind], records)
        self.write(district, held)
        return ", ".join(f"{len(records)} {kind}" for kind, records in reading.items())

    def finish(self, district: str, clever_id: str, lesson: str) -> None:
        """A student hands in homework; raises LookupError without an account in use."""
        held = self.read(district)
        user = held["users"].get(clever_id)
        if user is None or user["archived"]:
            raise LookupError(f"Satchel has no active account for {clever_id}")
        held["lessons"].append({"account": user["id"], "lesson": lesson})
        self.write(district, held)

    def read(self, district: str) -> Record:
        """What is held for a district: for each kind, Clever id → row; and the homework done."""
        path = self.path(district)
        if path.exists():
            held: Record = json.loads(path.read_text("utf-8"))
            return held
        return {**{kind: {} for kind in KINDS}, "lessons": []}

    def write(self, district: str, held: Record) -> None:
        """In one step, so that a crash leaves the old file or the new one."""
        self.folder.mkdir(exist_ok=True)
        part = self.path(district).with_suffix(".part")
        part.write_text(json.dumps(held), "utf-8")
        part.replace(self.path(district))

    def path(self, district: str) -> Path:
        return self.folder / f"{district}.json"


def take_over(rows: dict[str, Record], records: list[Record]) -> None:
    """Create, update and restore what is shared; archive what is not, with all that hangs on it."""
    for record in records:
        row = rows.setdefault(record["id"], {"id": uuid.uuid4().hex})
        row.update(clever=record, archived=False)
    shared = {record["id"] for record in records}
    for clever_id, row in rows.items():
        if clever_id not in shared:
            row["archived"] = True
