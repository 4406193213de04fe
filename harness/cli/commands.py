"""The commands of `rosterready`."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from harness import __version__, session
from harness.adapters.spec import parse_spec
from harness.cli import beginning, bundling, comparing, exporting, listing, looking_back, manual
from harness.cli.certifying import rehearse, rehearse_repeatedly
from harness.cli.completion import one_of
from harness.cli.console import OUT, Stopwatch, busy
from harness.cli.finishing import Baseline, finish
from harness.cli.options import (
    OUTPUT,
    AdapterOption,
    BaselineOption,
    ConfigOption,
    DayOption,
    DryRunOption,
    EdgeCaseArgument,
    ModeOption,
    OnlyOption,
    OutputOption,
    QuietOption,
    RecordingArgument,
    RemoteOption,
    RepeatOption,
    SaltOption,
    SeedOption,
    TlsOption,
    VerboseOption,
    circumstances,
    configuration,
    is_export,
    prepared,
    rehearsed,
)
from harness.cli.output_folder import reserved, set_aside
from harness.cli.replaying import replay_edge_case
from harness.cli.serve_command import serve
from harness.errors import UsageError
from harness.report.bundle import FILE as BUNDLE
from harness.report.bundle import is_bundle
from harness.report.json import load
from harness.report.write import PRINTED, render
from harness.starter import KINDS, LANGUAGES

app = typer.Typer(
    name="rosterready",
    help="Rehearse Clever Secure Sync certification on your own machine.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


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
    only: OnlyOption = None,
    mode: ModeOption = None,
    seed: SeedOption = None,
    salt: SaltOption = None,
    baseline: BaselineOption = None,
    repeat: RepeatOption = 1,
    day: DayOption = "",
    tls: TlsOption = None,
    dry_run: DryRunOption = False,
    allow_remote: RemoteOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> int:
    """Play a school year to your app, judge what it holds, and write the reports."""
    watch = Stopwatch()
    chosen = configuration(config, adapter, allow_remote=allow_remote, tls=tls)

    def prepare() -> session.Rehearsal:
        return prepared(chosen, mode, only=tuple(only or ()), day=day, seed=seed, salt=salt)

    rehearsal = prepare()
    if dry_run:
        listing.show_plan(rehearsal.plan)
        return 0
    earlier = Baseline.read(baseline)
    with reserved(output) as folder, set_aside(folder):
        if repeat > 1:
            return rehearse_repeatedly(repeat, prepare, folder, earlier)
        return rehearse(rehearsal, folder, watch, earlier)[0]


@app.command(name="init")
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Folder to write to; by default this one.")
    ] = Path(),
    app_name: Annotated[
        str | None, typer.Option("--app", help="Name of your app; by default the folder's.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="|".join(KINDS),
            help="Kind of adapter to begin.",
            autocompletion=one_of(lambda: KINDS),
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            metavar="|".join(LANGUAGES),
            help="Language of the adapter.",
            autocompletion=one_of(lambda: LANGUAGES),
        ),
    ] = None,
    ci: Annotated[
        str | None, typer.Option("--ci", metavar="|".join(beginning.CI), help="CI server.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files.")] = False,
    quiet: QuietOption = False,
) -> int:
    """Write a configuration, an adapter that holds nothing yet, and a CI job."""
    return beginning.begin(folder, app=app_name, kind=kind, language=language, ci=ci, force=force)


@app.command()
def doctor(
    config: ConfigOption = None,
    adapter: AdapterOption = None,
    mode: ModeOption = None,
    tls: TlsOption = None,
    allow_remote: RemoteOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> int:
    """Check within seconds that your app can be driven and read, over a tiny district."""
    from harness.cli.consulting import consult  # it loads the simulator

    return consult(config, adapter, rehearsed(mode), allow_remote=allow_remote, tls=tls)


@app.command()
def judge(
    recording: RecordingArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Also write the reports to this folder.")
    ] = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> int:
    """Judge a recording again, without running the app; of a bundle, whether its verdict holds."""
    if is_bundle(recording):
        return bundling.judge_bundle(recording, output)
    loaded = session.load_recording(recording)
    with reserved(output) if output is not None else nullcontext():
        with busy("Judging the recording"):
            results = session.judge_recording(loaded)
        return finish(results, output)


@app.command()
def replay(
    edge_case: EdgeCaseArgument,
    config: ConfigOption = None,
    adapter: AdapterOption = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="RUN",
            help=f"Compare with the results in this folder, by default {OUTPUT}; or `none`.",
        ),
    ] = None,
    mode: ModeOption = None,
    seed: SeedOption = None,
    salt: SaltOption = None,
    allow_remote: RemoteOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> int:
    """Play one edge case alone and compare it with an earlier run: FIXED or STILL FAILING."""
    if against is None and (OUTPUT / "results.json").is_file():
        against = OUTPUT
    if against == Path("none"):
        against = None
    moment = circumstances(seed, salt)
    chosen = configuration(config, adapter, allow_remote=allow_remote)
    if is_export(chosen):
        raise UsageError(
            f"adapter {parse_spec(chosen.adapter).name!r}: a file cannot be rehearsed again",
            hint="Export once more, and run `rosterready certify`.",
        )
    return replay_edge_case(edge_case, chosen, moment, against, rehearsed(mode))


@app.command()
def compare(
    before: Annotated[
        Path, typer.Argument(metavar="BEFORE", help="Folder or results.json of the earlier run.")
    ],
    after: Annotated[
        Path, typer.Argument(metavar="AFTER", help="Folder or results.json of the later run.")
    ],
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(comparing.FORMATS),
            autocompletion=one_of(lambda: comparing.FORMATS),
        ),
    ] = comparing.FORMATS[0],
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> int:
    """Compare two runs: what regressed, is new, fixed, or no longer judged."""
    return comparing.compare_runs(before, after, format_)


@app.command(name="list")
def list_(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help=f"One of {', '.join(listing.LISTS)}.",
            autocompletion=one_of(lambda: listing.LISTS),
        ),
    ],
) -> int:
    """List edge cases, requirements, questions, mutants or variants, one per line."""
    listing.show(what)
    return 0


@app.command(name="docs")
def docs(
    topic: Annotated[
        str,
        typer.Argument(
            metavar="[TOPIC]",
            help="What to print; without one, what there is.",
            autocompletion=one_of(manual.topics),
        ),
    ] = "",
) -> int:
    """Print the adapter guide, another guide or a schema."""
    manual.show_document(topic)
    return 0


app.command()(serve)


@app.command()
def report(
    run: Annotated[
        Path, typer.Argument(help="Folder with the results of a rehearsal, or its results.json.")
    ],
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"One of {', '.join(PRINTED)}.",
            autocompletion=one_of(lambda: PRINTED),
        ),
    ] = "markdown",
) -> int:
    """Print one report of a finished rehearsal to stdout."""
    if format_ not in PRINTED:
        raise UsageError(
            f"--format {format_}: unknown format",
            hint=f"The formats are {', '.join(PRINTED)}.",
        )
    results = load(run / "results.json" if run.is_dir() else run)
    typer.echo(render(results, format_), nl=False)
    return 0


@app.command()
def history(
    run: Annotated[
        Path, typer.Argument(metavar="[RUN]", help="Folder with the reports of rehearsals.")
    ] = OUTPUT,
) -> int:
    """Show what each rehearsal in a folder came to, and what changed from one to the next."""
    looking_back.show_history(run)
    return 0


@app.command(name="bundle")
def bundle_(
    run: Annotated[
        Path, typer.Argument(metavar="[RUN]", help="Folder with the reports of a rehearsal.")
    ] = OUTPUT,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=f"File to write; by default {BUNDLE} in that folder."),
    ] = None,
) -> int:
    """Put the recording and all reports into one zip, with a manifest of checksums."""
    typer.echo(bundling.bundle_run(run, output))
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
        str, typer.Option("--day", help="Day of the school year; by default the first.")
    ] = "",
) -> int:
    """Write the district that `serve` shares as Clever's SFTP files."""
    today = datetime.now(UTC).date()
    for path in exporting.export_district(
        folder, format_, seed=seed, salt=salt, run_date=today, day=day
    ):
        typer.echo(path)
    return 0
