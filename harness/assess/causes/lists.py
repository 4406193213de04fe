"""Why lists are wrong: several schools, teachers, roles or students where the app has fewer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex


def _members(words: str) -> int:
    """How many names a spoken list has."""
    if words in ("", "nobody", "none"):
        return 0
    more = words.rsplit(" and ", 1)
    extra = int(more[1].split()[0]) - 1 if len(more) > 1 and more[1].endswith(" more") else 0
    return words.count(", ") + words.count(" and ") + 1 + extra


def _at_most(id: str, finding_kind: FindingKind, sentence: str, remedy: str, most: int) -> Rule:
    """Where Clever names several, the app never has more than so many."""

    def rule(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
        of_kind = shaped(findings, finding_kind)
        behind = [f for f in of_kind if _members(f.expected) > most >= _members(f.found) > 0]
        if len(behind) > 1 and max(_members(f.found) for f in behind) == most:
            yield LikelyCause(id, sentence.format(number=len(behind), most=most), remedy, behind)

    return rule


def _fixed_number(id: str, finding_kind: FindingKind, sentence: str, remedy: str) -> Rule:
    """Where Clever names many, the app has some of them, and the same number each time."""

    def rule(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
        behind = [
            f
            for f in shaped(findings, finding_kind)
            if _members(f.expected) > _members(f.found) > 1
        ]
        if len({_members(f.found) for f in behind}) == 1:
            most = _members(behind[0].found)
            yield LikelyCause(id, sentence.format(number=len(behind), most=most), remedy, behind)

    return rule


def never_removed(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """All that is wrong is left over; nothing is missing."""
    for finding_kind, what in (
        (FindingKind.STUDENT, "students of a class"),
        (FindingKind.TEACHER, "teachers of a class"),
        (FindingKind.SCHOOL, "schools of a user"),
        (FindingKind.ROLE, "roles of a user"),
        (FindingKind.STUDENT_RELATIONSHIP, "students of a contact"),
    ):
        of_kind = shaped(findings, finding_kind)
        behind = [f for f in of_kind if _only_more(f)]
        if behind and len(behind) == len(of_kind):
            yield LikelyCause(
                f"never-removes:{finding_kind}",
                f"Your app adds {what} and never removes any.",
                "Replace the stored list with what Clever shares, on every sync.",
                behind,
            )


def _only_more(finding: Finding) -> bool:
    expected = set(finding.expected.replace(" and ", ", ").split(", "))
    found = set(finding.found.replace(" and ", ", ").split(", "))
    return expected < found


LISTS: tuple[Rule, ...] = (
    _at_most(
        "one-of-several-schools",
        FindingKind.SCHOOL,
        "{number} users with several schools have only one in your app: it reads `school`.",
        "Read `schools` of each role; `school` holds only the primary one.",
        1,
    ),
    _at_most(
        "one-of-several-teachers",
        FindingKind.TEACHER,
        "{number} sections with several teachers have only one in your app: it reads `teacher`.",
        "Read `teachers`; `teacher` holds only the primary one.",
        1,
    ),
    _at_most(
        "fixed-number-of-teachers",
        FindingKind.TEACHER,
        "{number} sections have no more than {most} teachers in your app: it has two fields for "
        "them.",
        "Store every teacher of a section; Clever allows ten.",
        2,
    ),
    _fixed_number(
        "fixed-number-of-schools",
        FindingKind.SCHOOL,
        "Users have no more than {most} schools in your app: it has a fixed number of fields.",
        "Store every school of a role.",
    ),
    _fixed_number(
        "fixed-number-of-students",
        FindingKind.STUDENT_RELATIONSHIP,
        "Contacts have no more than {most} students in your app: it has a fixed number of fields.",
        "Store every entry of `student_relationships`.",
    ),
    never_removed,
    _at_most(
        "one-of-several-roles",
        FindingKind.ROLE,
        "{number} users with several roles have only one in your app.",
        "Store every key of `roles`.",
        1,
    ),
)
