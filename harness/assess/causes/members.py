"""Members: whom Clever names in a list and whom the app has there, of what both sides know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from harness.assess.causes.likely_cause import shared
from harness.assess.findings import Finding, FindingKind
from harness.assess.identifying_values import IDENTIFYING_VALUES
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import Held, HeldSection, HeldUser
from harness.district.data_model.records import Kind, Record, User, roles_of, schools_of

_NEARLY = 0.8


@dataclass(frozen=True, slots=True)
class Noun:
    """A sort of list: whose it is, what is in it, and how to read it."""

    whose: str
    noun: str
    read: str

    @property
    def owner(self) -> str:
        return self.whose.removesuffix("s")


NOUNS = {
    FindingKind.SCHOOL: Noun(
        "users",
        "school",
        "Read `schools` of each role, all of them; `school` is only the primary.",
    ),
    FindingKind.TEACHER: Noun(
        "sections", "teacher", "Read `teachers`, all of them; `teacher` is only the primary one."
    ),
    FindingKind.STUDENT: Noun("sections", "student", "Store every entry of `students`."),
    FindingKind.ROLE: Noun("users", "role", "Store every key of `roles`."),
    FindingKind.STUDENT_RELATIONSHIP: Noun(
        "contacts", "student", "Store every entry of `student_relationships`."
    ),
}
"""The sorts of lists there are."""


def is_cut(finding: Finding) -> bool:
    """Whether it says of what a record has been cut off, and not that the record is gone."""
    return finding.found.startswith("without ")


def all_about(index: RecordingIndex, finding: Finding) -> set[str]:
    """The record that a finding is about, and whom Clever names in its list if it is about that."""
    record = shared(index, finding) if finding.finding_kind in NOUNS else None
    return {finding.clever_id, *(named(finding.finding_kind, record) if record else ())} - {""}


@dataclass(frozen=True, slots=True)
class Sides:
    """A list of one finding: in Clever's order, and as the app has it."""

    finding: Finding
    wanted: Sequence[str]
    rows: Sequence[str]
    """Every entry of the app's, in its order."""

    @property
    def held(self) -> frozenset[str]:
        return frozenset(self.rows)

    @property
    def missing(self) -> frozenset[str]:
        return frozenset(self.wanted) - self.held

    @property
    def left_over(self) -> frozenset[str]:
        return self.held - frozenset(self.wanted)

    @property
    def doubled(self) -> frozenset[str]:
        """What the app lists more often than Clever."""
        rows, wanted = list(self.rows), list(self.wanted)
        return frozenset(
            member for member in rows if rows.count(member) > max(1, wanted.count(member))
        )


def sides(index: RecordingIndex, findings: Sequence[Finding]) -> list[Sides]:
    """Both sides of each finding about a list; a finding whose record is not there has none."""
    return [both for finding in findings if (both := _sides(index, finding))]


def nearly_all(lists: Sequence[Sides], accepts: Callable[[Sides], bool]) -> list[Sides]:
    """The lists a rule accepts, if these are nearly all; otherwise none."""
    behind = [listing for listing in lists if accepts(listing)]
    return behind if len(behind) >= _NEARLY * len(lists) else []


def findings_of(lists: Sequence[Sides]) -> list[Finding]:
    """The findings about some lists, each once."""
    return list(dict.fromkeys(listing.finding for listing in lists))


def records_of(lists: Sequence[Sides]) -> int:
    """How many records they are lists of: one can be about the same on several days."""
    return len({(each.finding.district, each.finding.clever_id) for each in lists})


def entries(finding_kind: FindingKind, row: Held, name: str = "") -> list[str]:
    """What a row of the app has in its list of a sort; `name` narrows schools to one role."""
    match finding_kind, row:
        case FindingKind.TEACHER, HeldSection():
            return list(row.teachers)
        case FindingKind.STUDENT, HeldSection():
            return list(row.students)
        case FindingKind.STUDENT_RELATIONSHIP, HeldUser():
            return [tie.student for tie in row.student_relationships or ()]
        case FindingKind.ROLE, HeldUser():
            return [role.role for role in row.roles]
        case FindingKind.SCHOOL, HeldUser():
            mine = [role for role in row.roles if name in ("", role.role)]
            return [school for role in mine for school in role.schools]
    return []


def named(finding_kind: FindingKind, record: Record) -> Iterator[str]:
    """What Clever names in a record's list of a sort."""
    fields = cast(Mapping[str, Any], record)
    match finding_kind:
        case FindingKind.TEACHER | FindingKind.STUDENT:
            yield from fields[f"{finding_kind}s"]
        case FindingKind.ROLE:
            yield from (name for name, role in fields["roles"].items() if role)
        case FindingKind.STUDENT_RELATIONSHIP:
            for role in filter(None, fields["roles"].values()):
                yield from (tie["student"] for tie in role.get("student_relationships") or ())
        case _:
            for role in filter(None, fields["roles"].values()):
                yield from role.get("schools") or ()


def _sides(index: RecordingIndex, finding: Finding) -> Sides | None:
    record = shared(index, finding)
    try:
        holdings = index.holdings(finding.district, finding.day)
    except NotReachedError:
        return None
    row = holdings.active(Kind(finding.kind), finding.clever_id) if finding.kind else None
    if record is None or row is None or finding.finding_kind not in NOUNS:
        return None
    name = finding.field.split(".")[1] if "." in finding.field else ""
    held = entries(finding.finding_kind, row, name)
    kind, wanted = Kind.USERS, list(named(finding.finding_kind, record))
    if finding.finding_kind is FindingKind.ROLE:
        return Sides(finding, [str(role) for role in roles_of(cast(User, record))], held)
    if finding.finding_kind is FindingKind.SCHOOL and isinstance(row, HeldUser):
        kind = Kind.SCHOOLS
        mine = {role.role for role in row.roles if name in ("", role.role)}
        wanted = list(schools_of(cast(User, record), mine))
        held = list(dict.fromkeys(held))  # several roles can be at one school
    known = holdings.active_ids[kind] or frozenset(wanted)
    return Sides(finding, [member for member in wanted if member in known], held)


def are_like_others(index: RecordingIndex, listing: Sides) -> bool:
    """Whether all who are left over have a value in common with somebody who is missing there.

    Whoever is missing may have no account of their own at all.
    """
    finding, record = listing.finding, shared(index, listing.finding)
    people = (FindingKind.STUDENT, FindingKind.TEACHER, FindingKind.STUDENT_RELATIONSHIP)
    if finding.finding_kind not in people or record is None:
        return False
    users = index.roster(finding.district, finding.day).users
    missing, more = (
        [users[member] for member in sorted(ids) if member in users]
        for ids in ({*named(finding.finding_kind, record)} - listing.held, listing.left_over)
    )
    return bool(more) and all(any(_alike(one, other) for other in missing) for one in more)


def _alike(one: User, other: User) -> bool:
    return any(
        {*value.of(one)} & {*value.of(other)}
        for value in IDENTIFYING_VALUES
        if value.kind is Kind.USERS and value.name in _TELLING
    )


_TELLING = ("email", "username", "name", "number", "own-number", "state_id")
"""Values of users by which an app may take one for another."""
