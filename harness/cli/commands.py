"""The commands of `rosterready`."""

from __future__ import annotations

import secrets
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from harness import __version__, session
from harness.assess.results import Results
from harness.cli import exporting, listing
from harness.cli.console import (
    OUT,
    Narrator,
    Stopwatch,
    announce,
    complain,
    print_last_line,
    tell,
)
from harness.cli.replaying import replay_edge_case
from harness.cli.serve_command import serve
from harness.config.config import FILE, Config, load_config
from harness.contract.sync import Mode
from harness.errors import OutputError, UsageError
from harness.report.json import load
from harness.report.write import FORMATS, render, write_all
from harness.session import Circumstances

app = typer.Typer(
    name="rosterready",
    help="Rehearse Clever Secure Sync certification on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

OUTPUT = Path("rosterready-report")

OutputOption = Annotated[
    Path, typer.Option("--output", "-o", help="Folder to write the reports to.")
]
AdapterOption = Annotated[
    str | None,
    typer.Option("--adapter", "-a", metavar="KIND:TARGET", help="Adapter that drives your app."),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", help=f"Configuration file. [default: {FILE}, if present]"),
]


@app.callback(invoke_without_command=True)
def rosterready(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Rehearse Clever Secure Sync certification on your own machine."""
    if version:
        OUT.print(f"rosterready {__version__}")
        raise typer.Exit


@app.command()
def certify(
    config: ConfigOption = None,
    adapter: AdapterOption = None,
    output: OutputOption = OUTPUT,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="ID",
            help="Rehearse only this edge case, requirement, feature or scenario; repeatable.",
        ),
    ] = None,
    mode: Annotated[
        Mode | None,
        typer.Option("--mode", help="Update mode to rehearse: full syncs, events or logins."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="Seed for names and structure of the district.")
    ] = None,
    salt: Annotated[
        str | None, typer.Option("--salt", help="Varies generated IDs and e-mail addresses.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the plan without contacting the app.")
    ] = False,
) -> int:
    """Play a school year to your app, judge what it holds, and write the reports."""
    watch = Stopwatch()
    chosen = _config(config, adapter)
    rehearsal = session.prepare(
        chosen, _circumstances(seed, salt), only=tuple(only or ()), mode=mode
    )
    if dry_run:
        listing.show_plan(rehearsal.plan)
        return 0
    check_writable(output)
    announce(rehearsal.plan, chosen.adapter)
    watch.lap("planning")
    narrator = Narrator(rehearsal.plan)
    try:
        recording = session.record(rehearsal, output, narrator)
    except KeyboardInterrupt:
        return _interrupted(output)
    finally:
        narrator.close()
    watch.lap("school year", session.app_time(recording))
    results = session.judge_recording(recording)
    watch.lap("judging")
    return _finish(results, output, recorded=True, watch=watch)


@app.command()
def judge(
    recording: Annotated[Path, typer.Argument(help="A recording, or the folder that contains it.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Also write the reports to this folder.")
    ] = None,
) -> int:
    """Judge a recording again, without running the app."""
    loaded = session.load_recording(recording)
    if output is not None:
        check_writable(output)
    return _finish(session.judge_recording(loaded), output)


@app.command()
def replay(
    edge_case: Annotated[str, typer.Argument(metavar="EDGE_CASE")],
    config: ConfigOption = None,
    adapter: AdapterOption = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="RUN", help="Compare with the results in this folder."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="Seed for names and structure of the district.")
    ] = None,
    salt: Annotated[
        str | None, typer.Option("--salt", help="Varies generated IDs and e-mail addresses.")
    ] = None,
) -> int:
    """Play one edge case alone and compare it with an earlier run: FIXED or STILL FAILING."""
    if against is None and (OUTPUT / "results.json").is_file():
        against = OUTPUT
    moment = _circumstances(seed, salt)
    return replay_edge_case(edge_case, _config(config, adapter), moment, against)


@app.command(name="list")
def list_(
    what: Annotated[str, typer.Argument(metavar="|".join(listing.LISTS))],
) -> int:
    """List edge cases, requirements, questions, mutants or variants, one per line."""
    listing.show(what)
    return 0


app.command()(serve)


@app.command()
def report(
    run: Annotated[
        Path, typer.Argument(help="Folder with the results of a rehearsal, or its results.json.")
    ],
    format_: Annotated[str, typer.Option("--format", "-f", metavar="|".join(FORMATS))] = "markdown",
) -> int:
    """Print one report of a finished rehearsal to stdout."""
    if format_ not in FORMATS:
        raise UsageError(
            f"--format {format_}: unknown format",
            hint=f"The formats are {', '.join(FORMATS)}.",
        )
    results = load(run / "results.json" if run.is_dir() else run)
    typer.echo(render(results, format_).decode())
    return 0


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write the files to.")],
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="|".join(exporting.FORMATS))
    ] = exporting.CLEVER_CSV,
    seed: Annotated[
        int, typer.Option("--seed", help="Seed for names and structure of the district.")
    ] = 1,
    salt: Annotated[
        str, typer.Option("--salt", help="Varies generated IDs and e-mail addresses.")
    ] = "serve",
    day: Annotated[
        str, typer.Option("--day", help="Day of the school year. [default: first-share]")
    ] = "",
) -> int:
    """Write the district that `serve` plays as Clever's SFTP files."""
    today = datetime.now(UTC).date()
    for path in exporting.export_district(
        folder, format_, seed=seed, salt=salt, run_date=today, day=day
    ):
        typer.echo(path)
    return 0


def _config(path: Path | None, adapter: str | None) -> Config:
    if path is not None:
        config = load_config(path)
    elif Path(FILE).is_file() and adapter is None:
        config = load_config(Path(FILE))
    else:
        config = Config.default(Path.cwd())
    return config if adapter is None else config.with_adapter(adapter)


def _circumstances(seed: int | None, salt: str | None) -> Circumstances:
    return Circumstances(
        run_date=datetime.now(UTC).date(),
        salt=salt or secrets.token_hex(4),
        now=time.time,
        timer=time.monotonic,
        seed=seed,
    )


def check_writable(folder: Path) -> None:
    """Refuse an output folder before anything is asked of the app; raises UsageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        raise UsageError(
            f"--output {folder}: cannot be written to ({problem.strerror or problem})",
            hint="Name a writable folder. The app was not contacted.",
        ) from problem


def _finish(
    results: Results,
    output: Path | None,
    *,
    recorded: bool = False,
    watch: Stopwatch | None = None,
    code: int | None = None,
) -> int:
    """Write and tell results; the exit code is theirs, unless one is given."""
    written: dict[str, str] = {}
    code = results.exit_code if code is None else code
    if output is not None:
        try:
            written = {path.name: str(path) for path in write_all(results, output)}
        except OutputError as problem:
            complain(problem.message, problem.hint)
            code = problem.exit_code
        if recorded:
            written[session.RECORDING] = str(output / session.RECORDING)
    if watch is not None:
        watch.lap("reports")
        watch.tell()
    tell(replace(results, exit_code=code), written)
    return code


def _interrupted(output: Path) -> int:
    """Write what was gathered before somebody pressed Ctrl-C."""
    complain("interrupted; judging what was recorded so far", "")
    recording = session.interrupted(output)
    if recording is not None:
        _finish(session.judge_recording(recording), output, recorded=True, code=130)
    else:
        print_last_line("VERDICT=NONE EXIT=130")
    return 130
