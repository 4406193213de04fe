"""What the vendor of Lantern Reader declares about its app."""

from __future__ import annotations

from collections.abc import Mapping

from harness.contract.profile import Profile

ANSWERS: Mapping[str, str] = {
    "central-record": "The student account. Classes, work and reading level all hang on it.",
    "district-setup": (
        "The district accepts our connection in Clever and shares schools, sections and users."
        " We see it in the list of district tokens that night; nothing is installed or uploaded."
    ),
    "sync-frequency": (
        "Every night at 02:00 in the district's time zone, and whenever an administrator presses"
        " “Sync now”."
    ),
    "district-matching": (
        "By the Clever id of the district. Our sales system stores it with the contract."
    ),
    "school-matching": (
        "By the Clever id. Schools that were customers before are linked once, by hand, with the"
        " NCES number as a help."
    ),
    "user-matching": (
        "By the Clever id. Nobody had an account before Clever, so there is nothing to match."
    ),
    "edit-permissions": "No. Roles come from Clever alone.",
    "create-users": (
        "Administrators can create accounts of our own. The sync leaves them alone for good."
    ),
    "create-groups": (
        "Teachers can create reading groups from their students. The sync leaves them alone; a"
        " student who leaves Clever is archived and so no longer shown in the group."
    ),
    "split-section": "Yes, with reading groups. The section itself stays as Clever has it.",
    "edit-section-members": "No. The members of a section come from Clever alone.",
    "administrator-levels": (
        "District administrators see all schools, staff see the reports of their schools, teachers"
        " see their classes. A person with several roles has one account with all of them."
    ),
    "section-data": "No. No field of a section chooses or assigns content.",
    "rollover": (
        "The nightly sync creates the new terms, courses and sections and archives the old ones,"
        " which teachers can still open. A student's work stays with the student."
    ),
    "co-teachers": "Yes. All teachers of a section have the same rights; there is no maximum.",
}
"""Question → our answer, where behaviour alone cannot give it."""

PROFILE = Profile(
    app="Lantern Reader",
    company="Lantern Learning (an invented vendor)",
    version="1.0",
    answers=ANSWERS,
)
