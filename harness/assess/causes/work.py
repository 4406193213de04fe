"""Why work is gone of people who are in use: what changed around them while it was there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import roles_of
from harness.district.data_model.roster import Roster
from harness.prose import counted

Around = Callable[[Roster, str], frozenset[str]]
"""The Clever IDs of what surrounds a user."""


def work_lost(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Work of people who changed classes was stored with a class; else with something else."""
    behind = shaped(findings, FindingKind.WORK_LOST)
    if not behind:
        return
    if any(_changed(index, finding, _classes) for finding in behind):
        yield LikelyCause(
            "work-tied-to-class",
            "Work disappears although its owner is still active: it is stored with a class or "
            "enrollment.",
            "Store progress with the account; keep the class as an attribute of it.",
            behind,
        )
        return
    contacts = [finding for finding in behind if _changed(index, finding, _contacts)]
    when = " when their contacts change" if len(contacts) == len(behind) else ""
    yield LikelyCause(
        "work-lost",
        f"Work of {counted(len(behind), 'user')} disappears{when}, though the account is in use "
        f"and the classes are the same: {behind[0].sentence}",
        "Store progress with the account, and delete it with nothing else.",
        behind,
    )


def _changed(index: RecordingIndex, finding: Finding, around: Around) -> bool:
    """Whether something else surrounds a user than on a day before."""
    days = index.before(finding.district, finding.day)
    now = around(index.roster(finding.district, finding.day), finding.clever_id)
    return any(
        around(index.roster(finding.district, day), finding.clever_id) != now for day in days
    )


def _classes(roster: Roster, clever_id: str) -> frozenset[str]:
    sections = roster.sections.items()
    return frozenset(i for i, row in sections if clever_id in (*row["students"], *row["teachers"]))


def _contacts(roster: Roster, clever_id: str) -> frozenset[str]:
    return frozenset(
        contact
        for contact, user in roster.users.items()
        for role in roles_of(user).values()
        if any(tie["student"] == clever_id for tie in role.get("student_relationships") or ())
    )
