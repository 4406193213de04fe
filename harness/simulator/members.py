"""Members: a record's own JSON, its members in the order Clever writes them.

Clever promises no order, and none is to be relied on; this is the recorded one. Members stand in
alphabetical order but for those Clever adds last: a record's `id`, a user's `roles` after it, in a
role its `legacy_id` (a student's `email`). A district comes as it is stored, its `id` last too.
Schools were also recorded in an order of their own, each in another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import orjson

from harness.district.records import Kind, Record

_STORED = (
    "login_methods",
    "sis_type",
    "state",
    "error",
    "last_sync",
    "portal_url",
    "district_contact",
    "name",
    "launch_date",
)
_LAST_OF_ROLE = {"student": "email"}


def written(kind: Kind, record: Record) -> bytes:
    """A record's JSON as it stands in lists and single answers of the Data API."""
    fields = cast(dict[str, Any], record)
    if kind is Kind.USERS:
        return _sorted(fields, ("id", "roles"), roles=_roles(fields["roles"]))
    return orjson.dumps(_district(fields)) if kind is Kind.DISTRICTS else _sorted(fields, ("id",))


def _sorted(fields: Mapping[str, Any], last: tuple[str, ...], **ready: bytes) -> bytes:
    """An object in alphabetical order but for its last members; some are JSON already."""
    rest = {name: said for name, said in fields.items() if name not in last}
    parts = [orjson.dumps(rest, option=orjson.OPT_SORT_KEYS)[1:-1]] if rest else []
    for name in last:
        if name in fields:
            said = ready.get(name) or orjson.dumps(fields[name])
            parts.append(b'"%s":%s' % (name.encode(), said))
    return b"{%s}" % b",".join(parts)


def _roles(roles: Mapping[str, Any]) -> bytes:
    said = (b'"%s":%s' % (role.encode(), _role(role, held)) for role, held in roles.items())
    return b"{%s}" % b",".join(said)


def _role(role: str, held: Mapping[str, Any] | None) -> bytes:
    return b"null" if held is None else _sorted(held, (_LAST_OF_ROLE.get(role, "legacy_id"),))


def _district(fields: dict[str, Any]) -> dict[str, Any]:
    stored = _in_order(fields, (*_STORED, *sorted(fields.keys() - {*_STORED, "id"}), "id"))
    contact = fields.get("district_contact")
    if contact:
        told = _in_order(contact, ("district", "email", "name", "title", "id"))
        stored["district_contact"] = {**told, "name": _in_order(told["name"], ("last", "first"))}
    return stored


def _in_order(fields: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The fields of these names first, in their order, and whatever else there is behind them."""
    return {**{name: fields[name] for name in names if name in fields}, **fields}
