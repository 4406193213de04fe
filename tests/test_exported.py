"""An exported snapshot is judged beside the roster of its day: what it shows, and no further."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from rehearsing import CATALOGUE, circumstances, in_state, recorded, with_outcome

from harness import session
from harness.assess.check_result import Outcome
from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Results, Verdict
from harness.config.config import Config
from harness.contract.diagnostic import is_diagnostic, snapshot_of
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.errors import AdapterError, UsageError
from harness.plan.plan import COMMON
from harness.recording.recording import SnapshotTaken
from harness.report.headline import next_command, repeat_command, why_next

Document = dict[str, Any]
JUDGED = {"R1", "R2", "R7", "R9", "G2", "G3", "G4", "G7", "G8", "G20"}


def exported(day: str) -> Document:
    """What the demo held after its sync of a day, as plain data."""
    taken = [
        entry.snapshot
        for entry in recorded("demo").entries
        if isinstance(entry, SnapshotTaken)
        and (entry.district, entry.day, entry.after) == (COMMON, day, "sync")
    ]
    document: Document = orjson.loads(orjson.dumps(taken[-1]))
    return document


def diagnostic(held: Document) -> Document:
    rows = [
        {"clever_id": row["clever_id"], "sis_id": str(number), "status": row["status"].upper()}
        for number, row in enumerate(held["users"])
    ]
    return {"users": rows}


def judged(document: object, folder: Path, day: str = "first-share", *only: str) -> Results:
    (folder / "held.json").write_bytes(orjson.dumps(document))
    rehearsal = session.prepare_export(
        Config.default(folder).with_adapter("file:held.json"),
        circumstances("tests"),
        day=day,
        only=only,
        catalogue=CATALOGUE,
        size=FIVE_SMALL_SCHOOLS,
    )
    session.record_export(rehearsal, folder)
    return session.judge_recording(session.load_recording(folder), CATALOGUE, with_histories=False)


def test_a_right_export_is_a_part_that_holds(tmp_path: Path) -> None:
    results = judged(exported("first-share"), tmp_path)

    assert (results.verdict, results.exit_code) == (Verdict.PARTIAL, 0)
    assert in_state(results, RequirementState.MET) == JUDGED
    assert "--day first-share" in repeat_command(results)
    assert next_command(results) == "rosterready init"
    assert why_next(results).startswith("A file shows one moment.")
    assert {check.outcome for check in results.checks} == {Outcome.PASS}


@pytest.mark.slow
def test_a_later_day_is_compared_with_what_was_shared_then(tmp_path: Path) -> None:
    held = exported("returns")

    then, before = judged(held, tmp_path, "returns"), judged(held, tmp_path, "midyear")

    assert then.exit_code == 0
    assert in_state(then, RequirementState.MET) == JUDGED - {"G7", "G8", "G20"}
    assert before.exit_code == 1


def drop_a_student(held: Document) -> None:
    students = [row for row in held["users"] if row["roles"][0]["role"] == "student"]
    held["users"].remove(students[40])


def hold_somebody_twice(held: Document) -> None:
    held["users"].append({**held["users"][3], "app_id": "another"})


def lose_the_teachers_of_a_class(held: Document) -> None:
    next(row for row in held["sections"] if row["teachers"])["teachers"] = []


def keep_one_school(held: Document) -> None:
    for user in held["users"]:
        for role in user["roles"]:
            role["schools"] = role["schools"][:1]


def invent_somebody(held: Document) -> None:
    row = next(row for row in held["users"] if row["status"] == "active")
    held["users"].append({**row, "app_id": "new", "clever_id": "5f00000000000000000000ff"})


@pytest.mark.parametrize(
    ("spoil", "breaks"),
    [
        (drop_a_student, "R2"),
        pytest.param(hold_somebody_twice, "R1", marks=pytest.mark.slow),
        pytest.param(lose_the_teachers_of_a_class, "R9", marks=pytest.mark.slow),
        (keep_one_school, "G2"),
        pytest.param(invent_somebody, "G7", marks=pytest.mark.slow),
    ],
)
def test_what_is_wrong_in_an_export_breaks_its_requirement(
    spoil: Callable[[Document], None], breaks: str, tmp_path: Path
) -> None:
    held = exported("first-share")
    spoil(held)

    results = judged(held, tmp_path)

    assert results.exit_code == 1
    assert in_state(results, RequirementState.NOT_MET) == {breaks}
    assert not with_outcome(results, Outcome.BLOCKED, Outcome.NOT_RUN, Outcome.ERROR)
    # Nobody saw how the app asked Clever, so nothing is said of it.
    assert not [cause for cause in results.causes if "never asked" in cause.sentence]


@pytest.mark.slow
def test_a_diagnostic_shows_who_is_there_and_in_use(tmp_path: Path) -> None:
    right = diagnostic(exported("first-share"))
    missing, twice = orjson.loads(orjson.dumps([right, right]))
    del missing["users"][60]
    twice["users"].append(twice["users"][5])

    results = [judged(document, tmp_path) for document in (right, missing, twice)]

    assert [one.exit_code for one in results] == [0, 1, 1]
    assert in_state(results[0], RequirementState.MET) == {"R1", "R2", "R7", "G7", "G20"}
    assert in_state(results[1], RequirementState.NOT_MET) == {"R2"}
    assert in_state(results[2], RequirementState.NOT_MET) == {"R1"}


@pytest.mark.parametrize(
    ("flags", "status"),
    [
        ({}, "active"),
        ({"status": "Active"}, "active"),
        ({"status": "inactive", "is_active": True}, "archived"),
        ({"is_active": False}, "archived"),
        ({"is_archived": True}, "archived"),
        ({"is_archived": False, "deleted_at": "2031-01-01"}, "active"),
        ({"deleted_at": "2031-01-01"}, "archived"),
        ({"status": None, "deleted_at": ""}, "active"),
    ],
)
def test_a_user_is_active_as_clevers_validator_says(flags: Document, status: str) -> None:
    document = {"users": [{"clever_id": "5f01", "sis_id": "1", **flags}]}

    assert is_diagnostic(document)
    assert snapshot_of(document)["users"][0]["status"] == status


def test_a_selection_narrows_an_export_further(tmp_path: Path) -> None:
    results = judged(exported("first-share"), tmp_path, "first-share", "R9")

    assert in_state(results, RequirementState.MET) == {"R9"}


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (None, 2, "cannot be read"),
        (b"{", 3, "is not JSON"),
        (b"[]", 3, "holds no JSON object"),
        (b'{"users": [{"clever_id": "1", "app_id": "1", "status": "gone"}]}', 3, "users"),
    ],
)
def test_a_file_that_is_no_snapshot_says_so(
    content: bytes | None, code: int, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "held.json"
    if content is not None:
        path.write_bytes(content)
    config = Config.default(tmp_path).with_adapter("file:held.json")

    with pytest.raises(AdapterError, match=said) as caught:
        session.record_export(
            session.prepare_export(config, circumstances("tests"), size=FIVE_SMALL_SCHOOLS),
            tmp_path,
        )

    assert caught.value.exit_code == code


def test_a_day_there_is_not_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--day midyaer: there is no such day") as caught:
        session.prepare_export(
            Config.default(tmp_path).with_adapter("file:x.json"), circumstances(), day="midyaer"
        )

    assert "midyear" in caught.value.hint
