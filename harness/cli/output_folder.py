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
    try:
        for left in (EARLIER, PARTS):  # by a run that was killed
            _clear(whole / left)
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
    names: list[str] = [session.RECORDING, BUNDLE, *(format_.FILE for format_ in KNOWN.values())]
    names += [*COMPARISONS, *(path.name for path in folder.glob(REPEAT.format("[0-9]*")))]
    aside.mkdir()
    try:
        _set_aside(names, folder, aside)
        yield
    except RosterreadyError as problem:
        if problem.exit_code == USAGE:
            _move(names, aside, folder)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _set_aside(names: Iterable[str], folder: Path, aside: Path) -> None:
    """Move them; raises UsageError for a file that is somebody else's."""
    try:
        _move(names, folder, aside)
    except OSError as problem:
        if problem.errno in STARVED:
            raise
        raise _unusable(folder, f"{Path(str(problem.filename)).name} is in the way", problem) from (
            problem
        )


def _clear(path: Path) -> None:
    """Take away what a run left; raises UsageError when it cannot be taken away."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as problem:
        if problem.errno in STARVED:
            raise
        raise _unusable(path.parent, f"{path.name} is in the way", problem) from problem


def _unusable(folder: Path, what: str, problem: BaseException) -> UsageError:
    reason = getattr(problem, "strerror", None) or problem
    return UsageError(
        f"--output {folder}: {what} ({reason})",
        hint="Name a writable folder. The app was not contacted.",
    )


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
        raise _unusable(folder, "cannot be written to", problem) from problem


def _opened(file: Path, folder: Path) -> TextIO:
    try:
        return file.open("a+", encoding="utf-8")
    except OSError as problem:
        if problem.errno in STARVED:
            raise
        raise _unusable(folder, f"{file.name} is in the way", problem) from problem


def _locked(file: Path, folder: Path) -> TextIO:
    """The lock file, opened and held until it is closed or this process ends in whatever way."""
    while True:
        lock = _opened(file, folder)
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
