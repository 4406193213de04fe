"""Unchanged: what differs between two snapshots is said field by field; order does not count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from simulator import town
from suite.year_of_trouble import all_of, day, index

from harness.contract.snapshot import HeldRole, HeldUser, Snapshot, Status
from harness.plan.plan import COMMON
from harness.suite.checks.unchanged import as_before

WHOLE = all_of(town.roster())


def found(held: Snapshot) -> list[str]:
    """What is found of an app that held the whole town and holds this now."""
    year = index(*day("returns", held=WHOLE), *day("html", held=held))
    then, now = (year.holdings(COMMON, on) for on in ("returns", "html"))
    return [
        finding.found for finding in as_before(year, COMMON, "returns", then, "html", now).findings
    ]


def with_leo(**values: object) -> Snapshot:
    """The town in which one user differs."""
    users = tuple(
        replace(user, **values) if user.clever_id == town.LEO else user  # type: ignore[arg-type]
        for user in WHOLE.users
    )
    return replace(WHOLE, users=users)


def leo() -> HeldUser:
    return next(user for user in WHOLE.users if user.clever_id == town.LEO)


def test_nothing_is_found_where_nothing_changed() -> None:
    assert found(WHOLE) == []


def test_lists_in_another_order_are_no_change() -> None:
    sections = tuple(
        replace(section, students=section.students[::-1]) for section in WHOLE.sections
    )

    assert found(replace(WHOLE, sections=sections)) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"status": Status.ARCHIVED}, "status: active then, archived now"),
        ({"email": "new@example.com"}, "now"),
        ({"roles": (HeldRole(role="staff"),)}, "added staff at no school"),
    ],
)
def test_a_field_that_changed_is_named_with_both_values(
    values: dict[str, object], words: str
) -> None:
    [difference] = found(with_leo(**values))

    assert words in difference
    assert difference.startswith(next(iter(values)))


def test_members_that_a_class_lost_are_named() -> None:
    first = next(section for section in WHOLE.sections if section.students)
    sections = tuple(
        replace(section, students=section.students[1:]) if section is first else section
        for section in WHOLE.sections
    )

    assert found(replace(WHOLE, sections=sections)) == [f"students lost {first.students[0]}"]


def test_two_accounts_are_counted() -> None:
    twice = replace(WHOLE, users=(*WHOLE.users, replace(leo(), app_id="another")))

    assert found(twice) == ["1 then, 2 now"]


def with_two_rows(first: HeldRole, second: HeldRole, *, old: str = "old") -> Snapshot:
    """The town in which one user has a row in use, and an archived one."""
    rows = (
        replace(leo(), roles=(first, second)),
        replace(leo(), app_id=old, status=Status.ARCHIVED),
    )
    others = tuple(user for user in WHOLE.users if user.clever_id != town.LEO)
    return replace(WHOLE, users=(*others, *rows))


def found_between(held: Snapshot, later: Snapshot) -> list[str]:
    """What is found of an app that held one thing then and another now."""
    year = index(*day("returns", held=held), *day("html", held=later))
    then, now = (year.holdings(COMMON, on) for on in ("returns", "html"))
    return [
        finding.found for finding in as_before(year, COMMON, "returns", then, "html", now).findings
    ]


def test_rows_of_one_record_are_each_compared_with_themselves() -> None:
    staff, teacher = HeldRole(role="staff"), HeldRole(role="teacher", schools=(town.ELM,))
    elsewhere = replace(teacher, schools=(town.OAK,))
    held = with_two_rows(staff, teacher)

    assert found_between(held, with_two_rows(teacher, staff)) == []
    (differs,) = found_between(held, with_two_rows(staff, elsewhere))
    assert differs.startswith("roles lost teacher at ")
    assert found_between(held, with_two_rows(staff, teacher, old="another")) == [
        "2 then, 2 now, 1 of them new"
    ]
