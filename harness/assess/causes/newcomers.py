"""Why newcomers are missing: the app creates records, or those of a sort, in a first sync alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from harness.assess.causes.likely_cause import LikelyCause, Rule, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind, Role, User, roles_of
from harness.plan.day_names import on
from harness.prose import counted

_SORTS: Mapping[str, tuple[Kind, str]] = {
    "school": (Kind.SCHOOLS, ""),
    "term": (Kind.TERMS, ""),
    "course": (Kind.COURSES, ""),
    "staff member": (Kind.USERS, Role.STAFF),
    "district administrator": (Kind.USERS, Role.DISTRICT_ADMIN),
    "contact": (Kind.USERS, Role.CONTACT),
}
"""Noun → the kind of such records, and of users their only role."""
_NEARLY = 0.8


def of_a_sort(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """No record of a sort is held that came after the first sync of its district."""
    missing = shaped(findings, FindingKind.MISSING)
    for noun, (kind, role) in _SORTS.items():
        behind = [f for f in missing if f.kind == kind and _is_new(index, f, kind, role)]
        came, held = _newcomers(index, kind, role) if behind else (set(), set())
        if not behind or held or not _old_ones(index, behind[0], kind, role):
            continue
        yield LikelyCause(
            f"newcomers-left-out:{noun.replace(' ', '-')}",
            f"Your app does not hold {_none_of(len(came), noun)} that came after the first sync of "
            f"a district, and holds others that came with it.",
            "Create what is new in every sync, whatever it is, not in the first one only.",
            behind,
        )


def _none_of(number: int, noun: str) -> str:
    return f"the only {noun}" if number == 1 else f"any of the {counted(number, noun)}"


def _is_new(index: RecordingIndex, finding: Finding, kind: Kind, role: str) -> bool:
    """Whether a record is of a sort, and was not shared on the first day of its district."""
    first, *_ = index.days_of(finding.district)
    record = index.roster(finding.district, finding.day).of(kind).get(finding.clever_id)
    known = index.roster(finding.district, first).of(kind)
    return record is not None and finding.clever_id not in known and _has(record, role)


def _has(record: object, role: str) -> bool:
    return not role or [str(name) for name in roles_of(cast(User, record))] == [role]


def _newcomers(index: RecordingIndex, kind: Kind, role: str) -> tuple[set[str], set[str]]:
    """All of a sort that came later, and those among them that the app ever held."""
    came: set[str] = set()
    held: set[str] = set()
    for district in index.districts:
        first, *later = index.days_of(district)
        known = index.roster(district, first).of(kind)
        for day in later:
            of_day = index.roster(district, day).of(kind)
            new = {i for i in of_day.keys() - known.keys() if _has(of_day[i], role)}
            try:
                held |= new & index.holdings(district, day).active_ids[kind]
            except NotReachedError:
                continue
            came |= new
    return came, held


def _old_ones(index: RecordingIndex, finding: Finding, kind: Kind, role: str) -> bool:
    """Whether the app holds some of the sort that were there from the beginning."""
    first, *_ = index.days_of(finding.district)
    of_day = index.roster(finding.district, first).of(kind)
    try:
        held = index.holdings(finding.district, finding.day).active_ids[kind]
    except NotReachedError:
        return False
    return any(_has(of_day[i], role) for i in of_day.keys() & held)


def of_a_day(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all who are new on a day after the first are missing, and few of the others."""
    missing = shaped(findings, FindingKind.MISSING, kind=Kind.USERS)
    for (district, day), _ in Counter((f.district, f.day) for f in missing).most_common(1):
        if not (earlier := index.before(district, day)):
            return
        old = index.roster(district, earlier[0]).users.keys()
        now = set(index.expectations.expected_ids(Kind.USERS, index.roster(district, day)))
        absent = now - index.holdings(district, day).active_ids[Kind.USERS]
        new = now - old
        if len(new & absent) > 1 and len(new & absent) >= max(
            _NEARLY * len(new), _NEARLY * len(absent)
        ):
            yield LikelyCause(
                "newcomers-left-out",
                f"Your app lacks {len(new & absent)} of {len(new)} users who were new {on(day)}, "
                f"and {len(absent - new)} of the others.",
                "Create accounts for new users in every sync, not in the first one only.",
                missing,
            )


def by_a_role(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Users are missing whom Clever shared before, with roles of which the app holds nobody."""
    missing = [f for f in shaped(findings, FindingKind.MISSING) if f.kind == Kind.USERS]
    behind = [f for f in missing if _was_out_of_scope(index, f)]
    if behind and len(behind) == len(missing):
        people = {(f.district, f.clever_id) for f in behind}
        yield LikelyCause(
            "newcomers-left-out:by-role",
            f"Your app lacks {counted(len(people), 'user')} whom Clever shared before, with no "
            "role that your app holds: when somebody gets such a role, your app knows nobody to "
            "give it to.",
            "Create a user whom you do not hold also when Clever only updates it, as with an event "
            "`users.updated`.",
            behind,
        )


def _was_out_of_scope(index: RecordingIndex, finding: Finding) -> bool:
    """Whether a user was shared on an earlier day, with no role that the app holds."""
    days = index.before(finding.district, finding.day)
    rosters = [index.roster(finding.district, day) for day in days]
    known = [roster for roster in rosters if finding.clever_id in roster.users]
    if not known:
        return False
    roles = roles_of(known[0].users[finding.clever_id])
    return not any(index.expectations.holds_role(role) for role in roles)


NEWCOMERS: tuple[Rule, ...] = (of_a_sort, by_a_role)
