"""Why members of classes are missing: the app looked for them when it applied the class only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, part, shaped
from harness.assess.causes.members import (
    NOUNS,
    Sides,
    findings_of,
    named,
    nearly_all,
    sides,
)
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind
from harness.prose import counted, joined

_MEMBERS = (FindingKind.STUDENT, FindingKind.TEACHER)
_NEARLY = 0.8
_SOME = 3
"""So many sections that were filled later show that it was no chance."""


def empty_at_first(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """No section has anybody after the first sync, and those that changed since have people."""
    of_kind = shaped(findings, *_MEMBERS)
    behind = [listing for listing in sides(index, of_kind) if listing.wanted and not listing.held]
    places = {
        (listing.finding.district, index.days_of(listing.finding.district)[0]) for listing in behind
    }
    empty = {place: _all_empty(index, *place) for place in places}
    behind = [
        listing for listing in behind if empty[listing.finding.district, _first(index, listing)]
    ]
    if len({listing.finding.finding_kind for listing in behind}) < len(_MEMBERS):
        return
    if len(behind) < _NEARLY * len(of_kind):
        return
    later = sum(_filled(index, *place) for place, number in empty.items() if number)
    if later < _SOME:
        return
    sections = sum(empty.values())
    yield LikelyCause(
        "members-a-sync-late",
        f"After the first sync of {joined(sorted(d for (d, _), n in empty.items() if n)[:3])} all "
        f"{sections:,} sections have neither students nor teachers in your app, though it holds "
        f"the people; {counted(later, 'section')} that changed later have theirs: your app applies "
        "sections before the people they list.",
        "Store people before the sections they are in, or set the members of every section again "
        "when all people are stored.",
        findings_of(behind),
    )


def _first(index: RecordingIndex, listing: Sides) -> str:
    return index.days_of(listing.finding.district)[0]


def _all_empty(index: RecordingIndex, district: str, day: str) -> int:
    """How many sections are held without anybody on a day, if all are and people are held; or 0."""
    try:
        held = index.holdings(district, day)
    except NotReachedError:
        return 0
    shared = index.roster(district, day).sections
    rows = [row for row in held.snapshot.sections if row.clever_id in shared]
    if not held.active_ids[Kind.USERS] or any(row.students or row.teachers for row in rows):
        return 0
    return sum(bool(shared[row.clever_id]["students"]) for row in rows)


def _filled(index: RecordingIndex, district: str, first: str) -> int:
    """How many of the sections of the first day have people on a later one, once they changed."""
    filled: set[str] = set()
    for day in index.after(district, first):
        try:
            rows = index.holdings(district, day).snapshot.sections
        except NotReachedError:
            continue
        old, now = (index.roster(district, each).sections for each in (first, day))
        filled |= {
            row.clever_id
            for row in rows
            if (row.students or row.teachers)
            and row.clever_id in old.keys() & now.keys()
            and now[row.clever_id] is not old[row.clever_id]
        }
    return len(filled)


def named_before_shared(
    index: RecordingIndex, findings: Sequence[Finding]
) -> Iterator[LikelyCause]:
    """Whoever is missing in a section was named in it before Clever shared them."""
    for finding_kind in _MEMBERS:
        lists = [
            listing for listing in sides(index, shaped(findings, finding_kind)) if listing.missing
        ]
        if behind := nearly_all(lists, lambda listing: _came_after(index, listing)):
            noun = NOUNS[finding_kind].noun
            yield LikelyCause(
                f"members-resolved-once:{noun}",
                f"In {part(len(behind), len(lists))} sections that lack a {noun}, the section "
                f"named the {noun} before Clever shared them, and has not changed since: your app "
                "looks for the members of a section only when the section is new or has changed.",
                "Keep the IDs that a section names, and add the members when they are shared: the "
                "section does not change then.",
                findings_of(behind),
            )


def _came_after(index: RecordingIndex, listing: Sides) -> bool:
    """Whether the section named all the missing before they were shared, and is as it was then."""
    finding = listing.finding
    days = (*index.before(finding.district, finding.day), finding.day)
    for member in listing.missing:
        shared = [day for day in days if member in index.roster(finding.district, day).users]
        ahead = days[: days.index(shared[0])] if shared else ()
        sections = (index.roster(finding.district, day).sections for day in ahead)
        earlier = [there.get(finding.clever_id) for there in sections][-1:]
        now = index.roster(finding.district, finding.day).sections[finding.clever_id]
        if not any(s is now and member in set(named(finding.finding_kind, s)) for s in earlier):
            return False
    return True


RESOLVING: tuple[Rule, ...] = (empty_at_first, named_before_shared)
