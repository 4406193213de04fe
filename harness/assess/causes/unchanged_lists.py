"""Why lists are empty that Clever has not changed: a sync takes out what it has not written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, shaped, shared
from harness.assess.causes.members import NOUNS, Sides, entries, findings_of, sides
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind
from harness.plan.plan import SYNCED_TWICE
from harness.prose import counted, joined

_NEARLY = 0.9
_LEAST = 2
"""Of a single list nobody knows what matters."""


def taken_unchanged(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all empty lists of a sort were filled in the app until a sync in which none changed.

    Where two syncs were started at once, nobody sees what the first of them wrote.
    """
    behind: dict[FindingKind, list[Sides]] = {}
    follow: list[Finding] = []
    for finding_kind in NOUNS:
        lists = [
            listing for listing in sides(index, shaped(findings, finding_kind)) if listing.missing
        ]
        empty = [listing for listing in lists if not listing.rows]
        seen = [listing for listing in empty if listing.finding.district != SYNCED_TWICE]
        taken = [listing for listing in seen if _taken(index, listing.finding)]
        if len(taken) < _LEAST or len(taken) < _NEARLY * len(seen):
            continue
        behind[finding_kind] = taken
        fewer = [listing for listing in lists if listing.rows and _is_shorter(index, listing)]
        follow += findings_of([*empty, *fewer])
        changed = shaped(findings, FindingKind.CHANGED)
        follow += [f for f in changed if _before_and_after(index, f, finding_kind)]
    if behind:
        yield _cause(index, behind, follow)


def _cause(
    index: RecordingIndex, behind: dict[FindingKind, list[Sides]], follow: list[Finding]
) -> LikelyCause:
    every = [listing.finding for lists in behind.values() for listing in lists]
    whose = [
        f"the {NOUNS[kind].noun}s from "
        f"{counted(len({(s.finding.district, s.finding.clever_id) for s in lists}), owner)}"
        for kind, lists in behind.items()
        for owner in [NOUNS[kind].owner]
    ]
    back = {(f.district, f.clever_id) for f in every if _is_filled_next(index, f)}
    again = f"{len(back):,} of them {'has' if len(back) == 1 else 'have'} some again"
    return LikelyCause(
        "removes-what-did-not-change",
        f"Your app takes {joined(whose)} that are at Clever as before; "
        f"{again if back else 'none of them has any again'} after the next sync.",
        "Take somebody out of a list when Clever no longer shares it, not when a sync has not "
        "written it: what did not change stays.",
        list(dict.fromkeys(follow)),
    )


def _taken(index: RecordingIndex, finding: Finding) -> bool:
    """Whether a list was filled in the app until a day on which Clever shared it as before."""
    since = finding.day
    for day in reversed(index.before(finding.district, finding.day)):
        rows = _entries(index, finding, day, finding.finding_kind)
        if rows:
            return shared(index, finding, since) == shared(index, finding, day)
        if rows is not None:
            since = day
    return False


def _is_shorter(index: RecordingIndex, listing: Sides) -> bool:
    """Whether the app had more of a list a sync before, and Clever shares it as then."""
    finding = listing.finding
    for day in index.before(finding.district, finding.day)[-1:]:
        rows = _entries(index, finding, day, finding.finding_kind) or ()
        return len(rows) > len(listing.rows)
    return False


def _is_filled_next(index: RecordingIndex, finding: Finding) -> bool:
    days = index.after(finding.district, finding.day)[:1]
    return any(_entries(index, finding, day, finding.finding_kind) for day in days)


def _before_and_after(index: RecordingIndex, finding: Finding, finding_kind: FindingKind) -> bool:
    """Whether a record that changed on its own has another list than a sync before."""
    days = (*index.before(finding.district, finding.day)[-1:], finding.day)
    then, *now = [_entries(index, finding, day, finding_kind) or [] for day in days]
    return bool(now) and then != now[0]


def _entries(
    index: RecordingIndex, finding: Finding, day: str, finding_kind: FindingKind
) -> list[str] | None:
    """What the app had in a record's list on a day; None if it had no such record in use."""
    try:
        held = index.holdings(finding.district, day)
    except NotReachedError:
        return None
    row = held.active(Kind(finding.kind), finding.clever_id) if finding.kind else None
    return entries(finding_kind, row) if row else None
