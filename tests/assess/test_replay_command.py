"""The command that repeats an edge case names whatever made the run what it was."""

from __future__ import annotations

from dataclasses import replace

from suite.year_of_trouble import HEADER

from harness.assess.replay_command import replay_command
from harness.contract.sync import Mode

RUN = replace(HEADER, adapter="command:python3 a.py", seed=4, salt="ab", mode=Mode.FULL)


def test_app_seed_and_salt_are_named_and_ready_to_paste() -> None:
    assert replay_command(RUN, "moves") == (
        "rosterready replay moves --adapter 'command:python3 a.py' --seed 4 --salt ab"
    )


def test_a_configuration_and_an_unusual_mode_are_named_too() -> None:
    command = replay_command(replace(RUN, config="vendor.toml", mode=Mode.EVENTS), "moves")

    assert "--config vendor.toml --adapter " in command
    assert "--mode events" in command
