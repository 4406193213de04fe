"""Reading a recording: it is refused unless it is whole, ours, of this format and unaltered.

The checksum guards against accidents and careless edits, not against forgers.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import orjson

from harness.contract.decode import ShapeError, from_dict
from harness.documents.content import content_of
from harness.errors import STARVED, RecordingError
from harness.recording.former_plans import with_acts_of_today
from harness.recording.lines import MARK, Lines
from harness.recording.recording import FORMAT, Entry, Header, Recording

MOST_BYTES = 512 << 20
"""Of a recording when it is unpacked: many times those of large apps."""
RECORD_AGAIN = "Record it again with `rosterready certify`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """The last line: what must have come before it."""

    entries: dict[str, int]
    ended: str
    seconds: float
    sha256: str


def read(path: Path) -> Recording:
    """The recording in a file; raises RecordingError with file, line and what to do."""
    lines, whole = _lines(path)
    _check_format(path, lines)
    footer = _footer(path, lines) if whole else None
    if footer is None:
        raise _refusal(path, len(lines), "the file ends without a footer: it was cut off")
    _check_sum(path, lines, footer)
    header = _header(path, lines[0])
    known = Lines()
    entries = _entries(path, lines[1:-1], known)
    if known.counts != footer.entries:
        problem = f"found entries {dict(known.counts)}, expected {footer.entries}"
        raise _refusal(path, len(lines), problem)
    return Recording(header=header, entries=entries, ended=footer.ended, seconds=footer.seconds)


def read_header(path: Path) -> Header:
    """The circumstances alone, which the first line has; raises RecordingError."""
    try:
        with gzip.open(path) as opened:
            line = opened.readline(MOST_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        raise _refusal(path, 1, f"cannot be read: {error}") from error
    _check_format(path, [line])
    return _header(path, line)


def read_cut_off(path: Path, ended: str) -> Recording | None:
    """What a recording without a footer holds up to where it was cut off; None if it is nothing.

    `ended` says why it has none. Raises RecordingError when the file is no recording at all.
    """
    lines, _ = _lines(path)
    lines = [line for line in lines if line.endswith(b"\n")]
    if not lines:
        return None
    _check_format(path, lines)
    header, known = _header(path, lines[0]), Lines()
    entries: list[Entry] = []
    with suppress(ShapeError, orjson.JSONDecodeError):  # the line where it was cut off
        for line in lines[1:]:
            entries.append(known.load(line))
    return Recording(header=header, entries=tuple(entries), ended=ended, seconds=0.0)


def _lines(path: Path) -> tuple[list[bytes], bool]:
    """The lines as far as they can be unpacked, and whether the end of the data was reached."""
    try:
        packed = content_of(path, MOST_BYTES)
    except OSError as error:
        if error.errno in STARVED:
            raise
        raise RecordingError(
            f"{path}: cannot be read ({error.strerror}), expected a recording",
            hint="Give the path of a recording.json.gz that `rosterready certify` wrote.",
        ) from error
    unpacker = zlib.decompressobj(wbits=31)  # 31: gzip, with its own header and checksum
    try:
        text = unpacker.decompress(packed, MOST_BYTES)
    except zlib.error as error:
        problem = "damaged or no gzip data, expected a recording.json.gz"
        raise _refusal(path, 1, f"found {problem} ({error})") from error
    if unpacker.unconsumed_tail:
        problem = f"found more than {MOST_BYTES >> 20} MB when unpacked, expected less"
        raise _refusal(path, 1, problem)
    if unpacker.unused_data:
        raise _refusal(path, text.count(b"\n") + 1, "found data after the end of the recording")
    return text.splitlines(keepends=True), unpacker.eof


def _check_format(path: Path, lines: list[bytes]) -> None:
    """Raise unless the first line says it is a recording of our format."""
    try:
        format = orjson.loads(lines[0])[MARK] if lines else FORMAT
    except (orjson.JSONDecodeError, KeyError, TypeError):
        problem = f"found no header with {MARK!r}, expected a recording of rosterready"
        raise _refusal(path, 1, problem) from None
    if format != FORMAT:
        raise RecordingError(
            f"{path}:1: found a recording of format {format}, expected format {FORMAT}",
            hint="Judge it with the version of rosterready that recorded it, or a later one.",
        )


def _footer(path: Path, lines: list[bytes]) -> Footer | None:
    """The footer, or None when the last line is another one or not whole."""
    try:
        last = orjson.loads(lines[-1])
    except (orjson.JSONDecodeError, IndexError):
        return None
    if not isinstance(last, dict) or "footer" not in last:
        return None
    try:
        return from_dict(Footer, last["footer"])
    except ShapeError as error:
        raise _refusal(path, len(lines), f"found a footer that cannot be read: {error}") from error


def _check_sum(path: Path, lines: list[bytes], footer: Footer) -> None:
    checksum = hashlib.sha256(b"".join(lines[:-1])).hexdigest()
    if checksum != footer.sha256:
        problem = f"found checksum {checksum[:12]}, expected {footer.sha256[:12]}"
        raise _refusal(path, len(lines), f"{problem}: the file was altered after it was recorded")


def _header(path: Path, line: bytes) -> Header:
    try:
        return from_dict(Header, with_acts_of_today(orjson.loads(line).get("header")))
    except ShapeError as error:
        raise _refusal(path, 1, f"header: {error}") from error


def _entries(path: Path, lines: list[bytes], known: Lines) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    try:
        for line in lines:
            entries.append(known.load(line))
    except (ShapeError, orjson.JSONDecodeError) as error:
        raise _refusal(path, len(entries) + 2, str(error)) from error
    return tuple(entries)


def _refusal(path: Path, line: int, problem: str) -> RecordingError:
    return RecordingError(f"{path}:{max(line, 1)}: {problem}", hint=RECORD_AGAIN)
