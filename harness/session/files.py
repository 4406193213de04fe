"""Files: where the recording of a rehearsal is, and reading it back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from harness.recording.reader import read
from harness.recording.recording import Recording

RECORDING = "recording.json.gz"


def load_recording(path: Path) -> Recording:
    """A recording by its file or by the folder of a rehearsal; raises RecordingError."""
    return read(path / RECORDING if path.is_dir() else path)


def interrupted(folder: Path) -> Recording | None:
    """What was gathered before an interruption, if anything was."""
    with suppress(Exception):
        return load_recording(folder)
    return None
