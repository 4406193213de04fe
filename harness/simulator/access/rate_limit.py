"""The rate limit: 1,200 requests a minute per bearer token, in fixed windows."""

from __future__ import annotations

from dataclasses import dataclass

from harness.simulator.http.message import Header

REQUESTS_PER_WINDOW = 1200
WINDOW_SECONDS = 60
_MAX_WINDOWS = 4096
_BUCKET: Header = (b"x-ratelimit-bucket", b"bearer")
_LIMIT: Header = (b"x-ratelimit-limit", b"%d" % REQUESTS_PER_WINDOW)


@dataclass(slots=True)
class RateLimitWindow:
    """One token's current minute; `reset` is Unix seconds."""

    reset: int
    used: int = 0

    @property
    def exceeded(self) -> bool:
        return self.used > REQUESTS_PER_WINDOW

    def headers(self) -> list[Header]:
        """The four headers on every answer of the API host."""
        return [
            _BUCKET,
            _LIMIT,
            (b"x-ratelimit-remaining", b"%d" % max(0, REQUESTS_PER_WINDOW - self.used)),
            (b"x-ratelimit-reset", b"%d" % self.reset),
        ]


class RateLimit:
    """The windows of all tokens seen lately, valid or not."""

    def __init__(self) -> None:
        self._windows: dict[str, RateLimitWindow] = {}

    def take(self, bearer: str, now: float) -> RateLimitWindow:
        """Counts one request against a bearer's window, opening a new one when the old is over."""
        window = self._windows.get(bearer)
        if window is None or now >= window.reset:
            if len(self._windows) >= _MAX_WINDOWS:
                self._forget(now)
            window = self._windows[bearer] = RateLimitWindow(reset=int(now) + WINDOW_SECONDS)
        window.used += 1
        return window

    def reset(self) -> None:
        """Gives every token a full budget again."""
        self._windows = {}

    def _forget(self, now: float) -> None:
        live = {bearer: window for bearer, window in self._windows.items() if now < window.reset}
        # Invented tokens must not grow this without bound: when all are live, all start anew.
        self._windows = live if len(live) < _MAX_WINDOWS else {}
