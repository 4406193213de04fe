"""Which ties a record lost, for an app that has fewer than Clever and others each day."""

from __future__ import annotations

from typing import cast

from harness.contract.snapshot import HeldRole, HeldSection, HeldUser
from harness.district.data_model.records import Record
from harness.suite.checks.ties import lost_ties, only_exchanged

NURSE = cast(Record, {"id": "nurse", "roles": {"staff": {"schools": ["Hill", "Lake"]}}})
BOTH = cast(Record, {"roles": {"staff": {"schools": ["Hill"]}, "teacher": {"schools": ["Lake"]}}})
CLASS = cast(Record, {"id": "class", "teachers": ["Ann"], "students": ["Bo", "Cy"]})
LARGER = cast(Record, {"id": "class", "teachers": ["Ann"], "students": ["Bo", "Cy", "Di"]})


def at(**schools: str) -> list[HeldUser]:
    roles = tuple(HeldRole(role=name, schools=tuple(all.split())) for name, all in schools.items())
    return [HeldUser(clever_id="nurse", app_id="1", roles=roles)]


def of(*students: str) -> list[HeldSection]:
    return [HeldSection(clever_id="class", app_id="1", teachers=("Ann",), students=students)]


def test_who_has_one_of_two_schools_and_then_the_other_lost_none() -> None:
    assert lost_ties(at(staff="Hill"), at(staff="Lake"), NURSE, NURSE) == set()
    assert only_exchanged(at(staff="Hill"), at(staff="Lake"), NURSE)


def test_who_has_one_school_of_several_roles_and_then_the_other_lost_none() -> None:
    then, now = at(staff="Hill", teacher="Hill"), at(staff="Lake", teacher="Lake")

    assert lost_ties(then, now, BOTH, BOTH) == set()
    assert only_exchanged(then, now, BOTH)


def test_who_had_both_schools_and_has_one_lost_the_other() -> None:
    (lost,) = lost_ties(at(staff="Hill Lake"), at(staff="Lake"), NURSE, NURSE)

    assert lost[1] == "Hill"
    assert not only_exchanged(at(staff="Hill Lake"), at(staff="Lake"), NURSE)


def test_a_role_loses_its_school_though_another_role_is_still_there() -> None:
    both = cast(
        Record, {"roles": {"staff": {"schools": ["Hill"]}, "teacher": {"schools": ["Hill"]}}}
    )

    (lost,) = lost_ties(at(staff="Hill", teacher="Hill"), at(staff="Hill", teacher=""), both, both)

    assert lost == ("school as teacher", "Hill")


def test_a_newcomer_in_a_class_does_not_make_up_for_who_is_lost() -> None:
    lost = lost_ties(of("Bo", "Cy"), of("Cy", "Di"), CLASS, LARGER)

    assert lost == {("student", "Bo")}


def test_a_left_over_school_is_no_exchange() -> None:
    assert not only_exchanged(at(staff="Hill"), at(staff="Moor"), NURSE)
