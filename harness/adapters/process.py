"""Process: one run of a program, bounded in time as a whole and in what it may write."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from threading import Thread
from typing import IO

from harness.adapters.bounded import MOST_BYTES, MOST_LOG

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


def run(words: Sequence[str], directory: Path, given: bytes, timeout: float) -> Ended:
    """Run a program over what it is given on stdin; raises OSError or ValueError if it cannot be.

    What it started may outlive it, as an app that it starts again does, unless it is ended here.
    """
    # A session of its own, so that whatever it starts can be ended with it.
    process = Popen(  # noqa: S603 - running the vendor's program is what was asked for
        words, cwd=directory, stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    output = _Reader(process.stdout, most=MOST_BYTES)
    log = _Reader(process.stderr, most=MOST_LOG, keeps_end=True)
    Thread(target=_feed, args=(process.stdin, given), daemon=True).start()
    code: int | None = None
    try:
        code = _waited(process, timeout, output)
    finally:
        if code is None:
            _kill(process)
    for reader in (output, log):
        reader.thread.join(_LAST_WORDS)
    return Ended(code=code, output=output.read, log=log.read, overflowed=output.overflowed)


def _waited(process: Popen[bytes], timeout: float, output: _Reader) -> int | None:
    """The exit code once it has ended; None when it is late, or has written too much."""
    until = time.monotonic() + timeout
    while not output.overflowed and (rest := until - time.monotonic()) > 0:
        with suppress(TimeoutExpired):
            return process.wait(min(rest, 0.2))
    return None


class _Reader:
    """Reads one stream of a program on a thread, so that it never waits for us."""

    def __init__(self, stream: IO[bytes], *, most: int, keeps_end: bool = False) -> None:
        self._stream, self._most, self._keeps_end = stream, most, keeps_end
        self._kept = bytearray()
        self.overflowed = False
        self.thread = Thread(target=self._work, daemon=True)
        self.thread.start()

    @property
    def read(self) -> bytes:
        return bytes(self._kept)

    def _work(self) -> None:
        with suppress(OSError, ValueError), self._stream as stream:
            while part := os.read(stream.fileno(), 1 << 16):
                if not self.overflowed:
                    self._kept += part
                if len(self._kept) > self._most:
                    if self._keeps_end:
                        del self._kept[: -self._most]
                    else:
                        self.overflowed = True


def _feed(stream: IO[bytes], given: bytes) -> None:
    with suppress(OSError), stream:  # a program need not read what it is given
        stream.write(given)


def _kill(process: Popen[bytes]) -> None:
    """End a program and all it started."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        pass
    with suppress(TimeoutExpired):
        process.wait(5)
