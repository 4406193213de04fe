"""Requirements: what Clever asks of an integration, with level, source and how it is verified."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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

    @property
    def name(self) -> str:
        return f"{self.date}+{self.digest}"


def load_requirements(file: Path) -> RequirementSet:
    """The set in a file; raises DocumentError with file, line and key."""
    with read_yaml(file) as node:
        date = node.text("set")
        sources = {key: _source(entry) for key, entry in node.mapping("sources").items()}
        listed = [_requirement(entry, sources) for entry in node.nodes("requirements")]
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    return RequirementSet(date=date, digest=digest, requirements={row.id: row for row in listed})


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
