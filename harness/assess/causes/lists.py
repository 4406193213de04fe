"""Why lists are wrong: several schools, teachers, roles or students where the app has fewer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from harness.assess.causes.likely_cause import LikelyCause, Rule, shaped, shared
from harness.assess.causes.members import Sides, sides
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind, Record
from harness.prose import counted

_NEARLY = 0.8
_NOUNS = {
    FindingKind.SCHOOL: ("users", "school"),
    FindingKind.TEACHER: ("sections", "teacher"),
    FindingKind.STUDENT: ("sections", "student"),
    FindingKind.ROLE: ("users", "role"),
    FindingKind.STUDENT_RELATIONSHIP: ("contacts", "student"),
}
_READ = {
    FindingKind.SCHOOL: "Read `schools` of each role, all of them; `school` is only the primary.",
    FindingKind.TEACHER: "Read `teachers`, all of them; `teacher` is only the primary one.",
    FindingKind.STUDENT: "Store every entry of `students`.",
    FindingKind.ROLE: "Store every key of `roles`.",
    FindingKind.STUDENT_RELATIONSHIP: "Store every entry of `student_relationships`.",
}


def nobody_has_any(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Of a district that the app holds, no list of a sort has anything in it."""
    for finding_kind, (whose, noun) in _NOUNS.items():
        found = sides(index, shaped(findings, finding_kind))
        empty = [one for one in found if one.wanted and not one.held]
        places = {(one.finding.district, one.finding.day) for one in empty}
        if len(empty) > 1 and not any(_any(index, *place, finding_kind) for place in places):
            yield LikelyCause(
                f"nobody-has-any:{noun}",
                f"Your app holds no {noun} of any of the {whose}, {len(empty)} of which have one "
                "at Clever.",
                _READ[finding_kind],
                [one.finding for one in empty],
            )


def _any(index: RecordingIndex, district: str, day: str, finding_kind: FindingKind) -> bool:
    try:
        held = index.holdings(district, day).snapshot
    except NotReachedError:
        return True
    match finding_kind:
        case FindingKind.SCHOOL:
            return any(role.schools for row in held.users for role in row.roles)
        case FindingKind.TEACHER:
            return any(row.teachers for row in held.sections)
        case FindingKind.STUDENT:
            return any(row.students for row in held.sections)
        case FindingKind.STUDENT_RELATIONSHIP:
            return any(row.student_relationships for row in held.users)
        case _:
            return any(row.roles for row in held.users)


def fixed_number(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Where Clever names more, the app has the same number nearly each time."""
    for finding_kind, (whose, noun) in _NOUNS.items():
        of_kind = shaped(findings, finding_kind)
        found = [one for one in sides(index, of_kind) if len(one.wanted) > len(one.held) > 0]
        if not found:
            continue
        [(most, times)] = Counter(len(one.held) for one in found).most_common(1)
        behind = [one for one in found if len(one.held) == most]
        first = all(one.held == frozenset(one.wanted[:most]) for one in behind)
        if times < _NEARLY * len(of_kind) or (times == 1 and not first):
            continue
        some = f"{times} of {len(of_kind)}" if times < len(of_kind) else str(times)
        only = "only one" if most == 1 else f"only {most}"
        yield LikelyCause(
            f"fixed-number:{noun}",
            f"{some} {whose} with more {noun}s at Clever have {only} in your app"
            f"{f', the first {most} by the order of Clever' if first and most > 1 else ''}.",
            _READ[finding_kind],
            [one.finding for one in behind],
        )


def never_removed(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that is wrong with a sort of list is left over, and Clever shared it before.

    Schools of one role are another matter: the person may have them, in another role.
    """
    for finding_kind, (whose, noun) in _NOUNS.items():
        of_kind = shaped(findings, finding_kind)
        lists = sides(index, of_kind)
        if finding_kind is FindingKind.SCHOOL:
            lists = [one for one in lists if one.finding.field == "schools"]
        behind = [one for one in lists if one.left_over and not one.missing]
        if not behind or len(behind) < _NEARLY * len(of_kind):
            continue
        before = [one for one in behind if _shared_before(index, one)]
        if len(before) < _NEARLY * len(behind):
            continue
        yield LikelyCause(
            f"never-removes:{noun}",
            f"Your app keeps {noun}s that Clever has taken out of {len(before)} {whose}, "
            f"in {len(behind)} of {counted(len(of_kind), 'finding')} about them.",
            "Replace the stored list with what Clever shares, on every sync.",
            [one.finding for one in behind],
        )


def _shared_before(index: RecordingIndex, one: Sides) -> bool:
    """Whether Clever named all that is left over in this list on an earlier day."""
    finding = one.finding
    former: set[str] = set()
    for day in index.before(finding.district, finding.day):
        if record := shared(index, finding, day):
            former.update(_names(finding.finding_kind, record))
    return one.left_over <= former


def _names(finding_kind: FindingKind, record: Record) -> Iterator[str]:
    fields = cast(Mapping[str, Any], record)
    match finding_kind:
        case FindingKind.TEACHER | FindingKind.STUDENT:
            yield from fields[f"{finding_kind}s"]
        case FindingKind.ROLE:
            yield from (name for name, role in fields["roles"].items() if role)
        case _:
            for role in filter(None, fields["roles"].values()):
                yield from role.get("schools") or ()
                yield from (tie["student"] for tie in role.get("student_relationships") or ())


def away_before(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all lists that lack somebody are of, or lack, somebody who has just come back."""
    for finding_kind in (FindingKind.STUDENT, FindingKind.TEACHER, FindingKind.SCHOOL):
        whose, noun = _NOUNS[finding_kind]
        lists = [one for one in sides(index, shaped(findings, finding_kind)) if one.missing]
        behind = [one for one in lists if _returned(index, one)]
        if behind and len(behind) >= _NEARLY * len(lists):
            yield LikelyCause(
                f"restores-without:{noun}",
                f"{len(behind)} of {len(lists)} {whose} that lack {noun}s, or those {noun}s, have "
                "just come back: your app restores records without what belongs to them.",
                "When a record comes back, apply all that Clever shares of it in the same sync.",
                [one.finding for one in behind],
            )


def _returned(index: RecordingIndex, one: Sides) -> bool:
    finding = one.finding
    earlier = index.before(finding.district, finding.day)
    if len(earlier) < 2:
        return False
    seen = [index.roster(finding.district, day) for day in earlier]
    kind = Kind(finding.kind)

    def back(of: Kind, clever_id: str) -> bool:
        there = [clever_id in roster.of(of) for roster in seen]
        return any(there) and not all(there[there.index(True) :])

    others = Kind.SCHOOLS if finding.finding_kind is FindingKind.SCHOOL else Kind.USERS
    return back(kind, finding.clever_id) or all(back(others, i) for i in one.missing)


def membership_ended(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all who are missing in a section had left it and came back to it."""
    for finding_kind in (FindingKind.STUDENT, FindingKind.TEACHER):
        lists = [one for one in sides(index, shaped(findings, finding_kind)) if one.missing]
        behind = [one for one in lists if _was_out(index, one)]
        if behind and len(behind) >= _NEARLY * len(lists):
            yield LikelyCause(
                f"membership-stays-ended:{finding_kind}",
                f"In {len(behind)} of {len(lists)} sections the {finding_kind}s that are missing "
                "had left the section and came back to it.",
                "Treat a membership that Clever shares again like a new one.",
                [one.finding for one in behind],
            )


def _was_out(index: RecordingIndex, one: Sides) -> bool:
    finding, key = one.finding, f"{one.finding.finding_kind}s"
    lists = [
        cast(Mapping[str, Any], record)[key]
        for day in index.before(finding.district, finding.day)
        if (record := shared(index, finding, day))
    ]
    return all(
        any(member in there for there in lists) and not all(member in there for there in lists)
        for member in one.missing
    )


def of_another_school(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all who are missing in a section have another primary school than it."""
    for finding_kind in (FindingKind.STUDENT, FindingKind.TEACHER):
        lists = [one for one in sides(index, shaped(findings, finding_kind)) if one.missing]
        behind = [one for one in lists if _elsewhere(index, one)]
        if behind and len(behind) >= _NEARLY * len(lists):
            yield LikelyCause(
                f"leaves-out-guests:{finding_kind}",
                f"In {len(behind)} of {len(lists)} sections that lack {finding_kind}s, those "
                "missing have another primary school than the section.",
                "Take the members of a section as Clever names them, whatever their schools are.",
                [one.finding for one in behind],
            )


def _elsewhere(index: RecordingIndex, one: Sides) -> bool:
    finding = one.finding
    roster = index.roster(finding.district, finding.day)
    section = roster.sections[finding.clever_id]

    def away(user_id: str, *, first: bool) -> bool:
        user = cast(Mapping[str, Any], roster.users.get(user_id) or {})
        role = user.get("roles", {}).get(str(finding.finding_kind)) or {}
        school = (role.get("schools") or [""])[0] if first else role.get("school")
        return bool(school) and school != section["school"]

    held = one.held & frozenset(one.wanted)
    return any(
        all(away(user_id, first=first) for user_id in one.missing)
        and not any(away(user_id, first=first) for user_id in held)
        for first in (False, True)
    )


def strangers(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that is wrong with sections is members Clever never named in them."""
    for finding_kind in (FindingKind.STUDENT, FindingKind.TEACHER):
        of_kind = shaped(findings, finding_kind)
        behind = [
            one for one in sides(index, of_kind) if one.left_over and not _shared_before(index, one)
        ]
        if behind and len(behind) >= _NEARLY * len(of_kind):
            yield LikelyCause(
                "members-of-another-class",
                f"{len(behind)} of {len(of_kind)} sections with wrong {finding_kind}s have some "
                "that Clever has never named in them.",
                "Take the members of a section from that section alone, by its Clever ID.",
                [one.finding for one in behind],
            )


def of_all_roles(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Each school too many of a role is a school of another role of the same person."""
    of_kind = [f for f in shaped(findings, FindingKind.SCHOOL) if f.field.startswith("roles.")]
    lists = [one for one in sides(index, of_kind) if one.left_over and not one.missing]
    behind = [one for one in lists if _of_another_role(index, one)]
    if behind and len(behind) >= _NEARLY * len(of_kind):
        yield LikelyCause(
            "schools-of-all-roles",
            f"In {len(behind)} of {counted(len(of_kind), 'finding')} about the schools of one "
            "role, your app has the person's schools of other roles there.",
            "Store schools per role, not per user.",
            [one.finding for one in behind],
        )


def _of_another_role(index: RecordingIndex, one: Sides) -> bool:
    record = cast(Mapping[str, Any], shared(index, one.finding) or {})
    roles = [role for role in record.get("roles", {}).values() if role]
    return one.left_over <= {school for role in roles for school in role.get("schools") or ()}


def primary_replaced(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that is missing in lists is what came first in them before."""
    for finding_kind, first in ((FindingKind.TEACHER, "teacher"), (FindingKind.SCHOOL, "school")):
        whose, noun = _NOUNS[finding_kind]
        lists = [one for one in sides(index, shaped(findings, finding_kind)) if one.missing]
        behind = [one for one in lists if one.missing <= _former_first(index, one, first)]
        if behind and len(behind) >= _NEARLY * len(lists):
            yield LikelyCause(
                f"replaces-primary:{noun}",
                f"{len(behind)} of {len(lists)} {whose} that lack a {noun} lack the one that was "
                "the primary before and is no longer: your app takes it out.",
                f"Read `{noun}s`, all of them; another primary one does not end the others.",
                [one.finding for one in behind],
            )


def _former_first(index: RecordingIndex, one: Sides, first: str) -> set[str]:
    """What was the primary one on an earlier day and is not now."""

    def primary(day: str) -> set[str]:
        record = cast(Mapping[str, Any], shared(index, one.finding, day) or {})
        roles = [role for role in record.get("roles", {}).values() if role] or [record]
        return {str(role[first]) for role in roles if role.get(first)}

    finding = one.finding
    former = set().union(*map(primary, index.before(finding.district, finding.day)))
    return former - primary(finding.day)


def classes_at_most(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all students missing in sections are in the same number of others."""
    lists = [one for one in sides(index, shaped(findings, FindingKind.STUDENT)) if one.missing]
    numbers: Counter[int] = Counter()
    for one in lists:
        held = index.holdings(one.finding.district, one.finding.day).snapshot.sections
        of = Counter(student for row in held for student in set(row.students))
        numbers.update(of[student] for student in one.missing)
    if not numbers:
        return
    [(most, times)] = numbers.most_common(1)
    if most and times >= _NEARLY * numbers.total():
        yield LikelyCause(
            "fixed-number:class",
            f"{times} of {counted(numbers.total(), 'student')} missing in sections are in "
            f"{counted(most, 'other section')} in your app, and in no more.",
            "A student can be in any number of sections: store each membership by itself.",
            [one.finding for one in lists],
        )


def null_roles(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Roles too many are keys of `roles` that are null at Clever."""
    lists = [one for one in sides(index, shaped(findings, FindingKind.ROLE)) if one.left_over]
    behind = [one for one in lists if one.left_over <= _null(index, one)]
    if behind and len(behind) >= _NEARLY * len(lists):
        yield LikelyCause(
            "takes-null-for-a-role",
            f"In {len(behind)} of {counted(len(lists), 'user')} with too many roles, those roles "
            "are null at Clever: your app takes every key of `roles` for a role.",
            "Take a key of `roles` for a role only when its value is an object.",
            [one.finding for one in behind],
        )


def _null(index: RecordingIndex, one: Sides) -> set[str]:
    record = cast(Mapping[str, Any], shared(index, one.finding) or {})
    return {name for name, role in record.get("roles", {}).items() if role is None}


LISTS: tuple[Rule, ...] = (
    null_roles,
    nobody_has_any,
    of_all_roles,
    primary_replaced,
    never_removed,
    strangers,
    membership_ended,
    away_before,
    of_another_school,
    fixed_number,
    classes_at_most,
)
