"""Why lists have the wrong people: which school they are of, which other classes they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

from harness.assess.causes.former_lists import shared_before
from harness.assess.causes.likely_cause import LikelyCause, part, shaped
from harness.assess.causes.members import (
    NOUNS,
    Sides,
    are_like_others,
    findings_of,
    nearly_all,
    records_of,
    sides,
)
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import HeldSection, Status
from harness.district.data_model.records import Kind
from harness.prose import counted

_NEARLY = 0.8
_FEW = 0.01
_MEMBERS = (FindingKind.STUDENT, FindingKind.TEACHER)


def of_another_school(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all who are missing in a section have another primary school than it."""
    for finding_kind in _MEMBERS:
        lists = [
            listing for listing in sides(index, shaped(findings, finding_kind)) if listing.missing
        ]
        if behind := nearly_all(lists, lambda listing: _elsewhere(index, listing)):
            yield LikelyCause(
                f"leaves-out-guests:{finding_kind}",
                f"In {part(records_of(behind), records_of(lists))} sections that lack "
                f"{finding_kind}s, those missing have another primary school than the section.",
                "Take the members of a section as Clever names them, whatever their schools are.",
                findings_of(behind),
            )


def _elsewhere(index: RecordingIndex, listing: Sides) -> bool:
    finding = listing.finding
    roster = index.roster(finding.district, finding.day)
    section = roster.sections[finding.clever_id]

    def away(user_id: str, *, first: bool) -> bool:
        user = cast(Mapping[str, Any], roster.users.get(user_id) or {})
        role = user.get("roles", {}).get(str(finding.finding_kind)) or {}
        school = (role.get("schools") or [""])[0] if first else role.get("school")
        return bool(school) and school != section["school"]

    held = listing.held & frozenset(listing.wanted)
    return any(
        all(away(user_id, first=first) for user_id in listing.missing)
        and not any(away(user_id, first=first) for user_id in held)
        for first in (False, True)
    )


_OF_THE_CLASS = (
    "members-of-another-class",
    "Take the members of a section from that section alone, by its Clever ID.",
)
_NEVER_NAMED: Mapping[FindingKind, tuple[str, str]] = {
    **dict.fromkeys(_MEMBERS, _OF_THE_CLASS),
    FindingKind.STUDENT_RELATIONSHIP: (
        "children-of-others",
        "Take a contact's students from that contact's own `student_relationships`, and from "
        "nothing else.",
    ),
    FindingKind.ROLE: (
        "invents-roles",
        "Give users the keys of `roles` that hold an object, and no other role: derive none from "
        "schools, titles, classes or contacts, since a role can open what others wrote.",
    ),
}
"""Which lists have strangers → the cause, and its remedy."""


def strangers(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that is wrong with lists is entries that Clever never had in them."""
    for finding_kind, (id, remedy) in _NEVER_NAMED.items():
        of_kind, noun = shaped(findings, finding_kind), NOUNS[finding_kind]
        behind = [listing for listing in sides(index, of_kind) if _has_strangers(index, listing)]
        who = "that" if finding_kind is FindingKind.ROLE else "whom"
        if behind and len(behind) >= _NEARLY * len(of_kind):
            number = len({(finding.district, finding.clever_id) for finding in of_kind})
            yield LikelyCause(
                id,
                f"{part(records_of(behind), number).capitalize()} {noun.whose} with wrong "
                f"{noun.noun}s have some {who} Clever has never named there: "
                f"{behind[0].finding.sentence}",
                remedy,
                findings_of(behind),
            )


def _has_strangers(index: RecordingIndex, listing: Sides) -> bool:
    """Whether somebody in a list was never named there; a role may stand there for another one."""
    mistaken = listing.finding.finding_kind is FindingKind.ROLE and bool(listing.missing)
    mistaken = mistaken or are_like_others(index, listing)
    return bool(listing.left_over) and not mistaken and not shared_before(index, listing)


def teachers_among_students(
    index: RecordingIndex, findings: Sequence[Finding]
) -> Iterator[LikelyCause]:
    """Nearly all that is left over among the students of sections are their teachers."""
    lists = [
        listing
        for listing in sides(index, shaped(findings, FindingKind.STUDENT))
        if listing.left_over
    ]
    behind = nearly_all(
        lists, lambda listing: listing.left_over <= _teachers(index, listing.finding)
    )
    if not behind:
        return
    lacking = [
        listing
        for listing in sides(index, shaped(findings, FindingKind.TEACHER))
        if listing.missing and listing.missing <= _held_students(index, listing.finding)
    ]
    sections = {(listing.finding.district, listing.finding.clever_id) for listing in behind}
    yield LikelyCause(
        "teachers-as-students",
        f"Your app puts teachers among the students of {counted(len(sections), 'section')}.",
        "Take students from `students` and teachers from `teachers` of the section. A list of its "
        "users holds both: tell them apart by these two, not by who is the primary teacher.",
        findings_of([*behind, *lacking]),
    )


def _held_students(index: RecordingIndex, finding: Finding) -> frozenset[str]:
    """Whom the app has as students of a section."""
    row = index.holdings(finding.district, finding.day).active(Kind.SECTIONS, finding.clever_id)
    return frozenset(row.students) if isinstance(row, HeldSection) else frozenset()


def _teachers(index: RecordingIndex, finding: Finding) -> frozenset[str]:
    """Whom Clever names as teachers of a section, on the day of a finding or before."""
    days = (*index.before(finding.district, finding.day), finding.day)
    sections = (index.roster(finding.district, day).sections.get(finding.clever_id) for day in days)
    return frozenset(teacher for section in sections if section for teacher in section["teachers"])


@dataclass(frozen=True, slots=True)
class _Place:
    """A student whom the app lacks in a section, on a day."""

    listing: Sides
    student: str
    others: int
    """In how many other sections in use the app has them."""


def _places(index: RecordingIndex, findings: Sequence[Finding]) -> list[_Place]:
    lists = [
        listing
        for listing in sides(index, shaped(findings, FindingKind.STUDENT))
        if listing.missing
    ]
    return [
        _Place(
            listing,
            student,
            _classes(index, listing.finding.district, listing.finding.day)[student],
        )
        for listing in lists
        for student in sorted(listing.missing)
    ]


def _classes(index: RecordingIndex, district: str, day: str) -> Counter[str]:
    """In how many sections in use the app has each student."""

    def count() -> Counter[str]:
        held = index.holdings(district, day).snapshot.sections
        rows = [row for row in held if row.status is Status.ACTIVE]
        return Counter(student for row in rows for student in set(row.students))

    return index.cached(("classes", district, day), count)


def classes_at_most(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all students missing in sections are in the same number of others, and nobody in more.

    One student is enough, since the app has nobody in more; of many a few may be.
    """
    places = _places(index, findings)
    if not places:
        return
    [(most, times)] = Counter(place.others for place in places).most_common(1)
    days = {(place.listing.finding.district, place.listing.finding.day) for place in places}
    more = {i for day in days for i, n in _classes(index, *day).items() if n > most}
    if most and times >= _NEARLY * len(places) and len(more) <= _FEW * times:
        yield LikelyCause(
            "fixed-number:class",
            f"In {part(times, len(places))} missing memberships of students, the student is in "
            f"{counted(most, 'other section')} in your app, and "
            f"{counted(len(more), 'student') if more else 'no student'} "
            f"{'are' if len(more) > 1 else 'is'} in more.",
            "A student can be in any number of sections: store each membership by itself.",
            findings_of([place.listing for place in places]),
        )


def second_class(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Whom Clever adds to a class is missing there if the app has them in another, else is not.

    Or if it had them in another on the day before, and took that membership away too late.
    """
    places = [place for place in _places(index, findings) if _in_another(index, place)]
    new = {
        (place.listing.finding.district, place.listing.finding.day, place.listing.finding.clever_id)
        for place in places
        if _added(index, place)
    }
    if not new or len(places) < _NEARLY * len(_places(index, findings)):
        return
    behind = [place for place in places if _key(place) in new and _added(index, place)]
    if _second_classes(index) >= len(behind):
        return
    alone, refused = _newcomers(index, {key[:2] for key in new})
    if len(behind) >= _NEARLY * len(places) and alone and refused <= (1 - _NEARLY) * alone:
        number = len({(*_key(place), place.student) for place in behind})
        yield LikelyCause(
            "fixed-number:class",
            f"Your app leaves {counted(number, 'student')} out of a section that Clever added them "
            f"to, all of whom it has or had in another one; {alone - refused} of {alone} who were "
            "in no other are there.",
            "A student can be in any number of sections: store each membership by itself.",
            findings_of([place.listing for place in behind]),
        )


def _key(place: _Place) -> tuple[str, str, str]:
    finding = place.listing.finding
    return finding.district, finding.day, finding.clever_id


def _in_another(index: RecordingIndex, place: _Place) -> bool:
    finding = place.listing.finding
    known = _known_classes(index, finding.district, finding.day)
    return bool(known[place.student])


def _known_classes(index: RecordingIndex, district: str, day: str) -> Counter[str]:
    """In how many sections the app has each student, or had them the day before."""
    earlier = index.before(district, day)[-1:]
    return _classes(index, district, day) | (
        _classes(index, district, earlier[0]) if earlier else Counter()
    )


def _added(index: RecordingIndex, place: _Place) -> bool:
    """Whether Clever named the student in a section that was there without them."""
    finding = place.listing.finding
    earlier = index.before(finding.district, finding.day)
    sections = [index.roster(finding.district, d).sections.get(finding.clever_id) for d in earlier]
    return any(section and place.student not in section["students"] for section in sections)


def _newcomers(index: RecordingIndex, days: set[tuple[str, str]]) -> tuple[int, int]:
    """How many were added to a section on these days and are in no other, and lack it."""
    alone, refused = 0, 0
    for district, day in days:
        now = index.roster(district, day).sections
        then = index.roster(district, index.before(district, day)[-1]).sections
        held = index.holdings(district, day)
        classes = _known_classes(index, district, day)
        rows = {row.clever_id: row for row in held.snapshot.sections}
        for section_id in now.keys() & then.keys() & rows.keys():
            for student in set(now[section_id]["students"]) - set(then[section_id]["students"]):
                there = student in rows[section_id].students
                if classes[student] - there == 0:
                    alone += 1
                    refused += not there
    return alone, refused


def _second_classes(index: RecordingIndex) -> int:
    """How often somebody with a class was added to another, and is in it: then others can be."""
    number = 0
    for district in index.districts:
        for then, day in pairwise(index.days_of(district)):
            try:
                held = index.holdings(district, day).snapshot.sections
                classes = _known_classes(index, district, day)
            except NotReachedError:
                continue
            now, before = (index.roster(district, each).sections for each in (day, then))
            for row in held:
                if row.clever_id in now and row.clever_id in before:
                    new, old = (each[row.clever_id]["students"] for each in (now, before))
                    number += sum(classes[i] > 1 for i in set(new) & set(row.students) - set(old))
    return number
