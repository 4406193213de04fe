"""results.json as version 4 had it, brought to version 5: what it did not say is empty."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

_DAY = {"hit": 0, "repeated": 0, "largest_page": 0}
_ANSWER = {"own": "", "fingerprint": "", "stale": ""}


def from_version_4(document: Document) -> Document:
    """The document as version 5."""
    return {"breakdowns": [], "past_runs": [], "form": []} | document | {
        "version": 5,
        "days": [_DAY | row for row in _rows(document, "days")],
        "answers": [_ANSWER | row for row in _rows(document, "answers")],
    }  # fmt: skip


def _rows(document: Document, key: str) -> list[Document]:
    rows = document.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
