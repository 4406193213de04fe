"""Mistakes of a roster importer, in an app that shares no code with the demo."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from urllib.error import HTTPError

from variants.coursebridge import Coursebridge
from variants.coursebridge_import import Feed, Importer, Stage
from variants.coursebridge_site import Enrolment, Record, Row, Seat, Site, Visitor

from harness.contract.connection import Connection
from harness.demo.registry import mutant


@mutant(
    "owners-never-leave",
    sees="whoever created a class still has it after handing it over",
    mistake="never ends the enrolment of the first primary teacher of a section",
    cause="never-removes:teacher",
    breaks={"R9"},
)
class OwnersNeverLeave(Coursebridge):
    """A class has an owner, and is lost without."""

    class importer(Importer):
        def close(self, enrolment: Enrolment) -> None:
            if enrolment.role == "student" or enrolment.rank or not enrolment.section.live:
                super().close(enrolment)


@mutant(
    "co-teachers-study",
    sees="co-teachers are asked to hand in homework",
    mistake="enrols every teacher of a section but the primary one as a student",
    cause="teachers-as-students",
    breaks={"R9"},
    blocks={"R5"},
)
class CoTeachersStudy(Coursebridge):
    """A class has one teacher, and everybody else in it studies."""

    class importer(Importer):
        def seats(self, record: Record) -> Iterator[tuple[Seat, int]]:
            for seat, rank in super().seats(record):
                yield (
                    (Seat(seat.person, "student") if rank and seat.role == "teacher" else seat),
                    rank,
                )


@mutant(
    "classes-stay-hidden",
    sees="a class that is shared again stays hidden",
    mistake="updates a section that it archived, and never restores it",
    cause="never-restores",
    breaks={"R6"},
    blocks={"R5", "R9"},
)
class ClassesStayHidden(Coursebridge):
    """Who hid a class wants it hidden."""

    class importer(Importer):
        def restore(self, kind: str, row: Row) -> None:
            if kind != "sections":
                super().restore(kind, row)


@mutant(
    "classes-return-empty",
    sees="a class that is shared again has nobody in it",
    mistake="writes the members of a section only if the section has changed",
    cause="restores-without:student",
    breaks={"R9"},
    blocks={"R5"},
)
class ClassesReturnEmpty(Coursebridge):
    """Members are fields of a section, and what has its fingerprint is written already."""

    class importer(Importer):
        def update(self, kind: str, row: Row, record: Record) -> None:
            known = row.fingerprint
            super().update(kind, row, record)
            if kind == "sections" and row.fingerprint == known:
                self.unchanged.add(row.clever_id)

        def write(self, stage: Stage) -> None:
            self.unchanged: set[str] = set()
            super().write(stage)

        def enrol(self, section: Row, record: Record | None) -> None:
            if section.clever_id not in self.unchanged or record is None:
                super().enrol(section, record)


@mutant(
    "work-ends-with-an-enrolment",
    sees="who changes the class has lost what was finished",
    mistake="deletes the work of an enrolment when the enrolment ends",
    cause="work-tied-to-class",
    breaks={"R8"},
)
class WorkEndsWithAnEnrolment(Coursebridge):
    """Work is handed in for a class."""

    class importer(Importer):
        def close(self, enrolment: Enrolment) -> None:
            super().close(enrolment)
            self.site.work = [one for one in self.site.work if one.enrolment != enrolment.id]


@mutant(
    "numbers-without-zeros",
    sees="two students share an account",
    mistake="looks students up by their number without zeros before it",
    cause="looked-up-by:own-number",
    breaks={"R1"},
)
class NumbersWithoutZeros(Coursebridge):
    """A spreadsheet once removed the zeros, and so does the importer."""

    class importer(Importer):
        def key(self, kind: str, record: Record) -> str:
            student = record["roles"].get("student") if kind == "users" else None
            number = ((student or {}).get("student_number") or "").lstrip("0")
            return f"number {number}" if number else super().key(kind, record)


@mutant(
    "keeps-office-hours",
    sees="changes of the afternoon are never seen",
    mistake="compares `last_modified`, in UTC, with the local time of its last sync",
    cause="never-updates",
    breaks={"R5", "G2", "G3", "G4"},
    blocks={"G8", "T6"},
)
class KeepsOfficeHours(Coursebridge):
    """The clock of the office is five hours behind, and nobody asked of what."""

    class importer(Importer):
        def update(self, kind: str, row: Row, record: Record) -> None:
            if row.fingerprint and self.changed_at(record) <= self.site.started + 5 * 3600:
                row.live = True
            else:
                super().update(kind, row, record)

        def changed_at(self, record: Record) -> float:
            modified = record.get("last_modified")
            return datetime.fromisoformat(modified).timestamp() if modified else time.time() * 2


@mutant(
    "imports-at-once",
    sees="everybody of a new district is there twice",
    mistake="looks for known records when an import begins, and imports run at the same time",
    cause="two-syncs-at-once",
    breaks={"R1"},
)
class ImportsAtOnce(Coursebridge):
    """The lock was taken out because a stale one had stopped the night's import."""

    def _site(self, connection: Connection) -> Site:
        site = super()._site(connection)
        site.lock = nullcontext()
        return site


@mutant(
    "courses-by-name",
    sees="classes are shown under a course of another school",
    mistake="looks courses up by their names",
    cause="looked-up-by:name",
    breaks={"R1"},
    blocks={"R2", "R6"},
)
class CoursesByName(Coursebridge):
    """Algebra is Algebra."""

    class importer(Importer):
        def key(self, kind: str, record: Record) -> str:
            name = (record.get("name") or "").strip().lower() if kind == "courses" else ""
            return name or super().key(kind, record)

        def place(self, sections: Mapping[str, Record]) -> None:
            by_name = self.rows["courses"]
            self.rows["courses"] = {row.clever_id: row for row in by_name.values()}
            super().place(sections)
            self.rows["courses"] = by_name


@mutant(
    "asks-again-before-the-reset",
    sees="Clever's support asks why requests go on while the limit is reached",
    mistake="tries three times more at once after a 429, and waits for the reset only then",
    cause="ignores-the-reset",
    breaks={"T3"},
)
class AsksAgainBeforeTheReset(Coursebridge):
    """Most limits are over in a moment."""

    class feed(Feed):
        def pause(self, error: HTTPError, attempt: int) -> float:
            return super().pause(error, attempt) if attempt > 2 else 0.05


@mutant(
    "compares-addresses-letter-by-letter",
    sees="teachers who had an account have a second one",
    mistake="matches accounts from before only if the case of the address is the same",
    cause="addresses-compared-with-case",
    breaks={"R4"},
)
class ComparesAddressesLetterByLetter(Coursebridge):
    """`==` was enough in every test."""

    class importer(Importer):
        def is_of(self, visitor: Visitor, user: Record) -> bool:
            return super().is_of(visitor, user) and visitor.email == user["email"]


@mutant(
    "imports-remove-groups",
    sees="groups that teachers made are gone the next morning",
    mistake="removes whatever an import did not create",
    cause="deletes-local-records",
    breaks={"D1", "D2"},
)
class ImportsRemoveGroups(Coursebridge):
    """The site is what Clever shares."""

    class importer(Importer):
        def write(self, stage: Stage) -> None:
            super().write(stage)
            self.site.groups.clear()


@mutant(
    "parents-are-not-imported",
    sees="parents cannot sign in",
    mistake="leaves out everybody with the role `contact`",
    cause="role-left-out",
    breaks={"R2"},
    blocks={"G4", "R1", "R5", "R6"},
)
class ParentsAreNotImported(Coursebridge):
    """The school year began without a portal for parents."""

    class importer(Importer):
        def merge(self, kind: str, records: Mapping[str, Record]) -> None:
            if kind == "users":
                records = {k: u for k, u in records.items() if not u["roles"].get("contact")}
            super().merge(kind, records)


@mutant(
    "declares-that-groups-go",
    sees="the questionnaire says that groups are removed, and they stay",
    mistake="declares that an import removes groups made by hand, and keeps them",
    cause="contradicts-declarations",
    breaks={"D1"},
)
class DeclaresThatGroupsGo(Coursebridge):
    """The answer was copied from the version before."""

    profile = replace(
        Coursebridge.profile,
        declares={**Coursebridge.profile.declares, "create-group": ("overwritten",)},
    )


@mutant(
    "hurries-after-failures",
    sees="Clever's support asks why requests come without a pause",
    mistake="repeats a failed request at once",
    cause="retries-without-pause",
    breaks={"T3"},
)
class HurriesAfterFailures(Coursebridge):
    """The night is short."""

    class feed(Feed):
        def pause(self, error: HTTPError, attempt: int) -> float:
            return super().pause(error, attempt) if error.code == 429 else 0


@mutant(
    "columns-of-twelve-letters",
    sees="long names end in the middle",
    mistake="keeps the first twelve characters of a last name",
    cause="cut-short",
    breaks={"R2"},
    blocks={"R5"},
)
class ColumnsOfTwelveLetters(Coursebridge):
    """The column is as wide as that of the printed list."""

    class importer(Importer):
        def update(self, kind: str, row: Row, record: Record) -> None:
            super().update(kind, row, record)
            if row.values.get("last_name"):
                row.values["last_name"] = row.values["last_name"][:12]
