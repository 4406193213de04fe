from __future__ import annotations

from typing import cast

import pytest

from harness.assess.identifying_values import IDENTIFYING_VALUES
from harness.assess.shared_values import pairs_sharing
from harness.district.data_model.records import Kind, Record

NAME = next(v for v in IDENTIFYING_VALUES if (v.kind, v.name) == (Kind.USERS, "name"))


def person(last: str, *roles: str) -> Record:
    name = {"first": "Kim", "middle": None, "last": last}
    return cast(Record, {"name": name, "roles": {role: {} for role in roles}})


PEOPLE = {
    "student 1": person("Berg", "student"),
    "student 2": person("Berg", "student"),
    "teacher 1": person("Lund", "teacher"),
    "teacher 2": person("Lund", "teacher"),
    "parent": person("Lund", "contact"),
    "alone": person("Falk", "student"),
}


def merged(*held: str) -> set[tuple[str, str]]:
    alike = pairs_sharing(NAME, PEOPLE, held)
    return {pair for pairs in alike if pairs.merging for pair in pairs.held_twins.items()}


def test_of_two_students_of_one_name_the_app_holds_one() -> None:
    assert merged("student 1", "teacher 1", "teacher 2", "parent") == {("student 2", "student 1")}


def test_an_app_that_holds_both_of_every_pair_merges_nobody() -> None:
    assert merged(*PEOPLE) == set()


@pytest.mark.parametrize(("both", "merging"), [(0, True), (1, True), (2, False)])
def test_an_app_that_merges_may_hold_both_of_one_pair_in_ten(both: int, merging: bool) -> None:
    people = {
        f"{number} {each}": person(f"Family {number}", "student")
        for number in range(10 + both)
        for each in ("first", "second")
    }
    lacking = {f"{number} second" for number in range(10)}

    (pairs,) = pairs_sharing(NAME, people, people.keys() - lacking)

    assert (len(pairs.held_twins), pairs.both) == (10, both)
    assert pairs.merging is merging


def test_a_contact_can_be_held_as_a_teacher_though_teachers_are_not_held_as_each_other() -> None:
    held = {*PEOPLE} - {"parent"}

    assert merged(*held) == {("parent", "teacher 1")}


def test_a_pair_of_which_nobody_is_held_shows_nothing() -> None:
    assert merged("alone") == set()


def test_records_without_roles_are_compared_with_each_other() -> None:
    number = next(v for v in IDENTIFYING_VALUES if (v.kind, v.name) == (Kind.COURSES, "number"))
    courses = {each: cast(Record, {"number": "12"}) for each in ("one", "other")}

    (pairs,) = pairs_sharing(number, courses, {"one"})

    assert pairs.merging
    assert pairs.held_twins == {"other": "one"}
