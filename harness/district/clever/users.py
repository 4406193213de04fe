"""Users: the records of the shared users, with the schools that follow from their sections.

https://dev.clever.com/docs/users has the fields, https://dev.clever.com/docs/multi-role-users-in-clever
the roles. Where both leave a choice, the recorded responses decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

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


def user_records(shared: SharedPart, same: Collection[str] = ()) -> Iterator[User]:
    """One record for every user who is shared, with the shared roles only, but for the `same`.

    Employees with one e-mail address are one user with the roles of all, each role once
    (https://dev.clever.com/docs/multi-role-users-in-clever). Name and address are those of the
    first by uid, `created` is the oldest: choices of ours.
    """
    groups: dict[str, list[PersonEntry]] = {}
    for uid in sorted(shared.ids):
        groups.setdefault(shared.ids[uid], []).append(shared.sis.people[uid])
    for clever_id, people in groups.items():
        if clever_id in same:
            continue
        created = min(person.created for person in people)
        user = User(
            id=clever_id,
            district=shared.sis.district["id"],
            name=people[0].name,
            email=people[0].email,
            created=created,
            last_modified=created,
            roles=_roles(shared, people),
            lms_status=LmsStatus(synced_in_lms=False),
        )
        for person in people:
            user = as_sent(user, person.raw)
        yield user


def _roles(shared: SharedPart, people: Sequence[PersonEntry]) -> Roles:
    roles = Roles()
    for person in people:
        held = person.roles
        if "student" in held:
            roles["student"] = _student(shared, person, held["student"])
        if "contact" in held:
            roles["contact"] = _contact(shared, person, held["contact"])
        if "teacher" in held and (teacher := _teacher(shared, person, held["teacher"])):
            roles["teacher"] = _joined_teacher(shared, people, roles.get("teacher"), teacher)
        if "staff" in held and (staff := _staff(shared, held["staff"])):
            roles["staff"] = _joined_staff(roles.get("staff"), staff)
        if "district_admin" in held:
            roles.setdefault("district_admin", held["district_admin"])
    return roles


def _student(shared: SharedPart, person: PersonEntry, role: StudentRole) -> StudentRole:
    """A student's schools are those of their sections (https://dev.clever.com/docs/users).

    Without a section it is the SIS's. The copy of the e-mail address is recorded, not documented.
    """
    sections = shared.attended.get(person.uid, ())
    schools = sorted({shared.schools[row.school] for row in sections})
    schools = schools or [shared.schools[role["school"]]]
    own = shared.schools.get(role["school"], "")
    return {
        **role,
        "school": _primary(shared, sections, schools, own),
        "schools": schools,
        "email": person.email,
    }


def _teacher(shared: SharedPart, person: PersonEntry, role: TeacherRole) -> TeacherRole | None:
    """A teacher's schools are the SIS's and their sections'; None without any (inferred)."""
    sections = shared.taught.get(person.uid, ())
    named = {shared.schools[key] for key in role["schools"] if key in shared.schools}
    schools = sorted(named | {shared.schools[row.school] for row in sections})
    if not schools:
        return None
    own = shared.schools.get(role["school"], "")
    return {**role, "school": _primary(shared, sections, schools, own), "schools": schools}


def _joined_teacher(
    shared: SharedPart,
    people: Sequence[PersonEntry],
    first: TeacherRole | None,
    second: TeacherRole,
) -> TeacherRole:
    """Two teachers who are one user: the first's record with the schools of both (inferred)."""
    if first is None:
        return second
    sections = [row for person in people for row in shared.taught.get(person.uid, ())]
    schools = sorted({*first["schools"], *second["schools"]})
    return {**first, "school": _primary(shared, sections, schools, ""), "schools": schools}


def _staff(shared: SharedPart, role: StaffRole) -> StaffRole | None:
    """Staff have schools, no primary one, and nothing to do with sections; None without any.

    https://dev.clever.com/docs/multi-role-users-in-clever
    """
    schools = sorted(shared.schools[key] for key in role["schools"] if key in shared.schools)
    return {**role, "schools": schools} if schools else None


def _joined_staff(first: StaffRole | None, second: StaffRole) -> StaffRole:
    if first is None:
        return second
    return {**first, "schools": sorted({*first["schools"], *second["schools"]})}


def _contact(shared: SharedPart, person: PersonEntry, role: ContactRole) -> ContactRole:
    """A contact with a relationship to each of their shared students.

    https://dev.clever.com/docs/contacts-guardians; that unshared students are left out is inferred.
    """
    relationships = [
        ContactRelationship(
            student=shared.ids[row.student], relationship=row.relationship, type=row.type
        )
        for row in person.relations
        if row.student in shared.ids
    ]
    return {**role, "student_relationships": relationships}


def _primary(
    shared: SharedPart, sections: Sequence[SectionEntry], schools: Sequence[str], own: str
) -> str:
    """The school with most of the user's sections; of several, the one with most students in them.

    Without sections it is the SIS's (https://support.clever.com, article 115003279987). If that
    does not decide either: the SIS's, then the lowest id, which is a choice of ours.
    """
    if len(schools) == 1:
        return schools[0]
    count: Counter[str] = Counter()
    students: Counter[str] = Counter()
    for row in sections:
        school = shared.schools[row.school]
        count[school] += 1
        students[school] += shared.sizes[row.uid]
    return min(schools, key=lambda id_: (-count[id_], -students[id_], id_ != own, id_))
