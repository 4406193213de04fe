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
    "co-teacher-cap-of-three": {"R9"},
    "five-columns-for-teachers": {"R9"},
    "replaces-the-primary": {"R9"},
    "thirty-five-seats": {"R5", "R9"},
    "seven-classes-per-student": {"R5", "R9"},
    "classes-are-linked-once": {"R5"},
    "new-class-for-a-new-name": {"R1"},
    "merges-classes-of-one-name": {"R1", "R2", "R5", "R7", "R9"},
    "closes-classes-with-their-term": {"R6"},
    "one-course-per-name": {"R1", "R2"},
    "one-course-per-number": {"R1", "R2"},
    "leaves-out-other-terms": {"R2"},
    "merges-campuses": {"R1", "R2", "G2", "G8"},
    "new-school-for-new-grades": {"R1"},
}
"""Mutant → the requirements it does not meet."""
