"""What the mutants about people and classes are accused of; a part of the kill matrix."""

from __future__ import annotations

NOT_MET: dict[str, set[str]] = {
    "invents-people": {"R6", "G7"},
    "ignores-unsharing": {"R6"},
    "stops-at-unknown-member": {"G1"},
    "closes-classes-without-a-teacher": {"R6"},
    "new-class-on-return": {"R1", "R6"},
    "deletes-contacts": {"R6"},
    "drops-people-without-a-school": {"R2"},
    "two-roles-per-user": {"G3"},
    "drops-portal-only-staff": {"R2"},
    "merges-parents-with-staff": {"R1", "R2"},
    "roles-are-set-once": {"G2", "G3"},
    "one-list-of-schools": {"G8"},
    "account-per-school": {"R1"},
    "guests-left-out": {"R5", "R9"},
    "visiting-teachers-left-out": {"R9"},
}
"""Mutant → the requirements it does not meet."""
