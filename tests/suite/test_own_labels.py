"""Where Clever has no name or address an app may show one of its own, but none of Clever's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from assess import altered
from rehearsing import recorded

from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import Snapshot
from harness.district.data_model.records import Kind
from harness.plan.plan import Day
from harness.suite.checks import name_values
from harness.suite.checks.mirror import Mirror


@cache
def demo() -> RecordingIndex:
    return RecordingIndex(recorded("demo"))


def without(kind: Kind, field: str) -> tuple[str, str, str]:
    """District, day and Clever ID of a record without a value."""
    for district in demo().districts:
        for day in demo().days_of(district):
            for clever_id, record in demo().roster(district, day).of(kind).items():
                held = demo().holdings(district, day, "sync").active(kind, clever_id)
                if held and not record.get(field):
                    return district, day, clever_id
    raise AssertionError(f"No {kind} lack a {field}.")


def labelled(place: tuple[str, str], change: Callable[[Snapshot], Snapshot]) -> Mirror:
    index = altered.shown(demo(), lambda where, taken: change(taken) if where == place else taken)
    return Mirror(index, *place, "sync")


@pytest.mark.parametrize(("label", "findings"), [("Period 3", 0), ("{theirs}", 1)])
def test_a_term_or_course_without_a_name_may_have_a_label(label: str, findings: int) -> None:
    district, day, clever_id = without(Kind.COURSES, "name")
    courses = demo().roster(district, day).courses.values()
    theirs = next(str(row["name"]) for row in courses if row.get("name"))

    def change(snapshot: Snapshot) -> Snapshot:
        rows = (
            replace(row, name=label.format(theirs=theirs)) if row.clever_id == clever_id else row
            for row in snapshot.courses
        )
        return replace(snapshot, courses=tuple(rows))

    found = name_values.titles(labelled((district, day), change), Kind.COURSES, [clever_id])

    assert (found.examined > 0, len(found.findings)) == (True, findings)


@pytest.mark.parametrize(("address", "findings"), [("a7@logins.example", 0), ("{theirs}", 1)])
def test_who_has_no_address_may_have_one_of_the_app_s(address: str, findings: int) -> None:
    district, day, clever_id = without(Kind.USERS, "email")
    users = demo().roster(district, day).users.values()
    theirs = next(user["email"] for user in users if user.get("email"))

    def change(snapshot: Snapshot) -> Snapshot:
        rows = (
            replace(row, email=address.format(theirs=theirs)) if row.clever_id == clever_id else row
            for row in snapshot.users
        )
        return replace(snapshot, users=tuple(rows))

    found = name_values.emails(labelled((district, day), change), [clever_id])

    assert (found.examined > 0, len(found.findings)) == (True, findings)


@pytest.mark.parametrize("day", [Day.MIDYEAR, Day.QUIET])
def test_an_address_that_was_taken_away_is_no_label(day: str) -> None:
    """What stays of Clever's own is an old value."""
    index = demo()
    days = index.days_of("common")
    before = index.roster("common", days[days.index(day) - 1]).users
    gone = [
        (clever_id, before[clever_id]["email"])
        for clever_id, user in index.roster("common", day).users.items()
        if clever_id in before and before[clever_id].get("email") and not user.get("email")
    ]
    for clever_id, address in gone:

        def change(snapshot: Snapshot, whose: str = clever_id, old: str = address) -> Snapshot:
            rows = (
                replace(row, email=old) if row.clever_id == whose else row for row in snapshot.users
            )
            return replace(snapshot, users=tuple(rows))

        found = name_values.emails(labelled(("common", day), change), [clever_id])
        assert len(found.findings) == 1
    assert gone or day == Day.QUIET
