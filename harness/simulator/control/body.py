"""What a request to the control API says: its JSON body, read strictly, and its query."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import parse_qsl

from harness.documents import Node
from harness.documents.tree import Leaf, Listing, Table, Tree
from harness.errors import DocumentError
from harness.simulator.http.message import Request

_BODY = "the request body"


class ControlError(Exception):
    """A request to the control API that gets an error status and says what to do instead."""

    def __init__(self, status: int, error: str, hint: str = "") -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.hint = hint


def body_of(request: Request) -> Node:
    """The object in the body, {} when there is none; raises Refused or DocumentError."""
    if not request.body:
        return Node(table=Table({}, 0), file=_BODY)
    try:
        tree = _tree(json.loads(request.body))
    except (ValueError, RecursionError) as problem:
        raise ControlError(400, f"The body is not JSON: {problem}") from problem
    if not isinstance(tree, Table):
        raise ControlError(400, "The body must be a JSON object.")
    return Node(table=tree, file=_BODY)


def _tree(value: object) -> Tree:
    if isinstance(value, dict):
        return Table({str(key): (0, _tree(below)) for key, below in value.items()}, 0)
    if isinstance(value, list):
        return Listing(tuple(_tree(item) for item in value), 0)
    return Leaf(value, 0, json.dumps(value))


def query_of(request: Request, known: Sequence[str]) -> dict[str, str]:
    """The parameters of a query; raises Refused for unknown ones and for repetition."""
    pairs = parse_qsl(request.query, keep_blank_values=True)
    parameters: dict[str, str] = {}
    for name, value in pairs:
        if name not in known:
            hint = f"There is {', '.join(known)}." if known else "There are none here."
            raise ControlError(400, f"There is no parameter {name}.", hint)
        if name in parameters:
            raise ControlError(400, f"The parameter {name} is given twice.")
        parameters[name] = value
    return parameters


def number_of(query: dict[str, str], name: str, default: int, most: int) -> int:
    """A whole number from 0 to `most`; raises Refused for anything else."""
    text = query.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) > most:
        raise ControlError(
            400, f"The parameter {name} must be a number from 0 to {most}, not {text}."
        )
    return int(text)


__all__ = ["ControlError", "DocumentError", "body_of", "number_of", "query_of"]
