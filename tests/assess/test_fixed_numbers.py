"""Who keeps a number of a list's entries is told to keep more, and who keeps one to read it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from simulator import town
from suite.year_of_trouble import all_of, day, index

from harness.assess.causes.lists import fixed_number
from harness.assess.findings import Finding, FindingKind
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON, Day

TEACHERS = [town.OKOYE, town.PARK, town.ADMIN]
ROSTER = town.roster()
TAUGHT = replace(
    ROSTER,
    sections={key: {**row, "teachers": TEACHERS} for key, row in ROSTER.sections.items()},
)


@pytest.mark.parametrize(
    ("most", "remedy"),
    [
        (1, "Read `teachers`, all of them; `teacher` is only the primary one."),
        (2, "Keep every teacher that Clever names, however many there are; yours stops at 2."),
    ],
)
def test_an_app_that_stops_at_a_number_is_told_that_number(most: int, remedy: str) -> None:
    held = all_of(TAUGHT)
    rows = tuple(replace(row, teachers=row.teachers[:most]) for row in held.sections)
    year = index(*day(Day.MIDYEAR, shared=TAUGHT, held=replace(held, sections=rows)))
    findings = [
        Finding(
            check="",
            day=Day.MIDYEAR,
            district=COMMON,
            finding_kind=FindingKind.TEACHER,
            kind=Kind.SECTIONS,
            clever_id=section,
            name="Art",
            sentence="Some teachers of Art are missing.",
            expected="three",
            found="fewer",
        )
        for section in TAUGHT.sections
    ]

    (cause,) = fixed_number(year, findings)

    assert cause.remedy == remedy
