"""results.json as version 3 had it, brought to version 4: without histories."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]


def from_version_3(document: Document) -> Document:
    """The document as version 4; members of casts had one day each, in sentences."""
    return {"histories": []} | document | {
        "version": 4,
        "run": _run(document),
        "edge_cases": [_edge_case(row) for row in _rows(document, "edge_cases")],
    }  # fmt: skip


def _run(document: Document) -> object:
    """The circumstances, of which that of a later attempt's districts was not written."""
    run = document.get("run")
    return {"district_salt": ""} | run if isinstance(run, dict) else run


def _edge_case(row: Document) -> Document:
    return row | {"members": [_member(member) for member in _rows(row, "members")]}


def _member(row: Document) -> Document:
    former = ("shared", "held")
    return {"district": ""} | {key: value for key, value in row.items() if key not in former}


def _rows(document: Document, key: str) -> list[Document]:
    rows = document.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
