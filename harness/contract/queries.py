"""Queries: what the rows of a snapshot are read with from a database, and how they become one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns a query may return."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


_NAMED = Columns(
    required=("clever_id", "app_id"), optional=("status", "active", "archived", "name")
)
QUERIES: Mapping[str, Columns] = {
    "schools": _NAMED,
    "terms": Columns(
        required=_NAMED.required, optional=(*_NAMED.optional, "start_date", "end_date")
    ),
    "courses": _NAMED,
    "sections": Columns(
        required=_NAMED.required, optional=(*_NAMED.optional, "school", "course", "term")
    ),
    "sections.teachers": Columns(required=("app_id", "teacher")),
    "sections.students": Columns(required=("app_id", "student")),
    "users": Columns(
        required=("clever_id", "app_id"),
        optional=(
            *("status", "active", "archived"),
            *(
                "name",
                "first_name",
                "last_name",
                "email",
                "grade",
                "primary_school",
                "role",
                "school",
            ),
        ),
    ),
    "users.roles": Columns(required=("app_id", "role"), optional=("school",)),
    "users.student_relationships": Columns(
        required=("app_id", "student"), optional=("relationship",)
    ),
    "progress": Columns(required=("account", "lesson")),
    "local_users": Columns(required=("app_id",), optional=("name",)),
    "local_groups": Columns(required=("app_id",), optional=("name",)),
    "local_groups.members": Columns(required=("app_id", "member")),
}
"""Key of `[adapter.queries]` → its columns. `app_id` names the row that a query with a dot adds to.

`status` is `active` or `archived`; instead a query may return `active` or `archived`, true or not.
"""
_ADDS = {
    "sections.teachers": ("teachers", "teacher"),
    "sections.students": ("students", "student"),
    "local_groups.members": ("members", "member"),
}


def snapshot_of(rows: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """The plain snapshot that the rows of all queries make up."""
    held: dict[str, Any] = {
        name: [_plain(row) for row in rows_of_query]
        for name, rows_of_query in rows.items()
        if "." not in name
    }
    held.setdefault("users", [])
    for name, rows_of_query in rows.items():
        if name in _ADDS:
            key, column = _ADDS[name]
            for parent, children in _by_parent(held, name, rows_of_query):
                parent[key] = [_text(child[column]) for child in children]
    _add_roles(held, rows.get("users.roles", ()))
    name = "users.student_relationships"
    for parent, children in _by_parent(held, name, rows.get(name, ())):
        parent["student_relationships"] = [
            {key: _text(value) for key, value in child.items() if key != "app_id"}
            for child in children
        ]
    return held


def _add_roles(held: Mapping[str, Any], roles: Sequence[Row]) -> None:
    """Roles from a query of their own, or from the columns `role` and `school` of the users."""
    for user in held["users"]:
        role, school = user.pop("role", None), user.pop("school", None)
        if role is not None:
            user["roles"] = [{"role": role, "schools": [] if school is None else [school]}]
    for parent, children in _by_parent(held, "users.roles", roles):
        schools: dict[str, dict[str, None]] = {}
        for child in children:
            of_role = schools.setdefault(str(child["role"]), {})
            if child.get("school") is not None:
                of_role[str(child["school"])] = None
        parent["roles"] = [{"role": role, "schools": [*ids]} for role, ids in schools.items()]


def _by_parent(
    held: Mapping[str, Any], name: str, rows: Iterable[Row]
) -> Iterable[tuple[dict[str, Any], list[Row]]]:
    """Each row that others belong to, with those, in the order of the query."""
    children: dict[str, list[Row]] = {}
    for row in rows:
        children.setdefault(str(row["app_id"]), []).append(row)
    for parent in held.get(name.partition(".")[0], ()):
        if mine := children.get(parent["app_id"]):
            yield parent, mine


def _plain(row: Row) -> dict[str, Any]:
    """A row as the snapshot has it: texts, and one word for whether it is in use."""
    plain = {key: _text(value) for key, value in row.items() if key not in ("active", "archived")}
    if "active" in row:
        plain["status"] = "active" if row["active"] else "archived"
    if "archived" in row:
        plain["status"] = "archived" if row["archived"] else "active"
    return plain


def _text(value: object) -> str | None:
    return None if value is None else str(value)
