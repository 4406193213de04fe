"""The command line: argv into calls, results into exit codes and the last line.

Exit codes: 0 ready, with or without conditions · 1 not ready · 2 usage or configuration, nothing
was sent to the app · 3 incomplete, or a report could not be written · 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
import warnings
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from harness.cli.serve_arguments import plain_options
from harness.cli.streams import bear_odd_terminals, open_closed_streams
from harness.contract.former_names import FormerNameWarning
from harness.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from typer import Typer

_DRIVES_AN_APP = ("certify", "replay", "doctor")


def main() -> None:
    """Run the command line and leave with its exit code; no problem a user has is a traceback."""
    open_closed_streams()
    # Rosters and recordings stay: looking for garbage among them took a quarter of a rehearsal.
    gc.set_threshold(500_000, 20, 50)
    if "_ROSTERREADY_COMPLETE" in os.environ:  # a shell asks what could come next
        _complete()
    arguments = sys.argv[1:]
    work = partial(run, arguments)
    # Whoever exchanged stdout runs us within a program of theirs, which must not be doubled.
    if arguments[:1] and arguments[0] in _DRIVES_AN_APP and sys.stdout is sys.__stdout__:
        from harness.cli.supervision import supervised

        _leave(supervised(work, partial(_lost, arguments)))
    _leave(work())


def _leave(code: int) -> NoReturn:
    # All ends with the process: going through it for garbage once more took half a second.
    gc.freeze()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """The exit code of a command; whatever goes wrong in it ends here, with a message."""
    command = arguments[0] if arguments else ""
    try:
        _prepare(serving=command == "serve")
        code = _command(arguments)()
        sys.stdout.flush()
    except BaseException as problem:
        from harness.cli.endings import ended_by, last_line

        if isinstance(problem, SystemExit) and command not in _DRIVES_AN_APP and not problem.code:
            return 0  # of an option about completion
        if isinstance(problem, OSError) and command == "--install-completion":
            message = f"{problem.filename} cannot be written: {problem.strerror}"
            problem = UsageError(message, hint="Set HOME to a folder that can be written to.")
        ended = ended_by(problem, verbose=not {"-v", "--verbose"}.isdisjoint(arguments))
        if ended:  # help ends in 0
            last_line(command, ended)
        return ended
    return code if isinstance(code, int) else 0


def _prepare(*, serving: bool) -> None:
    """Make this process bear what comes: odd text, warnings, signals, threads that break."""
    bear_odd_terminals()
    warnings.showwarning = _show(warnings.showwarning)
    if serving:
        return
    import signal
    import threading

    from harness.cli.endings import quiet_hooks
    from harness.recording.shield import SHIELD, hear_signals

    def again() -> None:
        SHIELD.forget()
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()

    if threading.current_thread() is threading.main_thread() and sys.stdout is sys.__stdout__:
        hear_signals()
        quiet_hooks(again)


def _command(arguments: Sequence[str]) -> Callable[[], object]:
    """What runs the arguments; `serve` loads a tenth of the rest, and not even Typer."""
    if arguments[:1] != ["serve"]:
        from harness.cli.commands import app

        return partial(_invoked, app, arguments)
    if (options := plain_options(arguments[1:])) is not None:
        from harness.cli.serving import serve_plainly

        return partial(serve_plainly, **options)
    from harness.cli.serve_command import alone

    return partial(_invoked, alone, arguments)


def _complete() -> None:
    """Print what could come next, and leave."""
    from typer.main import get_command

    from harness.cli.commands import app

    get_command(app)(prog_name="rosterready")


def _invoked(app: Typer, arguments: Sequence[str]) -> object:
    """What a command returns or raises: Typer's own `main` would swallow Ctrl-C."""
    from typer.main import get_command

    command = get_command(app)
    with command.make_context("rosterready", list(arguments)) as context:
        return command.invoke(context)


def _lost(arguments: Sequence[str], how: str, folder: Path | None) -> int:
    """The exit code when the process of a rehearsal ended without one; judges what it recorded."""
    from harness.cli.endings import ended_by, last_line
    from harness.cli.finishing import finish_lost

    try:
        return finish_lost(arguments[0], how, folder)
    except BaseException as problem:
        code = ended_by(problem)
        last_line(arguments[0], code)
        return code


def _show(otherwise: Callable[..., None]) -> Callable[..., None]:
    """Shows a warning; one about a former name as a note of ours, without a line of code."""

    def show(message: object, category: type[Warning], *place: object, **more: object) -> None:
        if issubclass(category, FormerNameWarning):
            from harness.cli.console import complain

            complain(str(message), "")
        else:
            otherwise(message, category, *place, **more)

    return show
