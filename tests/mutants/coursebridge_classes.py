"""Mistakes of a roster importer with the teachers and terms of classes."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator, Mapping

from variants.coursebridge import Coursebridge
from variants.coursebridge_import import Importer, Stage
from variants.coursebridge_site import Record, Row, Seat

from harness.demo.registry import mutant


@mutant(
    "classes-keep-their-last-teacher",
    sees="a teacher who left a class has it until somebody takes over",
    mistake="leaves the teachers of a section alone when Clever names none",
    cause="keeps-the-last:teacher",
    breaks={"R9"},
    plays={"comings-and-goings"},
)
class ClassesKeepTheirLastTeacher(Coursebridge):
    """A class without a teacher must be a mistake of the school's."""

    class importer(Importer):
        def enrol(self, section: Row, record: Record | None) -> None:
            if record and not record.get("teachers"):
                current = self.site.current(section)
                kept = [one.person.clever_id for one in current if one.role == "teacher"]
                record = {**record, "teachers": kept}
            super().enrol(section, record)


@mutant(
    "hides-classes-of-a-removed-term",
    sees="a class whose term is gone is closed, though it goes on",
    mistake="archives the sections of a term that is no longer shared",
    cause="archives-what-is-shared",
    breaks={"R2", "R6"},
    blocks={"R5", "R9"},
)
class HidesClassesOfARemovedTerm(Coursebridge):
    """No term, no class."""

    class importer(Importer):
        def suspend(self, stage: Stage) -> None:
            super().suspend(stage)
            for row in self.rows["sections"].values():
                term = row.places.get("term_id")
                row.live = row.live and (term is None or term.live)


@mutant(
    "asks-for-a-term-by-another-name",
    sees="classes belong to no term",
    mistake="reads the term of a section from `term` instead of `term_id`",
    cause="link-not-read",
    breaks={"R2"},
    blocks={"R1", "R5", "R6"},
)
class AsksForATermByAnotherName(Coursebridge):
    """`school`, `course`, `term`."""

    class importer(Importer):
        def place(self, sections: Mapping[str, Record]) -> None:
            unread = {key: {**row, "term_id": row.get("term")} for key, row in sections.items()}
            super().place(unread)


@mutant(
    "purges-whom-no-class-lists",
    sees="whoever has no class has no account, and the work of last year is gone",
    mistake="deletes students and teachers who are in no class, with their work",
    cause="people-from-sections",
    breaks={"R2", "R6", "R8"},
    blocks={"R1", "R4", "R5", "R7", "R9", "G2"},
    plays={"odd-values"},
)
class PurgesWhomNoClassLists(Coursebridge):
    """Licences are paid by account."""

    class importer(Importer):
        def write(self, stage: Stage) -> None:
            super().write(stage)
            sections = [row for row in self.rows["sections"].values() if row.live]
            listed = {one.person.id for row in sections for one in self.site.current(row)}
            for key, row in list(self.site.rows["users"].items()):
                roles = {held.role for held in row.values["roles"]}
                if roles <= {"student", "teacher"} and row.id not in listed:
                    del self.site.rows["users"][key]
                    self.site.work = [one for one in self.site.work if one.account != row.id]


@mutant(
    "hands-classes-over",
    sees="who was the first teacher of a class and still teaches it does not see it",
    mistake="takes the former primary teacher of a section out, though `teachers` still names them",
    cause="replaces-primary:teacher",
    breaks={"R9"},
)
class HandsClassesOver(Coursebridge):
    """A class has an owner, and whoever was it before has handed it over."""

    class importer(Importer):
        def enrol(self, section: Row, record: Record | None) -> None:
            if record:
                owners: dict[str, list[str]] = self.site.__dict__.setdefault("owners", {})
                mine = owners.setdefault(section.id, [])
                owner = record.get("teacher")
                if owner and owner in mine:
                    mine.remove(owner)
                mine += [owner] if owner else []
                kept = [one for one in record.get("teachers") or () if one not in mine[:-1]]
                record = {**record, "teachers": kept}
            super().enrol(section, record)


@mutant(
    "classes-without-a-teacher-are-for-self-study",
    sees="whoever takes over a class that nobody taught does not see it",
    mistake="enrols no teacher in a section that has students and no teacher",
    cause="never-fills:teacher",
    breaks={"R9"},
    plays={"comings-and-goings"},
)
class ClassesWithoutATeacherAreForSelfStudy(Coursebridge):
    """Where nobody teaches, everybody studies alone; such a class is made so once."""

    class importer(Importer):
        def enrol(self, section: Row, record: Record | None) -> None:
            roles = {one.role for one in self.site.current(section)}
            if record and roles == {"student"}:
                record = {**record, "teacher": None, "teachers": []}
            super().enrol(section, record)


@mutant(
    "short-names-are-taken",
    sees="most classes of the new school year are missing",
    mistake="creates no section whose name another one of the school has, in use or not",
    cause="needs-unique-names",
    breaks={"R1", "R5"},
    blocks={"R9"},
)
class ShortNamesAreTaken(Coursebridge):
    """A class has a short name, which is part of its address."""

    class importer(Importer):
        def merge(self, kind: str, records: Mapping[str, Record]) -> None:
            if kind == "sections":
                records = dict(self.free(records))
            super().merge(kind, records)

        def free(self, records: Mapping[str, Record]) -> Iterator[tuple[str, Record]]:
            """The sections that are there, and those whose name is not."""
            taken: dict[tuple[str, str], str] = self.site.__dict__.setdefault("short", {})
            for key, record in records.items():
                name = record["school"], str(record.get("name") or key)
                if key in self.rows["sections"] or taken.setdefault(name, key) == key:
                    yield key, record


@mutant(
    "a-class-is-enrolled-in-one-go",
    sees="a class has nobody in it",
    mistake="enrols nobody in a section that lists somebody twice, since the pair must be unique",
    cause="repeated-at-clever:teacher",
    breaks={"R9"},
    plays={"odd-values"},
)
class AClassIsEnrolledInOneGo(Coursebridge):
    """Enrolments of a class are one transaction, which a second row for somebody undoes."""

    class importer(Importer):
        def seats(self, record: Record) -> Iterator[tuple[Seat, int]]:
            for role in ("teachers", "students"):
                listed = record.get(role) or []
                if len(set(listed)) < len(listed):
                    return
            yield from super().seats(record)
