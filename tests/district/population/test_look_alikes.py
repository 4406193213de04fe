from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from harness.district.build import build_district, build_small
from harness.district.data_model.records import Role
from harness.district.population.look_alikes import AGREE_IN, with_look_alikes
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.district.sis.entries import PersonEntry
from harness.district.sis.sis import Sis

DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def common() -> Sis:
    return build_district((), seed=1, salt="a", run_date=DAY, size=FIVE_SMALL_SCHOOLS)


@pytest.fixture(scope="module")
def alike(common: Sis) -> Sis:
    return with_look_alikes(build_small("alike", seed=1, salt="a", run_date=DAY), common)


VALUES: dict[str, Callable[[PersonEntry], object]] = {
    "email": lambda row: row.email,
    "name": lambda row: (row.name.get("first"), row.name.get("last")),
    "dob": lambda row: row.roles["student"].get("dob"),
    "student_number": lambda row: row.roles["student"].get("student_number"),
    "teacher_number": lambda row: row.roles["teacher"].get("teacher_number"),
    "state_id": lambda row: row.roles["teacher"].get("state_id"),
    "phone": lambda row: row.roles["contact"]["phone"],
}


@pytest.mark.parametrize(
    ("role", "field"),
    [
        *((role, "email") for role in (Role.STUDENT, Role.TEACHER, Role.STAFF, Role.CONTACT)),
        *((role, "name") for role in (Role.STUDENT, Role.TEACHER, Role.STAFF, Role.CONTACT)),
        *((Role.TEACHER, field) for field in ("teacher_number", "state_id")),
        *((Role.STUDENT, field) for field in ("dob", "student_number")),
        (Role.CONTACT, "phone"),
    ],
)
def test_people_of_two_districts_agree_in_a_value(
    common: Sis, alike: Sis, role: Role, field: str
) -> None:
    value = VALUES[field]
    theirs = {value(row) for row in common.people.values() if role in row.roles} - {""}

    shared = [value(r) for r in alike.people.values() if role in r.roles and value(r) in theirs]
    assert shared
    assert len(shared) >= sum(field in fields for fields in AGREE_IN[role])


def test_no_clever_id_is_in_two_districts(common: Sis, alike: Sis) -> None:
    assert not {row.id for row in common.people.values()} & {r.id for r in alike.people.values()}


def test_classes_and_schools_agree_in_numbers(common: Sis, alike: Sis) -> None:
    numbers = {row.sis_id for row in common.sections.values()}
    schools = {row.record["sis_id"] for row in common.schools.values()}

    assert numbers >= {row.sis_id for row in alike.sections.values()}
    assert schools & {row.record["sis_id"] for row in alike.schools.values()}
