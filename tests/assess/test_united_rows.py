"""Several rows of one Clever ID count as one record when their content is judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rehearsing import CATALOGUE, in_state, recorded
from simulator import town
from suite.year_of_trouble import HEADER, all_of, day

from harness import session
from harness.assess.causes.rows import a_row_that_stays
from harness.assess.facts.holding import most_teachers, sole_teacher
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Results
from harness.assess.rows_allowed import (
    others_for_the_same,
    purposes,
    rows_allowed,
    share_a_place,
    taken_again,
)
from harness.assess.united_rows import united
from harness.contract.rows import RowPer
from harness.contract.snapshot import (
    HeldRole,
    HeldSection,
    HeldTerm,
    HeldUser,
    Snapshot,
    Status,
    StudentRelationship,
)
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON, Day
from harness.recording.recording import Recording, SnapshotTaken
from harness.suite.checks.primary_teacher import shows_primary


def test_a_user_has_the_roles_of_all_rows_each_with_its_schools() -> None:
    rows = [
        HeldUser(
            clever_id="c",
            app_id="1",
            first_name="Ada",
            roles=(HeldRole(role="teacher", schools=("a",)),),
            student_relationships=(StudentRelationship(student="s"),),
        ),
        HeldUser(
            clever_id="c",
            app_id="2",
            roles=(
                HeldRole(role="staff", schools=("b",)),
                HeldRole(role="teacher", schools=("b",)),
            ),
            student_relationships=(StudentRelationship(student="s"),),
        ),
    ]

    together = united(rows)

    assert together == replace(
        rows[0],
        roles=(
            HeldRole(role="teacher", schools=("a", "b")),
            HeldRole(role="staff", schools=("b",)),
        ),
    )


def test_a_section_has_the_members_of_all_rows_once() -> None:
    rows = [
        HeldSection(clever_id="c", app_id="1", teachers=("t",), students=("a", "b")),
        HeldSection(clever_id="c", app_id="2", teachers=("u",), students=("b", "c")),
    ]

    assert united(rows) == replace(rows[0], teachers=("t", "u"), students=("a", "b", "c"))


def test_of_other_records_it_is_the_first_row() -> None:
    rows = [HeldTerm(clever_id="c", app_id=one) for one in "12"]

    assert united(rows) == rows[0]


def per_role(held: Snapshot) -> Snapshot:
    """The same with a row for each role of a user, and each of them in the user's classes."""
    users = (
        replace(row, app_id=f"{row.app_id}{f'-{number}' if number else ''}", roles=(role,))
        for row in held.users
        for number, role in enumerate(row.roles)
    )
    return replace(held, users=tuple(users), progress=())


def judged_per_role(**declared: Any) -> Results:
    """The demo's year as if it had a row for each role of a user, and declared this."""
    recording = recorded("demo")
    entries = tuple(
        replace(entry, snapshot=per_role(entry.snapshot))
        if isinstance(entry, SnapshotTaken)
        else entry
        for entry in recording.entries
    )
    not_held = {"progress": "The app has no lessons."}
    profile = replace(recording.header.profile, not_held=not_held, **declared)
    header = replace(recording.header, profile=profile)
    return session.judge_recording(
        replace(recording, header=header, entries=entries), CATALOGUE, with_histories=False
    )


@pytest.mark.slow
def test_undeclared_rows_per_role_break_one_requirement_and_name_the_key() -> None:
    results = judged_per_role()
    doubled = next(c for c in results.checks if c.id == "standing/no-record-is-held-twice")

    assert in_state(results, RequirementState.NOT_MET) == {"R1"}
    assert all("[profile.rows]" in finding.sentence for finding in doubled.findings)
    assert [cause.id for cause in results.causes] == ["row-per-role"]


@pytest.mark.slow
def test_declared_rows_per_role_break_nothing() -> None:
    results = judged_per_role(rows={"users": RowPer.ROLE})

    assert in_state(results, RequirementState.NOT_MET, RequirementState.NOT_PROVEN) == set()


def per_teacher(held: Snapshot) -> Snapshot:
    """The same with a row for each teacher of a section."""
    sections = (
        replace(row, app_id=f"{row.app_id}-{number}", teachers=teachers)
        for row in held.sections
        for number, teachers in enumerate([(teacher,) for teacher in row.teachers] or [()])
    )
    return replace(held, sections=tuple(sections))


def test_rows_per_teacher_show_all_teachers_but_not_who_is_the_primary_one() -> None:
    """Their order is not for anybody to see; and a section has as many teachers as rows."""
    recording = recorded("demo")
    entries = tuple(
        replace(entry, snapshot=per_teacher(entry.snapshot))
        if isinstance(entry, SnapshotTaken)
        else entry
        for entry in recording.entries
    )
    profile = replace(recording.header.profile, rows={"sections": RowPer.TEACHER})
    header = replace(recording.header, profile=profile)
    index = RecordingIndex(replace(recording, header=header, entries=entries))

    assert shows_primary(RecordingIndex(recording))
    assert not shows_primary(index)
    assert sole_teacher(index) == ""
    assert most_teachers(index) == most_teachers(RecordingIndex(recording))


ROSTER = town.roster()


@pytest.mark.parametrize(
    ("kind", "clever_id", "per", "rows"),
    [
        (Kind.USERS, town.MAYA, RowPer.ROLE, 1),
        (Kind.USERS, town.MAYA, RowPer.SCHOOL, 2),
        (Kind.USERS, town.MAYA, RowPer.CLASS, 3),
        (Kind.USERS, town.MAYA, RowPer.TEACHER, 2),
        (Kind.USERS, town.MAYA, RowPer.CHILD, 1),
        (Kind.SECTIONS, town.MATH_1, RowPer.TEACHER, 2),
        (Kind.SECTIONS, town.MATH_1, RowPer.SCHOOL, 1),
        (Kind.COURSES, town.MATH, RowPer.CLASS, 1),
        (Kind.TERMS, town.FALL, RowPer.SCHOOL, 1),
    ],
)
def test_a_declaration_explains_so_many_rows(
    kind: Kind, clever_id: str, per: RowPer, rows: int
) -> None:
    assert rows_allowed(ROSTER, kind, clever_id, per) == rows


def _at(role: str, *schools: str) -> HeldUser:
    return HeldUser(clever_id="c", app_id="1", roles=(HeldRole(role=role, schools=schools),))


def test_a_class_at_another_school_finds_no_row_of_before_and_a_returned_one_does() -> None:
    then = HeldSection(clever_id="c", app_id="1", school="a", status=Status.ARCHIVED)
    now = HeldSection(clever_id="c", app_id="2", school="b")

    assert not taken_again([then, now], RowPer.SCHOOL)
    assert taken_again([then, replace(now, school="a")], RowPer.SCHOOL)
    assert not share_a_place([then, now], RowPer.SCHOOL)


def _of_children(*students: str, relationship: str | None = None) -> HeldUser:
    ties = tuple(StudentRelationship(student=s, relationship=relationship) for s in students)
    return HeldUser(clever_id="c", app_id="1", student_relationships=ties)


@pytest.mark.parametrize(
    ("per", "rows", "shared"),
    [
        (RowPer.SCHOOL, [_at("student", "a"), _at("student", "b")], False),
        (RowPer.SCHOOL, [_at("student", "a"), _at("student", "b", "a")], True),
        (RowPer.SCHOOL, [_at("staff"), _at("staff")], True),
        (RowPer.ROLE, [_at("staff", "a"), _at("staff", "b")], True),
        (RowPer.ROLE, [_at("staff", "a"), _at("teacher", "a")], False),
        (RowPer.CHILD, [_of_children("s"), _of_children("t")], False),
        (RowPer.CHILD, [_of_children("s"), _of_children("t", "s")], True),
        (
            RowPer.CHILD,
            [_of_children("s", relationship="Parent"), _of_children("s", relationship="Doctor")],
            False,
        ),
        (RowPer.CLASS, [_at("student", "a"), _at("student", "b")], True),
    ],
)
def test_rows_that_are_all_for_others_share_nothing(
    per: RowPer, rows: list[HeldUser], shared: bool
) -> None:
    assert share_a_place(rows, per) is shared


def test_a_second_row_of_a_class_for_the_same_teacher_is_one_too_many() -> None:
    new = HeldSection(clever_id="c", app_id="2", teachers=("t",))
    old = replace(new, app_id="1", status=Status.ARCHIVED)
    of_another = replace(old, teachers=("u",))
    of_both = replace(old, teachers=("t", "u"))

    assert taken_again([old, new], RowPer.TEACHER) == [new, old]
    assert taken_again([of_another, of_both, new], RowPer.TEACHER) == []


def test_another_row_for_the_same_role_is_told_from_one_that_passes_to_it() -> None:
    staff, teacher = _at("staff"), replace(_at("teacher"), app_id="2")
    both = [staff, teacher]

    assert others_for_the_same(both, [replace(staff, app_id="3"), teacher], RowPer.ROLE)
    assert not others_for_the_same(both, both, RowPer.ROLE)
    assert not others_for_the_same(both, [replace(teacher, app_id="1")], RowPer.ROLE)
    assert not others_for_the_same([staff], [replace(teacher, app_id="3")], RowPer.ROLE)
    assert others_for_the_same(both, both, RowPer.CLASS) is None


def test_a_row_for_a_school_takes_the_place_of_one_without_a_school() -> None:
    """Who is a district administrator, and then also at a school, is there in one row."""
    without = _at("district_admin")
    roles = (HeldRole(role="staff", schools=("a",)), HeldRole(role="district_admin"))
    at_school = HeldUser(clever_id="c", app_id="2", roles=roles)

    assert others_for_the_same([without], [at_school], RowPer.SCHOOL) is False
    assert not share_a_place([without, at_school], RowPer.SCHOOL)
    assert not taken_again([replace(without, status=Status.ARCHIVED), at_school], RowPer.SCHOOL)
    assert others_for_the_same([without], [replace(without, app_id="3")], RowPer.SCHOOL)
    assert others_for_the_same([at_school], [replace(at_school, app_id="3")], RowPer.SCHOOL)


def test_rows_for_schools_say_nothing_where_an_app_shows_no_schools() -> None:
    """Then it is asked of Clever whether a row can be for another school."""
    teacher, staff = _at("teacher"), replace(_at("staff"), app_id="2")
    moved = replace(staff, app_id="3")

    assert others_for_the_same([teacher, staff], [teacher, moved], RowPer.SCHOOL) is None
    assert not taken_again([replace(staff, status=Status.ARCHIVED), moved], RowPer.SCHOOL)
    schools = ROSTER.users[town.LEO]["roles"]["student"]["schools"]
    assert purposes(ROSTER, Kind.USERS, town.LEO, RowPer.SCHOOL) == {
        f"student {school}" for school in schools
    }


def test_a_row_of_a_teacher_who_left_is_one_that_stays() -> None:
    """A row that nobody had before is another matter."""
    two = (town.PARK, town.OKOYE)
    sections = dict(ROSTER.sections)
    sections[town.MATH_2] = {**sections[town.MATH_2], "teachers": list(two)}
    then = replace(ROSTER, sections=sections)
    rows = [HeldSection(clever_id=town.MATH_2, app_id=f"row-{who}", teachers=(who,)) for who in two]
    before = replace(all_of(then), sections=tuple(rows))
    profile = replace(HEADER.profile, rows={"sections": RowPer.TEACHER})

    def causes(*held: HeldSection) -> list[str]:
        entries = (
            *day(Day.FIRST_SHARE, shared=then, held=before),
            *day(Day.MIDYEAR, shared=ROSTER, held=replace(before, sections=held)),
        )
        recording = Recording(
            header=replace(HEADER, profile=profile),
            entries=entries,
            ended="completed",
            seconds=1.0,
        )
        twice = Finding(
            check="",
            day=Day.MIDYEAR,
            district=COMMON,
            finding_kind=FindingKind.DUPLICATE,
            kind=Kind.SECTIONS,
            clever_id=town.MATH_2,
            name="Math",
            sentence="Clever knows one Math, your app holds 2 of them.",
            expected="1 record, one for each teacher",
            found="2 records",
        )
        return [cause.id for cause in a_row_that_stays(RecordingIndex(recording), [twice])]

    assert causes(*rows) == ["keeps-rows"]
    assert causes(rows[0], replace(rows[0], app_id="another")) == []
