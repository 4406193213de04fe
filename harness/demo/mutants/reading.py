"""Mistakes in what is read from Clever, on good days and on bad ones."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.reader import Reader, text
from harness.demo.registry import mutant
from harness.demo.roster import Role


@mutant(
    "first-page-only",
    sees="most people have no account",
    mistake="reads the first page of each list and does not follow the `next` link",
    cause="first-page-only",
    breaks={"R2"},
    blocks={
        "R1",
        "R4",
        "R5",
        "R6",
        "R7",
        "R8",
        "R9",
        "D1",
        "G2",
        "G3",
        "G4",
        "G7",
        "G8",
        "G20",
        "T6",
    },
    size="full",
)
class FirstPageOnly(DemoAdapter):
    """Our sandbox district had eighty people, so there never was a second page."""

    class client(Client):
        def next_url(self, page: Record) -> str | None:
            return None


@mutant(
    "primary-teacher-only",
    sees="co-teachers do not see their class",
    mistake="takes the teachers of a section from `teacher` instead of `teachers`",
    cause="fixed-number:teacher",
    breaks={"R9"},
)
class PrimaryTeacherOnly(DemoAdapter):
    """A class has a field `teacher`, and that is its teacher."""

    class reader(Reader):
        def teachers(self, section: Record) -> tuple[str, ...]:
            return tuple(filter(None, [text(section, "teacher")]))


@mutant(
    "co-teacher-cap-of-two",
    sees="the third teacher of a class does not see it",
    mistake="keeps the first two `teachers` of a section",
    cause="fixed-number:teacher",
    breaks={"R9"},
)
class CoTeacherCapOfTwo(DemoAdapter):
    """Our class table has two columns: teacher and assistant."""

    class reader(Reader):
        def teachers(self, section: Record) -> tuple[str, ...]:
            return super().teachers(section)[:2]


@mutant(
    "one-school-per-student",
    sees="a student of two schools is missing in the second",
    mistake="takes a student's schools from `school` instead of `schools`",
    cause="fixed-number:school",
    breaks={"G2"},
)
class OneSchoolPerStudent(DemoAdapter):
    """A student has a field `school`, and that is the student's school."""

    class reader(Reader):
        def role(self, name: str, fields: Record) -> Role:
            school = text(fields, "school") if name == "student" else None
            return Role(name=name, schools=(school,)) if school else super().role(name, fields)


@mutant(
    "archives-what-it-could-not-read",
    sees="a failure at Clever locks people out",
    mistake="takes a list that broke off for a list that ended",
    cause="failure-as-empty",
    breaks={"T1", "T7"},
)
class ArchivesWhatItCouldNotRead(DemoAdapter):
    """A page that fails is logged, and the sync goes on with what it has."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            try:
                yield from super().pages(url)
            except Stopped:
                return


@mutant(
    "retries-at-once",
    sees="nothing here; Clever takes longer to recover",
    mistake="repeats a failed request without a pause",
    cause="retries-without-pause",
    breaks={"T3"},
)
class RetriesAtOnce(DemoAdapter):
    """What failed just now works now."""

    class client(Client):
        def pause(self, attempt: int) -> float:
            return 0.0
