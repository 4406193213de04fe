"""What is said of a contact whose relationships differ."""

from __future__ import annotations

from dataclasses import replace

from simulator import town
from suite.year_of_trouble import all_of, day, index

from harness.contract.snapshot import Snapshot, StudentRelationship
from harness.plan.plan import COMMON, Day
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.relationship_values import student_relationships


def with_relationship(words: str) -> Snapshot:
    held = all_of(town.roster())
    return replace(
        held,
        users=tuple(
            replace(
                one,
                student_relationships=tuple(
                    StudentRelationship(student=tie.student, relationship=words)
                    for tie in one.student_relationships
                ),
            )
            for one in held.users
        ),
    )


def test_another_relationship_to_the_same_child_is_not_one_to_another_child() -> None:
    year = index(*day(Day.MIDYEAR, held=with_relationship("Neighbour")))

    found = student_relationships(Mirror(year, COMMON, Day.MIDYEAR), [town.AUNT])

    [finding] = found.findings
    assert "your app neighbour of " in finding.sentence
    assert "another" not in finding.sentence
