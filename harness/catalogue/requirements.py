"""Requirements: what Clever asks of an integration, with level, source and how it is verified."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from harness.documents import REQUIRED, Node, read_yaml


class Verification(StrEnum):
    SCENARIOS = "scenarios"
    ATTESTATION = "attestation"  # a person's word; `reason` says why no scenario observes it
    NOT = "not"  # neither; `reason` says why


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One rule in our own words, and where it stands."""

    id: str
    level: str
    """MUST or SHOULD."""
    area: str
    title: str
    text: str
    source: str
    """Title and URL of the page, with the date it was read."""
    verified: Verification
    reason: str
    impact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementSet:
    """A dated set of requirements; `name` has its date and a hash of its text."""

    date: str
    digest: str
    requirements: Mapping[str, Requirement]
    ownership: Mapping[str, Sequence[str]]
    """Kind of difference → the requirements that can own it, the usual one first."""

    @property
    def name(self) -> str:
        return f"{self.date}+{self.digest}"


def load_requirements(file: Path) -> RequirementSet:
    """The set in a file; raises DocumentError with file, line and key."""
    with read_yaml(file) as node:
        date = node.text("set")
        sources = {key: _source(entry) for key, entry in node.mapping("sources").items()}
        listed = {row.id: row for row in _requirements(node, sources)}
        with node.mapping("ownership") as table:
            ownership = {key: _owners(table, key, listed) for key in table.keys}
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    return RequirementSet(date=date, digest=digest, requirements=listed, ownership=ownership)


def _requirements(node: Node, sources: Mapping[str, str]) -> Iterator[Requirement]:
    return (_requirement(entry, sources) for entry in node.nodes("requirements"))


def _owners(table: Node, difference: str, requirements: Mapping[str, Requirement]) -> Sequence[str]:
    owners = table.texts(difference)
    for name in owners:
        if name not in requirements:
            raise table.error(f'"{name}" is no requirement of this set', difference)
    return owners


def _source(node: Node) -> str:
    with node:
        return f"{node.text('title')}, {node.text('url')} (read {node.text('retrieved')})"


def _requirement(node: Node, sources: Mapping[str, str]) -> Requirement:
    with node:
        verified = Verification(node.choice("verified", list(Verification)))
        return Requirement(
            id=node.text("id"),
            level=node.choice("level", ("MUST", "SHOULD")),
            area=node.text("area"),
            title=node.text("title"),
            text=node.text("text"),
            source=sources[node.choice("source", list(sources))],
            verified=verified,
            reason=node.text("reason", "" if verified is Verification.SCENARIOS else REQUIRED),
            impact=node.text("impact"),
        )
