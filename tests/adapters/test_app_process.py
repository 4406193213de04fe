"""An app that the rehearsal starts is awaited, told of Clever, and ended with all it began."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from textwrap import dedent

import pytest

from harness.adapters import process
from harness.adapters.app_process import RunningApp, running_app
from harness.config.config import Launch
from harness.contract.connection import Connection
from harness.errors import AdapterError, AdapterMisconfigured, UsageError

PYTHON = f'"{sys.executable}" -S'
APP = """
    import http.server, os, sys
    open("settings", "w").write(os.environ["CLEVER_API_URL"] + os.environ["CLEVER_CLIENT_SECRET"])
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    open("port", "w").write(str(server.server_port))
    print("listening", flush=True)
    server.serve_forever()
"""
Running = Callable[..., AbstractContextManager[RunningApp | None]]


@pytest.fixture
def running(folder: Path, connection: Connection) -> Running:
    """Starts a launch in an empty folder that holds the app above."""
    (folder / "app.py").write_text(dedent(APP))
    (folder / "ready.py").write_text("import os, sys; sys.exit(not os.path.exists('port'))")

    def run(timeout: float = 10.0, **commands: str) -> AbstractContextManager[RunningApp | None]:
        return running_app(Launch(**commands), connection, directory=folder, timeout=timeout)

    return run


def test_an_app_runs_while_it_is_needed(running: Running, folder: Path) -> None:
    with running(start=f"{PYTHON} app.py", ready=f"{PYTHON} ready.py"):
        port = int((folder / "port").read_text())
        with running(start=f"{PYTHON} ready.py", ready=f"{PYTHON} ready.py"):
            pass  # a command that ends with 0 may have left its app running
        with (
            pytest.raises(AdapterError, match="before the app is started"),
            running(start=f"{PYTHON} app.py", ready=f"http://127.0.0.1:{port}/"),
        ):
            pass

    assert (folder / "settings").read_text().endswith("secret-of-a-test")
    with (
        pytest.raises(
            AdapterError, match=r"was not ready within .* since http://127.0.0.1:\d+/ gave"
        ),
        running(timeout=0.2, start=f"{PYTHON} ready.py", ready=f"http://127.0.0.1:{port}/"),
    ):
        pass


def test_an_app_that_is_killed_runs_again_and_is_ended_in_the_end(
    running: Running, folder: Path
) -> None:
    def port() -> int:
        return int((folder / "port").read_text())

    with running(start=f"{PYTHON} app.py", ready=f"{PYTHON} ready.py") as app:
        assert app
        first = port()
        (folder / "port").unlink()
        app.kill()
        assert not _listens(first)
        app.start_again()
        second = port()
        assert _listens(second)

    assert not _listens(second)


def test_an_app_that_its_command_left_running_is_not_ours_to_kill(running: Running) -> None:
    with running(start=f"{PYTHON} -c pass") as app:
        assert app
        until = time.monotonic() + 10
        while app.is_ours and time.monotonic() < until:
            time.sleep(0.01)

        assert not app.is_ours


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def test_the_command_that_stops_it_is_run(running: Running, folder: Path) -> None:
    (folder / "stop.py").write_text("open('stopped', 'w')")

    with running(start=f"{PYTHON} app.py", stop=f"{PYTHON} stop.py"):
        assert not (folder / "stopped").exists()

    assert (folder / "stopped").exists()


def test_an_app_that_does_not_start_says_why(running: Running, folder: Path) -> None:
    (folder / "app.py").write_text("import sys; print('reading'); sys.exit('no database')")

    with (
        pytest.raises(AdapterError) as caught,
        running(start=f"{PYTHON} app.py", ready="http://127.0.0.1:9/"),
    ):
        pass

    assert "ended with 1 before the app was ready" in caught.value.message
    assert caught.value.message.endswith(": no database")
    assert "reading" in caught.value.log


def test_a_command_that_there_is_not_is_a_mistake_in_the_configuration(running: Running) -> None:
    with pytest.raises(AdapterMisconfigured, match="No such file"), running(start="./nothing"):
        pass


@pytest.mark.parametrize(
    ("commands", "message"),
    [
        ({"start": "  "}, r"\[adapter\] start is blank"),
        ({"start": "python 'app.py"}, r"\[adapter\] start cannot be taken apart"),
        ({"ready": "  "}, r"\[adapter\] ready is blank"),
        ({"ready": "http://[::1/"}, r"\[adapter\] ready is no URL"),
        ({"ready": "http://127.0.0.1:port/"}, r"\[adapter\] ready is no URL"),
        ({"stop": "  "}, r"\[adapter\] stop is blank"),
        ({"stop": "no-such-program"}, r"\[adapter\] stop: command:no-such-program cannot be run"),
    ],
)
def test_a_command_or_url_that_is_none_is_named_before_the_app_is_used(
    running: Running, commands: dict[str, str], message: str
) -> None:
    used = False
    with (
        pytest.raises(AdapterMisconfigured, match=message),
        running(**{"start": f"{PYTHON} app.py", **commands}),
    ):
        used = True

    assert not used


def test_an_app_elsewhere_is_not_awaited(running: Running) -> None:
    with (
        pytest.raises(UsageError, match="not this machine"),
        running(start=f"{PYTHON} app.py", ready="http://192.0.2.1/"),
    ):
        pass


def test_what_a_program_leaves_running_costs_no_time(folder: Path) -> None:
    leaves = (
        "import subprocess, sys; print('x' * 100_000);"
        "print(subprocess.Popen(['sleep', '5']).pid, file=sys.stderr)"
    )
    began = time.monotonic()
    process.run([sys.executable, "-S", "-c", "import subprocess"], folder, b"", 10)
    alone = time.monotonic()

    ended = process.run([sys.executable, "-S", "-c", leaves], folder, b"", 10)

    assert len(ended.output) == 100_001
    assert int(ended.log)
    assert time.monotonic() - alone < alone - began + 1.5  # it was two seconds
