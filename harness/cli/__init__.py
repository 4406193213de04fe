"""The command line: argv into calls, results into exit codes and the last line.

Exit codes: 0 ready, with or without conditions · 1 not ready · 2 usage or configuration, nothing
was sent to the app · 3 incomplete, or a report could not be written · 130 interrupted.
"""

from __future__ import annotations

import gc
import sys
import warnings
from functools import partial
from typing import TYPE_CHECKING

from harness.cli.serve_arguments import plain_options
from harness.contract.former_names import FormerNameWarning
from harness.errors import RosterreadyError

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Run the command line and leave with its exit code; no problem a user has is a traceback."""
    # Rosters and recordings stay: looking for garbage among them took a quarter of a rehearsal.
    gc.set_threshold(50_000, 20, 50)
    warnings.showwarning = _show(warnings.showwarning)
    try:
        code = _command(sys.argv[1:])()
    except RosterreadyError as problem:
        _complain(problem.message, problem.hint)
        code = problem.exit_code
    except (KeyboardInterrupt, EOFError):
        _complain("interrupted", "")
        code = 130
    except Exception as problem:
        code = _usage(problem)
    sys.exit(code if isinstance(code, int) else 0)


def _command(arguments: list[str]) -> Callable[[], object]:
    """What runs the arguments; `serve` loads a tenth of the rest, and not even Typer."""
    if arguments[:1] != ["serve"]:
        from harness.cli.commands import app

        return partial(app, standalone_mode=False)
    if (options := plain_options(arguments[1:])) is not None:
        from harness.cli.serving import serve_plainly

        return partial(serve_plainly, **options)
    from harness.cli.serve_command import alone

    return partial(alone, standalone_mode=False)


def _show(otherwise: Callable[..., None]) -> Callable[..., None]:
    """Shows a warning; one about a former name as a note of ours, without a line of code."""

    def show(message: object, category: type[Warning], *place: object, **more: object) -> None:
        if issubclass(category, FormerNameWarning):
            _complain(str(message), "")
        else:
            otherwise(message, category, *place, **more)

    return show


def _complain(message: str, hint: str) -> None:
    from harness.cli.console import complain

    complain(message, hint)


def _usage(problem: Exception) -> int:
    """The exit code of a problem the argument parser found; anything else is ours, and raised."""
    show, code = getattr(problem, "show", None), getattr(problem, "exit_code", None)
    if not isinstance(code, int):
        raise problem
    if callable(show):
        show()
    return code
