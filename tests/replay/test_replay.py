"""The year is played day by day, and everything that was observed is kept."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from replay import small_app
from simulator import town

from harness.adapters.opening import open_adapter
from harness.assess.recording_index import RecordingIndex
from harness.contract.profile import Profile
from harness.contract.sync import Mode, SyncState
from harness.contract.timeouts import Timeouts
from harness.plan.calendar_day import CalendarDay
from harness.plan.faults import CLOSED, MAX_REQUESTS, STILL_ASKING
from harness.plan.plan import OldAccount, PlacedAct, Plan
from harness.recording.reader import read
from harness.recording.recording import (
    AccountCreated,
    Act,
    BisectResult,
    Entry,
    Header,
    Killed,
    LessonFinished,
    LoggedRequest,
    Published,
    Recording,
    Restarted,
    RunInterrupted,
    SnapshotTaken,
    Synced,
)
from harness.recording.writer import Writer
from harness.replay.acts import perform
from harness.replay.attempt import YearAttempt
from harness.replay.credentials import credentials
from harness.replay.patience import PATIENCE, Patience
from harness.replay.progress import Silence
from harness.replay.simulated_clever import SimulatedClever, serve
from harness.suite.checks import retry_policy, syncs

CAST = {"student-moves": {"Maya": town.MAYA, "Leo": town.LEO}}
DAYS = ("first-share", "midyear", "departures")
ACT = "finishes a lesson"
PLAN = Plan(
    scenarios=(),
    days={"common": DAYS, "neighbour": DAYS[:2]},
    acts=(
        PlacedAct(edge_case="student-moves", person="Maya", act=ACT, day="midyear"),
        PlacedAct(edge_case="student-moves", person="Leo", act=ACT, day="departures"),
    ),
)


def calendar(plan: Plan = PLAN) -> list[CalendarDay]:
    """Three days of the town, from which Leo leaves on the last one, and two of its neighbour."""
    common, beside = town.roster(), town.crowd(3, owner=town.number("d", 2))
    found = []
    if plan.on("before")[1]:
        found.append(
            CalendarDay(district="common", day="before", roster=common, cast=CAST, at=town.DAY)
        )
    for place, day in enumerate(DAYS):
        at = town.DAY + timedelta(days=3 * place)
        today = town.without(common, town.LEO) if day == "departures" else common
        found.append(CalendarDay(district="common", day=day, roster=today, cast=CAST, at=at))
        if day != "departures":
            found.append(CalendarDay(district="neighbour", day=day, roster=beside, cast={}, at=at))
    return found


class Heard(Silence):
    """Progress, written down."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def waiting(self, district: str, day: str, what: str) -> None:
        self.said.append(f"{day} {district}: {what}")

    def done(self, district: str, day: str, outcome: str) -> None:
        self.said.append(f"{day} {district} {outcome}")


@dataclass
class Stage:
    """Everything a rehearsal needs but the app."""

    clever: SimulatedClever
    path: Path
    progress: Heard

    def play(
        self,
        app: str,
        *,
        timeouts: Timeouts | None = None,
        plan: Plan = PLAN,
        patience: Patience = PATIENCE,
    ) -> Recording:
        adapter = open_adapter(
            f"python:replay.small_app:{app}", directory=self.path.parent, timeouts=timeouts
        )
        header = Header(
            rosterready="0.1.0",
            adapter=adapter.name,
            run_date=date(2026, 8, 20),
            seed=1,
            salt="s",
            mode=Mode.FULL,
            plan=plan,
            plan_hash="",
            requirement_set="",
            profile=Profile(),
            capabilities=tuple(sorted(adapter.capabilities)),
        )
        with adapter, Writer(self.path, header) as writer:
            began = time.perf_counter()
            writer.conceal(self.clever.client.secret, client_id=self.clever.client.id)
            year = YearAttempt(
                plan,
                adapter,
                self.clever,
                writer,
                Mode.FULL,
                time.perf_counter,
                self.progress,
                patience=patience,
            )
            ended = year.play(calendar(plan))
            return writer.close(ended, time.perf_counter() - began)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with serve(credentials("a salt"), now=time.time, timer=time.perf_counter) as clever:
        yield Stage(clever=clever, path=tmp_path / "recording.json.gz", progress=Heard())


def brief(entry: Entry) -> str:
    """An entry in a few words."""
    place = f"{entry.district} {entry.day}"
    match entry:
        case Published():
            return f"{place}: published"
        case Synced():
            return f"{place}: synced"
        case SnapshotTaken():
            return f"{place}: look after {entry.after}"
        case Act():
            return f"{place}: {entry.person} {entry.act}"
        case LoggedRequest():
            return f"{place}: {entry.during} {entry.path}"
        case RunInterrupted():
            return f"{place}: trouble"
        case Killed():
            return f"{entry.district} {entry.day}: killed"
        case Restarted():
            return f"{place}: started again"
        case BisectResult():
            return f"{place}: {entry.result}"


def held(recording: Recording, district: str, day: str, after: str) -> set[str]:
    [look] = (
        one
        for one in recording.entries
        if isinstance(one, SnapshotTaken)
        and (one.district, one.day, one.after) == (district, day, after)
    )
    return {user.clever_id for user in look.snapshot.users}


def test_a_year_is_recorded_in_the_order_it_happened(stage: Stage) -> None:
    recording = stage.play("SmallApp")

    sync = ["sync /oauth/tokens", "sync /v3.0/users", "synced", "look after sync"]
    expected = [
        *(f"common first-share: {what}" for what in ("published", *sync)),
        *(f"neighbour first-share: {what}" for what in ("published", *sync)),
        *(f"common midyear: {what}" for what in ("published", "look after publish", *sync)),
        f"common midyear: Maya {ACT}",
        "common midyear: look after acts",
        *(f"neighbour midyear: {what}" for what in ("published", "look after publish", *sync)),
        *(f"common departures: {what}" for what in ("published", "look after publish", *sync)),
        f"common departures: Leo {ACT}",
        "common departures: look after acts",
    ]
    assert [brief(entry) for entry in recording.entries] == expected
    assert recording.ended == "completed"
    assert recording.seconds > 0
    assert read(stage.path) == recording


def test_what_the_app_holds_is_what_clever_shared_that_day(stage: Stage) -> None:
    recording = stage.play("SmallApp")

    everyone = set(town.roster().users)
    assert held(recording, "common", "midyear", "sync") == everyone
    assert held(recording, "common", "departures", "publish") == everyone
    assert held(recording, "common", "departures", "sync") == everyone - {town.LEO}
    assert len(held(recording, "neighbour", "midyear", "sync")) == 3


def test_the_district_time_of_each_day_is_recorded(stage: Stage) -> None:
    recording = stage.play("SmallApp")

    published = [one for one in recording.entries if isinstance(one, Published)]
    assert published[0].at == "2026-08-20T06:30:00+00:00"
    assert published[-1].at == "2026-08-26T06:30:00+00:00"
    assert published[0].cast == CAST


def test_an_act_shows_in_the_look_after_it(stage: Stage) -> None:
    recording = stage.play("SmallApp")

    acted = [entry for entry in recording.entries if isinstance(entry, LessonFinished)]
    looks = [
        one for one in recording.entries if isinstance(one, SnapshotTaken) and one.after == "acts"
    ]
    assert acted[0].lesson == "lesson student-moves/Maya/midyear"
    assert acted[0].refused == ""
    assert [work.lesson for work in looks[0].snapshot.progress] == [acted[0].lesson]


HAD_ACCOUNTS = replace(
    PLAN,
    acts=tuple(
        PlacedAct(
            edge_case="student-moves",
            person=person,
            act="had an account",
            day="before",
            account=account,
        )
        for person, account in (
            ("Maya", OldAccount.EMAIL),
            ("Leo", OldAccount.NAME),
            ("Leo", OldAccount.ROLE),
        )
    ),
)


def test_before_clever_there_are_accounts_a_look_and_nothing_else(stage: Stage) -> None:
    recording = stage.play("Matching", plan=HAD_ACCOUNTS)

    assert [brief(entry) for entry in recording.entries[:5]] == [
        "common before: Maya had an account",
        "common before: Leo had an account",
        "common before: Leo had an account",
        "common before: look after acts",
        "common first-share: published",
    ]
    maya, leo, teacher = (entry for entry in recording.entries if isinstance(entry, AccountCreated))
    assert (maya.app_id, maya.lesson) == ("old-1", "lesson student-moves/Maya/before/email")
    assert (leo.app_id, leo.refused) == ("old-2", "")
    assert (teacher.app_id, teacher.refused) == (
        "",
        "raised PermissionError: teachers are created by our support",
    )
    assert stage.progress.said[:5] == [
        *["before common: act"] * 3,
        "before common: snapshot",
        "first-share common: connect",
    ]


def test_an_adapter_that_cannot_create_accounts_is_not_asked_before_clever(stage: Stage) -> None:
    recording = stage.play("SmallApp", plan=HAD_ACCOUNTS)

    assert brief(recording.entries[0]) == "common first-share: published"
    assert stage.progress.said[0] == "first-share common: connect"


def test_accounts_from_before_are_like_those_they_could_be_taken_for(stage: Stage) -> None:
    day = calendar(HAD_ACCOUNTS)[0]
    maya = day.roster.users[town.MAYA]
    connection = stage.clever.connection_on(day)
    with open_adapter("python:replay.small_app:MATCHING", directory=stage.path.parent) as adapter:
        for act in HAD_ACCOUNTS.acts:
            perform(adapter, connection, day, act)

    same, namesake = small_app.MATCHING.known
    assert (same.first_name, same.email, same.number) == (
        maya["name"]["first"],
        maya["email"],
        None,
    )
    leo = day.roster.users[town.LEO]
    assert namesake.last_name == leo["name"]["last"]
    assert namesake.email != leo["email"]
    assert namesake.number not in (None, leo["roles"]["student"]["sis_id"])


def test_an_act_the_app_cannot_do_is_recorded_and_the_year_goes_on(stage: Stage) -> None:
    """Leo has left on the day he is to finish a lesson."""
    recording = stage.play("SmallApp")

    [_, leo] = (entry for entry in recording.entries if isinstance(entry, LessonFinished))
    assert leo.refused.startswith("raised KeyError")
    assert recording.ended == "completed"


def test_an_adapter_without_progress_refuses_every_act(stage: Stage) -> None:
    recording = stage.play("Careless")

    acted = [entry for entry in recording.entries if isinstance(entry, LessonFinished)]
    assert len(acted) == 2
    assert all("capability progress" in one.refused for one in acted)


def test_requests_are_noted_with_all_the_simulator_knows(stage: Stage) -> None:
    recording = stage.play("SmallApp")

    requests = [one for one in recording.entries if isinstance(one, LoggedRequest)]
    assert len(requests) == 2 * 5
    users = requests[1]
    assert (users.method, users.status, users.records) == ("GET", 200, len(town.roster().users))
    assert (users.query, users.agent) == ("limit=10000", "SmallApp/1")
    assert users.size > 1000
    assert 0 < users.started < recording.seconds + 1


def test_requests_during_a_snapshot_are_flagged(stage: Stage) -> None:
    recording = stage.play("Peeking")

    requests = [one for one in recording.entries if isinstance(one, LoggedRequest)]
    assert {one.during for one in requests} == {"sync", "snapshot"}


def test_a_sync_that_raises_is_recorded_and_the_year_goes_on(stage: Stage) -> None:
    recording = stage.play("Raising")

    synced = [one for one in recording.entries if isinstance(one, Synced)]
    assert [one.sync.state for one in synced] == [
        SyncState.COMPLETED,
        SyncState.FAILED,
        *[SyncState.COMPLETED] * 3,
    ]
    assert synced[1].sync.reason.startswith("raised RuntimeError")
    assert recording.ended == "completed"


def test_no_token_and_no_secret_reaches_the_recording(stage: Stage) -> None:
    stage.play("Raising")

    text = gzip.decompress(stage.path.read_bytes()).decode()
    assert "with [redacted] went wrong" in text
    assert stage.clever.client.secret not in text
    for district in (town.DISTRICT, town.number("d", 2)):
        assert stage.clever.simulator.token(district) not in text


def test_a_held_sync_is_approved_if_the_adapter_can(stage: Stage) -> None:
    recording = stage.play("Approving")

    synced = [one for one in recording.entries if isinstance(one, Synced)]
    assert {one.sync.state for one in synced} == {SyncState.HELD}
    assert {one.final.state for one in synced} == {SyncState.COMPLETED}
    requests = [one for one in recording.entries if isinstance(one, LoggedRequest)]
    assert {one.during for one in requests} == {"approve"}


def test_a_held_sync_stays_held_otherwise(stage: Stage) -> None:
    recording = stage.play("Holding")

    synced = [one for one in recording.entries if isinstance(one, Synced)]
    assert {one.final.state for one in synced} == {SyncState.HELD}
    assert all(one.approved is None for one in synced)
    assert recording.ended == "completed"


def test_an_app_that_dies_stops_the_year_and_nothing_is_lost(stage: Stage) -> None:
    recording = stage.play("Dying")

    trouble = recording.entries[-1]
    assert isinstance(trouble, RunInterrupted)
    assert (trouble.day, trouble.district) == ("midyear", "common")
    assert (trouble.during, trouble.fault) == ("snapshot", "adapter")
    assert "raised ConnectionRefusedError: the app is gone" in trouble.message
    assert recording.ended.startswith(
        "stopped on the day `midyear` in the common district: python:"
    )
    assert held(recording, "neighbour", "first-share", "sync")
    assert sum(isinstance(one, Synced) for one in recording.entries) == 3
    assert read(stage.path) == recording


def test_an_interrupt_closes_the_recording_and_passes(stage: Stage) -> None:
    with pytest.raises(KeyboardInterrupt):
        stage.play("Impatient")

    recording = read(stage.path)
    assert recording.ended == "interrupted"
    assert held(recording, "common", "first-share", "sync")


@pytest.mark.slow
def test_an_app_that_never_stops_asking_times_out(stage: Stage) -> None:
    recording = stage.play("Endless", timeouts=Timeouts(sync=0.1))

    synced = [one for one in recording.entries if isinstance(one, Synced)]
    assert {one.sync.state for one in synced} == {SyncState.TIMED_OUT}


def test_progress_names_day_district_and_what_is_awaited(stage: Stage) -> None:
    stage.play("SmallApp")

    said = stage.progress.said
    assert said[:4] == [
        "first-share common: connect",
        "first-share common: sync",
        "first-share common: snapshot",
        "first-share common completed",
    ]
    assert "midyear common: act" in said


class Saboteur(Heard):
    """Lets our Clever break while the app syncs on midyear."""

    def __init__(self, crashes: list[Exception]) -> None:
        super().__init__()
        self.crashes = crashes

    def waiting(self, district: str, day: str, what: str) -> None:
        if (day, what) == ("midyear", "sync"):
            self.crashes.append(KeyError("oops"))


def test_a_mistake_of_the_simulator_is_not_put_down_to_the_app(stage: Stage) -> None:
    stage.progress = Saboteur(stage.clever.simulator.crashes)

    recording = stage.play("SmallApp")

    trouble = recording.entries[-1]
    assert isinstance(trouble, RunInterrupted)
    assert (trouble.day, trouble.during, trouble.fault) == ("midyear", "sync", "simulator")
    assert "the simulated Clever broke: KeyError: 'oops'" in trouble.message


def test_credentials_are_of_this_run_unless_they_are_fixed() -> None:
    one, other = credentials("a"), credentials("b")
    fixed = credentials("a", client_id="fixed-client", client_secret="fixed-secret")

    assert one.secret != other.secret
    assert one.secret not in (one.id, "")
    assert (fixed.id, fixed.secret) == ("fixed-client", "fixed-secret")


def test_an_app_that_never_stops_asking_is_stopped_and_named(stage: Stage) -> None:
    plan = replace(PLAN, days={"common": DAYS[:1], "neighbour": ()}, acts=())

    recording = stage.play(
        "Insatiable", timeouts=Timeouts(sync=300), plan=plan, patience=Patience(requests=50)
    )

    first = next(entry for entry in recording.entries if isinstance(entry, Synced))
    asked = [entry for entry in recording.entries if isinstance(entry, LoggedRequest)]
    during = [entry for entry in asked if (entry.district, entry.day) == ("common", DAYS[0])]
    assert first.final.state is SyncState.FAILED
    assert [entry.fault for entry in during].count(CLOSED) == 1
    assert len(during) == 50 + 1
    [finding] = retry_policy.ended(RecordingIndex(recording), "common", DAYS[:1]).findings
    assert "made 5000 requests, then Clever was closed to it" in finding.sentence
    assert PATIENCE.requests == MAX_REQUESTS == 5000


@pytest.mark.slow
def test_a_sync_that_ends_after_its_timeout_is_awaited_and_keeps_its_requests(stage: Stage) -> None:
    recording = stage.play("LateZombie", timeouts=Timeouts(sync=0.5))

    asked = [entry for entry in recording.entries if isinstance(entry, LoggedRequest)]
    first = [entry for entry in asked if entry.day == "first-share" and entry.during == "sync"]
    states = [entry.sync.state for entry in recording.entries if isinstance(entry, Synced)]
    assert states == [SyncState.TIMED_OUT, *[SyncState.COMPLETED] * 4]
    assert {entry.fault for entry in asked} == {""}
    assert max(one.started for one in first if one.district == "common") < min(
        one.started for one in first if one.district == "neighbour"
    )


def test_a_sync_that_timed_out_in_the_words_of_its_adapter_has_ended(stage: Stage) -> None:
    """What the rehearsal waited for in vain is another matter."""
    recording = stage.play("GivesUp")

    synced = [entry for entry in recording.entries if isinstance(entry, Synced)]
    assert {(one.sync.state, one.sync.reason) for one in synced} == {
        (SyncState.FAILED, "Clever did not answer in time")
    }
    index = RecordingIndex(recording)
    assert not retry_policy.ended(index, "common", index.days_of("common")).findings


@pytest.mark.slow
def test_a_sync_that_goes_on_after_its_adapter_said_it_timed_out_has_not_ended(
    stage: Stage,
) -> None:
    recording = stage.play("StopsWatching", patience=Patience(looks=40))

    index = RecordingIndex(recording)
    first = next(entry for entry in recording.entries if isinstance(entry, Synced))
    assert first.sync.state is SyncState.TIMED_OUT
    [finding] = retry_policy.ended(index, "common", index.days_of("common")).findings
    assert finding.day == "first-share"


@pytest.mark.slow
def test_clever_is_closed_to_a_district_whose_sync_never_ends(stage: Stage) -> None:
    recording = stage.play("Zombie", timeouts=Timeouts(sync=1.5), patience=Patience(looks=40))

    index = RecordingIndex(recording)
    days = index.days_of("common")
    asked = [entry for entry in recording.entries if isinstance(entry, LoggedRequest)]
    closed = [entry for entry in asked if entry.fault == STILL_ASKING]
    others = [entry for entry in asked if entry.district == "neighbour"]
    [finding] = retry_policy.ended(index, "common", days).findings
    assert {entry.district for entry in closed} == {"common"}
    assert finding.day == "first-share"
    assert (
        "went on asking long after its sync on the day `first-share` had timed out"
        in finding.sentence
    )
    assert {f.day for f in syncs.completed(index, "common", days).findings} == {"first-share"}
    assert retry_policy.ended(index, "neighbour", index.days_of("neighbour")).findings == []
    assert {entry.fault for entry in others} == {""}
