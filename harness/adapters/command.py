"""`command:PROGRAM`: a program of the vendor's, run once per call.

It reads one JSON object on stdin (`{"call": "sync", "connection": {...}, "mode": "full"}`), writes
its answer as JSON on stdout and whatever it likes on stderr. Secrets are never on its command line.
The first call is `describe`, without a connection: `{"contract": 1, "capabilities": []}`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from subprocess import Popen

import orjson

from harness.adapters import process
from harness.adapters.bounded import too_large
from harness.adapters.call import Call, CallFailed, CallTimedOut, Description, last_line
from harness.adapters.decoding import description_from
from harness.adapters.plain_answer import from_json
from harness.adapters.spec import AdapterSpec, words_of
from harness.errors import STARVED, AdapterError, AdapterMisconfigured

_SILENT = ("connect", "finish_lesson", "edit", "restart", "renew_token", "kill")
"""Calls that answer nothing."""


class CommandChannel:
    """Runs one program per call, in the vendor's folder."""

    def __init__(
        self, target: str, directory: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        """Take the command apart as a shell would; raises AdapterMisconfigured.

        `environment` is what the program is given besides ours.
        """
        self._words, self._directory = words_of(target), directory
        self._environment = environment or {}
        self._name = AdapterSpec(kind="command", target=target).name
        self._running: Popen[bytes] | None = None
        """The process of the call that has not returned."""

    def describe(self, timeout: float) -> Description:
        """Ask the program what it can do; raises AdapterError."""
        try:
            return description_from(self._answer("describe", {"call": "describe"}, timeout))
        except CallFailed as broken:
            log = broken.log
            problem = f"{self._name}: describe {broken.problem}{last_line(log)}"
        except CallTimedOut as late:
            problem = f"gave no answer within {timeout:g} seconds"
            log = late.log
            problem = f"{self._name}: describe {problem}{last_line(log)}"
        raise AdapterError(
            problem,
            hint='It has to answer {"call": "describe"} with {"contract": 1, "capabilities": []}.',
            log=log,
        )

    def call(self, call: Call, timeout: float) -> object:
        """What the program answers; raises CallFailed, CallTimedOut or AdapterError."""
        return self._answer(call.name, call.document, timeout)

    def run(self, call: Call, timeout: float, variables: Mapping[str, str]) -> bytes:
        """What the program writes when it is also given variables; raises as `call` does."""
        return self._run(call.name, orjson.dumps(call.document), timeout, variables).output

    def beside(self, call: Call, timeout: float) -> object:
        """The same while another call runs, in a process of its own."""
        return self._answer(call.name, call.document, timeout, beside=True)

    def runs_in_a_process(self, name: str) -> bool:
        """Every call does."""
        return True

    def kill_call(self) -> None:
        """Kill the program of the call that has not returned, with all it started."""
        if self._running is not None:
            process.kill_all(self._running)

    def close(self) -> None:
        """Nothing runs between calls."""

    def _answer(
        self, name: str, request: Mapping[str, object], timeout: float, *, beside: bool = False
    ) -> object:
        ended = self._run(name, orjson.dumps(request), timeout, beside=beside)
        output = ended.output
        if not output.strip() and name in _SILENT:
            return None
        try:
            return from_json(output)
        except orjson.JSONDecodeError as error:
            shown = output[:60].decode("utf-8", "replace").strip()
            said = repr(shown) if shown else "nothing"
            problem = f"{name} wrote {said} on stdout, expected one JSON document"
            raise AdapterError(
                f"{self._name}: {problem}",
                problem=problem,
                hint="Write logs on stderr; stdout is for the answer alone.",
                log=ended.log.decode("utf-8", "replace"),
            ) from error

    def _run(
        self,
        name: str,
        request: bytes,
        timeout: float,
        variables: Mapping[str, str] | None = None,
        *,
        beside: bool = False,
    ) -> process.Ended:
        environment = {**os.environ, **self._environment, **(variables or {})}

        def note(running: Popen[bytes] | None) -> None:
            if not beside:
                self._running = running

        try:
            ended = process.run(
                self._words, self._directory, request, timeout, environment, started=note
            )
        except (OSError, ValueError) as error:
            if getattr(error, "errno", None) in STARVED:
                raise
            raise AdapterMisconfigured(
                f"{self._name} cannot be run in {self._directory}: "
                f"{getattr(error, 'strerror', None) or error}",
                hint="Check the program's name, that it may be executed, and its first line.",
            ) from error
        finally:
            note(None)
        log = ended.log.decode("utf-8", "replace")
        if ended.overflowed:
            raise too_large(f"{self._name}: {name}")
        if ended.code is None:
            raise CallTimedOut(log=log)
        if ended.code != 0:
            raise CallFailed(_exit(ended.code), log=log)
        return ended


def _exit(code: int) -> str:
    return f"exited with {code}" if code > 0 else f"was ended by signal {-code}"
