"""A district's roster, taken over from Clever in one transaction."""

from django.db import transaction

from library.models import (
    Course,
    Guardianship,
    Membership,
    Person,
    Role,
    School,
    Section,
    Term,
)

KINDS = ("schools", "terms", "courses", "users", "sections")


def synchronize(clever, district):
    """Read everything, then apply it; when reading fails, nothing was changed."""
    read = {kind: list(clever.records(kind)) for kind in KINDS}
    with transaction.atomic():
        schools = _take_over(School, district, read["schools"], _named)
        terms = _take_over(Term, district, read["terms"], _named)
        courses = _take_over(Course, district, read["courses"], _named)
        people = _take_over(Person, district, read["users"], _person)

        def section(record):
            return {
                **_named(record),
                "school": schools.get(record.get("school")),
                "course": courses.get(record.get("course")),
                "term": terms.get(record.get("term_id")),
            }

        sections = _take_over(Section, district, read["sections"], section)
        _assign_roles(read["users"], people, schools)
        _fill_sections(read["sections"], sections, people)
    return {kind: len(records) for kind, records in read.items()}


def _take_over(model, district, records, fields):
    """Create, update and restore what is shared, and archive what is not. Clever ID → row."""
    held = {row.clever_id: row for row in model.objects.filter(district=district)}
    new, known = [], []
    for record in records:
        row = held.get(record["id"])
        (new if row is None else known).append(record["id"])
        row = row or model(district=district, clever_id=record["id"])
        row.archived = False
        for name, value in fields(record).items():
            setattr(row, name, value)
        held[record["id"]] = row
    model.objects.bulk_create([held[clever_id] for clever_id in new])
    if known:
        names = ["archived", *fields(records[0])]
        model.objects.bulk_update([held[i] for i in known], names, batch_size=500)
    gone = held.keys() - {record["id"] for record in records}
    model.objects.filter(district=district, clever_id__in=gone).update(archived=True)
    return held


def _named(record):
    return {"name": record.get("name") or None}


def _person(record):
    name = record.get("name") or {}
    return {
        "first_name": name.get("first") or None,
        "last_name": name.get("last") or None,
        "email": record.get("email") or None,
    }


def _assign_roles(records, people, schools):
    shared = [people[record["id"]] for record in records]
    Role.objects.filter(person__in=shared).delete()
    Guardianship.objects.filter(contact__in=shared).delete()
    roles, children = [], []
    for record in records:
        person = people[record["id"]]
        for role, values in (record.get("roles") or {}).items():
            if values is None:
                continue
            for school in values.get("schools") or [None]:
                roles.append(Role(person=person, role=role, school=schools.get(school)))
            children += [
                Guardianship(
                    contact=person,
                    student=people[child["student"]],
                    relationship=child.get("relationship") or None,
                )
                for child in values.get("student_relationships") or []
                if child["student"] in people
            ]
    Role.objects.bulk_create(roles)
    Guardianship.objects.bulk_create(children)


def _fill_sections(records, sections, people):
    shared = [sections[record["id"]] for record in records]
    Membership.objects.filter(section__in=shared).delete()
    members = []
    for record in records:
        # The primary teacher first, which is the order in which they are read back.
        teachers = dict.fromkeys([record.get("teacher"), *(record.get("teachers") or [])])
        for role, ids in (("teacher", teachers), ("student", record.get("students") or [])):
            members += [
                Membership(section=sections[record["id"]], person=people[i], role=role)
                for i in ids
                if i in people
            ]
    Membership.objects.bulk_create(members)
