"""Replay command: what to type to play one edge case again, as it was played in a recording."""

from __future__ import annotations

import shlex

from harness.contract.sync import Mode
from harness.recording.recording import Header


def replay_command(header: Header, edge_case: str) -> str:
    """The command, with the app, the configuration, the seed and the salt of the recording."""
    options = {
        "--config": header.config,
        "--adapter": header.adapter,
        "--mode": "" if header.mode is Mode.FULL else header.mode.value,
        "--seed": str(header.seed),
        "--salt": header.salt,
    }
    given = [word for name, value in options.items() if value for word in (name, value)]
    return shlex.join(["rosterready", "replay", edge_case, *given])
