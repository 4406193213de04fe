"""What the mutants about values, names, numbers and pages are accused of; a part of the matrix."""

from __future__ import annotations

NOT_MET: dict[str, set[str]] = {
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
}
"""Mutant → the requirements it does not meet."""
