"""Why contacts of the right students are something else to them than Clever says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from harness.assess.causes.likely_cause import LikelyCause, shaped, shared
from harness.assess.causes.members import are_like_others, sides
from harness.assess.findings import OTHER_RELATIONSHIP, Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import HeldUser
from harness.district.data_model.records import Kind, User

_Ties = Mapping[str, str]
"""Clever ID of a student → what the contact is to them."""


def other_relationships(
    index: RecordingIndex, findings: Sequence[Finding]
) -> Iterator[LikelyCause]:
    """Contacts of whom nothing more particular is known."""
    behind = [
        listing.finding
        for listing in sides(index, shaped(findings, FindingKind.STUDENT_RELATIONSHIP))
        if not are_like_others(index, listing)
    ]
    if not behind:
        return
    number = len({(f.district, f.clever_id) for f in behind})
    who, have = ("One contact", "has") if number == 1 else (f"{number:,} contacts", "have")
    sentence = f"{who} {have} a different relationship in your app than at Clever."
    remedy = "Store a separate relationship for each student."
    alike = all(finding.field == OTHER_RELATIONSHIP for finding in behind)
    if not alike:
        sentence = f"{who} {have} other students in your app than Clever names."
        remedy = "Replace the stored relationships with what Clever shares, on every sync."
    if alike and all(_is_former(index, finding) for finding in behind):
        sentence = f"{who} {have} the relationship to a student that Clever named before."
        remedy = (
            "Write the `relationship` of each entry of `student_relationships` on every sync, not "
            "with new ones only."
        )
    elif alike and all(_is_one(index, finding) for finding in behind):
        sentence = f"{who} {have} one relationship to several students; Clever names another."
        remedy = (
            "Store the `relationship` of each entry of `student_relationships`; what else a "
            "contact has of that name is of no single student."
        )
    yield LikelyCause("other-relationships", sentence, remedy, behind)


def _is_former(index: RecordingIndex, finding: Finding) -> bool:
    """Whether each tie that is wrong is as Clever had it on an earlier day."""
    now, held = _shared(index, finding, finding.day), _held(index, finding)
    earlier = [_shared(index, finding, d) for d in index.before(finding.district, finding.day)]
    wrong = {student for student in held if now.get(student) != held[student]}
    return bool(wrong) and all(
        any(ties.get(student) == held[student] for ties in earlier) for student in wrong
    )


def _is_one(index: RecordingIndex, finding: Finding) -> bool:
    """Whether a contact is the same to all students in the app, and not at Clever."""
    held = _held(index, finding)
    at_clever = set(_shared(index, finding, finding.day).values())
    return len(held) > 1 and len(set(held.values())) == 1 and len(at_clever) > 1


def _shared(index: RecordingIndex, finding: Finding, day: str) -> _Ties:
    record = shared(index, finding, day)
    contact = cast(User, record)["roles"].get("contact") if record else None
    ties = contact["student_relationships"] if contact else ()
    return {tie["student"]: tie["relationship"] for tie in ties}


def _held(index: RecordingIndex, finding: Finding) -> _Ties:
    try:
        held = index.holdings(finding.district, finding.day)
    except NotReachedError:
        return {}
    row = held.active(Kind.USERS, finding.clever_id)
    ties = row.student_relationships if isinstance(row, HeldUser) else ()
    return {tie.student: tie.relationship or "" for tie in ties}
