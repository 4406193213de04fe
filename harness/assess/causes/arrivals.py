"""Why records are late or left out by date: people who come with a sync, terms that are not now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, shaped, shared
from harness.assess.causes.members import (
    NOUNS,
    Sides,
    entries,
    findings_of,
    named,
    nearly_all,
    sides,
)
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind
from harness.district.data_model.roster import Roster
from harness.prose import counted, joined

_NEARLY = 0.8
_LISTS = ((FindingKind.STUDENT, FindingKind.TEACHER), (FindingKind.STUDENT_RELATIONSHIP,))
"""The sorts of lists people are in, those of one sort of record together."""


def members_late(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Whoever is missing in a list was new at Clever, and is there after the next sync."""
    for kinds in _LISTS:
        lists = [listing for listing in sides(index, shaped(findings, *kinds)) if listing.missing]
        new = nearly_all(lists, lambda listing: _all_are_new(index, listing))
        later = [(listing, _are_there_later(index, listing)) for listing in new]
        seen = [listing for listing, there in later if there]
        late = [listing for listing, there in later if there is not False]
        if not seen or len(late) < _NEARLY * len(new):
            continue
        whose = NOUNS[kinds[0]].whose
        nouns = joined([f"{NOUNS[kind].noun}s" for kind in kinds if _of(late, kind)])
        after = ", and is there after the next"
        if _owners(seen) < _owners(late):
            after = f"; in {_owners(seen)} of them, whom Clever still names is there after the next"
        yield LikelyCause(
            "members-a-sync-late",
            f"Your app adds {nouns} to their {whose} one sync after they arrive: everybody missing "
            f"in {counted(_owners(late), NOUNS[kinds[0]].owner)} came with that sync{after}.",
            f"Store people before the {whose} they belong to, or fill the lists of {whose} when "
            "both are stored.",
            findings_of(late),
        )


def _owners(lists: Iterable[Sides]) -> int:
    return len({(listing.finding.district, listing.finding.clever_id) for listing in lists})


def _of(lists: Sequence[Sides], finding_kind: FindingKind) -> bool:
    return any(listing.finding.finding_kind is finding_kind for listing in lists)


def _all_are_new(index: RecordingIndex, listing: Sides) -> bool:
    """Whether Clever shared none of the missing before, and the app has them now."""
    finding = listing.finding
    try:
        now = index.holdings(finding.district, finding.day).active_ids[Kind.USERS]
    except NotReachedError:
        return False
    days = index.before(finding.district, finding.day)
    before = (index.roster(finding.district, day).users.keys() for day in days)
    return listing.missing <= now and not any(listing.missing & known for known in before)


def _are_there_later(index: RecordingIndex, listing: Sides) -> bool | None:
    """Whether the missing are in that list after the next sync, as far as Clever still names them.

    None if that cannot be seen.
    """
    finding = listing.finding
    for day in index.after(finding.district, finding.day)[:1]:
        record = shared(index, finding, day)
        try:
            held = index.holdings(finding.district, day)
        except NotReachedError:
            return None
        row = held.active(Kind(finding.kind), finding.clever_id)
        still = listing.missing.intersection(named(finding.finding_kind, record) if record else ())
        if row and still:
            return still.issubset(entries(finding.finding_kind, row))
    return None


OVER, AHEAD = "are over", "have not begun"


def not_of_today(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """All sections, or terms, that the app lacks are over or have not begun, and it has no such."""
    missing = shaped(findings, FindingKind.MISSING, FindingKind.INACTIVE)
    behind: dict[str, list[Finding]] = {}
    kinds: dict[str, None] = {}
    for kind in (Kind.SECTIONS, Kind.TERMS):
        of_kind = [finding for finding in missing if finding.kind == kind]
        reasons = [_why_left_out(index, finding, kind) for finding in of_kind]
        if all(reasons):
            for finding, reason in zip(of_kind, reasons, strict=True):
                behind.setdefault(reason, []).append(finding)
                kinds[kind] = None
    if behind:
        accused = [finding for rows in behind.values() for finding in rows]
        which = f"terms that {joined([*behind], 'or')}"
        if Kind.SECTIONS in kinds:
            which = f"sections of {which}" if len(kinds) == 1 else f"{which}, and their sections"
        yield LikelyCause(
            "not-of-today",
            f"Your app leaves out {which}: it lacks nothing else of that kind, and holds none of "
            "them.",
            "Hold every section and term that Clever shares, whatever its dates; or declare "
            '`"terms.past-and-future"` under `[profile.not_held]`.',
            accused,
        )


def _why_left_out(index: RecordingIndex, finding: Finding, kind: Kind) -> str:
    """How a record is not of today, if the app has nothing of that kind that is not; or ""."""
    try:
        roster = index.roster(finding.district, finding.day)
        held = index.holdings(finding.district, finding.day).active_ids[kind]
    except NotReachedError:
        return ""
    for today in index.expectations.dates_of_today(roster):
        places = {
            clever_id: _place(today, roster, kind, clever_id) for clever_id in roster.of(kind)
        }
        place = places.get(finding.clever_id, "")
        alike = {clever_id for clever_id, other in places.items() if other == place}
        if place and not alike & held:
            return place
    return ""


def _place(today: str, roster: Roster, kind: Kind, clever_id: str) -> str:
    """Whether a term, or that of a section, is over or has not begun; or ""."""
    record: Mapping[str, object] = {**roster.of(kind)[clever_id]}
    if kind is Kind.SECTIONS:
        record = {**roster.terms.get(str(record.get("term_id")), {})}
    return when_is(today, record)


def when_is(today: str, term: Mapping[str, object] | None) -> str:
    """Whether a term is over or has not begun on a date; "" if neither, or nobody knows."""
    starts, ends = (str((term or {}).get(key) or today) for key in ("start_date", "end_date"))
    return OVER if ends < today else AHEAD if starts > today else ""


ARRIVALS: tuple[Rule, ...] = (not_of_today,)
