"""An app that declares events is rehearsed by them, and told so in plan, recording and answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from apps import adapter_of, lantern
from rehearsing import CATALOGUE, circumstances, recorded, rehearsed

from harness import session
from harness.assess.check_result import Outcome
from harness.config.config import Config
from harness.contract.sync import Mode
from harness.errors import UsageError
from harness.plan.faults import BROKEN_FEED
from harness.plan.plan import COMMON, Day
from harness.recording.recording import LoggedRequest, Recording, SnapshotTaken, Synced
from harness.session import Rehearsal

pytestmark = pytest.mark.no_cover  # composed apps reach the same code

FOLLOWER = "reads-events"


def prepared(name: str, mode: Mode | None = None) -> Rehearsal:
    """As a vendor prepares it whose configuration declares what the app declares."""
    config = Config.default(Path.cwd()).with_adapter(adapter_of(name))
    config = replace(config, profile=lantern(name).profile)
    return session.prepare(config, circumstances(), mode=mode, catalogue=CATALOGUE)


def requests_on(day: str) -> list[LoggedRequest]:
    return [
        entry
        for entry in recorded(FOLLOWER).entries
        if isinstance(entry, LoggedRequest) and (entry.district, entry.day) == (COMMON, day)
    ]


def test_the_declaration_chooses_the_mode_and_the_command_line_overrules_it() -> None:
    assert prepared(FOLLOWER).mode is Mode.EVENTS
    assert prepared(FOLLOWER, Mode.FULL).mode is Mode.FULL
    assert prepared("demo").mode is Mode.FULL
    assert prepared("demo", Mode.EVENTS).mode is Mode.EVENTS


def test_the_mode_login_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="`login` is not rehearsed yet"):
        prepared("demo", Mode.LOGIN)


def test_a_full_sync_is_asked_for_at_the_end_and_counted_beforehand() -> None:
    planned, full = prepared(FOLLOWER).plan, prepared("demo").plan
    entries = recorded(FOLLOWER).entries
    synced = [e for e in entries if isinstance(e, Synced) and e.district in planned.counted]

    assert planned.days[COMMON] == (*full.days[COMMON], Day.FULL_SYNC)
    apart = set(planned.days) - set(full.days)
    assert len(synced) == planned.syncs
    assert planned.syncs == full.syncs + 1 + sum(len(planned.days[name]) for name in apart)


def test_lists_are_read_on_the_first_and_the_last_day_and_events_on_all_others() -> None:
    for day in prepared(FOLLOWER).plan.days[COMMON]:
        kinds = {request.path.split("/")[2] for request in requests_on(day)}
        if day in (Day.FIRST_SHARE, Day.FULL_SYNC):
            assert {"users", "sections", "events"} <= kinds, day
        else:
            assert kinds == {"tokens", "events"}, day


def test_following_events_ends_in_the_state_that_full_syncs_end_in() -> None:
    assert held_at_the_end(recorded(FOLLOWER)) == held_at_the_end(recorded("demo"))


def held_at_the_end(recording: Recording) -> dict[str, object]:
    """What is in use and how people are tied together, without the app's own ids."""
    look = next(
        entry
        for entry in reversed(recording.entries)
        if isinstance(entry, SnapshotTaken) and (entry.district, entry.day) == (COMMON, Day.QUIET)
    )
    held: dict[str, object] = {}
    held |= {user.clever_id: (user.status, user.email) for user in look.snapshot.users}
    held |= {term.clever_id: term.status for term in look.snapshot.terms}
    held |= {course.clever_id: course.status for course in look.snapshot.courses}
    for section in look.snapshot.sections:
        held[section.clever_id] = (
            section.status,
            section.term,
            section.course,
            set(section.teachers),
            set(section.students),
        )
    return held


def test_the_answers_say_that_events_are_followed() -> None:
    answers = {answer.question: answer.answer for answer in rehearsed(FOLLOWER).answers}

    assert "events from then on" in answers["update-method"]
    assert answers["events-records"].startswith("We read all events and apply those about schools")
    assert "events" not in answers["initial-sync-records"].lower()


def test_without_the_declaration_nothing_about_events_is_judged() -> None:
    checks = [c for c in rehearsed("demo").checks if c.feature == "events.feature"]

    assert {check.outcome for check in checks} == {Outcome.NOT_APPLICABLE}
    assert {check.reason for check in checks} == {
        "The vendor declares the update mode full, not events."
    }


@pytest.mark.slow
def test_events_that_broke_off_are_asked_for_again_from_the_last_good_cursor() -> None:
    """An app that applies page by page and keeps its cursor at the end meets a page twice."""
    broken, next_one = (
        [r for r in asked_for_events("applies-again", day) if "starting_after" in r.query]
        for day in (Day.MIDYEAR, Day.DEPARTURES)
    )

    assert broken[0].records == 100
    assert {request.fault for request in broken[1:]} == {BROKEN_FEED.kind}
    assert len(broken) == 1 + 1 + 5
    assert next_one[0].query == broken[0].query
    assert [request.fault for request in next_one] == ["", ""]


def asked_for_events(adapter: str, day: str) -> list[LoggedRequest]:
    return [
        entry
        for entry in recorded(adapter).entries
        if isinstance(entry, LoggedRequest)
        and (entry.district, entry.day) == ("events-break-off", day)
        and entry.path.endswith("/events")
    ]
