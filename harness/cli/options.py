"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from harness.config.config import FILE, Config, load_config
from harness.contract.sync import Mode
from harness.errors import UsageError
from harness.session import Circumstances

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
    typer.Option("--config", "-c", help=f"Configuration file; by default {FILE}, if present."),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="ID",
        help="Rehearse only this edge case, requirement, feature or scenario; repeatable.",
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Print the plan without contacting the app.")
]
ModeOption = Annotated[
    Mode | None,
    typer.Option("--mode", help="Update mode to rehearse: full syncs, events or logins."),
]
SeedOption = Annotated[
    int | None, typer.Option("--seed", help="Seed for names and structure of the district.")
]
SaltOption = Annotated[
    str | None, typer.Option("--salt", help="Varies generated IDs and e-mail addresses.")
]


def configuration(path: Path | None, adapter: str | None) -> Config:
    """The configuration named, or the one in this folder, for the adapter given if one is.

    Raises UsageError when nothing names an adapter: whoever forgot theirs gets no verdict on the
    demo in their own name.
    """
    if path is not None:
        config = load_config(path)
    elif Path(FILE).is_file() and adapter is None:
        config = load_config(Path(FILE))
    else:
        config = Config.default(Path.cwd())
    config = config if adapter is None else config.with_adapter(adapter)
    if not config.adapter:
        place = f"{config.file} has no [adapter] spec" if config.file else f"there is no {FILE}"
        raise UsageError(
            f"no adapter: {place} and no --adapter is given",
            hint=f"Name your app's adapter in {FILE}, or try the demo app with --adapter demo.",
        )
    return config


def circumstances(seed: int | None, salt: str | None) -> Circumstances:
    """Today, with the seed and salt that were given, or a new salt."""
    return Circumstances(
        run_date=datetime.now(UTC).date(),
        salt=salt or secrets.token_hex(4),
        now=time.time,
        timer=time.monotonic,
        seed=seed,
    )
