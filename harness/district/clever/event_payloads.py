"""Event payloads: a record as an event shows it, and what it was before.

As in the events recorded of "#DEMO Certification ISD - Events" on 26 March 2023. The fields are
described at https://dev.clever.com/docs/events-api
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from harness.district.data_model.records import Kind, Record


def event_object(kind: Kind, record: Record) -> dict[str, Any]:
    """A record as an event shows it.

    A student's role has no copy of the e-mail address; a contact's still has the flat fields of
    older versions beside its relationships.
    """
    fields = cast(dict[str, Any], record)
    if kind is not Kind.USERS:
        return fields
    roles = dict(fields["roles"])
    if roles.get("student"):
        roles["student"] = {
            name: value for name, value in roles["student"].items() if name != "email"
        }
    if roles.get("contact"):
        roles["contact"] = {**roles["contact"], **_flat_relationship(roles["contact"])}
    return {**fields, "roles": roles}


def _flat_relationship(contact: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of older versions, which name the first relationship only (recorded)."""
    rows = contact["student_relationships"]
    first = rows[0] if rows else {}
    return {
        "relationship": first.get("relationship", ""),
        "type": first.get("type", ""),
        "students": [row["student"] for row in rows],
    }


def previous_attributes(kind: Kind, before: Record, after: Record) -> dict[str, Any]:
    """What a record was before, as far as it differs and an event tells; empty if it does not.

    What was not there has no old value and is left out, unless nothing else changed: then null
    stands for it, so that an update is never one of nothing. How Clever writes it is not recorded.
    """
    was, now = event_object(kind, before), event_object(kind, after)
    return _differences(was, now) or _differences(was, now, additions=True)


def _differences(
    before: Mapping[str, Any], after: Mapping[str, Any], *, additions: bool = False
) -> dict[str, Any]:
    """Old values of changed leaves, nested as they are; lists and a changed `name` whole.

    `last_modified` is not among them, as recorded.
    """
    differences: dict[str, Any] = {}
    for name in {**after, **before}:
        old, new = before.get(name), after.get(name)
        if old == new or name == "last_modified":
            continue
        if isinstance(old, dict) and isinstance(new, dict) and name != "name":
            if below := _differences(old, new, additions=additions):
                differences[name] = below
        elif additions or name in before:
            differences[name] = old
    return differences
