"""Facts: what a roster says, with names from the SIS in the place of Clever's ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from harness.district.data_model.records import User
from harness.district.data_model.roster import Roster

Facts = Mapping[str, Any]
"""What identifies a record → the record, as far as a file could tell."""


def facts(roster: Roster) -> dict[str, Facts]:
    """Every record under a name that Clever's ids have no part in."""
    names = _names(roster)
    kinds = (roster.schools, roster.terms, roster.courses, roster.sections, roster.users)
    found: dict[str, Facts] = {"district": {**roster.district}}
    for records in kinds:
        for identity, record in cast(Mapping[str, Mapping[str, Any]], records).items():
            found[names[identity]] = {
                name: _renamed(value, names) for name, value in record.items() if name != "id"
            }
    return found


def differences(before: Mapping[str, Facts], after: Mapping[str, Facts]) -> set[str]:
    """Where two sets of facts differ: kind of record and path; `sort lost` for a record's sort."""
    found = {f"{_sort(name)} lost" for name in before if name not in after}
    found |= {f"{_sort(name)} won" for name in after if name not in before}
    for name in before.keys() & after.keys():
        found |= {f"{_sort(name)}.{path}" for path in _paths(before[name], after[name])}
    return found


def _sort(name: str) -> str:
    return name.partition(":")[0]


def _paths(before: Any, after: Any) -> Iterator[str]:
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        yield ""
        return
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if old is None or new is None or not isinstance(old, Mapping):
            yield f"{name} ({'absent' if old is None else 'gone' if new is None else 'other'})"
        else:
            yield from (f"{name}.{path}" for path in _paths(old, new))


def _names(roster: Roster) -> dict[str, str]:
    names = {roster.district["id"]: "district"}
    for school in roster.schools.values():
        names[school["id"]] = f"school:{school['sis_id']}"
    for user in roster.users.values():
        names[user["id"]] = _person(user)
    for section in roster.sections.values():
        names[section["id"]] = f"section:{section['sis_id']}"
    for kind, key, records in (
        ("term", "term_id", roster.terms),
        ("course", "course", roster.courses),
    ):
        for identity in records:
            sections = (row for row in roster.sections.values() if row.get(key) == identity)
            first = min(row["sis_id"] for row in sections)
            names[identity] = f"{kind}:of section {first}"
    return names


def _person(user: User) -> str:
    roles = user["roles"]
    if "student" in roles:
        return f"student:{roles['student']['sis_id']}"
    if "teacher" in roles:
        return f"teacher:{roles['teacher']['sis_id']}"
    if "staff" in roles:
        return f"staff:{roles['staff']['staff_id']}"
    if "contact" in roles:
        contact, name = roles["contact"], user["name"].get("last")
        number = contact["sis_id"] or user.get("email") or contact["phone"]
        return f"contact:{number} {name}" if number else f"contact of a name:{name}"
    return f"district admin:{user['id']}"


def _renamed(said: Any, names: Mapping[str, str]) -> Any:
    """A value with names for ids; ids come in an order that means nothing."""
    if isinstance(said, str):
        return names.get(said, said)
    if isinstance(said, Mapping):
        return {name: _renamed(value, names) for name, value in said.items()}
    if isinstance(said, list):
        renamed = [_renamed(value, names) for value in said]
        return sorted(renamed, key=repr)
    return said
