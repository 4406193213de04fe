"""Anti-patterns: what goes wrong most often, and who asks whether an app does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.documents import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class AntiPattern:
    """A mistake that integrations keep making, under the id that edge cases name."""

    id: str
    text: str
    reason: str
    """Who asks for it, or why nobody does; "" for one that edge cases ask for."""


def load_anti_patterns(file: Path) -> Mapping[str, AntiPattern]:
    """All anti-patterns by id; raises DocumentError with file, line and key."""
    with read_yaml(file) as node:
        rows = []
        for row in node.nodes("anti-patterns"):
            with row:
                rows.append(
                    AntiPattern(
                        id=row.text("id"), text=row.text("text"), reason=row.text("reason", "")
                    )
                )
    return {row.id: row for row in rows}
