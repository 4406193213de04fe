"""Reads the cast out of the file of an edge case; its changes are left to `change_reader.py`."""

from __future__ import annotations

from pathlib import Path

from harness.district.casts.cast import Cast
from harness.district.casts.cast_reader import read_members
from harness.district.casts.expansion import expand
from harness.documents import Node, read_key


def read_cast(file: Path) -> Cast:
    """The people and classes of an edge case, without changes.

    Raises DocumentError with file, line and key. The rest of the file is not looked at.
    """
    return cast_in(read_key(file, "cast"), file)


def cast_in(cast: Node, file: Path) -> Cast:
    """The same, of a file that is read already: what stands under `cast`."""
    with cast:
        written = read_members(cast)
    members, groups = expand(written)
    return Cast(
        edge_case=file.stem,
        members=members,
        changes={},
        file=file,
        groups=groups,
        patterns=tuple(member for member in written.values() if member.each),
    )
