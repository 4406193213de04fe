"""Why lists are wrong whose entries Clever changed: emptied, filled, made longer, exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.former_lists import shared_before, was_out
from harness.assess.causes.likely_cause import LikelyCause, part, shaped, shared
from harness.assess.causes.members import (
    NOUNS,
    Sides,
    entries,
    findings_of,
    named,
    nearly_all,
    sides,
)
from harness.assess.findings import Finding
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind, Role

_NEARLY = 0.8
_LEAST = 2
"""Of a single list nobody knows what matters."""


def last_kept(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """All that is wrong with a sort of list is left over from before Clever emptied the list."""
    for finding_kind, noun in NOUNS.items():
        lists = sides(index, shaped(findings, finding_kind))
        if lists and all(not listing.wanted and shared_before(index, listing) for listing in lists):
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
        behind = [listing for listing in lists if not listing.held]
        if behind and all(_was_empty(index, listing) for listing in behind):
            yield LikelyCause(
                f"never-fills:{noun.noun}",
                f"Your app adds no {noun.noun} to {_owners(behind)} for which Clever shared none "
                "before.",
                "Write the whole list that Clever shares, whether your app has any of it or not.",
                findings_of(behind),
            )


def never_added(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that is missing in lists came later than their record, and nothing is left over.

    Silent if the app has what came into more lists of that sort.
    """
    for finding_kind, noun in NOUNS.items():
        lists = sides(index, shaped(findings, finding_kind))
        behind = nearly_all(
            lists,
            lambda listing: (
                bool(listing.missing) and not listing.left_over and _came_later(index, listing)
            ),
        )
        if len(behind) >= _LEAST and len(behind) > len(_longer(index, behind[0].finding, behind)):
            yield LikelyCause(
                f"never-adds:{noun.noun}",
                f"Your app adds no {noun.noun} to {_owners(behind)} that it already has: what "
                "Clever has put into their lists since is missing, and nothing is left over.",
                "Write the whole list that Clever shares on every sync, not with new records only.",
                findings_of(behind),
            )


def emptied_on_change(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all lists of a sort that lack something are empty since Clever's list changed."""
    for finding_kind, noun in NOUNS.items():
        lists = [
            listing for listing in sides(index, shaped(findings, finding_kind)) if listing.missing
        ]
        behind = [listing for listing in lists if not listing.held and _was_filled(index, listing)]
        if len(behind) < max(_LEAST, _NEARLY * len(lists)):
            continue
        if all(was_out(index, listing) for listing in behind):
            continue  # what had been there before and is back: that matters more
        yield LikelyCause(
            f"emptied-on-change:{noun.noun}",
            f"In {part(len(behind), len(lists))} lists that lack a {noun.noun}, your app has none "
            f"since Clever changed the list: it took the former {noun.noun}s out and did not store "
            "the new ones.",
            f"Store the new {noun.noun}s in the step that takes the former ones out, and in one "
            "transaction.",
            findings_of(behind),
        )


def _came_later(index: RecordingIndex, listing: Sides) -> bool:
    """Whether all that is missing was not in the list on an earlier day of the record's."""
    finding = listing.finding
    always: set[str] | None = None
    for day in index.before(finding.district, finding.day):
        if record := shared(index, finding, day):
            there = {*named(finding.finding_kind, record)}
            always = there if always is None else always & there
    return always is not None and listing.missing.isdisjoint(always)


def _longer(
    index: RecordingIndex, sample: Finding, behind: Sequence[Sides]
) -> Sequence[tuple[str, str]]:
    """District and Clever ID of the records whose list grew on those days, and in the app too."""
    grown: list[tuple[str, str]] = []
    kind, finding_kind = Kind(sample.kind), sample.finding_kind
    for district, day in {(listing.finding.district, listing.finding.day) for listing in behind}:
        earlier = index.before(district, day)
        now, then = index.roster(district, day).of(kind), index.roster(district, earlier[-1])
        held = index.holdings(district, day)
        for clever_id in now.keys() & then.of(kind).keys():
            new = {*named(finding_kind, now[clever_id])}
            new -= {*named(finding_kind, then.of(kind)[clever_id])}
            row = held.active(kind, clever_id)
            if new and row and new <= {*entries(finding_kind, row)}:
                grown.append((district, clever_id))
    return grown


def _owners(lists: Sequence[Sides]) -> str:
    owner = NOUNS[lists[0].finding.finding_kind].owner
    number = len({listing.finding.clever_id for listing in lists})
    return f"one {owner}" if number == 1 else f"{number:,} {owner}s"


def _was_empty(index: RecordingIndex, listing: Sides) -> bool:
    """Whether Clever shared nobody whom the list names on a day on which it shared the list."""
    finding = listing.finding
    for day in index.before(finding.district, finding.day):
        record, roster = shared(index, finding, day), index.roster(finding.district, day)
        there = {*roster.users, *roster.schools, *Role}
        if record and there.isdisjoint(named(finding.finding_kind, record)):
            return True
    return False


def _was_filled(index: RecordingIndex, listing: Sides) -> bool:
    """Whether the app had entries in this list while Clever had others in it than now."""
    finding = listing.finding
    for day in index.before(finding.district, finding.day):
        record = shared(index, finding, day)
        try:
            held = index.holdings(finding.district, day)
        except NotReachedError:
            continue
        row = held.active(Kind(finding.kind), finding.clever_id)
        if record is None or row is None:
            continue
        former = set(named(finding.finding_kind, record))
        if former != set(listing.wanted) and entries(finding.finding_kind, row):
            return True
    return False
