"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from harness import session
from harness.adapters.addresses import ALLOW
from harness.adapters.spec import parse_spec
from harness.cli.completion import adapters, edge_cases, one_of, selectable
from harness.cli.console import LOUDNESS, progress
from harness.cli.trusting import TLS_PORT
from harness.cli.variables import values_in, with_environment
from harness.config.config import FILE, LARGEST_SEED, Config, Endpoint, load_config
from harness.contract.sync import Mode
from harness.errors import UsageError
from harness.session import Circumstances, Rehearsal


class Rehearsed(StrEnum):
    """The update modes that are rehearsed."""

    FULL = Mode.FULL.value
    EVENTS = Mode.EVENTS.value


OUTPUT = Path("rosterready-report")
SERVED_SALT = "serve"
"""The salt of `serve` and `export`, so that the same district is served every time."""


def _be_quiet(context: typer.Context, wanted: bool) -> bool:
    LOUDNESS.quiet = wanted
    context.call_on_close(LOUDNESS.reset)
    return wanted


def _be_verbose(context: typer.Context, wanted: bool) -> bool:
    LOUDNESS.verbose = wanted
    context.call_on_close(LOUDNESS.reset)
    return wanted


OutputOption = Annotated[
    Path, typer.Option("--output", "-o", help="Folder to write the reports to.")
]
RecordingArgument = Annotated[
    Path, typer.Argument(help="A recording, the folder that contains it, or a bundle.")
]
EdgeCaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="EDGE_CASE",
        help="Its ID; `rosterready list edge-cases` lists them.",
        autocompletion=one_of(edge_cases),
    ),
]
AdapterOption = Annotated[
    str | None,
    typer.Option(
        "--adapter",
        "-a",
        metavar="KIND:TARGET",
        help="Adapter that drives your app.",
        autocompletion=one_of(adapters),
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", help=f"Configuration file; by default {FILE}, if present."),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="ID",
        help="Rehearse only this edge case, requirement, feature or scenario; repeatable.",
        autocompletion=one_of(selectable),
    ),
]
BaselineOption = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="RUN",
        help="An earlier run (its folder): the exit code is 0 if this run is no worse.",
    ),
]
RepeatOption = Annotated[
    int,
    typer.Option(
        "--repeat",
        metavar="N",
        min=1,
        max=20,
        help="Rehearse N times, and say which checks do not come to the same each time.",
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Print the plan without contacting the app.")
]
ModeOption = Annotated[
    Rehearsed | None,
    typer.Option("--mode", help="Update mode to rehearse: full syncs or events."),
]
SeedOption = Annotated[
    int | None,
    typer.Option(
        "--seed",
        min=-LARGEST_SEED,
        max=LARGEST_SEED,
        help="Seed for names and structure of the district.",
    ),
]
SaltOption = Annotated[
    str | None, typer.Option("--salt", help="Varies generated IDs and e-mail addresses.")
]
DayOption = Annotated[
    str,
    typer.Option("--day", help="Of a file: adapter, the day served when the app synced."),
]
TlsOption = Annotated[
    Path | None,
    typer.Option("--tls", metavar="DIR", help="Serve HTTPS, with an authority in this folder."),
]
RemoteOption = Annotated[
    bool,
    typer.Option(ALLOW, help="Let the app or the simulated Clever be on other machines."),
]
QuietOption = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", help="Print the last line and problems only.", callback=_be_quiet
    ),
]
VerboseOption = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        help="Print reasons in full, and where rosterready broke if it did.",
        callback=_be_verbose,
    ),
]


def configuration(
    path: Path | None,
    adapter: str | None,
    *,
    allow_remote: bool = False,
    tls: Path | None = None,
) -> Config:
    """The configuration named, or the one in this folder, for the adapter given if one is.

    Raises UsageError when nothing names an adapter: whoever forgot theirs gets no verdict on the
    demo in their own name.
    """
    file = path or _own(adapter)
    config = load_config(file) if file else Config.default(Path.cwd())
    if adapter is not None and not _names(adapter, config.adapter):
        config = config.with_adapter(adapter)
    config = replace(
        config,
        adapter=with_environment(config.adapter, os.environ),
        filled_in=values_in(config.adapter, os.environ),
        allow_remote=allow_remote,
        simulator=_served(config.simulator, tls),
    )
    if not config.adapter:
        place = f"{config.file} has no [adapter] spec" if config.file else f"there is no {FILE}"
        raise UsageError(
            f"no adapter: {place} and no --adapter is given",
            hint=f"`rosterready init` writes a {FILE} and an adapter to begin with; --adapter demo "
            "tries the demo app.",
        )
    return config


def _own(adapter: str | None) -> Path | None:
    """The configuration in this folder, if there is one; it is not about the demo.

    Raises UsageError for something of its name that is no file.
    """
    file = Path(FILE)
    try:
        there = file.exists()
    except OSError:
        there = True  # reading it says why it cannot be read
    if not there:
        return None
    if adapter is not None and parse_spec(adapter).kind == "demo":
        progress(f"{FILE} is about your app, and is not used for the demo.")
        return None
    if not file.is_dir() and not file.is_fifo():
        return file
    raise UsageError(f"{FILE} is no file", hint="Put it away, or name another one with --config.")


def rehearsed(mode: Rehearsed | None) -> Mode | None:
    """The update mode that was asked for, if any."""
    return None if mode is None else Mode(mode.value)


def _names(shown: str, adapter: str) -> bool:
    """Whether this is how reports show the adapter of the configuration, options left out."""
    return bool(adapter) and shown == parse_spec(adapter).name


def prepared(
    config: Config,
    mode: Rehearsed | None,
    *,
    only: Sequence[str],
    day: str,
    seed: int | None,
    salt: str | None,
) -> Rehearsal:
    """The rehearsal of an app, or of what was exported from it; raises what is wrong with it.

    Without a seed and salt of its own, an export is compared with what `serve` shares.
    """
    if is_export(config):
        moment = circumstances(seed, salt or SERVED_SALT)
        return session.prepare_export(config, moment, day=day, only=only)
    if day:
        raise UsageError(
            f"--day {day}: a rehearsal plays all days",
            hint="A single day is for an exported snapshot: --adapter file:snapshot.json.",
        )
    return session.prepare(config, circumstances(seed, salt), only=only, mode=rehearsed(mode))


def _served(endpoint: Endpoint, tls: Path | None) -> Endpoint:
    """Where Clever is served; by HTTPS on a port that can be told beforehand."""
    folder = str(tls.resolve()) if tls is not None else endpoint.tls
    return replace(endpoint, tls=folder, port=endpoint.port or (TLS_PORT if folder else 0))


def is_export(config: Config) -> bool:
    """Whether an exported snapshot takes the app's place."""
    return parse_spec(config.adapter).kind == "file"


def circumstances(seed: int | None, salt: str | None) -> Circumstances:
    """Today, with the seed and salt that were given, or a new salt."""
    return Circumstances(
        run_date=datetime.now(UTC).date(),
        salt=salt or secrets.token_hex(4),
        now=time.time,
        timer=time.monotonic,
        seed=seed,
    )
