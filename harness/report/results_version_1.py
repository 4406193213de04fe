"""results.json as version 1 had it, brought to the present version: other names, the same facts.

So `rosterready report` and `replay --against` still read what an older rosterready wrote.
"""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

_KEYS = {"grade": "evidence_level", "fault": "responsible", "shape": "finding_kind"}
_FINDING_KINDS = {"guardian": "student relationship", "own lost": "local record lost"}


def from_version_1(document: Document) -> Document:
    """The document as version 2; one that breaks the schema of version 1 breaks this one too."""
    return document | {
        "version": 2,
        "run": _run(document),
        "checks": [_check(row) for row in _rows(document, "checks")],
        "days": [_day(row) for row in _rows(document, "days")],
        "causes": [row | {"id": "", "checks": []} for row in _rows(document, "causes")],
        "traffic": [_renamed(row, {"told": "value"}) for row in _rows(document, "traffic")],
    }


def _run(document: Document) -> object:
    """The circumstances, of which the configuration and the declarations were not written."""
    run = document.get("run")
    return {"config": "", "profile": ""} | run if isinstance(run, dict) else run


def _check(row: Document) -> Document:
    check = _renamed(row, _KEYS)
    check["findings"] = [_finding(finding) for finding in _rows(row, "findings")]
    check["blocked_by"] = [_finding_id(name) for name in row.get("blocked_by", ())]
    return check


def _finding(row: Document) -> Document:
    finding = _renamed(row, _KEYS)
    kind = finding.get("finding_kind", "")
    renamed = {"finding_kind": _FINDING_KINDS.get(kind, kind), "id": _finding_id(row.get("id", ""))}
    return finding | renamed


def _finding_id(identifier: str) -> str:
    for old, new in _FINDING_KINDS.items():
        identifier = identifier.replace(f":{old}:", f":{new}:")
    return identifier


def _day(row: Document) -> Document:
    """A day; a sync that a person approved was written as `held, then completed`."""
    first, approved, final = str(row.get("state", "")).partition(", then ")
    state = (final if approved else first).replace("not reached", "not_reached")
    return row | {"state": state, "before_approval": first if approved else None}


def _renamed(row: Document, names: dict[str, str]) -> Document:
    return {names.get(key, key): value for key, value in row.items()}


def _rows(document: Document, key: str) -> list[Document]:
    rows = document.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
