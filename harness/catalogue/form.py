"""The certification form: its fields, and the questions of the guide that fill them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harness.documents import Node, read_yaml

RUN_FACTS = ("company", "app", "to_do")
"""What a field can take from the rehearsal itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field, with where its value comes from: `questions`, `run`, or a person (`needs`)."""

    id: str
    title: str
    questions: Mapping[str, str] = field(default_factory=dict)
    """Question → what its answer is about, in a word or two; "" if it is the only one."""
    run: str = ""
    needs: str = ""


def load_form(file: Path) -> tuple[FormField, ...]:
    """All fields in the form's order; raises DocumentError with file, line and key."""
    with read_yaml(file) as node:
        return tuple(_field(row) for row in node.nodes("fields"))


def _field(row: Node) -> FormField:
    with row:
        one = FormField(
            id=row.text("id"),
            title=row.text("title"),
            questions=_questions(row),
            run=row.choice("run", RUN_FACTS, "") if row.has("run") else "",
            needs=row.text("needs", ""),
        )
        if sum(map(bool, (one.questions, one.run, one.needs))) != 1:
            raise row.error("expected one of `questions`, `run` and `needs`", "id")
    return one


def _questions(row: Node) -> Mapping[str, str]:
    if not row.has("questions"):
        return {}
    if not row.is_mapping("questions"):
        return {row.text("questions"): ""}
    with row.mapping("questions") as about:
        return {question: about.text(question) for question in about.keys}
