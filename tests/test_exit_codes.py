"""Whatever goes wrong ends in its documented exit code and a message that leads on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest
from distribution import ARTEFACTS, HISTORY
from rehearsing import CATALOGUE, rehearse, rehearsed

from harness import session
from harness.assess.results import Results
from harness.cli import main
from harness.district.population.sizes import FIVE_SCHOOLS, FIVE_SMALL_SCHOOLS, Size
from harness.recording.recording import SnapshotTaken, Synced
from harness.report.json import to_document
from harness.report.write import render

FEW_DAYS = ("--only", "student-returns")
"""What ends before the year does ends so whatever the rest of it would be."""


class Ran:
    """What one run of the command came to."""

    def __init__(self, code: int, out: str, err: str, folder: Path) -> None:
        self.code, self.out, self.err, self.folder = code, out, " ".join(err.split()), folder

    @property
    def last_line(self) -> str:
        return self.out.splitlines()[-1]

    def outcomes(self) -> dict[str, str]:
        document = json.loads((self.folder / "results.json").read_text())
        return {check["id"]: check["outcome"] for check in document["checks"]}


@pytest.fixture
def run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> object:
    """Runs the command in a folder of its own."""
    folder = tmp_path / "out"

    def rosterready(*words: str) -> Ran:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", ["rosterready", *words])
        with pytest.raises(SystemExit) as left:
            main()
        told = capsys.readouterr()
        return Ran(int(left.value.code or 0), told.out, told.err, folder)

    return rosterready


def certify(run: object, adapter: str, *more: str) -> Ran:
    assert callable(run)
    ran = run("certify", "--adapter", adapter, "--output", "out", *more)
    assert isinstance(ran, Ran)
    return ran


def part_of_a_year(
    adapter: str, only: str, folder: Path, size: Size = FIVE_SMALL_SCHOOLS
) -> Results:
    """The results of an app of one edge case or feature."""
    recording = rehearse(adapter, folder, only=[only], size=size)
    return session.judge_recording(recording, CATALOGUE, with_histories=False)


def test_an_app_that_cannot_be_reached_is_named(run: object) -> None:
    ran = certify(run, "http:http://127.0.0.1:9", *FEW_DAYS)

    assert ran.code == 3
    assert "http://127.0.0.1:9" in ran.err


def test_a_sync_that_raises_is_the_apps_own_failure(run: object) -> None:
    ran = certify(run, "python:vendors:SyncRaises", "--only", "standing")

    assert ran.code == 1
    assert ran.outcomes()["standing/every-sync-of-the-school-year-completes"] == "fail"
    assert "KeyError" in ran.out
    assert {path.name for path in ran.folder.iterdir()} - {HISTORY} == ARTEFACTS


def test_an_invalid_snapshot_names_the_record_and_what_is_expected(run: object) -> None:
    ran = certify(run, "python:vendors:SaysNonsense", *FEW_DAYS)

    assert ran.code == 3
    assert "users[0].status" in ran.out
    assert "gone" in ran.out
    assert "active" in ran.out
    assert "VERDICT=PARTIAL EXIT=3" in ran.last_line
    assert {path.name for path in ran.folder.iterdir()} - {HISTORY} == ARTEFACTS


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.exhaustive
def test_an_empty_snapshot_is_a_breach_not_a_pass(tmp_path: Path) -> None:
    recording = rehearse("python:vendors:HoldsNothing", tmp_path)
    results = session.judge_recording(recording, CATALOGUE, with_histories=False)

    assert results.exit_code == 1
    outcomes = {check.id: check.outcome for check in results.checks}
    assert outcomes["standing/every-record-is-in-the-app-after-the-first-share"] == "fail"
    assert "error" not in outcomes.values()
    passed = {check for check, outcome in outcomes.items() if outcome == "pass"}
    assert passed == {
        "paging/a-list-that-ends-with-a-full-page-is-read-to-its-end",
        "standing/every-sync-of-the-school-year-completes",
        "standing/every-request-asks-for-version-3",
        "standing/every-sync-reads-the-district-it-is-for",
        "standing/every-sync-reads-from-clever-when-it-is-asked-for",
        "standing/a-token-that-clever-has-replaced-is-read-again",
        "faults/failed-requests-are-sent-again",
        "faults/the-app-pauses-between-retries",
        "faults/after-five-failed-retries-the-app-stops-for-the-day",
        "faults/the-app-waits-until-the-rate-limit-is-reset",
        "faults/every-sync-ends-by-itself",
        "faults/a-failed-sync-is-not-reported-as-completed",
        "lists/every-sync-ends-by-itself-while-one-list-fails",
        "lists/a-sync-without-one-of-its-lists-is-not-reported-as-completed",
        "lists/lists-are-read-to-their-end-although-a-page-is-not-full",
        "lists/requests-with-a-token-that-is-refused-are-not-repeated",
        "standing/lists-are-read-to-their-end-every-day",
    }


@pytest.mark.slow
def test_an_app_that_dies_halfway_loses_nothing_that_was_gathered(tmp_path: Path) -> None:
    rehearse("python:vendors:DiesHalfway", tmp_path, in_real_time=True)
    recording = session.load_recording(tmp_path)
    results = session.judge_recording(recording, CATALOGUE, with_histories=False)

    assert results.exit_code == 3
    assert "the database has gone away" in recording.ended
    synced = [(e.district, e.day) for e in recording.entries if isinstance(e, Synced)]
    assert synced == [
        ("common", "first-share"),
        ("neighbour", "first-share"),
        ("comings-and-goings", "first-share"),
        ("mishaps", "first-share"),
        ("odd-values", "first-share"),
        ("old-data", "first-share"),
        ("summer", "first-share"),
        ("common", "midyear"),
    ]
    assert sum(isinstance(e, SnapshotTaken) for e in recording.entries) > 3
    outcomes = {check.id: check.outcome for check in results.checks}
    assert outcomes["co-teachers/two-teachers-share-a-class"] == "pass"
    assert outcomes["leaving/a-student-who-leaves-is-archived"] == "not_run"
    assert outcomes["standing/every-sync-of-the-school-year-completes"] == "error"


@pytest.mark.slow
def test_an_interrupted_rehearsal_writes_what_was_gathered(run: object) -> None:
    ran = certify(run, "python:vendors:IsInterrupted", *FEW_DAYS)

    assert ran.code == 130
    assert "VERDICT=PARTIAL EXIT=130" in ran.last_line
    assert {path.name for path in ran.folder.iterdir()} - {HISTORY} == ARTEFACTS
    assert session.load_recording(ran.folder).ended == "interrupted"


def test_silence_about_progress_is_not_agreement(tmp_path: Path) -> None:
    results = part_of_a_year("python:vendors:WithoutProgress", "student-returns", tmp_path)
    checks = {check.id: check for check in results.checks}

    assert results.exit_code == 1
    check = checks["leaving/a-student-who-comes-back-is-active-again"]
    assert check.outcome == "error"
    assert "progress" in check.reason


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("only", "verdict"),
    [pytest.param((), "INCOMPLETE", marks=pytest.mark.exhaustive), (FEW_DAYS, "PARTIAL")],
)
def test_an_app_that_never_asks_clever_is_not_judged(
    run: object, only: tuple[str, ...], verdict: str
) -> None:
    """Most likely it asks somebody else, and would be accused of a whole year."""
    ran = certify(run, "python:replay.failing_apps:NeverAsks", *only)

    assert ran.code == 3
    assert f"VERDICT={verdict} EXIT=3" in ran.last_line
    assert " FAIL=0 " in ran.last_line
    assert "asked the simulated Clever for nothing on the day `first-share`" in " ".join(
        ran.out.split()
    )
    assert "midyear" not in ran.err
    assert {path.name for path in ran.folder.iterdir()} - {HISTORY} == ARTEFACTS


def test_an_app_that_breaks_before_it_asks_clever_says_what_broke(run: object) -> None:
    """To look for a wrong address would lead nowhere."""
    ran = certify(run, "python:replay.failing_apps:BreaksBeforeItAsks", *FEW_DAYS, "-q")

    assert ran.code == 3
    assert "failed: raised LookupError: no such table: people. If that does not" in ran.err


def test_an_unknown_edge_case_is_refused_before_the_app_is_touched(run: object) -> None:
    ran = certify(run, "python:vendors:SyncRaises", "--only", "student-retruns")

    assert ran.code == 2
    assert "--only student-retruns" in ran.err
    assert 'Did you mean "student-returns"?' in ran.err
    assert not ran.folder.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission_is_refused(run: object, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)

    assert certify(run, "demo").code == 2


def test_an_output_folder_that_is_a_file_is_refused_before_the_app_is_touched(
    run: object, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("I was here first")

    ran = certify(run, "python:vendors:SyncRaises")

    assert ran.code == 2
    assert "--output out" in ran.err
    assert "The app was not contacted" in ran.err
    assert (tmp_path / "out").read_text() == "I was here first"


def test_an_adapter_that_does_not_exist_says_what_there_is(run: object) -> None:
    ran = certify(run, "demo:hard-delet")

    assert ran.code == 2
    assert "hard-delete" in ran.err


def test_a_wrong_key_in_the_configuration_names_file_line_and_key(
    run: object, tmp_path: Path
) -> None:
    (tmp_path / "rosterready.toml").write_text('[adapter]\nspek = "demo"\n')
    assert callable(run)

    ran = run("certify", "--output", "out")

    assert ran.code == 2
    assert "rosterready.toml:2" in ran.err
    assert "spek" in ran.err


@pytest.mark.parametrize("command", [("certify", "--output", "out"), ("replay", "name-changes")])
@pytest.mark.parametrize("profile", ["", '[profile]\napp = "Satchel"\n'])
def test_without_an_adapter_nobody_is_rehearsed(
    run: object, tmp_path: Path, command: tuple[str, ...], profile: str
) -> None:
    """The demo's verdict would be in the name of the vendor whose profile it is."""
    if profile:
        (tmp_path / "rosterready.toml").write_text(profile)
    assert callable(run)

    ran = run(*command)

    assert ran.code == 2
    assert "no adapter" in ran.err
    assert "--adapter demo" in ran.err
    assert not ran.folder.exists()


def test_judging_what_is_no_recording_says_so(run: object, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    assert callable(run)

    ran = run("judge", "notes.txt")

    assert ran.code == 2
    assert "notes.txt" in ran.err


@pytest.mark.slow
@pytest.mark.exhaustive
def test_one_edge_case_alone_gives_a_partial_verdict(run: object) -> None:
    ran = certify(run, "demo", "--only", "student-returns", "--quiet")

    assert ran.code == 0
    assert ran.last_line.startswith("VERDICT=PARTIAL EXIT=0 ")
    assert (ran.out, ran.err) == (f"{ran.last_line}\n", "")
    assert {path.name for path in ran.folder.iterdir()} - {HISTORY} == ARTEFACTS


@pytest.mark.slow
@pytest.mark.parametrize(
    ("adapter", "only", "counts", "said"),
    [
        ("demo", "events", "PASS=0 FAIL=0 WARN=0 BLOCKED=0", "Nothing that was selected applies"),
        ("demo:first-page-only", "sis-id-changes", "PASS=0 FAIL=1 WARN=0 BLOCKED=", "1 of "),
    ],
)
def test_a_part_of_which_nothing_could_be_judged_ends_alike_everywhere(
    adapter: str, only: str, counts: str, said: str, tmp_path: Path
) -> None:
    results = part_of_a_year(adapter, only, tmp_path, FIVE_SCHOOLS)

    assert results.exit_code == 1
    assert results.last_line.startswith(f"VERDICT=PARTIAL EXIT=1 {counts}")
    verdict = ElementTree.fromstring(render(results, "junit")).find("testsuite[@name='verdict']")
    assert verdict is not None
    assert verdict.get("failures") == "1"
    summary = render(results, "markdown").decode()
    assert said in summary
    assert results.last_line in summary
    assert {c.outcome for c in results.checks} <= {"not_applicable", "blocked", "fail"}


def test_a_dry_run_shows_the_plan_and_asks_nothing(run: object) -> None:
    ran = certify(run, "python:vendors:SyncRaises", "--dry-run")

    assert ran.code == 0
    plan = CATALOGUE.plan()
    assert ran.out.startswith("Syncs: 14 (common) + 2 (neighbour) + ")
    assert f" = {plan.syncs}, " in ran.out
    assert "Maya leaves" in ran.out
    assert not ran.folder.exists()


@pytest.mark.parametrize(
    "what", ["edge-cases", "requirements", "questions", "mutants", "variants", "values"]
)
def test_lists_begin_every_line_with_a_name(run: object, what: str) -> None:
    assert callable(run)

    ran = run("list", what)

    assert ran.code == 0
    names = [line.split()[0] for line in ran.out.splitlines()]
    assert len(names) == len(set(names)) >= 5
    if what in ("mutants", "variants"):
        assert all(name.startswith("demo:") for name in names)


def test_an_unknown_list_says_which_there_are(run: object) -> None:
    assert callable(run)

    ran = run("list", "mutnats")

    assert ran.code == 2
    assert "mutants" in ran.err


@pytest.mark.parametrize("format_", ["html", "json", "junit", "questionnaire", "markdown"])
def test_a_report_of_a_finished_run_can_be_printed(
    run: object, format_: str, tmp_path: Path
) -> None:
    assert callable(run)
    report = tmp_path / "results.json"
    report.write_bytes(json.dumps(to_document(rehearsed("demo"))).encode())

    ran = run("report", str(report), "--format", format_)

    assert ran.code == 0
    assert len(ran.out) > 1000
