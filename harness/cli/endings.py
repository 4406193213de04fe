"""Endings: whatever stops a command becomes an exit code, one message and the last line."""

from __future__ import annotations

import errno
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from harness.cli.streams import close_stdout, lost_stream, stdout_is_full
from harness.errors import STARVED, RosterreadyError
from harness.prose import harmless

USAGE, INCOMPLETE, INTERRUPTED = 2, 3, 130
MOST_LINES = 200
"""Of a log: its end says what broke."""

_OURS = "This is a mistake in rosterready, not in your app; please report it. -v shows where."
_HINTS = {
    errno.ENOSPC: "Make room on the disk, or name another folder with --output.",
    errno.EDQUOT: "Make room on the disk, or name another folder with --output.",
    errno.EFBIG: "Raise the limit on the size of files (ulimit -f).",
    errno.EMFILE: "Raise the limit on open files (ulimit -n).",
    errno.ENFILE: "Close other programs: this machine has no more open files to give.",
    errno.ENOMEM: "Close other programs, or raise the limit on memory.",
    errno.EAGAIN: "Close other programs, or raise the limit on processes (ulimit -u).",
}
"""What to do about a machine that has no more of something."""
_NO_THREADS = "can't start new thread"


def ended_by(problem: BaseException, *, verbose: bool = False) -> int:
    """Says what stopped a command and what to do about it; the exit code."""
    code, message, hint = _explained(problem)
    show = getattr(problem, "show", None)
    if code == USAGE and callable(show):  # of the argument parser, with the usage of the command
        show()
    elif code != 0:
        complain(message, hint)
        if log := getattr(problem, "log", ""):
            _show_log(log, verbose=verbose)
    if verbose and code == INCOMPLETE and not getattr(problem, "log", ""):
        traceback.print_exception(problem)
    return code


def _explained(problem: BaseException) -> tuple[int, str, str]:
    if isinstance(problem, SystemExit) and isinstance(problem.__context__, BrokenPipeError):
        problem = problem.__context__  # Rich makes one of it
    match problem:
        case RosterreadyError():
            return problem.exit_code, problem.message, problem.hint
        case KeyboardInterrupt() | EOFError():
            return INTERRUPTED, "interrupted", ""
        case MemoryError():
            return INCOMPLETE, "memory ran out", _HINTS[errno.ENOMEM]
        case BrokenPipeError():
            close_stdout()
            return INCOMPLETE, "stdout was closed before everything was printed", ""
        case OSError(errno=int(number), filename=None) if number in STARVED and stdout_is_full():
            close_stdout()
            message = f"not everything could be printed to stdout: {problem.strerror}"
            return INCOMPLETE, message, "Print to where there is room."
        case OSError(errno=int(number)) if number in STARVED:
            where = f"{problem.filename}: " if problem.filename else ""
            return INCOMPLETE, f"{where}{problem.strerror}", _HINTS[number]
        case RuntimeError() if str(problem) == _NO_THREADS:
            return INCOMPLETE, "this machine has no more threads to give", _HINTS[errno.EAGAIN]
        case FileNotFoundError(filename=None) if not _stands_somewhere():
            message = "the folder that this was started in is not there any more"
            return USAGE, message, "Change to a folder that is there."
        case OSError() | ValueError() if stream := lost_stream():
            message = f"something that runs in this process has closed {stream}"
            return INCOMPLETE, message, "Look for what closes it in the adapter."
    code = getattr(problem, "exit_code", None)
    if isinstance(code, int) and isinstance(problem, Exception):  # the argument parser's
        return code and USAGE, str(problem) or "stopped", ""  # its 1 would mean: not ready
    if isinstance(problem, SystemExit):
        message = f"something asked Python to exit ({problem.code})"
        return (
            INCOMPLETE,
            message,
            "Look for sys.exit in the adapter; an adapter raises or returns.",
        )
    message = f"rosterready itself broke: {type(problem).__name__}: {problem}{_place(problem)}"
    return INCOMPLETE, message, _OURS


def _stands_somewhere() -> bool:
    try:
        return bool(Path.cwd())
    except OSError:
        return False


def _place(problem: BaseException) -> str:
    frames = traceback.extract_tb(problem.__traceback__)
    return f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""


def complain(message: str, hint: str) -> None:
    """A problem and what to do about it, in whatever state this process is."""
    try:
        from harness.cli import console

        console.complain(message, hint)
    except Exception:
        with suppress(Exception):
            lines = f"rosterready: {message}\n{f'  {hint}' if hint else ''}".rstrip()
            sys.stderr.write(f"{lines}\n")


def _show_log(log: str, *, verbose: bool) -> None:
    """What an adapter wrote until it broke, or how to see it."""
    lines = harmless(log).rstrip().splitlines()
    with suppress(Exception):
        if verbose:
            sys.stderr.write("".join(f"  | {line}\n" for line in lines[-MOST_LINES:]))
        elif len(lines) > 1:
            sys.stderr.write(f"  -v shows the {len(lines)} lines it wrote, `doctor` does always.\n")


def last_line(command: str, code: int) -> None:
    """The last line of a command that ended without a verdict."""
    words = {
        "certify": "VERDICT=NONE EXIT={} PASS=0 FAIL=0 WARN=0 BLOCKED=0 ERROR=0 MANUAL=0 NA=0",
        "judge": "VERDICT=NONE EXIT={} PASS=0 FAIL=0 WARN=0 BLOCKED=0 ERROR=0 MANUAL=0 NA=0",
        "compare": "COMPARISON=NONE EXIT={}",
        "replay": "REPLAY=NONE EXIT={}",
        "doctor": "DOCTOR=NONE EXIT={}",
    }
    if command in words:
        with suppress(OSError, ValueError):  # stdout is closed: nobody reads it
            sys.stdout.write(f"{words[command].format(code)}\n")
            sys.stdout.flush()


def quiet_hooks(again: Callable[[], None]) -> None:
    """Threads and destructors of the app that break say so in a line, whatever they break with.

    `again` is called when Ctrl-C came while a destructor ran, where Python drops it.
    """

    def unraisable(hook: sys.UnraisableHookArgs) -> None:
        if isinstance(hook.exc_value, KeyboardInterrupt):
            again()
        elif hook.exc_value is not None:
            complain(f"a destructor broke: {_line(hook.exc_value, hook.exc_traceback)}", "")

    def thread(hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None and not isinstance(hook.exc_value, SystemExit):
            name = hook.thread.name if hook.thread else "a thread"
            complain(f"{name} broke: {_line(hook.exc_value, hook.exc_traceback)}", "")

    sys.unraisablehook, threading.excepthook = unraisable, thread


def _line(error: BaseException, trace: TracebackType | None) -> str:
    return f"{type(error).__name__}: {error}{_place(error.with_traceback(trace))}"
