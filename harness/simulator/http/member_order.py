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

from harness.district.data_model.records import Kind, Record

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


def record_json(kind: Kind, record: Record) -> bytes:
    """A record's JSON as it stands in lists and single answers of the Data API."""
    fields = cast(dict[str, Any], record)
    if kind is Kind.DISTRICTS:
        return orjson.dumps(_district(fields))
    if kind is not Kind.USERS:
        return _sorted(fields, "id")
    rest = fields.copy()
    held = rest.pop("roles").items()
    roles = [
        b'"%s":%s' % (role.encode(), _role(role, fields_of_role)) for role, fields_of_role in held
    ]
    return b'%s,"roles":{%s}}' % (_sorted(rest, "id")[:-1], b",".join(roles))


def _role(role: str, fields: dict[str, Any] | None) -> bytes:
    return b"null" if fields is None else _sorted(fields, _LAST_OF_ROLE.get(role, "legacy_id"))


def _sorted(fields: dict[str, Any], last: str) -> bytes:
    """An object in alphabetical order but for its last member, if it has that one."""
    if last not in fields:
        return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)
    rest = fields.copy()
    end = b'"%s":%s}' % (last.encode(), orjson.dumps(rest.pop(last)))
    begun = orjson.dumps(rest, option=orjson.OPT_SORT_KEYS)[:-1]
    return begun + (b"," if rest else b"") + end


def _district(fields: dict[str, Any]) -> dict[str, Any]:
    stored = _in_order(fields, (*_STORED, *sorted(fields.keys() - {*_STORED, "id"}), "id"))
    contact = fields.get("district_contact")
    if contact:
        contact = _in_order(contact, ("district", "email", "name", "title", "id"))
        if contact.get("name"):
            contact["name"] = _in_order(contact["name"], ("last", "first"))
        stored["district_contact"] = contact
    return stored


def _in_order(fields: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The fields of these names first, in their order, and whatever else there is behind them."""
    return {**{name: fields[name] for name in names if name in fields}, **fields}
