"""Process: one run of a program, bounded in time as a whole and in what it may write."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from threading import Event, Thread
from typing import IO

from harness.adapters.bounded import MOST_BYTES, MOST_LOG

_MOMENT = 50
"""Milliseconds between two looks at whether a program that writes nothing has ended."""
_LAST_WORDS = 1.0
"""Seconds for what a program has written to arrive once it has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a program ended, and what it wrote until then."""

    code: int | None
    """None: it did not end in time, and was ended."""
    output: bytes
    log: bytes
    overflowed: bool
    """Whether it wrote more on stdout than any answer should be, and was ended for that."""


def run(
    words: Sequence[str],
    directory: Path,
    given: bytes,
    timeout: float,
    environment: Mapping[str, str] | None = None,
    *,
    started: Callable[[Popen[bytes]], None] = lambda _: None,
) -> Ended:
    """Run a program over what it is given on stdin; raises OSError or ValueError if it cannot be.

    What it started may outlive it, as an app that it starts again does, unless it is ended here.
    `started` is told of the process as soon as it runs.
    """
    # A session of its own, so that whatever it starts can be ended with it.
    process = Popen(  # noqa: S603 - running the vendor's program is what was asked for
        words,
        cwd=directory,
        env=environment,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        start_new_session=True,
    )
    started(process)
    assert process.stdin
    assert process.stdout
    assert process.stderr
    output = Reader(process.stdout, most=MOST_BYTES)
    log = Reader(process.stderr, most=MOST_LOG, keeps_end=True)
    Thread(target=_feed, args=(process.stdin, given), daemon=True).start()
    code: int | None = None
    try:
        code = _waited(process, timeout, output)
    finally:
        if code is None:
            kill_all(process)
    for reader in (output, log):
        reader.finish(_LAST_WORDS)
    return Ended(code=code, output=output.read, log=log.read, overflowed=output.overflowed)


def _waited(process: Popen[bytes], timeout: float, output: Reader) -> int | None:
    """The exit code once it has ended; None when it is late, or has written too much."""
    until = time.monotonic() + timeout
    while not output.overflowed and (rest := until - time.monotonic()) > 0:
        with suppress(TimeoutExpired):
            return process.wait(min(rest, 0.2))
    return None


class Reader:
    """Reads one stream of a program on a thread, so that it never waits for us.

    What the program started may hold the stream open and write on: that is read, and dropped.
    """

    def __init__(self, stream: IO[bytes], *, most: int, keeps_end: bool = False) -> None:
        self._stream, self._most, self._keeps_end = stream, most, keeps_end
        self._kept = bytearray()
        self.overflowed = False
        self._ended, self._quiet = Event(), Event()
        self.thread = Thread(target=self._work, daemon=True)
        self.thread.start()

    @property
    def read(self) -> bytes:
        return bytes(self._kept)

    def finish(self, seconds: float) -> None:
        """The program has ended: wait, not for long, until all it wrote has been read."""
        self._ended.set()
        self._quiet.wait(seconds)

    def _work(self) -> None:
        try:
            with suppress(OSError, ValueError), self._stream as stream:
                self._read_all(stream.fileno())
        finally:
            self._quiet.set()

    def _read_all(self, number: int) -> None:
        while True:
            while not (self._quiet.is_set() or _waits(number)):
                if self._ended.is_set():
                    self._quiet.set()
            if not (part := os.read(number, 1 << 16)):
                return
            if not self._quiet.is_set():
                if not self.overflowed:
                    self._kept += part
                if len(self._kept) > self._most:
                    if self._keeps_end:
                        del self._kept[: -self._most]
                    else:
                        self.overflowed = True


def _waits(number: int) -> bool:
    """Whether there is something to read, or the stream has ended; False after a moment."""
    if not hasattr(select, "poll"):  # Windows: nobody can say, and reading waits
        return True
    waiting = select.poll()
    waiting.register(number, select.POLLIN)
    return bool(waiting.poll(_MOMENT))


def _feed(stream: IO[bytes], given: bytes) -> None:
    with suppress(OSError), stream:  # a program need not read what it is given
        stream.write(given)


def end_all(process: Popen[bytes], leaving: float) -> None:
    """Ask a program and all it started to end, and end what has not after so many seconds."""
    until = time.monotonic() + leaving
    with suppress(ProcessLookupError):
        if not hasattr(os, "killpg"):
            process.terminate()
        else:
            os.killpg(process.pid, signal.SIGTERM)
            while time.monotonic() < until:
                process.poll()
                os.killpg(process.pid, 0)
                time.sleep(0.02)
    kill_all(process)


def kill_all(process: Popen[bytes]) -> None:
    """End a program and all it started, at once: neither is asked."""
    with suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with suppress(TimeoutExpired):
        process.wait(5)
