"""App process: an app that the rehearsal starts itself, waits for, and ends.

`[adapter] start` is a command that runs for as long as the app does, or one that leaves the app
running and ends with 0. `ready` is a URL that answers, or a command that ends with 0, once the app
can be used. `stop` is a command that ends it; without one it is asked to end, with all it started.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from harness.adapters import process
from harness.adapters.addresses import refuse_remote
from harness.adapters.bounded import MOST_LOG
from harness.adapters.call import last_line
from harness.adapters.spec import AdapterSpec, safe_url, words_of
from harness.config.config import Launch
from harness.contract.connection import Connection
from harness.errors import STARVED, AdapterError, AdapterMisconfigured

T = TypeVar("T")

_PAUSE = 0.1
_LEAVING = 5.0
"""Seconds in which an app that was asked to end may do so."""
_STOPPING = 30.0
"""Seconds for the command `stop`."""


@contextmanager
def running_app(
    launch: Launch,
    connection: Connection,
    *,
    directory: Path,
    timeout: float,
    allow_remote: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Iterator[RunningApp | None]:
    """The app runs while the context is open; nothing happens without a command to start it.

    It is given Clever's addresses and credentials as variables, as `serve` prints them, and those
    of `environment`. Raises
    AdapterMisconfigured for a command that cannot be run, AdapterError when the app is not ready in
    time or ends before, with all it wrote.
    """
    if not launch.start:
        yield None
        return
    _check(launch, allow_remote=allow_remote)
    _refuse_another(launch.ready)
    app = RunningApp(
        launch,
        directory,
        {**os.environ, **(environment or {}), **environment_of(connection)},
        timeout,
    )
    try:
        app.start()
        yield app
    finally:
        app.end()


def _check(launch: Launch, *, allow_remote: bool) -> None:
    """Raises for what cannot be asked or run; `stop` would say so only after the school year."""
    if _is_url(launch.ready):
        import httpx  # takes long to load

        try:
            host = httpx.URL(launch.ready).host
        except httpx.InvalidURL as error:
            raise AdapterMisconfigured(
                f"[adapter] ready is no URL: {error}",
                hint="Expected one like http://127.0.0.1:9000/.",
            ) from error
        if not allow_remote:
            refuse_remote(host, "[adapter] ready")
    if launch.stop:
        program = words_of(launch.stop, "[adapter] stop")[0]
        # One with a path may be written by the app, and is looked for when it is needed.
        if Path(program).name == program and not shutil.which(program):
            raise _not_run("stop", launch.stop, "there is no such program")


def _refuse_another(ready: str) -> None:
    """Raises AdapterError when an app is there already: it would be rehearsed in place of ours."""
    if _is_url(ready) and _answers(ready, 2.0):
        raise AdapterError(
            f"[adapter] start: something answers at {safe_url(ready)} before the app is started",
            hint="End what runs there, or have `stop` end what an earlier rehearsal left running.",
        )


def _answers(url: str, timeout: float) -> bool:
    import httpx

    with suppress(httpx.HTTPError):
        return not httpx.get(url, timeout=timeout, trust_env=False).is_server_error
    return False


def environment_of(connection: Connection) -> Mapping[str, str]:
    """What an app that reads its settings when it starts is told of Clever."""
    return {
        "CLEVER_API_URL": connection.api,
        "CLEVER_OAUTH_URL": connection.accounts,
        "CLEVER_CLIENT_ID": connection.client_id,
        "CLEVER_CLIENT_SECRET": connection.client_secret,
    }


class RunningApp:
    """The process behind `start`."""

    def __init__(
        self, launch: Launch, directory: Path, environment: Mapping[str, str], timeout: float
    ) -> None:
        """`timeout` is for the app to be ready, each time it is started."""
        self._launch, self._directory, self._environment = launch, directory, environment
        self._timeout = timeout
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it is ready; raises AdapterError."""
        # On a thread, which a Ctrl-C does not reach: between a process and the note of it that
        # would leave the process behind.
        with ThreadPoolExecutor(1) as thread:
            started = thread.submit(self._started)
            try:
                wait([started])
            finally:
                wait([started])
        app = started.result()
        assert app.stdout
        self._log = process.Reader(app.stdout, most=MOST_LOG, keeps_end=True)
        self._wait_until_ready(app)

    def _started(self) -> subprocess.Popen[bytes]:
        self._process = _opened(
            "start",
            self._launch.start,
            lambda words: subprocess.Popen(  # noqa: S603 - the vendor's own program
                words,
                cwd=self._directory,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            ),
        )
        return self._process

    @property
    def is_ours(self) -> bool:
        """Whether the app is the process that was started, and not what that left running."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """End the app and all it started, at once: nothing of it is asked."""
        if self._process is not None:
            process.kill_all(self._process)

    def start_again(self) -> None:
        """Start an app that was killed, and wait until it is ready; raises AdapterError.

        One that has outlived the kill, such as a container, is left as it is.
        """
        if _is_url(self._launch.ready) and _answers(self._launch.ready, 2.0):
            return
        self.start()

    def _wait_until_ready(self, started: subprocess.Popen[bytes]) -> None:
        timeout = self._timeout
        until = time.monotonic() + timeout
        while True:
            code = started.poll()
            if code:
                raise self._error(f"ended with {code} before the app was ready")
            if self._is_ready(until):
                return
            if time.monotonic() > until:
                raise self._error(f"was not ready within {timeout:g} seconds{self._missed()}")
            time.sleep(_PAUSE)

    def _is_ready(self, until: float) -> bool:
        ready = self._launch.ready
        rest = max(0.1, until - time.monotonic())
        if not ready:
            return True
        if not _is_url(ready):
            return self._ran("ready", ready, rest).code == 0
        return _answers(ready, min(rest, 5.0))

    def _missed(self) -> str:
        """What `ready` waited for."""
        ready = self._launch.ready
        if _is_url(ready):
            return f", since {safe_url(ready)} gave no answer below 500"
        return f", since {_name(ready)} did not end with 0"

    def _ran(self, what: str, command: str, timeout: float) -> process.Ended:
        return _opened(
            what,
            command,
            lambda words: process.run(words, self._directory, b"", timeout, self._environment),
        )

    def _error(self, what: str) -> AdapterError:
        self._log.thread.join(0.5)
        log = self._log.read.decode("utf-8", "replace")
        return AdapterError(
            f"[adapter] start: {_name(self._launch.start)} {what}{last_line(log)}",
            hint="Try the command in the adapter's folder, or give it more time: [timeouts] start.",
            log=log,
        )

    def end(self) -> None:
        """Run the command that stops it, then end whatever is left of what was started."""
        if self._process is None:
            return
        try:
            if self._launch.stop:
                self._ran("stop", self._launch.stop, _STOPPING)
        finally:
            process.end_all(self._process, _LEAVING)


def _opened(what: str, command: str, run: Callable[[Sequence[str]], T]) -> T:
    try:
        return run(words_of(command, f"[adapter] {what}"))
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) in STARVED:
            raise
        why = getattr(error, "strerror", None) or str(error)
        raise _not_run(what, command, why) from error


def _not_run(what: str, command: str, why: str) -> AdapterMisconfigured:
    return AdapterMisconfigured(
        f"[adapter] {what}: {_name(command)} cannot be run: {why}",
        hint="It is a program with its arguments, without a shell; `sh -c '...'` runs one.",
    )


def _name(command: str) -> str:
    """A command as messages show it."""
    return AdapterSpec(kind="command", target=command).name


def _is_url(text: str) -> bool:
    return text.startswith(("http://", "https://"))
