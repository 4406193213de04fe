"""A PostgreSQL server of the tests' own, on a socket in a folder that it may enter."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def postgres_server(user: str) -> Iterator[Path]:
    """Runs while the context is open, with one superuser; the folder of its socket.

    Skips the test where no server is installed.
    """
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        pytest.skip("not run: no PostgreSQL is installed")
    folder = Path(tempfile.mkdtemp(prefix="rosterready-pg-"))
    as_user: list[str] = []
    if os.getuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data, control = folder / "data", programs[-1].with_name("pg_ctl")
    options = f"-c listen_addresses= -c fsync=off -k {folder}"

    def run(*words: str | Path) -> None:
        subprocess.run([*as_user, *words], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(programs[-1], "-D", data, "-A", "trust", "-U", user, "-N")
    run(control, "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        yield folder
    finally:
        run(control, "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)
