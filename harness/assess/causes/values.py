"""Why values are wrong: which part of what Clever says the app reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, shaped, shared
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex


def _members(words: str) -> int:
    """How many names a spoken list has."""
    if words in ("", "nobody", "none"):
        return 0
    more = words.rsplit(" and ", 1)
    extra = int(more[1].split()[0]) - 1 if len(more) > 1 and more[1].endswith(" more") else 0
    return words.count(", ") + words.count(" and ") + 1 + extra


def _cut_to(finding_kind: FindingKind, sentence: str, remedy: str, most: int) -> Rule:
    """Where Clever names several, the app never has more than so many."""

    def rule(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
        of_shape = shaped(findings, finding_kind)
        behind = [f for f in of_shape if _members(f.expected) > most >= _members(f.found) > 0]
        if len(behind) > 1 and max(_members(f.found) for f in behind) == most:
            yield LikelyCause(sentence.format(number=len(behind), most=most), remedy, behind)

    return rule


def _where(
    finding_kind: FindingKind,
    accepts: Callable[[Finding], bool],
    sentence: str,
    remedy: str,
) -> Rule:
    def rule(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
        if behind := [f for f in shaped(findings, finding_kind) if accepts(f)]:
            yield LikelyCause(
                sentence.format(number=len(behind), kinds=kinds_of(behind)), remedy, behind
            )

    return rule


def room(finding_kind: FindingKind, sentence: str, remedy: str) -> Rule:
    """Where Clever names many, the app has some of them, and the same number each time."""

    def rule(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
        behind = [
            f
            for f in shaped(findings, finding_kind)
            if _members(f.expected) > _members(f.found) > 1
        ]
        if len({_members(f.found) for f in behind}) == 1:
            most = _members(behind[0].found)
            yield LikelyCause(sentence.format(number=len(behind), most=most), remedy, behind)

    return rule


def unemptied(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Every wrong value stands where Clever has none any more."""
    of_shape = shaped(findings, FindingKind.FIELD)
    if of_shape and all(f.found and f.expected in ("", "none") for f in of_shape):
        yield LikelyCause(
            "Your app never clears a value: what Clever no longer sends stays.",
            'Clear the stored value when a field is absent, null or "".',
            of_shape,
        )


def without_tags(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Addresses lose what stands between a plus sign and the @."""
    wrong = [
        f for f in shaped(findings, FindingKind.FIELD) if "+" in f.expected and "@" in f.expected
    ]
    if behind := [f for f in wrong if f.found == re.sub(r"\+[^@]*", "", f.expected)]:
        yield LikelyCause(
            "Your app removes the tag after a plus sign from e-mail addresses.",
            "Store addresses as Clever sends them; with and without a tag they are two addresses.",
            behind,
        )


def unrelated(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Some contacts belong to nobody, though others belong to their students."""
    behind = [
        f
        for f in shaped(findings, FindingKind.STUDENT_RELATIONSHIP)
        if f.found == "nobody's contact"
    ]
    if behind and _others_belong(index, behind[0]):
        yield LikelyCause(
            "Some contacts have no student in your app, while others do: it skips some "
            "relationships.",
            "Store every entry of `student_relationships`, however many contacts a student has and "
            "whatever `relationship` says.",
            behind,
        )


def _others_belong(index: RecordingIndex, finding: Finding) -> bool:
    try:
        held = index.holdings(finding.district, finding.day).snapshot.users
    except NotReachedError:
        return False
    return any(row.student_relationships for row in held)


def stale(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Every wrong value is the one Clever shared before."""
    behind = [f for f in shaped(findings, FindingKind.FIELD) if f.found and _was_right(index, f)]
    if behind:
        yield LikelyCause(
            f"Your app never updates existing {kinds_of(behind)}: they keep the values of the "
            "first sync.",
            "Update existing records on every sync, instead of only adding new ones.",
            behind,
        )


def _was_right(index: RecordingIndex, finding: Finding) -> bool:
    for day in index.before(finding.district, finding.day):
        earlier: Mapping[str, Any] = {**(shared(index, finding, day) or {})}
        name = earlier.get("name") or ""
        if isinstance(name, dict):
            name = f"{name.get('first', '')} {name.get('last', '')}".strip()
        if finding.found in (earlier.get("email"), name):
            return True
    return False


def cut(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Every wrong value is the beginning of the right one."""
    behind = [
        f
        for f in shaped(findings, FindingKind.FIELD)
        if len(f.found) > 1 and f.expected.startswith(f.found) and f.expected != f.found
    ]
    if len(behind) > 1:
        longest = max(len(f.found) for f in behind)
        yield LikelyCause(
            f"Names and other values are truncated to {longest} characters or fewer.",
            "Store text without a limit, or allow at least 255 characters.",
            behind,
        )


def link_unread(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """A link of sections is empty in the app, and not for one of them only."""
    for link in ("term", "course", "school"):
        behind = [
            f for f in shaped(findings, FindingKind.FIELD) if f.field == link and f.found == "none"
        ]
        if len(behind) > 1:
            key = "term_id" if link == "term" else link
            yield LikelyCause(
                f"{len(behind)} sections have no {link} in your app: it does not read `{key}`.",
                f"Read `{key}` of each section; it holds the Clever ID of the {link}.",
                behind,
            )


def never_removed(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """All that is wrong is left over; nothing is missing."""
    for finding_kind, what in (
        (FindingKind.STUDENT, "students of a class"),
        (FindingKind.TEACHER, "teachers of a class"),
        (FindingKind.SCHOOL, "schools of a user"),
        (FindingKind.ROLE, "roles of a user"),
        (FindingKind.STUDENT_RELATIONSHIP, "students of a contact"),
    ):
        of_shape = shaped(findings, finding_kind)
        behind = [f for f in of_shape if _only_more(f)]
        if behind and len(behind) == len(of_shape):
            yield LikelyCause(
                f"Your app adds {what} and never removes any.",
                "Replace the stored list with what Clever shares, on every sync.",
                behind,
            )


def _only_more(finding: Finding) -> bool:
    expected = set(finding.expected.replace(" and ", ", ").split(", "))
    found = set(finding.found.replace(" and ", ", ").split(", "))
    return expected < found


VALUES: tuple[Rule, ...] = (
    _cut_to(
        FindingKind.SCHOOL,
        "{number} users with several schools have only one in your app: it reads `school`.",
        "Read `schools` of each role; `school` holds only the primary one.",
        1,
    ),
    _cut_to(
        FindingKind.TEACHER,
        "{number} sections with several teachers have only one in your app: it reads `teacher`.",
        "Read `teachers`; `teacher` holds only the primary one.",
        1,
    ),
    _cut_to(
        FindingKind.TEACHER,
        "{number} sections have no more than {most} teachers in your app: it has two fields for "
        "them.",
        "Store every teacher of a section; Clever allows ten.",
        2,
    ),
    room(
        FindingKind.SCHOOL,
        "Users have no more than {most} schools in your app: it has a fixed number of fields.",
        "Store every school of a role.",
    ),
    room(
        FindingKind.STUDENT_RELATIONSHIP,
        "Contacts have no more than {most} students in your app: it has a fixed number of fields.",
        "Store every entry of `student_relationships`.",
    ),
    never_removed,
    _cut_to(
        FindingKind.ROLE,
        "{number} users with several roles have only one in your app.",
        "Store every key of `roles`.",
        1,
    ),
    cut,
    without_tags,
    link_unread,
    unemptied,
    stale,
    unrelated,
    _where(
        FindingKind.STUDENT_RELATIONSHIP,
        lambda finding: finding.found == "nobody's contact",
        "{number} contacts have no student in your app: it does not read their relationships.",
        "Read `student_relationships` of the contact role.",
    ),
    _where(
        FindingKind.STUDENT_RELATIONSHIP,
        lambda finding: True,
        "{number} contacts have a different relationship in your app than at Clever.",
        "Store a separate relationship for each student.",
    ),
)
