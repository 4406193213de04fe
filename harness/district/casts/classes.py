"""Cast classes: the classes, courses and terms of a cast, as entries of the SIS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from harness.district.casts.cast import NONE, CoursePart, Member, SectionPart, TermPart
from harness.district.casts.placement import Placement
from harness.district.data_model.ids import Block, hashed
from harness.district.data_model.raw import AS_IT_IS
from harness.district.sis.entries import CourseEntry, Entry, SectionEntry, TermEntry, is_cast

_TERM_DAYS = 210


@dataclass(frozen=True, slots=True)
class CastClasses:
    """Makes the classes, courses and terms of one cast."""

    placement: Placement

    def section(self, member: Member, part: SectionPart) -> Iterator[Entry]:
        self.placement.require_schools(member, (part.school,))
        uid = self.placement.uid(member.name)
        position = self.placement.position(Block.SECTION, member.name, member.end)
        course = self.placement.uid(part.course) if part.course else f"{uid} (course)"
        if not part.course:
            yield self.course(member, f"{member.name} (course)", CoursePart(label=member.name))
        yield SectionEntry(
            uid=uid,
            id=self.placement.sis.ids.clever_id(Block.SECTION, position),
            present=not member.away,
            shared=not member.unshared,
            raw=member.raw_at_first,
            school=part.school,
            sis_id=self.placement.sis.ids.sis_id(Block.SECTION, position),
            created=self.placement.maker.created(position, Block.SECTION),
            source_name=member.name,
            course=None if part.course == NONE else course,
            term=self._term_of(uid, part),
            teachers=tuple(self.placement.uid(teacher) for teacher in part.teachers),
            students=self._filled(tuple(self._students_of(member.name)), part),
            period=str(hashed(uid, "period") % 8 + 1),
            reused=part.reused,
            fields=part.fields,
        )

    def _students_of(self, section: str) -> Iterator[str]:
        for name, member in self.placement.cast.members.items():
            if any(section in part.sections for part in member.roles.values()):
                yield self.placement.uid(name)

    def _filled(self, students: tuple[str, ...], part: SectionPart) -> tuple[str, ...]:
        """With ordinary students of the school, spread over all of them, up to a size."""
        wanted = part.size - len(students)
        if wanted < 1:
            return students
        ordinary = [
            person.uid
            for person in self.placement.sis.people.values()
            if not is_cast(person.uid)
            and not person.unplaced
            and person.roles.get("student", {}).get("school") == part.school
        ]
        if not ordinary:
            return students
        step = max(1, len(ordinary) // wanted)
        return (*students, *ordinary[::step][:wanted])

    def _term_of(self, uid: str, part: SectionPart) -> str | None:
        if part.term:
            return None if part.term == NONE else self.placement.uid(part.term)
        ordinary = [
            term.uid
            for term in self.placement.sis.terms.values()
            if term.school == part.school and not is_cast(term.uid)
        ]
        return ordinary[hashed(uid, "term") % len(ordinary)]

    def course(self, member: Member, name: str, part: CoursePart) -> CourseEntry:
        position = self.placement.position(Block.COURSE, name, member.end)
        number = (
            str(hashed(self.placement.uid(name)) % 900 + 100)
            if part.number is None
            else part.number
        )
        whole = isinstance(member.thing, CoursePart)
        return CourseEntry(
            uid=self.placement.uid(name),
            id=self.placement.sis.ids.clever_id(Block.COURSE, position),
            present=not (whole and member.away),
            shared=not (whole and member.unshared),
            raw=member.raw_at_first if whole else AS_IT_IS,
            name=part.label or member.name,
            number=number,
            by_number=part.by_number,
        )

    def term(self, member: Member, part: TermPart) -> TermEntry:
        self.placement.require_schools(member, (part.school,))
        position = self.placement.position(Block.TERM, member.name, member.end)
        ends = 1 if part.ends is None else part.ends
        starts = ends - _TERM_DAYS if part.starts is None else part.starts
        return TermEntry(
            uid=self.placement.uid(member.name),
            id=self.placement.sis.ids.clever_id(Block.TERM, position),
            present=not member.away,
            shared=not member.unshared,
            raw=member.raw_at_first,
            school=part.school,
            name=part.label or member.name,
            start=self._day(starts),
            end=self._day(ends),
        )

    def _day(self, days: int) -> date:
        return self.placement.sis.run_date + timedelta(days=days)
