"""Diagnosis: one thing that was tried with an app, what came of it, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harness.errors import AdapterError, RosterreadyError
from harness.prose import counted


class State(StrEnum):
    """What a diagnosis means for a rehearsal."""

    FINE = "ok"
    NOTE = "note"  # nothing stops a rehearsal, but it will show less, or may take too long
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One line of the doctor's."""

    tried: str
    came: str
    do: str = ""
    state: State = State.FINE
    details: tuple[str, ...] = ()
    """Lines below it: all that is wrong with an answer, a table, the whole log of a program."""

    @classmethod
    def of(cls, tried: str, error: RosterreadyError, *, state: State = State.WRONG) -> Diagnosis:
        """What an error says; one of an adapter with every problem and its whole log."""
        came = error.message
        details: tuple[str, ...] = ()
        if isinstance(error, AdapterError):
            details = (*error.problems, *error.log.rstrip().splitlines())
            if error.problems:
                number = counted(len(error.problems), "problem")
                came = f"the answer does not fit its schema: {number}"
        return cls(tried=tried, came=came, do=error.hint, state=state, details=details)
