"""Impossible changes: what a change asks of a student information system that it cannot do."""

from __future__ import annotations

from harness.district.sis.entries import Entry
from harness.district.sis.sis import Sis


class ImpossibleChangeError(ValueError):
    """A change that does not fit what the SIS holds just then; the message says why."""


def existing_entry(sis: Sis, uid: str) -> Entry:
    """Whatever bears the uid; raises ImpossibleChangeError: small districts lack some schools."""
    try:
        return sis.entry(uid)
    except KeyError:
        raise ImpossibleChangeError(f"{name_of(uid)} is not in this district") from None


def name_of(uid: str) -> str:
    """What the edge case itself calls somebody."""
    return uid.partition("/")[2] or uid
