"""Mistakes with answers that fail, in an app that shares no code with the demo."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from variants.trellis import Trellis
from variants.trellis_growth import Unreadable, Wire

from harness.demo.registry import mutant


@mutant(
    "asks-once",
    sees="one failed request, and nothing grows that night",
    mistake="ends the sync at the first request that fails in any way",
    cause="gives-up-at-once",
    breaks={"T2"},
)
class AsksOnce(Trellis):
    """There is another sync tomorrow."""

    class wire(Wire):
        def wait(self, seconds: float) -> None:
            raise Unreadable("a request failed, and the rest waits until tomorrow")
