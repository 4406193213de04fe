"""Kinds: what an app was seen to hold, and what the results of checks are about.

They are the keys of `HOLDABLE`, as clauses of answers and declarations use them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.expectations import ROLE_KEYS
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.contract.profile import HOLDABLE
from harness.contract.snapshot import (
    Held,
    HeldCourse,
    HeldSchool,
    HeldSection,
    HeldTerm,
    HeldUser,
    Snapshot,
    Status,
)
from harness.district.data_model.records import Kind, roles_of
from harness.district.data_model.roster import Roster

NOUNS: Mapping[str, str] = {**HOLDABLE, "contacts": "contacts"}
"""Kind → what it is called in an answer."""

_RELATED: Mapping[FindingKind, tuple[str, ...]] = {
    FindingKind.TEACHER: ("sections.teachers", "teachers"),
    FindingKind.STUDENT: ("sections.students", "students"),
    FindingKind.SCHOOL: ("users.schools",),
    FindingKind.STUDENT_RELATIONSHIP: ("users.student_relationships",),
    FindingKind.WORK_LOST: ("progress",),
    FindingKind.WORK_MOVED: ("progress",),
}
"""What else a finding is about than the record it names."""

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "course": ("courses", "sections.course"),
    "term": ("terms", "sections.term"),
    "email": ("users.email",),
    "grade": ("users.grade",),
    "primary_school": ("users.primary_school",),
    "start_date": ("terms.dates",),
    "end_date": ("terms.dates",),
}

_NAMED = {HeldSchool: "schools", HeldTerm: "terms", HeldCourse: "courses"}


class Kinds:
    """The kinds one recording shows."""

    def __init__(self, index: RecordingIndex) -> None:
        self._index = index

    @cached_property
    def held(self) -> frozenset[str]:
        """Of which the app held a record in use, after some sync."""
        return self._index.cached("kinds held", self._held)

    def _held(self) -> frozenset[str]:
        kinds: set[str] = set()
        counted: set[int] = set()
        for taken in self._index.snapshots_taken:
            if taken.snapshot.progress:
                kinds.add("progress")
            for row in _rows(taken.snapshot):
                if id(row) not in counted:  # an unchanged row is the same object in each snapshot
                    counted.add(id(row))
                    kinds.update(_of(row))
        return frozenset(kinds)

    @cached_property
    def restored(self) -> frozenset[str]:
        """Of which a record was in use, then out of use, and then in use again."""
        return self._away[1]

    @cached_property
    def left(self) -> frozenset[str]:
        """Of which a record was in use, and then out of use."""
        return self._away[0]

    @cached_property
    def _away(self) -> tuple[frozenset[str], frozenset[str]]:
        """`left` and `restored`."""
        left: set[str] = set()
        back: set[str] = set()
        known: dict[str, dict[str, Held]] = {}
        out: dict[str, set[str]] = {}
        for taken in self._index.snapshots_taken:
            before, gone = known.get(taken.district, {}), out.setdefault(taken.district, set())
            now = {r.clever_id: r for r in _rows(taken.snapshot) if r.status is Status.ACTIVE}
            for clever_id in before.keys() - now.keys():
                left |= set(_of(before[clever_id]))
            gone |= before.keys() - now.keys()
            for clever_id in gone & now.keys():
                back |= set(_of(now[clever_id]))
            gone -= now.keys()
            known[taken.district] = now
        return frozenset(left), frozenset(back)

    def concerned(self, check: CheckResult) -> frozenset[str]:
        """What the outcome of a check is about; empty when that cannot be narrowed down."""
        if check.outcome is Outcome.BLOCKED and check.blocked_by:
            places = [name.split(":") for name in check.blocked_by]  # as `Finding.id` has them
            each = [self._of_record(place[1], place[2], place[-1]) for place in places]
        else:
            each = [self.of_finding(finding) for finding in check.findings]
        return frozenset().union(*each) if all(each) else frozenset()

    def of_finding(self, finding: Finding) -> frozenset[str]:
        """What a finding is about; empty when that is not known."""
        record = self._of_record(finding.district, finding.day, finding.clever_id)
        related = (*_RELATED.get(finding.finding_kind, ()), *_FIELDS.get(finding.field, ()))
        return record.union(related) if record else record

    def in_a_section(self, finding: Finding) -> bool:
        """Whether a finding is about somebody whom a section lists on that day."""
        place = (finding.district, finding.day)
        return finding.clever_id in self._index.cached(
            ("listed", place), lambda: self._listed(place)
        )

    def came_back(self, finding: Finding) -> bool:
        """Whether Clever shares the record again, which it did not share on some day before."""
        if finding.day not in (days := self._index.days_of(finding.district)):
            return False
        shared = [
            finding.clever_id in self._shared[finding.district, day]
            for day in days[: days.index(finding.day) + 1]
        ]
        return shared[-1] and False in shared[shared.index(True) :]

    def _listed(self, place: tuple[str, str]) -> frozenset[str]:
        if place not in self._shared:
            return frozenset()
        sections = self._index.roster(*place).sections.values()
        return frozenset(i for row in sections for i in (*row["students"], *row["teachers"]))

    def _of_record(self, district: str, day: str, clever_id: str) -> frozenset[str]:
        """The kind of a record; for a user the roles of that day, or of the others."""
        today = self._shared.get((district, day), {})
        if clever_id in today:
            return today[clever_id]
        days = (ids for (where, _), ids in self._shared.items() if where == district)
        return frozenset().union(*(ids.get(clever_id, ()) for ids in days))

    @cached_property
    def _shared(self) -> Mapping[tuple[str, str], Mapping[str, frozenset[str]]]:
        """District and day → Clever ID → the kinds of the record."""
        index = self._index
        return {
            (district, day): _kinds_of(index.roster(district, day))
            for district in index.recording.header.plan.days
            for day in index.days_of(district)
        }


def _kinds_of(roster: Roster) -> Mapping[str, frozenset[str]]:
    """Clever ID → the kind of the record, or the roles of the user."""
    kinds: dict[str, frozenset[str]] = {}
    for kind in KINDS:
        if kind is not Kind.USERS:
            kinds |= dict.fromkeys(roster.of(kind), frozenset({str(kind)}))
    for clever_id, user in roster.users.items():
        kinds[clever_id] = frozenset(ROLE_KEYS[role] for role in roles_of(user))
    return kinds


def _rows(snapshot: Snapshot) -> Iterator[Held]:
    yield from snapshot.schools
    yield from snapshot.terms
    yield from snapshot.courses
    yield from snapshot.sections
    yield from snapshot.users


def _of(row: Held) -> Iterator[str]:
    """What a row in use shows that its app holds."""
    if row.status is not Status.ACTIVE:
        return
    match row:
        case HeldUser():
            yield from (ROLE_KEYS[role.role] for role in row.roles if role.role in ROLE_KEYS)
            fields = {
                "users.name": row.first_name or row.last_name or row.name,
                "users.email": row.email,
                "users.grade": row.grade,
                "users.primary_school": row.primary_school,
                "users.schools": any(role.schools for role in row.roles),
                "users.student_relationships": row.student_relationships,
            }
            yield from (field for field, value in fields.items() if value)
        case HeldSection():
            yield "sections"
            links = {
                "sections.name": row.name,
                "sections.school": row.school,
                "sections.course": row.course,
                "sections.term": row.term,
                "sections.teachers": row.teachers,
                "sections.students": row.students,
            }
            yield from (field for field, value in links.items() if value)
        case _:
            kind = _NAMED[type(row)]
            yield kind
            if row.name:
                yield f"{kind}.name"
            if isinstance(row, HeldTerm) and (row.start_date or row.end_date):
                yield "terms.dates"
