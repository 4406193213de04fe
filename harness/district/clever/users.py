"""Users: the user records a View gives, with the schools that follow from sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from harness.district.clever.sharing import SharedPart
from harness.district.data_model.raw import as_sent
from harness.district.data_model.records import (
    ContactRelationship,
    ContactRole,
    LmsStatus,
    Roles,
    StaffRole,
    StudentRole,
    TeacherRole,
    User,
)
from harness.district.sis.entries import PersonEntry, SectionEntry


def user_records(view: SharedPart) -> Iterator[User]:
    """One record for every user who is shared, with the shared roles only."""
    groups: dict[str, list[PersonEntry]] = {}
    for uid in sorted(view.ids):
        groups.setdefault(view.ids[uid], []).append(view.sis.people[uid])
    for clever_id, people in groups.items():
        created = min(person.created for person in people)
        user = User(
            id=clever_id,
            district=view.sis.district["id"],
            name=people[0].name,
            email=people[0].email,
            created=created,
            last_modified=created,
            roles=_roles(view, people),
            lms_status=LmsStatus(synced_in_lms=False),
        )
        for person in people:
            user = as_sent(user, person.raw)
        yield user


def _roles(view: SharedPart, people: Sequence[PersonEntry]) -> Roles:
    roles = Roles()
    for person in people:
        held = person.roles
        if "student" in held:
            roles["student"] = _student(view, person, held["student"])
        if "contact" in held:
            roles["contact"] = _contact(view, person, held["contact"])
        if "teacher" in held and (teacher := _teacher(view, person, held["teacher"])):
            roles["teacher"] = _joined_teacher(view, people, roles.get("teacher"), teacher)
        if "staff" in held and (staff := _staff(view, held["staff"])):
            roles["staff"] = _joined_staff(roles.get("staff"), staff)
        if "district_admin" in held:
            roles.setdefault("district_admin", held["district_admin"])
    return roles


def _student(view: SharedPart, person: PersonEntry, role: StudentRole) -> StudentRole:
    sections = view.attended.get(person.uid, ())
    schools = sorted({view.schools[row.school] for row in sections})
    schools = schools or [view.schools[role["school"]]]
    own = view.schools.get(role["school"], "")
    return {
        **role,
        "school": _primary(view, sections, schools, own),
        "schools": schools,
        "email": person.email,
    }


def _teacher(view: SharedPart, person: PersonEntry, role: TeacherRole) -> TeacherRole | None:
    sections = view.taught.get(person.uid, ())
    named = {view.schools[key] for key in role["schools"] if key in view.schools}
    schools = sorted(named | {view.schools[row.school] for row in sections})
    if not schools:
        return None
    own = view.schools.get(role["school"], "")
    return {**role, "school": _primary(view, sections, schools, own), "schools": schools}


def _joined_teacher(
    view: SharedPart, people: Sequence[PersonEntry], first: TeacherRole | None, second: TeacherRole
) -> TeacherRole:
    """Two teachers Clever takes for one: the first's record, with the schools of both."""
    if first is None:
        return second
    sections = [row for person in people for row in view.taught.get(person.uid, ())]
    schools = sorted({*first["schools"], *second["schools"]})
    return {**first, "school": _primary(view, sections, schools, ""), "schools": schools}


def _staff(view: SharedPart, role: StaffRole) -> StaffRole | None:
    schools = sorted(view.schools[key] for key in role["schools"] if key in view.schools)
    return {**role, "schools": schools} if schools else None


def _joined_staff(first: StaffRole | None, second: StaffRole) -> StaffRole:
    if first is None:
        return second
    return {**first, "schools": sorted({*first["schools"], *second["schools"]})}


def _contact(view: SharedPart, person: PersonEntry, role: ContactRole) -> ContactRole:
    relationships = [
        ContactRelationship(
            student=view.ids[row.student], relationship=row.relationship, type=row.type
        )
        for row in person.relations
        if row.student in view.ids
    ]
    return {**role, "student_relationships": relationships}


def _primary(
    view: SharedPart, sections: Sequence[SectionEntry], schools: Sequence[str], own: str
) -> str:
    """The school with most of the user's sections; of several, the one with most students in them.

    Without sections the SIS's own school (support article 115003279987).
    """
    if len(schools) == 1:
        return schools[0]
    count: Counter[str] = Counter()
    students: Counter[str] = Counter()
    for row in sections:
        school = view.schools[row.school]
        count[school] += 1
        students[school] += view.sizes[row.uid]
    return min(schools, key=lambda id_: (-count[id_], -students[id_], id_ != own, id_))
