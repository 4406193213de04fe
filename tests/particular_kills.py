"""What the mutants about values, names, numbers and pages are accused of; a part of the matrix."""

from __future__ import annotations

NOT_MET: dict[str, set[str]] = {
    # values
    "needs-middle-name": {"R7"},
    "knows-two-genders": {"R2", "R7"},
    "reads-dates-of-birth": {"R7"},
    "needs-grade": {"R7"},
    "knows-numbered-grades": {"R2"},
    "checks-grade-of-school": {"R2"},
    "needs-race": {"R7"},
    "needs-zip-code": {"R7"},
    "needs-student-number": {"R7"},
    "needs-title": {"R7"},
    "needs-username": {"R7"},
    "reads-extension-fields": {"R7"},
    "knows-extension-fields": {"R2"},
    "reads-enrollment-dates": {"R7"},
    "needs-subject": {"R7"},
    "needs-period": {"R7"},
    "needs-course": {"R6", "R7"},
    "needs-term-dates": {"R7"},
    "needs-course-number": {"R7"},
    "needs-principal": {"R7"},
    "sets-address-once": {"R5"},
    "refuses-unknown-fields": {"G20"},
    "refuses-unknown-values": {"G20"},
    "counts-null-roles": {"G20"},
    "looks-into-every-role": {"G20"},
    # names
    "has-short-names": {"R2"},
    "has-short-middle-names": {"R2"},
    "needs-letters": {"R2"},
    "needs-two-letters": {"R2"},
    "escapes-text": {"R2"},
    "takes-first-word": {"R2", "R5"},
    "strips-accents": {"R2"},
    "knows-latin-letters": {"R2"},
    "has-three-byte-letters": {"R2"},
    "strips-markup": {"R2"},
    "takes-null-for-nothing": {"R2"},
    "refuses-spaces": {"R2"},
    "checks-addresses": {"R2"},
    "has-short-usernames": {"R2"},
    "needs-spoken-class-names": {"R2"},
}
"""Mutant → the requirements it does not meet."""
