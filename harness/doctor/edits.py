"""Edits: each kind of manual edit once, and what the next snapshot shows of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harness.contract.edit import Edit, EditKind
from harness.contract.snapshot import Snapshot
from harness.doctor.diagnosis import Diagnosis, State
from harness.doctor.tiny_district import TinyDistrict
from harness.prose import few, joined

_SHOWN_IN = {EditKind.CREATE_USER: "local_users", EditKind.RENAME_SECTION: "sections"}
"""Where a snapshot shows what was made; groups are in `local_groups`."""


def edits_of(district: TinyDistrict) -> Iterator[Edit]:
    """One edit of each kind that is possible in the district."""
    section = next(row for row in district.roster.sections.values() if row["students"])
    inside = section["students"][0]
    students = [student["id"] for student in district.students()]
    outside = next(uid for uid in students if uid not in section["students"])
    teacher, uid = section["teachers"][0], section["id"]
    yield Edit(kind=EditKind.ADD_ROLE, user=teacher, role="staff")
    yield Edit(kind=EditKind.CREATE_USER, name="Doctor's guest")
    yield Edit(kind=EditKind.CREATE_GROUP, name="Doctor's group", users=(inside, outside))
    yield Edit(kind=EditKind.SPLIT_SECTION, section=uid, name="Doctor's subgroup", users=(inside,))
    yield Edit(kind=EditKind.ADD_STUDENT, user=outside, section=uid)
    yield Edit(kind=EditKind.REMOVE_STUDENT, user=inside, section=uid)
    yield Edit(kind=EditKind.RENAME_SECTION, section=uid, name="Doctor's class")


def edits_seen(
    made: Sequence[Edit], refused: Mapping[str, str], held: Snapshot
) -> Iterator[Diagnosis]:
    """What the app let people do, and whether what they made is in the snapshot."""
    kinds = joined([str(edit.kind) for edit in made]) or "none"
    yield Diagnosis(
        tried="edit",
        came=f"made: {kinds}" + (f"; refused: {joined(list(refused))}" if refused else ""),
        do="Refuse only what people cannot do in the app." if refused else "",
        state=State.NOTE if refused else State.FINE,
        details=tuple(f"{kind}: {why}" for kind, why in refused.items()),
    )
    for edit in made:
        place = _SHOWN_IN.get(edit.kind, "local_groups")
        if edit.name and edit.name not in {row.name for row in getattr(held, place)}:
            yield Diagnosis(
                tried=f"edit {edit.kind}",
                came=f'"{edit.name}" is not in `{place}` of the next snapshot',
                do="Return what people made or renamed there, under the `name` of the edit.",
                state=State.WRONG,
            )
        elif place == "local_groups" and (others := _other_members(edit, held)):
            yield Diagnosis(
                tried=f"edit {edit.kind}",
                came=f'"{edit.name}" has other members in the next snapshot than were put into '
                f"it: {few([repr(member) for member in others])}",
                do="Return the Clever IDs of its members, or no `members`.",
                state=State.WRONG,
            )


def _other_members(edit: Edit, held: Snapshot) -> list[str]:
    """Whom a group lists instead of the users of an edit; nobody if it lists them, or no one."""
    groups = [row for row in held.local_groups if row.name == edit.name]
    members = [member for row in groups for member in row.members]
    return [] if {*edit.users} <= {*members} else members
