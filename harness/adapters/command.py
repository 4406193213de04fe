"""`command:PROGRAM`: a program of the vendor's, run once per call.

It reads one JSON object on stdin (`{"call": "sync", "connection": {...}, "mode": "full"}`), writes
its answer as JSON on stdout and whatever it likes on stderr. Secrets are never on its command line.
The first call is `describe`, without a connection: `{"contract": 1, "capabilities": []}`.
"""

from __future__ import annotations

import os
import shlex
import signal
from collections.abc import Mapping
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired

import orjson

from harness.adapters.call import Call, CallFailed, CallTimedOut, Description, tail
from harness.adapters.decoding import description_from
from harness.errors import AdapterError

_SILENT = ("connect", "finish_lesson", "edit", "restart")  # calls whose answer says nothing


class CommandChannel:
    """Runs one program per call, in the vendor's folder."""

    def __init__(self, target: str, directory: Path) -> None:
        """Take the command apart as a shell would; raises AdapterError."""
        self._name, self._directory = f"command:{target}", directory
        try:
            self._argv = shlex.split(target)
        except ValueError as error:
            raise AdapterError(f"{self._name} cannot be taken apart: {error}") from error

    def describe(self, timeout: float) -> Description:
        """Ask the program what it can do; raises AdapterError."""
        try:
            return description_from(self._answer("describe", {"call": "describe"}, timeout))
        except CallFailed as broken:
            problem = f"{self._name}: describe {broken.problem}"
        except CallTimedOut:
            problem = f"{self._name}: describe gave no answer within {timeout:g} seconds"
        raise AdapterError(
            problem,
            hint='It has to answer {"call": "describe"} with {"contract": 1, "capabilities": []}.',
        )

    def call(self, call: Call, timeout: float) -> object:
        """What the program answers; raises CallFailed, CallTimedOut or AdapterError."""
        return self._answer(call.name, call.document, timeout)

    def close(self) -> None:
        """Nothing runs between calls."""

    def _answer(self, name: str, request: Mapping[str, object], timeout: float) -> object:
        output = self._run(orjson.dumps(request), timeout)
        if not output.strip() and name in _SILENT:
            return None
        try:
            return orjson.loads(output)
        except orjson.JSONDecodeError as error:
            shown = output[:60].decode("utf-8", "replace").strip() or "nothing"
            problem = f"{name} wrote {shown!r} on stdout, expected one JSON document"
            raise AdapterError(
                f"{self._name}: {problem}",
                problem=problem,
                hint="Write logs on stderr; stdout is for the answer alone.",
            ) from error

    def _run(self, request: bytes, timeout: float) -> bytes:
        process = self._start()
        try:
            output, log = process.communicate(request, timeout)
        except TimeoutExpired:
            raise CallTimedOut(log=_text(_killed(process))) from None
        except BaseException:
            _killed(process)
            raise
        if process.returncode != 0:
            raise CallFailed(_exit(process.returncode), log=_text(log))
        return output

    def _start(self) -> Popen[bytes]:
        try:
            # A session of its own, so that whatever it starts can be ended with it.
            return Popen(  # noqa: S603 - running the vendor's program is what was asked for
                self._argv,
                cwd=self._directory,
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise AdapterError(
                f"{self._name} cannot be run in {self._directory}: {error.strerror or error}",
                hint="Check the program's name, that it may be executed, and its first line.",
            ) from error


def _killed(process: Popen[bytes]) -> bytes:
    """End the program and all it started; what it wrote on stderr."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        pass
    try:
        return process.communicate(timeout=5)[1] or b""
    except TimeoutExpired:  # something it started left the session and holds the pipes
        return b""


def _exit(code: int) -> str:
    return f"exited with {code}" if code > 0 else f"was ended by signal {-code}"


def _text(log: bytes) -> str:
    return tail(log.decode("utf-8", "replace"))
