"""Plans of recordings made by earlier versions, in the shape of today's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_KINDS = {"account": "account", "edit": "edit"}
"""Kind of an act → the field that today says what it is; an act without either is a lesson."""


def with_acts_of_today(header: Any) -> Any:
    """A header as JSON in which an act no longer has a `kind` and a `what`; changed in place."""
    for act in _acts(header):
        kind, what = act.pop("kind", ""), act.pop("what", "")
        if kind in _KINDS:
            act[_KINDS[kind]] = what
    return header


def _acts(header: Any) -> Iterator[dict[str, Any]]:
    plan = header.get("plan") if isinstance(header, dict) else None
    if not isinstance(plan, dict):
        return  # what is wrong is said when the header is decoded
    for row in (plan, *(plan.get("scenarios") or ())):
        yield from row.get("acts") or ()
