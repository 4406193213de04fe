"""The door to the control API: requests under its prefix load it, all others go on to Clever."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from harness.simulator.http.message import Request, Response

PREFIX = "/_rosterready"
Handler = Callable[[Request], Response]


class ControlDoor:
    """Stands before a Clever; `load` returns what answers, once the first request is for it."""

    def __init__(self, load: Callable[[], Handler]) -> None:
        self._load = load

    @cached_property
    def _control(self) -> Handler:
        return self._load()

    def before(self, clever: Handler) -> Handler:
        """Answers what is under the prefix here, and leaves the rest to Clever."""

        def handle(request: Request) -> Response:
            if request.path.startswith(PREFIX):
                return self._control(request)
            return clever(request)

        return handle
