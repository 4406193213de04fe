from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from plan.calm_days import mass_changes

from harness.catalogue.edge_cases import EdgeCase, read_edge_case
from harness.contract.archiving import Archiving
from harness.contract.sync import Mode
from harness.district.data_model.records import Kind
from harness.district.population.sizes import FIVE_SCHOOLS, FIVE_SMALL_SCHOOLS, Size
from harness.errors import DocumentError, PlanError
from harness.plan.calendar import Calendar, build_calendar
from harness.plan.faults import FAULT_DAYS
from harness.plan.plan import (
    ABSENCES,
    ARCHIVES_LATER,
    COMMON,
    DAYS,
    LIST_DAYS,
    NEIGHBOUR,
    Day,
    OldAccount,
    PlacedAct,
    PlacedChange,
    Plan,
)
from harness.plan.school_calendar import date_of, district_time
from harness.session import shipped

RUN_DATE = dt.date(2026, 3, 2)
HEAD = "id: {id}\ntitle: T\nwhy: It is.\ngroup: g\nprovenance: synthetic\n"
BODY = """
cast:
  Maya: {student: {school: elementary, sections: [Art]}}
  Leo: {student: {school: elementary, sections: [Art]}}
  Art: {section: {teacher: Mr Okoye}}
  Mr Okoye: {teacher: {school: elementary}}
changes:
  Maya leaves: {leave: Maya}
  Maya comes back: {return: Maya}
  Leo is renamed: {rename: {who: Leo, first: Leonard}}
"""


WELL = tuple(
    day
    for day in DAYS
    if day not in (*FAULT_DAYS, *LIST_DAYS, *ABSENCES, Day.BEFORE, Day.RECOVERY, Day.FULL_SYNC)
)
"""The days on which Clever is well."""


def cases_of(folder: Path, *names: str, body: str = BODY) -> dict[str, EdgeCase]:
    for name in names:
        (folder / f"{name}.yaml").write_text(HEAD.format(id=name) + body, encoding="utf-8")
    return {name: read_edge_case(folder / f"{name}.yaml") for name in names}


def plan_of(*changes: tuple[str, str, str], cases: tuple[str, ...] = ("one",)) -> Plan:
    placed = (PlacedChange(edge_case=row[0], change=row[1], day=row[2]) for row in changes)
    return Plan(
        scenarios=(),
        days={COMMON: WELL, NEIGHBOUR: (Day.FIRST_SHARE, Day.QUIET)},
        changes=tuple(placed),
        edge_cases=cases,
    )


def played(
    plan: Plan,
    cases: Mapping[str, EdgeCase],
    run_date: dt.date = RUN_DATE,
    size: Size = FIVE_SMALL_SCHOOLS,
) -> Calendar:
    return build_calendar(plan, cases, seed=1, salt="a", run_date=run_date, size=size)


def test_the_days_of_a_plan_are_played_in_order_the_common_district_first(tmp_path: Path) -> None:
    cases = cases_of(tmp_path, "one", "two")
    plan = plan_of(
        ("one", "Leo is renamed", "midyear"),
        ("one", "Maya leaves", "departures"),
        ("one", "Maya comes back", "returns"),
    )

    calendar = played(plan, cases)

    assert [(day.district, day.day) for day in calendar] == [
        (COMMON, "first-share"),
        (NEIGHBOUR, "first-share"),
        (COMMON, "midyear"),
        (COMMON, "departures"),
        (COMMON, "returns"),
        (COMMON, "rollover"),
        (COMMON, "quiet"),
        (NEIGHBOUR, "quiet"),
    ]
    assert len(calendar) == 8
    first, midyear, departures, returns, rollover, quiet = calendar.of(COMMON)
    maya, leo = first.cast["one"]["Maya"], first.cast["one"]["Leo"]
    assert midyear.roster.users[leo]["name"]["first"] == "Leonard"
    assert maya not in departures.roster.users
    assert departures.cast["one"]["Maya"] == maya
    assert returns.roster.users[maya]["created"] == first.roster.users[maya]["created"]
    assert rollover.roster.users[maya]["roles"]["student"]["grade"] == "3"
    assert not set(rollover.roster.sections) & set(returns.roster.sections)
    for kind in (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS, Kind.USERS):
        before = rollover.roster.of(kind)
        assert all(before[key] is row for key, row in quiet.roster.of(kind).items())


def test_before_the_first_day_people_are_who_they_then_are(tmp_path: Path) -> None:
    cases = cases_of(tmp_path, "one")
    had = PlacedAct(
        edge_case="one", person="Maya", act="had", day="before", account=OldAccount.EMAIL
    )

    before, first, *_ = played(replace(plan_of(), acts=(had,)), cases)

    assert (before.day, first.day) == ("before", "first-share")
    assert (before.roster, before.cast) == (first.roster, first.cast)
    assert before.at < first.at


def test_only_edge_cases_of_the_plan_have_their_cast_in_the_district(tmp_path: Path) -> None:
    cases = cases_of(tmp_path, "one", "two")

    day = next(iter(played(plan_of(), cases)))

    assert set(day.cast) == {"one"}


def test_the_neighbour_has_no_cast_and_rolls_over_too(tmp_path: Path) -> None:
    cases = cases_of(tmp_path, "one")
    plan = Plan(
        scenarios=(),
        days={COMMON: (), NEIGHBOUR: (Day.FIRST_SHARE, Day.ROLLOVER)},
        edge_cases=("one",),
    )

    before, after = played(plan, cases)

    assert not before.cast
    assert not set(before.roster.terms) & set(after.roster.terms)


def test_district_time_moves_three_days_a_day_and_ends_before_the_run() -> None:
    times = [district_time(day, RUN_DATE) for day in DAYS if day not in (*LIST_DAYS, *ABSENCES)]

    assert times[-1].date() == RUN_DATE - dt.timedelta(days=1)
    assert {later - earlier for earlier, later in pairwise(times)} == {dt.timedelta(days=3)}


def test_days_on_which_one_list_fails_lie_between_two_days_of_the_year() -> None:
    times = [district_time(day, RUN_DATE) for day in DAYS]

    assert times == sorted(times)
    assert {district_time(day, RUN_DATE).date() for day in LIST_DAYS} <= {
        district_time("server-errors", RUN_DATE).date() + dt.timedelta(days=late)
        for late in range(3)
    }


def test_last_sync_is_the_time_of_the_day(tmp_path: Path) -> None:
    days = played(plan_of(), cases_of(tmp_path, "one")).of(COMMON)

    assert [day.roster.district["last_sync"][:10] for day in days] == [
        day.at.date().isoformat() for day in days
    ]


def test_the_last_news_of_a_district_is_the_time_of_the_last_change(tmp_path: Path) -> None:
    plan = plan_of(("one", "Leo is renamed", "midyear"))
    days = played(plan, cases_of(tmp_path, "one")).of(COMMON)
    first, midyear, after, *_ = (day.roster.district for day in days)

    assert first["last_clever_sync"] == first["last_sync"]
    assert midyear["last_clever_sync"] == midyear["last_sync"]
    assert after["last_clever_sync"] == midyear["last_clever_sync"] < after["last_sync"]


def test_only_a_day_with_changes_makes_records_anew(tmp_path: Path) -> None:
    plan = plan_of(("one", "Leo is renamed", "midyear"))
    days = played(plan, cases_of(tmp_path, "one")).of(COMMON)
    first, midyear, after, *_ = (day.roster for day in days)

    assert midyear.users is not first.users
    assert after.users is midyear.users
    assert after.district["last_sync"] > midyear.district["last_sync"]


def test_a_change_that_is_impossible_on_its_day_is_refused(tmp_path: Path) -> None:
    plan = plan_of(("one", "Maya comes back", "midyear"), ("one", "Maya leaves", "departures"))

    with pytest.raises(PlanError, match=r"one\.yaml:\d+ at changes.Maya comes back: return: Maya"):
        played(plan, cases_of(tmp_path, "one"))


def test_a_change_on_a_day_nobody_plays_is_refused(tmp_path: Path) -> None:
    plan = Plan(
        scenarios=(),
        days={COMMON: (Day.FIRST_SHARE,)},
        changes=(PlacedChange(edge_case="one", change="Maya leaves", day="midyear"),),
        edge_cases=("one",),
    )

    with pytest.raises(PlanError, match='"Maya leaves" of one is on midyear, but'):
        played(plan, cases_of(tmp_path, "one"))


def test_a_roster_that_breaks_an_invariant_is_refused_with_day_and_reason(tmp_path: Path) -> None:
    body = BODY.replace("{rename: {who: Leo, first: Leonard}}", "{rename: {who: Leo, last: ''}}")
    plan = plan_of(("one", "Leo is renamed", "midyear"))

    with pytest.raises(PlanError, match=r"on midyear the common district .* a guaranteed name"):
        played(plan, cases_of(tmp_path, "one", body=body))


def test_an_address_an_edge_case_shares_on_purpose_is_allowed(tmp_path: Path) -> None:
    body = """
cast:
  Ana: {contact: {of: {Leo: Parent}}, email: a.lee}
  Leo: {student: {school: high}}
  Ms Lee: {teacher: {school: high}}
changes:
  Ms Lee shares it: {new-email: {who: Ms Lee, same-as: Ana}}
"""
    plan = plan_of(("one", "Ms Lee shares it", "midyear"))

    days = played(plan, cases_of(tmp_path, "one", body=body)).of(COMMON)

    cast, users = days[1].cast["one"], days[1].roster.users
    assert users[cast["Ana"]]["email"] == users[cast["Ms Lee"]]["email"]
    assert cast["Ana"] != cast["Ms Lee"]


def test_an_invariant_is_broken_where_an_edge_case_says_so_and_nowhere_else(tmp_path: Path) -> None:
    excuse = ", breaks: no gender"
    body = f"""source: somewhere
cast:
  Kai: {{student: {{school: high}}, raw: {{values: {{roles.student.gender: Z}}{excuse}}}}}
"""

    days = played(plan_of(), cases_of(tmp_path, "one", body=body)).of(COMMON)

    kai = days[0].roster.users[days[0].cast["one"]["Kai"]]
    assert kai["roles"]["student"]["gender"] == "Z"
    with pytest.raises(PlanError, match="Clever knows no gender 'Z'"):
        played(plan_of(), cases_of(tmp_path, "one", body=body.replace(excuse, "")))
    with pytest.raises(DocumentError, match='Kai breaks "no gender": the key "source" must say'):
        cases_of(tmp_path, "one", body=body.partition("\n")[2])


@pytest.mark.no_cover
def test_calm_days_stay_calm_with_the_changes_of_a_few_casts(tmp_path: Path) -> None:
    names = tuple(f"case-{number}" for number in range(6))
    changes = [
        (name, change, day)
        for name in names
        for change, day in (
            ("Leo is renamed", "midyear"),
            ("Maya leaves", "departures"),
            ("Maya comes back", "returns"),
        )
    ]

    plan, cases = plan_of(*changes, cases=names), cases_of(tmp_path, *names)
    calendar = played(plan, cases, size=FIVE_SCHOOLS)

    assert mass_changes(calendar) == ()


def test_an_upheaval_is_named(tmp_path: Path) -> None:
    body = BODY.replace("{leave: Maya}", "{unshare: high}")
    plan = plan_of(("one", "Maya leaves", "departures"))

    found = mass_changes(played(plan, cases_of(tmp_path, "one", body=body)))

    assert "common, departures: 1 of 5 schools lose, more than 5%" in found
    assert any("users lose" in sentence for sentence in found)


@pytest.mark.slow
@pytest.mark.no_cover
def test_the_year_we_ship_is_calm_where_it_has_to_be() -> None:
    calendar = played(shipped().plan(), shipped().edge_cases, size=FIVE_SCHOOLS)

    assert mass_changes(calendar) == ()


@pytest.mark.slow
@pytest.mark.no_cover
def test_last_modified_never_goes_back_and_moves_on_with_every_change() -> None:
    plan = shipped().plan(mode=Mode.EVENTS, archiving=Archiving(after_days=60))
    calendar = played(plan, shipped().edge_cases)

    for district in sorted(plan.days):
        for before, after in pairwise(calendar.of(district)):
            for kind in (Kind.SCHOOLS, Kind.SECTIONS, Kind.USERS):
                old: Mapping[str, Any] = before.roster.of(kind)
                new: Mapping[str, Any] = after.roster.of(kind)
                for key in old.keys() & new.keys():
                    if old[key] != new[key]:
                        moved = new[key]["last_modified"] > old[key]["last_modified"]
                        assert moved, (district, after.day, kind, key)


@pytest.mark.parametrize("days", [-400, 400])
def test_a_shifted_year_changes_the_same_records(tmp_path: Path, days: int) -> None:
    cases = cases_of(tmp_path, "one")
    plan = plan_of(("one", "Maya leaves", "departures"))

    shifted = played(plan, cases, RUN_DATE + dt.timedelta(days=days))

    for one, other in zip(played(plan, cases), shifted, strict=True):
        assert one.cast == other.cast
        for kind in Kind:
            assert list(one.roster.of(kind)) == list(other.roster.of(kind))


def test_dates_never_go_back_within_a_district() -> None:
    common = [day for day in DAYS if day not in ABSENCES]
    waits = [Day.FIRST_SHARE, Day.DEPARTURES, Day.RETURNS]
    for archiving, own in (
        (Archiving(after_absences=10), ABSENCES),
        (Archiving(after_days=1), ABSENCES[-2:]),
        (Archiving(after_days=60), ABSENCES[-2:]),
    ):
        for district, days in ((COMMON, common), (ARCHIVES_LATER, [*waits, *own])):
            dates = [date_of(district, day, RUN_DATE, archiving) for day in days]

            assert dates == sorted(dates), (district, archiving)


@pytest.mark.parametrize("days", [2, 7, 60])
@pytest.mark.parametrize("run_date", [RUN_DATE, dt.date(2027, 3, 1), dt.date(2028, 2, 29)])
def test_whoever_returns_in_time_is_away_for_less_than_is_declared_and_others_for_more(
    days: int, run_date: dt.date
) -> None:
    own = Day.FIRST_SHARE, Day.DEPARTURES, Day.RETURNS, Day.LONG_GONE, Day.BACK_AT_LAST
    shared, gone, back, late, last = (
        date_of(ARCHIVES_LATER, day, run_date, Archiving(after_days=days)) for day in own
    )

    assert (back - shared).days < days < (late - gone).days
    assert (last - late).days == 1
    assert last <= run_date


@pytest.mark.parametrize("run_date", [RUN_DATE, dt.date(2027, 3, 1), dt.date(2028, 2, 29)])
def test_a_declared_absence_crosses_the_end_of_a_month(run_date: dt.date) -> None:
    gone, late = (
        date_of(ARCHIVES_LATER, day, run_date, Archiving(after_days=7))
        for day in (Day.DEPARTURES, Day.LONG_GONE)
    )

    assert gone.month != late.month
