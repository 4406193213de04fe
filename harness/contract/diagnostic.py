"""Diagnostic: what an app exports for Clever's own validator, read as a snapshot.

`{"users": [{"clever_id": ..., "sis_id": ..., "status": ...}]}`. Source: Clever's validator, which
takes a user for active when `status` is `active` in whatever case, `is_active` is true,
`is_archived` is false, `deleted_at` is empty, or there is none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NOT_SHOWN = ("schools", "terms", "courses", "sections", "progress")
"""What a diagnostic.json has no place for, as keys of `HOLDABLE`."""


def is_diagnostic(document: object) -> bool:
    """Whether a document is a diagnostic.json, and no snapshot: no user has an ID of the app's."""
    if not isinstance(document, Mapping) or set(document) != {"users"}:
        return False
    users = document["users"]
    return (
        isinstance(users, list)
        and bool(users)
        and all(isinstance(row, Mapping) and not {"app_id", "roles"} & row.keys() for row in users)
    )


def snapshot_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The plain snapshot that a diagnostic.json shows. Every row counts as an account of its own.

    Rows without a Clever ID are users of the app's own.
    """
    users, local = [], []
    for number, row in enumerate(document["users"], start=1):
        app_id = f"row {number}"
        if clever_id := row.get("clever_id"):
            status = "active" if _is_active(row) else "archived"
            users.append({"clever_id": str(clever_id), "app_id": app_id, "status": status})
        else:
            local.append({"app_id": app_id, "name": str(row.get("sis_id") or app_id)})
    return {"users": users, "local_users": local}


def _is_active(row: Mapping[str, Any]) -> bool:
    """The first flag that is set decides, in the validator's order."""
    if row.get("status") is not None:
        return str(row["status"]).lower() == "active"
    if row.get("is_active") is not None:
        return row["is_active"] is True
    if row.get("is_archived") is not None:
        return row["is_archived"] is False
    return not row.get("deleted_at")
