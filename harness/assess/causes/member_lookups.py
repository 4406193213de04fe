"""Members whom an app does not know again: they share a value with somebody, or changed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from harness.assess.causes.likely_cause import LikelyCause, part, shaped
from harness.assess.causes.lookups import best_match
from harness.assess.causes.members import NOUNS, Sides, findings_of, sides
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind

_LEAST = 2
"""Of a single person nobody knows which value mattered."""


def members_looked_up(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all who are missing in classes share one value with somebody else, or changed it."""
    lists = [
        listing
        for listing in sides(index, shaped(findings, FindingKind.STUDENT, FindingKind.TEACHER))
        if listing.missing
    ]
    people = [
        _as_missing(listing, member) for listing in lists for member in sorted(listing.missing)
    ]
    if len({person.clever_id for person in people}) < _LEAST:
        return
    match = best_match(index, Kind.USERS, people)
    if match is None:
        return
    ids = {(person.district, person.clever_id) for person in match.behind}
    behind = [
        listing
        for listing in lists
        if any((listing.finding.district, i) in ids for i in listing.missing)
    ]
    nouns = " and ".join(dict.fromkeys(f"{NOUNS[o.finding.finding_kind].noun}s" for o in behind))
    number = len({person.clever_id for person in people})
    words = match.key.words
    yield LikelyCause(
        f"looked-up-by:{match.key.name}",
        f"Your app looks {nouns} of sections up by {words}: "
        f"{part(len(ids), number)} of those missing in a section {match.why}.",
        f"Look the members of a section up by Clever ID, and by nothing else: another account, an "
        f"archived one too, can have the same {words}.",
        findings_of(behind),
    )


def _as_missing(listing: Sides, member: str) -> Finding:
    """The same finding, about the person whom the list lacks."""
    return replace(
        listing.finding,
        finding_kind=FindingKind.MISSING,
        kind=Kind.USERS,
        clever_id=member,
        expected="active",
    )
