"""How an app asks is counted from its requests, told, and no part of the verdict."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rehearsing import CATALOGUE, recorded, rehearsed

from harness import session
from harness.assess.recording_index import RecordingIndex
from harness.assess.results import Results
from harness.assess.traffic_report import traffic_report
from harness.assess.traffic_stats import at_once, in_a_minute, repeated
from harness.recording.recording import Entry, LoggedRequest


def request(
    started: float,
    seconds: float = 1.0,
    path: str = "/v3.1/users",
    status: int = 200,
    connection: int = 0,
) -> LoggedRequest:
    return LoggedRequest(
        district="common",
        day="midyear",
        during="sync",
        method="GET",
        path=path,
        query="",
        status=status,
        records=1,
        size=10,
        started=started,
        seconds=seconds,
        connection=connection,
    )


def told(results: Results) -> dict[str, str]:
    return {fact.name: fact.value for fact in results.traffic}


def test_requests_that_follow_each_other_are_one_at_a_time() -> None:
    assert at_once([request(0.0), request(1.0), request(2.5)]) == 1


def test_requests_that_overlap_are_counted_where_most_do() -> None:
    assert at_once([request(0.0, 3.0), request(1.0), request(1.5), request(4.0)]) == 3


def test_connections_that_take_turns_are_in_use_together() -> None:
    taken = [request(at, 0.0001, connection=number) for at, number in ((0, 1), (1, 2), (2, 1))]

    assert at_once([*taken, request(3, connection=2)]) == 2
    assert at_once([request(at, 0.0001, connection=at) for at in (1, 2, 3)]) == 1


@pytest.mark.slow
def test_an_app_that_reads_its_lists_together_is_told_so() -> None:
    results = rehearsed("another-app")
    answers = {answer.question: answer.answer for answer in results.answers}

    assert re.match(r"up to [345] open side by side", told(results)["Connections"])
    assert re.search(r"over up to [345] connections", answers["update-method"])


def test_the_busiest_minute_may_begin_at_any_second() -> None:
    assert in_a_minute([request(0.0), request(50.0), request(70.0), request(109.9)]) == 3
    assert in_a_minute([request(0.0), request(60.0)]) == 1


def test_what_was_answered_well_and_asked_again_is_repeated() -> None:
    assert repeated([request(0), request(1), request(2, path="/v3.1/terms")]) == 1
    assert repeated([request(0, status=503), request(1)]) == 0


def test_the_demo_is_told_with_what_it_asks_and_how() -> None:
    facts = told(rehearsed("demo"))

    assert re.match(r"about 1\d requests for 1,\d{3} records", facts["Requests in a sync"])
    assert "at most 100 records in one answer; `limit` is 100" in facts["Page size"]
    assert facts["Connections"] == "one request at a time"
    assert facts["Read but not stored"] == "nothing"
    assert facts["Repeated requests"].startswith("none")


def test_the_draft_about_updates_tells_how_the_app_asks() -> None:
    answers = {answer.question: answer.answer for answer in rehearsed("demo").answers}

    asked = r"Full data syncs: about 1\d requests for 1,\d{3} records"
    assert re.match(asked, answers["update-method"])
    assert "at most 100 records a page, one request at a time" in answers["update-method"]


@pytest.mark.slow
def test_apps_that_ask_differently_are_told_differently() -> None:
    events, large = told(rehearsed("reads-events")), told(rehearsed("large-pages"))

    assert "on later days" in events["Requests in a sync"]
    assert events["Page size"].endswith("`limit` is 100")
    assert large["Page size"].endswith("`limit` is 10,000")
    assert told(rehearsed("students-only"))["Read but not stored"] == (
        "teachers, staff, district admins, contacts"
    )


@pytest.mark.slow
@pytest.mark.exhaustive
def test_what_is_counted_is_no_part_of_the_verdict() -> None:
    """The same rehearsal with every request twice, and all of them at one moment."""
    recording = recorded("demo")
    entries: list[Entry] = []
    for entry in recording.entries:
        if isinstance(entry, LoggedRequest) and entry.path.startswith("/v3.1/") and not entry.fault:
            entries.append(replace(entry, seconds=50.0, connection=0))
        entries.append(entry)
    greedy = replace(recording, entries=tuple(entries))

    results = session.judge_recording(greedy, CATALOGUE, with_histories=False)

    assert results.last_line == rehearsed("demo").last_line
    assert told(results) != told(rehearsed("demo"))
    assert "up to" in told(results)["Connections"]


@pytest.mark.slow
@pytest.mark.exhaustive
def test_connections_that_take_turns_are_not_said_to_be_used_together() -> None:
    """As of an app that asks one request after the other, with a client for each list."""
    recording = recorded("demo")
    entries = [
        replace(entry, connection=1 + number % 2) if isinstance(entry, LoggedRequest) else entry
        for number, entry in enumerate(recording.entries)
    ]
    results = session.judge_recording(
        replace(recording, entries=tuple(entries)), CATALOGUE, with_histories=False
    )
    answers = {answer.question: answer.answer for answer in results.answers}

    assert told(results)["Connections"] == "up to 2 open side by side"
    assert answers["update-method"].endswith("over up to 2 connections.")


def test_an_app_that_asks_for_nothing_has_nothing_told() -> None:
    recording = recorded("demo")
    silent = replace(
        recording,
        entries=tuple(one for one in recording.entries if not isinstance(one, LoggedRequest)),
    )

    assert traffic_report(RecordingIndex(silent)) == ()
