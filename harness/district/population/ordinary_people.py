"""Ordinary people: a district's people in no cast, each from the seed and their own number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from harness.district.data_model.grades import grades_between
from harness.district.data_model.ids import Block
from harness.district.data_model.records import Name, Roles
from harness.district.population.five_schools import SCHOOLS
from harness.district.population.layout import Layout
from harness.district.population.schools_and_classes import COURSES
from harness.district.sis.entries import PersonEntry, Relation

_NAMESAKES = 150
"""One student in so many has the name of a schoolmate."""
_WITHOUT_CLASSES = 47
"""One student in so many takes no class."""


def ordinary_people(layout: Layout) -> dict[str, PersonEntry]:
    """Everybody ordinary, by uid."""
    making = _OrdinaryPeople(layout=layout)
    people = {
        person.uid: person
        for group in (
            making.students(),
            making.teachers(),
            making.staff(),
            making.district_admins(),
        )
        for person in group
    }
    return people | {person.uid: person for person in making.contacts(people)}


@dataclass(slots=True, kw_only=True)
class _OrdinaryPeople:
    """Makes people, and remembers which addresses are given out."""

    layout: Layout
    taken: set[str] = field(default_factory=set)

    def students(self) -> Iterator[PersonEntry]:
        for number, uid, school, position in self.layout.numbered(Block.STUDENT):
            random = self.layout.maker.random(uid)
            usual = self.layout.maker.complete
            namesake = not usual and number % _NAMESAKES == _NAMESAKES - 1
            other = f"{Block.STUDENT} {number - 10 * len(self.layout.schools)}"
            name = self.layout.maker.name(self.layout.maker.random(other) if namesake else random)
            grades = grades_between(SCHOOLS[school].low, SCHOOLS[school].high)
            role = self.layout.maker.student(
                random, name, position, school=school, grade=random.choice(grades)
            )
            yield self._person(
                uid,
                position,
                name,
                Roles(student=role),
                missing=random.random() < 0.03,
                unplaced=not usual and number % _WITHOUT_CLASSES == 11,
            )

    def teachers(self) -> Iterator[PersonEntry]:
        for number, uid, school, position in self.layout.numbered(Block.TEACHER):
            random = self.layout.maker.random(uid)
            name = self.layout.maker.name(random)
            subject = COURSES[number // len(self.layout.schools) % (len(COURSES) - 1)][1]
            role = self.layout.maker.teacher(
                random, name, position, schools=(school,), subject=subject
            )
            yield self._person(uid, position, name, Roles(teacher=role))

    def staff(self) -> Iterator[PersonEntry]:
        for _, uid, school, position in self.layout.numbered(Block.STAFF):
            random = self.layout.maker.random(uid)
            name = self.layout.maker.name(random)
            role = self.layout.maker.staff(random, name, position, schools=(school,))
            yield self._person(uid, position, name, Roles(staff=role))

    def district_admins(self) -> Iterator[PersonEntry]:
        for _, uid, _, position in self.layout.numbered(Block.DISTRICT_ADMIN):
            random = self.layout.maker.random(uid)
            name = self.layout.maker.name(random)
            role = self.layout.maker.district_admin(random, position)
            yield self._person(uid, position, name, Roles(district_admin=role))

    def contacts(self, people: Mapping[str, PersonEntry]) -> Iterator[PersonEntry]:
        """One for every second student; one in seven also has the next child of the school."""
        for number, uid, _, position in self.layout.numbered(Block.CONTACT):
            random = self.layout.maker.random(uid)
            turn, place = number % len(self.layout.schools), number // len(self.layout.schools)
            first = place * 2 * len(self.layout.schools) + turn
            children = [first, first + len(self.layout.schools)] if place % 7 == 3 else [first]
            last = people[f"{Block.STUDENT} {first}"].name.get("last", "")
            name = Name(last=f"{self.layout.maker.names.draw_first(random)} {last}")
            relations = tuple(
                Relation(
                    student=f"{Block.STUDENT} {child}",
                    relationship=random.choice(("Parent", "Parent", "Grandparent", "Other", "")),
                    type=random.choice(("Parent/Guardian", "Family", "Emergency", "")),
                )
                for child in children
            )
            role = self.layout.maker.contact(random, position)
            missing = random.random() < 0.2
            yield self._person(
                uid, position, name, Roles(contact=role), missing=missing, relations=relations
            )

    def _person(
        self,
        uid: str,
        position: int,
        name: Name,
        roles: Roles,
        *,
        missing: bool = False,
        relations: tuple[Relation, ...] = (),
        unplaced: bool = False,
    ) -> PersonEntry:
        block, complete = Block(next(iter(roles))), self.layout.maker.complete
        return PersonEntry(
            uid=uid,
            id=self.layout.ids.clever_id(block, position),
            position=position,
            name=name,
            email=self._address(name, position) if complete or not missing else "",
            created=self.layout.maker.created(position, block),
            roles=roles,
            relations=relations,
            unplaced=unplaced,
        )

    def _address(self, name: Name, position: int) -> str:
        """An address nobody else has."""
        address = self.layout.maker.address(name)
        if address in self.taken:
            address = self.layout.maker.address(name, tag=f"{position:x}")
        self.taken.add(address)
        return address
