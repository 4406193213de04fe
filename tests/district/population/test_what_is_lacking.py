"""What ordinary records lack must not look like the size of their district.

The search for what breaks a sync compares ordinary districts of several sizes. A value that only
the records of a large one lack would be taken for its size.
"""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from district.story import RUN_DATE

from harness.district.build import build_district
from harness.district.population.sizes import FIVE_SCHOOLS, FIVE_SMALL_SCHOOLS, Size
from harness.district.sis.sis import Sis


def _district(size: Size) -> Sis:
    return build_district((), seed=7, salt="salt", run_date=RUN_DATE, size=size)


def _lacking(sis: Sis) -> set[str]:
    """Fields of classes and courses that some record lacks."""
    rows = [*sis.sections.values(), *sis.courses.values(), *sis.terms.values()]
    return {
        f"{type(row).__name__}.{key}"
        for row in rows
        for key, value in asdict(row).items()
        if value in (None, "")
    }


@pytest.mark.parametrize("size", [FIVE_SCHOOLS, FIVE_SMALL_SCHOOLS], ids=["large", "small"])
def test_every_ordinary_class_has_a_course_and_a_term(size: Size) -> None:
    sections = _district(size).sections.values()

    assert all(section.course and section.term for section in sections)


def test_what_classes_lack_in_a_large_district_some_lack_in_a_small_one() -> None:
    assert _lacking(_district(FIVE_SCHOOLS)) == _lacking(_district(FIVE_SMALL_SCHOOLS))


def test_in_a_complete_district_no_record_lacks_what_some_lack() -> None:
    whole = _district(replace(FIVE_SCHOOLS, complete=True))

    assert not _lacking(whole) & {"SectionEntry.subject", "SectionEntry.period"}
    assert all(person.email and not person.unplaced for person in whole.people.values())
