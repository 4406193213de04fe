"""The command line as somebody runs it: its exit code, and what it printed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from distribution import CHECKOUT

PROGRAM = [sys.executable, "-c", "from harness.cli import main; main()"]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to."""

    code: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        return self.out.splitlines()[-1] if self.out else ""

    @property
    def first_error(self) -> str:
        return self.err.splitlines()[0] if self.err else ""


def environment(**more: str) -> dict[str, str]:
    """As little as a program needs, with this checkout and the tests to import from."""
    paths = f"{CHECKOUT}:{CHECKOUT / 'tests'}"
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": paths, "COLUMNS": "200", **more}


def rosterready(folder: Path, *words: str, **variables: str) -> Ran:
    """Run the command in a folder, in a process of its own."""
    done = subprocess.run(
        [*PROGRAM, *words],
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        timeout=300,
        check=False,
    )
    out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    return Ran(done.returncode, out, err)
