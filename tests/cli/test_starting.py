"""How a command starts: with what it needs, and no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cli.running import environment


def test_whoever_rehearses_nothing_waits_for_neither_pytest_nor_a_server(tmp_path: Path) -> None:
    heavy = ("pytest", "jsonschema", "asyncio", "harness.replay", "harness.suite.runner")
    program = f"""
import sys
from harness.cli import run
run(["certify", "--seed", "many"])
print([name for name in {heavy} if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
