"""What the vendor of Lantern Reader declares about its app."""

from __future__ import annotations

from collections.abc import Mapping

from harness.contract.profile import Profile

ANSWERS: Mapping[str, str] = {
    "central-record": "The student account. Classes, work and reading level all hang on it.",
    "setup-steps": (
        "The district accepts our connection in Clever and shares schools, sections and users with"
        " us. We note its Clever ID; nothing is installed or uploaded."
    ),
    "sync-before-login": "Yes, one, on the day the district connects.",
    "more-access-than-teachers": (
        "Yes: staff see the reports of their schools, district administrators those of all schools."
    ),
    "match-districts": "By the Clever ID of the district, which is stored with the contract.",
    "match-schools": (
        "By the Clever ID. A school that was our customer before is linked once, manually, with the"
        " NCES number as a help."
    ),
    "sync-frequency": (
        "Every night at 02:00 in the district's time zone, and whenever an administrator presses"
        " “Sync now”."
    ),
    "initial-sync-by": "Our support starts it on the day the district connects.",
    "admin-levels": (
        "Two. Clever's staff role gives the reports of the schools it names, the district admin"
        " role those of all schools. Who also teaches has both in one account."
    ),
    "section-fields": "No. No field of a section chooses or assigns content.",
}
"""Question id → our answer, where behaviour alone cannot give it."""

DECLARES: Mapping[str, tuple[str, ...]] = {
    "matching-students": ("former-id", "email", "number"),
    "matching-teachers": ("former-id", "email", "number"),
    "add-role": ("not-possible",),
    "create-user": ("persists",),
    "create-group": ("persists",),
    "split-section": ("persists",),
    "add-student": ("overwritten",),
    "remove-student": ("overwritten",),
    "rename-section": ("overwritten",),
}
"""What a rehearsal can hold against us."""

PROFILE = Profile(
    app="Lantern Reader",
    company="Lantern Learning (an invented vendor)",
    version="1.0",
    answers=ANSWERS,
    declares=DECLARES,
)
