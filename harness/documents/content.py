"""Content: the bytes of a file that somebody named, which may be a device that never ends."""

from __future__ import annotations

import errno
from pathlib import Path

MOST_BYTES = 512 << 20


def content_of(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file; raises OSError for what is no file, and for more than so many."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, "a pipe or a device, no file", str(path))
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EINVAL, f"more than {most >> 20} MB", str(path))
    return content
