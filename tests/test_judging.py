"""Judging needs a recording and nothing else, and follows it in everything."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rehearsing import CATALOGUE, recorded, rehearsed, with_outcome

from harness import session
from harness.assess.check_result import Outcome
from harness.assess.recording_index import RecordingIndex
from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Results
from harness.errors import RecordingError
from harness.plan.plan import COMMON
from harness.recording.recording import Recording, SnapshotTaken, Waiver
from harness.recording.writer import write
from harness.report.json import to_document
from harness.session import Catalogue

pytestmark = pytest.mark.no_cover  # other tests reach the same code


def judged(recording: Recording) -> Results:
    return session.judge_recording(recording, CATALOGUE, with_histories=False)


@pytest.mark.slow
def test_one_flipped_school_flips_the_verdict_and_nothing_in_the_next_judging() -> None:
    """pytest would otherwise be given the modules of the first run."""
    results = judged(without_school(recorded("demo"), "Mira"))
    again = judged(recorded("demo"))

    assert to_document(again) == to_document(rehearsed("demo"))
    assert (results.exit_code, again.exit_code) == (1, 0)
    assert with_outcome(results, Outcome.FAIL) == {
        "schools/a-student-in-three-schools",
        "standing/every-user-belongs-to-every-one-of-their-schools",
    }
    assert {r.id for r in results.requirements if r.state is RequirementState.NOT_MET} == {"G2"}


def without_school(recording: Recording, name: str) -> Recording:
    """The recording as if the app had one school less for one cast member until it syncs again."""
    published = next(e for e in recording.entries if type(e).__name__ == "Published")
    clever_id = published.cast["student-in-three-schools"][name]  # type: ignore[union-attr]
    return replace(
        recording,
        entries=tuple(
            _one_less(entry, clever_id)
            if isinstance(entry, SnapshotTaken)
            and entry.district == "common"
            and (entry.day == "first-share" or (entry.day, entry.after) == ("midyear", "publish"))
            else entry
            for entry in recording.entries
        ),
    )


def _one_less(look: SnapshotTaken, clever_id: str) -> SnapshotTaken:
    users = tuple(
        replace(user, roles=tuple(replace(role, schools=role.schools[:-1]) for role in user.roles))
        if user.clever_id == clever_id
        else user
        for user in look.snapshot.users
    )
    return replace(look, snapshot=replace(look.snapshot, users=users))


def test_a_truncated_recording_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / "recording.json.gz"
    write(recorded("demo"), whole)
    lines = gzip.decompress(whole.read_bytes()).splitlines(keepends=True)
    cut = tmp_path / "cut.json.gz"
    cut.write_bytes(gzip.compress(b"".join(lines[:-2])))

    with pytest.raises(RecordingError, match=r"cut\.json\.gz"):
        session.load_recording(cut)


def test_a_recording_contains_no_outcome(tmp_path: Path) -> None:
    write(recorded("hard-delete"), tmp_path / "recording.json.gz")
    text = gzip.decompress((tmp_path / "recording.json.gz").read_bytes()).decode()

    for key in ("outcome", "verdict", "findings", "not_met"):
        assert f'"{key}"' not in text


@pytest.mark.slow
def test_a_scenario_beyond_the_recording_is_not_run(tmp_path: Path) -> None:
    """Whoever judges with newer features learns what an old recording cannot answer."""
    features = tmp_path / "features"
    features.mkdir()
    for file in CATALOGUE.features.glob("*.feature"):
        (features / file.name).write_text(file.read_text())
    leaving = features / "leaving.feature"
    leaving.write_text(
        leaving.read_text().replace("on departures Maya leaves", "on midyear Maya leaves")
    )

    results = session.judge_recording(recorded("demo"), Catalogue(features=features))

    moved = [c for c in results.checks if c.outcome is Outcome.NOT_RUN]
    assert {check.edge_case for check in moved} == {"student-returns"}
    assert any("changed since this was recorded" in note for note in results.notes)


@pytest.mark.slow
def test_a_recording_from_before_a_renaming_is_judged_by_the_names_of_today(tmp_path: Path) -> None:
    """Edge case, cast, change, scenario and waiver: whatever the recording calls otherwise."""
    recording = recorded("demo")
    waiver = Waiver(
        check="leaving/a-student-who-is-no-longer-shared-is-archived",
        reason="it takes a while",
        owner="us",
        expires=recording.header.run_date,
    )
    waived = replace(recording, header=replace(recording.header, waivers=(waiver,)))

    results = session.judge_recording(waived, with_other_names(tmp_path))

    outcomes = {check.id: check.outcome for check in results.checks}
    assert outcomes["leaving/a-student-whom-nobody-shares-is-archived"] is Outcome.PASS
    assert outcomes["leaving/a-student-who-is-shared-again-is-active-again"] is Outcome.PASS
    assert Outcome.NOT_RUN not in outcomes.values()
    assert any("no longer fails" in thing for thing in results.to_do)


def with_other_names(folder: Path) -> Catalogue:
    """Our catalogue, with other names for an edge case and all that is in it."""
    shutil.copytree(CATALOGUE.features, folder / "features")
    shutil.copytree(CATALOGUE.edge_cases_folder, folder / "edge_cases")
    leaving = folder / "features" / "leaving.feature"
    case = folder / "edge_cases" / "student-unshared.yaml"
    renamed = {
        "student-unshared": "sharing-narrowed",
        "Cleo": "Chloe",
        "A student who is no longer shared is archived": "A student whom nobody shares is archived",
    }
    for file in (leaving, case):
        text = file.read_text()
        for old, new in renamed.items():
            text = text.replace(old, new)
        file.write_text(text)
    case.rename(case.with_stem("sharing-narrowed"))
    (folder / "features" / "formerly.yaml").write_text(
        """
scenarios:
  leaving/a-student-who-is-no-longer-shared-is-archived:
    leaving/a-student-whom-nobody-shares-is-archived
edge_cases: {student-unshared: sharing-narrowed}
changes:
  sharing-narrowed:
    the district stops sharing Cleo: the district stops sharing Chloe
    the district shares Cleo again: the district shares Chloe again
cast: {sharing-narrowed: {Cleo: Chloe}}
"""
    )
    return Catalogue(features=folder / "features", edge_cases_folder=folder / "edge_cases")


@pytest.mark.slow
def test_judging_reaches_nobody_and_needs_no_settings(tmp_path: Path) -> None:
    """A hostile surrounding changes nothing: no plugin, option, ini or conftest is taken up."""
    write(recorded("demo"), tmp_path / "recording.json.gz")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    (tmp_path / "conftest.py").write_text("raise RuntimeError('never read me')\n")
    environment = {**os.environ, "PYTEST_ADDOPTS": "--bogus", "PYTEST_PLUGINS": "nowhere"}

    ran = subprocess.run(
        [sys.executable, "-m", "harness", "judge", "recording.json.gz"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == rehearsed("demo").last_line


@pytest.mark.slow
def test_people_who_are_missing_in_any_one_district_are_reported_there() -> None:
    recording = recorded("demo")
    small = [d for d in RecordingIndex(recording).districts if d != COMMON]
    absent = {district: _teachers_of(recording, district) for district in small}
    entries = tuple(
        _without(entry, absent.get(entry.district, frozenset()))
        if isinstance(entry, SnapshotTaken)
        else entry
        for entry in recording.entries
    )

    results = judged(replace(recording, entries=entries))
    missing = {
        (finding.district, finding.clever_id)
        for check in results.checks
        for finding in check.findings
        if finding.requirement == "R2"
    }

    assert {district for district, _ in missing} == set(small)
    assert all(absent[district] <= {i for _, i in missing} for district in small)


def _teachers_of(recording: Recording, district: str) -> frozenset[str]:
    """The Clever ids of some people of a district whom no edge case is about."""
    index = RecordingIndex(recording)
    day = index.days_of(district)[0]
    cast = {i for members in index.published(district, day).cast.values() for i in members.values()}
    users = index.roster(district, day).users.items()
    return frozenset([i for i, user in users if "teacher" in user["roles"] and i not in cast][:3])


def _without(look: SnapshotTaken, absent: frozenset[str]) -> SnapshotTaken:
    users = tuple(user for user in look.snapshot.users if user.clever_id not in absent)
    return replace(look, snapshot=replace(look.snapshot, users=users))
