"""What Clever shares, cut to what an app declares to hold, beside what the app holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from composed.model import PaperDay
from composed.policies import Policies

from harness.contract.snapshot import Held, HeldSection, HeldUser, Snapshot, Status
from harness.district.data_model.records import roles_of
from harness.district.data_model.roster import Roster

KINDS = ("schools", "terms", "courses", "sections", "users")
RecordId = tuple[str, str]
"""Kind and Clever ID."""


def by_clever_id(snapshot: Snapshot) -> dict[RecordId, list[Any]]:
    """Kind and Clever ID → rows, of which there should be one."""
    found: dict[RecordId, list[Any]] = {}
    for kind in KINDS:
        for row in getattr(snapshot, kind):
            found.setdefault((kind, row.clever_id), []).append(row)
    return found


def in_use(held: Iterable[Held]) -> bool:
    """Whether any of these rows is active."""
    return any(row.status is Status.ACTIVE for row in held)


def same_account(before: Sequence[Any], after: Sequence[Any]) -> bool:
    """Whether any row is the same as before."""
    return not {row.app_id for row in before}.isdisjoint(row.app_id for row in after)


def values_of(row: Held) -> tuple[str | None, ...]:
    """The plain values of a row; what is empty is None."""
    found: tuple[str | None, ...]
    match row:
        case HeldUser():
            found = (_joined(row.first_name, row.last_name), _address(row.email))
        case HeldSection():
            found = (_joined(row.name), row.school, row.course, row.term)
        case _:
            found = (_joined(row.name),)
    return tuple(value or None for value in found)


def _joined(*names: str | None) -> str:
    """One name, of which neither spaces nor where it is divided count."""
    return " ".join(" ".join(filter(None, names)).split())


def _address(email: str | None) -> str:
    """An address, which is the same in capitals."""
    return (email or "").strip().lower()


@dataclass(frozen=True, slots=True)
class Shared:
    """What a roster shares with an app that holds some of it."""

    roster: Roster
    holds: str
    records: frozenset[RecordId]

    @classmethod
    def on(cls, day: PaperDay, policies: Policies) -> Shared:
        """What is shared on a day."""
        return _shared(_Key(day.day.roster), policies.holds)

    def values(self, record: RecordId) -> tuple[str | None, ...]:
        """What `values_of` a row that is right would be."""
        kind, key = record
        shared = cast(Mapping[str, Any], getattr(self.roster, kind)[key])
        found: tuple[str | None, ...]
        match kind:
            case "users":
                name = shared.get("name") or {}
                found = (
                    _joined(name.get("first"), name.get("last")),
                    _address(shared.get("email")),
                )
            case "sections":
                schools, terms = self.holds != "no-schools", self.holds != "no-terms-courses"
                found = (
                    _joined(shared.get("name")),
                    shared.get("school") if schools else None,
                    shared.get("course") if terms else None,
                    shared.get("term_id") if terms else None,
                )
            case _:
                found = (_joined(shared.get("name")),)
        return tuple(value or None for value in found)

    def members(self, section: str) -> Mapping[str, Sequence[str]]:
        """The teachers, the primary one first, and the students Clever names."""
        shared = self.roster.sections[section]
        students = {"students": shared["students"]}
        return students if self.holds == "students" else students | {"teachers": shared["teachers"]}

    def roles(self, user: str) -> Mapping[str, tuple[str, ...]]:
        """Role → its schools."""
        held = {
            role: tuple(fields.get("schools") or ()) if self.holds != "no-schools" else ()
            for role, fields in roles_of(self.roster.users[user]).items()
        }
        return {role: at for role, at in held.items() if keeps(self.holds, role)}

    def relationships(self, contact: str) -> set[tuple[str, str | None]]:
        """The students of a contact, and what it is to them."""
        role = roles_of(self.roster.users[contact]).get("contact") or {}
        return {
            (one["student"], one.get("relationship") or None)
            for one in role.get("student_relationships") or ()
        }


def keeps(holds: str, role: str) -> bool:
    """Whether an app that holds this has people of a role."""
    if holds == "students":
        return role == "student"
    return holds != "no-contacts" or role != "contact"


class _Key:
    """A roster as a key: the same object is the same roster."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster

    def __hash__(self) -> int:
        return id(self.roster)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.roster is other.roster


@lru_cache(maxsize=200)
def _shared(key: _Key, holds: str) -> Shared:
    absent = {"no-schools": ("schools",), "no-terms-courses": ("terms", "courses")}.get(holds, ())
    kinds = [kind for kind in KINDS[:-1] if kind not in absent]
    records = {(kind, one) for kind in kinds for one in getattr(key.roster, kind)}
    people = {
        ("users", one)
        for one, user in key.roster.users.items()
        if any(keeps(holds, role) for role in roles_of(user))
    }
    return Shared(key.roster, holds, frozenset(records | people))
