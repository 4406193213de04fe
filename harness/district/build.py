"""Population: the five-school district every rehearsal plays in, and its small neighbour.

About 600 students keep users, sections and courses on several pages, and one record below 5 % of
its kind, so that no change of an edge case looks like a mass change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from harness.district.casts.cast import Cast
from harness.district.casts.place import place
from harness.district.data_model.ids import Block, Ids
from harness.district.population.layout import lay_out
from harness.district.population.ordinary import ordinary_district
from harness.district.population.schools import SCHOOLS
from harness.district.sis.sis import Sis
from harness.errors import DocumentError


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


NEIGHBOUR = replace(
    SMALL, students=30, teachers=4, staff=2, contacts=13, sections=6, district_admins=2
)
"""A hundred users: with pages of Clever's usual size their list ends with a full page."""


def build_district(
    casts: Sequence[Cast],
    *,
    seed: int,
    salt: str,
    run_date: date,
    size: Size = FIVE_SCHOOLS,
    district: str = "common",
) -> Sis:
    """A district with casts in it; the ordinary records do not depend on the casts.

    Raises DocumentError when a cast needs a school this district has not, or two members of casts
    cannot be told apart.
    """
    layout = lay_out(
        Ids(salt=salt, district=district),
        seed=seed,
        run_date=run_date,
        schools=size.schools,
        slots=size.slots(),
    )
    sis = ordinary_district(layout)
    for cast in casts:
        sis = place(sis, cast)
    refuse_equal_ids(sis)
    return sis


def refuse_equal_ids(sis: Sis) -> None:
    """Raises DocumentError when two names of casts hash to one place among a million to a slot."""
    for kept in (sis.people, sis.sections, sis.courses, sis.terms):
        uids: dict[str, str] = {}
        for entry in kept.values():
            first = uids.setdefault(entry.id, entry.uid)
            if first != entry.uid:
                raise DocumentError(
                    f'"{entry.uid}" would have the Clever id of "{first}"',
                    hint="Call one of them something else.",
                )


def build_neighbour(*, seed: int, salt: str, run_date: date) -> Sis:
    """The small district beside the common one.

    Its SIS numbers are the common district's first ones: an app that keys on them takes the two
    for one. Its Clever ids and e-mail addresses are its own.
    """
    return build_district(
        (), seed=seed, salt=salt, run_date=run_date, size=NEIGHBOUR, district="neighbour"
    )


def build_small(
    name: str, casts: Sequence[Cast] = (), *, seed: int, salt: str, run_date: date
) -> Sis:
    """A small district of two schools, with SIS numbers of its own."""
    return build_district(
        casts, seed=seed, salt=f"{salt} {name}", run_date=run_date, size=SMALL, district=name
    )
