"""Exchanges: lists in which Clever has put others, and as many as before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from harness.assess.causes.likely_cause import LikelyCause, shaped, shared
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
from harness.prose import counted

_LEAST = 2
"""Of a single list nobody knows what matters."""


def exchanges_missed(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all lists of a sort are as before an exchange after which they had as many entries.

    Lists that became longer or shorter, or have another first teacher, are right.
    """
    for finding_kind, noun in NOUNS.items():
        lists = [
            listing for listing in sides(index, shaped(findings, finding_kind)) if listing.rows
        ]
        behind = nearly_all(lists, lambda listing: _misses_an_exchange(index, listing))
        if len({listing.finding.clever_id for listing in behind}) < _LEAST:
            continue
        right = [
            _is_exchange(finding_kind, then, now)
            for district in {listing.finding.district for listing in behind}
            for then, now in _changes_that_arrived(index, district, behind[0].finding)
        ]
        if not right or any(right):
            continue
        first = ", with the same one first" if finding_kind is FindingKind.TEACHER else ""
        owners = counted(len({listing.finding.clever_id for listing in behind}), noun.owner)
        others = "1 list" if len(right) == 1 else f"{len(right):,} lists"
        yield LikelyCause(
            "never-updates",
            f"Your app leaves the {noun.noun}s of {owners} as they were, where Clever exchanged "
            f"some and names as many as before{first}; {others} that changed in other ways "
            f"{'is' if len(right) == 1 else 'are'} up to date.",
            "Compare every entry of a list, not how many there are; or write the whole list on "
            "every sync.",
            findings_of(behind),
        )


def _misses_an_exchange(index: RecordingIndex, listing: Sides) -> bool:
    """Whether the app's list is what Clever shared before, and Clever has exchanged some since."""
    finding = listing.finding
    return any(
        {*then} == listing.held and _is_exchange(finding.finding_kind, then, listing.wanted)
        for day in index.before(finding.district, finding.day)
        if (record := shared(index, finding, day))
        for then in [[*named(finding.finding_kind, record)]]
    )


def _is_exchange(finding_kind: FindingKind, then: Sequence[str], now: Sequence[str]) -> bool:
    """Whether others are in a list than before, and as many; the first teacher is the same."""
    same_first = finding_kind is not FindingKind.TEACHER or then[:1] == now[:1]
    return {*then} != {*now} and len(then) == len(now) and same_first


def _changes_that_arrived(
    index: RecordingIndex, district: str, sample: Finding
) -> Iterator[tuple[list[str], list[str]]]:
    """Lists of that sort before and after a change, for each that the app then had as it was."""
    kind, finding_kind = Kind(sample.kind), sample.finding_kind
    for earlier, day in pairwise(index.days_of(district)):
        try:
            held = index.holdings(district, day)
            old, new = (index.roster(district, each).of(kind) for each in (earlier, day))
        except NotReachedError:
            continue
        changed = [i for i in new.keys() & old.keys() if new[i] is not old[i]]
        for clever_id in changed:
            then, now = ([*named(finding_kind, each[clever_id])] for each in (old, new))
            row = held.active(kind, clever_id) if then != now else None
            if row and {*entries(finding_kind, row)} == {*now}:
                yield then, now
