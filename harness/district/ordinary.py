"""Ordinary: the people and classes of a district that are nobody's cast.

Each record follows from the seed and its own number, counted through the schools in turn, so that
every school has people on every page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from harness.district.ids import Block, Ids, hashed
from harness.district.names import name_pool
from harness.district.people import Maker
from harness.district.records import District, DistrictContact, Name, Principal, Roles, School
from harness.district.schools import SCHOOLS, grades_between
from harness.district.seating import periods_of, seated
from harness.district.sis import (
    CourseEntry,
    Person,
    Relation,
    SchoolEntry,
    SectionEntry,
    Sis,
    TermEntry,
)

COURSES = (
    ("math", "Math"),
    ("science", "Science"),
    ("english/language arts", "English"),
    ("social studies", "History"),
    ("arts and music", "Music"),
    ("PE and health", "PE"),
    ("language", "Spanish"),
    ("technology and engineering", "Computing"),
    ("homeroom/advisory", "Advisory"),
    ("", "Enrichment"),
)
"""Clever's subject, and what schools call it."""
TERMS = (
    ("Y1", 300),
    ("S2", 150),
    ("T3", 100),
    ("Q4", 75),
    ("Y1", 290),
    ("S2 Block A", 140),
    ("S2 Block B", 70),
    ("H2", 160),
)
"""Name and length in days. Names repeat, as in Certification ISD."""

_TOWNS = {"common": "Marlow", "neighbour": "Fernhill"}
_NAMESAKES = 150
"""One student in so many has the name of a schoolmate."""
_WITHOUT_CLASSES = 47
"""One student in so many takes no class."""


@dataclass(slots=True, kw_only=True)
class Ordinary:
    """Makes the ordinary records of one district."""

    ids: Ids
    seed: int
    run_date: date
    schools: tuple[str, ...]
    slots: Mapping[Block, int]
    town: str = ""
    domain: str = ""
    make: Maker = field(init=False)
    taken: set[str] = field(default_factory=set)
    """Addresses given out: ordinary people never share one."""

    def __post_init__(self) -> None:
        self.town = _TOWNS.get(self.ids.district, "Marlow")
        mark = hashed(self.ids.salt, self.ids.district, "domain") & 0xFFFFFF
        ending = ("com", "org", "net")[mark % 3]
        self.domain = f"{self.town.lower()}-{mark:06x}.example.{ending}"
        self.make = Maker(
            ids=self.ids,
            seed=self.seed,
            run_date=self.run_date,
            domain=self.domain,
            names=name_pool(self.seed),
        )

    def built(self) -> Sis:
        """The district without any cast."""
        people = [*self._students(), *self._teachers(), *self._staff(), *self._district_admins()]
        by_uid = {person.uid: person for person in people}
        people.extend(self._contacts(by_uid))
        sis = Sis(
            ids=self.ids,
            seed=self.seed,
            run_date=self.run_date,
            at=self.make.created(0, Block.DISTRICT),
            year=0,
            domain=self.domain,
            district=self._district(),
            slots=self.slots,
            schools={row.uid: row for row in self._schools()},
            terms={row.uid: row for row in self._terms()},
            courses={row.uid: row for row in self._courses()},
            sections={row.uid: row for row in self._sections()},
            people={person.uid: person for person in people},
            casts={},
        )
        return seated(sis)

    def _numbers(self, block: Block) -> Iterator[tuple[int, str, str, int]]:
        """Number, uid, school and position of every ordinary record of a block."""
        for number in range(self.slots[block]):
            school = self.schools[number % len(self.schools)]
            yield number, f"{block} {number}", school, self.ids.ordinary(block, number)

    def _district(self) -> District:
        district_id = self.ids.clever(Block.DISTRICT, 1)
        random = self.make.random("district contact")
        contact = DistrictContact(
            district=district_id,
            email=f"clever.contact@{self.domain}",
            id=self.ids.clever(Block.DISTRICT, 2),
            name=Name(first=self.make.names.draw_first(random), last="Okafor"),
            title="",
        )
        return District(
            id=district_id,
            name=f"#DEMO {self.town} ISD - Rehearsal",
            sis_type="sftp",
            state="running",
            error="",
            launch_date=(self.run_date - timedelta(days=180)).isoformat(),
            last_sync="",
            portal_url=f"https://clever.com/in/{self.domain.split('.')[0]}",
            login_methods=["Clever Badges", "Clever Passwords"],
            district_contact=contact,
            lms_type="",
            lms_state="",
        )

    def _schools(self) -> Iterator[SchoolEntry]:
        for number, key in enumerate(self.schools):
            plan = SCHOOLS[key]
            mark = hashed(self.ids.salt, "school", number)
            sis_id = f"{10 + mark % 90}{'KMQRX'[number]}{100 + (mark >> 8) % 900}"
            random = self.make.random(f"principal {plan.principal}")
            name = f"{self.make.names.draw_first(random)} {self.make.names.draw_last(random)}"
            created = self.make.created(number, Block.SCHOOL)
            record = School(
                id=self.ids.clever(Block.SCHOOL, number + 7),
                district=self.ids.clever(Block.DISTRICT, 1),
                name=plan.name if self.town == "Marlow" else plan.name.replace("Marlow", self.town),
                sis_id=sis_id,
                school_number=sis_id,
                created=created,
                last_modified=created,
                state_id=str(400 + number),
                low_grade=plan.low,
                high_grade=plan.high,
                phone=plan.phone,
                location=plan.location,
                principal=Principal(name=name, email=f"{plan.principal}.office@{self.domain}"),
                ext={"charter_school": ("N", "N", "", "", "Y")[number]},
            )
            yield SchoolEntry(
                uid=key, id=record["id"], record=record, low=plan.low, high=plan.high,
                next=plan.next,
            )  # fmt: skip

    def _terms(self) -> Iterator[TermEntry]:
        for number, uid, school, position in self._numbers(Block.TERM):
            name, length = TERMS[number // len(self.schools) % len(TERMS)]
            end = self.run_date + timedelta(days=1)
            yield TermEntry(
                uid=uid,
                id=self.ids.clever(Block.TERM, position),
                school=school,
                name=name,
                start=end - timedelta(days=length),
                end=end,
            )

    def _courses(self) -> Iterator[CourseEntry]:
        for number, uid, school, position in self._numbers(Block.COURSE):
            place = number // len(self.schools)
            grades = grades_between(SCHOOLS[school].low, SCHOOLS[school].high)
            grade = grades[place % len(grades)]
            yield CourseEntry(
                uid=uid,
                id=self.ids.clever(Block.COURSE, position),
                name=f"{_said(grade)} {COURSES[place % len(COURSES)][1]}",
                number=str(100 + place) if place % 9 else "",
            )

    def _sections(self) -> Iterator[SectionEntry]:
        """Classes without students; `seated` fills them."""
        per_school = self.slots[Block.SECTION] // len(self.schools)
        courses = self.slots[Block.COURSE] // len(self.schools)
        terms = self.slots[Block.TERM] // len(self.schools)
        for number, uid, school, position in self._numbers(Block.SECTION):
            place, turn = number // len(self.schools), number % len(self.schools)
            subject, label = COURSES[place % courses % len(COURSES)]
            period = place % periods_of(per_school) + 1
            yield SectionEntry(
                uid=uid,
                id=self.ids.clever(Block.SECTION, position),
                school=school,
                sis_id=self.ids.sis(Block.SECTION, position),
                created=self.make.created(position, Block.SECTION),
                source_name=f"{label} {place + 1}",
                course=self._uid(Block.COURSE, place % courses, turn, unless=place == 31),
                term=self._uid(Block.TERM, place % terms, turn, unless=place == 30),
                teachers=self._teachers_of(place, turn),
                students=(),
                subject=subject,
                period=str(period) if place % 11 else "",
                number=str(place % 3 + 1) if place % 5 == 0 else "",
                classroom=("A1", "A2", "B1", "")[place % 4],
            )

    def _uid(self, block: Block, place: int, turn: int, *, unless: bool) -> str | None:
        return None if unless else f"{block} {place * len(self.schools) + turn}"

    def _teachers_of(self, place: int, turn: int) -> tuple[str, ...]:
        """Mostly one; some classes have co-teachers, and two schools a teacher without a class."""
        per_school = self.slots[Block.TEACHER] // len(self.schools)
        teaching = per_school - 1 if turn in (0, 3) and per_school > 3 else per_school
        many = 3 if place % 16 == 9 else 2 if place % 10 == 3 else 1
        return tuple(
            f"{Block.TEACHER} {(place + extra * 2) % teaching * len(self.schools) + turn}"
            for extra in range(min(many, teaching))
        )

    def _students(self) -> Iterator[Person]:
        for number, uid, school, position in self._numbers(Block.STUDENT):
            random = self.make.random(uid)
            namesake = number % _NAMESAKES == _NAMESAKES - 1
            other = f"{Block.STUDENT} {number - 10 * len(self.schools)}"
            name = self.make.name(self.make.random(other) if namesake else random)
            grades = grades_between(SCHOOLS[school].low, SCHOOLS[school].high)
            role = self.make.student(
                random, name, position, school=school, grade=random.choice(grades)
            )
            yield self._person(
                uid,
                position,
                name,
                Roles(student=role),
                missing=random.random() < 0.03,
                unplaced=number % _WITHOUT_CLASSES == 11,
            )

    def _teachers(self) -> Iterator[Person]:
        for number, uid, school, position in self._numbers(Block.TEACHER):
            random = self.make.random(uid)
            name = self.make.name(random)
            subject = COURSES[number // len(self.schools) % (len(COURSES) - 1)][1]
            role = self.make.teacher(random, name, position, schools=(school,), subject=subject)
            yield self._person(uid, position, name, Roles(teacher=role))

    def _staff(self) -> Iterator[Person]:
        for _, uid, school, position in self._numbers(Block.STAFF):
            random = self.make.random(uid)
            name = self.make.name(random)
            role = self.make.staff(random, name, position, schools=(school,))
            yield self._person(uid, position, name, Roles(staff=role))

    def _district_admins(self) -> Iterator[Person]:
        for _, uid, _, position in self._numbers(Block.DISTRICT_ADMIN):
            random = self.make.random(uid)
            name = self.make.name(random)
            role = self.make.district_admin(random, position)
            yield self._person(uid, position, name, Roles(district_admin=role))

    def _contacts(self, people: Mapping[str, Person]) -> Iterator[Person]:
        """One for every second student; one in seven also has the next child of the school."""
        for number, uid, _, position in self._numbers(Block.CONTACT):
            random = self.make.random(uid)
            turn, place = number % len(self.schools), number // len(self.schools)
            first = place * 2 * len(self.schools) + turn
            children = [first, first + len(self.schools)] if place % 7 == 3 else [first]
            last = people[f"{Block.STUDENT} {first}"].name.get("last", "")
            name = Name(last=f"{self.make.names.draw_first(random)} {last}")
            relations = tuple(
                Relation(
                    student=f"{Block.STUDENT} {child}",
                    relationship=random.choice(("Parent", "Parent", "Grandparent", "Other", "")),
                    type=random.choice(("Parent/Guardian", "Family", "Emergency", "")),
                )
                for child in children
            )
            role = self.make.contact(random, position)
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
    ) -> Person:
        block = Block(next(iter(roles)))
        return Person(
            uid=uid,
            id=self.ids.clever(block, position),
            position=position,
            name=name,
            email="" if missing else self._address(name, position),
            created=self.make.created(position, block),
            roles=roles,
            relations=relations,
            unplaced=unplaced,
        )

    def _address(self, name: Name, position: int) -> str:
        """An address nobody else has."""
        address = self.make.address(name)
        if address in self.taken:
            address = self.make.address(name, tag=f"{position:x}")
        self.taken.add(address)
        return address


def _said(grade: str) -> str:
    return f"Grade {grade}" if grade.isdigit() else grade.replace("Transitional", "Transitional ")
