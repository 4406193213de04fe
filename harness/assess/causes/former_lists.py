"""Why lists are as they were: what Clever took out, put back or put in another order before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, cast

from harness.assess.causes.likely_cause import LikelyCause, part, shaped, shared, was_away
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
from harness.assess.recording_index import RecordingIndex
from harness.contract.sync import Mode
from harness.district.data_model.records import Kind, Record
from harness.prose import counted, joined

_REPLACE = "Replace the stored list with what Clever shares, on every sync."


def never_removed(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that is wrong with a sort of list is left over, and Clever shared it before.

    Schools of one role are another matter: the person may have them, in another role.
    """
    behind: dict[FindingKind, list[Sides]] = {}
    for finding_kind in NOUNS:
        of_kind = shaped(findings, finding_kind)
        left_over = nearly_all(
            sides(index, of_kind),
            lambda listing: _only_left_over(index, listing) or stayed_listed(index, listing),
        )
        if left_over and len(left_over) >= 0.8 * len(of_kind):
            behind[finding_kind] = left_over
    # Schools are in roles: whoever keeps both keeps them for one reason.
    if (roles := behind.get(FindingKind.ROLE)) and (schools := behind.get(FindingKind.SCHOOL)):
        behind = {FindingKind.ROLE: [*roles, *schools]} | {
            kind: lists
            for kind, lists in behind.items()
            if kind not in (FindingKind.ROLE, FindingKind.SCHOOL)
        }
    for finding_kind, lists in behind.items():
        kinds = dict.fromkeys(listing.finding.finding_kind for listing in lists)
        nouns = joined([f"{NOUNS[kind].noun}s" for kind in kinds])
        records = {listing.finding.clever_id for listing in lists}
        of_kind = shaped(findings, *kinds)
        owners = counted(len(records), NOUNS[finding_kind].owner)
        twice = (
            ", or twice since they came back," if any(listing.doubled for listing in lists) else ""
        )
        yield LikelyCause(
            f"never-removes:{NOUNS[finding_kind].noun}",
            f"Your app keeps {nouns} that Clever has taken out of {owners}: "
            f"{part(len(lists), len(of_kind))} lists of {nouns} that differ have some left over"
            f"{twice} and lack none.",
            _REPLACE,
            findings_of(lists),
        )


def _only_left_over(index: RecordingIndex, listing: Sides) -> bool:
    of_one_role = (
        listing.finding.finding_kind is FindingKind.SCHOOL and listing.finding.field != "schools"
    )
    return bool(
        listing.left_over
        and not listing.missing
        and not of_one_role
        and shared_before(index, listing)
    )


def stayed_listed(index: RecordingIndex, listing: Sides) -> bool:
    """Whether all that is listed twice now was out of Clever's list before, and not of the app's.

    Nothing else is wrong with such a list.
    """
    if listing.missing or listing.left_over or not listing.doubled:
        return False
    finding, kind = listing.finding, Kind(listing.finding.kind)
    stayed: set[str] = set()
    for day in index.before(finding.district, finding.day):
        record = shared(index, finding, day)
        there = set(named(finding.finding_kind, record)) if record else set()
        if row := index.holdings(finding.district, day).active(kind, finding.clever_id):
            stayed |= {*entries(finding.finding_kind, row)} - there
    return listing.doubled <= stayed


def shared_before(index: RecordingIndex, listing: Sides) -> bool:
    """Whether Clever named all that is left over in this list on an earlier day."""
    former = set().union(*(names for _, names in _earlier(index, listing)))
    return listing.left_over <= former


def _earlier(index: RecordingIndex, listing: Sides) -> Iterator[tuple[Record, frozenset[str]]]:
    """The record on each earlier day on which Clever shared it, and what its list named."""
    finding = listing.finding
    for day in index.before(finding.district, finding.day):
        if record := shared(index, finding, day):
            yield record, frozenset(named(finding.finding_kind, record))


def never_updated(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all lists of a sort are exactly what Clever shared before, and hardly any is not."""
    behind: list[Sides] = []
    for finding_kind in NOUNS:
        lists = [
            listing for listing in sides(index, shaped(findings, finding_kind)) if listing.held
        ]
        stale = nearly_all(lists, lambda listing: _is_former(index, listing))
        if not any(listing.left_over for listing in stale) and any(
            _was_shortened(index, listing)
            for listing in sides(index, shaped(findings, finding_kind))
        ):
            continue  # what it takes out it has updated
        restored = finding_kind is FindingKind.STUDENT_RELATIONSHIP and all(
            was_away(index, listing.finding) for listing in stale
        )
        if (stale and restored) or len(stale) > _up_to_date(index, finding_kind, stale):
            behind += stale
    if any(listing.missing for listing in behind):
        nouns = dict.fromkeys(f"{NOUNS[listing.finding.finding_kind].noun}s" for listing in behind)
        others = sum(_up_to_date(index, kind, _of(behind, kind)) for kind in NOUNS)
        number = f"{counted(len(behind), 'list')} {'is' if len(behind) == 1 else 'are'}"
        yield LikelyCause(
            "never-updates",
            f"Your app {'does not always update' if others else 'never updates'} the "
            f"{joined(list(nouns))} of a record it holds: {number} as Clever shared them on an "
            f"earlier day{f', and {others:,} others that changed are up to date' * bool(others)}.",
            _REPLACE,
            findings_of(behind),
        )


def _of(lists: Sequence[Sides], finding_kind: FindingKind) -> list[Sides]:
    return [listing for listing in lists if listing.finding.finding_kind is finding_kind]


def _is_former(index: RecordingIndex, listing: Sides) -> bool:
    return any(names == listing.held for _, names in _earlier(index, listing))


def _was_shortened(index: RecordingIndex, listing: Sides) -> bool:
    """Whether the app has taken out what Clever took out, and lacks what Clever put in."""
    if listing.left_over or not listing.missing:
        return False
    *_, (_, last) = [(None, frozenset[str]()), *_earlier(index, listing)]
    return listing.held < last


def _up_to_date(index: RecordingIndex, finding_kind: FindingKind, stale: Sequence[Sides]) -> int:
    """How many lists that changed at Clever the same days are in the app as they are now."""
    number = 0
    for district, day in {(listing.finding.district, listing.finding.day) for listing in stale}:
        earlier = index.before(district, day)
        if not earlier:
            continue
        kind = Kind(stale[0].finding.kind)
        now, then = index.roster(district, day).of(kind), index.roster(district, earlier[-1])
        held = index.holdings(district, day)
        for clever_id in now.keys() & then.of(kind).keys():
            wanted, row = set(named(finding_kind, now[clever_id])), held.active(kind, clever_id)
            if row and wanted != set(named(finding_kind, then.of(kind)[clever_id])):
                number += wanted == set(entries(finding_kind, row))
    return number


def membership_ended(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all entries that are missing in lists had left them and came back."""
    for finding_kind in (
        FindingKind.STUDENT,
        FindingKind.TEACHER,
        FindingKind.ROLE,
        FindingKind.SCHOOL,
        FindingKind.STUDENT_RELATIONSHIP,
    ):
        lists = [
            listing for listing in sides(index, shaped(findings, finding_kind)) if listing.missing
        ]
        between = [listing for listing in lists if _was_out_between(index, listing)]
        lists = [listing for listing in lists if listing not in between]
        behind = nearly_all(lists, lambda listing: was_out(index, listing))
        if behind:
            noun = NOUNS[finding_kind]
            yield LikelyCause(
                f"membership-stays-ended:{noun.noun}",
                f"In {part(len(behind), len(lists))} {noun.whose} that lack a {noun.noun}, Clever "
                f"had taken out the {noun.noun} before and has put it back.",
                "Treat what Clever shares again like something new: end nothing for good.",
                findings_of([*behind, *between]),
            )


def _was_out_between(index: RecordingIndex, listing: Sides) -> bool:
    """Whether those missing were there a sync before, in a district where people come back so soon.

    Only events tell that they were out of the list in between.
    """
    if index.recording.header.mode is not Mode.EVENTS:
        return False
    plan = index.recording.header.plan
    rows = [row for row in plan.scenarios if row.district == listing.finding.district]
    before = [names for _, names in _earlier(index, listing)]
    return (
        any(row.follows_events for row in rows) and listing.missing <= (before or [frozenset()])[-1]
    )


def was_out(index: RecordingIndex, listing: Sides) -> bool:
    lists = [names for _, names in _earlier(index, listing)]
    return all(
        any(member in there for there in lists) and not all(member in there for there in lists)
        for member in listing.missing
    )


def away_before(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all lists that lack something are of, or lack, something that has just come back."""
    for finding_kind in (
        *(FindingKind.STUDENT, FindingKind.TEACHER, FindingKind.SCHOOL),
        FindingKind.STUDENT_RELATIONSHIP,
    ):
        lists = [
            listing for listing in sides(index, shaped(findings, finding_kind)) if listing.missing
        ]
        if finding_kind is FindingKind.STUDENT_RELATIONSHIP:  # others are as they were before
            lists = [listing for listing in lists if not listing.held]
        behind = nearly_all(lists, lambda listing: returned(index, listing))
        if behind:
            noun = NOUNS[finding_kind]
            yield LikelyCause(
                f"restores-without:{noun.noun}",
                f"{part(len(behind), len(lists)).capitalize()} {noun.whose} that lack a "
                f"{noun.noun} have just come back, or those they lack have.",
                "When you restore a record, store everything that Clever shares of it, links and "
                "members too, whether or not it is as it was before.",
                findings_of(behind),
            )


def returned(index: RecordingIndex, listing: Sides) -> bool:
    """Whether the record, or all that is missing in its list, was away on a day before."""
    finding = listing.finding
    earlier = index.before(finding.district, finding.day)
    if len(earlier) < 2:
        return False
    seen = [index.roster(finding.district, day) for day in earlier]
    kind = Kind(finding.kind)

    def back(of: Kind, clever_id: str) -> bool:
        there = [clever_id in roster.of(of) for roster in seen]
        return any(there) and not all(there[there.index(True) :])

    others = Kind.SCHOOLS if finding.finding_kind is FindingKind.SCHOOL else Kind.USERS
    missing = listing.missing
    return back(kind, finding.clever_id) or (
        bool(missing) and all(back(others, i) for i in missing)
    )


def primary_replaced(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that is missing in lists is what came first in them before."""
    for finding_kind, first in ((FindingKind.TEACHER, "teacher"), (FindingKind.SCHOOL, "school")):
        lists = [
            listing for listing in sides(index, shaped(findings, finding_kind)) if listing.missing
        ]
        behind = nearly_all(lists, partial(_lacks_former_first, index, first))
        if behind:
            noun = NOUNS[finding_kind]
            yield LikelyCause(
                f"replaces-primary:{noun.noun}",
                f"{part(len(behind), len(lists)).capitalize()} {noun.whose} that lack a "
                f"{noun.noun} lack the one that was the primary before and is no longer: your app "
                "takes it out.",
                f"Read `{noun.noun}s`, all of them; another primary one does not end the others.",
                findings_of(behind),
            )


def _lacks_former_first(index: RecordingIndex, key: str, listing: Sides) -> bool:
    return listing.missing <= _primaries(index, listing, key)


def _primaries(index: RecordingIndex, listing: Sides, key: str) -> set[str]:
    """What was the primary one on an earlier day and is not now."""

    def primary(record: Record) -> set[str]:
        fields = cast(Mapping[str, Any], record)
        roles = [role for role in fields.get("roles", {}).values() if role] or [fields]
        return {str(role[key]) for role in roles if role.get(key)}

    now = primary(shared(index, listing.finding) or cast(Record, {}))
    return set().union(*(primary(record) for record, _ in _earlier(index, listing))) - now


def order_kept(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """The right teachers, with another one than the primary first."""
    of_order = [f for f in shaped(findings, FindingKind.TEACHER) if f.field == "primary teacher"]
    lists = sides(index, of_order)
    if not lists:
        return
    former = [
        listing
        for listing in lists
        if set(listing.rows[:1]) <= _primaries(index, listing, "teacher")
    ]
    yield LikelyCause(
        "order-kept:teacher",
        f"In {part(len(lists), len(of_order))} sections with the wrong primary teacher your app "
        f"has the right teachers in another order; in {len(former)} of them the one that was the "
        "primary before still comes first.",
        "Read `teacher` of each section on every sync, and store who is the primary one.",
        of_order,
    )
