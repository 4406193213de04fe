"""Profile: what the vendor declares about its app before the rehearsal."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.contract.account_rules import AccountRule
from harness.contract.archiving import Archiving
from harness.contract.rows import RowPer
from harness.contract.sync import Mode

HOLDABLE: Mapping[str, str] = {
    "schools": "schools",
    "terms": "terms",
    "courses": "courses",
    "sections": "sections",
    "students": "students",
    "teachers": "teachers",
    "staff": "staff",
    "district_admins": "district administrators",
    "contacts": "contacts and guardians",
    "progress": "students' progress",
    "schools.name": "the names of schools",
    "terms.name": "the names of terms",
    "courses.name": "the names of courses",
    "sections.name": "the names of sections",
    "terms.dates": "the dates of terms",
    "terms.past-and-future": "terms that are over or have not begun, and their sections",
    "sections.school": "the school of a section",
    "sections.course": "the course of a section",
    "sections.term": "the term of a section",
    "sections.teachers": "the teachers of a section",
    "sections.primary_teacher": "which teacher of a section is the primary one",
    "sections.students": "the students of a section",
    "users.name": "the names of users",
    "users.email": "the e-mail addresses of users",
    "users.malformed-email": "e-mail addresses that are not well formed",
    "users.grade": "the grades of students",
    "users.unnumbered-grade": "grades without a number",
    "users.schools": "the schools of users",
    "users.primary_school": "the primary schools of users",
    "users.student_relationships": "whom a contact belongs to",
    "schools.lasting-id": "IDs of schools that last",
    "terms.lasting-id": "IDs of terms that last",
    "courses.lasting-id": "IDs of courses that last",
    "sections.lasting-id": "IDs of sections that last",
    "users.lasting-id": "IDs of users that last",
}
"""Everything an app may declare it does not hold, with its name in a sentence."""


FORMERLY_HOLDABLE: Mapping[str, str] = {"users.guardians": "users.student_relationships"}
"""Former key → the key of `HOLDABLE` that replaces it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The vendor's declarations. Whatever is not declared is expected to work."""

    app: str = "the app"
    company: str = ""
    version: str = ""
    modes: tuple[Mode, ...] = (Mode.FULL,)
    not_held: Mapping[str, str] = field(default_factory=dict)
    """Key of `HOLDABLE` → why the app does not hold it. Former keys are taken for today's."""
    rows: Mapping[str, RowPer] = field(default_factory=dict)
    """Key of `ROWS` → for what the app keeps a row of its own of each record."""
    accounts: Mapping[str, tuple[AccountRule, ...]] = field(default_factory=dict)
    """Key of `ACCOUNT_HOLDERS` → which of them have accounts at all; otherwise everybody has."""
    archiving: Archiving | None = None
    """How long the app waits before it archives; None: not at all."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Question id → the vendor's own answer."""
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    """Question id → the fingerprint of the evidence when the answer was given."""
    form: Mapping[str, str] = field(default_factory=dict)
    """Field of the certification form → what the vendor writes there."""
    form_fingerprints: Mapping[str, str] = field(default_factory=dict)
    """Field of the form → the fingerprint of what it rested on when it was written."""
    declares: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Key of `DECLARATIONS` → the values the vendor declares, which the rehearsal checks."""

    def __post_init__(self) -> None:
        current = {FORMERLY_HOLDABLE.get(key, key): why for key, why in self.not_held.items()}
        object.__setattr__(self, "not_held", current)

    def digest(self) -> str:
        """A short hash of whose app this is and what is declared of it; the version is left out."""
        declared = (
            self.app, self.company, self.modes, sorted(self.not_held),
            sorted((key, sorted(values)) for key, values in self.declares.items()),
            *([sorted(self.rows.items())] if self.rows else []),
            *([sorted(self.accounts.items())] if self.accounts else []),
            *([str(self.archiving)] if self.archiving else []),
        )  # fmt: skip
        return hashlib.sha256(repr(declared).encode()).hexdigest()[:16]

    def holds(self, what: str) -> bool:
        """Whether the app holds a kind of record, or a field (`sections.term`) of one it holds.

        Of people who get their accounts at login a sync creates none.
        """
        if not (self.not_held or self.accounts):
            return True
        kind = what.partition(".")[0]
        return not ({what, kind} & self.not_held.keys() or self.at_login(kind))

    def at_login(self, holder: str) -> bool:
        """Whether the people of a role get their accounts when they first log in."""
        return AccountRule.AT_LOGIN in self.accounts.get(holder, ())
