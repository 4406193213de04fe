"""Writer: puts a recording on disk entry by entry, so that nothing is lost when an app dies."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson

from harness.contract.decode import from_dict
from harness.errors import OutputError
from harness.recording.lines import MARK, Lines, dump
from harness.recording.recording import FORMAT, Entry, Header, LoggedRequest, Published, Recording
from harness.recording.redaction import Secrets
from harness.recording.shield import SHIELD

COMPLETED = "completed"
INTERRUPTED = "interrupted"


class Writer:
    """Writes a recording as it happens; secrets are taken out before anything is kept."""

    def __init__(self, path: Path, header: Header, *, secrets: Secrets | None = None) -> None:
        """Begin the file, parent folders included; raises OutputError."""
        self.path = path
        self._secrets = secrets or Secrets()
        self._header = self._without_secrets(header)
        self._entries: list[Entry] = []
        self._lines = Lines()
        self._digest = hashlib.sha256()
        self._closed: Recording | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._raw = path.open("wb")
        except OSError as error:
            raise _unwritable(path, error) from error
        # No time and no name in the gzip header: equal recordings are equal bytes.
        self._file = gzip.GzipFile("", "wb", compresslevel=1, fileobj=self._raw, mtime=0)
        self._put(dump({MARK: FORMAT, "header": self._header}), flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if kind is None:
            self.close(COMPLETED)
        else:
            self.close(INTERRUPTED if kind is KeyboardInterrupt else f"stopped: {error}")

    def conceal(self, *secrets: str, client_id: str = "") -> None:
        """Take these out of whatever is added from now on, in every form an app might log."""
        self._secrets = self._secrets.knowing(*secrets, client_id=client_id)

    def add(self, entry: Entry) -> None:
        """Append one entry; all but requests are on disk when this returns."""
        with SHIELD:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        entry = self._secrets.clean(entry)
        line = self._lines.dump(entry)
        # What Clever shares is made here and holds no secret; what the app says may.
        if not isinstance(entry, Published) and self._secrets.found_in(line):
            line = self._secrets.scrub(line)
            entry = Lines().load(line)
        self._put(line, flush=not isinstance(entry, LoggedRequest))
        self._entries.append(entry)

    def close(self, ended: str, seconds: float = 0.0) -> Recording:
        """Write the footer and return what `read` would; a second call changes nothing."""
        with SHIELD:
            if self._closed is None:
                ended = self._secrets.redact(ended)
                self._closed = Recording(
                    header=self._header, entries=tuple(self._entries), ended=ended, seconds=seconds
                )
                self._finish(self._closed)
        return self._closed

    def _finish(self, recording: Recording) -> None:
        footer = {
            "entries": self._lines.counts,
            "ended": recording.ended,
            "seconds": recording.seconds,
            "sha256": self._digest.hexdigest(),
        }
        try:
            with self._raw, self._file:
                self._put(dump({"footer": footer}), flush=False)
        except OSError as error:  # closing writes the last bytes
            raise _unwritable(self.path, error) from error

    def _put(self, line: bytes, *, flush: bool) -> None:
        try:
            self._file.write(line)
            if flush:
                self._file.flush()
                self._raw.flush()
        except OSError as error:
            raise _unwritable(self.path, error) from error
        self._digest.update(line)

    def _without_secrets(self, header: Header) -> Header:
        line = dump(self._secrets.clean_header(header))
        return from_dict(Header, orjson.loads(self._secrets.scrub(line)))


def write(recording: Recording, path: Path) -> None:
    """Write a whole recording, for instance one that was read and altered; raises OutputError."""
    with Writer(path, recording.header) as writer:
        for entry in recording.entries:
            writer.add(entry)
        writer.close(recording.ended, recording.seconds)


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path}: cannot be written ({error.strerror}), expected a place for the recording",
        hint="Check disk space and limits, or choose another folder with --output.",
    )
