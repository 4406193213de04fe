"""Sorts of findings: what a clause of an answer takes a finding for, and of which records."""

from __future__ import annotations

from harness.assess.expectations import ROLE_KEYS
from harness.assess.findings import (
    IN_USE,
    OTHER_RELATIONSHIP,
    PRIMARY_TEACHER,
    Finding,
    FindingKind,
)
from harness.assess.ownership import difference
from harness.catalogue.questions import ALL, Part

_ARCHIVED = "archived now"
"""What stands in `found` when a record was archived though nothing changed at Clever."""

_LEFT_OVER = " left over."
"""How a sentence ends that lacks nothing in a list and has somebody or something too many."""
_BY_FIELD = {PRIMARY_TEACHER: PRIMARY_TEACHER, OTHER_RELATIONSHIP: "other relationship"}
"""`field` of a finding about a list that has the right people in it → its sort."""
KEPT_ARCHIVED = "kept archived"
UNREAD_AND_LOST = "unread and lost"
_LISTS = (FindingKind.SCHOOL, FindingKind.TEACHER)
"""The lists of which `school left over` and `teacher left over` tell that they lack nothing."""
ROLE_ON_RETURN = "role on return"
"""A role that is not as Clever has it, of somebody who came back with the sync of that day."""


def sort_of(finding: Finding) -> str:
    """The sort of difference as `questions.yaml` names it; "" for a record that only lost others.

    It is `unread` only while Clever fails: later the record is simply archived or lost.
    """
    if finding.finding_kind is FindingKind.SYNC and finding.field:
        return finding.field  # a sync that completed, but not by itself
    if finding.field in _BY_FIELD:
        return _BY_FIELD[finding.field]
    if finding.requirement == "G6" and _ARCHIVED in finding.found:
        return str(FindingKind.INACTIVE)  # by the sync of another district
    if finding.finding_kind is not FindingKind.UNREAD:
        return difference(finding)
    if finding.expected != IN_USE:
        return ""
    if finding.requirement == "T1":
        return str(FindingKind.UNREAD)
    return str(FindingKind.INACTIVE if finding.found == "archived" else FindingKind.LOST)


def sorts_of(finding: Finding) -> tuple[str, ...]:
    """The same after whatever finer sort `questions.yaml` has words for."""
    sort = sort_of(finding)
    if sort == FindingKind.NOT_RESTORED and finding.found == "archived":
        return KEPT_ARCHIVED, sort
    if sort in _LISTS and finding.sentence.endswith(_LEFT_OVER):
        return f"{sort}{_LEFT_OVER.rstrip('.')}", sort
    if sort == FindingKind.UNREAD and finding.found != "archived":
        return UNREAD_AND_LOST, sort
    return (sort,)


def may_be_of(finding: Finding, part: Part) -> bool:
    """Whether a finding is about records of the kinds a part speaks of: users, sections, ..."""
    if not finding.kind or not {ALL, "progress"}.isdisjoint(part.kinds):
        return True
    roles = ROLE_KEYS.values()
    return any(
        finding.kind == ("users" if kind in roles else kind.partition(".")[0])
        for kind in part.kinds
    )
