"""Why members of classes are missing: they left another class, or came on another page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, part, shaped
from harness.assess.causes.members import Sides, entries, findings_of, nearly_all, records_of, sides
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind, Section

_MEMBERS = (FindingKind.STUDENT, FindingKind.TEACHER)
_SOME = 3
"""So many lists show that it was no chance."""


def moved_within_a_course(
    index: RecordingIndex, findings: Sequence[Finding]
) -> Iterator[LikelyCause]:
    """Whoever is missing in most sections has just left another one of the same course."""
    lists = [
        listing
        for listing in sides(index, shaped(findings, FindingKind.STUDENT))
        if listing.missing
    ]
    behind = [
        listing for listing in lists if all(_left(index, listing, i) for i in listing.missing)
    ]
    if not behind or 2 * len(behind) < len(lists) or not _others_arrive(index, behind):
        return
    number = part(records_of(behind), records_of(lists))
    yield LikelyCause(
        "members-lost-in-a-move",
        f"In {number} sections that lack a student, the student has left another section of the "
        "same course with that sync; others who joined a section are there: "
        "your app takes whoever leaves a section for somebody who leaves its course.",
        "Compare members section by section: to leave one section says nothing of another one of "
        "the same course.",
        findings_of(behind),
    )


def _left(index: RecordingIndex, listing: Sides, student: str) -> bool:
    """Whether a student left another section on the day that is or was of this one's course."""
    finding = listing.finding
    now = index.roster(finding.district, finding.day).sections
    course = now[finding.clever_id].get("course")
    then = _last_shared(index, finding)
    return bool(course) and any(
        student in section["students"]
        and (clever_id not in now or student not in now[clever_id]["students"])
        and course in (section.get("course"), now.get(clever_id, section).get("course"))
        for clever_id, section in then.items()
    )


def _last_shared(index: RecordingIndex, finding: Finding) -> dict[str, Section]:
    """Sections as they were before a finding's day; one that comes back, as it was when it left."""
    now = index.roster(finding.district, finding.day).sections
    found: dict[str, Section] = {}
    earlier = index.before(finding.district, finding.day)
    for day in earlier:
        sections = index.roster(finding.district, day).sections
        found |= {i: row for i, row in sections.items() if day == earlier[-1] or i in now}
    return found


def _others_arrive(index: RecordingIndex, behind: Sequence[Sides]) -> bool:
    """Whether the app has others who joined a section on these days."""
    for district, day in {(listing.finding.district, listing.finding.day) for listing in behind}:
        then = index.roster(district, index.before(district, day)[-1]).sections
        now, held = index.roster(district, day).sections, index.holdings(district, day)
        for clever_id in now.keys() & then.keys():
            if now[clever_id] is then[clever_id]:
                continue
            row = held.active(Kind.SECTIONS, clever_id)
            there = set(entries(FindingKind.STUDENT, row)) if row else set()
            joined_it = set(now[clever_id]["students"]) - set(then[clever_id]["students"])
            if joined_it & there:
                return True
    return False


def of_one_page(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """The members of a section that are there came in one answer, and those missing in others."""
    lists = [each for each in sides(index, shaped(findings, *_MEMBERS)) if each.missing]
    filled = [each for each in lists if each.held]
    behind = nearly_all(filled, lambda listing: _is_of_one_page(index, listing))
    if len(behind) < _SOME:
        return
    empty = [each for each in lists if not each.held and _there(index, each)]
    behind += nearly_all(empty, lambda listing: _is_of_one_page(index, listing))
    yield LikelyCause(
        "members-of-one-page",
        f"In {part(len(behind), len(lists))} lists of members that lack somebody, whoever is there "
        "came in one answer, and everybody missing in others: your app sets the members of a "
        "section anew with each page of people.",
        "Read all pages first, and then set the members of a section once.",
        findings_of(behind),
    )


def _there(index: RecordingIndex, listing: Sides) -> frozenset[str]:
    """Whom the app rightly has in a list, or in the other list of the section if it has none."""
    if there := listing.held & frozenset(listing.wanted):
        return there
    finding = listing.finding
    section = index.roster(finding.district, finding.day).sections[finding.clever_id]
    row = index.holdings(finding.district, finding.day).active(Kind.SECTIONS, finding.clever_id)
    members = {i for kind in _MEMBERS for i in entries(kind, row)} if row else set()
    return frozenset(members.intersection([*section["teachers"], *section["students"]]))


def _is_of_one_page(index: RecordingIndex, listing: Sides) -> bool:
    """Whether one request delivered all members that are there, and none that is missing."""
    if not index.deliveries_known:
        return False
    delivered = index.deliveries.delivered(listing.finding.district, listing.finding.day)
    there = {id(delivered.get(i)) for i in _there(index, listing)}
    missing = {id(delivered[i]) for i in listing.missing if i in delivered}
    return len(there) == 1 and bool(missing) and not there & missing


MOVES: tuple[Rule, ...] = (moved_within_a_course, of_one_page)
