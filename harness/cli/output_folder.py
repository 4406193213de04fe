"""The output folder of one run: nobody else writes to it meanwhile, and no older verdict stays."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from harness import session
from harness.cli.endings import USAGE
from harness.errors import STARVED, RosterreadyError, UsageError
from harness.report.bundle import FILE as BUNDLE
from harness.report.comparison import FILES as COMPARISONS
from harness.report.write import KNOWN, PARTS

try:
    import fcntl
except ImportError:  # Windows: an open file cannot be taken away there, which does as well
    fcntl = None  # type: ignore[assignment]

LOCK = ".rosterready.lock"
EARLIER = ".rosterready.earlier"
REPEAT = "repeat-{}"
"""Folder of a further run of `certify --repeat`, in the output folder."""


@contextmanager
def reserved(folder: Path) -> Iterator[Path]:
    """The folder for one process alone, made if it is not there; its absolute path.

    Raises UsageError when it cannot be written to, and when another process is at it.
    """
    _check_writable(folder)
    whole = folder.absolute()  # an adapter may change the working directory
    lock = _locked(whole / LOCK, folder)
    for left in (EARLIER, PARTS):  # by a run that was killed
        shutil.rmtree(whole / left, ignore_errors=True)
    try:
        yield whole
    finally:
        with suppress(OSError):
            (whole / LOCK).unlink()
        lock.close()


@contextmanager
def set_aside(folder: Path) -> Iterator[None]:
    """Whatever an earlier run left here is out of the way, and gone once another has begun.

    It comes back when the other never begins: its command line or its configuration was wrong.
    """
    aside = folder / EARLIER
    names = [session.RECORDING, BUNDLE, *(format_.FILE for format_ in KNOWN.values())]
    names += [*COMPARISONS, *(path.name for path in folder.glob(REPEAT.format("[0-9]*")))]
    aside.mkdir()
    _move(names, folder, aside)
    try:
        yield
    except RosterreadyError as problem:
        if problem.exit_code == USAGE:
            _move(names, aside, folder)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _move(names: Iterable[str], source: Path, target: Path) -> None:
    for name in names:
        with suppress(FileNotFoundError):
            (source / name).replace(target / name)


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, ValueError) as problem:
        if getattr(problem, "errno", None) in STARVED:
            raise  # no folder would do
        raise UsageError(
            f"--output {folder}: cannot be written to "
            f"({getattr(problem, 'strerror', None) or problem})",
            hint="Name a writable folder. The app was not contacted.",
        ) from problem


def _locked(file: Path, folder: Path) -> TextIO:
    """The lock file, opened and held until it is closed or this process ends in whatever way."""
    while True:
        lock = file.open("a+", encoding="utf-8")
        try:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            lock.seek(0)
            other = lock.read().strip() or "of unknown number"
            lock.close()
            raise UsageError(
                f"--output {folder}: another rehearsal writes to it, process {other}",
                hint="Wait until it has ended, or name another folder with --output.",
            ) from taken
        except OSError:
            pass  # a file system without locks, where nobody can be kept out
        with suppress(OSError):
            if os.fstat(lock.fileno()).st_ino == file.stat().st_ino:
                lock.truncate(0)
                lock.write(str(os.getpid()))
                lock.flush()
                return lock
        lock.close()  # whoever held it took the file away in between
