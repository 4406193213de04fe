"""Why lists are wrong that are empty at Clever now, or were until now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.former_lists import shared_before
from harness.assess.causes.likely_cause import LikelyCause, shaped, shared
from harness.assess.causes.members import NOUNS, Sides, findings_of, named, sides
from harness.assess.findings import Finding
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Role


def last_kept(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """All that is wrong with a sort of list is left over from before Clever emptied the list."""
    for finding_kind, noun in NOUNS.items():
        lists = sides(index, shaped(findings, finding_kind))
        if lists and all(not one.wanted and shared_before(index, one) for one in lists):
            yield LikelyCause(
                f"keeps-the-last:{noun.noun}",
                f"Your app keeps the last {noun.noun}s of {_owners(lists)}, of which Clever names "
                "none any more.",
                "Write an empty list, too: it says that nobody is left, not that nothing is known.",
                findings_of(lists),
            )


def never_filled(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """All lists that are empty in the app were empty at Clever, too, the last time."""
    for finding_kind, noun in NOUNS.items():
        lists = sides(index, shaped(findings, finding_kind))
        behind = [one for one in lists if not one.held]
        if behind and all(_was_empty(index, one) for one in behind):
            yield LikelyCause(
                f"never-fills:{noun.noun}",
                f"Your app adds no {noun.noun} to {_owners(behind)} for which Clever shared none "
                "before.",
                "Write the whole list that Clever shares, whether your app has any of it or not.",
                findings_of(behind),
            )


def _owners(lists: Sequence[Sides]) -> str:
    owner = NOUNS[lists[0].finding.finding_kind].owner
    number = len({one.finding.clever_id for one in lists})
    return f"one {owner}" if number == 1 else f"{number:,} {owner}s"


def _was_empty(index: RecordingIndex, one: Sides) -> bool:
    """Whether Clever shared nobody whom the list names on a day on which it shared the list."""
    finding = one.finding
    for day in index.before(finding.district, finding.day):
        record, roster = shared(index, finding, day), index.roster(finding.district, day)
        there = {*roster.users, *roster.schools, *Role}
        if record and there.isdisjoint(named(finding.finding_kind, record)):
            return True
    return False
