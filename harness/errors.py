"""The exceptions of this package. An app that misbehaves is never one of them: it is a finding.

RosterreadyError                 exit 2 unless a subclass says otherwise
├── UsageError                   a flag, a name or a path that cannot be used
├── DocumentError                a YAML, TOML or JSON file with a wrong key or value
│   └── PlanError                a scenario or edge case that cannot be compiled
├── AdapterError         exit 3  the adapter cannot drive or read the app
│   ├── AdapterMisconfigured  2  the configuration names no adapter that could be asked
│   ├── AppUnreachable   exit 3  nothing answers where the configuration says the app is
│   └── SnapshotInvalid  exit 3  the snapshot does not match its schema
├── RecordingError               a recording that is truncated, altered or in another format
├── SimulatorError       exit 3  the simulated Clever could not start or serve
│   └── SimulatorMisconfigured 2 it cannot be served where or how it is to be
├── SuiteError           exit 3  the scenarios could not be run over a recording
└── OutputError          exit 3  a report could not be written
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

STARVED = frozenset(
    (
        *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN),
    )
)
"""Errors of a machine that has no more of something: nothing a user wrote is wrong."""


class RosterreadyError(Exception):
    """Any problem a user can act on; `hint` says how."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        message, hint = (text.encode("utf-8", "replace").decode() for text in (message, hint))
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(RosterreadyError):
    """A flag, a name or a path that cannot be used."""


class DocumentError(RosterreadyError):
    """A file with a wrong key or value; the message begins with the place, `file:line`."""

    def __init__(
        self, message: str, *, file: Path | str = "", line: int = 0, key: str = "", hint: str = ""
    ) -> None:
        place = f"{file}:{line}" if line else str(file)
        where = " ".join(part for part in (place, f"at {key}" if key else "") if part)
        super().__init__(f"{where}: {message}" if where else message, hint=hint)
        self.file, self.line, self.key = file, line, key


class PlanError(DocumentError):
    """A scenario or an edge case that cannot be compiled into a plan."""


class AdapterError(RosterreadyError):
    """The adapter cannot drive or read the app at all."""

    exit_code = 3

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        problem: str = "",
        problems: Sequence[str] = (),
        log: str = "",
    ) -> None:
        """`problem` is the message without the names of adapter and district.

        `problems` are all that is wrong with an answer, `log` is all the adapter wrote about it.
        """
        super().__init__(message, hint=hint)
        self.problem = problem or message
        self.problems, self.log = tuple(problems), log


class AdapterMisconfigured(AdapterError):  # noqa: N818 - says what is, reads better than ...Error
    """The configuration names a module, program or URL that is none: nothing was asked of it."""

    exit_code = 2


class AppUnreachable(AdapterError):  # noqa: N818 - says what is, reads better than ...Error
    """Nothing answers where the configuration says the app is."""


class SnapshotInvalid(AdapterError):  # noqa: N818
    """The snapshot does not match its schema."""


class RecordingError(RosterreadyError):
    """A recording that cannot be judged: truncated, altered, or in another format."""


class SimulatorError(RosterreadyError):
    """The simulated Clever could not start or serve."""

    exit_code = 3


class SimulatorMisconfigured(SimulatorError):  # noqa: N818 - as AdapterMisconfigured
    """The simulated Clever cannot be served where or how it is to be; nothing was sent."""

    exit_code = 2


class SuiteError(RosterreadyError):
    """The scenarios could not be run over a recording at all."""

    exit_code = 3


class OutputError(RosterreadyError):
    """A report or a recording could not be written."""

    exit_code = 3
