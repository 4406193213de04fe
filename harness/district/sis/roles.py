"""Roles: the fields of a person's roles, in Clever's shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.district.data_model.records import Roles


def with_role_fields(roles: Roles, role: str, fields: Mapping[str, object]) -> Roles:
    """Roles with fields of one of them set; None leaves a field out."""
    before: Mapping[str, Any] = {**roles}
    record = {**before.get(role, {}), **fields}
    record = {key: value for key, value in record.items() if value is not None}
    after: Any = {**before, role: record}
    roles_after: Roles = after
    return roles_after
