"""The app is killed in the middle of a sync, by whatever can do that, and started again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rehearsing import CATALOGUE, rehearse

from harness import session
from harness.assess.check_result import Outcome
from harness.assess.recording_index import RecordingIndex
from harness.plan.faults import APP_KILLED, KILLS
from harness.plan.plan import KILLED_MIDWAY, Day
from harness.recording.recording import Killed, LoggedRequest, Recording, Synced
from harness.replay.killing import passing_before
from harness.simulator.http.traffic import Exchange
from harness.suite.checks.kills import went_on

HALFWAY, AT_LAST = KILLS[Day.DEPARTURES], KILLS[Day.ROLLOVER]


def exchanges(*records: int) -> list[Exchange]:
    """Answers with so many records each."""
    return [
        Exchange(
            seq=seq,
            started=float(seq),
            seconds=0.0,
            district="d",
            method="GET",
            path="/v3.1/users",
            query="",
            status=200,
            records=number,
            size=0,
            fault="",
            agent="",
            connection=1,
            delivery=None,
        )
        for seq, number in enumerate(records)
    ]


@pytest.mark.parametrize(
    ("records", "halfway", "last"),
    [
        ((1, 2, 4, 100, 60), 4, 4),  # the first page of users has come
        ((100, 1, 1, 1), 1, 3),
        ((1, 1, 1, 100), 3, 3),  # all is in the last answer, which is not to come
        ((5,), 0, 0),
        ((), 0, 0),
        ((0, 0), 1, 1),
    ],
)
def test_an_app_is_killed_once_half_has_come_or_at_the_last_request(
    records: tuple[int, ...], halfway: int, last: int
) -> None:
    assert passing_before(exchanges(*records), HALFWAY) == halfway
    assert passing_before(exchanges(*records), AT_LAST) == last


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """The demo, killed twice."""
    return rehearse("demo", tmp_path_factory.mktemp("killed"), only=["killed"], over_sockets=False)


def test_a_killed_app_reads_no_further_and_the_recording_says_so(killed: Recording) -> None:
    kills = [entry for entry in killed.entries if isinstance(entry, Killed)]

    assert [(kill.day, kill.by, kill.request) for kill in kills] == [
        (Day.DEPARTURES, "kill", "/v3.1/users"),
        (Day.ROLLOVER, "kill", "/v3.1/users"),
    ]
    assert killed.header.killed_by == "kill"
    for kill in kills:
        asked = requests(killed, kill.day)
        assert asked[-1].fault == APP_KILLED
        [synced] = (e for e in killed.entries if isinstance(e, Synced) and at(e) == at(kill))
        assert synced.final.state == "failed"


def test_an_app_that_loses_nothing_by_a_kill_passes_all_about_it(killed: Recording) -> None:
    outcomes = {
        check.id: check.outcome
        for check in session.judge_recording(killed, CATALOGUE).checks
        if check.feature == "killed.feature"
    }

    assert len(outcomes) == 8
    assert set(outcomes.values()) == {Outcome.PASS}


def test_an_app_that_nothing_can_kill_is_told_how(killed: Recording) -> None:
    header = replace(killed.header, killed_by="")

    reasons = of_kills(replace(killed, header=header))

    assert {outcome for outcome, _ in reasons.values()} == {Outcome.NOT_APPLICABLE}
    assert all("does not offer `kill`" in reason for _, reason in reasons.values())


@pytest.mark.parametrize(
    ("app", "reason"),
    [
        ("CannotBeKilled", "could not be killed on the day `departures`: kill raised RuntimeError"),
        ("LivesOn", "says that it completed, although what ran it had been killed"),
    ],
)
def test_an_app_that_was_not_killed_is_not_judged_by_it(
    app: str, reason: str, tmp_path: Path
) -> None:
    recording = rehearse(
        f"python:replay.killed_apps:{app}", tmp_path, only=["killed"], over_sockets=False
    )

    told = of_kills(recording)["killed/work-is-kept-when-the-app-is-killed"]

    assert told[0] is Outcome.NOT_APPLICABLE
    assert reason in told[1]


@pytest.mark.parametrize(
    ("app", "last_words", "hint"),
    [
        ("DoesNotStart", "restart raised RuntimeError: a migration is pending", ""),
        (
            "StaysDead",
            "snapshot raised ConnectionRefusedError: nothing listens",
            " Offer `restart`, too, or have `kill` start it again.",
        ),
    ],
)
def test_an_app_that_stays_dead_leaves_the_rest_of_the_year_its_verdicts(
    app: str, last_words: str, hint: str, tmp_path: Path
) -> None:
    recording = rehearse(
        f"python:replay.killed_apps:{app}",
        tmp_path,
        only=["killed", "standing"],
        over_sockets=False,
    )

    results = session.judge_recording(recording, CATALOGUE)
    outcomes = {check.id: (check.outcome, check.reason) for check in results.checks}
    assert recording.ended == "completed"
    assert outcomes["standing/no-record-is-held-twice"][0] is Outcome.PASS
    assert outcomes["killed/work-is-kept-when-the-app-is-killed"] == (
        Outcome.ERROR,
        "The app was killed in the middle of a sync, and could not be asked any more on the day "
        f"`departures`: {last_words}.{hint}",
    )
    assert last_words in outcomes["killed/once-all-is-up-to-date-again-a-sync-changes-nothing"][1]
    assert results.exit_code != 0


def test_a_sync_that_ended_before_was_not_cut_short(killed: Recording) -> None:
    entries = tuple(
        replace(entry, request="") if isinstance(entry, Killed) else entry
        for entry in killed.entries
    )

    reasons = of_kills(replace(killed, entries=entries))
    del reasons["killed/a-district-is-in-the-app-before-it-is-killed"]

    assert {outcome for outcome, _ in reasons.values()} == {Outcome.NOT_APPLICABLE}
    assert all("was not killed" in reason for _, reason in reasons.values())


def test_an_app_that_asks_on_was_not_killed(killed: Recording) -> None:
    last = requests(killed, Day.DEPARTURES)[-1]
    index = RecordingIndex(killed)
    assert not went_on(index, KILLED_MIDWAY, Day.DEPARTURES)

    for later, on in (
        ([last], True),  # over the connection that waits for an answer
        ([replace(last, connection=70)], False),  # was under way
        ([replace(last, connection=70)] * 2, True),
        ([replace(last, connection=70 + n) for n in range(9)], True),
    ):
        asked = [replace(request, fault="") for request in later]
        place = killed.entries.index(last) + 1
        entries = (*killed.entries[:place], *asked, *killed.entries[place:])
        found = went_on(
            RecordingIndex(replace(killed, entries=entries)), KILLED_MIDWAY, Day.DEPARTURES
        )
        assert found == on


def at(entry: Killed | Synced | LoggedRequest) -> tuple[str, str]:
    return entry.district, entry.day


def requests(recording: Recording, day: str) -> list[LoggedRequest]:
    """What the app asked for in the sync of a day in which it may have been killed."""
    return [
        entry
        for entry in recording.entries
        if isinstance(entry, LoggedRequest)
        and at(entry) == (KILLED_MIDWAY, day)
        and entry.during == "sync"
    ]


def of_kills(recording: Recording) -> dict[str, tuple[Outcome, str]]:
    """What became of the checks about kills, and why."""
    results = session.judge_recording(recording, CATALOGUE)
    return {
        check.id: (check.outcome, check.reason)
        for check in results.checks
        if check.feature == "killed.feature"
    }
