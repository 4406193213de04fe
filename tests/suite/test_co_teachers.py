"""Who lacks co-teachers for a sync, or all teachers of a class, still gives classes co-teachers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

import pytest
from simulator import town
from suite.year_of_trouble import all_of, day, index

from harness.contract.snapshot import Snapshot
from harness.district.data_model.records import Section
from harness.suite.checks.declarations.answers import co_teachers

BOTH = [town.PARK, town.OKOYE]
ROSTER = town.roster()
TAUGHT_TWICE = replace(
    ROSTER,
    sections={
        key: cast(Section, {**row, "teachers": BOTH}) if key == town.MATH_2 else row
        for key, row in ROSTER.sections.items()
    },
)


def holding(teachers: Mapping[str, Sequence[str]]) -> Snapshot:
    """The whole town, with these teachers in some sections."""
    held = all_of(TAUGHT_TWICE)
    return replace(
        held,
        sections=tuple(
            replace(row, teachers=tuple(teachers.get(row.clever_id, row.teachers)))
            for row in held.sections
        ),
    )


ONE_LACKING, NONE = holding({town.MATH_2: BOTH[:1]}), holding({town.MATH_2: ()})
WHOLE = holding({})


@pytest.mark.parametrize(
    ("held", "accused"),
    [
        ((WHOLE, ONE_LACKING, WHOLE), []),  # it comes a sync late
        ((ONE_LACKING, ONE_LACKING, WHOLE), ["first-share"]),
        ((WHOLE, WHOLE, ONE_LACKING), ["returns"]),
        ((NONE, NONE, NONE), []),  # beside a section that has both of its teachers
        ((holding({town.MATH_1: (), town.MATH_2: ()}),) * 3, ["first-share", "midyear", "returns"]),
    ],
)
def test_only_what_stays_without_a_co_teacher_says_that_there_are_none(
    held: Sequence[Snapshot], accused: Sequence[str]
) -> None:
    days = ("first-share", "midyear", "returns")
    entries = [
        entry
        for name, each in zip(days, held, strict=True)
        for entry in day(name, shared=TAUGHT_TWICE, held=each)
    ]

    findings = co_teachers(index(*entries)).findings

    assert list(dict.fromkeys(finding.day for finding in findings)) == accused
