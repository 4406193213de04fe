"""Optional values: grades, primary schools and dates of terms, of apps that show any of them.

An app that shows none of a value says nothing of it, and nothing is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harness.assess.grade_spelling import GradeSpelling
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import Held, HeldTerm, HeldUser
from harness.district.data_model.records import Kind, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionalValue:
    """One value that an app may show."""

    key: str
    """The key of `HOLDABLE` by which an app declares that it does not keep it."""
    field: str
    """Its name in a row of the snapshot."""
    words: str
    kind: Kind
    role: str = ""
    """For a value of users: whose it is."""

    def shared(self, record: Record) -> str | None:
        """What Clever has for it, or ""; None for a user to whom it does not belong."""
        fields: Mapping[str, Any] = {**record}
        if self.kind is not Kind.USERS:
            return str(fields.get(self.field) or "")[:_DATE]
        role = fields["roles"].get(self.role)
        if role is None or (self.role == "teacher" and fields["roles"].get("student")):
            return None  # the school of a student who also teaches is that of the student
        return str(role.get("grade" if self.field == "grade" else "school") or "")

    def held(self, row: Held) -> str | None:
        """What a row shows of it, or ""; None for a user to whom it does not belong."""
        if isinstance(row, HeldUser) and self.role not in (held.role for held in row.roles):
            return None
        shown = str(getattr(row, self.field, None) or "")
        return shown[:_DATE] if isinstance(row, HeldTerm) else shown


_DATE = len("YYYY-MM-DD")
GRADE = OptionalValue(
    key="users.grade", field="grade", words="grade", kind=Kind.USERS, role="student"
)
OPTIONAL_VALUES = (
    GRADE,
    *(
        OptionalValue(
            key="users.primary_school",
            field="primary_school",
            words="primary school",
            kind=Kind.USERS,
            role=role,
        )
        for role in ("student", "teacher")
    ),
    OptionalValue(key="terms.dates", field="start_date", words="first day", kind=Kind.TERMS),
    OptionalValue(key="terms.dates", field="end_date", words="last day", kind=Kind.TERMS),
)
WORDS: Mapping[str, str] = {value.field: value.words for value in OPTIONAL_VALUES}
"""Field of a snapshot's row → the value in words."""


UNNUMBERED = "users.unnumbered-grade"
_NUMBERED = ("Kindergarten", *map(str, range(1, 13)))
"""The grades that an app with numbers for grades has."""


def shown(index: RecordingIndex) -> tuple[OptionalValue, ...]:
    """The values that the app shows of anybody on any day."""
    return index.cached("optional values", lambda: _shown(index))


def _shown(index: RecordingIndex) -> tuple[OptionalValue, ...]:
    seen = {
        (field, role)
        for row in _rows(index)
        for field in WORDS
        if getattr(row, field, None)
        for role in ([held.role for held in row.roles] if isinstance(row, HeldUser) else ("",))
    }
    return tuple(value for value in OPTIONAL_VALUES if (value.field, value.role) in seen)


def _rows(index: RecordingIndex) -> Iterator[HeldUser | HeldTerm]:
    """The users and terms of all snapshots, each row once."""
    seen: set[int] = set()
    for taken in index.snapshots_taken:
        rows: tuple[HeldUser | HeldTerm, ...] = (*taken.snapshot.users, *taken.snapshot.terms)
        for row in rows:
            if id(row) not in seen:  # an unchanged row is the same object in each snapshot
                seen.add(id(row))
                yield row


def grade_spelling(index: RecordingIndex) -> GradeSpelling:
    """How the app writes grades."""
    return index.cached("grade spelling", lambda: GradeSpelling(_first_grades(index)))


def _first_grades(index: RecordingIndex) -> Iterator[tuple[str, str]]:
    """The grade at Clever of each student on the first day of their district, and in the app."""
    for district in index.districts:
        day = index.days_of(district)[0]
        try:
            holdings = index.holdings(district, day)
        except NotReachedError:
            continue
        for clever_id, user in index.roster(district, day).users.items():
            row = holdings.active(Kind.USERS, clever_id)
            grade, text = GRADE.shared(user), GRADE.held(row) if row else None
            if grade is not None and text is not None:
                yield grade, text


def agrees(index: RecordingIndex, value: OptionalValue, record: Record, row: Held) -> bool:
    """Whether a row shows what Clever has; also if the value does not belong to either."""
    shared, held = value.shared(record), value.held(row)
    if shared is None or held is None:
        return True
    if value is not GRADE:
        return shared == held
    left_out = not held and UNNUMBERED in index.profile.not_held and shared not in _NUMBERED
    return left_out or grade_spelling(index).agrees(shared, held)
