"""What the mutants about people and classes are accused of; a part of the kill matrix."""

from __future__ import annotations

NOT_MET: dict[str, set[str]] = {
    "invents-people": {"R6", "G7"},
    "ignores-unsharing": {"R6"},
    "stops-at-unknown-member": {"G1"},
    "closes-classes-without-a-teacher": {"R6"},
    "new-class-on-return": {"R1", "R6"},
    "deletes-contacts": {"R6"},
}
"""Mutant → the requirements it does not meet."""
