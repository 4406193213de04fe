"""Shield: Ctrl-C waits while a line is written, so that no recording is torn.

The handler in this module is the one the command line installs. Elsewhere Python's own stays, and
then a line can be torn as any other.
"""

from __future__ import annotations

import signal
import time
from types import TracebackType

_AGAIN = 1.0
"""Seconds in which another signal is the same wish: a terminal and our parent may both send it."""


class Shield:
    """Holds an interruption back while it is entered; it may be entered again within."""

    def __init__(self) -> None:
        self._depth = 0
        self._late = False
        self._last = -_AGAIN

    def __enter__(self) -> None:
        self._depth += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._late and not self._depth and error is None:
            self._late = False
            raise KeyboardInterrupt

    def interrupt(self, number: int, _: object) -> None:
        """The signal handler; raises KeyboardInterrupt now, or when the shield is left."""
        now = time.monotonic()
        if now - self._last < _AGAIN:
            return
        self._last = now
        if self._depth:
            self._late = True
        else:
            raise KeyboardInterrupt

    def forget(self) -> None:
        """The last signal was lost on its way: the next one counts, however soon it comes."""
        self._last = -_AGAIN


SHIELD = Shield()
"""The one of this process: signals belong to processes."""


def hear_signals() -> None:
    """From now on Ctrl-C and SIGTERM interrupt, and what must stay whole is shielded from both."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is None or (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):
            continue  # `nohup` means it
        signal.signal(number, SHIELD.interrupt)
