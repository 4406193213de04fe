"""Finding: one difference between what had to hold and what was observed, about one record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What kind of difference a finding is; likely causes are named from patterns of shapes."""

    MISSING = "missing"  # Clever shares it, the app does not hold it
    INACTIVE = "inactive"  # Clever shares it, the app has it archived
    EXTRA = "extra"  # the app holds it active, Clever does not share it
    DUPLICATE = "duplicate"  # two accounts for one Clever id
    FIELD = "field"  # a value differs
    ROLE = "role"  # a role is missing or left over
    SCHOOL = "school"  # a school of a user is missing or left over
    TEACHER = "teacher"  # a teacher of a section is missing or left over
    STUDENT = "student"  # a student of a section is missing or left over
    STUDENT_RELATIONSHIP = "student relationship"  # a contact's student is missing or left over
    LOST = "lost"  # gone altogether where it had to be archived
    NOT_ARCHIVED = "not archived"
    NOT_RESTORED = "not restored"
    NEW_ACCOUNT = "new account"  # the same Clever id, another account
    WORK_LOST = "work lost"
    WORK_MOVED = "work moved"  # a person's work now belongs to somebody else
    WORK_DOUBLED = "work doubled"  # a piece of work is there more than once
    MERGED = "merged"  # one person was given the account of another
    LOCAL_RECORD_LOST = "local record lost"  # a user or group that Clever does not know is gone
    GROUP_MEMBER_LOST = "group member lost"  # who came back is not in a group made in the app
    SYNC = "sync"  # a sync did not complete
    CHANGED = "changed"  # something changed although nothing changed at Clever
    NOT_DELIVERED = "not delivered"  # records that no answer to the app's requests held
    UNREAD = "unread"  # taken for gone, because it could not be read
    TRAFFIC = "traffic"  # seen in the requests the app made
    DECLARED = "declared"  # contradicts what the vendor declared


IN_USE = "in use"
"""`expected` of a finding about a record that is no longer in use since it could not be read."""
STILL_LISTED = "still listed"
"""`field` of a finding about somebody who is in use, unlike others, since a section lists them."""
PRIMARY_TEACHER = "primary teacher"
"""`field` of a finding about a section whose teachers are right, but for who is the primary one."""
OTHER_RELATIONSHIP = "student_relationships.relationship"
"""`field` of a finding about a contact of the right students, in another relationship to some."""
UNHEARD_OF = "unheard of: "
"""`field` of a finding about a record that is not in use begins with this, and then names values
that explain it, if Clever's pages do not say that they can be as they are."""
OTHER_DISTRICT = "other district"
"""`field` of a finding about work that shows in a district in which nobody did it."""
ACCOUNT = "account:"
"""`field` of a finding about an account from before Clever begins with this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference, with a sentence of names, not ids, of at most 160 characters."""

    check: str
    """Id of the check (scenario) that found it; "" while it is only a reason to be blocked."""
    day: str
    district: str
    finding_kind: FindingKind
    kind: str
    """Clever's object type (`users`), or "" when the finding is about a sync or the traffic."""
    clever_id: str
    """The record it is about, or ""."""
    name: str
    """How a person would call the record."""
    sentence: str
    field: str = ""
    expected: str = ""
    """What Clever shares or the rule demands, in words or as a value."""
    found: str = ""
    """What the app holds."""
    request: str = ""
    """The request that delivered the record, or the one after which the app stopped reading."""
    requirement: str = ""
    """The one requirement it accuses of."""

    @property
    def id(self) -> str:
        """Stable within a run: where it was found and what it is about."""
        parts = (self.check, self.district, self.day, self.finding_kind, self.field, self.clever_id)
        return ":".join(parts)
