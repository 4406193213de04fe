"""An app that keeps the first page of a district's people: a rehearsal of it is soon over."""

from __future__ import annotations

import json
from base64 import b64encode
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from harness.contract.connection import Connection

_OPEN = build_opener(ProxyHandler({})).open
ROLES = ("student", "teacher", "staff", "district_admin", "contact")


class FirstPageApp:
    """Drives it; the app is this object."""

    def __init__(self) -> None:
        self.users: dict[str, list[dict[str, object]]] = {}

    def connect(self, connection: Connection) -> None:
        """Nothing to do."""

    def sync(self, connection: Connection, mode: object) -> dict[str, str]:
        try:
            page = _json(f"{connection.api}/v3.1/users?limit=20", f"Bearer {_token(connection)}")
        except OSError as problem:
            return {"state": "failed", "reason": str(problem)}
        self.users[connection.district] = [_held(row["data"]) for row in page["data"]]
        return {"state": "completed"}

    def snapshot(self, connection: Connection) -> dict[str, object]:
        return {"users": self.users.get(connection.district, [])}


def _token(connection: Connection) -> str:
    key = b64encode(f"{connection.client_id}:{connection.client_secret}".encode()).decode()
    query = urlencode({"owner_type": "district", "district": connection.district})
    tokens = _json(f"{connection.accounts}/oauth/tokens?{query}", f"Basic {key}")
    return str(tokens["data"][0]["access_token"])


def _json(url: str, key: str) -> dict[str, list[dict[str, dict[str, object]]]]:
    with _OPEN(Request(url, headers={"Authorization": key}), timeout=20) as answer:
        page: dict[str, list[dict[str, dict[str, object]]]] = json.load(answer)
    return page


def _held(record: dict[str, object]) -> dict[str, object]:
    roles = record["roles"]
    assert isinstance(roles, dict)
    return {
        "clever_id": record["id"],
        "app_id": record["id"],
        "email": record.get("email"),
        "roles": [{"role": role} for role in ROLES if role in roles],
    }
