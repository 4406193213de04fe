"""List ends: what is missing at the same end of each list that Clever delivered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.assess.causes.likely_cause import LikelyCause, part, shaped
from harness.assess.causes.related_values import Trait
from harness.assess.causes.traits import VALUE, traits
from harness.assess.findings import Finding, FindingKind
from harness.assess.lists_read import ListRead
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind, roles_of
from harness.plan.day_names import on
from harness.prose import counted

_LEAST = 3
"""So many lists must show it."""
_NEARLY = 0.9
_MOST_LISTS = 6
"""In so many lists what comes before is looked at."""
_LARGEST = 1000
"""Records of the largest batch that is tried."""
_ABSENT = (FindingKind.MISSING, FindingKind.INACTIVE)


@dataclass(frozen=True, slots=True)
class _DeliveredList:
    """One list as it was delivered, and which of its records are not in use afterwards."""

    district: str
    day: str
    clever_ids: Sequence[str]
    """Those that the app should hold."""
    listed: int
    """How many there are in all."""
    rest: int
    """How many of these there are from the first on that is not in use."""
    absent: frozenset[str]

    @property
    def is_whole(self) -> bool:
        return len(self.absent) == len(self.clever_ids)

    @property
    def is_tail(self) -> bool:
        return self.absent == frozenset(self.clever_ids[-len(self.absent) :])

    @property
    def is_head(self) -> bool:
        return self.absent == frozenset(self.clever_ids[: len(self.absent)])


def list_ends_lost(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Of nearly every list in which anything is missing, that is all the last, or first, records.

    How many these are follows from batches of one size, or is the same each time.
    """
    if not index.deliveries_known or index.of_an_export:
        return
    for kind in Kind:
        missing = shaped(findings, *_ABSENT, kind=kind)
        lists = list(_lists(index, kind, missing)) if missing else []
        if sum(not each.is_whole for each in lists) < _LEAST:
            continue
        if kind is Kind.USERS and all(_is_of_other_roles(index, each) for each in lists):
            continue  # a role that is left out can be the last one of each list
        for end, remedy in _REMEDIES.items():
            at_end = [each for each in lists if (each.is_tail if end == "last" else each.is_head)]
            if len(at_end) < max(_LEAST, _NEARLY * len(lists)):
                continue
            if how := _how_many(end, at_end):
                yield _cause(kind, end, how, remedy, at_end, missing, len(lists))
                break
            if end == "last" and (trait := _stops_at(index, kind, at_end)):
                yield _stop(kind, trait, at_end, missing, len(lists))
                break


_REMEDIES = {
    "last": "Write what is left over when a list ends: its last batch is seldom full.",
    "first": "Begin with the first record of each list: Clever's answers have no header.",
}


def _cause(
    kind: Kind,
    end: str,
    how: str,
    remedy: str,
    lists: Sequence[_DeliveredList],
    missing: Sequence[Finding],
    number: int,
) -> LikelyCause:
    lost = {(each.district, each.day): each.absent for each in lists}
    longest = max(lists, key=lambda each: len(each.clever_ids))
    return LikelyCause(
        f"loses-part:{end}-records",
        f"In {part(len(lists), number)} lists of {kind} of which your app lacks any, it lacks the "
        f"{end} ones as Clever delivered them and no other: "
        f"{part(len(longest.absent), len(longest.clever_ids))} {on(longest.day)} in the "
        f"{longest.district} district."
        f"{how}",
        remedy,
        [f for f in missing if f.clever_id in lost.get((f.district, f.day), ())],
    )


def _stops_at(index: RecordingIndex, kind: Kind, lists: Sequence[_DeliveredList]) -> Trait | None:
    """What nearly all the first absent records have, and none of those before them."""
    today = index.recording.header.run_date.isoformat()
    first: Counter[Trait] = Counter()
    for each in lists:
        roster = index.roster(each.district, each.day)
        clever_id = each.clever_ids[-len(each.absent)]
        first.update(set(traits(kind, roster.of(kind)[clever_id], roster, today)))
    common = {
        trait
        for trait, number in first.items()
        if number >= _NEARLY * len(lists) and trait.rank < VALUE
    }
    absent, having = 0, Counter[Trait]()
    for each in lists[:_MOST_LISTS]:
        roster = index.roster(each.district, each.day)
        absent += len(each.absent)
        for clever_id in each.clever_ids:
            known = traits(kind, roster.of(kind)[clever_id], roster, today)
            if clever_id in each.absent:
                having.update(common.intersection(known))
            else:
                common.difference_update(known)
    if any(2 * having[trait] >= absent for trait in common):
        return None  # the app leaves out what has it, and goes on
    return min(common, key=lambda trait: (trait.rank, trait), default=None)


def _is_of_other_roles(index: RecordingIndex, each: _DeliveredList) -> bool:
    """Whether nobody who is missing has a role of somebody who is there."""
    users = index.roster(each.district, each.day).users
    roles = {is_absent: set[str]() for is_absent in (True, False)}
    for clever_id in each.clever_ids:
        roles[clever_id in each.absent].update(roles_of(users[clever_id]))
    return roles[True].isdisjoint(roles[False])


def _stop(
    kind: Kind,
    trait: Trait,
    lists: Sequence[_DeliveredList],
    missing: Sequence[Finding],
    number: int,
) -> LikelyCause:
    lost = {(each.district, each.day): each.absent for each in lists}
    return LikelyCause(
        f"stops-at:{trait.path}",
        f"Your app holds the {kind} that Clever delivers before the first of them {trait.words}, "
        f"and none from there on: in {part(len(lists), number)} lists of which it lacks any.",
        "After a record that you cannot use go on with the next: leave the record out, report it, "
        "and end neither the loop nor the sync.",
        [f for f in missing if f.clever_id in lost.get((f.district, f.day), ())],
    )


def _how_many(end: str, lists: Sequence[_DeliveredList]) -> str:
    """What says how many are missing, as a sentence; "" if nothing does."""
    numbers = {len(each.absent) for each in lists}
    if len(numbers) == 1:
        return f" It is {counted(numbers.pop(), 'record')} each time."
    if end == "first":
        return ""
    for batch in range(max(each.rest for each in lists) + 1, _LARGEST + 1):
        if all(each.listed % batch == each.rest for each in lists):
            return f" Each time that is what does not fill a batch of {batch:,}."
    return ""


def _lists(
    index: RecordingIndex, kind: Kind, missing: Sequence[Finding]
) -> Iterator[_DeliveredList]:
    """The lists of a kind in which anything is missing by these findings."""
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for finding in missing:
        places[finding.district, finding.day].add(finding.clever_id)
    for district, day in places:
        try:
            active = index.holdings(district, day).active_ids[kind]
            wanted = set(index.expectations.expected_ids(kind, index.roster(district, day)))
        except NotReachedError:
            continue
        for read in index.deliveries.lists(district, day):
            delivered = _delivered(index, district, read) if _is_of(read, kind) else []
            sought = [clever_id for clever_id in delivered if clever_id in wanted]
            if absent := frozenset(sought) - active:
                rest = len(delivered) - min(map(delivered.index, absent))
                yield _DeliveredList(district, day, sought, len(delivered), rest, absent)


def _is_of(read: ListRead, kind: Kind) -> bool:
    return read.name.path == f"/{kind}"


def _delivered(index: RecordingIndex, district: str, read: ListRead) -> list[str]:
    pages = (index.deliveries.by_request(district, page) for page in read.pages)
    return list(dict.fromkeys(clever_id for page in pages for clever_id in sorted(page)))
