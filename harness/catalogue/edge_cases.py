"""Edge cases as loaded values: who is in them, and what can happen to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from harness.district.casts.cast import Cast, Member
from harness.district.casts.cast_file import cast_in
from harness.district.casts.change_reader import read_changes
from harness.documents import Node, read_yaml
from harness.errors import DocumentError

_LONGEST_TITLE = 70
_ASKED_BY = re.compile(r"[RGEDTA][1-9]\d*|q:[a-z][a-z-]*")


class Provenance(StrEnum):
    """How we know that Clever districts are like this."""

    CERTIFICATION_ISD = "certification-isd"  # seen in Clever's own test district
    DOCUMENTED = "documented"  # Clever's documentation says so
    SYNTHETIC = "synthetic"  # plausible, and ours


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeCase:
    """One situation districts bring about: a cast nobody else uses, and its changes."""

    id: str
    group: str
    title: str
    """A statement of fact, at most 70 characters."""
    why: str
    """One sentence: what goes wrong in an app that has not met it."""
    provenance: Provenance
    source: str
    """Where it is documented, or ""."""
    asked_by: tuple[str, ...]
    """Who asks: requirements (R7), questions (q:missing-fields) and anti-patterns (A7)."""
    cast: Cast
    file: Path


def load_edge_cases(folder: Path) -> Mapping[str, EdgeCase]:
    """Every `*.yaml` of a folder by id, in the order of their names.

    Raises DocumentError with file, line and key for the first thing that is wrong.
    """
    cases = (read_edge_case(file) for file in sorted(folder.glob("*.yaml")))
    return {case.id: case for case in cases}


def read_edge_case(file: Path) -> EdgeCase:
    """One edge case; raises DocumentError with file, line and key."""
    with read_yaml(file) as node:
        identity = _identity(node, file)
        cast = cast_in(node.mapping("cast"), file)
        with node.mapping("changes", required=False) as below:
            changes = read_changes(below, cast.members, cast.patterns)
        if not node.has("source"):
            _refuse_unfounded(node, cast.members)
        return EdgeCase(
            id=identity,
            group=node.text("group"),
            title=_title(node),
            why=_why(node),
            provenance=Provenance(node.choice("provenance", tuple(Provenance))),
            source=node.text("source", ""),
            asked_by=_asked_by(node),
            cast=replace(cast, changes=changes),
            file=file,
        )


def _identity(node: Node, file: Path) -> str:
    identity = node.text("id")
    if identity != file.stem:
        raise _wrong(node, "id", f'the file is called "{file.stem}", the edge case "{identity}"')
    return identity


def _title(node: Node) -> str:
    title = node.text("title")
    if len(title) > _LONGEST_TITLE:
        raise _wrong(node, "title", f"{len(title)} characters, at most {_LONGEST_TITLE} fit")
    return title


def _why(node: Node) -> str:
    why = node.text("why")
    if not why.endswith(".") or why.count(". ") > 1:
        raise _wrong(node, "why", "expected one or two sentences with a full stop")
    return why


def _asked_by(node: Node) -> tuple[str, ...]:
    """Whether each name exists is a matter of the whole catalogue; tests/test_catalogue.py asks."""
    names = node.texts("asked_by", ())
    for name in names:
        if not _ASKED_BY.fullmatch(name):
            hint = "write a requirement (R7), a question (q:missing-fields) or an anti-pattern (A7)"
            raise node.error(f'unknown reference "{name}"', "asked_by", hint=hint)
    if len(set(names)) < len(names):
        raise node.error("duplicate reference", "asked_by")
    return names


def _refuse_unfounded(node: Node, members: Mapping[str, Member]) -> None:
    """What is never shared otherwise needs somebody who says that it can be."""
    for name, member in members.items():
        if member.raw.breaks:
            message = f'{name} breaks "{member.raw.breaks[0]}": the key "source" must say where'
            raise _wrong(node, "cast", f"{message} Clever allows it")


def _wrong(node: Node, key: str, message: str) -> DocumentError:
    return node.error(message, key)
