"""Reader: Clever's records in the app's own terms.

Only ids and roles are sure to be there. Everything else can be absent, null or "", which all
mean the same; fields and roles we do not know are left alone.
"""

from __future__ import annotations

from harness.demo.client import Client, Record
from harness.demo.roster import Course, Person, Relationship, Role, Roster, School, Section, Term


class Reader:
    """Reads one district from beginning to end."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def read(self) -> Roster:
        """Everything the district shares; raises `Stopped` rather than leave anything out."""
        records = self.records
        return Roster(
            district=self.client.connection.district,
            name=next((text(district, "name") for district in records("districts")), None),
            schools=tuple(map(self.school, records("schools"))),
            terms=tuple(map(self.term, records("terms"))),
            courses=tuple(map(self.course, records("courses"))),
            sections=tuple(map(self.section, records("sections"))),
            people=tuple(map(self.person, records("users"))),
        )

    def records(self, kind: str) -> list[Record]:
        return self.client.records(kind)

    def school(self, record: Record) -> School:
        return School(clever_id=record["id"], name=text(record, "name"))

    def term(self, record: Record) -> Term:
        return Term(
            clever_id=record["id"],
            name=text(record, "name"),
            start_date=text(record, "start_date"),
            end_date=text(record, "end_date"),
        )

    def course(self, record: Record) -> Course:
        return Course(clever_id=record["id"], name=text(record, "name"))

    def section(self, record: Record) -> Section:
        return Section(
            clever_id=record["id"],
            name=text(record, "name"),
            school=text(record, "school"),
            course=text(record, "course"),
            term=text(record, "term_id"),
            teachers=self.teachers(record),
            students=self.students(record),
        )

    def teachers(self, section: Record) -> tuple[str, ...]:
        """Everyone who teaches the class; Clever puts the primary teacher first."""
        return texts(section, "teachers")

    def students(self, section: Record) -> tuple[str, ...]:
        return texts(section, "students")

    def person(self, record: Record) -> Person:
        name = record.get("name") or {}
        roles = self.held(record.get("roles") or {})
        student = roles.get("student") or {}
        return Person(
            clever_id=record["id"],
            first_name=text(name, "first"),
            last_name=text(name, "last"),
            email=text(record, "email"),
            sis_id=self.sis_id(roles),
            grade=text(student, "grade"),
            former_ids=self.former_ids(record, roles),
            roles=tuple(self.role(role, fields) for role, fields in roles.items()),
            relationships=self.relationships(roles.get("contact") or {}),
        )

    def former_ids(self, record: Record, roles: dict[str, Record]) -> tuple[str, ...]:
        """What Clever called the person in version 2: a student the same, all others by role."""
        return tuple(text(fields, "legacy_id") or str(record["id"]) for fields in roles.values())

    def sis_id(self, roles: dict[str, Record]) -> str | None:
        """The first number the district knows the person by."""
        for fields in roles.values():
            if number := text(fields, "sis_id") or text(fields, "staff_id"):
                return number
        return None

    def held(self, roles: dict[str, Record | None]) -> dict[str, Record]:
        """The roles a person has; one that is null is none."""
        return {name: fields for name, fields in roles.items() if fields is not None}

    def role(self, name: str, fields: Record) -> Role:
        """A role with all its schools: `school` is only the one with most of the classes."""
        return Role(name=name, schools=texts(fields, "schools"))

    def relationships(self, contact: Record) -> tuple[Relationship, ...]:
        """What a contact is to each of its students, which can differ from child to child."""
        return tuple(
            Relationship(student=entry["student"], kind=text(entry, "relationship"))
            for entry in contact.get("student_relationships") or ()
            if entry.get("student")
        )


def text(record: Record, key: str) -> str | None:
    """A value as text; absent, null and "" are all None."""
    value = record.get(key)
    return None if value is None or value == "" else str(value)


def texts(record: Record, key: str) -> tuple[str, ...]:
    """A list of ids, each once, in Clever's order."""
    return tuple(dict.fromkeys(filter(None, record.get(key) or ())))
