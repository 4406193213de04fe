"""Lines: the lines of all files for one roster, with the SIS's numbers for Clever's ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from harness.district.csv import cells
from harness.district.csv.cells import Cells
from harness.district.csv.columns import CO_TEACHERS, MAX_CONTACTS
from harness.district.data_model.records import ContactRelationship, Kind, Section, User, full_name
from harness.district.data_model.roster import Roster
from harness.errors import UsageError


def _without_nulls(roster: Roster) -> Roster:
    """The roster without values that are null: a file has an empty cell for them."""
    kinds = (kind for kind in Kind if kind is not Kind.DISTRICTS)
    rows: Any = {kind.value: _kept(dict(roster.of(kind))) for kind in kinds}
    return replace(roster, **rows)


def _kept(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _kept(content) for name, content in value.items() if content is not None}
    return value


class RosterLines:
    """What stands in each file; UsageError for what no file can carry."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster = _without_nulls(roster)
        self._contacts: dict[str, list[tuple[User, ContactRelationship]]] = {}
        for user in roster.users.values():
            contact = user["roles"].get("contact")
            for relation in contact["student_relationships"] if contact else ():
                self._contacts.setdefault(relation["student"], []).append((user, relation))

    def schools(self) -> Iterator[Cells]:
        return map(cells.of_school, self._roster.schools.values())

    def students(self) -> Iterator[Cells]:
        """A line for each student, or one for each of their contacts."""
        for user in self._roster.users.values():
            role = user["roles"].get("student")
            if role is None:
                continue
            line = {"School_id": self._number(role["school"]), **cells.of_student(user, role)}
            contacts = self._contacts.get(user["id"], [])
            if len(contacts) > MAX_CONTACTS:
                raise UsageError(
                    f"{full_name(user)} has {len(contacts)} contacts; Clever's files carry at "
                    f"most {MAX_CONTACTS} of a student"
                )
            yield from ({**line, **cells.of_contact(*contact)} for contact in contacts)
            if not contacts:
                yield line

    def teachers(self) -> Iterator[Cells]:
        """A line for each school of each teacher, the primary one first."""
        for user in self._roster.users.values():
            role = user["roles"].get("teacher")
            if role is not None:
                schools = dict.fromkeys((role["school"], *role["schools"]))
                yield from self._at(schools, cells.of_teacher(user, role))

    def staff(self) -> Iterator[Cells]:
        """A line for each school of each member of the staff."""
        for user in self._roster.users.values():
            role = user["roles"].get("staff")
            if role is not None:
                yield from self._at(role["schools"], cells.of_staff(user, role))

    def sections(self) -> Iterator[Cells]:
        return map(self._section, self._roster.sections.values())

    def enrollments(self) -> Iterator[Cells]:
        """A line for each student of each class, but for those who are not shared."""
        for section in self._roster.sections.values():
            for student in self._known(section["students"]):
                yield {
                    "School_id": self._number(section["school"]),
                    "Section_id": section["sis_id"],
                    "Student_id": student["roles"]["student"]["sis_id"],
                }

    def _known(self, ids: Iterable[str]) -> Iterator[User]:
        """Those members of a class whom the district shares; the others are in no file."""
        return (
            self._roster.users[clever_id] for clever_id in ids if clever_id in self._roster.users
        )

    def _number(self, school: str) -> str:
        return self._roster.schools[school]["sis_id"]

    def _at(self, schools: Iterable[str], line: Cells) -> Iterator[Cells]:
        return ({"School_id": self._number(school), **line} for school in schools)

    def _section(self, section: Section) -> Cells:
        course = self._roster.courses.get(section.get("course", ""))
        term = self._roster.terms.get(section.get("term_id", ""))
        return {
            "School_id": self._number(section["school"]),
            "Section_id": section["sis_id"],
            **self._teachers(section),
            "Name": section["name"],
            "Section_number": section.get("section_number", ""),
            "Grade": section.get("grade", ""),
            "Course_name": course.get("name", "") if course else "",
            "Course_number": course.get("number", "") if course else "",
            "Period": section.get("period", ""),
            "Subject": section.get("subject", ""),
            **(cells.of_term(term) if term else {}),
            **cells.of_extension(section.get("ext")),
        }

    def _teachers(self, section: Section) -> Cells:
        columns = ("Teacher_id", *CO_TEACHERS)
        numbers = [
            teacher["roles"]["teacher"]["sis_id"] for teacher in self._known(section["teachers"])
        ]
        if len(numbers) > len(columns):
            raise UsageError(
                f"{section['name']} has {len(numbers)} teachers; Clever's files carry at most "
                f"{len(columns)} of a class"
            )
        return dict(zip(columns, numbers, strict=False))
