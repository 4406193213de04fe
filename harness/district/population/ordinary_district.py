"""Ordinary district: a district in which nobody is in anybody's cast.

Each record follows from the seed and its own number, counted through the schools in turn, so that
every school has people on every page.
"""

from __future__ import annotations

from harness.district.data_model.ids import Block
from harness.district.population.enrollment import with_ordinary_enrollments
from harness.district.population.layout import Layout
from harness.district.population.ordinary_people import ordinary_people
from harness.district.population.schools_and_classes import (
    course_entries,
    district_record,
    school_entries,
    section_entries,
    term_entries,
)
from harness.district.sis.sis import Sis


def ordinary_district(layout: Layout) -> Sis:
    """The district at the beginning of the year, with its students in their classes."""
    sis = Sis(
        ids=layout.ids,
        seed=layout.seed,
        run_date=layout.run_date,
        at=layout.maker.created(0, Block.DISTRICT),
        year=0,
        domain=layout.domain,
        district=district_record(layout),
        slots=layout.slots,
        schools={row.uid: row for row in school_entries(layout)},
        terms={row.uid: row for row in term_entries(layout)},
        courses={row.uid: row for row in course_entries(layout)},
        sections={row.uid: row for row in section_entries(layout)},
        people=ordinary_people(layout),
        casts={},
    )
    return with_ordinary_enrollments(sis)
