"""The command adapter of Satchel: one JSON call on stdin, one JSON answer on stdout.

rosterready runs this program once per call. It knows nothing of rosterready but the documents in
reports/schemas/, and answers from the app, never from Clever. Logs belong on stderr.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from satchel import Clever, Record, Satchel, SyncStoppedError

APP = Satchel(Path(__file__).parent / "data")


def main() -> None:
    call = json.load(sys.stdin)
    answer = CALLS[call["call"]](call)
    json.dump(answer, sys.stdout)


def describe(call: Record) -> Record:
    """Which version of the contract this speaks, and which optional calls it answers."""
    return {"contract": 1, "capabilities": ["progress"]}


def connect(call: Record) -> None:
    """Nothing to do: a district appears in Satchel with its first sync."""


def sync(call: Record) -> Record:
    """A sync that cannot go on is a result: say how it ended and why."""
    connection = call["connection"]
    district = connection["district"]
    client = connection["client_id"], connection["client_secret"]
    try:
        clever = Clever(connection["api"], connection["accounts"], client, district)
        return {"state": "completed", "log": APP.sync(clever, district)}
    except SyncStoppedError as stop:
        return {"state": "refused", "reason": f"{stop}; nothing was changed."}


def snapshot(call: Record) -> Record:
    """What Satchel holds for the district, archived rows included."""
    held = APP.read(call["connection"]["district"])
    return {
        **{kind: [named(*item) for item in held[kind].items()] for kind in NAMED},
        "sections": [section(*item) for item in held["sections"].items()],
        "users": [user(*item) for item in held["users"].items()],
        "progress": held["lessons"],
    }


def finish_lesson(call: Record) -> None:
    """An act that fails exits with a code other than 0 and says why on stderr."""
    APP.finish(call["connection"]["district"], call["clever_id"], call["lesson"])


NAMED = ("schools", "terms", "courses")
CALLS = {
    "describe": describe,
    "connect": connect,
    "sync": sync,
    "snapshot": snapshot,
    "finish_lesson": finish_lesson,
}


def row(clever_id: str, held: Record) -> Record:
    """What every row of a snapshot has."""
    status = "archived" if held["archived"] else "active"
    return {"clever_id": clever_id, "app_id": held["id"], "status": status}


def named(clever_id: str, held: Record) -> Record:
    return {**row(clever_id, held), "name": text(held["clever"], "name")}


def section(clever_id: str, held: Record) -> Record:
    clever = held["clever"]
    return {
        **named(clever_id, held),
        "school": text(clever, "school"),
        "course": text(clever, "course"),
        "term": text(clever, "term_id"),
        "teachers": clever["teachers"],
        "students": clever["students"],
    }


def user(clever_id: str, held: Record) -> Record:
    clever = held["clever"]
    roles = {role: values for role, values in clever["roles"].items() if values is not None}
    related = roles.get("contact", {}).get("student_relationships", [])
    return {
        **row(clever_id, held),
        "first_name": text(clever["name"], "first"),
        "last_name": text(clever["name"], "last"),
        "email": text(clever, "email"),
        "roles": [{"role": one, "schools": roles[one].get("schools", [])} for one in roles],
        "student_relationships": [
            {"student": one["student"], "relationship": text(one, "relationship")}
            for one in related
        ],
    }


def text(record: Record, key: str) -> str | None:
    """Absent, null and "" all mean that Clever does not say."""
    value: Any = record.get(key)
    return str(value) if value else None


if __name__ == "__main__":
    main()
