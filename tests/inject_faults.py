"""Fault injection: rehearsals that are killed, interrupted or starved at generated moments.

    python tests/inject_faults.py --runs 300 --seed 7

A small app takes turns with the demo. After each, the exit code is a documented one and agrees with
the last line, nothing printed is a traceback, the recording can be judged or is refused, and no
older verdict stands beside it.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import re
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from harness import session
from harness.cli import main, run
from harness.errors import RosterreadyError
from harness.report.write import FORMATS

APPS = {"small": ("python:cli.first_page_app:FirstPageApp", 1), "demo": ("demo", 0)}
"""Name → adapter, and the exit code without any fault: the small app reads a single page."""
DOCUMENTED = {0, 1, 2, 3, 130}
OLDER = b"an older verdict"
LONGEST = 120.0
"""Seconds after which a rehearsal hangs."""

Limit = Callable[[random.Random], None]


def _little_disk(chance: random.Random) -> None:
    most = int(1000 * 10 ** (3 * chance.random()))  # a kilobyte to a megabyte
    sys.dont_write_bytecode = True  # it would be half of a compiled module, read ever after
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _little_memory(chance: random.Random) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + chance.randrange(1 << 20, 200 << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _few_descriptors(chance: random.Random) -> None:
    most = chance.randrange(6, 48)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


LIMITS: dict[str, Limit] = {
    "disk": _little_disk,
    "memory": _little_memory,
    "descriptors": _few_descriptors,
}
SIGNALS = {
    "interrupted": (signal.SIGINT, False),
    "interrupted twice": (signal.SIGINT, False),
    "terminated": (signal.SIGTERM, False),
    "killed inside": (signal.SIGKILL, True),
    "killed": (signal.SIGKILL, False),
}
"""Kind → the signal, and whether it is sent to the process inside that runs the app."""
KINDS = (*LIMITS, *SIGNALS)


@dataclass(frozen=True, slots=True)
class Injected:
    """One rehearsal with one fault."""

    kind: str
    seed: int
    after: float
    """Seconds until a signal is sent."""
    folder: Path


def words(app: str, folder: str) -> list[str]:
    """The command line of a rehearsal."""
    return ["certify", "--adapter", APPS[app][0], "--only", "name-changes", "--output", folder]


def play(app: str, fault: Injected | None, folder: Path) -> int | None:
    """Play one rehearsal in a fork; its exit code, negative for a signal, None if it hangs."""
    pid = os.fork()
    if not pid:
        _rehearse(app, fault, folder)
    if fault and fault.kind in SIGNALS:
        number, inside = SIGNALS[fault.kind]
        for _ in range(2 if fault.kind.endswith("twice") else 1):
            time.sleep(fault.after)
            with suppress(ProcessLookupError, FileNotFoundError):
                for one in _children(pid) if inside else [pid]:
                    os.kill(one, number)
    return _ended(pid, folder)


def _rehearse(app: str, fault: Injected | None, folder: Path) -> None:
    """The rehearsal, in this process, which ends with it."""
    code: object = 99
    try:
        os.setsid()
        os.chdir(folder)
        for place, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT), place)
        sys.argv = ["rosterready", *words(app, "out")]
        if fault and fault.kind in LIMITS:
            LIMITS[fault.kind](random.Random(fault.seed))
        main()
    except SystemExit as left:
        code = left.code
    finally:
        with suppress(Exception):
            sys.stdout.flush()
        os._exit(code if isinstance(code, int) else 98)


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _ended(pid: int, folder: Path) -> int | None:
    """How it ended, once nothing of it runs any more."""
    until = time.monotonic() + LONGEST
    code: int | None = None
    while time.monotonic() < until:
        if code is None:
            ended, status = os.waitpid(pid, os.WNOHANG)
            code = os.waitstatus_to_exitcode(status) if ended else None
        if code is not None:
            try:
                os.killpg(pid, 0)  # one whose parent was killed ends by itself
            except ProcessLookupError:
                return code
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    return None


def problems(fault: Injected, code: int | None) -> Iterator[str]:
    """What is wrong about how a rehearsal ended."""
    folder = fault.folder
    out, err = ((folder / name).read_text("utf-8", "replace") for name in ("stdout", "stderr"))
    if "Traceback" in out + err:
        yield "a traceback"
    if code is None:
        yield "it hangs"
        return
    if fault.kind != "killed":
        if code not in DOCUMENTED:
            yield f"exit code {code}"
        last = re.search(r" EXIT=(\d+) ", out.splitlines()[-1] if out else "")
        if not last or int(last[1]) != code:
            yield f"exit code {code}, and the last line is {out.splitlines()[-1:]}"
    yield from _left_behind(folder / "out")


def _left_behind(folder: Path) -> Iterator[str]:
    file = folder / session.RECORDING
    same = file.is_file() and file.read_bytes() == OLDER
    for format_ in FORMATS.values():
        report = folder / format_.FILE
        if report.is_file() and not same and OLDER in report.read_bytes():
            yield f"the older {format_.FILE} is still there"
    if file.is_file() and not same:
        try:
            session.load_recording(file)
        except RosterreadyError:
            pass
        except Exception as error:
            yield f"the recording breaks judging: {type(error).__name__}: {error}"


def _folder(parent: Path, name: str) -> Path:
    """A folder in which an earlier run has left its files."""
    folder = parent / name
    (folder / "out").mkdir(parents=True)
    for file in (session.RECORDING, *(format_.FILE for format_ in FORMATS.values())):
        (folder / "out" / file).write_bytes(OLDER)
    return folder


def _warm_up(apps: Sequence[str], parent: Path) -> None:
    """Have this process import and read what each rehearsal would: they are forks of it."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        for app in apps:
            run(words(app, str(parent / "warm")))
    gc.freeze()  # else the first collection of each fork copies everything


def _undisturbed(app: str, parent: Path) -> float:
    """How many seconds a rehearsal takes to which nothing happens."""
    began = time.monotonic()
    code = play(app, None, _folder(parent, f"undisturbed-{app}"))
    if code != APPS[app][1]:
        sys.exit(f"Without any fault, {app} ends in {code}.")
    return time.monotonic() - began


def inject(
    runs: int, seed: int, parent: Path, kinds: Sequence[str] = KINDS, apps: Sequence[str] = (*APPS,)
) -> list[str]:
    """What was wrong after so many rehearsals; prints how they ended."""
    _warm_up(apps, parent)
    whole = {app: _undisturbed(app, parent) for app in apps}
    chance, wrong, codes = random.Random(seed), [], Counter[tuple[str, int | None]]()
    for number in range(runs):
        kind, app = kinds[number % len(kinds)], apps[number // len(kinds) % len(apps)]
        after = chance.uniform(0, whole[app]) / (2 if kind.endswith("twice") else 1)
        fault = Injected(kind, chance.randrange(1 << 30), after, _folder(parent, str(number)))
        code = play(app, fault, fault.folder)
        codes[kind, code] += 1
        wrong += [f"{number} ({kind}, {after:.2f} s): {what}" for what in problems(fault, code)]
    for (kind, code), times in sorted(codes.items(), key=str):
        print(f"{kind:<18} {code!s:>4}  {times} times")
    return wrong


def parsed() -> argparse.Namespace:
    """The arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--without", choices=KINDS, nargs="*", default=(), help="Kinds to leave out."
    )
    parser.add_argument("--app", choices=APPS, help="Rehearse this app alone.")
    parser.add_argument("--keep", type=Path, help="Folder for the runs, which is kept.")
    return parser.parse_args()


if __name__ == "__main__":
    given = parsed()
    with tempfile.TemporaryDirectory() as temporary:
        kinds = [kind for kind in KINDS if kind not in given.without]
        apps = [given.app] if given.app else [*APPS]
        found = inject(given.runs, given.seed, given.keep or Path(temporary), kinds, apps)
    print(*found, sep="\n")
    sys.exit(bool(found))
