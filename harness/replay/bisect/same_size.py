"""Same size: an ordinary district that is as large as one with edge cases, and has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from harness.district.data_model.records import Kind, roles_of
from harness.district.data_model.roster import Roster
from harness.district.population.sizes import Size
from harness.recording.recording import Entry, Published

KINDS = (Kind.USERS, Kind.SECTIONS, Kind.COURSES, Kind.TERMS)


def rosters_of(entries: Sequence[Entry], district: str, until: str) -> list[Roster]:
    """What a district shared on each day up to one."""
    rosters: list[Roster] = []
    for entry in entries:
        if isinstance(entry, Published) and entry.district == district:
            rosters.append(entry.roster)
            if entry.day == until:
                break
    return rosters


def as_large_as(size: Size, rosters: Iterable[Roster]) -> Size:
    """The size of a district with at least as many records of every kind as each of these.

    No record of it lacks a value, so that none can be what breaks a sync.
    """
    needed: Counter[str] = Counter()
    for roster in rosters:
        needed |= Counter(_counts(roster))

    def per_school(kind: str, least: int) -> int:
        return max(least, -(-needed[kind] // len(size.schools)))

    return replace(
        size,
        students=per_school("student", size.students),
        teachers=per_school("teacher", size.teachers),
        staff=per_school("staff", size.staff),
        contacts=per_school("contact", size.contacts),
        sections=per_school("sections", size.sections),
        courses=per_school("courses", size.courses),
        terms=per_school("terms", size.terms),
        district_admins=max(size.district_admins, needed["district_admin"]),
        complete=True,
    )


def records_of(roster: Roster) -> Mapping[str, int]:
    """How many records of each kind a roster has."""
    return {kind: len(roster.of(kind)) for kind in KINDS}


def _counts(roster: Roster) -> Mapping[str, int]:
    """Records by kind, and users by role; one with two roles counts for both."""
    roles: Counter[str] = Counter(role for user in roster.users.values() for role in roles_of(user))
    return {**records_of(roster), **roles}
