"""What an app does not hold is out of scope if declared, and one requirement's matter if not.

The demo's year is judged as if its app kept less: its snapshots lose it, and the profile says so.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from rehearsing import in_state, with_outcome
from smaller_apps import WITHOUT, judged, without

from harness.assess.check_result import Outcome
from harness.assess.requirement_verdict import RequirementState, RequirementVerdict
from harness.assess.results import Results
from harness.contract.profile import HOLDABLE
from harness.contract.snapshot import Snapshot

pytestmark = pytest.mark.slow  # each judges a year

NEEDED_BY = {
    "schools": {"G2", "G8"},
    "sections": {"R9"},
    "contacts": {"G4"},
    "progress": {"R8"},
    "users.schools": {"G2", "G8"},
    "users.student_relationships": {"G4"},
}
"""What is declared → the requirements that are about it and nothing else."""

APPS = (
    *(("schools",), ("sections",), ("students",), ("teachers",), ("staff",), ("contacts",)),
    *(("terms", "district_admins"), ("courses", "progress")),
    (
        "sections.school",
        "sections.teachers",
        "users.schools",
        "users.email",
        "schools.name",
        "users.grade",
    ),
    (
        "sections.course",
        "sections.students",
        "users.student_relationships",
        "terms.name",
        "terms.dates",
    ),
    (
        "sections.term",
        "sections.primary_teacher",
        "users.name",
        "courses.name",
        "sections.name",
        "users.primary_school",
    ),
)
"""What is not held; several things that have nothing to do with each other are tried together."""
SAMPLED = (APPS[-1],)
"""What the gate judges: several fields at once. Tests below are about kinds of people."""


def of(name: str, results: Results) -> RequirementVerdict:
    return next(row for row in results.requirements if row.id == name)


@pytest.mark.parametrize(
    "keys",
    [pytest.param(a, marks=[] if a in SAMPLED else [pytest.mark.exhaustive]) for a in APPS],
)
def test_what_is_declared_and_not_held_is_neither_met_nor_accused(keys: tuple[str, ...]) -> None:
    results = judged(without(*keys), *keys)

    assert in_state(results, RequirementState.NOT_MET, RequirementState.NOT_PROVEN) == set()
    assert with_outcome(results, Outcome.FAIL, Outcome.WARN, Outcome.BLOCKED) == set()
    for key in keys:
        met = [row for row in results.requirements if row.state is RequirementState.MET]
        assert not [row.id for row in met if key in row.covers]
        assert not {row.id for row in met} & NEEDED_BY.get(key, set())


ALONE = (
    *(("staff", "schools"), ("district_admins",), ("sections",), ("terms",), ("courses",)),
    *(("students",), ("teachers",), ("contacts",), ("schools",)),
)
"""All that an app holds: of it nobody may leave on some day, or nothing be there on some other."""


@pytest.mark.parametrize(
    "held",
    [pytest.param(h, marks=[] if h in ALONE[:2] else [pytest.mark.exhaustive]) for h in ALONE],
)
def test_an_app_that_holds_little_is_judged_to_the_end(held: tuple[str, ...]) -> None:
    """Whatever a day has nothing of for it is not applicable, and leaves no verdict open."""
    keys = [key for key in HOLDABLE if "." not in key and key not in held]

    results = judged(without(*keys), *keys)

    assert in_state(results, RequirementState.NOT_MET, RequirementState.NOT_PROVEN) == set()
    assert results.exit_code == 0


def test_an_app_whose_accounts_are_made_at_login_is_judged_to_the_end() -> None:
    """Nobody can finish a lesson in it during a rehearsal, and no account shows a user type."""
    people = ["students", "teachers", "staff", "district_admins"]

    results = judged(
        without(*people, "contacts", "progress"), "contacts", at_login=people, unable=["progress"]
    )

    assert in_state(results, RequirementState.NOT_MET, RequirementState.NOT_PROVEN) == set()
    assert of("R8", results).state is RequirementState.NOT_APPLICABLE
    assert results.exit_code == 0


def test_whatever_can_be_declared_is_tried() -> None:
    kept_in_part = {  # variants that keep the rest are rehearsed
        *("terms.past-and-future", "users.malformed-email", "users.unnumbered-grade"),
        *(key for key in HOLDABLE if key.endswith(".lasting-id")),
    }

    assert (
        {key for keys in APPS for key in keys} == WITHOUT.keys() == HOLDABLE.keys() - kept_in_part
    )


def one_teacher(held: Snapshot) -> Snapshot:
    return replace(
        held, sections=tuple(replace(row, teachers=row.teachers[:1]) for row in held.sections)
    )


def test_lost_co_teachers_are_no_matter_of_an_app_that_is_declared_to_hold_no_teachers() -> None:
    results = judged(lambda held: one_teacher(without("teachers")(held)), "teachers")

    assert in_state(results, RequirementState.NOT_MET) == set()
    assert of("R9", results).state is RequirementState.MET
    assert "teachers" not in of("R9", results).covers
    assert "teachers" in of("R9", results).leaves_out


def test_an_app_without_schools_can_keep_whose_they_are() -> None:
    results = judged(lambda held: replace(held, schools=()), "schools")

    assert in_state(results, RequirementState.NOT_MET) == set()
    assert of("G2", results).state is RequirementState.MET
    assert of("G8", results).state is RequirementState.MET


def families(held: Snapshot, *, most: int = 9) -> Snapshot:
    """Without students, but for whose contacts people are: of each contact so many."""
    kept = {row.clever_id: row.student_relationships[:most] for row in held.users}
    users = (
        replace(row, student_relationships=kept[row.clever_id])
        for row in without("students")(held).users
    )
    return replace(without("students", "sections", "progress")(held), users=tuple(users))


def test_an_app_without_students_can_keep_whose_contacts_people_are() -> None:
    declared = ("students", "sections", "progress")
    whole = judged(families, *declared)
    first = judged(lambda held: families(held, most=1), *declared)

    assert in_state(whole, RequirementState.NOT_MET, RequirementState.NOT_PROVEN) == set()
    assert of("G4", whole).state is RequirementState.MET
    assert of("G4", whole).covers == ("contacts",)
    assert in_state(first, RequirementState.NOT_MET) == {"G4"}


def test_schools_of_users_that_are_not_kept_break_one_requirement_of_users() -> None:
    results = judged(without("users.schools"))

    assert in_state(results, RequirementState.NOT_MET) <= {"G2", "G8"}
    assert of("G2", results).state is RequirementState.NOT_MET
    assert of("R1", results).state is RequirementState.NOT_PROVEN


def test_teachers_of_sections_that_are_not_kept_and_declared_narrow_the_verdict() -> None:
    results = judged(without("sections.teachers"), "sections.teachers")

    assert of("R9", results).state is RequirementState.MET
    assert "teachers" not in of("R9", results).covers
    assert of("R9", results).leaves_out == ("sections.teachers",)


def test_what_is_no_address_need_not_be_kept_as_one() -> None:
    def only_addresses(held: Snapshot) -> Snapshot:
        kept = (
            user if "@" in (user.email or "") else replace(user, email=None) for user in held.users
        )
        return replace(held, users=tuple(kept))

    assert in_state(judged(only_addresses), RequirementState.NOT_MET) == set()
