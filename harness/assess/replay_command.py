"""Replay command: what to type to play one edge case again, as it was played in a recording."""

from __future__ import annotations

import shlex
from typing import Protocol

from harness.contract.sync import Mode


class Played(Protocol):
    """What made a rehearsal what it was: the header of a recording, or the run in its results."""

    @property
    def config(self) -> str: ...
    @property
    def adapter(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def salt(self) -> str: ...


def replay_command(played: Played, edge_case: str) -> str:
    """The command, with the app, the configuration, the seed and the salt of the rehearsal."""
    options = {
        "--config": played.config,
        "--adapter": played.adapter,
        "--mode": "" if played.mode == Mode.FULL else str(played.mode),
        "--seed": str(played.seed),
        "--salt": played.salt,
    }
    given = [word for name, value in options.items() if value for word in (name, value)]
    return shlex.join(["rosterready", "replay", edge_case, *given])
