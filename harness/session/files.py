"""Files: where the recording of a rehearsal is, and reading it back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from harness.errors import RosterreadyError
from harness.recording.reader import read, read_cut_off
from harness.recording.recording import Recording
from harness.recording.writer import write

RECORDING = "recording.json.gz"


def load_recording(path: Path) -> Recording:
    """A recording by its file or by the folder of a rehearsal; raises RecordingError."""
    return read(path / RECORDING if path.is_dir() else path)


def interrupted(folder: Path) -> Recording | None:
    """What was gathered before an interruption, if anything was."""
    with suppress(RosterreadyError):
        return load_recording(folder)
    return None


def rescued(folder: Path, why: str) -> Recording | None:
    """What a recording holds that nobody could finish, and its file with it; None if it is nothing.

    Where the file cannot be finished either, it stays as it is, and judging it is refused.
    """
    file = folder / RECORDING
    with suppress(RosterreadyError):
        return load_recording(file)
    with suppress(RosterreadyError, OSError):
        recording = read_cut_off(file, f"stopped: {why}")
        if recording is not None:
            _finish(recording, file)
        return recording
    return None


def _finish(recording: Recording, file: Path) -> None:
    part = file.with_name(f".{file.name}.part")
    try:
        with suppress(RosterreadyError):
            write(recording, part)
            part.replace(file)
    finally:
        part.unlink(missing_ok=True)
