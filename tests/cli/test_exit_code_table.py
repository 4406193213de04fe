"""Every exit code and how it comes about: the code, the last line, what is said, no traceback."""

from __future__ import annotations

import fcntl
import gzip
import os
import resource
import signal
import subprocess
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cli.running import PROGRAM, Ran, environment, rosterready
from report import rehearsal

from harness.cli import run
from harness.cli.console import LOUDNESS
from harness.cli.endings import ended_by
from harness.cli.output_folder import LOCK
from harness.recording.reader import MOST_BYTES
from harness.report.json import render

DEMO = '[adapter]\nspec = "demo"\n'
CERTIFY = ("certify", "--output", "out")
SHORT = (*CERTIFY, "--only", "name-changes")
NONE = "VERDICT=NONE EXIT={} PASS=0 FAIL=0 WARN=0 BLOCKED=0 ERROR=0 MANUAL=0 NA=0"


@dataclass(frozen=True, slots=True)
class Row:
    """How an exit code comes about."""

    code: int
    words: tuple[str, ...]
    said: str = ""
    """What the output holds."""
    config: str = ""
    last: str | None = None
    """How the last line begins; None: `VERDICT=NONE` for what has a verdict."""


def table(key: str, value: str) -> str:
    """A configuration of the demo with one more table."""
    return f"{DEMO}[{key}]\n{value}\n"


WAIVER = 'reason = "x"\nowner = "x"\nexpires = 2026-12-31\ncheck = "leaving/nothing"'
WORD = 'statement = "x"\nby = "x"\non = 2026-12-31\nrequirement = "R99"'
ROWS = {
    "every calm day": Row(
        0, (*CERTIFY, "-a", "demo", "--only", "standing"), last="VERDICT=PARTIAL EXIT=0"
    ),
    "only the plan": Row(0, (*CERTIFY, "-a", "demo", "--dry-run"), "Syncs:", last=""),
    "help": Row(0, ("certify", "-h"), "--allow-remote", last=""),
    "the version": Row(0, ("--version",), "rosterready", last=""),
    "a list": Row(0, ("list", "questions"), last=""),
    "one edge case again": Row(0, ("replay", "name-changes", "-a", "demo"), last="REPLAY=PASSING"),
    "an option that completes": Row(0, ("--help",), "--show-completion", last=""),
    "a completion": Row(0, ("--show-completion", "bash"), "COMPREPLY", last=""),
    "a run that is no worse": Row(
        0, ("compare", "not-ready", "ready"), last="COMPARISON=NO_WORSE EXIT=0"
    ),
    "annotations": Row(0, ("report", "ready", "-f", "annotations"), last=""),
    "an edge case that fails": Row(
        1, ("replay", "student-returns", "-a", "demo:never-restores"), last="REPLAY=FAILING EXIT=1"
    ),
    "a run that is worse": Row(
        1, ("compare", "ready", "not-ready"), "regressed", last="COMPARISON=WORSE EXIT=1"
    ),
    "a run that proves less": Row(
        3, ("compare", "ready", "stopped"), "it died", last="COMPARISON=NOT_PROVEN EXIT=3"
    ),
    "no run to compare": Row(
        2, ("compare", "ready", "locked"), "locked", last="COMPARISON=NONE EXIT=2"
    ),
    "no baseline": Row(2, (*CERTIFY, "-a", "demo", "--baseline", "locked"), "locked"),
    "no repeats": Row(2, (*CERTIFY, "-a", "demo", "--repeat", "0"), "--repeat"),
    "nothing to bundle": Row(2, ("bundle", "locked"), "locked", last=""),
    "no such document": Row(2, ("docs", "giude"), "guide", last=""),
    "no such CI server": Row(2, ("init", "--ci", "jenkins"), "github", last=""),
    "no command": Row(2, (), "Usage", last=""),
    "an unknown command": Row(2, ("certfy",), "certfy", last=""),
    "an unknown option": Row(2, (*CERTIFY, "--nope"), "--nope"),
    "logins are not rehearsed": Row(2, (*CERTIFY, "-a", "demo", "--mode", "login"), "login"),
    "a seed too large": Row(2, (*CERTIFY, "-a", "demo", "--seed", "9" * 30), "--seed"),
    "no adapter": Row(2, CERTIFY, "--adapter demo"),
    "a profile alone": Row(2, CERTIFY, "no [adapter] spec", '[profile]\napp = "x"\n'),
    "an unknown kind": Row(2, (*CERTIFY, "-a", "ftp:x"), "no kind 'ftp'"),
    "no target": Row(2, (*CERTIFY, "-a", "command: "), "lacks a target"),
    "an adapter with a NUL": Row(
        2, CERTIFY, "cannot be printed", r'adapter.spec = "python:a\u0000"'
    ),
    "an unset variable": Row(
        2, CERTIFY, "NOT_SET_ANYWHERE", 'adapter.spec = "command:$NOT_SET_ANYWHERE"'
    ),
    "quotes left open": Row(2, (*CERTIFY, "-a", "command:'x"), "quotation"),
    "no such module": Row(2, (*SHORT, "-a", "python:nowhere_at_all:App"), "nowhere_at_all"),
    "no such class": Row(2, (*SHORT, "-a", "python:cli.broken:Wroks"), 'Did you mean "Works"'),
    "no such program": Row(2, (*SHORT, "-a", "command:nowhere-at-all"), "nowhere-at-all"),
    "no such demo": Row(2, (*CERTIFY, "-a", "demo:nothing"), "no demo of this name"),
    "no URL": Row(2, (*SHORT, "-a", "http:example"), "names no URL"),
    "an app elsewhere": Row(2, (*SHORT, "-a", "http://192.0.2.1:80/"), "--allow-remote"),
    "a Clever elsewhere": Row(2, CERTIFY, "--allow-remote", table("simulator", 'host = "0.0.0.0"')),
    "an unknown edge case": Row(
        2, (*CERTIFY, "-a", "demo", "--only", "name-chnages"), "Did you mean"
    ),
    "an unknown key": Row(2, CERTIFY, "rosterready.toml:4", table("run", "sede = 1")),
    "no TOML": Row(2, CERTIFY, "rosterready.toml:1", "[adapter"),
    "nested for ever": Row(2, CERTIFY, "rosterready.toml:1", "a = " + "[" * 5000),
    "no such time": Row(2, CERTIFY, "timeouts.sync", table("timeouts", "sync = nan")),
    "no such seed": Row(2, CERTIFY, "run.seed", table("run", f"seed = {'9' * 30}")),
    "an unknown answer": Row(
        2, CERTIFY, "rosterready.toml:4", table("profile.answers", 'nope = "x"')
    ),
    "an unknown field": Row(2, CERTIFY, "rosterready.toml:4", table("profile.form", 'nope = "x"')),
    "an unknown waiver": Row(2, CERTIFY, "rosterready.toml:7", table("[waiver]", WAIVER)),
    "a waiver with a key too much": Row(
        2, CERTIFY, "waiver", table("[waiver]", f"{WAIVER}\nx = 1")
    ),
    "an unknown word": Row(2, CERTIFY, "rosterready.toml:7", table("[attestation]", WORD)),
    "a folder as configuration": Row(2, (*CERTIFY, "--config", "."), "cannot be read"),
    "no such configuration": Row(2, (*CERTIFY, "--config", "nope.toml"), "nope.toml"),
    "a configuration that never ends": Row(2, (*CERTIFY, "--config", "/dev/zero"), "16 MB"),
    "an address of another kind": Row(2, CERTIFY, "IPv4", table("simulator", 'host = "::1"')),
    "a name that is not sent": Row(
        2, CERTIFY, "simulator.client_id", table("simulator", 'client_id = "a:b"')
    ),
    "a secret that is not sent": Row(
        2, CERTIFY, "simulator.client_secret", table("simulator", 'client_secret = "ü"')
    ),
    "no folder for certificates": Row(
        2, (*CERTIFY, "-a", "demo", "--tls", "file"), "The certificates in"
    ),
    "a folder in the way": Row(2, ("certify", "-a", "demo", "--output", "taken"), "in the way"),
    "a file as output": Row(2, ("certify", "-a", "demo", "--output", "file"), "--output file"),
    "somebody else's output": Row(
        2, ("certify", "-a", "demo", "--output", "locked"), "process 4711"
    ),
    "no recording": Row(2, ("judge", "file"), "file"),
    "a recording that was cut off": Row(2, ("judge", "cut.gz"), "cut"),
    "no edge case to replay": Row(
        2, ("replay", "nope", "-a", "demo"), "nope", last="REPLAY=NONE EXIT=2"
    ),
    "no results": Row(2, ("report", "file"), "file", last=""),
    "results that are nested for ever": Row(2, ("report", "nested"), "nested too deeply", last=""),
    "results that never end": Row(2, ("report", "/dev/zero"), "no file", last=""),
    "a recording that never ends": Row(2, ("judge", "/dev/zero"), "no file"),
    "a bundle within a file": Row(2, ("bundle", "ready", "-o", "file/x"), last=""),
    "no such format": Row(2, ("report", "file", "-f", "pdf"), "pdf", last=""),
    "no such list": Row(2, ("list", "mutnats"), "mutants", last=""),
    "nobody answers": Row(3, (*SHORT, "-a", "http://127.0.0.1:9/"), "nothing answers"),
    "it cannot be driven": Row(
        3,
        (*SHORT, "-a", "python:cli.broken:CannotConnect"),
        "gasket",
        last="VERDICT=PARTIAL EXIT=3",
    ),
    "it cannot be written": Row(3, ("export", "file"), "file", last=""),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a few things that are not what they should be."""
    (tmp_path / "file").write_text("something else")
    (tmp_path / "taken" / LOCK).mkdir(parents=True)
    ready = rehearsal.ready()
    stopped = replace(ready, run=replace(ready.run, ended="stopped: it died"))
    runs = {"ready": ready, "not-ready": rehearsal.not_ready(), "stopped": stopped}
    for name, results in runs.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "results.json").write_bytes(render(results))
    (tmp_path / "nested").write_text("[" * 100_000)
    whole = gzip.compress(b'{"rosterready_recording": 1}\n' * 100)
    (tmp_path / "cut.gz").write_bytes(whole[:-20])
    monkeypatch.chdir(tmp_path)
    return tmp_path


PLAYS = ("every calm day", "one edge case again", "an edge case that fails")
"""What plays a few days, and waits for nothing but the processor."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in PLAYS else ()) for name in ROWS]
)
def test_a_command_ends_as_it_is_documented(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    row = ROWS[name]
    if row.config:
        (folder / "rosterready.toml").write_text(row.config)
    (folder / "locked").mkdir()
    with (folder / "locked" / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4711")
        lock.flush()

        code = run(row.words)

    ran = Ran(code, *capsys.readouterr())
    last = NONE.format(row.code) if row.last is None else row.last
    assert ran.code == row.code, ran.err
    assert ran.last_line.startswith(last)
    assert " ".join(row.said.split()) in " ".join((ran.out + ran.err).split())
    assert "Traceback" not in ran.out + ran.err
    assert not LOUDNESS.quiet


def test_every_exit_code_has_a_row_or_is_that_of_a_signal() -> None:
    assert {row.code for row in ROWS.values()} == {0, 1, 2, 3}


def _limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


@pytest.mark.slow
def test_files_that_may_not_grow_are_incomplete(tmp_path: Path) -> None:
    words = [*PROGRAM, *SHORT, "--adapter", "demo"]

    done = subprocess.run(
        words,
        cwd=tmp_path,
        # Python would write half of a compiled module, and read it ever after.
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        preexec_fn=_limit_files,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 3
    assert "ulimit -f" in done.stderr or "File too large" in done.stderr
    assert " EXIT=3 " in done.stdout.splitlines()[-1]
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "certify", "verdict"),
    [
        (signal.SIGINT, SHORT, "PARTIAL"),
        pytest.param(signal.SIGTERM, CERTIFY, "INCOMPLETE", marks=pytest.mark.exhaustive),
    ],
)
def test_a_signal_ends_a_rehearsal_with_what_was_gathered(
    tmp_path: Path,
    number: int,
    certify: tuple[str, ...],
    verdict: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.html").write_text("READY, a year ago")
    words = [*PROGRAM, *certify, "--adapter", "demo"]
    with subprocess.Popen(
        words,
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        while "  2/" not in (process.stderr.readline() or "  2/"):
            pass
        process.send_signal(number)
        out, err = process.communicate(timeout=120)

    assert process.returncode == 130, err
    assert out.splitlines()[-1].startswith(f"VERDICT={verdict} EXIT=130 ")
    assert "Traceback" not in out + err
    assert "a year ago" not in (tmp_path / "out" / "report.html").read_text()
    judged = Ran(run(["judge", str(tmp_path / "out")]), *capsys.readouterr())
    assert judged.last_line.startswith(f"VERDICT={verdict} EXIT=3 ")


@pytest.mark.slow
def test_two_rehearsals_do_not_share_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [*PROGRAM, *SHORT, "--adapter", "demo"]
    with subprocess.Popen(
        words,
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stderr is not None
        first.stderr.readline()
        code = run(["certify", "--output", str(tmp_path / "out"), "--adapter", "demo"])
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=120)

    assert code == 2
    assert "another rehearsal writes to it, process " in " ".join(capsys.readouterr().err.split())
    assert first.returncode == 130
    assert not (tmp_path / "out" / LOCK).exists()


def test_nobody_reads_what_is_printed(tmp_path: Path) -> None:
    heard, said = os.pipe()
    os.close(heard)

    done = subprocess.run(
        [*PROGRAM, "list", "edge-cases"],
        cwd=tmp_path,
        env=environment(),
        stdout=said,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(said)

    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_a_stdout_that_was_closed_beforehand_is_no_fault(tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "list", "edge-cases"],
        cwd=tmp_path,
        env=environment(),
        preexec_fn=lambda: os.close(1),
        stderr=subprocess.PIPE,
        text=True,
    )

    assert done.returncode == 0
    assert done.stderr == ""


def test_a_stdout_without_room_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "list", "edge-cases"],
            cwd=tmp_path,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )

    assert done.returncode == 3
    assert "could be printed to stdout: No space left" in done.stderr
    assert "destructor" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()

    done = subprocess.run(
        [*PROGRAM, *SHORT, "--adapter", "demo"],
        cwd=gone,
        env=environment(),
        preexec_fn=gone.rmdir,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 2
    assert "is not there any more" in done.stderr
    assert " EXIT=2 " in done.stdout.splitlines()[-1]


def test_no_more_threads_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended_by(RuntimeError("can't start new thread")) == 3
    assert "ulimit -u" in capsys.readouterr().err


def test_a_terminal_without_a_width_gets_every_line(tmp_path: Path) -> None:
    ran = rosterready(tmp_path, "compare", "nothing", "nowhere", COLUMNS="0")

    assert ran.last_line == "COMPARISON=NONE EXIT=2"
    assert "nothing" in ran.err


@pytest.mark.slow
@pytest.mark.exhaustive
def test_a_recording_that_explodes_is_refused(tmp_path: Path) -> None:
    packer, empty = zlib.compressobj(1, wbits=31), bytes(1 << 24)
    first, other = (packer.compress(empty) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    (tmp_path / "bomb.gz").write_bytes(first + other * (MOST_BYTES // len(empty)))

    ran = rosterready(tmp_path, "judge", "bomb.gz")

    assert ran.code == 2
    assert "more than 512 MB" in ran.err


def test_a_terminal_without_unicode_gets_what_it_can_show(tmp_path: Path) -> None:
    ran = rosterready(tmp_path, "list", "questions", PYTHONIOENCODING="ascii")

    assert ran.code == 0
    assert ran.err == ""
