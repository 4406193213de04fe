"""Rows allowed: how many rows of one record a declaration explains."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

from harness.contract.rows import RowPer
from harness.contract.snapshot import Held, HeldSection, HeldUser, Status
from harness.district.data_model.records import Kind, Section, User, roles_of
from harness.district.data_model.roster import Roster

WITHOUT_SCHOOLS = frozenset({"contact", "district_admin"})
"""Roles that Clever gives no schools."""


def rows_allowed(roster: Roster, kind: Kind, clever_id: str, per: RowPer) -> int:
    """How many active rows a record can have; at least one."""
    if per == RowPer.ROLE:
        return max(1, len(roles_of(roster.users[clever_id])))
    if per == RowPer.SCHOOL and kind is Kind.USERS:
        return max(1, _places(roster.users[clever_id]))
    if per == RowPer.CHILD:
        return _children(roster.users[clever_id])
    sections = _sections(roster, kind, clever_id)
    match per:
        case RowPer.SCHOOL:
            number = len({section["school"] for section in sections})
        case RowPer.TEACHER:
            # A class that nobody teaches is nobody's, and its people need a row all the same.
            taught_by = (section["teachers"] or [""] for section in sections)
            number = len({teacher for teachers in taught_by for teacher in teachers})
        case _:
            number = len(sections)
    return max(1, number)


def share_a_place(rows: Sequence[Held], per: RowPer) -> bool:
    """Whether two of these rows are for the same thing, as far as they say what they are for.

    Rows for a role, a school or a child say so: of those that are all for others, one too many is
    a role, a school or a relationship too many.
    """
    places = [_places_of(row, per) for row in rows]
    return any(not (a and b) or a & b for a, b in combinations(places, 2))


def others_for_the_same(then: Sequence[Held], now: Sequence[Held], per: RowPer) -> bool | None:
    """Whether a new row is for the same role, school, child or teacher as one before.

    None if rows do not say what they are for. A row that passes to something else is not new.
    """
    if not say_what_for((*then, *now), per):
        return None
    before, after = {row.app_id for row in then}, {row.app_id for row in now}
    gone = [row for row in then if row.app_id not in after]
    new = [row for row in now if row.app_id not in before]
    kept = {place for row in now if row.app_id in before for place in _meant_for(row, per)}
    places = {place for row in new for place in _meant_for(row, per)} - kept
    return any(not places.isdisjoint(_meant_for(row, per)) for row in gone)


def say_what_for(rows: Sequence[Held], per: RowPer) -> bool:
    """Whether each of these rows says what it is for."""
    return all(_meant_for(row, per) for row in rows)


def taken_again(rows: Sequence[Held], per: RowPer) -> list[Held]:
    """An active row and archived ones for exactly the same role, school, child or teacher.

    Empty if there are none.

    Who comes back finds the row there was: Clever asks that records are restored.
    """
    for active in rows:
        place = _meant_for(active, per) if active.status is Status.ACTIVE else set()
        archived = [row for row in rows if row.status is Status.ARCHIVED]
        if same := [row for row in archived if place and _meant_for(row, per) == place]:
            return [active, *same]
    return []


def _meant_for(row: Held, per: RowPer) -> set[tuple[str, str]]:
    """What a row is for, also that of a section; one that lists several teachers does not say."""
    if isinstance(row, HeldSection) and per == RowPer.TEACHER and len(row.teachers) == 1:
        return {(row.teachers[0], "")}
    return _places_of(row, per)


def purposes(roster: Roster, kind: Kind, clever_id: str, per: RowPer) -> frozenset[str]:
    """The teachers, classes, or schools of classes or roles for which a record has rows on a day.

    Rows do not say it, those for schools where an app shows no schools.
    """
    known = clever_id in roster.of(kind)
    if known and per == RowPer.SCHOOL and kind is Kind.USERS:
        roles = roles_of(roster.users[clever_id])
        return frozenset(
            f"{role} {school}" for role in roles for school in roles[role].get("schools") or ("",)
        )
    sections = _sections(roster, kind, clever_id) if known else ()
    if per == RowPer.SCHOOL:
        return frozenset(str(section["school"]) for section in sections)
    if per == RowPer.TEACHER:
        return frozenset(teacher for section in sections for teacher in section["teachers"])
    return frozenset(section["id"] for section in sections)


def _places_of(row: Held, per: RowPer) -> set[tuple[str, str]]:
    if isinstance(row, HeldSection) and per == RowPer.SCHOOL:
        return {(row.school, "")} if row.school else set()
    if not isinstance(row, HeldUser):
        return set()
    if per == RowPer.CHILD:
        return {(tie.student, tie.relationship or "") for tie in row.student_relationships}
    if per == RowPer.ROLE:
        return {(role.role, "") for role in row.roles}
    return _at_schools(row) if per == RowPer.SCHOOL else set()


def _at_schools(row: HeldUser) -> set[tuple[str, str]]:
    """The schools of a row with its roles there; of a row for no school the roles without one.

    Roles that Clever gives no school stand on any row. A row whose other roles show no school
    either does not say what it is for.
    """
    if at := {(role.role, school) for role in row.roles for school in role.schools}:
        return at
    roles = {role.role for role in row.roles}
    return {(role, "") for role in roles} if roles <= WITHOUT_SCHOOLS else set()


def _places(user: User) -> int:
    """Every school of every role, and every role without one."""
    return sum(len(fields.get("schools") or ("",)) for fields in roles_of(user).values())


def _children(user: User) -> int:
    """Every student of a contact, and the other roles together."""
    roles = roles_of(user)
    contact = roles.get("contact")
    ties = contact["student_relationships"] if contact else []
    return max(1, len(ties)) + (1 if contact and len(roles) > 1 else 0)


def _sections(roster: Roster, kind: Kind, clever_id: str) -> Collection[Section]:
    """The sections of a person, a course or a term, or the section itself."""
    sections = roster.sections.values()
    match kind:
        case Kind.USERS:
            return [s for s in sections if clever_id in (*s["students"], *s["teachers"])]
        case Kind.COURSES:
            return [section for section in sections if section.get("course") == clever_id]
        case Kind.TERMS:
            return [section for section in sections if section.get("term_id") == clever_id]
        case _:
            return [roster.sections[clever_id]]
