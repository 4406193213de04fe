"""What `rosterready init` writes is a valid configuration and an adapter that runs as it is."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
import yaml

from harness.adapters.app_process import running_app
from harness.adapters.opening import open_adapter
from harness.cli import run
from harness.config.config import Config, load_config
from harness.contract.account_rules import ACCOUNT_HOLDERS
from harness.contract.connection import Connection
from harness.contract.declarations import DECLARATIONS
from harness.contract.profile import HOLDABLE
from harness.contract.queries import QUERIES
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Mode, SyncState
from harness.contract.timeouts import Timeouts
from harness.starter import LANGUAGES

RUNTIMES = {
    "python": "python3",
    "node": "node",
    "ruby": "ruby",
    "php": "php",
    "go": "go",
    "java": "javac",
    "csharp": "dotnet",
}
QUICK = (("command", "python"), ("http", "node"), ("python", "python"))
"""One language for each kind; the others take long to start."""
_SETTING = re.compile(r'^# (?=\[\[|"?[a-z_.-]+"? += )', re.MULTILINE)
CONNECTION = Connection(
    api="http://127.0.0.1:9",
    accounts="http://127.0.0.1:9",
    client_id="id",
    client_secret="secret",
    district="5f01",
)


def begin(folder: Path, *options: str) -> int:
    return run(["init", str(folder), "--app", 'Satchel "2"', *options])


def tried(folder: Path, kind: str, language: str) -> tuple[str, SyncState, str, Snapshot]:
    """The files written, and what they describe driven: the app's name, a sync and a snapshot."""
    assert begin(folder, "--kind", kind, *(("--language", language) if language else ())) == 0
    file = folder / "rosterready.toml"
    file.write_text(file.read_text("utf-8").replace("9000", str(free_port())), "utf-8")
    if language == "csharp" and not shutil.which("dotnet"):
        compile_with_mono(folder)
    config = load_config(file)

    with (
        running_app(config.launch, CONNECTION, directory=folder, timeout=60),
        open_adapter(
            config.adapter, directory=folder, timeouts=Timeouts(), reading=config.reading
        ) as adapter,
    ):
        adapter.connect(CONNECTION)
        sync = adapter.sync(CONNECTION, Mode.FULL)
        snapshot = adapter.snapshot(CONNECTION)

    assert config.profile
    return config.profile.app, sync.state, sync.reason, snapshot


BEGUN = 'Satchel "2"', SyncState.REFUSED, "The adapter does not start a sync yet.", Snapshot()
"""It refuses a sync and holds nothing."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def skip_without(language: str) -> None:
    if language == "csharp" and shutil.which("mcs"):
        return
    if shutil.which(RUNTIMES[language]) is None:
        pytest.skip(f"not run: {RUNTIMES[language]} is not installed")


def compile_with_mono(folder: Path) -> None:
    """Compile the skeleton with Debian's mono-mcs, and have it run by mono in place of .NET.

    Mono knows the language as .NET had it in 2017, and lacks System.Text.Json, for whose part
    that the skeleton uses a file of ours stands in.
    """
    lacking = Path(__file__).with_name("SystemTextJson.cs")
    subprocess.run(
        ["mcs", "-langversion:7.2", "-warnaserror", "-out:Adapter.exe", "Adapter.cs", lacking],
        cwd=folder,
        check=True,
    )
    file = folder / "rosterready.toml"
    text = re.sub("dotnet run( --)?", "mono Adapter.exe", file.read_text("utf-8"))
    file.write_text(text, "utf-8")


@pytest.mark.parametrize(("kind", "language"), QUICK)
def test_what_is_written_runs_as_it_is(tmp_path: Path, kind: str, language: str) -> None:
    skip_without(language)

    assert tried(tmp_path, kind, language) == BEGUN


@pytest.mark.skipif("ROSTERREADY_LANGUAGES" not in os.environ, reason="only when it is asked for")
@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["command", "http"])
def test_every_language_runs_as_it_is(tmp_path: Path, kind: str, language: str) -> None:
    skip_without(language)

    assert tried(tmp_path, kind, language) == BEGUN


def test_queries_run_as_they_are_and_every_other_is_named(tmp_path: Path) -> None:
    app, state, reason, held = tried(tmp_path, "sql", "")

    assert (app, state, held) == ('Satchel "2"', SyncState.REFUSED, Snapshot())
    assert "does not start a sync yet" in reason
    text = (tmp_path / "rosterready.toml").read_text("utf-8")
    for key in QUERIES:
        assert re.search(rf'^(# )?"?{key}"? = "SELECT ', text, re.MULTILINE), key
    job = (tmp_path / ".github/workflows/rosterready.yml").read_text("utf-8")
    assert "ROSTERREADY: rosterready[sql] " in job


def test_an_export_that_holds_nothing_is_read_and_the_doctor_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert begin(tmp_path, "--kind", "file", "--ci", "none") == 0
    assert {path.name for path in tmp_path.iterdir()} == {"rosterready.toml", "snapshot.json"}

    assert run(["doctor", "--config", str(tmp_path / "rosterready.toml")]) == 2
    assert "fits the schema, and holds no users" in capsys.readouterr().out


def test_every_language_has_a_skeleton(tmp_path: Path) -> None:
    for language, how in LANGUAGES.items():
        assert begin(tmp_path / language, "--language", language, "--ci", "none") == 0

        files = {path.name for path in (tmp_path / language).iterdir()}
        assert files == {"rosterready.toml", how.file, *how.beside}
        skeleton = (tmp_path / language / how.file).read_text("utf-8")
        for word in ("describe", "connect", "sync", "snapshot", "clever_id", "app_id"):
            assert word in skeleton


def test_every_setting_can_be_set_by_removing_its_mark(tmp_path: Path) -> None:
    """Tables that speak of what is not held contradict others: each part is set by itself."""
    begin(tmp_path)
    file = tmp_path / "rosterready.toml"
    text = file.read_text("utf-8")
    first, not_held, rest = text.partition("[profile.not_held]")
    nothing, rows, rest = rest.partition("[profile.rows]")
    several, declares, last = rest.partition("[profile.declares]")

    def loaded(*texts: str) -> Config:
        file.write_text("".join(texts), "utf-8")
        return load_config(file)

    def set_all(part: str) -> str:
        return _SETTING.sub("", part)

    nobody = loaded(first, not_held, set_all(nothing), rows, several, declares, last).profile
    assert nobody
    assert nobody.not_held.keys() == HOLDABLE.keys()

    many = loaded(first, not_held, nothing, rows, set_all(several), declares, last).profile
    assert many
    assert set(many.accounts) == set(ACCOUNT_HOLDERS)

    config = loaded(set_all(first), not_held, nothing, rows, several, declares, set_all(last))
    assert config.profile
    assert config.profile.declares.keys() == DECLARATIONS.keys()
    assert config.profile.archiving
    assert "sync-frequency" in config.profile.answers
    assert config.launch.stop
    assert config.waivers
    assert config.attestations
    assert config.timeouts == Timeouts()


def test_lines_fit_into_a_hundred_columns(tmp_path: Path) -> None:
    begin(tmp_path, "--kind", "sql")

    assert max(map(len, (tmp_path / "rosterready.toml").read_text("utf-8").splitlines())) <= 108


def test_the_job_asks_the_doctor_and_rehearses(tmp_path: Path) -> None:
    assert begin(tmp_path / "hub", "--ci", "github") == 0
    assert begin(tmp_path / "lab", "--ci", "gitlab") == 0

    hub = yaml.safe_load((tmp_path / "hub/.github/workflows/rosterready.yml").read_text("utf-8"))
    lab = yaml.safe_load((tmp_path / "lab/.gitlab-ci.yml").read_text("utf-8"))
    steps = [step.get("run") for step in hub["jobs"]["rehearsal"]["steps"]]
    for commands in (steps, lab["rosterready"]["script"]):
        assert "rosterready doctor" in commands
        assert "rosterready certify" in commands


def test_nothing_is_overwritten_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "adapter.py").write_text("mine")

    assert begin(tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["adapter.py"]
    assert "adapter.py there already" in capsys.readouterr().err
    assert begin(tmp_path, "--force") == 0
    assert (tmp_path / "adapter.py").read_text() != "mine"


def test_a_folder_that_cannot_be_written_to_is_a_usage_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()

    assert begin(tmp_path / "file" / "folder") == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--language", "pythn"), 'Did you mean "python"?'),
        (("--kind", "sql2"), "expected command, http"),
        (("--ci", "jenkins"), "expected github, gitlab or none"),
        (("--kind", "python", "--language", "go"), "Choose --kind command or --kind http"),
        (("--kind", "sql", "--language", "go"), "queries in the configuration"),
    ],
)
def test_what_there_is_not_is_a_usage_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    assert begin(tmp_path, *options) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_next_three_steps_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(tmp_path)

    out = capsys.readouterr().out
    assert re.findall(r"^  (\d)\. ", out, re.MULTILINE) == ["1", "2", "3"]
    assert "rosterready doctor" in out
