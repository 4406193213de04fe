"""How histories are told: who comes first, what counts as a difference and is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from harness.assess.results import DayState, HistoryEntry, RecordHistory, Results
from harness.report.record_histories import MOST_VALUES, Histories, Line

View = Mapping[str, tuple[str, ...]]
ANN = {"name": ("Ann",)}
ACTIVE, ARCHIVED = {"status": ("active",)}, {"status": ("archived",)}


def told(results: Results, shared: View | None, *held: View) -> Line:
    """One day of a record."""
    entry = HistoryEntry(day="midyear", until="midyear", shared=shared, held=held, request="GET /x")
    history = RecordHistory(
        district="common", clever_id="5f01", kind="users", name="Ann", entries=(entry,)
    )
    (line,) = Histories(replace(results, histories=(history,))).lines(history)
    return line


@pytest.mark.parametrize(
    ("shared", "held", "differs"),
    [
        (ANN, [ACTIVE | ANN], False),
        (ANN, [ARCHIVED | ANN], True),
        (ANN, [], True),
        (ANN, [ACTIVE | ANN, ACTIVE | ANN], True),
        (None, [ARCHIVED | ANN], False),
        (None, [ACTIVE | ANN], True),
        (None, [], False),
    ],
)
def test_a_day_with_a_difference_names_the_request(
    results: Results, shared: View | None, held: list[View], differs: bool
) -> None:
    line = told(results, shared, *held)

    assert line.differs is differs
    assert line.request == ("GET /x" if differs else "")
    assert ("<mark>" in line.app) is (differs and len(held) < 2)


@pytest.mark.parametrize(
    ("state", "accused", "differs"),
    [
        (DayState.REFUSED, False, False),
        (DayState.PARTIAL, False, False),
        (DayState.REFUSED, True, True),
        (DayState.COMPLETED, False, True),
    ],
)
def test_nothing_is_marked_that_no_sync_could_have_brought(
    results: Results, state: DayState, accused: bool, differs: bool
) -> None:
    days = tuple(
        replace(day, state=state) if (day.district, day.day) == ("common", "midyear") else day
        for day in results.days
    )
    check = next(check for check in results.checks if check.findings)
    finding = replace(check.findings[0], district="common", clever_id="5f01", day="midyear")
    checks = (replace(check, findings=(finding,) if accused else ()),)

    line = told(replace(results, days=days, checks=checks), {"name": ("Zoe",)}, ACTIVE | ANN)

    assert line.differs is differs
    assert ("<mark>Zoe</mark>" in line.clever) is ("<mark>Ann</mark>" in line.app) is differs
    assert ("no sync completed" in line.app) is not differs
    assert "Ann" in line.app


def test_of_many_values_those_that_differ_come_first(results: Results) -> None:
    class_list = tuple(f"student {number}" for number in range(MOST_VALUES + 1))

    line = told(results, {"students": class_list}, ACTIVE | {"students": class_list[:-1]})

    assert line.clever.startswith(f"students: <mark>{class_list[-1]}</mark>, {class_list[0]}, ")
    assert line.clever.endswith(", and 1 more")


def test_the_members_of_a_cast_with_whom_something_is_amiss_come_first(results: Results) -> None:
    case = next(case for case in results.edge_cases if case.id == "two-co-teachers")

    cast = Histories(results).cast(case)

    assert [member.name for member in case.members] == ["Art 3", "Ms Duval", "Mr Pfeffer"]
    assert [member.name for member in cast] == ["Art 3", "Mr Pfeffer", "Ms Duval"]


def test_records_of_findings_that_are_in_no_cast_have_a_list_of_their_own(results: Results) -> None:
    other = replace(results.histories[0], clever_id="of-no-cast")

    histories = Histories(replace(results, histories=(*results.histories, other)))

    assert histories.others() == [other]
