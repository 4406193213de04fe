"""Anchors: where in a report a requirement, a check, an edge case or a question can be linked to.

They follow from the ids alone, so that a link kept from one report fits the next one.
"""

from __future__ import annotations

import re

_UNUSUAL = re.compile(r"[^A-Za-z0-9/-]")


def of_requirement(identifier: str) -> str:
    return _safe(identifier)


def of_check(identifier: str) -> str:
    return f"check-{_safe(identifier)}"


def of_edge_case(identifier: str) -> str:
    return f"edge-{_safe(identifier)}"


def of_record(district: str, clever_id: str) -> str:
    return f"record-{_safe(district)}-{_safe(clever_id)}"


def of_district(name: str) -> str:
    """What stands for a district in the anchors of its records."""
    return _safe(name)


def of_question(identifier: str) -> str:
    return f"q-{_safe(identifier)}"


def _safe(identifier: str) -> str:
    """The id with `.` for `/`, and any unusual character by number: two ids never meet."""
    return _UNUSUAL.sub(lambda match: f"_{ord(match[0]):x}_", identifier).replace("/", ".")
