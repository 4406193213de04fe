"""Sizes: how many ordinary records a district has.

About 600 students keep users, sections and courses on several pages, and one record below 5 % of
its kind, so that no change of an edge case looks like a mass change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from harness.district.data_model.ids import Block
from harness.district.population.five_schools import SCHOOLS


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many ordinary records a district has: per school, district admins apart."""

    schools: tuple[str, ...]
    students: int
    teachers: int
    staff: int
    contacts: int
    sections: int
    courses: int
    terms: int
    district_admins: int
    empty_schools: tuple[str, ...] = ()
    """Further schools, in which nobody is whom no edge case puts there."""
    complete: bool = False
    """Whether no ordinary record lacks a value that most have, and everybody has a class."""

    def slots(self) -> dict[Block, int]:
        """The number of ordinary records by block of ids."""
        per_school = {
            Block.STUDENT: self.students,
            Block.TEACHER: self.teachers,
            Block.STAFF: self.staff,
            Block.CONTACT: self.contacts,
            Block.SECTION: self.sections,
            Block.COURSE: self.courses,
            Block.TERM: self.terms,
        }
        slots = {block: count * len(self.schools) for block, count in per_school.items()}
        return slots | {Block.DISTRICT_ADMIN: self.district_admins}


FIVE_SCHOOLS = Size(
    schools=tuple(SCHOOLS),
    students=120,
    teachers=9,
    staff=2,
    contacts=60,
    sections=64,
    courses=24,
    terms=8,
    district_admins=3,
)
FIVE_SMALL_SCHOOLS = Size(
    schools=tuple(SCHOOLS),
    students=12,
    teachers=3,
    staff=1,
    contacts=4,
    sections=4,
    courses=3,
    terms=2,
    district_admins=1,
)
"""Big enough for any cast, for syncs that look for the one edge case an app stumbles over."""
SMALL = Size(
    schools=("elementary", "middle"),
    students=20,
    teachers=3,
    staff=1,
    contacts=10,
    sections=4,
    courses=3,
    terms=2,
    district_admins=1,
)
THREE_PAGES = replace(SMALL, students=204, contacts=101, sections=101)
"""Three pages of students, of contacts and of sections, with pages of Clever's usual size."""
LONG = replace(
    SMALL,
    schools=("middle",),
    students=2020,
    teachers=1010,
    contacts=1010,
    sections=1010,
    courses=1010,
)
"""Lists of more than a thousand, those of its one school too, for apps that ask for that many."""
TWO_PAGES = replace(SMALL, students=60)
"""Two pages of users: with pages of Clever's usual size students alone are on the first."""
NO_DISTRICT_ADMIN = replace(TWO_PAGES, district_admins=0)
"""The same without an administrator of the district, so that one in a cast is the only one."""
WITH_AN_EMPTY_SCHOOL = replace(SMALL, empty_schools=("academy",))
"""Two schools, and a third for a cast that wants one to itself."""
WITH_TWO_EMPTY_SCHOOLS = replace(SMALL, empty_schools=("high", "academy"))
"""Two schools, and two more for a cast: one that is there, and one that opens."""
WITH_A_NEW_SCHOOL = replace(TWO_PAGES, empty_schools=WITH_AN_EMPTY_SCHOOL.empty_schools)
"""Two pages of users, and a school for a cast that opens it during the year."""
NEIGHBOUR_SIZE = replace(
    SMALL, students=30, teachers=4, staff=2, contacts=13, sections=6, district_admins=2
)
"""A hundred users: with pages of Clever's usual size their list ends with a full page."""
