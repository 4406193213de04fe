"""Claims of drafts, recomputed from the findings of a run: what none of them may contradict.

The rows say in words of their own what an answer claims of whom, and which findings deny that. They
share no code with the clauses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from harness.assess.check_result import Outcome
from harness.assess.findings import Finding, FindingKind
from harness.assess.kinds import Kinds
from harness.assess.recording_index import RecordingIndex
from harness.assess.results import Results
from harness.contract.profile import HOLDABLE
from harness.recording.recording import Recording

ABSENT = {FindingKind.MISSING, FindingKind.INACTIVE, FindingKind.NOT_DELIVERED}
MEMBERS = {FindingKind.STUDENT, FindingKind.TEACHER}
WORK = {FindingKind.WORK_LOST, FindingKind.WORK_MOVED}
CLAIMS = {
    "user-types": (r"(?:^|\. )([^.]*) have accounts\.", ABSENT),
    "student-teacher-associations": (
        r"Every section has the (.*?) that Clever lists,",
        ABSENT | MEMBERS,
    ),
    "deleted-records": (
        r"When (.*?) no longer appear in Clever's API, we archive",
        {FindingKind.NOT_ARCHIVED, FindingKind.LOST},
    ),
    "restored-records": (r"puts archived (.*?) back into use", {FindingKind.NOT_RESTORED}),
    "users-in-several-schools": (r"^(.*) have one account each", {FindingKind.SCHOOL}),
    "co-teachers": (r"Every (teacher) of a section has access", ABSENT | {FindingKind.TEACHER}),
    "progress-deleted": (r"(No sync deletes it)", WORK),
}
"""Question → what its answer claims of those in brackets, and the findings that deny it of them."""
OF_SECTIONS = {"student-teacher-associations", "co-teachers"}
"""The questions about who is in a class: whoever is missing and in none leaves no gap there."""
SUBJECTS = {"teacher": "teachers", "No sync deletes it": "progress"}
EVERYBODY = {
    "key-identifier": (
        "The Clever ID",
        {FindingKind.DUPLICATE, FindingKind.MERGED, FindingKind.NEW_ACCOUNT},
    ),
}


def untrue_claims(recorded: Callable[[], Recording], results: Results) -> Iterator[str]:
    """The claims of drafts beside a finding of the same run that denies them, with the finding.

    The recording is read only where it matters which roles somebody has.
    """
    index = cache(lambda: RecordingIndex(recorded()))
    kinds = cache(lambda: Kinds(index()))
    answers = {answer.question: answer.answer for answer in results.answers}
    findings = [
        finding
        for check in results.checks
        if check.outcome in (Outcome.FAIL, Outcome.WARN)
        for finding in check.findings
        if not finding.requirement.startswith("T")
    ]
    for question, (pattern, denying) in CLAIMS.items():
        for claim in re.findall(pattern, answers[question]):
            whose = claimed(claim)
            for finding in findings:
                if (
                    finding.finding_kind in denying
                    and whose & concerned(finding, kinds)
                    and (question not in OF_SECTIONS or leaves_a_gap(finding, index))
                    and not finding.field.startswith("roles.")  # of one role, not of the user
                    and not finding.field.startswith("account:")  # Clever never had it
                ):
                    yield f"{question}: {claim}: {finding.sentence}"
    for question, (words, denying) in EVERYBODY.items():
        if answers[question].startswith(words):
            yield from (
                f"{question}: {row.sentence}"
                for row in findings
                if row.finding_kind in denying and row.requirement == "R1"
            )


def leaves_a_gap(finding: Finding, index: Callable[[], RecordingIndex]) -> bool:
    """Whether a class lists the person that a finding is about, on the day it is about."""
    if finding.finding_kind not in ABSENT or finding.kind != "users":
        return True
    sections = index().roster(finding.district, finding.day).sections.values()
    return any(finding.clever_id in (*row["students"], *row["teachers"]) for row in sections)


def claimed(nouns: str) -> set[str]:
    """The kinds that are named in a list of nouns."""
    known = {noun: kind for kind, noun in HOLDABLE.items()} | {"contacts": "contacts"} | SUBJECTS
    words = re.split(r", | and ", nouns[:1].lower() + nouns[1:] if nouns not in known else nouns)
    return {known[word] for word in words if word in known}


def concerned(finding: Finding, kinds: Callable[[], Kinds]) -> frozenset[str]:
    """The kinds that a finding is about; of somebody all roles."""
    if finding.finding_kind in WORK:
        return frozenset({"progress"})
    if finding.finding_kind in MEMBERS:
        return frozenset({f"{finding.finding_kind}s"})
    return kinds().of_finding(finding) if finding.kind == "users" else frozenset({finding.kind})
