"""Ways: how a record can differ from what Clever shared of it a sync before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from harness.district.data_model.records import Kind, Record, User, roles_of
from harness.district.data_model.roster import Roster

EMAIL = "email"
LOST_LINKS = {
    "without:courses": "have lost their course, which Clever no longer shares",
    "without:terms": "have lost their term, which Clever no longer shares",
}
WAYS: Mapping[str, str] = {
    "name": "have another name than before",
    EMAIL: "have another e-mail address than before, or none",
    "course": "belong to another course than before",
    "term": "belong to another term than before",
    "school": "belong to another school than before",
    "teacher": "have another primary teacher than before",
    "grade": "are in another grade than before",
    "number": "have another number than before",
    "closed": "are of a school that Clever no longer shares",
    "over:courses": "are of a course that Clever no longer shares",
    "over:terms": "are of a term that Clever no longer shares",
    "left": "have a primary teacher whom Clever no longer shares",
    **LOST_LINKS,
    "role": "lose one role and keep or get another",
    "added": "get one more role",
}
"""Name → what it says of several records."""
GONE = ("closed", "over:courses", "over:terms", "left")
"""Those by which nothing changes in the record itself."""
_FIELDS = {
    "name": "name",
    "email": EMAIL,
    "course": "course",
    "term_id": "term",
    "school": "school",
    "teacher": "teacher",
    "grade": "grade",
    "sis_id": "number",
}
_GONE = {
    "school": ("schools", "closed"),
    "course": ("courses", "over:courses"),
    "term_id": ("terms", "over:terms"),
    "teacher": ("users", "left"),
}


def ways(kind: Kind, clever_id: str, then: Roster, now: Roster) -> Iterator[str]:
    """The names of the ways in which a record differs, or what it belongs to is gone.

    Of a record that is gone itself only the latter.
    """
    old = then.of(kind)[clever_id]
    new = now.of(kind).get(clever_id)
    fields, former = _flat(new or old), _flat(old)
    if new is not None and new is not old:
        for key, name in _FIELDS.items():
            if fields.get(key) != former.get(key):
                yield name
        if kind is Kind.USERS:
            yield from _of_roles(cast(User, old), cast(User, new))
    for key, (others, name) in _GONE.items():
        linked = former.get(key)
        if linked in then.of(Kind(others)) and linked not in now.of(Kind(others)):
            yield name
            if not fields.get(key) and (without := f"without:{others}") in WAYS:
                yield without


def _of_roles(old: User, new: User) -> Iterator[str]:
    if roles_of(old).keys() - roles_of(new).keys():
        yield "role"
    if roles_of(new).keys() - roles_of(old):
        yield "added"


def _flat(record: Record) -> Mapping[str, Any]:
    """The fields of a record, with those of a user's first role beside its own."""
    fields = cast(Mapping[str, Any], record)
    roles: Mapping[str, Any] = fields.get("roles") or {}
    first: Mapping[str, Any] = next((role for role in roles.values() if role), {})
    return {**first, **fields} if first else fields
