"""Mistakes of a roster importer with rows and enrolments."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator

from variants.coursebridge import Coursebridge
from variants.coursebridge_import import Aborted, Feed, Importer, Stage
from variants.coursebridge_site import Enrolment, Record, Row, Seat

from harness.demo.registry import mutant


@mutant(
    "who-has-no-address-is-new",
    sees="some people are there once more every morning",
    mistake="looks users up by e-mail address, and takes whoever has none for new",
    cause="adds-again",
    breaks={"G5", "R1"},
    blocks={"R7"},
)
class WhoHasNoAddressIsNew(Coursebridge):
    """Who is looked up by nothing is not found."""

    class importer(Importer):
        def key(self, kind: str, record: Record) -> str:
            known = super().key(kind, record)
            if kind != "users" or record.get("email"):
                return known
            return f"{known} {self.new_id()}"


@mutant(
    "the-primary-teacher-twice",
    sees="the first teacher of a class is there twice",
    mistake="enrols the primary teacher of a new section, and then everybody in `teachers`",
    cause="listed-twice:teacher",
    breaks={"R9"},
)
class ThePrimaryTeacherTwice(Coursebridge):
    """`teacher` and `teachers` are two fields."""

    class importer(Importer):
        def enrol(self, section: Row, record: Record | None) -> None:
            new = section.id not in self.site.enrolments
            super().enrol(section, record)
            person = self.people.get((record or {}).get("teacher") or "")
            if new and person:
                twice = Enrolment(self.new_id(), section, person, "teacher", 0, since=self.day)
                self.site.enrolments.setdefault(section.id, []).append(twice)


@mutant(
    "guests-of-a-school-are-no-members",
    sees="a student who takes a class at another school does not see it",
    mistake="enrols only students whose primary school is the section's",
    cause="leaves-out-guests:student",
    breaks={"R9"},
    blocks={"R5"},
)
class GuestsOfASchoolAreNoMembers(Coursebridge):
    """A class is in a school, and so are its students."""

    class importer(Importer):
        def seats(self, record: Record) -> Iterator[tuple[Seat, int]]:
            for seat, rank in super().seats(record):
                school = self.people[seat.person].values["primary_school"]
                if seat.role != "student" or school == record["school"]:
                    yield seat, rank


@mutant(
    "leaves-the-course-with-the-class",
    sees="a student who changes to the other group of a course is in neither",
    mistake="ends a student's enrolments in all sections of a course when one ends",
    cause="members-lost-in-a-move",
    breaks={"R9"},
    plays={"comings-and-goings"},
)
class LeavesTheCourseWithTheClass(Coursebridge):
    """One is enrolled in a course."""

    class importer(Importer):
        def write(self, stage: Stage) -> None:
            self.ended: list[Enrolment] = []
            super().write(stage)
            left = {(one.person.id, self.course(one)) for one in self.ended}
            for one in (one for each in self.site.enrolments.values() for one in each):
                taken = one.role == "student" and not one.until and self.course(one)
                if taken and (one.person.id, taken) in left:
                    one.until = self.day

        def course(self, enrolment: Enrolment) -> str:
            course = enrolment.section.places.get("course")
            return course.id if course else ""

        def close(self, enrolment: Enrolment) -> None:
            super().close(enrolment)
            if enrolment.role == "student" and enrolment.section.live:
                self.ended.append(enrolment)


@mutant(
    "fingerprints-in-small-letters",
    sees="a name that was typed in capitals stays so",
    mistake="compares fingerprints of records in lower case",
    cause="corrections-ignored",
    breaks={"R5"},
)
class FingerprintsInSmallLetters(Coursebridge):
    """Addresses came in either case."""

    class importer(Importer):
        def update(self, kind: str, row: Row, record: Record) -> None:
            known: dict[str, str] = self.site.__dict__.setdefault("folded", {})
            stamp = ("created", "last_modified")
            folded = repr({k: v for k, v in record.items() if k not in stamp}).casefold()
            if known.get(row.id) == folded and row.live:
                return
            known[row.id] = folded
            super().update(kind, row, record)


@mutant(
    "unreadable-terms-are-none",
    sees="all classes are without a term after one bad night",
    mistake="takes a list of terms that cannot be read for an empty one",
    cause="answer-not-understood",
    breaks={"T1", "T7"},
)
class UnreadableTermsAreNone(Coursebridge):
    """Terms are optional."""

    class feed(Feed):
        def stage(self, kind: str) -> dict[str, Record]:
            try:
                return super().stage(kind)
            except Aborted:
                if kind != "terms":
                    raise
                return {}


@mutant(
    "stubborn-feed",
    sees="a night's import goes on the next morning",
    mistake="repeats a failed request until it works",
    cause="never-stops",
    breaks={"T3", "T4"},
)
class StubbornFeed(Coursebridge):
    """In the end it always works."""

    class feed(Feed):
        def load(self, url: str, authorization: str) -> Record:
            while True:
                try:
                    return super().load(url, authorization)
                except Aborted as reason:
                    if "status 4" in str(reason):
                        raise
