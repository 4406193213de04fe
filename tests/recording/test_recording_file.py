"""The recording's file keeps everything, in order, and is refused when it is not whole."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.contract.edit import EditKind
from harness.contract.profile import Profile
from harness.contract.snapshot import HeldRole, HeldUser, Snapshot, Status, StudentRelationship
from harness.contract.sync import Mode, Skipped, Sync, SyncState
from harness.district.data_model.roster import Roster
from harness.errors import OutputError, RecordingError
from harness.plan.plan import OldAccount, PlacedChange, Plan, PlannedScenario
from harness.recording.lines import Lines
from harness.recording.reader import read
from harness.recording.recording import (
    AccountCreated,
    Attestation,
    EditMade,
    Entry,
    Header,
    LessonFinished,
    LoggedRequest,
    Published,
    Recording,
    Restarted,
    RunInterrupted,
    SnapshotTaken,
    Synced,
    Waiver,
)
from harness.recording.writer import Writer, write

MAYA, LEO = "5f0000000000000000000001", "5f0000000000000000000002"
CEDAR, BIRCH = "5e0000000000000000000001", "5e0000000000000000000002"


def roster(users: dict[str, dict[str, Any]], *, name: str = "Example ISD") -> Roster:
    """A district of two schools with these users."""
    schools = {key: {"id": key, "name": f"School {key[-1]}"} for key in (CEDAR, BIRCH)}
    return Roster(
        district=cast(Any, {"id": "5d01", "name": name}),
        schools=cast(Any, schools),
        terms={},
        courses={},
        sections={},
        users=cast(Any, users),
    )


def user(key: str, first: str) -> dict[str, Any]:
    return {"id": key, "name": {"first": first, "last": "Kowalski"}, "email": ""}


def header() -> Header:
    moved = PlacedChange(edge_case="student-moves", change="Maya moves", day="midyear")
    scenario = PlannedScenario(
        id="moving/maya",
        feature="moving.feature",
        rule="A move",
        name="Maya",
        line=7,
        requirements=("R5",),
        changes=(moved,),
        steps=("Given Maya",),
    )
    return Header(
        rosterready="0.1.0",
        adapter="demo:",
        run_date=date(2031, 2, 3),
        seed=7,
        salt="a1b2",
        mode=Mode.FULL,
        plan=Plan(
            scenarios=(scenario,), days={"common": ("first-share", "midyear")}, changes=(moved,)
        ),
        plan_hash="cafe",
        requirement_set="2031-01-01",
        profile=Profile(app="Abacus", not_held={"terms": "we have no terms"}),
        capabilities=("progress",),
        waivers=(Waiver(check="a/b", reason="known", owner="Kim", expires=date(2031, 3, 1)),),
        attestations=(
            Attestation(requirement="R9", statement="yes", by="Kim", on=date(2031, 1, 5)),
        ),
    )


def published(day: str, users: dict[str, dict[str, Any]], district: str = "common") -> Published:
    return Published(
        district=district,
        day=day,
        roster=roster(users),
        cast={"student-moves": {"Maya": MAYA}},
        at="2031-02-03T08:00:00Z",
    )


def snapshot(school: str = CEDAR) -> Snapshot:
    maya = HeldUser(
        clever_id=MAYA, app_id="17", roles=(HeldRole(role="student", schools=(school,)),)
    )
    return Snapshot(users=(maya, replace(maya, app_id="18", status=Status.ARCHIVED)))


def request() -> LoggedRequest:
    return LoggedRequest(
        district="common",
        day="midyear",
        during="sync",
        method="GET",
        path="/v3.0/users",
        query="limit=100",
        status=200,
        records=2,
        size=812,
        started=0.25,
        seconds=0.001,
    )


def entries() -> tuple[Entry, ...]:
    """Two days with one entry of every type."""
    maya, leo = user(MAYA, "Maya"), user(LEO, "Leo")
    held = Sync(
        state=SyncState.HELD, reason="too many", skipped=(Skipped(clever_id=LEO, reason="odd"),)
    )
    return (
        published("first-share", {MAYA: maya, LEO: leo}),
        published("midyear", {MAYA: user(MAYA, "Maja"), LEO: leo}),
        request(),
        Synced(
            district="common",
            day="midyear",
            sync=held,
            seconds=0.5,
            approved=Sync(state=SyncState.COMPLETED, log="all read\nall applied"),
        ),
        SnapshotTaken(district="common", day="midyear", after="sync", snapshot=snapshot()),
        LessonFinished(
            district="common",
            day="midyear",
            edge_case="student-moves",
            person="Maya",
            act="finishes a lesson",
            lesson="lesson student-moves/Maya/midyear",
        ),
        published("departures", {MAYA: user(MAYA, "Maja")}),
        Restarted(
            district="common", day="departures", during="sync", message="gone", failed="again"
        ),
        RunInterrupted(
            district="common",
            day="departures",
            during="sync",
            fault="adapter",
            message="http://127.0.0.1:9 does not answer",
        ),
    )


def recorded(path: Path) -> Recording:
    with Writer(path, header()) as writer:
        for entry in entries():
            writer.add(entry)
        return writer.close("completed", 1.5)


def lines(path: Path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def sealed(path: Path, texts: list[bytes]) -> None:
    """Write these lines with a footer whose checksum is right."""
    footer = orjson.loads(texts[-1])
    footer["footer"]["sha256"] = hashlib.sha256(b"".join(texts[:-1])).hexdigest()
    texts = [*texts[:-1], orjson.dumps(footer) + b"\n"]
    path.write_bytes(gzip.compress(b"".join(texts)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "out" / "recording.json.gz"


def test_what_is_read_equals_what_was_recorded(path: Path) -> None:
    recording = recorded(path)

    assert recording.entries == entries()
    assert read(path) == recording


def test_equal_recordings_are_equal_bytes(path: Path, tmp_path: Path) -> None:
    recorded(path)
    recorded(tmp_path / "again.json.gz")

    assert path.read_bytes() == (tmp_path / "again.json.gz").read_bytes()


def test_unchanged_records_come_back_as_the_same_objects(path: Path) -> None:
    recorded(path)

    first, second, third = (one for one in read(path).entries if isinstance(one, Published))

    assert first.roster.users[LEO] is second.roster.users[LEO]
    assert first.roster.users[MAYA] is not second.roster.users[MAYA]
    assert second.roster.users[MAYA] is third.roster.users[MAYA]
    assert first.roster.schools is third.roster.schools
    assert list(third.roster.users) == [MAYA]


def test_later_days_store_only_what_differs(path: Path) -> None:
    recorded(path)

    stored = [orjson.loads(line) for line in lines(path)]
    rosters = [one["published"]["roster"] for one in stored if "published" in one]

    assert set(rosters[0]["set"]) == {"schools", "users"}
    assert rosters[1] == {"set": {"users": [user(MAYA, "Maja")]}, "removed": {}}
    assert rosters[2] == {"set": {}, "removed": {"users": [LEO]}}


def test_each_district_has_differences_of_its_own(path: Path) -> None:
    common, other = {MAYA: user(MAYA, "Maya")}, {LEO: user(LEO, "Leo")}
    with Writer(path, header()) as writer:
        for day in ("first-share", "midyear"):
            writer.add(published(day, common))
            writer.add(published(day, other, "neighbour"))

    found = [entry for entry in read(path).entries if isinstance(entry, Published)]

    assert [set(entry.roster.users) for entry in found] == [{MAYA}, {LEO}] * 2


def test_a_changed_district_record_is_stored(path: Path) -> None:
    first = published("first-share", {})
    renamed = replace(first, day="midyear", roster=roster({}, name="Sample ISD"))
    with Writer(path, header()) as writer:
        writer.add(first)
        writer.add(renamed)

    found = [
        one.roster.district["name"] for one in read(path).entries if isinstance(one, Published)
    ]

    assert found == ["Example ISD", "Sample ISD"]


def test_flipping_a_school_in_a_loaded_recording_survives_writing(
    path: Path, tmp_path: Path
) -> None:
    recording = recorded(path)
    flipped = tuple(
        replace(entry, snapshot=snapshot(BIRCH)) if isinstance(entry, SnapshotTaken) else entry
        for entry in recording.entries
    )

    write(replace(recording, entries=flipped), tmp_path / "flipped.json.gz")

    again = read(tmp_path / "flipped.json.gz")
    assert again.entries == flipped
    assert again.header == recording.header
    assert (again.ended, again.seconds) == ("completed", 1.5)


def test_everything_gathered_is_on_disk_before_the_file_is_closed(path: Path) -> None:
    writer = Writer(path, header())
    for entry in entries():
        writer.add(entry)

    unpacked = gzip.GzipFile(path).read1(1_000_000)

    assert unpacked.count(b"\n") == 1 + len(entries())
    writer.close("completed")


def test_an_exception_closes_the_recording_with_its_reason(path: Path) -> None:
    def rehearse() -> None:
        with Writer(path, header()) as writer:
            writer.add(request())
            raise ValueError("lost the app")

    with pytest.raises(ValueError, match="lost the app"):
        rehearse()

    assert read(path).ended == "stopped: lost the app"
    assert read(path).entries == (request(),)


def test_an_interrupt_closes_the_recording_as_interrupted(path: Path) -> None:
    def rehearse() -> None:
        with Writer(path, header()) as writer:
            writer.add(request())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rehearse()

    assert read(path).ended == "interrupted"


def test_a_folder_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder has to be")

    with pytest.raises(OutputError, match="cannot be written") as caught:
        Writer(tmp_path / "taken" / "recording.json.gz", header())

    assert "--output" in caught.value.hint


Damage = Callable[[Path], None]


def cut_bytes(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def drop_footer(path: Path) -> None:
    path.write_bytes(gzip.compress(b"".join(lines(path)[:-1])))


def cut_inside_the_footer(path: Path) -> None:
    path.write_bytes(gzip.compress(b"".join(lines(path))[:-9]))


def empty_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(b""))


def empty_file(path: Path) -> None:
    path.write_bytes(b"")


def flip_a_school(path: Path) -> None:
    path.write_bytes(gzip.compress(b"".join(lines(path)).replace(CEDAR.encode(), BIRCH.encode())))


def drop_an_entry(path: Path) -> None:
    texts = lines(path)
    path.write_bytes(gzip.compress(b"".join(texts[:2] + texts[3:])))


def drop_an_entry_and_seal(path: Path) -> None:
    texts = lines(path)
    sealed(path, texts[:3] + texts[4:])


def unknown_entry(path: Path) -> None:
    texts = lines(path)
    sealed(path, [*texts[:-1], b'{"verdict": "READY"}\n', texts[-1]])


def difference_without_a_first_roster(path: Path) -> None:
    texts = lines(path)
    sealed(path, [texts[0], texts[2], texts[-1]])


def newer_format(path: Path) -> None:
    texts = lines(path)
    sealed(
        path,
        [texts[0].replace(b'"rosterready_recording":1', b'"rosterready_recording":2'), texts[-1]],
    )


def other_json(path: Path) -> None:
    path.write_bytes(gzip.compress(b'{"runs": []}\n'))


def plain_text(path: Path) -> None:
    path.write_text("hello")


def something_appended(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


def missing(path: Path) -> None:
    path.unlink()


def header_without_a_salt(path: Path) -> None:
    texts = lines(path)
    sealed(path, [texts[0].replace(b'"salt":"a1b2",', b""), *texts[1:]])


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (cut_bytes, "without a footer"),
        (drop_footer, ":10: the file ends without a footer"),
        (cut_inside_the_footer, ":11: the file ends without a footer"),
        (empty_gzip, ":1: the file ends without a footer"),
        (empty_file, ":1: the file ends without a footer"),
        (flip_a_school, "altered"),
        (drop_an_entry, "altered"),
        (drop_an_entry_and_seal, "expected {'published': 3, 'request': 1"),
        (unknown_entry, ":11: found 'verdict', expected one of published"),
        (difference_without_a_first_roster, ":2: found a difference"),
        (newer_format, ":1: found a recording of format 2, expected format 1"),
        (other_json, ":1: found no header"),
        (plain_text, ":1: found damaged or no gzip"),
        (something_appended, "data after the end"),
        (missing, "cannot be read"),
        (header_without_a_salt, ":1: header: lacks salt"),
    ],
)
def test_a_file_that_is_not_a_whole_recording_is_refused(
    path: Path, damage: Damage, said: str
) -> None:
    recorded(path)
    damage(path)

    with pytest.raises(RecordingError) as caught:
        read(path)

    assert said in caught.value.message
    assert str(path) in caught.value.message
    assert caught.value.hint


def texts(value: Any) -> set[str]:
    """Every key and every string in a JSON document."""
    if isinstance(value, dict):
        return set(value) | {text for one in value.values() for text in texts(one)}
    if isinstance(value, list):
        return {text for one in value for text in texts(one)}
    return {value} if isinstance(value, str) else set()


def test_there_is_no_outcome_in_a_recording(path: Path) -> None:
    recorded(path)

    found = {text.lower() for line in lines(path) for text in texts(orjson.loads(line))}

    outcomes = {"pass", "fail", "warn", "blocked", "error", "not_run", "met", "not_met", "ready"}
    fields = {
        "outcome",
        "verdict",
        "finding",
        "findings",
        "evidence_level",
        "result",
        "results",
        "check_id",
    }
    assert not found & (outcomes | fields)


words = st.text(max_size=6)
counts = st.integers(min_value=0, max_value=2**40)
times = st.floats(min_value=0, max_value=1e6)
syncs = st.builds(Sync, reason=words, log=words)
held = st.builds(HeldUser, clever_id=words, app_id=words, email=st.none() | words)
places = {"district": st.sampled_from(["common", "neighbour"]), "day": words}
rosters = st.dictionaries(
    st.sampled_from([MAYA, LEO, "5f03", "5f04"]), st.sampled_from(["Ana", "Řehoř"])
).map(lambda people: roster({key: user(key, people[key]) for key in sorted(people)}))
any_entry = st.one_of(
    st.builds(Published, **places, roster=rosters, at=words, cast=st.just({"e": {"Ana": MAYA}})),
    st.builds(
        LoggedRequest,
        **places,
        during=words,
        method=words,
        path=words,
        query=words,
        status=counts,
        records=counts,
        size=counts,
        started=times,
        seconds=times,
    ),
    st.builds(Synced, **places, seconds=times, sync=syncs, approved=st.none() | syncs),
    st.builds(
        SnapshotTaken,
        **places,
        after=words,
        snapshot=st.builds(Snapshot, users=st.lists(held, max_size=3).map(tuple)),
    ),
    st.builds(LessonFinished, **places, edge_case=words, person=words, act=words, lesson=words),
    st.builds(AccountCreated, **places, edge_case=words, person=words, act=words, app_id=words),
    st.builds(EditMade, **places, edge_case=words, person=words, act=words, section=words),
    st.builds(RunInterrupted, **places, during=words, fault=words, message=words),
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(any_entry, max_size=6))
def test_any_recording_survives_the_round_trip(tmp_path: Path, given: list[Entry]) -> None:
    path = tmp_path / "any.json.gz"
    recording = Recording(header=header(), entries=tuple(given), ended="completed", seconds=2.0)

    write(recording, path)

    assert read(path) == recording


def test_a_snapshot_recorded_under_a_former_name_is_read_without_a_warning() -> None:
    related = (StudentRelationship(student=MAYA),)
    held = HeldUser(clever_id=LEO, app_id="1", student_relationships=related)
    look = SnapshotTaken(
        district="common", day="midyear", after="sync", snapshot=Snapshot(users=(held,))
    )
    written = Lines().dump(look)

    former = written.replace(b"student_relationships", b"guardians")

    assert former != written
    assert Lines().load(former) == look


ACT = {
    "district": "common",
    "day": "midyear",
    "edge_case": "student-moves",
    "person": "Maya",
    "act": "finishes a lesson",
    "refused": "",
}


@pytest.mark.parametrize("name", ["act", "acted"])
@pytest.mark.parametrize(
    ("former", "act"),
    [
        (
            {"kind": "lesson", "what": "", "section": "", "lesson": "work", "app_id": ""},
            LessonFinished(**ACT, lesson="work"),
        ),
        (
            {"kind": "account", "what": "email", "section": "", "lesson": "work", "app_id": "7"},
            AccountCreated(**ACT, kind=OldAccount.EMAIL, lesson="work", app_id="7"),
        ),
        (
            {"kind": "edit", "what": "create-group", "section": "Art", "lesson": "Guests"},
            EditMade(**ACT, kind=EditKind.CREATE_GROUP, section="Art", name="Guests"),
        ),
    ],
)
def test_acts_recorded_when_all_three_kinds_were_one_entry_are_read(
    name: str, former: dict[str, str], act: Entry
) -> None:
    assert Lines().load(orjson.dumps({name: {**ACT, **former}})) == act
