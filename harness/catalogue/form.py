"""The certification form: its fields, and the questions of the guide that fill them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from harness.documents import Node, read_yaml

RUN_FACTS = ("company", "app", "to_do")
"""What a field can take from the rehearsal itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field, with where its value comes from: `questions`, `run`, or a person (`needs`)."""

    id: str
    title: str
    questions: tuple[str, ...] = ()
    run: str = ""
    needs: str = ""


def load_form(file: Path) -> tuple[FormField, ...]:
    """All fields in the form's order; raises DocumentError with file, line and key."""
    with read_yaml(file) as node:
        return tuple(_field(row) for row in node.nodes("fields"))


def _field(row: Node) -> FormField:
    with row:
        field = FormField(
            id=row.text("id"),
            title=row.text("title"),
            questions=row.texts("questions", ()),
            run=row.choice("run", RUN_FACTS, "") if row.has("run") else "",
            needs=row.text("needs", ""),
        )
        if sum(map(bool, (field.questions, field.run, field.needs))) != 1:
            raise row.error("expected one of `questions`, `run` and `needs`", "id")
    return field
