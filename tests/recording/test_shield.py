"""Ctrl-C at any instant leaves a recording that can be judged."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from recording.test_recording_file import entries, header

from harness.recording import writer
from harness.recording.reader import read
from harness.recording.shield import SHIELD, hear_signals

OURS = {writer.__file__, SHIELD.interrupt.__code__.co_filename}


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    known = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in known}
    hear_signals()
    yield
    SHIELD.forget()
    for number, handler in before.items():
        signal.signal(number, handler)


class Interrupts:
    """Sends a signal before one of the lines that the writer executes."""

    def __init__(self, line: int) -> None:
        self.left = line

    def __call__(self, frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename not in OURS or frame.f_code.co_name == "interrupt":
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                signal.raise_signal(signal.SIGINT)
        return self


def _record(path: Path, line: int) -> bool:
    """Record everything, interrupted before a line; whether there was such a line."""
    SHIELD.forget()
    trace = Interrupts(line)
    with writer.Writer(path, header()) as recording:
        before = sys.gettrace()
        sys.settrace(trace)
        try:
            for entry in entries():
                recording.add(entry)
        finally:
            sys.settrace(before)
    return trace.left <= 0


def test_no_interruption_tears_a_line(tmp_path: Path) -> None:
    path, number, held = tmp_path / "recording.json.gz", 0, set()
    reached = True
    while reached:
        number += 1
        with suppress(KeyboardInterrupt):
            reached = _record(path, number)
        recording = read(path)  # refuses a file whose lines and checksum disagree
        assert list(recording.entries) == list(entries())[: len(recording.entries)]
        held.add(len(recording.entries))

    assert number > 50
    assert len(held) == len(entries()) + 1


def test_an_interruption_waits_until_the_shield_is_left() -> None:
    done = []

    def written() -> None:
        with SHIELD:
            signal.raise_signal(signal.SIGTERM)
            done.append("the line")

    with pytest.raises(KeyboardInterrupt):
        written()

    assert done == ["the line"]


def test_a_signal_that_comes_twice_is_one(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)

    signal.raise_signal(signal.SIGINT)  # a terminal sends it to us, and our parent passes it on
