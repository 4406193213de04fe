"""Endings: what ends a scenario before its last step, in a Given or a When."""

from __future__ import annotations

from collections.abc import Sequence

# The class behind `pytest.fail`, typed: it is the cheap way to end a test, without a traceback.
from _pytest.outcomes import Failed

from harness.assess.findings import Finding


class BlockedError(Failed):
    """A Given or When that does not hold; `needs` are differences that other checks report."""

    def __init__(self, reason: str, needs: Sequence[Finding] = ()) -> None:
        super().__init__(reason, pytrace=False)
        self.reason, self.needs = reason, tuple(needs)


class NotApplicableError(Failed):
    """What a scenario is about cannot arise: by a declaration, or the fault hit no request."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, pytrace=False)
        self.reason = reason


class ManualError(Failed):
    """A Given that only a person can tell, since the adapter does not offer to show it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, pytrace=False)
        self.reason = reason


class AdapterSilentError(Failed):
    """The adapter cannot do what a scenario needs, and no declaration says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, pytrace=False)
        self.reason = reason


class RunInterruptedError(Failed):
    """The rehearsal itself stopped: no verdict, and whose fault it is."""

    def __init__(self, reason: str, fault: str) -> None:
        super().__init__(reason, pytrace=False)
        self.reason, self.fault = reason, fault
