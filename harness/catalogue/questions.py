"""Questions: those of the certification guide, and what answers each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harness.documents import Node, read_yaml

STATES = ("met", "not_met", "not_proven", "not_applicable", "known")
"""States of the evidence a draft can be written for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the guide."""

    id: str
    group: str
    text: str
    comes_from: str
    """behaviour, traffic or vendor."""
    requirements: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    """Keys of `[profile.declares]` that say something about it."""
    say: Mapping[str, str] = field(default_factory=dict)
    """State of the evidence → draft in the first person with {facts} in it."""
    needs: str = ""
    """Why only the vendor can answer."""
    when: str = ""
    """Update mode without which the question does not arise."""


def load_questions(file: Path) -> tuple[Question, ...]:
    """All questions in the guide's order; raises DocumentError with file, line and key."""
    with read_yaml(file) as node:
        return tuple(question for group in node.nodes("groups") for question in _group(group))


def _group(node: Node) -> Iterator[Question]:
    with node:
        title = node.text("title")
        rows = node.nodes("questions")
    for row in rows:
        with row:
            comes_from = row.choice("from", ("behaviour", "traffic", "vendor"))
            yield Question(
                id=row.text("id"),
                group=title,
                text=row.text("text"),
                comes_from=comes_from,
                requirements=row.texts("requirements", ()),
                checks=row.texts("checks", ()),
                claims=row.texts("claims", ()),
                say=_drafts(row) if comes_from != "vendor" else {},
                needs=row.text("needs") if comes_from == "vendor" else row.text("needs", ""),
                when=row.text("when", ""),
            )


def _drafts(row: Node) -> Mapping[str, str]:
    with row.mapping("say") as say:
        return {state: say.text(state) for state in STATES if say.has(state)}
