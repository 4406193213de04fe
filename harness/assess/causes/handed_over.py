"""Accounts that went from one person to another: what the two have in common.

Whoever takes a newcomer for somebody who left shows it in two records of Clever's, however many
others have equal values of that sort; so this asks less of a value than `lookups`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, part, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.identifying_values import IDENTIFYING_VALUES, IdentifyingValue
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import HeldUser
from harness.district.data_model.records import Kind
from harness.prose import counted

_NEARLY = 0.75
_NO_KEYS = ("created", "school", "grades")
"""What whole schools and years have in common."""


def ids_given_again(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Two rows with one id of the app's: somebody else has it, and its owner has it still.

    An account that is taken for another's would have the other's Clever ID in place of it.
    """
    both = [
        finding
        for finding in shaped(findings, FindingKind.NEW_ACCOUNT, kind=Kind.USERS)
        if _shares_id(index, finding)
    ]
    if both:
        yield LikelyCause(
            "ids-given-again",
            f"Your app gives IDs of its own that others have: {counted(len(both), 'user')} and "
            "somebody else have one `app_id`, each in a record with a Clever ID of their own.",
            "Give no ID again, also not that of an archived record: whoever comes back, and all "
            "work that refers to it, would be somebody else's.",
            both,
        )


def _shares_id(index: RecordingIndex, finding: Finding) -> bool:
    """Whether a row of the finding's and one of somebody else have the same id of the app's.

    Two rows that show the same are one account with two links.
    """
    try:
        held = index.holdings(finding.district, finding.day)
    except NotReachedError:
        return False
    users = held.snapshot.users
    own = {row.app_id: _looks(row) for row in users if row.clever_id == finding.clever_id}
    others = (row for row in users if row.clever_id != finding.clever_id and row.app_id in own)
    return any(_looks(row) != own[row.app_id] for row in others)


def _looks(row: HeldUser) -> tuple[str | None, ...]:
    return row.status, row.name, row.first_name, row.last_name, row.email


def handed_over(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Accounts passed to others with the same value; what their first owners lack follows."""
    amiss = shaped(findings, FindingKind.NEW_ACCOUNT, kind=Kind.USERS)
    passed = {
        (finding.district, finding.clever_id): (finding, heir)
        for finding in amiss
        if (heir := _heir(index, finding))
    }
    if not passed:
        return
    sharing = [
        (sum(_share(index, key, finding, heir) for finding, heir in passed.values()), key)
        for key in IDENTIFYING_VALUES
        if key.kind is Kind.USERS and key.name not in _NO_KEYS
    ]
    count, key = max(sharing, key=lambda row: row[0])
    if count < _NEARLY * len(passed):
        return
    people = {clever_id for _, clever_id in passed} | {heir for _, heir in passed.values()}
    behind = [finding for finding in amiss if finding.clever_id in people]
    yield LikelyCause(
        f"looked-up-by:{key.name}",
        f"Your app looks users up by {key.words}: {part(count, len(passed))} whose account went to "
        f"somebody else had the same {key.words} as the new owner.",
        f"Look users up by Clever ID, and by nothing else; treat the {key.words} as an ordinary "
        "value that can repeat and change.",
        behind,
    )


def _heir(index: RecordingIndex, finding: Finding) -> str:
    """The Clever ID that has an account which was the finding's before, by its day; or ""."""
    try:
        held = index.holdings(finding.district, finding.day)
    except NotReachedError:
        return ""
    owners = held.owners
    for day in reversed(index.before(finding.district, finding.day)):
        try:
            rows = index.holdings(finding.district, day).all_of(Kind.USERS, finding.clever_id)
        except NotReachedError:
            continue
        for row in rows:
            if owners.get(row.app_id, finding.clever_id) != finding.clever_id:
                return owners[row.app_id]
    return ""


def _share(index: RecordingIndex, key: IdentifyingValue, finding: Finding, heir: str) -> bool:
    """Whether the two had the same value up to that day, if not at the same time."""
    days = (*index.before(finding.district, finding.day), finding.day)
    values: dict[str, set[str]] = {finding.clever_id: set(), heir: set()}
    for day in days:
        people = index.roster(finding.district, day).users
        for clever_id, had in values.items():
            if clever_id in people:
                had.update(key.of(people[clever_id]))
    return bool(values[finding.clever_id] & values[heir])
