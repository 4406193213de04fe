"""What happens to a district of its own: on which days, and what Clever shares meanwhile."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from harness import session
from harness.contract.sync import Mode
from harness.district.clever.event_payloads import previous_attributes
from harness.district.clever.events import Action, EventOrder, events_between
from harness.district.data_model.records import Kind
from harness.errors import PlanError
from harness.plan.calendar import build_calendar
from harness.plan.calendar_day import CalendarDay
from harness.plan.compile import compile_plan
from harness.plan.plan import COMMON, FOLLOWED_BY_EVENTS, NEIGHBOUR, Plan

RUN_DATE = dt.date(2026, 11, 23)
FEATURE = """Feature: Districts of their own
  @E1
  Rule: Events
    Scenario: One
      Given an app that follows events
      And the district "{district}"
      When on first-share {first}
      And on returns {then}
      Then nothing that Clever no longer shares is active
"""
CALM = "the district shares with the app"


def planned(
    tmp_path: Path,
    first: str,
    then: str,
    district: str = "apart",
    mode: Mode = Mode.EVENTS,
) -> Plan:
    words = FEATURE.format(district=district, first=first, then=then)
    (tmp_path / "one.feature").write_text(words)
    return compile_plan(tmp_path, {}, mode=mode)


def played(plan: Plan) -> tuple[CalendarDay, ...]:
    return build_calendar(plan, {}, seed=1, salt="a", run_date=RUN_DATE).of("apart")


def test_a_district_of_its_own_has_the_days_its_scenarios_name(tmp_path: Path) -> None:
    plan = planned(tmp_path, CALM, "students leave and come back before the app syncs")

    assert plan.days == {COMMON: (), NEIGHBOUR: (), "apart": ("first-share", "returns")}
    assert plan.syncs == 2
    assert [(one.district, one.day) for one in plan.incidents] == [("apart", "returns")]


def test_what_only_followers_of_events_need_is_not_played_to_others(tmp_path: Path) -> None:
    plan = planned(
        tmp_path, CALM, "students leave and come back before the app syncs", mode=Mode.FULL
    )

    assert plan.days == {COMMON: (), NEIGHBOUR: ()}
    assert plan.incidents == ()
    assert len(plan.scenarios) == 1


def test_who_comes_back_before_the_sync_is_gone_in_between_only(tmp_path: Path) -> None:
    first, returns = played(
        planned(tmp_path, CALM, "students leave and come back before the app syncs")
    )
    [(between, at)] = returns.superseded

    assert set(returns.roster.users) == set(first.roster.users) > set(between.users)
    assert first.at < at < returns.at


def test_a_late_sync_is_two_months_after_the_last_and_the_change_in_between(
    tmp_path: Path,
) -> None:
    late = "students leave, and the app syncs more than 30 days later"
    first, returns = played(planned(tmp_path, CALM, late))
    [(between, at)] = returns.superseded

    assert returns.at.date() < RUN_DATE
    assert returns.at - first.at > dt.timedelta(days=60)
    assert first.at < at < returns.at - dt.timedelta(days=30)
    assert set(first.roster.users) > set(between.users) == set(returns.roster.users)


def test_who_leaves_while_the_app_reads_leaves_in_two_steps(tmp_path: Path) -> None:
    first, returns = played(planned(tmp_path, "students leave while the app reads", CALM))
    (early, one), (later, other) = first.during_sync

    assert set(first.roster.users) > set(early.users) > set(later.users)
    assert first.at < one < other < returns.at
    assert set(returns.roster.users) == set(later.users)


def test_before_events_break_off_people_come_and_go_for_three_nights(tmp_path: Path) -> None:
    break_off = "people come and go for three nights, and the events break off"
    first, returns = played(planned(tmp_path, CALM, break_off))
    (away, one), (wrong, other) = returns.superseded

    assert first.at < one < other < returns.at
    assert (first.feed_breaks_off, returns.feed_breaks_off) == (False, True)
    assert set(away.users) < set(first.roster.users) == set(wrong.users) > set(returns.roster.users)
    gone = set(first.roster.users) - set(returns.roster.users)
    assert gone <= set(away.users), "who is away for a night is not who leaves for good"


def test_what_events_say_first_of_somebody_is_outdated_by_what_they_say_last(
    tmp_path: Path,
) -> None:
    break_off = "people come and go for three nights, and the events break off"
    first, returns = played(planned(tmp_path, CALM, break_off))
    _, (wrong, _) = returns.superseded

    for key, user in returns.roster.users.items():
        assert user.get("email") == first.roster.users[key].get("email")
        if user.get("email") and "contact" not in user["roles"]:
            assert wrong.users[key]["email"] == f"wrong.{user['email']}"


def test_events_of_what_happened_after_a_night_without_any_lead_to_what_is_shared() -> None:
    """An app holds what was shared before that night, and looks up each record an event names."""
    catalogue = session.shipped()
    plan, cases = catalogue.plan(mode=Mode.EVENTS), catalogue.edge_cases
    calendar = build_calendar(plan, cases, seed=1, salt="a", run_date=RUN_DATE)
    days = {day.day: day for day in calendar.of(FOLLOWED_BY_EVENTS)}
    before, departures = days["midyear"].roster, days["departures"]
    [(night, _)] = departures.superseded
    events = events_between(night, departures.roster, at=departures.at, order=EventOrder.RECORDED)

    unheard, held = departures.superseded_unheard, {kind: dict(before.of(kind)) for kind in Kind}
    out_of_turn: set[str] = set()
    for event in events:
        known = held[event.kind].pop(event.record["id"], None)
        if event.action is not Action.DELETED:
            held[event.kind][event.record["id"]] = event.record
            if (known is not None) == (event.action is Action.CREATED):
                out_of_turn.add(event.type)

    assert unheard
    kinds = ("schools", "courses", "users", "sections")
    assert out_of_turn == {
        f"{kind}.{action}" for kind in kinds for action in ("created", "updated")
    }
    for kind in Kind:
        assert held[kind].keys() == departures.roster.of(kind).keys()
        for key, record in departures.roster.of(kind).items():
            assert previous_attributes(kind, held[kind][key], record) == {}
    gone = [event.type for event in events if event.action is Action.DELETED]
    assert gone.index("terms.deleted") < gone.index("sections.deleted")


def test_a_whole_district_changes_three_times_before_it_is_read_and_then_stays(
    tmp_path: Path,
) -> None:
    again = "people come and go while the app reads the whole district"
    first, returns = played(planned(tmp_path, CALM, again))
    *nights, (last, _) = [*returns.during_sync]

    assert (first.full_sync, returns.full_sync) == (False, True)
    assert set(returns.roster.users) == set(first.roster.users)
    assert len(nights) == 3
    assert set(last.users) == set(nights[-1][0].users) < set(first.roster.users)
    assert last.users == nights[-1][0].users


def test_a_district_of_its_own_has_a_name_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match='cannot be called "neighbour"'):
        planned(tmp_path, CALM, CALM, district="neighbour")


def test_what_happens_to_a_district_needs_one(tmp_path: Path) -> None:
    (tmp_path / "one.feature").write_text(
        FEATURE.format(district="x", first=CALM, then="students leave while the app reads").replace(
            '      And the district "x"\n', ""
        )
    )

    with pytest.raises(PlanError, match="none was given before it"):
        compile_plan(tmp_path, {})


def test_a_new_token_changes_nothing_else(tmp_path: Path) -> None:
    first, returns = played(planned(tmp_path, CALM, "the district gets a new token"))

    assert (first.token_replaced, returns.token_replaced) == (False, True)
    assert set(first.roster.users) == set(returns.roster.users)
    assert returns.superseded == returns.during_sync == ()
