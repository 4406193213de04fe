"""Listed but not shared: classes that an app leaves as they are because of whom they list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, shaped
from harness.assess.causes.members import Sides, findings_of, sides
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.roster import Roster
from harness.prose import counted


def left_for_strangers(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """All classes that lack somebody list somebody else who is not shared; no such class grew."""
    about = [*shaped(findings, FindingKind.STUDENT), *shaped(findings, FindingKind.TEACHER)]
    lists = [listing for listing in sides(index, about) if listing.missing]
    if not lists or not all(_lists_a_stranger(index, listing) for listing in lists):
        return
    sections = {(one.finding.district, one.finding.clever_id) for one in lists}
    if others := _up_to_date(index, lists):
        yield LikelyCause(
            "classes-left-for-strangers",
            f"Your app leaves out who joins {counted(len(sections), 'section')} that "
            f"{'lists' if len(sections) == 1 else 'list'} somebody whom the district does not "
            f"share; {counted(others, 'other section')} that somebody joined on the same days "
            f"{'is' if others == 1 else 'are'} up to date.",
            "Link the people of a section whom you hold, and pass over the others: a section can "
            "list somebody who is shared later, or never.",
            findings_of(lists),
        )


def _lists_a_stranger(index: RecordingIndex, listing: Sides) -> bool:
    finding = listing.finding
    roster = index.roster(finding.district, finding.day)
    return _names_a_stranger(roster, finding.clever_id)


def _names_a_stranger(roster: Roster, section: str) -> bool:
    shared = roster.sections.get(section)
    return shared is not None and not roster.users.keys() >= {
        *shared.get("students", ()),
        *shared.get("teachers", ()),
    }


def _up_to_date(index: RecordingIndex, lists: Sequence[Sides]) -> int:
    """How many other classes got somebody on these days; 0 if one of them lists a stranger."""
    wrong = {(one.finding.district, one.finding.clever_id) for one in lists}
    number = 0
    for district, day in {(one.finding.district, one.finding.day) for one in lists}:
        if not (earlier := index.before(district, day)):
            continue
        now, then = index.roster(district, day), index.roster(district, earlier[-1])
        for clever_id in now.sections.keys() & then.sections.keys():
            new, old = (set(each.sections[clever_id]["students"]) for each in (now, then))
            if not new - old or (district, clever_id) in wrong:
                continue
            if _names_a_stranger(now, clever_id):
                return 0
            number += 1
    return number
