"""Members: whom Clever names in a list and whom the app has there, of what both sides know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from harness.assess.causes.likely_cause import shared
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import HeldSection, HeldUser
from harness.district.data_model.records import Kind, User, roles_of, schools_of

LISTS = (
    FindingKind.SCHOOL,
    FindingKind.TEACHER,
    FindingKind.STUDENT,
    FindingKind.ROLE,
    FindingKind.STUDENT_RELATIONSHIP,
)


@dataclass(frozen=True, slots=True)
class Sides:
    """A list of one finding: in Clever's order, and as the app has it."""

    finding: Finding
    wanted: Sequence[str]
    held: frozenset[str]

    @property
    def missing(self) -> frozenset[str]:
        return frozenset(self.wanted) - self.held

    @property
    def left_over(self) -> frozenset[str]:
        return self.held - frozenset(self.wanted)


def sides(index: RecordingIndex, findings: Sequence[Finding]) -> list[Sides]:
    """Both sides of each finding about a list; a finding whose record is not there has none."""
    return [found for finding in findings if (found := _sides(index, finding))]


def _sides(index: RecordingIndex, finding: Finding) -> Sides | None:
    record = shared(index, finding)
    try:
        holdings = index.holdings(finding.district, finding.day)
    except NotReachedError:
        return None
    row = holdings.active(Kind(finding.kind), finding.clever_id) if finding.kind else None
    if record is None or row is None:
        return None
    fields = cast(dict[str, Any], record)
    kind, wanted, held = Kind.USERS, [], []
    match finding.finding_kind, row:
        case FindingKind.TEACHER, HeldSection():
            wanted, held = fields["teachers"], list(row.teachers)
        case FindingKind.STUDENT, HeldSection():
            wanted, held = fields["students"], list(row.students)
        case FindingKind.STUDENT_RELATIONSHIP, HeldUser():
            contact = fields["roles"].get("contact") or {}
            wanted = [tie["student"] for tie in contact.get("student_relationships") or ()]
            held = [tie.student for tie in row.student_relationships or ()]
        case FindingKind.ROLE, HeldUser():
            roles = [str(role) for role in roles_of(cast(User, record))]
            return Sides(finding, roles, frozenset(role.role for role in row.roles))
        case FindingKind.SCHOOL, HeldUser():
            name = finding.field.split(".")[1] if "." in finding.field else ""
            mine = [role for role in row.roles if name in ("", role.role)]
            kind = Kind.SCHOOLS
            wanted = list(schools_of(cast(User, record), {role.role for role in mine}))
            held = [school for role in mine for school in role.schools]
        case _:
            return None
    known = holdings.active_ids[kind] or frozenset(wanted)
    return Sides(finding, [one for one in wanted if one in known], frozenset(held))
