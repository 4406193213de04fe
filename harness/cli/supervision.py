"""Supervision: the exit code of a rehearsal is decided by a process that runs no code of the app.

A `python:` adapter can end the process it lives in (`os._exit`, a crash in native code, memory that
runs out), and the exit code would then be whatever that left. So the rehearsal runs in a child,
which says on a pipe how it ended. A child that ends without a word has not ended well.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select
from threading import Thread

from harness.cli.streams import leave_stdout, lost_stream

LETTING_GO = 10.0
"""Seconds in which the child may end once it has said how; a thread of the app may hold it."""
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_pipe = -1
"""Where the child says what the parent must know; -1 where nobody waits."""


def records_in(folder: Path) -> None:
    """The parent now knows where the recording is, should it have to judge it."""
    _say(f"folder {folder.absolute()}")


def supervised(work: Callable[[], int], lost: Callable[[str, Path | None], int]) -> int:
    """The exit code of work done in a child; `lost` ends it when the child ends without a word.

    `lost` is given how the child ended and the folder of its recording, if there is one. Where
    there are no forks the work is done here.
    """
    try:
        reports, report, parent, lifeline = *os.pipe(), *os.pipe()
        with _signals_held_back():
            child = os.fork()
            wait = _Wait(child, reports) if child else None
    except (AttributeError, OSError):
        return work()
    if wait:
        os.close(report)
        os.close(parent)
        return wait.code(lost)
    os.close(reports)
    os.close(lifeline)
    Thread(target=_end_with_parent, args=(parent,), daemon=True).start()
    return _child(work, report)


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Signals arrive when this ends: what they raise within a fork, Python prints and forgets."""
    numbers = [number for name in _SIGNALS if (number := getattr(signal, name, None))]
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _child(work: Callable[[], int], report: int) -> int:
    global _pipe
    _pipe = report
    code = work()
    if name := lost_stream():
        _say(f"lost {name}")
    else:
        leave_stdout()
        _say(f"exit {code}")
    return code


def _say(line: str) -> None:
    if _pipe >= 0:
        with suppress(OSError):  # an app may have closed whatever it found open
            os.write(_pipe, os.fsencode(f"{line}\n"))


def _end_with_parent(parent: int) -> None:
    """Ask ourselves to end when the other end of this pipe is closed: our parent was killed."""
    with suppress(OSError):
        while os.read(parent, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)


class _Wait:
    """The parent: waits for the child, and passes on whatever signals it gets."""

    def __init__(self, child: int, heard: int) -> None:
        self._child, self._heard = child, heard
        self._words = b""
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, self._pass_on)

    def code(self, lost: Callable[[str, Path | None], int]) -> int:
        """The exit code the child said, or else the one that `lost` gives."""
        status = self._status()
        words = dict(line.split(b" ", 1) for line in self._words.splitlines() if b" " in line)
        if code := words.get(b"exit"):
            return int(code)
        folder = words.get(b"folder")
        ended = os.waitstatus_to_exitcode(status)
        how = f"exited with {ended}" if ended >= 0 else f"was ended by {_name(-ended)}"
        if stream := words.get(b"lost"):
            how = f"closed {stream.decode()}"
        return lost(how, Path(os.fsdecode(folder)) if folder else None)

    def _pass_on(self, number: int, _: object) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._child, number)

    def _status(self) -> int:
        """How the child ended, once it has; it is ended if it does not let go."""
        until = 0.0
        while True:
            open_ = self._hear()
            ended, status = os.waitpid(self._child, os.WNOHANG if open_ or until else 0)
            if ended:
                while self._hear(0):
                    pass
                return status
            if any(line.startswith((b"exit ", b"lost ")) for line in self._words.splitlines()):
                until = until or time.monotonic() + LETTING_GO
                time.sleep(0 if open_ else 0.05)
                if time.monotonic() > until:
                    os.kill(self._child, signal.SIGKILL)

    def _hear(self, wait: float = 0.5) -> bool:
        """Whether more may come from the child; what has come is kept."""
        if self._heard < 0:
            return False
        if not select([self._heard], [], [], wait)[0]:
            return wait > 0
        words = os.read(self._heard, 4096)
        self._words += words
        if not words:
            os.close(self._heard)
            self._heard = -1
        return bool(words)


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
