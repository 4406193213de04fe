"""What the mutants about days of trouble are accused of; a part of the kill matrix."""

from __future__ import annotations

NOT_MET: dict[str, set[str]] = {
    "archives-what-it-could-not-read": {"T1", "T7"},
    "takes-failure-for-an-end": {"T1", "T2", "T7"},
    "takes-no-list-for-an-empty-one": {"T1", "T7"},
    "loses-patience": {"T1"},
    "says-it-went-well": {"T7"},
    "never-retries": {"T2"},
    "retries-at-once": {"T3"},
    "ignores-reset": {"T2", "T3"},
    "never-stops": {"T3", "T4"},
    "retries-refusals": {"T3"},
    "stops-at-one-missing-record": {"T5"},
    "waits-for-a-person": {"G1", "T6"},
}
"""Mutant → the requirements it does not meet."""
