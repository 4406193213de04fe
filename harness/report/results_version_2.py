"""results.json as version 2 had it, brought to the present version: without scopes and owners."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]


def from_version_2(document: Document) -> Document:
    """The document as version 3; what version 2 did not say is empty."""
    return document | {
        "version": 3,
        "requirements": [
            {"covers": [], "leaves_out": []} | row for row in _rows(document, "requirements")
        ],
        "causes": [{"id": "", "checks": []} | row for row in _rows(document, "causes")],
        "checks": [_check(row) for row in _rows(document, "checks")],
    }


def _check(row: Document) -> Document:
    steps = [{"examined": 0, "scope": {}, "reason": ""} | step for step in _rows(row, "steps")]
    findings = [{"request": "", "requirement": ""} | finding for finding in _rows(row, "findings")]
    return {"scope": {}, "not_held": []} | row | {"steps": steps, "findings": findings}


def _rows(document: Document, key: str) -> list[Document]:
    rows = document.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
